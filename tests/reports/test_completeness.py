"""Completeness is a measure of its own: what each form says, out of those that are owed."""

import pytest

from reports.completeness import completeness, sentence
from reports.models import FormEntry

OWED = "ABCEFGHI"


def entry(form: str, answer: str = "filled", **values: object) -> FormEntry:
    return FormEntry(form=form, answer=answer, **values)


@pytest.mark.parametrize(
    ("kind", "owed"),
    # D is owed where there is something to declare (Article 3.8), J never; a voluntary report
    # owes nothing.
    [("initial", OWED), ("annual", OWED), ("voluntary", "")],
)
def test_forms_that_a_kind_of_report_owes(kind: str, owed: str) -> None:
    measure = completeness(kind=kind, entries=[])

    assert "".join(sheet.form.letter for sheet in measure.sheets) == "ABCDEFGHIJ"
    assert "".join(sheet.form.letter for sheet in measure.sheets if sheet.is_owed) == owed
    assert measure.owed == len(owed)


def test_each_way_of_answering_is_counted_apart_and_they_add_up() -> None:
    measure = completeness(
        kind="annual",
        entries=[
            entry("A"),
            entry("B", "unchanged", unchanged_since=2011),
            entry("C", "not_applicable", sentence="Never produced any."),
            entry("E", "not_applicable", sentence=" "),
            entry("F", "blank"),
            entry("D", "blank"),
            entry("J"),
        ],
    )

    counts = (
        measure.filled,
        measure.unchanged,
        measure.not_applicable,
        measure.bare,
        measure.blank,
        measure.not_recorded,
    )
    assert counts == (1, 1, 1, 1, 1, 3)
    assert sum(counts) == measure.owed
    assert measure.answered == 3
    assert sentence(measure) == (
        "3 of 8 owed forms are answered; 1 of them unchanged; 1 not applicable without a "
        "sentence; 1 blank; 3 not recorded."
    )


def test_bare_not_applicable_is_marked() -> None:
    measure = completeness(
        kind="annual",
        entries=[
            entry("A", "not_applicable"),
            entry("B", "not_applicable", sentence="No stockpile."),
            entry("C", "blank"),
        ],
    )

    assert [sheet.form.letter for sheet in measure.sheets if sheet.is_bare] == ["A"]


def test_initial_report_has_nothing_from_which_a_form_could_be_unchanged() -> None:
    entries = [entry("A", "unchanged"), entry("B")]

    assert completeness(kind="initial", entries=entries).answered == 1
    assert completeness(kind="annual", entries=entries).answered == 2


@pytest.mark.parametrize(
    ("kind", "forms", "said"),
    [
        ("annual", "", "What the forms say has not been recorded yet."),
        ("voluntary", "A", "A voluntary report owes no form."),
        ("initial", OWED, "8 of 8 owed forms are answered."),
    ],
)
def test_measure_in_a_sentence(kind: str, forms: str, said: str) -> None:
    assert sentence(completeness(kind=kind, entries=[entry(form) for form in forms])) == said
