"""The names that `reports` offers to figures: who owed a report, and how it stands."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ccm_portal.figures import Definition, Evidence, PlainTable, StateSet, Window

from .deadlines import Kind, ReportDeadline, Reporting
from .explanations import receipt_words, state_sentence
from .state_of_play import Receipt, StateOfPlay

Belongs = bool | None
"""True: the state belongs; False: it does not; None: the evidence leaves it open."""


def _is_due(deadline: ReportDeadline, window: Window) -> Belongs:
    return window.holds(deadline.due_on)


def _is_not_due(deadline: ReportDeadline, window: Window) -> Belongs:
    return deadline.state_of_play is StateOfPlay.NOT_DUE and deadline.due_on >= window.until


def _is_open(deadline: ReportDeadline) -> bool:
    return deadline.state_of_play in {StateOfPlay.NOT_KNOWN, StateOfPlay.NOT_ENTERED}


def _is_received(deadline: ReportDeadline, window: Window) -> Belongs:
    receipt = deadline.receipt
    if receipt is None or receipt.earliest is None or receipt.not_after is None:
        return None if _is_open(deadline) else False
    if receipt.earliest > window.until:
        return None if _is_open(deadline) else False
    return _has_come(receipt, window)


def _has_come(receipt: Receipt, window: Window) -> Belongs:
    """Whether a report was received within a window of time."""
    if receipt.earliest is None or receipt.not_after is None:
        return None
    if receipt.earliest > window.until:
        return False
    if window.after is not None and receipt.not_after <= window.after:
        return False
    is_within = receipt.not_after <= window.until and (
        window.after is None or receipt.earliest > window.after
    )
    return True if is_within else None


def _was_timely(deadline: ReportDeadline, window: Window) -> Belongs:
    """Whether the receipt, if it was by the window's end, came on the due date or before."""
    receipt = deadline.receipt
    if window.until <= deadline.due_on:
        return True
    if receipt is None or receipt.earliest is None or receipt.not_after is None:
        return None
    if receipt.earliest > window.until:
        return None  # what comes later tells nothing about what had come by then
    if receipt.not_after <= deadline.due_on:
        return True
    return False if receipt.earliest > deadline.due_on else None


def _both(first: Belongs, second: Belongs) -> Belongs:
    if first is False or second is False:
        return False
    return True if first and second else None


def _is_in_time(deadline: ReportDeadline, window: Window) -> Belongs:
    return _both(_is_received(deadline, window), _was_timely(deadline, window))


def _is_late(deadline: ReportDeadline, window: Window) -> Belongs:
    timely = _was_timely(deadline, window)
    late = None if timely is None else not timely
    if late and deadline.state_of_play is StateOfPlay.RECEIVED:
        late = None  # beyond the day through which entries are complete, nobody is called late
    return _both(_is_received(deadline, window), late)


def _is_overdue(deadline: ReportDeadline, window: Window) -> Belongs:
    if not window.holds(deadline.due_on):
        return False
    if _is_open(deadline):
        return None
    return deadline.state_of_play is StateOfPlay.OVERDUE


def _is_not_known(deadline: ReportDeadline, window: Window) -> Belongs:
    return window.holds(deadline.due_on) and _is_open(deadline)


_REPORTS = _("Transparency reports")


@dataclass(frozen=True)
class _Entry:
    definition: Definition
    kind: str
    belongs: Callable[[ReportDeadline, Window], Belongs]


_INITIAL = [
    (
        "due",
        _("Initial report due"),
        _("States whose initial report fell due on or before the date (Article 7.1)."),
        _is_due,
    ),
    (
        "not_due",
        _("Initial report not due yet"),
        _("States whose initial report has not been received and whose due date has not passed."),
        _is_not_due,
    ),
    (
        "received",
        _("Initial report received"),
        _("States Parties whose initial report was received, due or not."),
        _is_received,
    ),
    (
        "in_time",
        _("Initial report in time"),
        _("Received on the due date or before."),
        _is_in_time,
    ),
    ("late", _("Initial report late"), _("Received after the due date."), _is_late),
    (
        "overdue",
        _("Initial report overdue"),
        _("Due before the date and not received, as far as the entries are complete."),
        _is_overdue,
    ),
    (
        "not_known",
        _("Initial report not known"),
        _("Due, and the evidence does not tell whether it was received."),
        _is_not_known,
    ),
]

_ANNUAL = [
    (
        "due",
        _("An annual report due"),
        _("States of which an annual report fell due on or before the date (Article 7.2)."),
        _is_due,
    ),
    (
        "received",
        _("An annual report received"),
        _("States Parties of which an annual report was received."),
        _is_received,
    ),
    (
        "overdue",
        _("An annual report overdue"),
        _("An annual report fell due and was not received, as far as the entries are complete."),
        _is_overdue,
    ),
    (
        "not_known",
        _("An annual report not known"),
        _("An annual report fell due and has not been entered, or is not known to have come."),
        _is_not_known,
    ),
]

_ENTRIES: dict[str, _Entry] = {
    f"reports.{kind}.{name}": _Entry(
        Definition(f"reports.{kind}.{name}", title, explanation, theme=_REPORTS), kind, belongs
    )
    for kind, entries in ((Kind.INITIAL.value, _INITIAL), (Kind.ANNUAL.value, _ANNUAL))
    for name, title, explanation, belongs in entries
}

