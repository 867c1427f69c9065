"""All figures of one page, report, command or download: one evaluation, few queries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from ccm_portal.figures import (
    ORGANISATION,
    Definition,
    Evaluator,
    Evidence,
    ExpressionError,
    Figure,
    Lookup,
    Occurrences,
    Quantities,
    Vocabulary,
    evaluate_all,
)
from reports.deadlines import Reporting
from reports.figures import ReportsTable
from states.figures import StatesTable
from states.models import Organization
from states.register import History, Register, Standing

from .figures import FindingsTable


@dataclass(frozen=True)
class Member:
    """A state or an organisation in a figure, with the evidence that puts it there.

    `key` is its ISO3 code, or `org:` and the organisation's code. `standing` is None for an
    organisation. `is_disputed`: one document says yes and another no. `amount` is what it adds to
    a sum, as far as it is known; `labels` are its occurrences.
    """

    key: str
    name: str
    standing: Standing | None
    evidence: tuple[Evidence, ...]
    is_certain: bool
    is_disputed: bool = False
    amount: Decimal | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evaluation:
    """Everything recorded, loaded once, and the questions that can be put to it on a day.

    `named` are expressions that a word stands for in all others, such as an edition's own names.
    Reports and findings are loaded when a question first needs them.
    """

    on: date
    history: History
    named: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(
        cls, on: date, *, language: str = "en", named: Mapping[str, str] | None = None
    ) -> "Evaluation":
        """Costs four queries, and one more when an expression names a meeting."""
        return cls(on=on, history=History.load(language=language), named=named or {})

    @cached_property
    def register(self) -> Register:
        """Every state's standing on the day."""
        return self.history.on(self.on)

    @cached_property
    def reporting(self) -> Reporting:
        """Receipts and completeness behind the reports that are owed. Costs three queries."""
        return Reporting.load(history=self.history)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of all apps."""
        states = StatesTable(self.history)
        reports = ReportsTable(load=lambda: self.reporting)
        findings = FindingsTable(
            iso3=lambda: self._iso3, entries_into_force=states.entries_into_force
        )
        return Vocabulary(tables=(states, reports, findings))

    @cached_property
    def evaluator(self) -> Evaluator:
        """What answers expressions, and remembers what it has found out."""
        return Evaluator(self.vocabulary, self.on, self.named)

    @property
    def definitions(self) -> dict[str, Definition]:
        """Every name that an expression may use, in words."""
        return self.vocabulary.definitions

    def figure(self, expression: str) -> Figure:
        """Answer an expression. Raises `ExpressionError` with position and nearest known name."""
        (answer,) = self.answers([expression])
        if isinstance(answer, ExpressionError):
            raise answer
        return answer

    def answers(self, expressions: Iterable[str]) -> tuple[Figure | ExpressionError, ...]:
        """Answer many expressions with the queries of one; a wrong one gets its error instead."""
        return evaluate_all(expressions, self.evaluator)

    def actors(self, figure: Figure) -> tuple[str, ...]:
        """The keys of whoever is in a figure: states in order of name, then organisations."""
        return tuple(key for key, _name, _standing in self._actors(figure.states.possible))

    def members(self, figure: Figure) -> tuple[Member, ...]:
        """The states of a figure in order of name, the undetermined ones marked."""
        return self.members_of([figure])[0]

    def members_of(self, figures: Iterable[Figure]) -> list[tuple[Member, ...]]:
        """The states of each figure, organisations last. Evidence is looked up for all at once."""
        wanted = list(figures)
        looked_up = self.vocabulary.evidence(
            proof
            for figure in wanted
            for key in figure.states.possible
            for proof in figure.states.evidence.get(key, ())
            if isinstance(proof, Lookup)
        )
        return [tuple(self._members(figure, looked_up)) for figure in wanted]

    def _members(
        self, figure: Figure, looked_up: Mapping[Lookup, tuple[Evidence, ...]]
    ) -> Iterator[Member]:
        states = figure.states
        for key, name, standing in self._actors(states.possible):
            evidence: dict[Evidence, None] = {}
            for proof in states.evidence.get(key, ()):
                found = looked_up.get(proof, ()) if isinstance(proof, Lookup) else (proof,)
                evidence.update(dict.fromkeys(found))
            yield Member(
                key=key,
                name=name,
                standing=standing,
                evidence=tuple(evidence),
                is_certain=key in states.certain,
                is_disputed=key in states.disputed,
                amount=_amount(figure, key),
                labels=_labels(figure, key),
            )

    def _actors(self, wanted: frozenset[str]) -> Iterator[tuple[str, str, Standing | None]]:
        """Key, name of the day and standing; states in order of name, then organisations."""
        for standing in self.register:
            if standing.state.iso3 in wanted:
                yield standing.state.iso3, standing.state.name, standing
        if any(key.startswith(ORGANISATION) for key in wanted):
            for key, name in self._organisations.items():
                if key in wanted:
                    yield key, name, None

    @cached_property
    def _iso3(self) -> dict[int, str]:
        return {standing.state.id: standing.state.iso3 for standing in self.register}

    @cached_property
    def _organisations(self) -> dict[str, str]:
        rows = Organization.objects.order_by("name").values_list("code", "name")
        return {f"{ORGANISATION}{code}": name for code, name in rows}


def _amount(figure: Figure, key: str) -> Decimal | None:
    """The sum of an actor's known amounts; None where none is known, or nothing is summed."""
    value = figure.value
    if not isinstance(value, Quantities):
        return None
    known = [
        value.amounts[entry] for entry in value.certain & set(value.amounts) if entry[0] == key
    ]
    return sum(known, Decimal(0)) if known else None


def _labels(figure: Figure, key: str) -> tuple[str, ...]:
    """What an actor's occurrences are called, in order."""
    if not isinstance(figure.value, Occurrences):
        return ()
    return tuple(sorted(label for actor, label in figure.value.possible if actor == key))
