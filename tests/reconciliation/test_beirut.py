"""The Beirut edition against the printed report of 2011.

The tables below were written by hand from the printed text; the portal has to come to the same by
computation. Keys are those of the printed figures: P29b is the second of paragraph 29.
"""

import csv
import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions.editions.composing import Edition, compose
from actions.editions.source import Source
from actions.models import Finding, Indicator, PrintedFigure, ProgressReport
from actions.reconciliation.answer import Reconciliation
from actions.reconciliation.checks import Outcome
from actions.reconciliation.values import Verdict
from states.models import Document, State
from tests.api.test_schema import answer_of, mismatches

from .conftest import CODE

pytestmark = pytest.mark.django_db

DIFFERENT = {
    # key: (only in the document, only in the records); and why
    "P4e": ("", ""),  # six and three signatories in paragraph 18, but note 3 names seven
    "P7a": ("", "NLD"),  # note 14: the Netherlands has begun, too
    "P11a": ("BGR", ""),  # as P58a
    "P17b": ("GRD", "SEN"),  # Grenada acceded; Senegal ratified on 3 August 2011
    "P18a": ("", ""),  # "six", and seven names in note 3
    "P31a": ("", "NLD"),  # as P7a
    "P34a": ("CAN", ""),  # a signatory, called a State Party
    "P34b": ("CHE", ""),  # a signatory, called a State Party
    "P36c": ("", "BEL ESP"),  # destroyed all (note 13) and retain some (note 26)
    "P41b": ("SDN", ""),  # neither signed nor joined, called a signatory
    "P44a": ("ALB BEL", ""),  # not among the affected States Parties of note 33
    "P44b": ("", ""),  # eight affected States Parties, seven in paragraph 38
    "P58a": ("BGR", ""),  # in no chapter on Article 3, 4 or 5
    "P68a": ("CHE", ""),  # a signatory, called a State Party
    "P71a": ("", ""),  # 47 deadlines, 42 by the treaty's clock
    "P71c": ("", "PLW"),  # Palau sent a voluntary report, too
}

OPEN = {"P14a", "P71b"}  # the day or month of some receipts is not known
NO_NUMBER = {"P8d", "P9c", "P9d", "P12b", "P19c", "P39a"}  # "almost all", "some", "several"
NOT_NAMED = {
    "P7c", "P20b", "P21a", "P22a", "P23a", "P24a", "P29f", "P32a", "P34f", "P38f", "P38g", "P46a",
    "P47f", "P51b", "P52a", "P62b", "P68d", "P69a", "P72a",
}  # fmt: skip
OWN_WORDS = {
    "P16a", "P25a", "P26a", "P26b", "P27a", "P28a", "P37a", "P46b", "P54a", "P57a", "P66a", "P70a",
    "P73a", "P77a", "P80a",
}  # fmt: skip

CONTRADICTIONS = {
    ("P4e", "sum", "P18a P18b"),  # nine, and ten names
    ("P7a", "sum", "P29b P29c P29d P30e"),  # seven, and eight with the Netherlands
    ("P17b", "said_to_be", ""),  # Grenada did not ratify
    ("P18a", "footnote", ""),  # six, and seven names
    ("P31a", "sum", "P7b P29e"),  # fifteen, where 11 and 8 are 19
    ("P34a", "said_to_be", ""),  # Canada
    ("P34a", "subset", "P29a P30a"),  # Canada
    ("P34b", "said_to_be", ""),  # Switzerland
    ("P35a", "subset", "P29a"),  # Belgium and Spain, against paragraph 36
    ("P41b", "said_to_be", ""),  # Sudan
    ("P41b", "subset", "P38b"),  # Sudan
    ("P44a", "subset", "P38a"),  # Albania and Belgium
    ("P44b", "equal", "P38a"),  # eight and seven
    ("P58a", "union", "P29a P30a P38a P47a"),  # Bulgaria
    ("P68a", "said_to_be", ""),  # Switzerland
}


@pytest.fixture
def reconciliation(beirut: ProgressReport) -> Reconciliation:
    return Reconciliation.load(beirut)


def keys(reconciliation: Reconciliation, verdict: Verdict) -> set[str]:
    return {row.printed.key for row in reconciliation.rows if row.verdict is verdict}


