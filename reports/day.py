"""One day's answer on all reports, loaded once: what the pages, the feed and the sections show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ccm_portal.figures import Figure, Vocabulary, evaluate
from ccm_portal.links import Links
from states.figures import StatesTable
from states.register import History, Register, Standing

from .deadlines import Kind, ReportDeadline, Reporting
from .figures import ReportsTable
from .state_of_play import Receipt, StateOfPlay

SECTION = "reporting"
"""The id of the section on a state's page that speaks of its reports."""


@dataclass(frozen=True)
class Voluntary:
    """A report that nobody owed. `is_certain`: whether it had come by the day."""

    standing: Standing
    receipt: Receipt
    url: str
    is_certain: bool


@dataclass(frozen=True)
class Day:
    """All owed and recorded reports as they stood on a day."""

    on: date
    reporting: Reporting
    links: Links

    @classmethod
    def load(cls, on: date, links: Links, *, language: str = "en") -> "Day":
        """Costs seven queries, however many states and reports there are."""
        return cls(on, Reporting.load(history=History.load(language=language)), links)

    @cached_property
    def register(self) -> Register:
        """Every state's standing on the day."""
        return self.reporting.history.on(self.on)

    @cached_property
    def deadlines(self) -> tuple[ReportDeadline, ...]:
        """Every report that fell due and the next of each kind, by state in order of name."""
        return self.reporting.on(self.on)

    def of_kind(self, kind: str) -> tuple[ReportDeadline, ...]:
        """The owed reports of one kind."""
        return tuple(deadline for deadline in self.deadlines if deadline.kind == kind)

    def having(self, *plays: StateOfPlay, kind: str = "") -> tuple[ReportDeadline, ...]:
        """The owed reports that stand in one of some ways; of one kind, if named."""
        return tuple(
            deadline
            for deadline in self.deadlines
            if deadline.state_of_play in plays and kind in {"", deadline.kind}
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of states and reports: the same that the page of a figure answers with."""
        reporting = self.reporting
        return Vocabulary(
            tables=(StatesTable(reporting.history), ReportsTable(load=lambda: reporting))
        )

    def figure(self, expression: str) -> Figure:
        """Answer an expression of this code's own: a mistake in it is a mistake of ours."""
        return evaluate(expression, self.vocabulary, self.on)

    def complete_through(self, kind: str) -> date | None:
        """The day through which the entries of a kind are vouched for, None for no day.

        Entries that are kept up day by day are complete through the day in question.
        """
        through = self.reporting.complete_through.get(kind)
        return self.on if through == date.max else through

    def is_beyond_evidence(self, kind: str) -> bool:
        """Whether the day lies after the last one that is vouched for."""
        through = self.complete_through(kind)
        return through is None or through < self.on

    @property
    def initial_complete_through(self) -> date | None:
        """The day through which the entries of initial reports are vouched for."""
        return self.complete_through(Kind.INITIAL)

    @property
    def is_beyond_initial_evidence(self) -> bool:
        """Whether the day lies after the last one that is vouched for, for initial reports."""
        return self.is_beyond_evidence(Kind.INITIAL)

    def has_entries(self, kind: str) -> bool:
        """Whether any report of a kind is recorded, received or looked for."""
        return any(
            report.kind == kind for reports in self.reporting.reports.values() for report in reports
        )

    def url(self, deadline: ReportDeadline) -> str:
        """Where one owed report is shown: its own page once it may be in, else its state's."""
        return self.page_url(deadline) or self.state_url(deadline.standing)

    def page_url(self, deadline: ReportDeadline) -> str:
        """The report's own page, "" as long as it cannot be in."""
        receipt, stands = deadline.receipt, deadline.state_of_play
        if receipt is None or receipt.report_id is None:
            return ""
        if not stands.is_in and stands is not StateOfPlay.NOT_KNOWN:
            return ""
        return self.report_url(deadline.standing, receipt.report_id)

    def state_url(self, standing: Standing) -> str:
        """The section on reports of a state's page."""
        return f"{self.links.to('state', standing.state.slug)}#{SECTION}"

    def report_url(self, standing: Standing, report_id: int) -> str:
        """The page of one recorded report."""
        key = self.reporting.keys(standing.state.id)[report_id]
        return self.links.to("reports:report", standing.state.slug, key)

    @cached_property
    def voluntary(self) -> tuple[Voluntary, ...]:
        """Reports that had, or may have, come by the day and that nobody owed, by state."""
        discharging = _discharging(self.deadlines)
        return tuple(
            found for standing in self.register for found in self._voluntary(standing, discharging)
        )

    def voluntary_of(self, standing: Standing) -> tuple[Voluntary, ...]:
        """Those of one state."""
        return tuple(self._voluntary(standing, _discharging(self.reporting.of_state(standing))))

    def _voluntary(self, standing: Standing, discharging: frozenset[int]) -> Iterator[Voluntary]:
        for report in self.reporting.reports.get(standing.state.id, ()):
            receipt, report_id = report.receipt, report.receipt.report_id
            if receipt.earliest is None or receipt.not_after is None or receipt.earliest > self.on:
                continue
            assert report_id is not None
            if report_id not in discharging:
                yield Voluntary(
                    standing=standing,
                    receipt=receipt,
                    url=self.report_url(standing, report_id),
                    is_certain=receipt.not_after <= self.on,
                )


def _discharging(deadlines: Iterable[ReportDeadline]) -> frozenset[int]:
    """The recorded reports that answer a duty."""
    return frozenset(
        deadline.receipt.report_id
        for deadline in deadlines
        if deadline.receipt is not None and deadline.receipt.report_id is not None
    )
