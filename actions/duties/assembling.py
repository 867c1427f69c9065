"""Whether a state must destroy stockpiles or clear areas by its deadline, on any day.

The deadline follows from entry into force and from extensions (`states.clocks`). Whether it binds
anybody is told by findings alone, on indicators that have a role in the article: nothing recorded
is `not_known`, never "none".
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from actions.evidence import Piece, Verdict, pieces, pieces_in
from actions.models import Answer, Finding, Indicator
from actions.state_record import StateRecord
from actions.timeline import Span, Timeline
from ccm_portal.kept import kept
from states.clocks import Clock, ClockKind, clocks
from states.register import History, Standing

Role = Indicator.Role

ARTICLES: Mapping[ClockKind, str] = {
    ClockKind.STOCKPILE_DESTRUCTION: "3",
    ClockKind.CLEARANCE: "4",
}
PARAGRAPHS: Mapping[ClockKind, str] = {
    ClockKind.STOCKPILE_DESTRUCTION: "3.2",
    ClockKind.CLEARANCE: "4.1",
}
"""The paragraph that sets the duty, whoever extended its deadline."""


class DutyState(models.TextChoices):
    """How a duty stands on a day. The values are a contract of the `deadlines` command."""

    NOT_DUE = "not_due", _("Not due yet")
    OVERDUE = "overdue", _("Overdue")
    COMPLETED = "completed", _("Completed")
    NONE = "none", _("No such obligation")
    NOT_KNOWN = "not_known", _("Not known")


@dataclass(frozen=True)
class Duty:
    """One deadline of Article 3 or 4 of one state, and how it stands on the standing's day.

    `completed` is the pair of days between which it was completed, None where it was not or where
    no day is known. `is_owed` says that an obligation is recorded, `is_disputed` that sources
    contradict each other. `complete_through` is the day up to which entries are vouched for.
    """

    standing: Standing
    clock: Clock
    due_on: date
    state_of_play: DutyState
    is_owed: bool
    is_disputed: bool
    completed: tuple[date, date] | None
    complete_through: date | None

    @property
    def kind(self) -> str:
        return self.clock.kind.value

    @property
    def article(self) -> str:
        """The paragraph of the Convention that sets the duty."""
        return PARAGRAPHS[self.clock.kind]

    @property
    def completed_on(self) -> date | None:
        """The day of completion, where it is known."""
        if self.completed is None or self.completed[0] != self.completed[1]:
            return None
        return self.completed[0]

    @property
    def days_late(self) -> int | None:
        """Days overdue for, or completed late by; None where neither, or the day is not known."""
        if self.state_of_play is DutyState.OVERDUE:
            return (self.standing.on - self.due_on).days
        if self.completed_on is not None and self.completed_on > self.due_on:
            return (self.completed_on - self.due_on).days
        return None

    @property
    def has_fallen_due(self) -> bool:
        """Whether the deadline has come, or lies behind."""
        return self.due_on <= self.standing.on


Said = Mapping[str, frozenset[str]]
"""What is said of a state: the answers, by the code of the indicator."""


@dataclass(frozen=True)
class Duties:
    """The evidence of one day on the duties of all states, or of one, loaded once.

    `said` holds by article and state what findings say, `completed` the days between which they
    place the completion; `indicators` those that have a role; `complete_through` by article.
    """

    on: date
    indicators: Mapping[str, Indicator]
    said: Mapping[tuple[str, int], Said]
    completed: Mapping[tuple[str, int], tuple[date, date]]
    complete_through: Mapping[str, date | None]

    @classmethod
    def load(cls, on: date) -> "Duties":
        """Costs four queries, however many states and findings."""
        indicators = _with_roles()
        return cls(
            on=on,
            indicators=indicators,
            said=_said(on, indicators),
            completed=_completed(on, indicators),
            complete_through=_complete_through(indicators.values()),
        )

    @classmethod
    def of_record(cls, record: StateRecord, on: date) -> "Duties":
        """The same of one state alone. Costs one query where nothing is kept."""
        indicators = _with_roles()
        return cls(
            on=on,
            indicators=indicators,
            said=_said_in(record, on, indicators),
            completed=_completed_in(record, on, indicators),
            complete_through=_complete_through(indicators.values()),
        )

    def evidence(self, states: Iterable[int]) -> dict[tuple[str, int], tuple[Piece, ...]]:
        """The findings behind the duties of some states, by article and state. Two queries."""
        return self._by_article(pieces(self.on, indicators=self.indicators.values(), states=states))

    def evidence_in(self, record: StateRecord) -> dict[tuple[str, int], tuple[Piece, ...]]:
        """The same of one state alone. Costs one query where nothing is kept."""
        return self._by_article(pieces_in(record, self.on, indicators=self.indicators.values()))

    def _by_article(self, found: Iterable[Piece]) -> dict[tuple[str, int], tuple[Piece, ...]]:
        groups: dict[tuple[str, int], list[Piece]] = defaultdict(list)
        for piece in found:
            article = self.indicators[piece.indicator].article
            groups[article, piece.actor.state_id].append(piece)
        return {key: tuple(items) for key, items in groups.items()}

    def of_all(self, history: History) -> tuple[Duty, ...]:
        """Every state's duties, by state in order of name. No query."""
        return tuple(duty for standing in history.on(self.on) for duty in self.of_state(standing))

    def of_state(self, standing: Standing) -> Iterator[Duty]:
        """One state's duties on the day of `load`; none for a state that never joined."""
        for clock in clocks(standing, kinds=ARTICLES):
            if clock.due_on is not None:
                yield self._duty(standing, clock, clock.due_on, ARTICLES[clock.kind])

    def _duty(
        self,
        standing: Standing,
        clock: Clock,
        due_on: date,
        article: str,
    ) -> Duty:
        said = self.said.get((article, standing.state.id), {})
        complete_through = self.complete_through[article]
        completed, obligation, none = (
            self._verdict(role, said) for role in (Role.COMPLETED, Role.OBLIGATION, Role.NONE)
        )
        is_none = none is Verdict.YES or obligation is Verdict.NO
        is_owed = obligation is Verdict.YES
        is_disputed = completed is not Verdict.YES and (
            Verdict.DISPUTED in (completed, obligation, none) or (is_owed and is_none)
        )
        return Duty(
            standing=standing,
            clock=clock,
            due_on=due_on,
            state_of_play=_state(
                standing.on,
                due_on,
                is_completed=completed is Verdict.YES,
                is_none=is_none and not is_disputed,
                is_owed=is_owed and not is_disputed,
                complete_through=complete_through,
            ),
            is_owed=is_owed,
            is_disputed=is_disputed,
            completed=self.completed.get((article, standing.state.id))
            if completed is Verdict.YES
            else None,
            complete_through=complete_through,
        )

    def _verdict(self, role: Role, said: Said) -> Verdict | None:
        """What all indicators of a role say together: one that says yes is enough."""
        verdicts = {
            Verdict.of(answers)
            for code, answers in said.items()
            if self.indicators[code].role == role
        }
        order = (Verdict.YES, Verdict.DISPUTED, Verdict.NO)
        return next((verdict for verdict in order if verdict in verdicts), None)


