"""Plans, indicators and findings in the data entry: fast entry, publishing, retracting."""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from actions.evaluation import Evaluation
from actions.models import Action, ActionPlan, Finding, Indicator, Theme
from states.models import Document, Organization, State
from tests.admin import records
from tests.admin.conftest import Desk, entries, messages

from . import evidence_rows as given

pytestmark = pytest.mark.django_db

ENTER = "admin:actions_finding_enter"
RETRACT = "admin:actions_finding_retract"
QUERIES_OF_THE_TABLE = 10


@pytest.fixture
def norway() -> State:
    return given.norway()


@pytest.fixture
def stockpile() -> Indicator:
    return given.indicator("stockpile.declared", title="Stockpile")


@pytest.fixture
def paper() -> Indicator:
    return given.indicator("support.paper", title="Papers", kind="occurrence", unit="papers")


@pytest.fixture
def quantity() -> Indicator:
    return given.indicator("stockpile.size", title="Size", kind="quantity", unit="munitions")


def enter(desk: Desk, about: dict[str, Any], typed: dict[str, Any], button: str = "_save") -> Any:
    """Send the table of ticks; `about` names what was chosen."""
    query = {name: record.pk for name, record in about.items()}
    address = reverse(ENTER, query=query)
    return desk.client.post(address, typed | {button: "Save"}, follow=True)


def row_errors(page: Any) -> dict[str, list[str]]:
    return {
        row.title: [sentence for errors in row.form.errors.values() for sentence in errors]
        for group in page.context["table"].groups
        for row in group.rows
        if row.form.errors
    }


# From a document and a state


def test_a_statement_is_read_in_one_go(
    norway: State, stockpile: Indicator, paper: Indicator, quantity: Indicator
) -> None:
    desk, document = Desk("Data entry"), given.source()

    page = enter(
        desk,
        {"document": document, "state": norway},
        {
            "place": "page 2",
            f"i{stockpile.pk}-yes": "on",
            f"i{paper.pk}-yes": "on",
            f"i{paper.pk}-label": "Guide",
            f"i{paper.pk}-place": "annex",
            f"i{quantity.pk}-no": "on",
            f"i{quantity.pk}-quantity": "12",
            f"i{quantity.pk}-happened_on": "1.5.2011",
            f"i{quantity.pk}-remark": "of one type",
        },
    )

    assert messages(page) == [
        "3 findings were recorded: The statement, Norway. They are drafts. "
        f'<a href="{reverse("admin:actions_finding_changelist")}?document__id__exact='
        f'{document.pk}">See them.</a>'
    ]
    found = Finding.objects.order_by("indicator__code")
    assert [
        (
            item.indicator.code,
            item.answer,
            item.place,
            item.label,
            item.quantity,
            item.unit,
            str(item.reported_on),
            item.is_published,
        )
        for item in found
    ] == [
        ("stockpile.declared", "yes", "page 2", "", None, "", "2011-06-01", False),
        ("stockpile.size", "no", "page 2", "", 12, "munitions", "2011-06-01", False),
        ("support.paper", "yes", "annex", "Guide", None, "", "2011-06-01", False),
    ]
    assert str(found[1].occurred_on) == "2011-05-01"
    assert {item.history.get().history_user for item in found} == {desk.user}


