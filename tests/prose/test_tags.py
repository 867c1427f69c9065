"""Tags as they are typed: what they say, and what is wrong with them, where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.prose.tags import Ask, Broken, Form, Tag, place, read


def tag(text: str) -> Tag:
    (found,) = read(text)
    assert isinstance(found, Tag), found
    return found


def broken(text: str) -> tuple[int, str, str]:
    (found,) = [piece for piece in read(text) if isinstance(piece, Broken)]
    return found.error.position, found.error.message, found.error.suggestion


def test_a_tag_has_a_key_a_question_and_options() -> None:
    found = tag("{{ P29a: stockpile.declared & parties ; parties ; no note }}")

    assert (found.key, found.ask, found.question, found.noun, found.has_note) == (
        "P29a",
        Ask.EXPRESSION,
        "stockpile.declared & parties",
        "parties",
        False,
    )


@pytest.mark.parametrize(
    ("text", "ask", "question"),
    [
        ("{{parties}}", Ask.EXPRESSION, "parties"),
        ('{{P7c: "11"; parties}}', Ask.PRINTED, "11"),
        ("{{P20b: “nearly 90; or so”}}", Ask.PRINTED, "nearly 90; or so"),
        ("{{=P29b}}", Ask.REFERENCE, "P29b"),
        ("{{P3a: @cutoff}}", Ask.VALUE, "cutoff"),
        ("{{@years clearance}}", Ask.VALUE, "years clearance"),
    ],
)
def test_five_kinds_of_question(text: str, ask: Ask, question: str) -> None:
    found = tag(text)

    assert (found.ask, found.question) == (ask, question)


@pytest.mark.parametrize(
    ("option", "attribute", "value"),
    [
        ("signatories", "noun", "signatories"),
        ("Not  Party", "noun", "not party"),
        (
            "noun = affected state / affected states",
            "own_noun",
            ("affected state", "affected states"),
        ),
        ("list", "form", Form.LIST),
        ("sum", "form", Form.SUM),
        ("count occurrences", "form", Form.OCCURRENCES),
        ("share of un_members & states", "of", "un_members & states"),
        ("growth since 1MSP", "of", "1MSP"),
        ("at least", "is_at_least", True),
        ("lower", "capital", False),
        ("among = parties | signatories", "among", "parties | signatories"),
        ("part of = P29a", "part_of", "P29a"),
        ("within = P29a", "within", "P29a"),
        ("remark nld = which (has) begun", "remarks", {"NLD": "which (has) begun"}),
        ("source = beirut, paragraph 7", "source", "beirut, paragraph 7"),
    ],
)
def test_options(option: str, attribute: str, value: object) -> None:
    assert getattr(tag(f"{{{{x; {option}}}}}"), attribute) == value


def test_a_tag_over_several_lines_keeps_its_places() -> None:
    text = "Of these {{P1:\n  parties &\n  partis; share of\n  un_members}} more"
    found = next(piece for piece in read(text) if isinstance(piece, Tag))

    assert text[found.question_at :].startswith("parties &")
    assert text[found.of_at :].startswith("un_members")
    assert found.question == "parties &   partis"


@pytest.mark.parametrize(
    ("text", "position", "message", "suggestion"),
    [
        ("a {{parties", 2, "the tag has no end: close it with }}.", ""),
        ("{{}}", 2, "the tag asks nothing: write an expression after “{{”.", ""),
        ("{{P1: }}", 6, "the tag asks nothing: write an expression after “{{”.", ""),
        ("{{x; partis}}", 5, "“partis” is no option of a tag.", "parties"),
        ("{{x; note = }}", 5, "“note =” has no value.", ""),
        (
            "{{x; noun = one}}",
            12,
            "a noun needs its singular and its plural: noun = affected state / affected states.",
            "",
        ),
        ('{{P1: ""}}', 6, "the printed number between the quotation marks is empty.", ""),
        ("{{=}}", 2, "after “=” the key of a figure is needed, such as =P29b.", ""),
    ],
)
def test_a_mistake_has_a_sentence_and_a_place(
    text: str, position: int, message: str, suggestion: str
) -> None:
    assert broken(text) == (position, message, suggestion)


def test_a_tag_without_its_end_ends_with_its_paragraph_or_at_the_next_tag() -> None:
    pieces = read("a {{parties and\n\nb {{x}} {{y {{z}}")

    assert [
        piece.text if isinstance(piece, Broken) else piece
        for piece in pieces
        if not isinstance(piece, Tag)
    ] == [
        "a ",
        "{{parties and",
        "\n\nb ",
        " ",
        "{{y ",
    ]


def test_braces_can_be_escaped() -> None:
    assert read("a \\{{b}} c") == ("a {{b}} c",)


@pytest.mark.parametrize(("position", "expected"), [(0, (1, 1)), (3, (2, 1)), (5, (2, 3))])
def test_a_place_is_a_line_and_a_column(position: int, expected: tuple[int, int]) -> None:
    assert place("ab\ncdef", position) == expected


@given(st.text(alphabet='{}; =:"“”@\\\nabP1&|()-', max_size=80))
def test_whatever_is_typed_is_read_and_nothing_is_lost(prose: str) -> None:
    pieces = read(prose)

    typed = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
    assert typed == prose.replace("\\{{", "{{")
    for piece in pieces:
        if isinstance(piece, Broken):
            assert 0 <= piece.error.position <= len(prose)