def _with_roles() -> Mapping[str, Indicator]:
    """The published indicators that have a role in a duty, by their codes."""
    return kept("indicators with roles", make=_load_with_roles)


def _load_with_roles() -> Mapping[str, Indicator]:
    published = Indicator.objects.published().exclude(role="")
    found = published.filter(article__in=ARTICLES.values()).select_related("theme")
    return {indicator.code: indicator for indicator in found}


def _said(on: date, indicators: Mapping[str, Indicator]) -> dict[tuple[str, int], Said]:
    by_id = {indicator.pk: indicator for indicator in indicators.values()}
    timeline = Timeline.load(indicators=by_id.keys())
    said: dict[tuple[str, int], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for indicator_id, state_id, is_yes in timeline.answers(on, by_id):
        indicator = by_id[indicator_id]
        said[indicator.article, state_id][indicator.code].add(Answer.YES if is_yes else Answer.NO)
    return {
        key: {code: frozenset(answers) for code, answers in by_code.items()}
        for key, by_code in said.items()
    }


def _said_in(
    record: StateRecord, on: date, indicators: Mapping[str, Indicator]
) -> dict[tuple[str, int], Said]:
    said: dict[tuple[str, int], dict[str, frozenset[str]]] = defaultdict(dict)
    for indicator in indicators.values():
        answers = frozenset(
            answer for answer in Answer.values if record.standing(on, indicator.pk, answer)
        )
        if answers:
            said[indicator.article, record.state][indicator.code] = answers
    return dict(said)


_Placed = tuple[date, date]
"""The days between which a source places a completion."""


def _completed(
    on: date, indicators: Mapping[str, Indicator]
) -> dict[tuple[str, int], tuple[date, date]]:
    """The days between which all sources that give any place a completion; else all of them."""
    articles = {
        indicator.pk: indicator.article
        for indicator in indicators.values()
        if indicator.role == Role.COMPLETED
    }
    completions = kept("completions", make=lambda: _load_completions(articles.keys()))
    found: dict[tuple[str, int], list[_Placed]] = defaultdict(list)
    for indicator, state, span, placed in completions:
        if span.holds(on):
            found[articles[indicator], state].append(placed)
    return {key: _agreed(days) for key, days in found.items()}


_Completion = tuple[int, int, Span, _Placed]
"""Indicator, state, how long it is said, and when."""


def _load_completions(indicators: Collection[int]) -> tuple[_Completion, ...]:
    rows = (
        Finding.objects.shown()
        .order_by()
        .filter(
            state__isnull=False,
            indicator__in=indicators,
            answer=Answer.YES,
            occurred_not_before__isnull=False,
        )
        .values_list(
            "indicator_id", "state_id", "occurred_not_before", "occurred_not_after", "ended_on"
        )
        .annotate(begins_on=Min("reported_on"))
    )
    return tuple(
        (indicator, state, Span(begins_on, ended_on), (first, last))
        for indicator, state, first, last, ended_on, begins_on in rows
    )


def _completed_in(
    record: StateRecord, on: date, indicators: Mapping[str, Indicator]
) -> dict[tuple[str, int], tuple[date, date]]:
    found: dict[tuple[str, int], list[_Placed]] = defaultdict(list)
    for indicator in indicators.values():
        if indicator.role == Role.COMPLETED:
            for brief in record.standing(on, indicator.pk, Answer.YES):
                if brief.occurred is not None:
                    found[indicator.article, record.state].append(brief.occurred)
    return {key: _agreed(placed) for key, placed in found.items()}


def _agreed(placed: list[_Placed]) -> _Placed:
    firsts, lasts = [first for first, _last in placed], [last for _first, last in placed]
    if max(firsts) <= min(lasts):
        return max(firsts), min(lasts)
    return min(firsts), max(lasts)


def _state(
    on: date,
    due_on: date,
    *,
    is_completed: bool,
    is_none: bool,
    is_owed: bool,
    complete_through: date | None,
) -> DutyState:
    if is_completed:
        return DutyState.COMPLETED
    if is_none:
        return DutyState.NONE
    if not is_owed:
        return DutyState.NOT_KNOWN
    if on <= due_on:
        return DutyState.NOT_DUE
    # A completion may not have been entered yet: nobody is called late beyond the entries.
    is_vouched_for = complete_through is not None and on <= complete_through
    return DutyState.OVERDUE if is_vouched_for else DutyState.NOT_KNOWN


def _complete_through(indicators: Iterable[Indicator]) -> dict[str, date | None]:
    """By article, the day up to which what would show a completion has been entered."""
    found: dict[str, list[date | None]] = {article: [] for article in ARTICLES.values()}
    for indicator in indicators:
        if indicator.role == Role.COMPLETED:
            found[indicator.article].append(indicator.theme.complete_through)
    return {
        article: min((day for day in days if day is not None), default=None)
        if None not in days
        else None
        for article, days in found.items()
    }
