"""What expressions make of findings: yes and no, when, disputes, occurrences, amounts."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from actions.evaluation import Evaluation
from actions.models import Indicator, Theme
from ccm_portal.figures import ExpressionError, Figure
from states.models import State
from tests.admin import records

from . import recorded

pytestmark = pytest.mark.django_db
ON = date(2011, 8, 20)


@pytest.fixture
def register() -> dict[str, State]:
    """Parties bound from 2010 and 2011, one bound later, and a state that did nothing."""
    records.meeting("1MSP", "2010-11-12")
    return {
        "ALB": records.party("ALB", "Albania"),  # in force 1 August 2010
        "BEL": records.party("BEL", "Belgium", deposited="2010-10-15"),  # 1 April 2011
        "CHL": records.party("CHL", "Chile", deposited="2011-05-02"),  # 1 November 2011
        "DNK": records.state("DNK", "Denmark"),
    }


@pytest.fixture
def theme() -> Theme:
    return recorded.theme(recorded.plan())


@pytest.fixture
def done(theme: Theme) -> Indicator:
    return recorded.indicator(theme, "stockpile.done", sentence_yes="Has destroyed its stockpile.")


def figure(expression: str, *, on: date = ON, **named: str) -> Figure:
    return Evaluation.load(on, named=named).figure(expression)


def told(expression: str, *, on: date = ON) -> str:
    """Certain members, then open ones after a question mark, disputed ones after an exclamation."""
    states = figure(expression, on=on).states
    parts = (states.certain, states.undetermined - states.disputed, states.disputed)
    return "|".join(" ".join(sorted(part)) for part in parts).rstrip("|")


def test_a_yes_and_a_no_are_asked_for_apart(register: dict[str, State], done: Indicator) -> None:
    recorded.finding(register["ALB"], done)
    recorded.finding(register["BEL"], done, "no")

    assert told("stockpile.done") == "ALB"
    assert told("stockpile.done.no") == "BEL"
    assert told("parties - stockpile.done - stockpile.done.no") == "CHL"


def test_what_two_documents_say_differently_is_disputed(
    register: dict[str, State], done: Indicator
) -> None:
    recorded.finding(register["ALB"], done)
    recorded.finding(register["ALB"], done, "no", cites="other")

    assert told("stockpile.done") == "||ALB"
    assert told("stockpile.done.no") == "||ALB"
    assert told("stockpile.done & signatories") == ""
    members = Evaluation.load(ON)
    (albania,) = members.members(members.figure("stockpile.done"))
    assert albania.is_disputed
    assert [(item.answer, item.document) for item in albania.evidence] == [
        (True, "Document statement"),
        (False, "Document other"),
    ]


def test_a_fact_of_two_documents_is_one_state_with_two_pieces_of_evidence(
    register: dict[str, State], done: Indicator
) -> None:
    recorded.finding(register["ALB"], done, occurred="2011-03-01", place="page 1")
    recorded.finding(register["ALB"], done, cites="other", reported="2011-07-01")
    evaluation = Evaluation.load(ON)

    answer = evaluation.figure("stockpile.done")

    assert answer.count == 1
    (albania,) = evaluation.members(answer)
    assert [(item.text, item.on, item.document, item.place) for item in albania.evidence] == [
        ("Has destroyed its stockpile.", date(2011, 3, 1), "Document statement", "page 1"),
        ("Has destroyed its stockpile.", None, "Document other", ""),
    ]
    assert [item.reported_on for item in albania.evidence] == [
        date(2011, 6, 1),
        date(2011, 7, 1),
    ]


@pytest.mark.parametrize(
    ("on", "told_then"),
    [("2011-05-31", ""), ("2011-06-01", "ALB"), ("2011-07-01", "ALB"), ("2011-07-02", "")],
)
def test_a_finding_counts_from_its_report_until_it_ended(
    register: dict[str, State], done: Indicator, on: str, told_then: str
) -> None:
    recorded.finding(register["ALB"], done, reported="2011-06-01", ended="2011-07-02")

    assert told("stockpile.done", on=date.fromisoformat(on)) == told_then


@pytest.mark.parametrize(
    ("how", "since_meeting", "before_entry"),
    [
        # Entry into force for Belgium: 1 April 2011. The meeting: 12 November 2010.
        ([("2011-06-01", "2010-11-12")], "", "BEL"),
        ([("2011-06-01", "2010-11-13")], "BEL", "BEL"),
        ([("2011-06-01", "2011-03-31")], "BEL", "BEL"),
        ([("2011-06-01", "2011-04-01")], "BEL", ""),
        # Known to lie between two days: open where the boundary is between them.
        ([("2011-06-01", "2010-11-01/2010-11-30")], "|BEL", "BEL"),
        ([("2011-06-01", "2011-03-01/2011-05-01")], "BEL", "|BEL"),
        ([("2011-06-01", "2010-01-01/2011-12-31")], "|BEL", "|BEL"),
        # Nothing is reported before it happens.
        ([("2011-03-15", "2011-01-01/2011-12-31")], "BEL", "BEL"),
        # Without a day of its own, that of the report.
        ([("2010-11-12", "")], "", "BEL"),
        ([("2010-11-13", "")], "BEL", "BEL"),
        ([("2011-06-01", "")], "BEL", ""),
        # One report among several is enough, but one that does not say when may tell of old news.
        ([("2011-01-01", "2010-01-01"), ("2011-06-01", "2011-05-01")], "BEL", "BEL"),
        ([("2011-01-01", "2010-01-01"), ("2011-06-01", "")], "|BEL", "BEL"),
        ([("2010-10-01", ""), ("2011-06-01", "")], "BEL", "BEL"),
    ],
)
def test_when_a_thing_happened_is_taken_from_what_is_known(
    register: dict[str, State],
    done: Indicator,
    how: list[tuple[str, str]],
    since_meeting: str,
    before_entry: str,
) -> None:
    for number, (reported, occurred) in enumerate(how):
        recorded.finding(
            register["BEL"], done, reported=reported, occurred=occurred, place=f"page {number}"
        )

    assert told("since(1MSP, stockpile.done)") == since_meeting
    assert told("before_eif(stockpile.done)") == before_entry


def test_only_states_with_an_entry_into_force_have_something_before_it(
    register: dict[str, State], done: Indicator
) -> None:
    recorded.finding(register["CHL"], done)
    recorded.finding(register["DNK"], done)

    assert told("before_eif(stockpile.done)") == "CHL"


def test_occurrences_count_actors_with_labels(register: dict[str, State], theme: Theme) -> None:
    use = recorded.indicator(theme, "use.instance", "occurrence", unit="instances")
    recorded.finding(register["DNK"], use, label="April")
    recorded.finding(register["DNK"], use, label="April", cites="other")
    recorded.finding(register["DNK"], use, label="May")
    recorded.finding(register["ALB"], use, label="April")
    recorded.finding(recorded.organization("icrc"), use, label="April")

    everything = figure("use.instance")
    assert (everything.count, everything.total, everything.unit) == (4, 4, "instances")
    assert everything.states.certain == {"ALB", "DNK", "org:icrc"}
    assert figure("use.instance & parties").count == 1
    assert figure("use.instance - parties").count == 3
    assert figure("organisations(use.instance)").count == 1
    assert told("states - use.instance") == "BEL CHL"
    assert told("actors(use.instance) & states") == "ALB DNK"


def test_organisations_are_counted_where_they_are_asked_for(
    register: dict[str, State], done: Indicator
) -> None:
    recorded.finding(register["ALB"], done)
    recorded.finding(recorded.organization("icrc", "Red Cross"), done)
    evaluation = Evaluation.load(ON)

    answer = evaluation.figure("organisations(stockpile.done)")

    assert (answer.count, answer.unit) == (1, "organisations")
    assert [(member.key, member.name) for member in evaluation.members(answer)] == [
        ("org:icrc", "Red Cross")
    ]
    assert told("stockpile.done") == "ALB"
    assert told("organisations(stockpile.done & parties)") == ""


@pytest.fixture
def stock(theme: Theme) -> Indicator:
    return recorded.indicator(theme, "stockpile.amount", "quantity", unit="tonnes")


def amount(of: State, what: Indicator, number: str | None, **values: object) -> None:
    quantity = Decimal(number) if number is not None else None
    recorded.finding(of, what, quantity=quantity, unit="tonnes", **values)  # type: ignore[arg-type]


def test_a_quantity_is_summed_and_what_is_not_known_kept_apart(
    register: dict[str, State], stock: Indicator
) -> None:
    amount(register["ALB"], stock, "10.50", label="type 1")
    amount(register["ALB"], stock, "10.50", label="type 1", cites="other")
    amount(register["ALB"], stock, "4", label="type 2")
    amount(register["BEL"], stock, "0")
    amount(register["DNK"], stock, None)

    answer = figure("stockpile.amount")
    assert (answer.count, answer.undetermined, answer.total) == (2, 1, Decimal("14.50"))
    assert (answer.most, answer.unit, answer.is_at_least) == (None, "tonnes", True)
    known = figure("stockpile.amount & parties")
    assert (known.count, known.undetermined, known.total) == (2, 0, Decimal("14.50"))
    assert not known.is_at_least


def test_documents_that_differ_on_an_amount_leave_it_open(
    register: dict[str, State], stock: Indicator
) -> None:
    amount(register["ALB"], stock, "10")
    amount(register["ALB"], stock, "12", cites="other")
    amount(register["BEL"], stock, "1")

    answer = figure("stockpile.amount")

    assert (answer.count, answer.undetermined, answer.total) == (1, 1, 1)
    assert answer.states.disputed == {"ALB"}


def test_a_source_that_leaves_its_list_or_number_open_makes_it_at_least(
    register: dict[str, State], done: Indicator, stock: Indicator
) -> None:
    recorded.finding(register["ALB"], done, at_least=True)
    amount(register["ALB"], stock, "10", at_least=True)

    for expression in (
        "stockpile.done",
        "since(1MSP, stockpile.done)",
        "stockpile.amount",
        "at_least(parties)",
    ):
        assert figure(expression).is_at_least, expression
    assert not figure("parties").is_at_least
    # Whoever is taken away from may be among those not named.
    assert told("parties - stockpile.done") == "|BEL CHL"


def test_names_of_a_page_stand_for_expressions(register: dict[str, State], done: Indicator) -> None:
    recorded.finding(register["ALB"], done)

    answer = figure("late - begun", begun="stockpile.done & parties", late="parties")

    assert answer.states.certain == {"BEL", "CHL"}


def test_names_derived_from_actions(register: dict[str, State], theme: Theme) -> None:
    timed = recorded.action(theme, 8, months_from_entry_into_force=12)
    other = recorded.action(theme, 9)
    plan = recorded.indicator(theme, "stockpile.plan", "yes_no", timed)
    offer = recorded.indicator(theme, "stockpile.offer", "yes_no", other)
    recorded.finding(register["ALB"], plan)
    recorded.finding(register["BEL"], offer)

    assert told("stockpile.any_timebound_action") == "ALB"
    assert told("stockpile.any_action") == "ALB BEL"
    assert told("vap.action_9") == "BEL"
    with pytest.raises(ExpressionError) as raised:
        figure("vap.action_9.no")
    assert raised.value.position == 0


@pytest.mark.parametrize("how_many", [1, 3])
def test_many_figures_cost_a_fixed_number_of_queries(
    register: dict[str, State],
    theme: Theme,
    stock: Indicator,
    django_assert_num_queries: DjangoAssertNumQueries,
    how_many: int,
) -> None:
    names = []
    for number in range(how_many):
        made = recorded.indicator(theme, f"thing.number_{number}")
        happened = recorded.indicator(theme, f"event.number_{number}", "occurrence")
        for of in register.values():
            recorded.finding(of, made)
            recorded.finding(of, happened, label="once")
        names += [made.code, f"since(1MSP, {made.code})", f"{happened.code} & parties"]
    amount(register["ALB"], stock, "3")
    evaluation = Evaluation.load(ON)

    # The meetings, indicators and their actions; states, open lists, details and amounts of the
    # day; then the evidence.
    with django_assert_num_queries(8):
        answers = evaluation.answers([*names, "stockpile.amount"])
        figures = [answer for answer in answers if isinstance(answer, Figure)]
        assert len(figures) == 3 * how_many + 1
        assert all(
            member.evidence for members in evaluation.members_of(figures) for member in members
        )


def test_without_names_of_findings_nothing_of_them_is_read(
    register: dict[str, State], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    evaluation = Evaluation.load(ON)

    with django_assert_num_queries(0):
        assert evaluation.figure("parties").count == 3


def test_what_is_not_shown_counts_nowhere(register: dict[str, State], theme: Theme) -> None:
    done = recorded.indicator(theme, "stockpile.done")
    hidden = recorded.indicator(theme, "stockpile.hidden", published=False)
    recorded.finding(register["ALB"], done, published=False)
    recorded.finding(register["BEL"], done, cites=recorded.document("secret", public=False))
    recorded.finding(register["CHL"], hidden)

    assert told("stockpile.done | since(1MSP, stockpile.done)") == ""
    with pytest.raises(ExpressionError):
        figure("stockpile.hidden")
