"""The matrix of states by years: one row a state, one mark a report."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.dates import date_format
from states import convention

from . import wording
from .day import Day
from .deadlines import Kind, ReportDeadline
from .marks import circle
from .state_of_play import Play, Receipt, StateOfPlay

MOST_YEARS_IN_HALVES = 5
"""With more columns of years than this, two halves side by side have no room for them."""
REMEMBERED = 4096
"""How many marks a process keeps in words: those of some days."""


@dataclass(frozen=True)
class Column:
    """The annual reports that fell due in a year, or in several years of which none is entered."""

    first: int
    last: int
    is_now: bool

    @property
    def is_span(self) -> bool:
        """Whether it stands for several years."""
        return self.first != self.last

    @property
    def title(self) -> str:
        """“2012”, or “2012–26”."""
        if not self.is_span:
            return str(self.first)
        return f"{self.first}–{self.last % 100:02}"


@dataclass(frozen=True)
class Cell:
    """A mark: how a report stands, in words for those who do not see it, and where it leads.

    `brief`: the words that fit beside it. Prints itself as a link: a page has a thousand of them.
    """

    play: str
    words: str
    brief: str
    url: str

    def __str__(self) -> SafeString:
        return format_html(
            '<a class="mark-link" href="{}">{}<span class="visually-hidden">{}</span></a>',
            self.url,
            circle(self.play),
            self.words,
        )

    def __html__(self) -> SafeString:
        return str(self)  # type: ignore[return-value]


@dataclass(frozen=True)
class Row:
    """What the line of a state shows; the initial report is None where others alone are shown."""

    name: str
    url: str
    due_on: date | None
    initial: Cell | None
    cells: tuple[tuple[Column, Cell | None], ...]
    is_overdue: bool
    has_initial: bool
    is_initial_now: bool

    @property
    def brief(self) -> str:
        """How the initial report stands."""
        return self.initial.brief if self.initial else ""

    @property
    def years(self) -> SafeString:
        """The cells of the table under the years."""
        return SafeString("".join(_under(column, cell) for column, cell in self.cells))


@dataclass(frozen=True)
class Part:
    """Rows that stand in one table, from one name to another."""

    rows: tuple[Row, ...]

    @property
    def caption(self) -> str:
        """Which states it shows."""
        return _("%(first)s to %(last)s") % {"first": self.rows[0].name, "last": self.rows[-1].name}


@dataclass(frozen=True)
class Matrix:
    """The rows in one part or in two halves of about the same length."""

    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    has_initial: bool
    is_initial_now: bool

    @property
    def is_crowded(self) -> bool:
        """Whether the years need the whole width."""
        return len(self.columns) > MOST_YEARS_IN_HALVES

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(part.rows) for part in self.parts)


def build(day: Day, shown: Iterable[ReportDeadline], *, is_compact: bool) -> Matrix:
    """The matrix of some owed reports.

    `is_compact` puts years of which nothing is entered into one column.
    """
    deadlines = tuple(shown)
    columns = _columns(deadlines, day.on, is_compact=is_compact)
    has_initial = any(deadline.kind == Kind.INITIAL for deadline in deadlines)
    is_initial_now = not any(column.is_now for column in columns)
    undated = replace(day, links=day.links.undated())
    rows = tuple(
        _row(undated, found, columns, has_initial=has_initial, is_initial_now=is_initial_now)
        for found in _by_membership(deadlines)
    )
    is_crowded = len(columns) > MOST_YEARS_IN_HALVES
    middle = len(rows) if is_crowded or len(rows) < 8 else -(-len(rows) // 2)
    return Matrix(
        columns=columns,
        parts=tuple(Part(half) for half in (rows[:middle], rows[middle:]) if half),
        has_initial=has_initial,
        is_initial_now=is_initial_now,
    )


def _by_membership(deadlines: Iterable[ReportDeadline]) -> list[list[ReportDeadline]]:
    """The reports of each time of a state as party, in order of name."""
    groups: dict[tuple[int, date], list[ReportDeadline]] = defaultdict(list)
    for deadline in deadlines:
        key = (deadline.standing.state.id, deadline.membership.deposited.on)
        groups[key].append(deadline)
    return list(groups.values())


def _columns(
    deadlines: Iterable[ReportDeadline], on: date, *, is_compact: bool
) -> tuple[Column, ...]:
    """A column a year in which annual reports fall due; years without any entry share one."""
    entered: dict[int, bool] = {}
    for deadline in deadlines:
        if deadline.kind == Kind.ANNUAL:
            is_entered = deadline.state_of_play is not StateOfPlay.NOT_ENTERED
            year = deadline.due_on.year
            entered[year] = entered.get(year, False) or is_entered
    columns: list[Column] = []
    for year in sorted(entered):
        last = columns[-1] if columns else None
        if (
            is_compact
            and last is not None
            and not entered[year]
            and not entered[last.first]
            and last.last == year - 1
        ):
            columns[-1] = Column(last.first, year, is_now=False)
        else:
            columns.append(Column(year, year, is_now=year == on.year and entered[year]))
    return tuple(columns)


def _row(
    day: Day,
    deadlines: list[ReportDeadline],
    columns: tuple[Column, ...],
    *,
    has_initial: bool,
    is_initial_now: bool,
) -> Row:
    state = deadlines[0].standing.state
    initial = next((item for item in deadlines if item.kind == Kind.INITIAL), None)
    annual = {item.due_on.year: item for item in deadlines if item.kind == Kind.ANNUAL}
    return Row(
        name=state.name,
        url=day.links.to("state", state.slug),
        due_on=initial.due_on if initial else None,
        initial=_cell(day, initial) if initial else None,
        cells=tuple(
            (column, _year_cell(day, annual, column) or _later_cell(day, annual, column))
            for column in columns
        ),
        is_overdue=_is_overdue(initial, annual),
        has_initial=has_initial,
        is_initial_now=is_initial_now,
    )


def _is_overdue(initial: ReportDeadline | None, annual: dict[int, ReportDeadline]) -> bool:
    """Whether the initial report, or the annual one that fell due last, is overdue."""
    last = [item for year, item in sorted(annual.items()) if item.has_fallen_due][-1:]
    return any(
        item is not None and item.state_of_play is StateOfPlay.OVERDUE for item in (initial, *last)
    )


def _year_cell(day: Day, annual: dict[int, ReportDeadline], column: Column) -> Cell | None:
    found = [annual[year] for year in range(column.first, column.last + 1) if year in annual]
    return _cell(day, found[-1]) if found else None


def _later_cell(day: Day, annual: dict[int, ReportDeadline], column: Column) -> Cell | None:
    """A report that falls due after the next one, while the state stays party: to come as well."""
    following = annual[max(annual)] if annual else None
    if following is None or following.state_of_play is not StateOfPlay.NOT_DUE:
        return None
    due_on = convention.annual_report_due(column.first - 1)
    if due_on <= following.due_on or not following.membership.owes(due_on):
        return None
    words = _("%(report)s: not yet due, %(day)s") % {
        "report": wording.annual_title(column.first - 1),
        "day": date_format(due_on, "j M Y"),
    }
    return Cell(following.state_of_play.value, words, "", day.url(following))


@lru_cache(maxsize=REMEMBERED)
def _under(column: Column, cell: Cell | None) -> SafeString:
    # The other years of a state whose overdue report has another number of days each day.
    now = " is-now" if column.is_now else ""
    if cell is None:
        return format_html('<td class="year mark-cell{}"></td>', now)
    return format_html(
        '<td class="year mark-cell{}" data-label="{}">{}</td>', now, column.title, cell
    )


def _cell(day: Day, deadline: ReportDeadline) -> Cell:
    about = (deadline.kind, deadline.year, deadline.due_on)
    return _told(*about, deadline.play, deadline.receipt, day.url(deadline), get_language())


@lru_cache(maxsize=REMEMBERED)
def _told(
    kind: str,
    year: int | None,
    due_on: date,
    play: Play,
    receipt: Receipt | None,
    url: str,
    _language: str | None,
) -> Cell:
    brief = wording.in_brief(play, receipt)
    stands = str(wording.SHORT_LABELS[play.state])
    words = f"{wording.title(kind, year)}: {stands}"
    if brief and brief != stands:
        words = f"{words}, {brief}"
    if play.state is StateOfPlay.NOT_DUE:
        words = f"{words}, {date_format(due_on, 'j M Y')}"
    return Cell(play.state.value, words, brief, url)
