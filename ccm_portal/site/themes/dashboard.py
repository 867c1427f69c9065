"""A theme's dashboard: its description, answered on a day and drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from actions.evaluation import Evaluation
from ccm_portal.charts.bars import Bar, stacked
from ccm_portal.charts.cells import Cells, cells
from ccm_portal.figures import StateSet
from ccm_portal.links import Links, Number
from states.clocks import ClockKind, clocks
from states.register import Register, Standing

from .answers import Answers
from .description import Chart, Description, Part, Rows

DEADLINES = {8: ClockKind.STOCKPILE_DESTRUCTION, 10: ClockKind.CLEARANCE}


@dataclass(frozen=True)
class DrawnStage:
    """A stage with its states; `names` are theirs, each a link."""

    title: str
    number: Number
    cells: Cells
    standings: tuple[Standing, ...]
    names: SafeString


@dataclass(frozen=True)
class DrawnBar:
    """A row of the bar chart. `number` counts what is solid, `signatories` the rest of it."""

    title: str
    bar: Bar
    number: Number
    signatories: Number | None


@dataclass(frozen=True)
class Deadline:
    """When a state's time ends, and the share of it that is gone, in per cent."""

    due_on: date
    gone: float
    x: float
    is_past: bool


@dataclass(frozen=True)
class Cell:
    """A state's answer under a column: `url` leads to the evidence; "" where none is recorded.

    The addresses serve all days, as those of a row do (`ccm_portal.table_rows`).
    """

    title: str
    url: str
    is_open: bool = False


@dataclass(frozen=True)
class StateRow:
    """A state with what is recorded of it under each column."""

    standing: Standing
    deadline: Deadline | None
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.url)


@dataclass(frozen=True)
class RowGroup:
    """States in a group of the table."""

    title: str
    number: Number
    has_deadline: bool
    rows: tuple[StateRow, ...]


@dataclass(frozen=True)
class Column:
    """A column's head with how many of the states in the table have its mark."""

    title: str
    number: Number


