"""The charts of an edition in its Word file and PDF."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from actions.editions import pictures, publication
from actions.editions.source import Source
from actions.prose.paper import Picture
from actions.prose.pdf import as_pdf, as_png

AT = datetime(2011, 8, 25, tzinfo=UTC)


@pytest.fixture
def beirut(loaded_for_the_module: None, db: None) -> Source:
    """The edition of the Second Meeting of States Parties."""
    return Source.load("beirut-2011")


def charts(source: Source) -> dict[str, Picture]:
    """The charts by the numeral of their chapter."""
    return {
        chapter.numeral: picture
        for chapter in source.chapters
        for picture in pictures.of_chapter(chapter, source.head)
    }


def test_growth_and_reports_are_drawn_in_the_chapters_that_speak_of_them(beirut: Source) -> None:
    drawn = charts(beirut)

    assert {numeral: picture.title for numeral, picture in drawn.items()} == {
        "III": "From 4 States Parties on 3 December 2008 to 60 on 20 August 2011",
        "IX": "How each initial report stood that had fallen due by 20 August 2011",
    }
    assert drawn["IX"].alternative == (
        "20 in time, 3 in, day not known, 6 in, late, 9 overdue and 1 not known, of 39 initial "
        "reports that had fallen due."
    )


def test_a_chart_shows_the_numbers_of_the_cut_off_date(beirut: Source) -> None:
    growth, reports = (charts(beirut)[numeral].data for numeral in ("III", "IX"))
    earlier = charts(beirut.on(date(2010, 11, 12)))

    assert growth["steps"][-1] == [100.0, 60, 109]  # type: ignore[index]
    assert growth["landmarks"][0][1:] == ["First Meeting of States Parties", "46", 46]  # type: ignore[index]
    assert [group["names"] for group in reports["groups"] if group["play"] == "received"] == [  # type: ignore[attr-defined]
        "Albania, Burundi and Japan"
    ]
    assert set(earlier) == {"III"}
    assert earlier["III"].data["steps"][-1][1] == 46  # type: ignore[index]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_a_chart_can_be_drawn_in_every_language(beirut: Source, language: str) -> None:
    source = replace(beirut, head=replace(beirut.head, language=language))

    for picture in charts(source).values():
        png = as_png(picture, language=language, is_right_to_left=language == "ar")
        assert png.startswith(b"\x89PNG")
        assert "{" not in picture.title + picture.alternative


def test_the_word_file_and_the_pdf_hold_the_charts_with_words_for_them(beirut: Source) -> None:
    edition = publication.working(beirut, at=AT)

    with zipfile.ZipFile(io.BytesIO(edition.docx)) as docx:
        document = docx.read("word/document.xml").decode()
        drawings = [name for name in docx.namelist() if name.startswith("word/media/")]
    without = replace(
        edition.paper,
        chapters=tuple(replace(chapter, pictures=()) for chapter in edition.paper.chapters),
    )

    words = set(re.findall(r'descr="([^"]+)"', document))
    assert {picture.alternative for picture in charts(beirut).values()} <= words
    assert len(drawings) == 2
    assert len(edition.pdf) > len(as_pdf(without, at=AT))
