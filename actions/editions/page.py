"""An edition as a page: blocks of prose with their notes at one side and evidence at the other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from actions.prose.answers import Actor, Answer, AnswerKind
from actions.prose.expansion import Written
from actions.prose.html import HtmlSetter, linked
from actions.prose.languages import Grammar, grammar
from actions.prose.tree import (
    Block,
    FigureText,
    Heading,
    Listing,
    NoteMark,
    Paragraph,
    Quote,
    inlines,
    plain,
)
from ccm_portal.as_of import AsOf
from ccm_portal.figures import Evidence
from ccm_portal.links import Links
from ccm_portal.table_rows import set_rows

from .composing import Chapter, Edition

MOST_PLACES = 24
"""Figures of one block that the style sheet can tint apart; further ones share the last tint."""
MOST_MEMBERS = 40
"""States whose evidence stands on the page; the figure's own page has all of them."""
MOST_DOCUMENTS = 3


@dataclass(frozen=True)
class PageNote:
    """A footnote at the side. `place` is that of its figure, 0 for a note of the writer."""

    number: int
    place: int
    html: SafeString
    figure: int | None
    documents: int


@dataclass(frozen=True)
class PageItem:
    """One document, or one event, that speaks for a state."""

    text: str
    document: str
    place: str
    url: str
    when: str


@dataclass(frozen=True)
class PageMember:
    """A state or an organisation in a panel of evidence."""

    name: str
    url: str
    is_certain: bool
    is_disputed: bool
    items: tuple[PageItem, ...]


@dataclass(frozen=True)
class PagePanel:
    """What opens when a number is chosen: who is behind it, and where one can read it."""

    index: int
    place: int
    title: str
    note: int | None
    members: tuple[PageMember, ...]
    more: int
    looked_at: str
    looked_at_url: str
    printed: str
    url: str
    csv_url: str


@dataclass(frozen=True)
class PageBlock:
    """A block of prose. `kind` is heading, paragraph, list or quote."""

    kind: str
    html: SafeString
    number: int | None = None
    label: str = ""
    items: tuple["tuple[PageBlock, ...]", ...] = ()
    children: tuple["PageBlock", ...] = ()
    is_ordered: bool = False


@dataclass(frozen=True)
class PageRow:
    """A block of a chapter with what stands at its sides."""

    block: PageBlock
    notes: tuple[PageNote, ...]
    panels: tuple[PagePanel, ...]
    sources: tuple[PageItem, ...]
    more_sources: int


@dataclass(frozen=True)
class PageChapter:
    """A chapter as a page shows it."""

    numeral: str
    heading: str
    slug: str
    theme: str
    paragraphs: tuple[int, int] | None
    rows: SafeString


