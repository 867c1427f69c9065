"""The tree that every output is set from: what is in it, and what can never be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.prose.tree import (
    Block,
    Counter,
    FigureText,
    Heading,
    Link,
    Listing,
    NoteMark,
    Paragraph,
    Quote,
    Styled,
    Text,
    inlines,
    plain,
    read_markdown,
)

SHAPES = (Text, Styled, Link, FigureText, NoteMark)


def read(markdown: str, **counter: int) -> tuple[Block, ...]:
    return read_markdown(markdown, Counter(**counter))


def test_paragraphs_of_their_own_are_numbered_on() -> None:
    counter = Counter(paragraph=29)

    blocks = read_markdown("## Scope\n\nOne.\n\n1. What?\n\n> Two.\n\nThree.", counter)

    assert blocks == (
        Heading((Text("Scope"),)),
        Paragraph((Text("One."),), 29),
        Listing(True, ((Paragraph((Text("What?"),)),),)),
        Quote((Paragraph((Text("Two."),)),)),
        Paragraph((Text("Three."),), 30),
    )
    assert counter.paragraph == 31


def test_a_heading_sets_its_parenthesis_apart() -> None:
    assert read("## What has been done (Actions 8 and 9)") == (
        Heading((Text("What has been done"),), label="Actions 8 and 9"),
    )


def test_figures_and_notes_belong_together() -> None:
    blocks = read(
        "[Seven](#figure-3)[^figure-3] of them[^own].\n\n[^figure-3]: Croatia.\n\n[^own]: *Mine.*",
        note=9,
    )

    assert blocks == (
        Paragraph(
            (
                FigureText(3, (Text("Seven"),)),
                NoteMark(9, (Text("Croatia."),), figure=3),
                Text(" of them"),
                NoteMark(10, (Styled("em", (Text("Mine."),)),)),
                Text("."),
            ),
            1,
        ),
    )


def test_each_call_of_a_footnote_is_one() -> None:
    blocks = read("a[^1] b[^1]\n\n[^1]: Note.")

    assert [item.number for item in inlines(blocks) if isinstance(item, NoteMark)] == [1, 2]


def test_a_footnote_in_a_footnote_is_none() -> None:
    blocks = read("a[^1]\n\n[^1]: Note[^1] and [^2].\n\n[^2]: Other.")

    notes = [item for item in inlines(blocks) if isinstance(item, NoteMark)]
    assert [plain(item.children) for item in notes] == ["Note and ."]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a <b onclick=x>b</b>", "a <b onclick=x>b</b>"),
        ("<!-- c -->", "<!-- c -->"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html,1)", "[x](data:text/html,1)"),
        ("[x](//evil.example)", "[x](//evil.example)"),
        ("$\\input{/etc/passwd}$", "$\\input{/etc/passwd}$"),
        ('#import "x.typ"', '#import "x.typ"'),
    ],
)
def test_code_of_any_kind_is_the_text_that_it_is(markdown: str, expected: str) -> None:
    assert read(markdown) == (Paragraph((Text(expected),), 1),)


@pytest.mark.parametrize(
    "markdown",
    ["```{=openxml}\n<w:p/>\n```", "`<w:br/>`{=openxml}", "```{=latex}\n\\input{x}\n```"],
)
def test_raw_blocks_of_pandoc_are_shown_as_code(markdown: str) -> None:
    (block,) = read(markdown)

    assert isinstance(block, Paragraph)
    assert {type(item) for item in inlines([block])} <= {Styled, Text}


def test_pictures_are_not_set() -> None:
    (block,) = read("![alt](https://evil.example/x.png) and ![b](/static/x.png)")

    assert plain(block.children) == "!alt and !b"  # type: ignore[arg-type, union-attr]
    assert {type(item) for item in inlines([block])} == {Text, Link}


@given(st.text(alphabet="[]()#*_`<>!^:{}|\\-1. \nab/figure", max_size=200))
def test_whatever_is_typed_becomes_a_tree_of_known_shapes(markdown: str) -> None:
    for item in inlines(read(markdown)):
        if isinstance(item, Link):
            assert item.url.startswith(("https://", "http://", "mailto:", "#", "/"))
            assert not item.url.startswith("//")


def test_the_same_words_in_another_place_have_its_numbers() -> None:
    counter = Counter(paragraph=4, note=7)
    words = "One.[^a]\n\n[^a]: A note."

    numbers = [
        (block.number, mark.number)
        for _time in range(2)
        for block in read_markdown(words, counter)
        if isinstance(block, Paragraph)
        for mark in block.children
        if isinstance(mark, NoteMark)
    ]

    assert numbers == [(4, 7), (5, 8)]
    assert counter == Counter(paragraph=6, note=9)
