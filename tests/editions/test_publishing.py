"""Publishing an edition for good, what speaks against it, and what is left when it is withdrawn."""

import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from actions.editions import checks, comparison, publication
from actions.editions.composing import compose
from actions.editions.source import Source
from actions.models import (
    EditionWithdrawal,
    Finding,
    FrozenEdition,
    NeverChanged,
    ProgressReport,
    ProgressSection,
)
from states.models import State
from tests.admin import records

from . import given

pytestmark = pytest.mark.django_db


def objections(*chapters: str) -> list[str]:
    report = given.report()
    for prose in chapters:
        given.chapter(report, prose)
    return [str(item) for item in checks.objections(compose(Source.load("demo")))]


@pytest.fixture
def found() -> dict[str, Finding]:
    """Norway and Japan declared stocks; Norway began."""
    norway, japan, _croatia = given.three_parties()
    declared = given.indicator()
    begun = given.indicator("stockpile.begun")
    cited = given.document()
    return {
        "norway": given.finding(declared, norway, cited),
        "japan": given.finding(declared, japan, cited),
        "begun": given.finding(begun, norway, cited),
    }


@pytest.fixture
def report(found: dict[str, Finding]) -> ProgressReport:
    made = given.report(published_at=given.NOW)
    given.chapter(made, "{{P1: stockpile.declared & parties; parties}} have stocks.", numeral="I")
    return made


def main_of(page: bytes) -> bytes:
    """A page without its frame, which tells the version of the data."""
    return page[page.index(b"<main") : page.index(b"</main>")]


SOUND = (
    "{{A: stockpile.declared & parties; parties}}, {{stockpile.begun; part of = A}}, "
    "{{stockpile.declared - stockpile.begun; part of = A}}, {{stockpile.begun; within = A}}; "
    '{{withdrawn; parties}}; {{parties; share of un_members}}; {{"9"; source = statement, p. 1}}'
)


def test_nothing_speaks_against_a_sound_edition(found: dict[str, Finding]) -> None:
    assert objections(SOUND) == []


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        (
            "{{partis}}",
            "Chapter at position 1, line 1, character 3: no set is called “partis”. "
            "Did you mean “parties”?",
        ),
        (
            "{{A: stockpile.declared | signatories; parties}}",
            "Figure A (“Three States Parties”) calls Canada a State Party, which is not so on "
            "2011-08-20.",
        ),
        (
            "{{A: stockpile.declared}} {{stockpile.begun; part of = A}}",
            "Figure A (“Two”) is 2, and its parts 2 add up to 1.",
        ),
        (
            "{{A: stockpile.declared}} {{B: parties; part of = A}}",
            "Croatia stands in a part of Figure A (“Two”), and not in the whole.",
        ),
        (
            "{{A: stockpile.begun}} {{B: stockpile.declared; within = A}}",
            "Figure B (“two”) holds Japan, not among Figure A (“One”).",
        ),
        ('{{"9"}}', "Figure 1 (“Nine”) is a printed number without its source."),
        (
            "{{withdrawn; among = withdrawn}}",
            "Figure 1 (“None”) found nobody and looked at nobody: name the set with “among”.",
        ),
    ],
)
def test_what_speaks_against_publishing(
    found: dict[str, Finding], prose: str, expected: str
) -> None:
    canada = records.state("CAN", "Canada")
    records.action(canada, records.Kind.SIGNATURE, "2008-12-03", published=True)

    assert expected in objections(prose)


def test_an_edition_without_chapters_or_between_hidden_meetings_cannot_be_published() -> None:
    report = given.report()
    report.from_meeting.published_at = None
    report.from_meeting.save()

    found = checks.objections(compose(Source.load("demo")))

    assert [str(item) for item in found] == [
        "A meeting of the edition's period is not published.",
        "The edition has no chapter.",
    ]


def test_publishing_keeps_text_figures_states_evidence_and_files(
    report: ProgressReport, client: Client
) -> None:
    chief = records.user()

    frozen = publication.freeze(report=report, by=chief)

    assert frozen.sha256 == hashlib.sha256(frozen.content.encode()).hexdigest()
    content = json.loads(frozen.content)
    (figure,) = content["figures"]
    assert (figure["text"], figure["states"][0]["iso3"]) == ("Two States Parties", "JPN")
    assert figure["states"][0]["evidence"][0]["document"] == "Title of statement"
    assert (frozen.number, frozen.frozen_by) == (1, chief)
    for form in ("html", "docx", "pdf"):
        served = client.get(f"/progress-reports/demo/report.{form}")
        assert served.content == bytes(getattr(frozen, form))
    assert client.get("/progress-reports/demo/report.json").content == frozen.content.encode()


def test_what_was_published_stays_when_the_data_change(
    report: ProgressReport, found: dict[str, Finding], client: Client
) -> None:
    publication.freeze(report=report, by=records.user())
    before = main_of(client.get("/progress-reports/demo/").content)
    pdf = client.get("/progress-reports/demo/report.pdf").content

    found["japan"].published_at = None
    found["japan"].save()
    ProgressSection.objects.update(prose="Other.")

    assert client.get("/progress-reports/demo/report.pdf").content == pdf
    page = client.get("/progress-reports/demo/").content
    assert b"Two States Parties" in page
    assert before == main_of(page)
    assert b"Other." in client.get("/progress-reports/demo/?edition=working").content


