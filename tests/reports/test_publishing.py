"""Publishing a report shows its contents, and its documents with it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from reports.deadlines import Reporting
from reports.models import TransparencyReport
from reports.publishing import publish, withdraw
from states.models import Document
from tests.admin import records
from tests.reports import given

pytestmark = pytest.mark.django_db


def editor_without(permission: str) -> object:
    """An editor who lacks one permission."""
    user = records.user("Editor", name="half")
    [group] = user.groups.all()
    kept = group.permissions.exclude(codename=permission)
    user.groups.clear()
    user.user_permissions.set(kept)
    return user


def test_publishing_makes_the_report_s_own_documents_public() -> None:
    report = given.report(records.party(), received="2011-01-27")
    own = given.document(report)
    note = given.document(report, code="note", kind=Document.Kind.NOTE_VERBALE)

    switched = publish(reports=[report], by=records.user("Editor"))

    assert (switched.reports, switched.documents, switched.kept) == ((report,), (own,), ())
    own.refresh_from_db()
    note.refresh_from_db()
    assert (own.is_public, note.is_public) == (True, False)
    assert list(TransparencyReport.objects.published()) == [report]


def test_documents_stay_non_public_without_the_permission_and_are_named() -> None:
    report = given.report(records.party(), received="2011-01-27")
    own = given.document(report)

    switched = publish(reports=[report], by=editor_without("publish_document"))  # type: ignore[arg-type]

    assert (switched.reports, switched.documents, switched.kept) == ((report,), (), (own,))
    own.refresh_from_db()
    assert not own.is_public


def test_nobody_without_the_permission_publishes_a_report() -> None:
    report = given.report(records.party(), received="2011-01-27")
    own = given.document(report)

    with pytest.raises(PermissionDenied):
        publish(reports=[report], by=records.user("Data entry"))
    with pytest.raises(PermissionDenied):
        publish(reports=[report], by=editor_without("publish_transparencyreport"))  # type: ignore[arg-type]

    own.refresh_from_db()
    assert (own.is_public, TransparencyReport.objects.published().count()) == (False, 0)


def test_withdrawing_takes_the_documents_back_that_no_other_report_shows() -> None:
    norway, chief = records.party(), records.user()
    report = given.report(norway, received="2011-01-27", published=True)
    other = given.report(norway, "annual", "2012-01-27", year=2011, published=True)
    own, shared = given.document(report, public=True), given.document(other, public=True)
    report.documents.add(shared)

    switched = withdraw(reports=[report], by=chief)

    assert (switched.reports, switched.documents) == ((report,), (own,))
    shared.refresh_from_db()
    assert shared.is_public


def test_receipt_counts_before_and_after_publication_alike() -> None:
    report, chief = given.report(records.party(), received="2011-01-27"), records.user()
    as_draft = Reporting.load().on(given.TODAY)

    publish(reports=[report], by=chief)
    assert Reporting.load().on(given.TODAY) == as_draft
    withdraw(reports=[report], by=chief)
    assert Reporting.load().on(given.TODAY) == as_draft


def test_report_that_cites_a_document_that_is_not_public_is_not_published() -> None:
    secret = records.document("note", public=False)
    report = given.report(records.party(), received="2011-01-27", receipt_source=secret)
    own = given.document(report)

    with pytest.raises(ValidationError) as refused:
        publish(reports=[report], by=records.user())

    assert refused.value.messages == [
        "Norway, Initial report cites “Record note”, which is not public: have the document made "
        "public first, or cite another."
    ]
    own.refresh_from_db()
    assert (own.is_public, TransparencyReport.objects.published().count()) == (False, 0)