def test_the_page_goes_on_with_the_document_and_shows_what_is_recorded(
    norway: State, stockpile: Indicator
) -> None:
    desk, document = Desk(), given.source()
    about = {"document": document, "state": norway}

    after = enter(desk, about, {f"i{stockpile.pk}-yes": "on", "place": "page 2"}, "_publish")

    assert after.redirect_chain == [(reverse(ENTER, query={"document": document.pk}), 302)]
    assert Finding.objects.get().is_published
    again = desk.client.get(reverse(ENTER, query={name: item.pk for name, item in about.items()}))
    [group] = again.context["table"].groups
    assert [row.recorded for row in group.rows] == [("yes, page 2 (published)",)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"yes": "on", "no": "on"}, "Tick yes or no: for both, use two documents or places."),
        ({"place": "page 2"}, "Tick yes or no, or clear the row."),
        (
            {"yes": "on", "happened_on": "soon"},
            "This is not a date: write it as 2011-08-20, 20.8.2011 or 20/08/2011.",
        ),
        (
            {"yes": "on", "happened_on": "2011-06-02"},
            "It cannot have been reported before it happened: check both days.",
        ),
    ],
)
def test_a_refused_row_says_why_and_nothing_is_recorded(
    norway: State, stockpile: Indicator, typed: dict[str, str], sentence: str
) -> None:
    row = {f"i{stockpile.pk}-{name}": value for name, value in typed.items()}

    page = enter(Desk(), {"document": given.source(), "state": norway}, row)

    assert row_errors(page) == {"Stockpile": [sentence]}
    assert Finding.objects.count() == 0


def test_the_same_place_is_not_recorded_twice(norway: State, stockpile: Indicator) -> None:
    given.finding(norway, stockpile, place="page 2")

    page = enter(
        Desk(),
        {"document": given.source(), "state": norway},
        {f"i{stockpile.pk}-yes": "on", "place": "page 2"},
    )

    assert row_errors(page) == {"Stockpile": ["This place of the document is recorded already."]}
    assert Finding.objects.count() == 1


def test_a_document_without_a_date_asks_for_one(norway: State, stockpile: Indicator) -> None:
    document = given.source("undated", published_on=None)

    page = enter(Desk(), {"document": document, "state": norway}, {f"i{stockpile.pk}-yes": "on"})

    assert row_errors(page) == {
        "Stockpile": ["The document bears no date: say from which day on it was known."]
    }


def test_publishing_at_once_needs_a_public_document_and_the_permission(
    norway: State, stockpile: Indicator
) -> None:
    about = {"document": given.source("inside", public=False), "state": norway}
    typed = {f"i{stockpile.pk}-yes": "on"}

    refused = enter(Desk("Editor"), about, typed, "_publish")
    assert messages(refused) == [
        "Norway, stockpile.declared: yes cites “The inside”, which is not public: have the "
        "document made public first, or cite another."
    ]
    assert enter(Desk("Data entry"), about, typed, "_publish").status_code == 403
    assert Finding.objects.count() == 0


# From an indicator


def test_states_are_ticked_for_one_indicator(norway: State, stockpile: Indicator) -> None:
    peru = records.party("PER", "Peru")
    document = given.source()

    page = enter(
        Desk(),
        {"document": document, "indicator": stockpile},
        {"place": "note 9", f"s{norway.pk}-yes": "on", f"s{peru.pk}-no": "on"},
    )

    assert page.redirect_chain == [(reverse(ENTER, query={"indicator": stockpile.pk}), 302)]
    assert sorted(Finding.objects.values_list("state__iso3", "answer", "place")) == [
        ("NOR", "yes", "note 9"),
        ("PER", "no", "note 9"),
    ]


def test_organisations_have_findings_too(paper: Indicator) -> None:
    icrc = Organization.objects.create(code="icrc", name="ICRC", kind="red_cross")

    enter(
        Desk(),
        {"document": given.source(), "organization": icrc},
        {f"i{paper.pk}-yes": "on", f"i{paper.pk}-label": "Study"},
    )

    finding = Finding.objects.get()
    assert (finding.state, finding.organization, finding.label) == (None, icrc, "Study")


def test_one_of_state_organisation_and_indicator_is_chosen(
    norway: State, stockpile: Indicator
) -> None:
    query = {"document": given.source().pk, "state": norway.pk, "indicator": stockpile.pk}

    page = Desk().client.get(reverse(ENTER, query=query))

    assert page.context["table"] is None
    assert page.context["choosing"].non_field_errors() == [
        "Choose one of these: a state, an organisation, or an indicator for all states."
    ]


