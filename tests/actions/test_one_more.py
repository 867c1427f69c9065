"""One finding more, or one less: every figure that depends on it changes, and no other."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from actions import publishing
from actions.evaluation import Evaluation
from actions.models import Finding, Indicator
from ccm_portal.figures import Figure
from states.models import State
from tests.admin import records

from . import recorded

ON = date(2011, 8, 20)
STATES = ("ALB", "BEL", "CHL", "DNK")
CODES = ("thing.a", "thing.b", "thing.c")
FORMS = (
    "{0}",
    "{0}.no",
    "{0} & parties",
    "parties - {0}",
    "since(1MSP, {0})",
    "before_eif({0})",
    "at(1MSP, {0})",
    "share({0}, states)",
)
FACTS = st.tuples(
    st.sampled_from(STATES),
    st.sampled_from(CODES),
    st.sampled_from(["yes", "no"]),
    st.sampled_from(["2010-06-01", "2010-11-12", "2011-01-01", "2011-08-20", "2011-08-21"]),
    st.sampled_from(["", "2010-01-01", "2010-11-01/2011-01-31", "2011-05-01"]),
)
Fact = tuple[str, str, str, str, str]


def answers() -> dict[str, tuple[object, ...]]:
    """Every figure with its states and the findings behind each of them."""
    evaluation = Evaluation.load(ON)
    expressions = [form.format(code) for code in CODES for form in FORMS]
    figures = [it for it in evaluation.answers(expressions) if isinstance(it, Figure)]
    assert len(figures) == len(expressions)
    return {
        figure.expression: (
            figure.total,
            figure.most,
            figure.states.certain,
            figure.states.undetermined,
            tuple((member.key, member.evidence) for member in members),
        )
        for figure, members in zip(figures, evaluation.members_of(figures), strict=True)
    }


def changed(before: dict[str, tuple[object, ...]]) -> set[str]:
    after = answers()
    return {expression for expression in before if before[expression] != after[expression]}


class FindingsTest(TestCase):
    """Findings come and go in every order."""

    def setup_example(self) -> None:
        """Each example has a database of its own."""
        super().setup_example()  # type: ignore[no-untyped-call]
        records.meeting("1MSP", "2010-11-12")
        records.party("ALB", "Albania")
        records.party("BEL", "Belgium", deposited="2010-10-15")
        records.party("CHL", "Chile", deposited="2011-05-02")
        records.state("DNK", "Denmark")
        theme = recorded.theme(recorded.plan())
        for code in CODES:
            recorded.indicator(theme, code)
        self.chief = records.user()

    def record(self, fact: Fact, number: int, *, published: bool = True) -> Finding:
        state, code, answer, reported, occurred = fact
        return recorded.finding(
            State.objects.get(iso3=state),
            Indicator.objects.get(code=code),
            answer,
            reported=reported,
            occurred=occurred,
            place=f"page {number}",
            published=published,
        )

    @given(facts=st.lists(FACTS, max_size=5), one=FACTS)
    @settings(max_examples=25, deadline=None)
    def test_one_finding_more_changes_what_depends_on_it_alone(
        self, facts: list[Fact], one: Fact
    ) -> None:
        for number, fact in enumerate(facts):
            self.record(fact, number)
        before = answers()

        finding = self.record(one, 99, published=False)
        assert changed(before) == set()

        publishing.publish(records=[finding], by=self.chief)
        moved = changed(before)
        assert all(one[1] in expression for expression in moved)
        if date.fromisoformat(one[3]) <= ON:
            form = "{0}" if one[2] == "yes" else "{0}.no"
            assert form.format(one[1]) in moved
        else:
            assert moved == set()

        publishing.withdraw(records=[finding], by=self.chief)
        assert changed(before) == set()

        publishing.publish(records=[finding], by=self.chief)
        publishing.retract(findings=[finding], reason="A mistake.", by=self.chief)
        assert changed(before) == set()

    @given(facts=st.lists(FACTS, max_size=8))
    @settings(max_examples=25, deadline=None)
    def test_parts_add_up_to_their_whole(self, facts: list[Fact]) -> None:
        for number, fact in enumerate(facts):
            self.record(fact, number)
        evaluation = Evaluation.load(ON)

        for code in CODES:
            for name in (code, f"{code}.no"):
                whole = evaluation.figure(name).states
                parts = [evaluation.figure(f"{name} {sign} parties").states for sign in "&-"]
                assert _sum(part.certain for part in parts) == sorted(whole.certain)
                assert _sum(part.undetermined for part in parts) == sorted(whole.undetermined)
                later = evaluation.figure(f"since(1MSP, {name})").states
                assert later.certain <= whole.certain
                assert later.possible <= whole.possible
            told = evaluation.figure(code).states, evaluation.figure(f"{code}.no").states
            assert told[0].certain & told[1].certain == frozenset()
            assert told[0].disputed == told[1].disputed


def _sum(parts: Iterator[frozenset[str]]) -> list[str]:
    return sorted(state for part in parts for state in part)


@pytest.mark.django_db
def test_a_document_that_is_made_non_public_takes_its_findings_along() -> None:
    norway = records.party("NOR", "Norway")
    done = recorded.indicator(recorded.theme(recorded.plan()), "thing.done")
    recorded.finding(norway, done)

    assert Evaluation.load(ON).figure("thing.done").count == 1
    cited = recorded.document()
    cited.is_public = False
    cited.save()
    assert Evaluation.load(ON).figure("thing.done").count == 0
