"""The tree as HTML: every text escaped, every figure a link to its evidence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .tree import (
    Break,
    FigureText,
    Inline,
    Link,
    MistakeText,
    NoteMark,
    Styled,
    Text,
)

TAGS = {"em": "em", "strong": "strong", "code": "code"}


@dataclass(frozen=True)
class HtmlSetter:
    """Sets inlines. `places` gives the figures that open on evidence their place in their block.

    The place is a class (`f1`, `f2`, …), by which the style sheet tints a figure, its note and its
    evidence together.
    """

    places: Mapping[int, int]

    def inlines(self, children: Iterable[Inline]) -> SafeString:
        """Some inlines, one after another."""
        return format_html_join("", "{}", ((self._inline(child),) for child in children))

    def _inline(self, child: Inline) -> SafeString:
        match child:
            case FigureText():
                found = self._figure(child)
            case NoteMark():
                found = self._note_mark(child)
            case Text(text):
                found = conditional_escape(text)
            case Break():
                found = mark_safe("<br>")
            case Link(url, children):
                found = format_html(
                    '<a href="{}" rel="noopener">{}</a>', url, self.inlines(children)
                )
            case MistakeText(_position, children):
                found = format_html('<mark class="mistake">{}</mark>', self.inlines(children))
            case Styled(style, children):
                tag = mark_safe(TAGS[style])  # noqa: S308  from our own table
                found = format_html("<{}>{}</{}>", tag, self.inlines(children), tag)
        return found

    def _figure(self, figure: FigureText) -> SafeString:
        words = self.inlines(figure.children)
        place = self.places.get(figure.index)
        if place is None:
            return words
        return format_html(
            '<a class="counted f{}" id="figure-{}" href="#evidence-{}">{}</a>',
            place,
            figure.index,
            figure.index,
            words,
        )

    def _note_mark(self, mark: NoteMark) -> SafeString:
        place = self.places.get(mark.figure or 0)
        target = f"note-{mark.number}" if place is None else f"evidence-{mark.figure}"
        return format_html(
            '<sup class="note-mark{}"><a id="mark-{}" href="#{}">{}</a></sup>',
            "" if place is None else f" f{place}",
            mark.number,
            target,
            mark.number,
        )


def linked(text: str, addresses: Mapping[str, str]) -> SafeString:
    """A text in which names are links. Longer names win over those that they contain."""
    names = sorted((name for name in addresses if name), key=len, reverse=True)
    if not names:
        return conditional_escape(text)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
    parts: list[SafeString] = []
    position = 0
    for match in pattern.finditer(text):
        parts.append(conditional_escape(text[position : match.start()]))
        name = match.group()
        parts.append(format_html('<a href="{}">{}</a>', addresses[name], name))
        position = match.end()
    parts.append(conditional_escape(text[position:]))
    return format_html_join("", "{}", ((part,) for part in parts))