@pytest.mark.parametrize("model", [Document, State])
def test_the_pages_of_documents_and_states_lead_to_the_table(
    norway: State, model: type[Document] | type[State]
) -> None:
    given.source()
    record = model.objects.get()

    page = Desk().get(model, "change", record.pk).content.decode()

    assert reverse(ENTER, query={model._meta.model_name: record.pk}) in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_table_costs_the_same_however_many_rows_it_has(
    django_assert_num_queries: DjangoAssertNumQueries, norway: State, how_many: int
) -> None:
    desk, document = Desk(), given.source()
    for number in range(how_many):
        given.finding(norway, given.indicator(f"a.b{number}"))
    address = reverse(ENTER, query={"document": document.pk, "state": norway.pk})
    desk.client.get(address)

    with django_assert_num_queries(QUERIES_OF_THE_TABLE):
        assert desk.client.get(address).status_code == 200


# One finding


def test_a_finding_typed_alone_takes_date_and_unit_from_what_it_cites(
    norway: State, quantity: Indicator
) -> None:
    desk = Desk()
    typed = {
        "state": norway.pk,
        "indicator": quantity.pk,
        "answer": "yes",
        "document": given.source().pk,
        "quantity": "7",
    }

    desk.client.post(reverse("admin:actions_finding_add"), typed | {"_save": "Save"})

    finding = Finding.objects.get()
    assert (str(finding.reported_on), finding.unit) == ("2011-06-01", "munitions")


def test_a_published_finding_is_changed_by_those_who_may_publish(
    norway: State, stockpile: Indicator
) -> None:
    finding = given.finding(norway, stockpile)
    address = reverse("admin:actions_finding_change", args=[finding.pk])
    for role, place in (("Data entry", ""), ("Editor", "page 9")):
        desk = Desk(role)
        page: Any = desk.client.get(address)
        if page.context["has_change_permission"]:
            desk.client.post(address, entries(page) | {"place": "page 9", "_save": "Save"})
        else:
            desk.client.post(address, {"place": "page 9", "_save": "Save"})
        finding.refresh_from_db()
        assert finding.place == place


# Retracting


def test_retracting_takes_a_reason_and_holds_for_every_date(
    norway: State, stockpile: Indicator
) -> None:
    finding = given.finding(norway, stockpile)
    desk = Desk("Editor")
    address = reverse(RETRACT, query={"ids": finding.pk})

    without = desk.client.post(address, {"reason": " "})
    assert without.context["form"].errors == {"reason": ["This field is required."]}

    done = desk.client.post(address, {"reason": "misread"}, follow=True)
    finding.refresh_from_db()
    assert messages(done) == ["1 finding was retracted, for every date."]
    assert (finding.is_retracted, finding.retraction_reason) == (True, "misread")
    figure = Evaluation.load(finding.reported_on).figure(finding.indicator.code)
    assert figure.states.possible == frozenset()
    last = finding.history.first()
    assert (last.history_change_reason, last.history_user) == ("Retracted", desk.user)


def test_the_list_s_action_leads_to_the_reason_and_another_lets_it_stand_again(
    norway: State, stockpile: Indicator
) -> None:
    finding = given.finding(norway, stockpile)
    desk = Desk("Editor")
    changelist = reverse("admin:actions_finding_changelist")

    asked = desk.client.post(
        changelist, {"action": "retract_selected", "_selected_action": [finding.pk]}
    )
    assert asked["Location"] == reverse(RETRACT, query={"ids": finding.pk})
    desk.client.post(asked["Location"], {"reason": "misread"})
    desk.client.post(changelist, {"action": "reinstate_selected", "_selected_action": [finding.pk]})

    finding.refresh_from_db()
    assert (finding.is_retracted, finding.is_published) == (False, True)


