"""Which findings count on a day, and what they say together."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from actions import publishing
from actions.evaluation import Evaluation
from actions.evidence import Verdict, pieces
from actions.models import ActionPlan, Finding, Indicator
from actions.timeline import Timeline
from ccm_portal.figures import ExpressionError
from states.models import Document, Organization, State
from states.publishing import withdraw as take_back
from tests.admin import records

from . import evidence_rows as given

pytestmark = pytest.mark.django_db


@pytest.fixture
def norway() -> State:
    return given.norway()


@pytest.fixture
def declared() -> Indicator:
    return given.indicator()


def verdict(on: str) -> Verdict | None:
    """What the findings on Norway come to in the figure of a day."""
    try:
        states = Evaluation.load(date.fromisoformat(on)).figure("stockpile.declared").states
    except ExpressionError:  # Only published indicators are names.
        return None
    if "NOR" in states.disputed:
        return Verdict.DISPUTED
    return Verdict.YES if "NOR" in states.certain else None


@pytest.mark.parametrize(
    ("values", "on", "counts"),
    [
        ({}, "2011-05-31", False),  # reported on 1 June
        ({}, "2011-06-01", True),
        ({}, "2026-01-01", True),
        ({"ended_on": "2013-01-01"}, "2012-12-31", True),
        ({"ended_on": "2013-01-01"}, "2013-01-01", False),
        # When it happened does not matter for whether it was known.
        (
            {"occurred_not_before": "2009-01-01", "occurred_not_after": "2009-12-31"},
            "2010-06-01",
            False,
        ),
        ({"published": False}, "2012-01-01", False),
        ({"retracted_at": "2026-01-01T00:00Z", "retraction_reason": "x"}, "2012-01-01", False),
    ],
)
def test_a_finding_counts_from_its_report_until_it_ended(
    norway: State, declared: Indicator, values: dict[str, Any], on: str, counts: bool
) -> None:
    given.finding(norway, declared, **values)

    assert (verdict(on) is Verdict.YES) is counts


def test_a_finding_rests_on_a_public_document_and_a_published_indicator(
    norway: State, declared: Indicator
) -> None:
    given.finding(norway, declared)
    for model in (Document, Indicator):
        values: dict[str, Any] = {"is_public": False} if model is Document else {}
        model._default_manager.update(**(values or {"published_at": None}))
        assert verdict("2012-01-01") is None
        model._default_manager.update(
            **({"is_public": True} if model is Document else {"published_at": records.NOW})
        )
    assert verdict("2012-01-01") is Verdict.YES


def test_the_same_fact_from_two_documents_is_one_state_and_two_pieces(
    norway: State, declared: Indicator
) -> None:
    given.finding(norway, declared, place="page 1")
    given.finding(norway, declared, document=given.source("other"))

    figure = Evaluation.load(date(2012, 1, 1)).figure("stockpile.declared")

    assert figure.states.certain == {"NOR"}
    shown = pieces(date(2012, 1, 1), indicators=[declared], states=[norway.pk])
    assert [piece.source.title for piece in shown] == ["The statement", "The other"]


def test_a_yes_and_a_no_are_disputed_and_the_newest_does_not_win(
    norway: State, declared: Indicator
) -> None:
    given.finding(norway, declared)
    given.finding(
        norway, declared, answer="no", document=given.source("other"), reported_on="2014-01-01"
    )

    verdicts = [verdict(on) for on in ("2013-12-31", "2014-01-01", "2020-01-01")]
    assert verdicts == [Verdict.YES, Verdict.DISPUTED, Verdict.DISPUTED]


def test_organisations_stand_apart_from_states(declared: Indicator) -> None:
    icrc = Organization.objects.create(code="icrc", name="ICRC", kind="red_cross")
    given.finding(None, declared, organization=icrc)

    evaluation = Evaluation.load(date(2012, 1, 1))

    assert evaluation.figure("organisations(stockpile.declared)").states.certain == {"org:icrc"}
    assert evaluation.figure("stockpile.declared").states.certain == frozenset()


@pytest.mark.parametrize("how_many", [1, 5])
def test_the_answers_of_all_indicators_and_days_cost_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries, norway: State, how_many: int
) -> None:
    for number in range(how_many):
        given.finding(norway, given.indicator(f"a.b{number}"), ended_on="2014-01-01")
    indicators = list(Indicator.objects.values_list("pk", flat=True))

    with django_assert_num_queries(2):
        timeline = Timeline.load()
        then = [list(timeline.answers(date(year, 1, 1), indicators)) for year in (2011, 2012, 2014)]
    assert [len(answers) for answers in then] == [0, how_many, 0]


def test_an_answer_that_ended_and_was_given_again_stands_twice(
    norway: State, declared: Indicator
) -> None:
    given.finding(norway, declared, ended_on="2013-01-01")
    given.finding(norway, declared, document=given.source("other"), reported_on="2015-01-01")

    days = ("2012-12-31", "2013-01-01", "2014-12-31", "2015-01-01")
    assert [verdict(on) for on in days] == [Verdict.YES, None, None, Verdict.YES]


@pytest.mark.parametrize(
    "values",
    [
        {"state": None},
        {"answer": "may"},
        {"occurred_not_before": "2011-01-01"},
        {"occurred_not_before": "2011-01-02", "occurred_not_after": "2011-01-01"},
        {
            "occurred_not_before": "2011-01-02",
            "occurred_not_after": "2011-01-02",
            "ended_on": "2011-01-02",
        },
        {"quantity": -1, "unit": "usd"},
        {"quantity": 1},
        {"retracted_at": "2026-01-01T00:00Z"},
        {"retraction_reason": "x"},
    ],
)
def test_the_database_keeps_what_must_hold(
    norway: State, declared: Indicator, values: dict[str, Any]
) -> None:
    state = values.pop("state", norway)

    with pytest.raises(IntegrityError), transaction.atomic():
        given.finding(state, declared, **values)


def test_a_state_and_an_organisation_at_once_are_refused(
    norway: State, declared: Indicator
) -> None:
    icrc = Organization.objects.create(code="icrc", name="ICRC", kind="red_cross")

    with pytest.raises(IntegrityError), transaction.atomic():
        given.finding(norway, declared, organization=icrc)


# Publishing and retracting


def test_a_finding_is_published_after_its_indicator_and_that_after_its_plan(
    norway: State,
) -> None:
    chief = records.user()
    theme = given.theme(published=False)
    indicator = given.indicator(theme=theme, published=False)
    finding = given.finding(norway, indicator, published=False)

    for record, sentence in (
        (
            finding,
            "stockpile.declared is a draft: publish the indicator before its findings.",
        ),
        (
            indicator,
            "stockpile.declared belongs to “Vientiane Action Plan”, which is a draft: publish the "
            "plan first.",
        ),
    ):
        with pytest.raises(ValidationError) as refused:
            publishing.publish(records=[record], by=chief)
        assert refused.value.messages == [sentence]
    publishing.publish(records=[finding, indicator, theme.plan], by=chief)
    assert verdict("2012-01-01") is Verdict.YES


def test_a_plan_is_taken_back_after_its_indicators(norway: State, declared: Indicator) -> None:
    plan, chief = ActionPlan.objects.get(), records.user()

    with pytest.raises(ValidationError) as refused:
        publishing.withdraw(records=[plan], by=chief)
    assert refused.value.messages == [
        "“Vientiane Action Plan” has indicators that are published: take them back to draft "
        "before it."
    ]
    publishing.withdraw(records=[plan, declared], by=chief)
    assert not ActionPlan.objects.get().is_published


def test_a_document_taken_back_takes_its_findings_out_of_the_figures(
    norway: State, declared: Indicator
) -> None:
    given.finding(norway, declared)

    take_back(records=[Document.objects.get()], by=records.user())

    assert verdict("2012-01-01") is None


def test_a_retracted_finding_is_not_published(norway: State, declared: Indicator) -> None:
    chief = records.user()
    finding = given.finding(norway, declared, published=False)
    publishing.retract(findings=[finding], reason="misread", by=chief)

    with pytest.raises(ValidationError) as refused:
        publishing.publish(records=[finding], by=chief)

    assert refused.value.messages == [
        "stockpile.declared: yes was retracted, so it cannot be published."
    ]


def test_what_was_recorded_anew_keeps_a_retracted_one_from_standing_again(
    norway: State, declared: Indicator
) -> None:
    chief = records.user()
    finding = given.finding(norway, declared)
    publishing.retract(findings=[finding], reason="misread", by=chief)
    given.finding(norway, declared)

    with pytest.raises(ValidationError) as refused:
        publishing.reinstate(findings=[finding], by=chief)

    assert refused.value.messages == [
        "“stockpile.declared: yes” has been recorded anew from the same place: keep that one."
    ]
    assert Finding.objects.kept().count() == 1


def test_retracting_many_is_all_or_nothing(norway: State, declared: Indicator) -> None:
    clerk = records.user("Data entry")
    draft = given.finding(norway, declared, published=False)
    published = given.finding(norway, declared, place="page 2")

    with pytest.raises(PermissionDenied):
        publishing.retract(findings=[draft, published], reason="misread", by=clerk)

    assert Finding.objects.kept().count() == 2