def test_the_figures_with_a_footnote_are_the_printed_ones_but_for_the_contradictions(
    reconciliation: Reconciliation,
) -> None:
    with_footnote = [row for row in reconciliation.rows if row.printed.footnote is not None]
    different = {
        row.printed.key: (row.only_printed, row.only_own)
        for row in with_footnote
        if row.printed.names and row.printed.states != row.own.certain
    }

    assert len(with_footnote) == 82
    assert {row.printed.unknown_names for row in with_footnote} == {()}
    assert different == {
        key: (frozenset(printed.split()), frozenset(own.split()))
        for key, (printed, own) in DIFFERENT.items()
        if key in {row.printed.key for row in with_footnote} and (printed or own)
    } | {"P71c": (frozenset(), frozenset({"PLW"}))}


def test_every_verdict_is_the_expected_one(reconciliation: Reconciliation) -> None:
    assert keys(reconciliation, Verdict.DIFFERS) == DIFFERENT.keys()
    assert keys(reconciliation, Verdict.OPEN) == OPEN
    assert keys(reconciliation, Verdict.NO_NUMBER) == NO_NUMBER
    assert keys(reconciliation, Verdict.NOT_COMPUTED) == NOT_NAMED | OWN_WORDS
    assert len(reconciliation.rows) == 178


def test_the_states_that_make_the_difference_are_named(reconciliation: Reconciliation) -> None:
    found = {
        row.printed.key: (row.only_printed, row.only_own)
        for row in reconciliation.rows
        if row.verdict is Verdict.DIFFERS
    }

    assert found == {
        key: (frozenset(printed.split()), frozenset(own.split()))
        for key, (printed, own) in DIFFERENT.items()
    }


def test_the_contradictions_of_the_document_are_found(reconciliation: Reconciliation) -> None:
    found = {
        (check.figure.key, check.kind.value, " ".join(other.key for other in check.others))
        for check in reconciliation.contradictions
    }

    assert found == CONTRADICTIONS


def test_every_relation_can_be_checked(reconciliation: Reconciliation) -> None:
    assert reconciliation.checked[Outcome.NOT_CHECKABLE] == 0


def test_what_dates_or_records_can_give_is_computed_or_quoted_as_not_named(
    reconciliation: Reconciliation,
) -> None:
    from_data = {"dates", "records"}
    missing = {
        row.printed.key
        for row in reconciliation.rows
        if row.printed.kind in from_data and not row.own.is_computed
    }

    assert missing == NOT_NAMED & {
        row.printed.key for row in reconciliation.rows if row.printed.kind in from_data
    }
    assert {row.own.reason for row in reconciliation.rows if row.printed.key in missing} <= {
        "not named",
        "not named: a total without its parts",
    }


def test_paragraphs_have_the_numbers_of_the_printed_report(beirut: ProgressReport) -> None:
    edition = compose(Source.of(beirut))

    assert edition.mistakes == ()
    assert [chapter.paragraphs for chapter in edition.chapters] == [
        (1, 3), (4, 14), (15, 16), (17, 28), (29, 37), (38, 46),
        (47, 57), (58, 66), (67, 70), (71, 73), (74, 77), (78, 80),
    ]  # fmt: skip


