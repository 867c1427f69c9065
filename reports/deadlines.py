"""Which report was due from whom, by when, under which rule, and its state of play, on any day.

Everything is derived from treaty actions, receipts and the days through which the entries are
complete; nothing is stored. One load serves any number of days.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from ccm_portal.kept import Recent, kept
from ccm_portal.prepared import Parameter, Prepared
from states import convention
from states.convention import RULES, Rule, RuleCode
from states.register import History, Membership, Standing

from . import addresses
from .models import Coverage, KnownMissing, TransparencyReport
from .state_of_play import Play, Receipt, StateOfPlay, play

Kind = TransparencyReport.Kind

DAYS = 4
"""For how many days the deadlines are remembered: some thousand of them a day."""

ARTICLES: dict[str, str] = {Kind.INITIAL: "7.1", Kind.ANNUAL: "7.2"}


@dataclass(frozen=True)
class ReportDeadline:
    """One report that a state owes or owed, and how it stands on a day.

    `year` is the calendar year that an annual report covers, None for an initial report.
    """

    standing: Standing
    membership: Membership
    kind: str
    year: int | None
    due_on: date
    rule: Rule
    receipt: Receipt | None
    play: Play

    @property
    def article(self) -> str:
        """The paragraph of the Convention that asks for the report."""
        return ARTICLES[self.kind]

    @property
    def state_of_play(self) -> StateOfPlay:
        return self.play.state

    @property
    def days_late(self) -> int | None:
        """Days late, or overdue for; None where the report is neither or the day is not known."""
        return self.play.days_late

    @property
    def received_on(self) -> date | None:
        """The day of receipt, where the report is in and the day is known."""
        if self.receipt is None or not self.state_of_play.is_in:
            return None
        return self.receipt.on

    @property
    def has_fallen_due(self) -> bool:
        """Whether the due date has come, or lies behind."""
        return self.due_on <= self.standing.on


@dataclass(frozen=True)
class RecordedReport:
    """What the deadlines need to know of a recorded report."""

    kind: str
    year: int | None
    receipt: Receipt


@dataclass(frozen=True)
class _Key:
    """What the address of a recorded report is made of."""

    pk: int
    kind: str
    year: int | None
    received_not_after: date | None


@dataclass(frozen=True)
class Reporting:
    """Treaty history, receipts and completeness of all states, loaded once."""

    history: History
    reports: Mapping[int, tuple[RecordedReport, ...]]
    complete_through: Mapping[str, date]

    @classmethod
    def load(cls, *, history: History | None = None) -> "Reporting":
        """Costs three queries besides those of the history."""
        history = history or History.load()
        found = kept("reporting", history.language, make=lambda: cls._loaded(history))
        return found if found.history is history else cls._loaded(history)

    @classmethod
    def _loaded(cls, history: History) -> "Reporting":
        return cls(
            history=history,
            reports=recorded_reports(),
            complete_through={item.kind: item.through for item in Coverage.objects.all()},
        )

    def keys(self, state_id: int) -> Mapping[int, str]:
        """What the address of each recorded report of a state ends with, by the report's id."""
        if state_id not in self._keys:
            self._keys[state_id] = addresses.keys(
                _Key(
                    pk=report.receipt.report_id or 0,
                    kind=report.kind,
                    year=report.year,
                    received_not_after=report.receipt.not_after,
                )
                for report in self.reports.get(state_id, ())
            )
        return self._keys[state_id]

    @cached_property
    def _keys(self) -> dict[int, dict[int, str]]:
        return {}

    def on(self, day: date) -> tuple[ReportDeadline, ...]:
        """Every report that fell due and the next of each kind, by state in order of name."""
        return self._deadlines.get(day, lambda: self._on(day))

    @cached_property
    def _deadlines(self) -> Recent[date, tuple[ReportDeadline, ...]]:
        return Recent(DAYS)

    def _on(self, day: date) -> tuple[ReportDeadline, ...]:
        return tuple(
            deadline for standing in self.history.on(day) for deadline in self.of_state(standing)
        )

    def of_state(self, standing: Standing) -> Iterator[ReportDeadline]:
        """One state's reports that fell due by the standing's day, and the next of each kind."""
        for position, membership in enumerate(standing.memberships):
            if membership.entry_into_force is not None:
                following = standing.memberships[position + 1 :]
                until = following[0].deposited.on if following else None
                yield from self._of_membership(
                    standing, membership, membership.entry_into_force, until
                )

    def _of_membership(
        self,
        standing: Standing,
        membership: Membership,
        in_force_on: date,
        until: date | None,
    ) -> Iterator[ReportDeadline]:
        reports = self.reports.get(standing.state.id, ())
        due_on = convention.initial_report_due(in_force_on)
        if membership.owes(due_on):
            receipt = _initial_receipt(reports, membership.deposited.on, until)
            yield self._deadline(standing, membership, Kind.INITIAL, None, due_on, receipt)
        annual = {report.year: report.receipt for report in reports if report.kind == Kind.ANNUAL}
        for year, due_on in _annual_due_dates(in_force_on, standing.on):
            if membership.owes(due_on):
                yield self._deadline(
                    standing, membership, Kind.ANNUAL, year, due_on, annual.get(year)
                )

    def _deadline(
        self,
        standing: Standing,
        membership: Membership,
        kind: str,
        year: int | None,
        due_on: date,
        receipt: Receipt | None,
    ) -> ReportDeadline:
        return ReportDeadline(
            standing=standing,
            membership=membership,
            kind=kind,
            year=year,
            due_on=due_on,
            rule=_rule(kind, year, membership),
            receipt=receipt,
            play=play(
                due_on=due_on,
                receipt=receipt,
                on=standing.on,
                complete_through=self.complete_through.get(kind),
            ),
        )