def test_changed_since_publication_shows_figure_by_figure(
    report: ProgressReport, found: dict[str, Finding], client: Client
) -> None:
    publication.freeze(report=report, by=records.user())
    Finding.objects.filter(pk=found["japan"].pk).update(published_at=None)

    page = client.get("/progress-reports/demo/changes/").content.decode()

    assert "1 figure differs between the two." in page
    assert "Two States Parties" in page
    assert "One State Party" in page
    assert "Gone: Japan." in " ".join(page.split())


def test_two_dates_are_compared(report: ProgressReport, client: Client) -> None:
    page = client.get("/progress-reports/demo/changes/?edition=working&with=2011-05-01")

    assert "Gone: Japan, Norway." in " ".join(page.content.decode().split())
    assert client.get("/progress-reports/demo/changes/?with=2999-01-01").status_code == 404
    assert client.get("/progress-reports/demo/changes/?with=soon").status_code == 404


def test_other_evidence_for_the_same_states_is_a_change_of_its_own(
    report: ProgressReport, found: dict[str, Finding]
) -> None:
    before = publication.working_content(Source.load("demo"))
    given.finding(found["norway"].indicator, State.objects.get(iso3="NOR"), given.document("note"))
    after = publication.working_content(Source.load("demo"))

    (difference,) = comparison.compare(before, after)

    assert difference.change is comparison.Change.EVIDENCE
    assert (difference.gained, difference.lost) == ((), ())


def test_an_edition_is_published_only_as_it_was_seen_and_only_when_sound(
    report: ProgressReport,
) -> None:
    chief = records.user()
    with pytest.raises(ValidationError, match="no longer what you looked at"):
        publication.freeze(report=report, by=chief, seen="0" * 64)
    given.chapter(report, "{{partis}}")
    with pytest.raises(ValidationError, match="no set is called “partis”"):
        publication.freeze(report=report, by=chief)

    assert not FrozenEdition.objects.exists()


@pytest.mark.parametrize("role", ["Data entry", "Auditor"])
def test_publishing_and_withdrawing_need_a_permission_of_their_own(
    report: ProgressReport, role: str
) -> None:
    person = records.user(role)
    frozen = publication.freeze(report=report, by=records.user("Editor"))

    with pytest.raises(PermissionDenied):
        publication.freeze(report=report, by=person)
    with pytest.raises(PermissionDenied):
        publication.withdraw(edition=frozen, reason="Wrong.", by=person)


def test_a_withdrawn_edition_leaves_a_tombstone(report: ProgressReport, client: Client) -> None:
    chief = records.user()
    frozen = publication.freeze(report=report, by=chief)
    ProgressReport.objects.update(published_at=None)
    with pytest.raises(ValidationError, match="Say why"):
        publication.withdraw(edition=frozen, reason=" ", by=chief)

    publication.withdraw(edition=frozen, reason="A state was miscounted.", by=chief)

    for path in ("", "report.pdf", "?edition=1", "chapters/i/"):
        response = client.get(f"/progress-reports/demo/{path}")
        assert response.status_code == 410
        assert b"A state was miscounted." in response.content
        assert frozen.sha256.encode() in response.content
        assert b"Two States Parties" not in response.content
    with pytest.raises(ValidationError, match="withdrawn already"):
        publication.withdraw(edition=frozen, reason="Again.", by=chief)


def test_the_next_published_edition_gets_the_next_number_and_the_first_stays(
    report: ProgressReport, client: Client
) -> None:
    chief = records.user()
    publication.freeze(report=report, by=chief)
    ProgressSection.objects.update(prose="Now {{P1: parties; parties}}.")
    second = publication.freeze(report=report, by=chief)

    assert second.number == 2
    assert b"Now" in client.get("/progress-reports/demo/").content
    assert b"have stocks" in client.get("/progress-reports/demo/?edition=1").content
    assert client.get("/progress-reports/demo/?edition=3").status_code == 404
    page = client.get("/progress-reports/demo/changes/?edition=1&with=2").content.decode()
    assert "New: Croatia." in " ".join(page.split())


def test_a_published_edition_shows_though_the_next_one_is_a_draft(
    report: ProgressReport, client: Client
) -> None:
    publication.freeze(report=report, by=records.user())
    ProgressReport.objects.update(published_at=None, title="Secret title")

    assert b"Demo progress report" in client.get("/progress-reports/demo/").content
    for path in ("", "demo/", "demo/report.json"):
        assert b"Secret title" not in client.get(f"/progress-reports/{path}").content
    assert b"Secret title" not in client.get("/api/v1/progress-reports/").content
    assert client.get("/progress-reports/demo/?edition=working").status_code == 404
    assert client.get("/progress-reports/demo/changes/").status_code == 200


def test_what_was_published_cannot_be_changed_or_deleted(report: ProgressReport) -> None:
    frozen = publication.freeze(report=report, by=records.user())

    for write in (
        frozen.save,
        frozen.delete,
        FrozenEdition.objects.all().delete,
        lambda: FrozenEdition.objects.update(number=2),
        lambda: EditionWithdrawal.objects.update(reason=""),
    ):
        with pytest.raises(NeverChanged):
            write()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE actions_frozenedition SET content = '{}'",
        "UPDATE actions_frozenedition SET sha256 = ''",
        "UPDATE actions_editionwithdrawal SET reason = 'Other.'",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_published(
    report: ProgressReport, statement: str
) -> None:
    chief = records.user()
    frozen = publication.freeze(report=report, by=chief)
    publication.withdraw(edition=frozen, reason="Wrong.", by=chief)

    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
