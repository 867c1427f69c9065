"""A plan with its themes: what is asked, and how many of the states concerned reported what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actions.evaluation import Evaluation
from actions.figure_words import figure_in_words
from actions.models import Action, ActionPlan, Indicator, Theme
from ccm_portal.exports import Row
from ccm_portal.figures import Figure, Kind
from ccm_portal.figures.vocabulary import NO

from . import concerned, limits
from .concerned import Figures

COLUMNS = (
    "plan",
    "theme",
    "action",
    "indicator",
    "title",
    "concerned",
    "reported",
    "undetermined",
    "reported_no",
    "total",
    "unit",
    "expression",
    "as_of",
)


@dataclass(frozen=True)
class Count:
    """A figure with the expression that leads to it."""

    expression: str
    figure: Figure

    @property
    def words(self) -> str:
        return figure_in_words(self.figure)


@dataclass(frozen=True)
class ActionLine:
    """An action with whom it addresses and of how many of them something is reported."""

    action: Action
    limit: str
    addressed: Count | None
    reported: Count | None


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator with who of those concerned reported it, and who said no.

    `of` is None where the records cannot tell whom it concerns; `others` are states of whom it is
    reported although it does not concern them.
    """

    indicator: Indicator
    actions: tuple[Action, ...]
    reported: Count
    others: Count | None
    said_no: Count | None
    of: Count | None

    @property
    def is_count_of_states(self) -> bool:
        return self.reported.figure.kind is Kind.SET


@dataclass(frozen=True)
class ThemeLines:
    """A theme; `is_vouched_for`: all that was known by this day has been entered."""

    theme: Theme
    actions: tuple[ActionLine, ...]
    indicators: tuple[IndicatorLine, ...]
    is_vouched_for: bool


@dataclass(frozen=True)
class Plan:
    """A plan as its page shows it on a day."""

    plan: ActionPlan
    themes: tuple[ThemeLines, ...]
    runs: bool

    @property
    def number_of_actions(self) -> int:
        return sum(len(theme.actions) for theme in self.themes)


@dataclass(frozen=True)
class _Records:
    themes: list[Theme]
    actions: list[Action]
    indicators: list[tuple[Indicator, tuple[Action, ...]]]

    @classmethod
    def load(cls, plan: ActionPlan) -> "_Records":
        """Costs four queries."""
        actions = list(
            Action.objects.filter(plan=plan).select_related("plan", "theme", "by_meeting")
        )
        by_id = {action.pk: action for action in actions}
        indicators = (
            Indicator.objects.published().filter(theme__plan=plan).prefetch_related("actions")
        )
        return cls(
            themes=list(Theme.objects.filter(plan=plan)),
            actions=actions,
            indicators=[
                (
                    indicator,
                    tuple(
                        by_id[found.pk] for found in indicator.actions.all() if found.pk in by_id
                    ),
                )
                for indicator in indicators
            ],
        )

    def expressions(self) -> Iterator[str]:
        for action in self.actions:
            yield concerned.addressed(action)
            yield concerned.within(concerned.doing(action), concerned.addressed(action))
        for indicator, actions in self.indicators:
            whom = concerned.of_indicator(indicator, actions)
            yield whom
            yield concerned.within(indicator.code, whom)
            yield concerned.within(indicator.code + NO, whom)
            yield _beyond(indicator, whom)


def build(plan: ActionPlan, evaluation: Evaluation) -> Plan:
    """The plan on the day of an evaluation. Costs four queries and those of one figure."""
    records = _Records.load(plan)
    figures = Figures.of(evaluation, records.expressions())
    on = evaluation.on
    return Plan(
        plan=plan,
        themes=tuple(
            ThemeLines(
                theme=theme,
                actions=tuple(
                    _action(action, figures)
                    for action in records.actions
                    if action.theme_id == theme.pk
                ),
                indicators=tuple(
                    line
                    for indicator, actions in records.indicators
                    if indicator.theme_id == theme.pk
                    and (line := _indicator(indicator, actions, figures))
                ),
                is_vouched_for=concerned.is_vouched_for(theme, on),
            )
            for theme in records.themes
        ),
        runs=plan.valid_from <= on and (plan.valid_until is None or on < plan.valid_until),
    )


def rows(page: Plan, on: str) -> Iterator[Row]:
    """The page as a table: a row an action, then a row an indicator, theme by theme."""
    for lines in page.themes:
        start = (page.plan.code, lines.theme.code)
        for action in lines.actions:
            title = action.action.summary
            yield (
                *start,
                action.action.number,
                "",
                title,
                *_cells(action.addressed, action.reported, None),
                on,
            )
        for line in lines.indicators:
            numbers = ";".join(str(action.number) for action in line.actions)
            cells = _cells(line.of, line.reported, line.said_no)
            yield (*start, numbers, line.indicator.code, line.indicator.title, *cells, on)


def _cells(of: Count | None, reported: Count | None, said_no: Count | None) -> Row:
    figure = reported.figure if reported else None
    return (
        of.figure.count if of else "",
        figure.count if figure else "",
        figure.undetermined if figure else "",
        said_no.figure.count if said_no else "",
        figure.total if figure and figure.total is not None else "",
        figure.unit if figure else "",
        reported.expression if reported else "",
    )


def _action(action: Action, figures: Figures) -> ActionLine:
    whom = concerned.addressed(action)
    return ActionLine(
        action=action,
        limit=limits.in_words(action),
        addressed=_count(whom, figures),
        reported=_count(concerned.within(concerned.doing(action), whom), figures),
    )


def _indicator(
    indicator: Indicator, actions: Iterable[Action], figures: Figures
) -> IndicatorLine | None:
    actions = tuple(actions)
    whom = concerned.of_indicator(indicator, actions)
    reported = _count(concerned.within(indicator.code, whom), figures)
    if reported is None:
        return None
    return IndicatorLine(
        indicator=indicator,
        actions=actions,
        reported=reported,
        others=_count(_beyond(indicator, whom), figures),
        said_no=_count(concerned.within(indicator.code + NO, whom), figures),
        of=_count(whom, figures),
    )


def _beyond(indicator: Indicator, whom: str) -> str:
    return f"{indicator.code} - ({whom})" if whom else ""


def _count(expression: str, figures: Figures) -> Count | None:
    figure = figures.get(expression)
    return Count(expression, figure) if figure is not None else None
