"""Plans, indicators and findings as spreadsheets: whole files, a later plan, out and back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions import publishing
from actions.dataset import dataset
from actions.exchange import RESOURCES
from actions.models import Action, ActionPlan, Finding, Indicator, Theme
from states.dataset import loading
from states.exchange import IMPORT_FORMATS, Account, Outcome, import_file
from states.models import Organization, State
from tests.admin import records
from tests.exchange.files import csv, history, outcomes, reasons

from . import evidence_rows as given

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 1)
FINDINGS = "iso3,organization,indicator,answer,quantity,document,place,label"


def bring(kind: str, data: bytes, **options: Any) -> Account:
    return import_file(kind=kind, data=data, filename="f.csv", resources=RESOURCES, **options)


def exported(kind: str) -> bytes:
    return str(RESOURCES[kind]().export().export("csv")).encode()


@pytest.fixture
def norway() -> State:
    return given.norway()


@pytest.fixture
def declared(norway: State) -> Indicator:
    given.source()
    return given.indicator()


# A later plan

LATER_PLAN = {
    "plans": csv("code,name,valid_from", "lausanne,Lausanne Action Plan,2021-09-21"),
    "themes": csv(
        "plan,code,name,order,articles",
        "lausanne,stockpiles,Stockpiles,1,3",
        "lausanne,land,Land,2,4",
    ),
    "actions": csv(
        "plan,number,theme,summary,checked,addressees,months_from_entry_into_force",
        "lausanne,18,stockpiles,Destroy.,no,munitions.held & parties,12",
        "lausanne,20,land,Survey.,yes,parties,",
    ),
    "indicators": csv(
        "code,title,kind,unit,plan,theme,order,article,actions,role",
        "munitions.held,Holds munitions,yes_no,,lausanne,stockpiles,1,3,lausanne:18,obligation",
        "land.cleared,Land cleared,quantity,square_metres,lausanne,land,1,4,lausanne:20,",
    ),
    "findings": csv(
        FINDINGS,
        "NOR,,munitions.held,,,statement,page 1,",
        "NOR,,land.cleared,yes,120.5,statement,page 2,",
    ),
}


def test_a_later_plan_goes_in_by_imports_alone_and_lands_as_drafts(norway: State) -> None:
    given.source()

    for kind, data in LATER_PLAN.items():
        account = bring(kind, data)
        assert {row.outcome for row in account.rows} == {Outcome.NEW}, reasons(account)

    assert [model.objects.count() for model in (Theme, Action, Indicator, Finding)] == [2, 2, 2, 2]
    drafts = (ActionPlan.objects, Indicator.objects, Finding.objects)
    assert [manager.published().count() for manager in drafts] == [0, 0, 0]
    cleared = Finding.objects.get(indicator__code="land.cleared")
    assert (cleared.quantity, cleared.unit, str(cleared.reported_on)) == (
        Decimal("120.5"),
        "square_metres",
        "2011-06-01",
    )
    held = Indicator.objects.get(code="munitions.held")
    assert [action.number for action in held.actions.all()] == [18]


def test_the_preview_shows_other_actions_beside_another_title(norway: State) -> None:
    for entry in LATER_PLAN.items():
        if entry[0] != "findings":
            bring(*entry)
    changed = csv(
        "code,title,kind,plan,theme,actions",
        "munitions.held,Has munitions,yes_no,lausanne,stockpiles,lausanne:18;lausanne:20",
    )

    [spreadsheet] = IMPORT_FORMATS
    preview = RESOURCES["indicators"]().import_data(
        spreadsheet(encoding="utf-8-sig").create_dataset(changed),
        dry_run=True,
        file_name="upload.csv",
        user=records.user("Editor"),
    )

    [row] = preview.rows
    cells = zip(preview.diff_headers, row.diff, strict=True)
    marked = [head for head, cell in cells if "<ins" in cell]
    assert marked == ["title", "actions"]


def test_the_same_files_again_change_nothing(norway: State) -> None:
    given.source()
    for entry in LATER_PLAN.items():
        bring(*entry)
    before = [history(resource._meta.model) for resource in RESOURCES.values()]

    for kind, data in LATER_PLAN.items():
        assert {row.outcome for row in bring(kind, data).rows} == {Outcome.SAME}
        assert {row.outcome for row in bring(kind, exported(kind)).rows} == {Outcome.SAME}
    assert [history(resource._meta.model) for resource in RESOURCES.values()] == before


# Findings


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("XXX,,stockpile.declared,,,statement,,", "iso3", "“XXX” is not known"),
        ("NOR,,stockpile.declarde,,,statement,,", "indicator", "“stockpile.declarde” is not known"),
        ("NOR,,stockpile.declared,maybe,,statement,,", "answer", "“maybe” is not allowed here"),
        ("NOR,,stockpile.declared,,,,,", "document", "The cell is empty: it needs a value."),
        ("NOR,,stockpile.declared,,1,statement,,", "", "A quantity needs its unit."),
        (",,stockpile.declared,,,statement,,", "", "Give either a state or an organisation."),
        ("NOR,icrc,stockpile.declared,,,statement,,", "", "Give either a state or an"),
        (
            "NOR,,stockpile.declared,,,undated,,",
            "reported_on",
            "The document bears no date: say from which day on it was known.",
        ),
        ("NOR,,stockpile.declared,,-4,statement,,", "quantity", "“-4” is not a quantity"),
    ],
)
def test_a_file_with_a_wrong_row_is_refused_whole_with_a_sentence(
    declared: Indicator, row: str, column: str, sentence: str
) -> None:
    Organization.objects.create(code="icrc", name="ICRC", kind="red_cross")
    given.source("undated", published_on=None)

    account = bring("findings", csv(FINDINGS, "NOR,,stockpile.declared,,,statement,page 9,", row))

    assert account.is_refused
    [(number, at, said)] = reasons(account)
    assert (number, at, said[: len(sentence)]) == (3, column, sentence)
    assert Finding.objects.count() == 0


def test_a_state_may_be_given_by_any_name(declared: Indicator) -> None:
    account = bring(
        "findings", csv("state,indicator,document", "norway,stockpile.declared,statement")
    )

    assert outcomes(account) == [(2, Outcome.NEW)]


def test_the_history_holds_every_new_finding_in_full(declared: Indicator) -> None:
    Organization.objects.create(code="cmc", name="CMC", kind="ngo")
    by = records.user()
    bring(
        "findings",
        csv(
            "iso3,organization,indicator,document,place,label,quantity,unit,remark,ended_on",
            "NOR,,stockpile.declared,statement,page 1,Mk-20,12.5,items,Ølen,2021-01-01",
            ",cmc,stockpile.declared,statement,page 2,,,,,",
        ),
        user=by,
    )

    entries = list(Finding.history.order_by("pk"))
    fields = [field.attname for field in Finding._meta.fields]
    assert [[getattr(entry, name) for name in fields] for entry in entries] == [
        [getattr(finding, name) for name in fields] for finding in Finding.objects.order_by("pk")
    ]
    assert [
        (entry.history_type, entry.history_user, entry.history_change_reason) for entry in entries
    ] == 2 * [("+", by, "Import of f.csv")]


def test_a_changed_row_changes_its_finding_and_another_place_is_another_one(
    declared: Indicator,
) -> None:
    header = "iso3,indicator,document,place,answer"
    bring("findings", csv(header, "NOR,stockpile.declared,statement,page 1,yes"))

    account = bring(
        "findings",
        csv(
            header,
            "NOR,stockpile.declared,statement,page 1,no",
            "NOR,stockpile.declared,statement,page 2,yes",
        ),
    )

    assert outcomes(account) == [(2, Outcome.CHANGED), (3, Outcome.NEW)]


def test_the_command_line_changes_nothing_that_is_published(
    norway: State, declared: Indicator
) -> None:
    given.finding(norway, declared, place="page 1")

    account = bring(
        "findings",
        csv(
            "iso3,indicator,document,place,answer,reported_on",
            "NOR,stockpile.declared,statement,page 1,no,2011-06-01",
        ),
    )

    assert [sentence for _row, _column, sentence in reasons(account)] == [
        "The row would change a published record, which an import at the command line may not "
        "do: change it in the admin."
    ]


def test_a_retracted_finding_does_not_come_back_by_import(
    norway: State, declared: Indicator
) -> None:
    finding = given.finding(norway, declared, place="page 1", published=False)
    publishing.retract(findings=[finding], reason="misread", by=records.user())
    header = "iso3,indicator,document,place,answer"

    same = bring("findings", csv(header, "NOR,stockpile.declared,statement,page 1,yes"))
    other = bring("findings", csv(header, "NOR,stockpile.declared,statement,page 1,no"))

    assert outcomes(same) == [(2, Outcome.SAME)]
    assert reasons(other) == [
        (
            2,
            "",
            "This finding was retracted (misread): let it stand again in the admin, or leave the "
            "row out.",
        )
    ]


# Plans and indicators


@pytest.mark.parametrize(
    ("kind", "header", "row", "column", "sentence"),
    [
        (
            "actions",
            "plan,number,theme,summary,checked",
            "vientiane,1,land,Act.,no",
            "theme",
            "The plan “vientiane” has no theme “land”.",
        ),
        (
            "actions",
            "plan,number,theme,summary,checked,months_from_entry_into_force,window_from,window_until",
            "vientiane,1,stockpiles,Act.,no,12,2011-01-01,2011-12-31",
            "",
            "Give one time limit at most: months, a window or a meeting.",
        ),
        (
            "actions",
            "plan,number,theme,summary,checked,addressees",
            "vientiane,1,stockpiles,Act.,no,parties & & x",
            "addressees",
            "At character 11: “&” stands where the name of a set or an opening parenthesis is "
            "needed.",
        ),
        (
            "indicators",
            "code,title,kind,plan,theme,actions",
            "a.b,A,yes_no,vientiane,stockpiles,vientiane:99",
            "actions",
            "“vientiane:99” is no action: write the code of its plan and its number, such as "
            "vientiane:8.",
        ),
        (
            "indicators",
            "code,title,kind,plan,theme,role",
            "a.b,A,yes_no,vientiane,stockpiles,completed",
            "",
            "A role in a duty needs one article: 3, 4 or 5.",
        ),
        (
            "themes",
            "plan,code,name,order,articles",
            "vientiane,land,Land,2,three",
            "articles",
            "Give articles by their numbers, separated by semicolons, such as 3 or 3;6.",
        ),
    ],
)
def test_wrong_parts_of_a_plan_are_refused(
    kind: str, header: str, row: str, column: str, sentence: str
) -> None:
    given.theme(published=False)

    account = bring(kind, csv(header, row))

    assert reasons(account) == [(2, column, sentence)]


def test_parts_of_a_published_plan_are_changed_by_those_who_may_publish_it() -> None:
    given.theme()
    data = csv("plan,code,name,order", "vientiane,land,Land,2")

    accounts = [
        bring("themes", data, user=user)
        for user in (None, records.user("Data entry"), records.user("Editor"))
    ]

    assert [account.is_refused for account in accounts] == [True, True, False]


@pytest.mark.usefixtures("loaded_for_the_class", "db")
class TestBundledDataset:
    """The whole dataset, loaded before all of these."""

    def test_the_plan_has_66_actions_each_under_a_theme_of_its_chapter(self) -> None:
        plan = ActionPlan.objects.published().get(code="vientiane")

        assert sorted(plan.actions.values_list("number", flat=True)) == list(range(1, 67))
        chapters = set(Action.objects.values_list("chapter", "theme__chapter"))
        assert {chapter.split()[0] == of_theme for chapter, of_theme in chapters} == {True}

    def test_time_limits_are_of_one_kind_each(self) -> None:
        limited = {
            "months": [8, 11, 12, 21, 22, 23],
            "window": [10, 20, 37],
            "meeting": [26],
        }
        found = {
            "months": Action.objects.filter(months_from_entry_into_force__isnull=False),
            "window": Action.objects.filter(window_from__isnull=False),
            "meeting": Action.objects.filter(by_meeting__code="1RC"),
        }

        assert {
            kind: list(actions.order_by("number").values_list("number", flat=True))
            for kind, actions in found.items()
        } == limited

    def test_it_goes_out_and_comes_back_as_it_was(self) -> None:
        for kind in RESOURCES:
            account = bring(kind, exported(kind))
            assert {row.outcome for row in account.rows} <= {Outcome.SAME}

    def test_a_second_time_changes_nothing_and_staff_s_work_is_left_alone(self) -> None:
        finding = Finding.objects.order_by("pk").first()
        assert finding is not None
        publishing.retract(findings=[finding], reason="misread", by=records.user())

        accounts = loading.load_all([loading.register(), dataset()], today=TODAY)

        counts = {
            outcome: sum(item.account.count(outcome) for item in accounts)
            for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.LEFT_ALONE)
        }
        assert counts == {Outcome.NEW: 0, Outcome.CHANGED: 0, Outcome.LEFT_ALONE: 1}
        finding.refresh_from_db()
        assert finding.is_retracted
