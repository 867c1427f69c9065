"""The verdict on a printed figure, and the document against itself, as tables of cases."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions.reconciliation.checks import (
    CheckKind,
    Outcome,
    Relation,
    footnote_checks,
    relation_checks,
    status_checks,
    with_implied,
)
from actions.reconciliation.comparing import compare
from actions.reconciliation.values import Comparison, Own, Printed, PrintedName, Verdict
from ccm_portal.figures import StateSet

SAME, DIFFERS, OPEN = Verdict.SAME, Verdict.DIFFERS, Verdict.OPEN
HOLDS, CONTRADICTS = Outcome.HOLDS, Outcome.CONTRADICTS


def printed(value: str = "", states: str = "", **values: Any) -> Printed:
    """A printed figure; states by their codes, a name that nobody has in quotation marks."""
    names = tuple(
        PrintedName(word.strip('"'), "" if word.startswith('"') else word)
        for word in states.split()
    )
    plain: dict[str, Any] = {
        "key": "P1a",
        "paragraph": 1,
        "chapter": "I",
        "claim": "A claim",
        "comparison": Comparison.EXACT,
        "unit": "states_parties",
        "footnote": 1 if names else None,
        "said_to_be": "",
        "kind": "records",
    }
    return Printed(value=value, names=names, **plain | values)


def own(number: str, most: str | None = "", certain: str = "", undetermined: str = "") -> Own:
    """The portal's answer; `most` is "" where nothing is open, None where nobody can tell."""
    highest = number if most == "" else most
    return Own(
        number=Decimal(number),
        most=None if highest is None else Decimal(highest),
        certain=frozenset(certain.split()),
        undetermined=frozenset(undetermined.split()),
    )


@pytest.mark.parametrize(
    ("figure", "answer", "verdict"),
    [
        (printed("3"), own("3"), SAME),
        (printed("3"), own("4"), DIFFERS),
        (printed("3"), own("2", "4"), OPEN),
        (printed("3"), own("3", "4"), SAME),
        (printed("3"), own("4", "5"), DIFFERS),
        (printed("3"), own("1", "2"), DIFFERS),
        (printed("3"), own("2", None), OPEN),
        (printed("30", unit="percent"), own("30.4"), SAME),
        (printed("30", unit="percent"), own("30.5"), DIFFERS),
        (printed("30.4", unit="percent"), own("30.4"), SAME),
        (printed("50", comparison=Comparison.MORE_THAN), own("55.4"), SAME),
        (printed("50", comparison=Comparison.MORE_THAN), own("50"), DIFFERS),
        (printed("50", comparison=Comparison.MORE_THAN), own("50", "51"), OPEN),
        (printed("9", comparison=Comparison.AT_LEAST), own("10"), DIFFERS),
        (printed(""), own("4"), Verdict.NO_NUMBER),
        (printed("4"), Own(reason="not named"), Verdict.NOT_COMPUTED),
        (printed("2011-08-20"), Own(day=date(2011, 8, 20)), SAME),
        (printed("2011-08"), Own(day=date(2011, 8, 20)), SAME),
        (printed("2011-09"), Own(day=date(2011, 8, 20)), DIFFERS),
        # The lists count as well as the number.
        (printed("2", "CHE NOR"), own("2", certain="CHE NOR"), SAME),
        (printed("2", "CHE NOR"), own("2", certain="AUT NOR"), DIFFERS),
        (printed("3", "CHE NOR"), own("2", certain="CHE NOR"), DIFFERS),
        (printed("", "CHE NOR"), own("2", certain="CHE NOR"), SAME),
        (printed("2", "CHE NOR"), own("1", "2", "NOR", "CHE"), OPEN),
        (printed("1", "NOR"), own("1", "2", "NOR", "CHE"), SAME),
        (printed("2", 'NOR "Atlantis"'), own("2", certain="NOR CHE"), DIFFERS),
        # Of a zero, it is known that nobody is meant.
        (printed("0"), own("0"), SAME),
        (printed("0"), own("2", certain="BEL ESP"), DIFFERS),
        # Without a footnote, related figures may tell whom the document means.
        (printed("1", implied=frozenset({"NOR"})), own("1", certain="NOR"), SAME),
        (printed("1", implied=frozenset({"NOR"})), own("1", certain="CHE"), DIFFERS),
    ],
)
def test_the_verdict_follows_from_number_and_names(
    figure: Printed, answer: Own, verdict: Verdict
) -> None:
    assert compare(figure, answer).verdict is verdict