def _annual_due_dates(in_force_on: date, on: date) -> Iterator[tuple[int, date]]:
    """The years of annual reports that fell due by a day, and the next (Article 7, paragraph 2)."""
    year = convention.first_annual_report_year(in_force_on)
    while True:
        due_on = convention.annual_report_due(year)
        yield year, due_on
        if due_on > on:
            return
        year += 1


def _rule(kind: str, year: int | None, membership: Membership) -> Rule:
    if kind == Kind.INITIAL:
        return RULES[RuleCode.INITIAL_REPORT]
    in_force_on = membership.entry_into_force
    if in_force_on is not None and year == convention.first_annual_report_year(in_force_on):
        return RULES[RuleCode.FIRST_ANNUAL_REPORT]
    return RULES[RuleCode.ANNUAL_REPORT]


def _initial_receipt(
    reports: Iterable[RecordedReport], deposited_on: date, until: date | None
) -> Receipt | None:
    """The first initial report received from the deposit on; one received before is voluntary.

    One that may have come before the deposit leaves open whether the duty is discharged: it counts
    as looked for.
    """
    candidates = [
        report.receipt
        for report in reports
        if report.kind == Kind.INITIAL and _falls_within(report.receipt, deposited_on, until)
    ]
    first = min(candidates, key=lambda receipt: receipt.not_after or date.max, default=None)
    if first is not None and first.earliest is not None and first.earliest < deposited_on:
        return Receipt(missing_on=first.missing_on, report_id=first.report_id)
    return first


def _falls_within(receipt: Receipt, deposited_on: date, until: date | None) -> bool:
    if receipt.not_before is None or receipt.not_after is None:
        return until is None
    return receipt.not_after >= deposited_on and (until is None or receipt.not_before < until)


def recorded_reports() -> dict[int, tuple[RecordedReport, ...]]:
    """What is recorded now, by state. Two queries at most."""
    reports = list(_reports())
    return _by_state(reports, _looked_for() if reports else ())


def recorded_reports_of(state_id: int) -> dict[int, tuple[RecordedReport, ...]]:
    """What is recorded now of one state. Two queries at most."""
    reports = _REPORTS_OF_STATE.rows(state=state_id)
    return _by_state(reports, _LOOKED_FOR_OF_STATE.rows(state=state_id) if reports else ())


def _reports() -> QuerySet[TransparencyReport, tuple[Any, ...]]:
    return TransparencyReport.objects.order_by("pk").values_list(
        "pk", "state_id", "kind", "year", "received_not_before", "received_not_after"
    )


def _looked_for() -> QuerySet[KnownMissing, tuple[Any, ...]]:
    return KnownMissing.objects.values_list("report_id", "on")


_REPORTS_OF_STATE = Prepared(lambda: _reports().filter(state=Parameter("state")))
_LOOKED_FOR_OF_STATE = Prepared(lambda: _looked_for().filter(report__state=Parameter("state")))


def _by_state(
    reports: Iterable[tuple[Any, ...]], looked_for: Iterable[tuple[Any, ...]]
) -> dict[int, tuple[RecordedReport, ...]]:
    missing: dict[int, list[date]] = defaultdict(list)
    for report_id, day in looked_for:
        missing[report_id].append(day)
    found: dict[int, list[RecordedReport]] = defaultdict(list)
    for pk, of_state, kind, year, not_before, not_after in reports:
        receipt = Receipt(
            not_before=not_before,
            not_after=not_after,
            missing_on=tuple(missing[pk]),
            report_id=pk,
        )
        found[of_state].append(RecordedReport(kind=kind, year=year, receipt=receipt))
    return {key: tuple(recorded) for key, recorded in found.items()}