def test_the_whole_edition_and_its_reconciliation_cost_a_fixed_number_of_queries(
    beirut: ProgressReport, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(19):
        compose(Source.of(beirut))
    with django_assert_num_queries(32):
        Reconciliation.load(beirut)


def values(edition: Edition) -> dict[str, tuple[object, object]]:
    """The number and the states of every figure, by key or else by its place."""
    return {
        figure.tag.key or f"#{figure.index}": (
            figure.answer.amount,
            tuple(actor.key for actor in figure.answer.actors),
        )
        for figure in edition.figures
    }


def test_one_finding_more_changes_the_figures_that_depend_on_it_and_nothing_else(
    beirut: ProgressReport,
) -> None:
    before = values(compose(Source.of(beirut)))
    finding = Finding.objects.create(
        state=State.objects.get(iso3="CHL"),
        indicator=Indicator.objects.get(code="stockpile.destruction_started"),
        reported_on=date(2011, 8, 1),
        document=Document.objects.get(code="beirut-progress-report-draft"),
        place="a test",
        published_at=beirut.published_at,
    )

    after = values(compose(Source.of(beirut)))
    finding.published_at = None
    finding.save()
    again = values(compose(Source.of(beirut)))

    assert {key for key in after if after[key] != before[key]} == {"P7a", "P30e", "P31a"}
    assert again == before


def test_a_state_called_by_another_status_is_named_from_the_register(
    reconciliation: Reconciliation,
) -> None:
    found = {
        (check.figure.footnote, *sorted(check.too_many))
        for check in reconciliation.contradictions
        if check.kind.value == "said_to_be"
    }

    assert found == {(2, "GRD"), (22, "CAN"), (23, "CHE"), (39, "SDN"), (70, "CHE")}


def test_command_page_files_and_api_say_the_same(beirut: ProgressReport, client: Client) -> None:
    out = StringIO()
    call_command("reconcile", CODE, format="json", stdout=out)
    answer = json.loads(out.getvalue())
    out = StringIO()
    call_command("reconcile", CODE, format="csv", stdout=out)
    table = list(csv.DictReader(StringIO(out.getvalue())))
    api = client.get(f"/api/v1/progress-reports/{CODE}/reconciliation/").json()
    file = client.get(f"/progress-reports/{CODE}/reconciliation.csv").content.decode()
    page = client.get(f"/progress-reports/{CODE}/reconciliation/").content.decode()

    assert api == answer
    assert [row["verdict"] for row in table] == [row["verdict"] for row in answer["figures"]]
    assert list(csv.DictReader(StringIO(file))) == table
    assert [f'id="{row["key"]}"' in page for row in answer["figures"]] == [True] * 178
    assert answer["verdicts"] == {
        "same": 120,
        "differs": 16,
        "open": 2,
        "no_number": 6,
        "not_computed": 34,
    }


def test_the_answer_is_what_the_schema_of_the_api_describes(
    beirut: ProgressReport, client: Client
) -> None:
    out = StringIO()
    call_command("spectacular", stdout=out)
    schema = yaml.safe_load(out.getvalue())
    answer = client.get(f"/api/v1/progress-reports/{CODE}/reconciliation/").json()

    described = answer_of(schema, "progress-reports/{code}/reconciliation/")

    assert mismatches(schema, described, answer, "answer") == []


def test_the_command_says_in_words_what_differs(beirut: ProgressReport) -> None:
    out = StringIO()
    call_command("reconcile", CODE, stdout=out)

    lines = out.getvalue().splitlines()
    place = next(index for index, line in enumerate(lines) if line.startswith("  P34a"))
    assert lines[place].endswith("printed 5, computed 4")
    assert lines[place + 1] == "        Only in the document: Canada."


def test_an_unknown_edition_is_answered_with_the_nearest(beirut: ProgressReport) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("reconcile", "beirut-2010")

    assert str(refused.value) == (
        "No progress report has the code “beirut-2010”. Did you mean “beirut-2011”?"
    )


def test_the_checks_are_a_table_of_their_own(beirut: ProgressReport, client: Client) -> None:
    address = f"/api/v1/progress-reports/{CODE}/reconciliation/"
    by_api = client.get(address, {"format": "csv", "part": "checks"}).content.decode()
    by_page = client.get(f"/progress-reports/{CODE}/reconciliation/checks.csv").content.decode()
    wrong = client.get(address, {"part": "all"})

    assert by_api == by_page
    rows = list(csv.DictReader(StringIO(by_page)))
    assert sum(row["outcome"] == "contradicts" for row in rows) == len(CONTRADICTIONS)
    assert wrong.status_code == 400


def test_a_draft_edition_has_no_reconciliation(beirut: ProgressReport, client: Client) -> None:
    ProgressReport.objects.filter(pk=beirut.pk).update(published_at=None)

    answers = [
        client.get(f"/progress-reports/{CODE}/reconciliation/"),
        client.get(f"/progress-reports/{CODE}/reconciliation.csv"),
        client.get(f"/progress-reports/{CODE}/reconciliation/checks.csv"),
        client.get(f"/api/v1/progress-reports/{CODE}/reconciliation/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_verdicts_follow_the_data_and_are_not_typed_in(beirut: ProgressReport) -> None:
    PrintedFigure.objects.filter(report=beirut, key="P18a").update(value="7")
    PrintedFigure.objects.filter(report=beirut, key="P34b").update(states="Norway", value="1")

    found = Reconciliation.load(beirut)

    assert not {"P18a", "P34b"} & keys(found, Verdict.DIFFERS)
    assert {check.figure.key for check in found.contradictions} == {
        key for key, _kind, _others in CONTRADICTIONS
    } - {"P18a", "P34b"}
    (row,) = (row for row in found.rows if row.printed.key == "P18a")
    assert row.own.number == Decimal(7)
