"""Expanded Markdown as a tree of blocks: what page, Word file and PDF are all set from.

Only what stands here can be set at all: HTML, pictures and raw code of any kind are text. A link
leads to the web, to the portal, to a figure or to a mistake, or it is no link.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from .expansion import FIGURE, MISTAKE

DEEPEST_NESTING = 20
REMEMBERED = 64
"""How many chapters that were read a process keeps: those of a few days of a few reports."""


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Styled:
    """Words in emphasis, strong or as code; `style` is `em`, `strong` or `code`."""

    style: str
    children: tuple["Inline", ...]


@dataclass(frozen=True)
class Link:
    url: str
    children: tuple["Inline", ...]


@dataclass(frozen=True)
class FigureText:
    """The words of a figure; `index` is its place in the edition."""

    index: int
    children: tuple["Inline", ...]


@dataclass(frozen=True)
class MistakeText:
    """A tag with a mistake, as it was typed; `position` is where in the prose it begins."""

    position: int
    children: tuple["Inline", ...]


@dataclass(frozen=True)
class NoteMark:
    """A footnote and where it is called for; `figure` is the index of the figure it explains."""

    number: int
    children: tuple["Inline", ...]
    figure: int | None = None


@dataclass(frozen=True)
class Break:
    """A line break that the writer asked for."""


Inline: TypeAlias = Text | Styled | Link | FigureText | MistakeText | NoteMark | Break


@dataclass(frozen=True)
class Heading:
    """A heading within a chapter; `label` is what stands in parentheses at its end."""

    children: tuple[Inline, ...]
    label: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `number` is None for one that is not numbered."""

    children: tuple[Inline, ...]
    number: int | None = None


@dataclass(frozen=True)
class Listing:
    """A list of items; an ordered one holds the questions (a), (b), (c)."""

    is_ordered: bool
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True)
class Quote:
    children: tuple["Block", ...]


Block: TypeAlias = Heading | Paragraph | Listing | Quote


@dataclass
class Counter:
    """The numbers that run on through an edition, the next of each."""

    paragraph: int = 1
    note: int = 1


def read_markdown(markdown: str, counter: Counter) -> tuple[Block, ...]:
    """The blocks of a chapter. `counter` is moved on past its paragraphs and footnotes."""
    blocks, counter.paragraph, counter.note = _read(markdown, counter.paragraph, counter.note)
    return blocks


@lru_cache(maxsize=REMEMBERED)
def _read(markdown: str, paragraph: int, note: int) -> tuple[tuple[Block, ...], int, int]:
    """The blocks, and the numbers after them: from day to day few chapters read differently."""
    root = SyntaxTreeNode(_MARKDOWN.parse(markdown))
    counter = Counter(paragraph, note)
    reader = _Reader(counter, notes=_notes(root))
    blocks = tuple(reader.blocks(root.children, is_top=True))
    return blocks, counter.paragraph, counter.note


def plain(children: Iterable[Inline]) -> str:
    """The words alone, without the marks of footnotes."""
    return "".join(
        child.text
        if isinstance(child, Text)
        else " "
        if isinstance(child, Break)
        else ""
        if isinstance(child, NoteMark)
        else plain(child.children)
        for child in children
    )


def inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Every inline of some blocks in order of reading, without what stands in notes."""
    for block in blocks:
        if isinstance(block, Listing):
            for item in block.items:
                yield from inlines(item)
        elif isinstance(block, Quote):
            yield from inlines(block.children)
        else:
            yield from _within(block.children)


def _within(children: Iterable[Inline]) -> Iterator[Inline]:
    for child in children:
        yield child
        if isinstance(child, Styled | Link | FigureText | MistakeText):
            yield from _within(child.children)


def _parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST_NESTING})
    markdown.disable(["image", "html_inline", "html_block"])
    markdown.use(footnote_plugin, inline=False)
    markdown.validateLink = is_safe  # type: ignore[method-assign]
    return markdown


def is_safe(url: str) -> bool:
    """Whether a link may be set: to the web, to the portal itself, or to a place of the page."""
    if url.startswith(("https://", "http://", "mailto:", "#")):
        return True
    return url.startswith("/") and not url.startswith(("//", "/\\"))


_MARKDOWN = _parser()


def _notes(root: SyntaxTreeNode) -> Mapping[int, SyntaxTreeNode]:
    """The footnotes that the text calls for, by the number that the parser gives them."""
    return {
        anchor.meta["id"]: anchor
        for block in root.children
        if block.type == "footnote_block"
        for anchor in block.children
        if anchor.type == "footnote"
    }


@dataclass
class _Reader:
    counter: Counter
    notes: Mapping[int, SyntaxTreeNode]
    last_figure: int | None = None
    is_in_note: bool = field(default=False)

    def blocks(self, nodes: Iterable[SyntaxTreeNode], *, is_top: bool = False) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "heading":
                    yield self._heading(node)
                case "paragraph":
                    yield self._paragraph(node, is_numbered=is_top)
                case "bullet_list" | "ordered_list":
                    items = tuple(tuple(self.blocks(item.children)) for item in node.children)
                    yield Listing(node.type == "ordered_list", items)
                case "blockquote":
                    yield Quote(tuple(self.blocks(node.children)))
                case "fence" | "code_block":
                    yield Paragraph((Styled("code", (Text(node.content.rstrip("\n")),)),))
                case _:
                    continue  # a rule between paragraphs, or the footnotes, set where called for

    def _heading(self, node: SyntaxTreeNode) -> Heading:
        children = self._inline(node)
        words = plain(children).rstrip()
        begin = words.rfind(" (")
        is_plain = all(isinstance(child, Text) for child in children)
        if is_plain and begin > 0 and words.endswith(")"):
            return Heading((Text(words[:begin]),), label=words[begin + 2 : -1])
        return Heading(children)

    def _paragraph(self, node: SyntaxTreeNode, *, is_numbered: bool) -> Paragraph:
        number = None
        if is_numbered:
            number = self.counter.paragraph
            self.counter.paragraph += 1
        return Paragraph(self._inline(node), number)

    def _inline(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        return _joined(
            child
            for part in node.children
            if part.type == "inline"
            for child in self._inlines(part.children)
        )

    def _inlines(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Inline]:
        for node in nodes:
            match node.type:
                case "text" | "text_special" | "html_inline":
                    self._leave_figure(node.content)
                    yield Text(node.content)
                case "softbreak":
                    yield Text(" ")
                case "hardbreak":
                    yield Break()
                case "code_inline":
                    yield Styled("code", (Text(node.content),))
                case "em" | "strong":
                    yield Styled(node.type, tuple(self._inlines(node.children)))
                case "link":
                    yield self._link(node)
                case "footnote_ref" if not self.is_in_note:
                    yield self._note(node.meta)
                case _:
                    if node.children:
                        yield from self._inlines(node.children)

    def _leave_figure(self, text: str) -> None:
        if text:
            self.last_figure = None

    def _link(self, node: SyntaxTreeNode) -> Inline:
        url = str(node.attrs.get("href", ""))
        children = _joined(self._inlines(node.children))
        index = _number_after(FIGURE, url)
        if index is not None:
            self.last_figure = index
            return FigureText(index, children)
        position = _number_after(MISTAKE, url)
        if position is not None:
            return MistakeText(position, children)
        return Link(url, children)

    def _note(self, meta: Mapping[str, Any]) -> NoteMark:
        """Each call is a footnote of its own, so that page, Word file and PDF have the same."""
        number = self.counter.note
        self.counter.note += 1
        figure, self.last_figure = self.last_figure, None
        self.is_in_note = True
        content: list[Inline] = []
        node = self.notes.get(meta["id"])
        for block in node.children if node else ():
            if block.type == "paragraph":
                content += [Text(" ")] if content else []
                content += self._inline(block)
        self.is_in_note = False
        return NoteMark(number, _joined(content), figure)


def _joined(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts as one."""
    joined: list[Inline] = []
    for child in children:
        if isinstance(child, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + child.text)
        elif not (isinstance(child, Text) and not child.text):
            joined.append(child)
    return tuple(joined)


def _number_after(beginning: str, url: str) -> int | None:
    rest = url.removeprefix(beginning)
    is_number = rest != url and rest.isascii() and rest.isdecimal() and len(rest) < 10
    return int(rest) if is_number else None