DUE_BY = "reports.initial.due_by"
VOLUNTARY = "reports.voluntary.received"

DEFINITIONS: dict[str, Definition] = {
    **{name: entry.definition for name, entry in _ENTRIES.items()},
    VOLUNTARY: Definition(
        VOLUNTARY,
        _("Voluntary report received"),
        _("States of which a report was received that they did not owe."),
    ),
}
DAY_FUNCTIONS: dict[str, Definition] = {
    DUE_BY: Definition(
        DUE_BY,
        _("Initial report due by a day"),
        _("States Parties of the date whose initial report falls due on or before another day."),
    )
}


@dataclass(frozen=True)
class ReportsTable(PlainTable):
    """The names of `reports`; receipts and treaty history are loaded when first needed."""

    load: Callable[[], Reporting]

    @property
    def definitions(self) -> dict[str, Definition]:
        return DEFINITIONS

    @property
    def day_functions(self) -> dict[str, Definition]:
        return DAY_FUNCTIONS

    def members(self, name: str, window: Window) -> StateSet:
        """The states that a name means: with certainty, or as far as the evidence allows."""
        if name == VOLUNTARY:
            return self._volunteers(window)
        entry = _ENTRIES[name]
        return self._having(window, entry.kind, entry.belongs)

    def members_by_day(self, function: str, day: date, window: Window) -> StateSet:
        """The states whose initial report falls due on or before a day (`due_by`)."""
        return self._having(window, Kind.INITIAL, lambda deadline, _seen: deadline.due_on <= day)

    def _having(
        self, window: Window, kind: str, belongs: Callable[[ReportDeadline, Window], Belongs]
    ) -> StateSet:
        if window.of_organisations:
            return StateSet()
        cases = []
        for deadline in self._deadlines(window.until)[kind]:
            seen = (
                window.of_state(deadline.standing.entry_into_force)
                if window.before_entry
                else window
            )
            answer = belongs(deadline, seen) if seen else False
            if answer is not False:
                cases.append((deadline.standing.state.iso3, answer, deadline))
        return _set_of(cases, self._evidence)

    def _volunteers(self, window: Window) -> StateSet:
        if window.of_organisations:
            return StateSet()
        reporting = self.load()
        cases = []
        for standing in reporting.history.on(window.until):
            seen = window.of_state(standing.entry_into_force)
            for report in reporting.reports.get(standing.state.id, ()):
                if report.kind == Kind.VOLUNTARY and seen:
                    answer = _has_come(report.receipt, seen)
                    cases.append((standing.state.iso3, answer, report.receipt))
        return _set_of(cases, _voluntary_evidence)

    def _deadlines(self, on: date) -> Mapping[str, list[ReportDeadline]]:
        """The reports owed on a day, by kind."""
        if on not in self._answers:
            by_kind: dict[str, list[ReportDeadline]] = defaultdict(list)
            for deadline in self.load().on(on):
                by_kind[deadline.kind].append(deadline)
            self._answers[on] = by_kind
        return self._answers[on]

    def _evidence(self, deadline: ReportDeadline) -> Evidence:
        """Said once for each deadline, however many figures it is in."""
        # Deadlines live as long as the table, so that none takes another one's number.
        known = self._evidences.get(id(deadline))
        if known is None:
            known = self._evidences[id(deadline)] = _evidence(deadline)
        return known

    @cached_property
    def _evidences(self) -> dict[int, Evidence]:
        return {}

    @cached_property
    def _answers(self) -> dict[date, dict[str, list[ReportDeadline]]]:
        return {}


Case = TypeVar("Case")


@dataclass(frozen=True)
class _Explained(Mapping[str, tuple[Evidence, ...]], Generic[Case]):
    """The cases of each state as evidence, put into words when somebody reads it."""

    cases: Mapping[str, list[Case]]
    explain: Callable[[Case], Evidence]

    def __getitem__(self, iso3: str) -> tuple[Evidence, ...]:
        return tuple(self.explain(case) for case in self.cases[iso3])

    def __iter__(self) -> Iterator[str]:
        return iter(self.cases)

    def __len__(self) -> int:
        return len(self.cases)


def _set_of(
    cases: Iterable[tuple[str, Belongs, Case]], explain: Callable[[Case], Evidence]
) -> StateSet:
    certain: dict[str, list[Case]] = {}
    open_cases: dict[str, list[Case]] = {}
    for iso3, answer, case in cases:
        if answer is not False:
            (certain if answer else open_cases).setdefault(iso3, []).append(case)
    by_state = {
        iso3: certain.get(iso3, []) + open_cases.get(iso3, [])
        for iso3 in certain.keys() | open_cases.keys()
    }
    return StateSet(
        certain=frozenset(certain),
        undetermined=frozenset(open_cases),
        evidence=_Explained(by_state, explain),
    )


def _voluntary_evidence(receipt: Receipt) -> Evidence:
    when = receipt_words(receipt)
    text = gettext("Voluntary report received: %(when)s.") % {"when": when}
    return Evidence(text=text if when else gettext("Voluntary report."), on=receipt.on)


def _evidence(deadline: ReportDeadline) -> Evidence:
    return Evidence(text=state_sentence(deadline), on=deadline.received_on or deadline.due_on)
