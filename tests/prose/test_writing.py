"""A figure in a sentence and in its footnote."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions.prose.answers import Actor, Answer, AnswerKind, LookedAt, Printed
from actions.prose.expansion import escaped, expand
from actions.prose.languages import Amount, grammar
from actions.prose.tags import Tag, read
from actions.prose.writing import note, starts_sentence, words

EN = grammar("en")


def actor(key: str, name: str, status: str = "party", **values: Any) -> Actor:
    return Actor(key, name, status, **values)


CROATIA = actor("HRV", "Croatia")
DENMARK = actor("DNK", "Denmark")
CANADA = actor("CAN", "Canada", "signatory")
COTE = actor("CIV", "Côte d'Ivoire", is_certain=False)
THAILAND = actor("THA", "Thailand", "not_party", is_certain=False, is_disputed=True)


def counted(*actors: Actor, is_open: bool = False) -> Answer:
    certain = len([item for item in actors if item.is_certain])
    return Answer(
        AnswerKind.COUNT,
        expression="x",
        amount=Amount(certain, None if is_open else len(actors)),
        actors=actors,
        is_open=is_open,
        looked_at=LookedAt("parties", 60),
    )


def tag(text: str) -> Tag:
    (found,) = read(text)
    assert isinstance(found, Tag), found
    return found


def said(text: str, answer: Answer, *, starts: bool = False) -> tuple[str, str]:
    found = tag(text)
    return words(found, answer, EN, starts_sentence=starts), note(found, answer, EN)


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        (
            "{{x; parties}}",
            counted(CROATIA, DENMARK),
            ("two States Parties", "Croatia and Denmark."),
        ),
        ("{{x; parties}}", counted(CROATIA), ("one State Party", "Croatia.")),
        ("{{x; parties}}", counted(), ("no State Party", "Looked at: 60 States Parties.")),
        ("{{x}}", counted(), ("none", "Looked at: 60 states.")),
        ("{{x; parties; name}}", counted(CROATIA), ("Croatia", "Croatia.")),
        (
            "{{x; parties; name}}",
            counted(CROATIA, COTE),
            ("at least one State Party", "Croatia. Not determined: Côte d'Ivoire."),
        ),
        ("{{x; parties; no note}}", counted(CROATIA), ("one State Party", "")),
        ("{{x; list}}", counted(CROATIA, DENMARK, CANADA), ("Croatia, Denmark and Canada", "")),
        ("{{x; list; parties}}", counted(), ("no State Party", "")),
        (
            "{{x; states}}",
            counted(CROATIA, CANADA),
            ("two states", "Croatia and Canada (signatory)."),
        ),
        (
            "{{x}}",
            counted(CROATIA, THAILAND),
            ("at least one", "Croatia. Not determined: Thailand (disputed)."),
        ),
        ("{{x}}", counted(COTE), ("up to one", "Not determined: Côte d'Ivoire.")),
        (
            "{{x}}",
            counted(CROATIA, is_open=True),
            ("at least one", "Croatia. The source leaves the list open."),
        ),
        ("{{x; at least}}", counted(CROATIA), ("at least one", "Croatia.")),
        (
            "{{x; remark HRV = by sea; note = As of June}}",
            counted(CROATIA),
            ("one", "Croatia (by sea). As of June."),
        ),
        ("{{x; digits; parties}}", counted(CROATIA), ("1 State Party", "Croatia.")),
        (
            "{{x; noun = new member / new members}}",
            counted(CROATIA, DENMARK),
            ("two new members", "Croatia and Denmark."),
        ),
    ],
)
def test_counts(text: str, answer: Answer, expected: tuple[str, str]) -> None:
    assert said(text, answer) == expected


def test_a_quantity_a_percentage_a_day_and_a_constant() -> None:
    quantity = Answer(
        AnswerKind.QUANTITY, amount=Amount.exactly(Decimal(64448458)), actors=(CROATIA,)
    )
    share = Answer(AnswerKind.PERCENT, amount=Amount.exactly(Decimal("30.4")), actors=(CROATIA,))
    day = Answer(AnswerKind.DATE, day=date(2010, 11, 9))

    assert said("{{x; sum; noun = submunition / submunitions}}", quantity) == (
        "64,448,458 submunitions",
        "Croatia.",
    )
    assert said("{{x; growth since 1MSP}}", share) == ("30 per cent", "")
    assert said("{{@1MSP}}", day) == ("9 November 2010", "")
    assert said("{{@1MSP; month}}", day) == ("November 2010", "")
    assert said("{{@years clearance}}", Answer(AnswerKind.CONSTANT, amount=Amount.exactly(10))) == (
        "10",
        "",
    )


@pytest.mark.parametrize(
    ("text", "printed", "expected"),
    [
        (
            '{{"11"; parties}}',
            Printed("11", "The draft", "paragraph 7"),
            (
                "11 States Parties",
                "As printed in The draft, paragraph 7; cannot be computed: not named.",
            ),
        ),
        ('{{"6"}}', Printed("6"), ("six", "As printed; cannot be computed: not named.")),
        (
            '{{"several"; states; reason = no list}}',
            Printed("several"),
            ("several states", "As printed; cannot be computed: no list."),
        ),
        ('{{"1,234"}}', Printed("1,234"), ("1,234", "As printed; cannot be computed: not named.")),
        (
            '{{"7"}}',
            Printed("7", is_public=False),
            (
                "seven",
                "As printed in a document that is not public; cannot be computed: not named.",
            ),
        ),
    ],
)
def test_a_printed_number_says_where_it_was_printed(
    text: str, printed: Printed, expected: tuple[str, str]
) -> None:
    assert said(text, Answer(AnswerKind.PRINTED, printed=printed)) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", True),
        ("Text.\n\n", True),
        ("It is so. ", True),
        ("It is so.[^figure-1] ", True),
        ("It is so.)  ", True),
        ("Is it? *", True),
        ("1. ", True),
        ("- one\n- ", True),
        ("Text\n1. ", True),
        ("## Scope\n", True),
        ("> ", True),
        ("“", True),
        ("It is so, and ", False),
        ("It is so: ", False),
        ("under Art. ", False),
        ("see paras. ", False),
        ("i.e. ", False),
        ("A line\n", False),
        ("- one and ", False),
        ("It costs 3.", False),
    ],
)
def test_where_a_sentence_begins(before: str, expected: bool) -> None:
    assert starts_sentence(before, EN) is expected


def test_a_capital_stands_at_the_start_of_a_sentence_unless_the_tag_says_otherwise() -> None:
    answer = counted(CROATIA, DENMARK)
    text = "{{x}} of them and {{x}}, {{x; capital}}. {{x; lower}}"

    expanded = expand(read(text), lambda _tag: answer, EN)

    assert [figure.text for figure in expanded.figures] == ["Two", "two", "Two", "two"]


def test_prose_becomes_markdown_with_footnotes() -> None:
    answers = {"x": counted(CROATIA, DENMARK), "z": None}
    text = "{{x; parties}} and {{z}}; {{bad; ?}}.[^1]\n\n[^1]: Own."

    expanded = expand(read(text), lambda found: answers[found.question], EN, first=7)

    assert expanded.markdown == (
        "[Two States Parties](#figure-7)[^figure-7] and [\\{\\{z\\}\\}](#mistake-19); "
        "[\\{\\{bad; ?\\}\\}](#mistake-26).[^1]\n\n[^1]: Own.\n\n"
        "[^figure-7]: Croatia and Denmark.\n"
    )
    assert [figure.index for figure in expanded.figures] == [7]


def test_the_labels_of_footnotes_never_meet_those_of_the_writer() -> None:
    text = "{{x}} and[^figure-1]\n\n[^figure-1]: Own."

    expanded = expand(read(text), lambda _tag: counted(CROATIA), EN)

    assert "[One](#figure-1)[^xfigure-1] and[^figure-1]" in expanded.markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b) *c* <d> `e`", "\\[a\\](b) \\*c\\* \\<d\\> \\`e\\`"),
        ("15. A list", "15\\. A list"),
        ("15 of them", "15 of them"),
        ("- no item", "\\- no item"),
        ("a\n\nb", "a b"),
        ("30\u00a0%", "30\u00a0%"),
    ],
)
def test_what_a_figure_writes_means_nothing_to_markdown(text: str, expected: str) -> None:
    assert escaped(text) == expected