@dataclass(frozen=True)
class Beyond:
    """A sentence on further states, with their names."""

    sentence: SafeString
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class Dashboard:
    """Everything that figures say of a theme on a day."""

    theme: Description
    lead: SafeString
    says: SafeString
    stages: tuple[DrawnStage, ...]
    bars: tuple[DrawnBar, ...]
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    beyond: tuple[Beyond, ...]

    @property
    def has_deadlines(self) -> bool:
        return any(group.has_deadline for group in self.groups)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is recorded on the theme by this day."""
        return not (self.stages or self.bars or self.groups or self.beyond)


@dataclass(frozen=True)
class Builder:
    """Draws a description from answers that are there already."""

    theme: Description
    answers: Answers
    register: Register
    links: Links

    @classmethod
    def load(cls, theme: Description, evaluation: Evaluation, links: Links) -> "Builder":
        """Put the theme's questions. Costs as many queries as one evaluation."""
        answers = Answers.of(evaluation, theme.expressions(), links)
        return cls(theme, answers, evaluation.register, links)

    def dashboard(self) -> Dashboard:
        groups = tuple(self._groups())
        shown = {row.standing.state.iso3 for group in groups for row in group.rows}
        return Dashboard(
            theme=self.theme,
            lead=self.answers.sentences(self.theme.lead),
            says=self.answers.sentences(self.theme.chart_says),
            stages=tuple(self._stages()),
            bars=tuple(self._bars()),
            columns=tuple(self._columns(shown)) if groups else (),
            groups=groups,
            beyond=tuple(self._beyond()),
        )

    def _stages(self) -> Iterator[DrawnStage]:
        """Each state in the first stage to which it belongs; none where nobody is on the way."""
        placed: set[str] = set()
        before: list[str] = []
        for stage in self.theme.stages:
            here = self._standings(stage.expression, without=placed)
            placed |= {standing.state.iso3 for standing in here}
            expression = _without(stage.expression, before)
            before.append(stage.expression)
            if here:
                yield DrawnStage(
                    title=str(stage.title),
                    number=self.links.figure(len(here), expression),
                    cells=cells(len(here), stage.filled, is_mirrored=get_language_bidi()),
                    standings=here,
                    names=format_html_join(
                        ", ", '<a href="{}">{}</a>', map(self._link_to_state, here)
                    ),
                )

    def _bars(self) -> Iterator[DrawnBar]:
        of = self.theme.bars_of
        whole = self.answers.certain(of) if of else frozenset()
        wanted = [part for part in self.theme.bars if self.answers.knows(part.expression)]
        split = [(part, *self._split(part, whole)) for part in wanted]
        widest = len(whole) or max((len(one) + len(two) for _, one, two in split), default=0)
        if not widest:
            return
        for part, solid, half in split:
            both = [("party", len(solid)), ("signatory", len(half))]
            rest = [("rest", len(whole) - len(solid))] if of else []
            expression = f"{part.expression} & {of}" if of else f"({part.expression}) & parties"
            yield DrawnBar(
                title=str(part.title),
                bar=stacked([*both, *rest], whole=widest, is_mirrored=get_language_bidi()),
                number=self.links.figure(len(solid), expression),
                signatories=None
                if of
                else self.links.figure(len(half), f"({part.expression}) & signatories"),
            )

    def _split(self, part: Part, whole: frozenset[str]) -> tuple[set[str], set[str]]:
        """The states of a bar that are solid, and those that are drawn half as high."""
        found = self.answers.certain(part.expression)
        if self.theme.bars_of:
            return set(found & whole), set()
        signatories = {standing.state.iso3 for standing in self.register.signatories}
        parties = {standing.state.iso3 for standing in self.register.parties}
        return set(found & parties), set(found & signatories)

    def _groups(self) -> Iterator[RowGroup]:
        for rows in self.theme.rows:
            standings = self._standings(rows.expression)
            if standings:
                yield RowGroup(
                    title=str(rows.title),
                    number=self.answers.number(rows.expression),
                    has_deadline=rows.has_deadline,
                    rows=tuple(self._row(rows, standing) for standing in standings),
                )

    def _link_to_state(self, standing: Standing) -> tuple[str, str]:
        return self.links.to("state", standing.state.slug), standing.state.name

    def _row(self, rows: Rows, standing: Standing) -> StateRow:
        return StateRow(
            standing=standing,
            deadline=self._deadline(standing) if rows.has_deadline else None,
            cells=tuple(_cell(*column, standing.state.iso3) for column in self._answered_columns),
        )

    @cached_property
    def _answered_columns(self) -> tuple[tuple[str, str, StateSet], ...]:
        """The title of each column, the address of its states, and who they are."""
        links = self.links.undated()
        return tuple(
            (
                str(part.title),
                links.to("figures", expression=part.expression),
                self.answers.figures[part.expression].states,
            )
            for part in self._known_columns()
        )

    def _columns(self, shown: set[str]) -> Iterator[Column]:
        union = " | ".join(f"({rows.expression})" for rows in self.theme.rows)
        for part in self._known_columns():
            count = len(self.answers.certain(part.expression) & shown)
            number = self.links.figure(count, f"{part.expression} & ({union})")
            yield Column(str(part.title), number)

    def _known_columns(self) -> Sequence[Part]:
        return [part for part in self.theme.columns if self.answers.knows(part.expression)]

    def _deadline(self, standing: Standing) -> Deadline | None:
        """The end of the time that Article 3 or 4 gives, extensions included."""
        begun = standing.entry_into_force
        due = [clock.due_on for clock in clocks(standing, kinds=[DEADLINES[self.theme.years]])]
        if begun is None or not due or due[0] is None:
            return None
        on = self.register.on
        gone = 100 * (on - begun).days / max((due[0] - begun).days, 1)
        share = round(min(max(gone, 0.0), 100.0), 2)
        return Deadline(
            due_on=due[0],
            gone=share,
            x=round(100 - share, 2) if get_language_bidi() else 0,
            is_past=due[0] < on,
        )

    def _beyond(self) -> Iterator[Beyond]:
        for said, expression in self.theme.beyond:
            sentence = self.answers.sentence(said)
            if sentence is not None:
                yield Beyond(sentence, self._standings(expression))

    def _standings(
        self, expression: str, *, without: set[str] | None = None
    ) -> tuple[Standing, ...]:
        wanted = self.answers.certain(expression) - (without or set())
        return tuple(standing for standing in self.register if standing.state.iso3 in wanted)


def _cell(title: str, url: str, states: StateSet, iso3: str) -> Cell:
    if iso3 not in states.possible:
        return Cell(title, "")
    return Cell(title, f"{url}#{iso3}", iso3 not in states.certain)


def _without(expression: str, before: Sequence[str]) -> str:
    """An expression less the ones before it, so that its number leads to the states shown."""
    return "".join([expression, *(f" - ({earlier})" for earlier in before)])


def is_of_reports(theme: Description) -> bool:
    """Whether the dashboard shows the register of reports."""
    return theme.chart is Chart.REPORTS