def test_what_makes_the_difference_is_told_for_each_side() -> None:
    row = compare(
        printed("3", "CHE NOR SDN"), own("3", "4", certain="AUT NOR FRA", undetermined="SDN")
    )

    assert (row.only_printed, row.only_own, row.open_states) == (
        frozenset({"CHE"}),
        frozenset({"AUT", "FRA"}),
        frozenset({"SDN"}),
    )


FIGURES = {
    figure.key: figure
    for figure in (
        printed("2", "AUT BEL", key="A"),
        printed("1", "CHE", key="B"),
        printed("3", "AUT BEL CHE", key="C"),
        printed("3", key="D"),
        printed("4", key="E"),
        printed("3", "BEL CHE", key="F"),
        printed("", "AUT", key="G"),
        printed("0", key="Z"),
    )
}


@pytest.mark.parametrize(
    ("kind", "whole", "others", "outcome", "too_many", "missing"),
    [
        ("equal", "C", "C", HOLDS, "", ""),
        ("equal", "D", "C", HOLDS, "", ""),
        ("equal", "E", "C", CONTRADICTS, "", ""),
        ("equal", "A", "B", CONTRADICTS, "AUT BEL", "CHE"),
        ("sum", "C", "A B", HOLDS, "", ""),
        ("sum", "D", "A B", HOLDS, "", ""),
        ("sum", "D", "A B Z", HOLDS, "", ""),
        ("sum", "E", "A B", CONTRADICTS, "", ""),
        # The numbers add up, the names do not.
        ("sum", "E", "B F", CONTRADICTS, "", ""),
        ("sum", "E", "B D", HOLDS, "", ""),
        ("union", "C", "A F", HOLDS, "", ""),
        ("union", "F", "A B", CONTRADICTS, "", "AUT"),
        ("union", "C", "A", CONTRADICTS, "CHE", ""),
        ("subset", "A", "C", HOLDS, "", ""),
        ("subset", "C", "A", CONTRADICTS, "CHE", ""),
        ("subset", "C", "A B", HOLDS, "", ""),
        ("subset", "E", "D", CONTRADICTS, "", ""),
        ("subset", "D", "E", HOLDS, "", ""),
        ("subset", "B", "Z", CONTRADICTS, "CHE", ""),
        ("equal", "G", "E", Outcome.NOT_CHECKABLE, "", ""),
        ("equal", "A", "nowhere", Outcome.NOT_CHECKABLE, "", ""),
    ],
)
def test_a_relation_holds_by_numbers_and_by_names(
    kind: str, whole: str, others: str, outcome: Outcome, too_many: str, missing: str
) -> None:
    relation = Relation(CheckKind(kind), whole, tuple(others.split()), "why")

    (check,) = relation_checks(FIGURES, [relation])

    assert (check.outcome, check.too_many, check.missing) == (
        outcome,
        frozenset(too_many.split()),
        frozenset(missing.split()),
    )


def test_a_number_is_held_against_its_own_footnote() -> None:
    found = {check.figure.key: check.outcome for check in footnote_checks(FIGURES.values())}

    assert found == {"A": HOLDS, "B": HOLDS, "C": HOLDS, "F": CONTRADICTS}


@pytest.mark.parametrize(
    ("states", "outcome", "too_many"),
    [
        ("AUT BEL", HOLDS, ""),
        ("AUT CHE", CONTRADICTS, "CHE"),
        ("AUT FRA", Outcome.OPEN, ""),
        ('AUT "Atlantis"', CONTRADICTS, ""),
    ],
)
def test_states_are_held_against_what_they_are_called(
    states: str, outcome: Outcome, too_many: str
) -> None:
    parties = StateSet(certain=frozenset({"AUT", "BEL"}), undetermined=frozenset({"FRA"}))

    (check,) = status_checks([printed("2", states, said_to_be="parties")], {"parties": parties})

    assert (check.outcome, check.too_many) == (outcome, frozenset(too_many.split()))


def test_related_figures_tell_whom_a_bare_number_means_where_they_name_as_many() -> None:
    relations = [
        Relation(CheckKind.SUM, "D", ("A", "B"), ""),
        Relation(CheckKind.SUM, "E", ("A", "B"), ""),
        Relation(CheckKind.SUBSET, "G", ("C",), ""),
    ]

    found = with_implied(FIGURES, relations)

    assert {key: figure.implied for key, figure in found.items() if figure.implied} == {
        "D": {"AUT", "BEL", "CHE"}
    }
