"""An edition put together from prose and data."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.editions.composing import Edition, compose
from actions.editions.source import Source

from . import given

pytestmark = pytest.mark.django_db


def edition(*chapters: str, names: str = "", **values: Any) -> Edition:
    report = given.report(names=names, **values)
    for prose in chapters:
        given.chapter(report, prose)
    return compose(Source.load("demo"))


def test_figures_count_what_findings_say_on_the_cut_off_date() -> None:
    norway, japan, _croatia = given.three_parties()
    declared = given.indicator()
    cited = given.document()
    given.finding(declared, norway, cited)
    given.finding(declared, japan, cited, reported_on="2011-08-21")

    found = edition("{{P1: stockpile.declared & parties; parties}} have stocks.")

    assert found.mistakes == ()
    assert found.chapters[0].markdown == (
        "[One State Party](#figure-1)[^figure-1] have stocks.\n\n[^figure-1]: Norway.\n"
    )
    (evidence,) = found.by_key["P1"].answer.actors[0].evidence[:1]
    assert evidence.document == "Title of statement"


def test_paragraphs_figures_and_footnotes_run_on_through_the_chapters() -> None:
    given.three_parties()

    found = edition("{{parties}} here.\n\nTwo.", "Three: {{parties}}.")

    assert [chapter.paragraphs for chapter in found.chapters] == [(1, 2), (3, 3)]
    assert [figure.index for figure in found.figures] == [1, 2]


def test_names_of_the_edition_stand_for_expressions_and_may_use_one_another() -> None:
    given.three_parties()

    found = edition(
        "{{newer; parties}} of {{members}}.",
        names="members = parties\n\nnewer = members - since(1MSP, parties)",
    )

    assert [figure.text for figure in found.figures] == ["Three States Parties", "three"]


def test_a_reference_repeats_another_figure_under_its_own_key() -> None:
    given.three_parties()

    found = edition("{{P1: =P2; parties}}.", "{{P2: parties; share of states}}")

    assert [figure.text for figure in found.figures] == ["100 per cent", "100 per cent"]


MISTAKES = [
    ("{{partis}}", (1, 3, "no set is called “partis”.", "parties")),
    ("a\nb {{P1: parties & partis}}", (2, 19, "no set is called “partis”.", "parties")),
    ("{{parties; share of un_member}}", (1, 21, "no set is called “un_member”.", "un_members")),
    (
        "{{parties; growth since 9MSP}}",
        (1, 25, "“9MSP” is neither a day nor the code of a meeting.", ""),
    ),
    ("{{parties; among = partis}}", (1, 20, "no set is called “partis”.", "parties")),
    ("{{parties; sum}}", (1, 3, "this counts states: “sum” needs a quantity.", "")),
    (
        "{{parties; count occurrences}}",
        (1, 3, "this counts states: “count occurrences” needs occurrences.", ""),
    ),
    (
        "{{parties; share of withdrawn}}",
        (1, 3, "there is nothing that this could be a share of.", ""),
    ),
    ("{{A: =B}}", (1, 6, "no figure of this edition has the key “B”.", "")),
    ("{{A: =A}}", (1, 6, "the figures refer to each other in a circle.", "")),
    ("{{parties; within = A1}}", (1, 21, "no figure of this edition has the key “A1”.", "")),
    ("{{@yesterday}}", (1, 3, "“@yesterday” is no day and no constant of the treaty.", "")),
    ('{{"5"; source = nowhere, p. 1}}', (1, 17, "no document has the code “nowhere”.", "")),
    ("{{parties", (1, 1, "the tag has no end: close it with }}.", "")),
]  # fmt: skip


@pytest.mark.parametrize(("prose", "expected"), MISTAKES)
def test_a_mistake_is_told_with_its_place_and_the_tag_shows(
    prose: str, expected: tuple[int, int, str, str]
) -> None:
    given.three_parties()

    found = edition(prose)

    (mistake,) = found.mistakes
    assert (mistake.line, mistake.column, mistake.message, mistake.suggestion) == expected
    assert "#mistake-" in found.chapters[0].markdown


def test_a_key_that_stands_twice_is_a_mistake_of_both() -> None:
    given.three_parties()

    found = edition("{{A: parties}}", "{{A: signatories}}")

    assert [str(mistake) for mistake in found.mistakes] == [
        "Chapter at position 1, line 1, character 1: the key “A” stands more than once.",
        "Chapter at position 2, line 1, character 1: the key “A” stands more than once.",
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            "a = ",
            "line 1, character 1: write name = expression, such as "
            "begun = stockpile.destruction_started.",
        ),
        ("a = parties\na = states", "line 2, character 1: “a” is defined twice."),
        (
            "a = partis",
            "line 1, character 5: no set is called “partis”. Did you mean “parties”?",
        ),
        (
            "parties = states",
            "line 1, character 1: “parties” has a meaning already: choose another name.",
        ),
    ],
)
def test_mistakes_in_the_names(names: str, expected: str) -> None:
    given.three_parties()

    found = edition(names=names)

    assert [str(mistake) for mistake in found.mistakes] == [f"Names, {expected}"]


def test_a_document_that_is_not_public_is_not_named() -> None:
    given.document("hidden", public=False)

    found = edition('{{"5"; parties; source = hidden, paragraph 3}}')

    assert "Title of hidden" not in found.chapters[0].markdown
    assert "paragraph 3" not in found.chapters[0].markdown


def test_days_and_constants() -> None:
    found = edition("{{@cutoff}}; {{@from; month}}; {{@2msp}}; {{@years stockpile_destruction}}")

    assert [figure.text for figure in found.figures] == [
        "20 August 2011",
        "November 2010",
        "16 September 2011",
        "eight",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Three States Parties"),
        ("fr", "Trois États parties"),
        ("es", "Tres Estados partes"),
        ("ar", "ثلاث دول أطراف"),
    ],
)
def test_the_edition_speaks_its_language(language: str, text: str) -> None:
    given.three_parties()

    found = edition("{{parties; parties}}", language=language)

    assert found.figures[0].text == text


def _figures(number: int) -> str:
    return " ".join(
        f"{{{{K{index}: stockpile.declared & parties; parties; within = K0}}}}, "
        f"{{{{reports.initial.overdue - since(1MSP, parties)}}}} "
        f'{{{{"{index}"; source = statement, p. {index}}}}}'
        for index in range(number)
    )


@pytest.mark.parametrize("number", [1, 40])
def test_an_edition_costs_the_same_queries_for_few_figures_as_for_many(number: int) -> None:
    norway, *_others = given.three_parties()
    given.finding(given.indicator(), norway, given.document())
    report = given.report()
    for _chapter in range(3):
        given.chapter(report, "{{parties}}")
    given.chapter(report, _figures(number))

    with CaptureQueriesContext(connection) as queries:
        found = compose(Source.load("demo"))

    assert found.mistakes == ()
    assert len(queries) == 16


def test_a_finding_unpublished_is_gone_from_the_figure() -> None:
    norway, *_others = given.three_parties()
    finding = given.finding(given.indicator(), norway, given.document())
    report = given.report()
    given.chapter(report, "{{stockpile.declared & parties; parties}} have stocks.")
    assert compose(Source.load("demo")).figures[0].text == "One State Party"

    finding.published_at = None
    finding.save()

    assert compose(Source.load("demo")).figures[0].text == "No State Party"


def test_a_meeting_or_a_plan_that_is_not_published_is_not_named() -> None:
    report = given.report()
    report.until_meeting.published_at = None
    report.until_meeting.save()
    given.chapter(report, "{{@until}}")

    found = compose(Source.load("demo"))

    assert [mistake.message for mistake in found.mistakes] == [
        "the meeting of “@until” is not published."
    ]
    assert found.head.until.name == ""
