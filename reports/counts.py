"""How many owed reports stand in each way: counts that lead to their rows in the register."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ccm_portal.links import Links, Number

from .day import Day
from .deadlines import Kind, ReportDeadline
from .state_of_play import StateOfPlay
from .wording import KIND_LABELS, SHORT_LABELS


@dataclass(frozen=True)
class Count:
    """How many reports of a kind stand in one way; `play` is "" for all of them."""

    play: str
    title: str
    number: Number
    is_chosen: bool


@dataclass(frozen=True)
class CountRow:
    """The counts of one kind of report. The counts after the first add up to it."""

    kind: str
    title: str
    counts: tuple[Count, ...]


def rows(
    deadlines: Iterable[ReportDeadline], asked: Mapping[str, str], links: Links
) -> tuple[CountRow, ...]:
    """Counts of deadlines that match all filters but that of the state of play, by kind."""
    found = list(deadlines)
    kinds = (Kind.INITIAL.value, Kind.ANNUAL.value)
    return tuple(
        _row(kind, [deadline for deadline in found if deadline.kind == kind], asked, links)
        for kind in kinds
        if any(deadline.kind == kind for deadline in found)
    )


def _row(
    kind: str, deadlines: list[ReportDeadline], asked: Mapping[str, str], links: Links
) -> CountRow:
    tally = Counter(deadline.state_of_play for deadline in deadlines)
    rest = {name: asked[name] for name in ("state", "region", "year")}
    is_kind = asked["kind"] == kind

    def count(play: str, title: str, number: int) -> Count:
        url = links.to("reports:register", **rest, kind=kind, state_of_play=play)
        return Count(play, title, Number(number, url), is_kind and asked["state_of_play"] == play)

    return CountRow(
        kind=kind,
        title=str(KIND_LABELS[Kind(kind)]),
        counts=(
            count("", str(KIND_LABELS[Kind(kind)]), len(deadlines)),
            *(
                count(play.value, str(title), tally[play])
                for play, title in SHORT_LABELS.items()
                if tally[play]
            ),
        ),
    )


@dataclass(frozen=True)
class MarkCount:
    """Reports that stand in one way, as a number and as many marks."""

    play: str
    title: str
    number: Number

    @property
    def each(self) -> range:
        """One for each report."""
        return range(self.number.count)


def of_those_due(day: Day) -> tuple[MarkCount, ...]:
    """The initial reports that have fallen due, by how they stand; the counts add up to all."""
    due = [deadline for deadline in day.of_kind(Kind.INITIAL) if deadline.has_fallen_due]
    tally = Counter(deadline.state_of_play for deadline in due)
    return tuple(
        MarkCount(play.value, str(title), Number(tally[play], _due_url(day, play)))
        for play, title in SHORT_LABELS.items()
        if tally[play]
    )


def _due_url(day: Day, play: StateOfPlay) -> str:
    """Reports in time may be in before they fall due: those have to be left aside here."""
    if play is StateOfPlay.IN_TIME:
        expression = "reports.initial.in_time & reports.initial.due"
        return day.links.to("figures", expression=expression)
    if play is StateOfPlay.NOT_DUE:  # due on this very day: its time is not over yet
        expression = "reports.initial.due - reports.initial.received"
        return day.links.to("figures", expression=expression)
    return day.links.to("reports:register", kind=Kind.INITIAL.value, state_of_play=play.value)
