"""What may be published together with what, by whom; a refusal changes nothing."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from states.models import Publishable, StateName
from states.publishing import Record, publish, withdraw
from tests.admin import records as given
from tests.admin.records import Kind

pytestmark = pytest.mark.django_db

Write = Callable[..., list[Record]]


def refusal(write: Write, *records: Publishable) -> list[str]:
    """The sentences with which a write is refused; nothing may have changed by it."""
    before = {record: _is_published(record) for record in records}
    with pytest.raises(ValidationError) as raised:
        write(records=records, by=given.user())
    assert {record: _is_published(record) for record in records} == before
    return raised.value.messages


def _is_published(record: Publishable) -> bool:
    return type(record)._default_manager.get(pk=record.pk).is_published


def test_editor_publishes_a_draft_and_history_says_who_and_why() -> None:
    editor = given.user("Editor")
    signature = given.action(given.state(), Kind.SIGNATURE, "2008-12-03")

    assert publish(records=[signature], by=editor) == [signature]

    assert signature.is_published
    assert _is_published(signature)
    latest = signature.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (editor, "Published")


def test_editor_takes_a_record_back_to_draft_and_history_says_so() -> None:
    editor = given.user("Editor")
    signature = given.action(given.state(), Kind.SIGNATURE, "2008-12-03", published=True)

    assert withdraw(records=[signature], by=editor) == [signature]

    assert not _is_published(signature)
    latest = signature.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (editor, "Taken back to draft")


def test_publishing_what_is_published_changes_nothing() -> None:
    signature = given.action(given.state(), Kind.SIGNATURE, "2008-12-03", published=True)
    changes = signature.history.count()

    assert publish(records=[signature], by=given.user()) == []
    assert signature.history.count() == changes


@pytest.mark.parametrize("role", ["Data entry", "Auditor"])
@pytest.mark.parametrize("write", [publish, withdraw])
def test_publishing_needs_its_permission(role: str, write: Write) -> None:
    signature = given.action(
        given.state(), Kind.SIGNATURE, "2008-12-03", published=write is withdraw
    )

    with pytest.raises(PermissionDenied) as raised:
        write(records=[signature], by=given.user(role))

    assert str(raised.value) == (
        "You may not publish treaty actions or take them back to draft: ask an editor."
    )
    assert _is_published(signature) == (write is withdraw)


def test_record_that_cites_a_document_that_is_not_public_stays_a_draft() -> None:
    hidden = given.document("note", public=False)
    signature = given.action(given.state(), Kind.SIGNATURE, "2008-12-03", document=hidden)

    assert refusal(publish, signature) == [
        "Norway, Signature, 2008-12-03 cites “Record note”, which is not public: have the "
        "document made public first, or cite another."
    ]


def test_document_is_made_public_together_with_what_cites_it() -> None:
    editor, hidden = given.user("Editor"), given.document("note", public=False)
    signature = given.action(given.state(), Kind.SIGNATURE, "2008-12-03", document=hidden)

    assert publish(records=[signature, hidden], by=editor) == [signature, hidden]

    hidden.refresh_from_db()
    assert (hidden.is_public, _is_published(signature)) == (True, True)
    latest = hidden.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (editor, "Published")


def test_document_can_be_hidden_at_once_although_it_is_cited() -> None:
    """What cites it keeps its citation and shows no link."""
    statement = given.document("note")
    given.action(given.state(), Kind.SIGNATURE, "2008-12-03", published=True, document=statement)

    assert withdraw(records=[statement], by=given.user("Editor")) == [statement]
    statement.refresh_from_db()
    assert not statement.is_public


def test_ratification_is_published_with_its_signature_or_not_at_all() -> None:
    norway = given.state()
    signature = given.action(norway, Kind.SIGNATURE, "2008-12-03")
    ratification = given.action(norway, Kind.RATIFICATION, "2008-12-03")

    assert refusal(publish, ratification) == [
        "Norway, Ratification, 2008-12-03: Only a state that signed can ratify, accept or approve "
        "(Article 16.1): enter its signature first, or an accession if it never signed."
    ]
    assert publish(records=[ratification, signature], by=given.user(name="other")) == [
        ratification,
        signature,
    ]


def test_one_refused_record_keeps_all_others_drafts() -> None:
    norway, france = given.state(), given.state("FRA", "France")
    signature = given.action(france, Kind.SIGNATURE, "2008-12-03")
    ratification = given.action(norway, Kind.RATIFICATION, "2008-12-03")

    refusal(publish, signature, ratification)

    assert not _is_published(signature)


def test_draft_of_another_kind_of_deposit_does_not_stand_in_the_way() -> None:
    norway = given.party()
    given.action(norway, Kind.ACCESSION, "2012-01-01")
    withdrawal = given.action(norway, Kind.WITHDRAWAL, "2020-01-01")

    assert publish(records=[withdrawal], by=given.user()) == [withdrawal]


def test_signature_is_not_taken_back_under_a_published_ratification() -> None:
    norway = given.party()

    assert refusal(withdraw, norway.treaty_actions.get(kind=Kind.SIGNATURE)) == [
        "Norway, Ratification, 2008-12-03: Only a state that signed can ratify, accept or approve "
        "(Article 16.1): enter its signature first, or an accession if it never signed."
    ]


def test_official_date_is_published_after_its_treaty_action_or_with_it() -> None:
    deposit = given.action(given.state(), Kind.ACCESSION, "2012-01-05")
    official = given.official_date(deposit, "2012-08-01")

    assert refusal(publish, official) == [
        "Norway, Accession, 2012-01-05 is a draft: publish the treaty action before its official "
        "date of effect, or with it."
    ]
    assert publish(records=[official, deposit], by=given.user(name="other")) == [official, deposit]


def test_treaty_action_is_taken_back_after_its_official_date_or_with_it() -> None:
    deposit = given.action(given.state(), Kind.ACCESSION, "2012-01-05", published=True)
    official = given.official_date(deposit, "2012-08-01", published=True)

    assert refusal(withdraw, deposit) == [
        "Norway, Accession, 2012-01-05 has an official date of effect that is published: take "
        "that back to draft before the treaty action, or with it."
    ]
    assert withdraw(records=[deposit, official], by=given.user(name="other")) == [deposit, official]


@pytest.mark.parametrize(
    ("kind", "on", "effect", "sentence"),
    [
        (
            Kind.ACCESSION,
            "2012-01-05",
            None,
            "Give the official date: it may stay empty for a withdrawal only, one that waits for "
            "the end of an armed conflict (Article 20.3).",
        ),
        (
            Kind.SIGNATURE,
            "2009-01-05",
            "2009-02-01",
            "An official date of effect belongs to a deposit or to a withdrawal: choose one of "
            "these instead of “Signature, 2009-01-05”.",
        ),
        (
            Kind.ACCESSION,
            "2012-01-05",
            "2012-01-04",
            "The official date of effect cannot come before the treaty action itself, which is of "
            "5 January 2012: check both dates.",
        ),
    ],
)
def test_official_date_that_the_articles_do_not_know_is_refused(
    kind: str, on: str, effect: str | None, sentence: str
) -> None:
    """Articles 17 and 20.3."""
    deposit = given.action(given.state(), kind, on, published=True)

    assert refusal(publish, given.official_date(deposit, effect)) == [sentence]


def test_withdrawal_may_officially_wait_for_the_end_of_a_conflict() -> None:
    """Article 20.3."""
    withdrawal = given.action(given.party(), Kind.WITHDRAWAL, "2020-01-01", published=True)
    official = given.official_date(withdrawal, None)

    assert publish(records=[official], by=given.user()) == [official]


def test_official_date_that_makes_the_history_impossible_is_refused() -> None:
    """A state cannot join again before its withdrawal takes effect (Article 20.3)."""
    norway = given.party()
    withdrawal = given.action(norway, Kind.WITHDRAWAL, "2020-01-01", published=True)
    given.action(norway, Kind.ACCESSION, "2020-07-01", published=True)

    assert refusal(publish, given.official_date(withdrawal, "2021-01-01")) == [
        "Norway, Accession, 2020-07-01: The withdrawal of 1 January 2020 takes effect on "
        "1 January 2021 (Article 20.3): the state can join again from that day on."
    ]


def test_extension_is_published_after_its_meeting_or_with_it() -> None:
    msp = given.meeting("8MSP", "2018-07-01", published=False)
    extension = given.extension(given.party(), "3", msp, "2020-08-01")

    assert refusal(publish, extension) == [
        "Norway, Article 3, stockpile destruction: 2020-08-01 was decided at a meeting that is a "
        "draft, Meeting 8MSP: publish the meeting first, or take the extension back to draft with "
        "it."
    ]
    assert publish(records=[extension, msp], by=given.user(name="other")) == [extension, msp]


def test_meeting_is_taken_back_after_its_extensions_or_with_them() -> None:
    msp = given.meeting("8MSP", "2018-07-01")
    extension = given.extension(given.party(), "3", msp, "2020-08-01", published=True)

    assert refusal(withdraw, msp) == [
        "Norway, Article 3, stockpile destruction: 2020-08-01 was decided at a meeting that is a "
        "draft, Meeting 8MSP: publish the meeting first, or take the extension back to draft with "
        "it."
    ]
    assert withdraw(records=[msp, extension], by=given.user(name="other")) == [msp, extension]


# In force on 1 August 2010: Article 3.2 gives 1 August 2018, Article 4.1 1 August 2020.
@pytest.mark.parametrize(
    ("article", "until"),
    [("3", "2018-08-02"), ("3", "2022-08-01"), ("4", "2020-08-02"), ("4", "2025-08-01")],
)
def test_extension_within_the_years_of_its_article_is_published(article: str, until: str) -> None:
    """Articles 3.3 and 4.5."""
    extension = given.extension(given.party(), article, given.meeting("8MSP", "2018-07-01"), until)

    assert publish(records=[extension], by=given.user()) == [extension]


@pytest.mark.parametrize(
    ("article", "until", "sentence"),
    [
        (
            "3",
            "2022-08-02",
            "Norway, Article 3, stockpile destruction: 2022-08-02: the deadline before was "
            "1 August 2018, and an extension adds up to four years (Article 3.3), so it ends on "
            "1 August 2022 at the latest.",
        ),
        (
            "4",
            "2025-08-02",
            "Norway, Article 4, clearance: 2025-08-02: the deadline before was 1 August 2020, and "
            "an extension adds up to five years (Article 4.5), so it ends on 1 August 2025 at the "
            "latest.",
        ),
        (
            "3",
            "2018-08-01",
            "Norway, Article 3, stockpile destruction: 2018-08-01: the deadline before was "
            "1 August 2018, and an extension ends after it: check the new deadline.",
        ),
    ],
)
def test_extension_beyond_the_years_of_its_article_is_refused(
    article: str, until: str, sentence: str
) -> None:
    extension = given.extension(given.party(), article, given.meeting("8MSP", "2018-07-01"), until)

    assert refusal(publish, extension) == [sentence]


def test_second_extension_counts_from_the_first() -> None:
    """Article 3.3 and 3.5: four years more than the deadline before, not than the first one."""
    norway = given.party()
    first = given.extension(norway, "3", given.meeting("8MSP", "2018-07-01"), "2020-08-01")
    second = given.extension(norway, "3", given.meeting("10MSP", "2020-07-01"), "2024-08-01")

    assert publish(records=[second, first], by=given.user()) == [second, first]
    assert refusal_of_first_alone(first) == [
        "Norway, Article 3, stockpile destruction: 2024-08-01: the deadline before was "
        "1 August 2018, and an extension adds up to four years (Article 3.3), so it ends on "
        "1 August 2022 at the latest."
    ]


def refusal_of_first_alone(first: Publishable) -> list[str]:
    with pytest.raises(ValidationError) as raised:
        withdraw(records=[first], by=given.user(name="other"))
    return raised.value.messages


def test_extension_for_a_state_without_a_published_deposit_is_refused() -> None:
    extension = given.extension(
        given.state(), "4", given.meeting("8MSP", "2018-07-01"), "2025-08-01"
    )

    assert refusal(publish, extension) == [
        "Norway, Article 4, clearance: 2025-08-01: no entry into force is published for this "
        "state, so there is no deadline to extend: publish its deposit first."
    ]


def test_name_is_published() -> None:
    name = StateName.objects.create(
        state=given.state(), kind="spelling", language="fr", name="Norvège"
    )

    assert publish(records=[name], by=given.user("Editor")) == [name]


@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_publish_two_contradictory_acts() -> None:
    """Whoever comes second is refused, however the two transactions interleave."""
    norway = given.party()
    editor = given.user()
    drafts = [
        given.action(norway, Kind.WITHDRAWAL, "2020-01-01"),
        given.action(norway, Kind.WITHDRAWAL, "2020-02-01"),
    ]
    together = threading.Barrier(len(drafts))
    outcomes: list[str] = []

    def publish_one(draft: Publishable) -> None:
        together.wait()
        try:
            publish(records=[draft], by=editor)
            outcomes.append("published")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    people = [threading.Thread(target=publish_one, args=(draft,)) for draft in drafts]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(outcomes) == ["published", "refused"]
