"""The reconciliation of one edition, loaded and compared in a fixed number of queries."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from actions.editions.composing import Edition, compose
from actions.editions.source import Head, Source, read_names
from actions.evaluation import Evaluation
from actions.models import PrintedFigure, PrintedRelation, ProgressReport
from actions.prose.expansion import Written
from ccm_portal.figures import ORGANISATION, ExpressionError, StateSet
from states.models import Document
from states.names import NameBook
from states.register import Register, Standing

from .checks import (
    Check,
    CheckKind,
    Outcome,
    Relation,
    footnote_checks,
    relation_checks,
    status_checks,
    with_implied,
)
from .comparing import compare
from .values import Compared, Comparison, Own, Printed, PrintedName, Verdict

Kind = PrintedFigure.Kind

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*")


@dataclass(frozen=True)
class Reconciliation:
    """Every printed figure beside the portal's own, and the document against itself.

    `documents` are the public documents in which the figures were printed.
    """

    head: Head
    rows: tuple[Compared, ...]
    checks: tuple[Check, ...]
    register: Register
    documents: tuple[Document, ...]
    names: Mapping[str, str]
    """The edition's own names for expressions."""
    titles: Mapping[str, str]
    """What the names of expressions are called in words."""

    @classmethod
    def load(cls, report: ProgressReport) -> "Reconciliation":
        """Reconcile an edition as its prose and the data stand now. Shows public documents alone.

        Costs a fixed number of queries: those of the edition, those of one more evaluation, and
        one each for the printed figures, their relations and the names of states.
        """
        source = Source.of(report)
        edition = compose(source)
        lines, _mistakes = read_names(source.names)
        evaluation = Evaluation.load(report.cut_off_on, language=report.language)
        figures, documents = _printed(report, evaluation.register)
        relations = [
            Relation(CheckKind(relation.kind), relation.figure, relation.keys, relation.reason)
            for relation in PrintedRelation.objects.filter(report=report).order_by("pk")
        ]
        figures = with_implied(figures, relations)
        own = own_answers(edition)
        rows = tuple(
            compare(figure, own.get(figure.key) or Own(reason=_without_answer(figure)))
            for figure in figures.values()
        )
        checks = (
            *footnote_checks(figures.values()),
            *status_checks(figures.values(), _sets(figures.values(), evaluation)),
            *relation_checks(figures, relations),
        )
        return cls(
            head=edition.head,
            rows=rows,
            checks=checks,
            register=evaluation.register,
            documents=documents,
            names={line.name: line.expression for line in lines},
            titles={name: str(known.title) for name, known in evaluation.definitions.items()},
        )

    @property
    def contradictions(self) -> tuple[Check, ...]:
        """Where the document contradicts itself or the register."""
        found = (check for check in self.checks if check.outcome is Outcome.CONTRADICTS)
        return tuple(sorted(found, key=lambda check: (check.figure.paragraph, check.figure.key)))

    @cached_property
    def tally(self) -> dict[Verdict, int]:
        """How many figures have each verdict."""
        counted = Counter(row.verdict for row in self.rows)
        return {verdict: counted[verdict] for verdict in Verdict}

    @cached_property
    def checked(self) -> dict[Outcome, int]:
        """How many checks have each outcome."""
        counted = Counter(check.outcome for check in self.checks)
        return {outcome: counted[outcome] for outcome in Outcome}

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        return {standing.state.iso3: standing for standing in self.register}

    def standings(self, states: Iterable[str]) -> tuple[Standing, ...]:
        """States by their codes, in order of their names of the cut-off date."""
        wanted = frozenset(states)
        return tuple(standing for standing in self.register if standing.state.iso3 in wanted)

    def in_full(self, expression: str) -> str:
        """An expression without the edition's own names, as the page of figures understands it."""
        for _depth in range(len(self.names)):
            expression = _WORD.sub(self._meaning, expression)
        return expression

    def _meaning(self, word: re.Match[str]) -> str:
        meaning = self.names.get(word.group())
        return word.group() if meaning is None else f"({meaning})"

    def ordered(self, states: Iterable[str]) -> list[str]:
        """The codes of states in order of name."""
        return [standing.state.iso3 for standing in self.standings(states)]


def own_answers(edition: Edition) -> dict[str, Own]:
    """The portal's own answers by key, as the edition's tags give them."""
    chapters = {
        figure.index: chapter.source.slug
        for chapter in edition.chapters
        for figure in chapter.figures
    }
    return {
        key: _own(written, chapters.get(written.index, ""))
        for key, written in edition.by_key.items()
    }


def _own(written: Written, chapter: str) -> Own:
    answer = written.answer
    if answer.printed is not None:
        return Own(reason=written.tag.reason or _("not named"), chapter=chapter)
    if answer.day is not None:
        return Own(day=answer.day, chapter=chapter, index=written.index)
    if answer.amount is None:
        return Own(reason=_("The edition gives no number for it."), chapter=chapter)
    return Own(
        number=Decimal(answer.amount.number),
        most=None if answer.amount.most is None else Decimal(answer.amount.most),
        unit=answer.unit,
        certain=_codes(actor.key for actor in answer.certain),
        undetermined=_codes(actor.key for actor in answer.undetermined),
        expression=answer.expression,
        chapter=chapter,
        index=written.index,
    )


def _codes(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key for key in keys if not key.startswith(ORGANISATION))


def _without_answer(figure: Printed) -> str:
    """Why the edition has no figure under a key."""
    return {
        Kind.NARRATIVE.value: _("it counts the document's own words"),
        Kind.EXTERNAL.value: _("an estimate of somebody else, without names"),
    }.get(figure.kind, _("the edition has no figure with this key"))


def _printed(
    report: ProgressReport, register: Register
) -> tuple[dict[str, Printed], tuple[Document, ...]]:
    names = NameBook.load()
    codes = {standing.state.id: standing.state.iso3 for standing in register}
    rows = PrintedFigure.objects.filter(report=report, document__is_public=True)
    figures, documents = {}, {}
    for row in rows.select_related("document").order_by("paragraph", "key"):
        documents[row.document_id] = row.document
        figures[row.key] = Printed(
            key=row.key,
            paragraph=row.paragraph,
            chapter=row.chapter,
            claim=row.claim,
            value=row.value,
            comparison=Comparison(row.comparison),
            unit=row.unit,
            footnote=row.footnote,
            names=tuple(
                PrintedName(name, codes.get(names.find(name) or 0, "")) for name in row.names
            ),
            said_to_be=row.said_to_be,
            kind=row.kind,
        )
    return figures, tuple(documents.values())


def _sets(figures: Iterable[Printed], evaluation: Evaluation) -> Mapping[str, StateSet | None]:
    """What each `said_to_be` means on the cut-off date; None for a mistaken one."""
    expressions = list(dict.fromkeys(figure.said_to_be for figure in figures if figure.said_to_be))
    return {
        expression: None if isinstance(answer, ExpressionError) else answer.states
        for expression, answer in zip(expressions, evaluation.answers(expressions), strict=True)
    }