@dataclass(frozen=True)
class EditionPage:
    """An edition ready for a template."""

    edition: Edition

    def chapter(self, chapter: Chapter) -> PageChapter:
        """One of its chapters; a row is set once for all days on which it says the same."""
        source = chapter.source
        return PageChapter(
            numeral=source.numeral,
            heading=source.heading,
            slug=source.slug,
            theme=source.theme,
            paragraphs=chapter.paragraphs,
            rows=self._links.dated(
                set_rows("actions/editions/_row.html", map(self._row, chapter.blocks))
            ),
        )

    @cached_property
    def _figures(self) -> Mapping[int, Written]:
        return {figure.index: figure for figure in self.edition.figures}

    @cached_property
    def _grammar(self) -> Grammar:
        return grammar(self.edition.head.language)

    @cached_property
    def _links(self) -> Links:
        """Addresses that keep the edition's cut-off date, for rows that many days share."""
        day = self.edition.head.cut_off_on
        return Links(AsOf(day=day, is_chosen=True, today=day)).undated()

    def _row(self, block: Block) -> PageRow:
        found = list(inlines([block]))
        indexes = [item.index for item in found if isinstance(item, FigureText)]
        shown = [index for index in dict.fromkeys(indexes) if self._opens(index)]
        places = {index: min(number, MOST_PLACES) for number, index in enumerate(shown, start=1)}
        setter = HtmlSetter(places)
        marks = [item for item in found if isinstance(item, NoteMark)]
        number_of = {mark.figure: mark.number for mark in marks if mark.figure}
        titles = {
            item.index: plain(item.children) for item in found if isinstance(item, FigureText)
        }
        panels = tuple(
            self._panel(self._figures[index], place, titles[index], number_of.get(index))
            for index, place in places.items()
        )
        sources = list(dict.fromkeys(_sources(panels)))
        return PageRow(
            block=_block(block, setter),
            notes=tuple(self._note(mark, setter) for mark in marks),
            panels=panels,
            sources=tuple(sources[:MOST_DOCUMENTS]),
            more_sources=max(0, len(sources) - MOST_DOCUMENTS),
        )

    def _opens(self, index: int) -> bool:
        """Whether a figure has something to show; a date or a constant of the treaty has not."""
        figure = self._figures.get(index)
        closed = {AnswerKind.DATE, AnswerKind.CONSTANT}
        return figure is not None and figure.answer.kind not in closed

    # Notes

    def _note(self, mark: NoteMark, setter: HtmlSetter) -> PageNote:
        figure = self._figures.get(mark.figure or 0)
        if figure is None:
            return PageNote(mark.number, 0, setter.inlines(mark.children), None, 0)
        addresses = {
            actor.name: self._links.to("state", actor.slug)
            for actor in figure.answer.actors
            if actor.slug
        }
        documents = {
            item.document
            for actor in figure.answer.actors
            for item in actor.evidence
            if item.document
        }
        return PageNote(
            number=mark.number,
            place=setter.places.get(figure.index, 0),
            html=linked(plain(mark.children), addresses),
            figure=figure.index,
            documents=len(documents),
        )

    # Evidence

    def _panel(self, figure: Written, place: int, title: str, note: int | None) -> PagePanel:
        answer = figure.answer
        expression = answer.expression
        return PagePanel(
            index=figure.index,
            place=place,
            title=title,
            note=note,
            members=tuple(self._member(actor) for actor in answer.actors[:MOST_MEMBERS]),
            more=max(0, len(answer.actors) - MOST_MEMBERS),
            looked_at=self._looked_at(answer),
            looked_at_url=self._looked_at_url(answer),
            printed=figure.note if answer.kind is AnswerKind.PRINTED else "",
            url=self._figure_url("figures", expression),
            csv_url=self._figure_url("figures_csv", expression),
        )

    def _figure_url(self, view: str, expression: str) -> str:
        return self._links.to(view, expression=expression) if expression else ""

    def _looked_at(self, answer: Answer) -> str:
        if answer.actors or answer.looked_at is None:
            return ""
        count = self._grammar.digits(answer.looked_at.count)
        return _("Nobody, among the %(count)s states that were looked at.") % {"count": count}

    def _looked_at_url(self, answer: Answer) -> str:
        if answer.actors or answer.looked_at is None:
            return ""
        return self._figure_url("figures", answer.looked_at.expression)

    def _member(self, actor: Actor) -> PageMember:
        return PageMember(
            name=actor.name,
            url=self._links.to("state", actor.slug) if actor.slug else "",
            is_certain=actor.is_certain,
            is_disputed=actor.is_disputed,
            items=tuple(self._item(item) for item in actor.evidence),
        )

    def _item(self, item: Evidence) -> PageItem:
        return PageItem(
            text=item.text,
            document=item.document,
            place=item.place,
            url=item.url,
            when=self._when(item),
        )

    def _when(self, item: Evidence) -> str:
        day: date | None = item.on or item.reported_on
        return item.day_words or (self._grammar.day(day) if day else "")


def _sources(panels: Iterable[PagePanel]) -> Iterator[PageItem]:
    """The documents that a block rests on, each once with its first place."""
    seen = set()
    for panel in panels:
        for member in panel.members:
            for item in member.items:
                if item.document and item.document not in seen:
                    seen.add(item.document)
                    yield PageItem("", item.document, "", item.url, "")


def _block(block: Block, setter: HtmlSetter) -> PageBlock:
    empty = SafeString("")
    match block:
        case Heading(children, label):
            return PageBlock("heading", setter.inlines(children), label=label)
        case Paragraph(children, number):
            return PageBlock("paragraph", setter.inlines(children), number=number)
        case Listing(is_ordered, items):
            set_items = tuple(tuple(_block(child, setter) for child in item) for item in items)
            return PageBlock("list", empty, items=set_items, is_ordered=is_ordered)
        case Quote(blocks):
            return PageBlock("quote", empty, children=tuple(_block(b, setter) for b in blocks))