@pytest.mark.parametrize(
    ("role", "published", "allowed"),
    [
        ("Editor", True, True),
        ("Data entry", True, False),
        ("Data entry", False, True),
        ("Auditor", False, False),
    ],
)
def test_a_published_finding_is_retracted_by_those_who_may_publish(
    norway: State, stockpile: Indicator, role: str, published: bool, allowed: bool
) -> None:
    finding = given.finding(norway, stockpile, published=published)

    Desk(role).client.post(reverse(RETRACT, query={"ids": finding.pk}), {"reason": "misread"})

    finding.refresh_from_db()
    assert finding.is_retracted is allowed


# Plans


def test_a_later_plan_is_typed_with_its_themes_actions_and_indicators() -> None:
    desk = Desk()
    management = {
        f"themes-{name}": value
        for name, value in (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0))
    }
    desk.client.post(
        reverse("admin:actions_actionplan_add"),
        management
        | {
            "name": "Lausanne Action Plan",
            "code": "lausanne",
            "valid_from": "2021-09-21",
            "themes-0-name": "Stockpiles",
            "themes-0-code": "stockpiles",
            "themes-0-order": "1",
            "_publish": "Save and publish",
        },
    )
    plan, theme = ActionPlan.objects.get(), Theme.objects.get()
    desk.client.post(
        reverse("admin:actions_action_add"),
        {
            "plan": plan.pk,
            "number": "18",
            "theme": theme.pk,
            "summary": "Destroy.",
            "checked": "no",
            "addressees": "munitions.held & parties",
            "_save": "Save",
        },
    )
    desk.client.post(
        reverse("admin:actions_indicator_add"),
        {
            "code": "munitions.held",
            "title": "Holds munitions",
            "kind": "yes_no",
            "theme": theme.pk,
            "order": "1",
            "actions": [Action.objects.get().pk],
            "_publish": "Save and publish",
        },
    )

    indicator = Indicator.objects.get()
    assert (plan.is_published, indicator.is_published) == (True, True)
    assert [action.number for action in indicator.actions.all()] == [18]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"code": "Stockpile"}, "code", "Write it like stockpile.destruction_started"),
        ({"code": "stockpile.no"}, "code", "This name is taken by another part of the portal"),
        ({"code": "reports.mine"}, "code", "This name is taken by another part of the portal"),
        ({"sentence_yes": "In {country}."}, "sentence_yes", "Only {label}, {quantity}"),
        ({"yes_from": "stockpiles"}, "yes_from", "“stockpiles” is no line of a report"),
        ({"kind": "quantity"}, "__all__", "A quantity needs its unit."),
        ({"role": "completed"}, "__all__", "A role in a duty needs one article: 3, 4 or 5."),
    ],
)
def test_a_wrong_indicator_is_refused_in_a_sentence(
    typed: dict[str, str], field: str, sentence: str
) -> None:
    good = {
        "code": "a.b",
        "title": "A",
        "kind": "yes_no",
        "theme": str(given.theme().pk),
        "order": "1",
    }

    page = Desk().client.post(
        reverse("admin:actions_indicator_add"), good | typed | {"_save": "Save"}
    )

    [refusal] = page.context["adminform"].form.errors[field]
    assert refusal.startswith(sentence)


def test_whom_an_action_addresses_must_be_an_expression() -> None:
    theme = given.theme()
    typed = {
        "plan": theme.plan_id,
        "number": "1",
        "theme": theme.pk,
        "summary": "Act.",
        "checked": "no",
        "addressees": "parties &",
    }

    page = Desk().client.post(reverse("admin:actions_action_add"), typed | {"_save": "Save"})

    [refusal] = page.context["adminform"].form.errors["addressees"]
    assert refusal.startswith("At character 10:")


def test_parts_of_a_published_plan_are_changed_by_those_who_may_publish_it() -> None:
    theme = given.theme()
    address = reverse("admin:actions_theme_change", args=[theme.pk])

    pages = {role: Desk(role).client.get(address) for role in ("Data entry", "Editor")}

    assert {role: page.context["has_change_permission"] for role, page in pages.items()} == {
        "Data entry": False,
        "Editor": True,
    }
