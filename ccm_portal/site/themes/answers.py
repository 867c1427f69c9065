"""The figures of a dashboard, answered together, and the sentences that they write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actions.evaluation import Evaluation
from ccm_portal.figures import ExpressionError, Figure
from ccm_portal.links import Links, Number
from reports.wording import number_link, phrase_link

from .description import Said


@dataclass(frozen=True)
class Answers:
    """Figures by their expression. A question whose names are not known has no answer."""

    figures: Mapping[str, Figure]
    links: Links

    @classmethod
    def of(cls, evaluation: Evaluation, expressions: Iterable[str], links: Links) -> "Answers":
        """Put all questions at once: as many queries as one costs."""
        wanted = list(dict.fromkeys(expressions))
        answered = zip(wanted, evaluation.answers(wanted), strict=True)
        return cls(
            {
                expression: answer
                for expression, answer in answered
                if not isinstance(answer, ExpressionError)
            },
            links,
        )

    def knows(self, expression: str) -> bool:
        return expression in self.figures

    def number(self, expression: str) -> Number:
        """The count, as a link to what was counted."""
        figure = self.figures.get(expression)
        return self.links.figure(figure.count if figure else 0, expression)

    def certain(self, expression: str) -> frozenset[str]:
        """The ISO codes, and keys of organisations, that certainly belong."""
        figure = self.figures.get(expression)
        return frozenset(figure.states.certain) if figure else frozenset()

    def is_at_least(self, expression: str) -> bool:
        figure = self.figures.get(expression)
        return figure is not None and figure.is_at_least

    def sentence(self, said: Said, *, has_capital: bool = True) -> SafeString | None:
        """The sentence with its numbers; None where there is nothing to say.

        `has_capital`: a number at its beginning begins a sentence, not a part of one.
        """
        if not all(self.knows(expression) for expression in said.expressions):
            return None
        count = self.figures[said.expressions[0]].count
        if not count and not said.none:
            return None
        text = said.none if not count else said.one if count == 1 else said.many
        numbers = [
            self._in_words(
                expression, is_first=has_capital and str(text).startswith(f"{{{index}}}")
            )
            for index, expression in enumerate(said.expressions)
        ]
        return format_html(str(text), *numbers)

    def sentences(self, many: Iterable[Said]) -> SafeString:
        """The sentences that there are, one after the other."""
        found = [sentence for said in many if (sentence := self.sentence(said)) is not None]
        return format_html_join(" ", "{}", ((sentence,) for sentence in found))

    def _in_words(self, expression: str, *, is_first: bool) -> SafeString:
        """Words to nine and digits from ten, with a capital where the sentence begins."""
        figure = self.figures[expression]
        url = self.links.to("figures", expression=expression)
        number = _number(figure.count, url, is_first=is_first and not figure.is_at_least)
        if not figure.count:
            return number
        if not figure.is_at_least:
            return number
        at_least = _("at least")
        return format_html("{} {}", capfirst(at_least) if is_first else at_least, number)


def _number(count: int, url: str, *, is_first: bool) -> SafeString:
    if not count:
        return phrase_link(capfirst(_("no")) if is_first else _("none"), url)
    if count > 9:
        return number_link(count, url)
    words = str(apnumber(count))
    return phrase_link(capfirst(words) if is_first else words, url)
