"""One action: whom it addresses on a day, by when, and what is reported of each state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from actions.evaluation import Evaluation, Member
from actions.indicator_names import says_what_is_owed, tells_of_doing
from actions.models import Action, Indicator
from ccm_portal.exports import Row
from ccm_portal.figures import Evidence
from ccm_portal.figures.vocabulary import NO
from states.register import Standing

from . import concerned, limits
from .concerned import Figures
from .plan_page import Count

COLUMNS = (
    "iso3",
    "name",
    "addressed",
    "time_limit",
    "reported",
    "evidence",
    "answer",
    "date",
    "date_words",
    "reported_on",
    "document",
    "place",
    "remark",
    "plan",
    "action",
    "as_of",
)


@dataclass(frozen=True)
class StateLine:
    """A state (or organisation) with its limit and everything that is reported of it.

    `answer` is `yes`, `no`, `disputed`, `open` (whether a thing belongs here cannot be told) or
    `context` (what is recorded does not say that the state did anything), else `""`: nothing is
    recorded, which is not a no. That there is a duty is no evidence of anything done about it.
    """

    key: str
    name: str
    standing: Standing | None
    is_addressed: bool
    due_on: date | None
    is_over: bool
    answer: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class ActionPage:
    """An action as its page shows it on a day."""

    action: Action
    limit: str
    differs_by_state: bool
    addressed: Count | None
    reported: Count | None
    said_no: tuple[StateLine, ...]
    told: tuple[StateLine, ...]
    silent: tuple[StateLine, ...]
    others: tuple[StateLine, ...]
    indicators: tuple[Indicator, ...]
    is_vouched_for: bool
    previous: int | None
    next: int | None

    @property
    def lines(self) -> tuple[StateLine, ...]:
        return (*self.told, *self.silent, *self.others)


def build(action: Action, evaluation: Evaluation) -> ActionPage:
    """The action on the day of an evaluation; it must come with its plan, theme and meeting.

    Costs three queries, those of one figure and one for the evidence.
    """
    indicators = tuple(Indicator.objects.published().filter(actions=action))
    whom = concerned.addressed(action)
    reported = concerned.within(concerned.doing(action), whom)
    codes = [indicator.code for indicator in indicators]
    figures = Figures.of(
        evaluation, [whom, reported, *codes, *(code + NO for code in codes if code)]
    )
    lines = tuple(_lines(action, evaluation, indicators, figures))
    addressed = figures.get(whom)
    told_of = figures.get(reported)
    return ActionPage(
        action=action,
        limit=limits.in_words(action),
        differs_by_state=limits.differs_by_state(action),
        addressed=Count(whom, addressed) if addressed else None,
        reported=Count(reported, told_of) if told_of else None,
        said_no=tuple(line for line in lines if line.is_addressed and line.answer == "no"),
        told=tuple(line for line in lines if line.is_addressed and line.evidence),
        silent=tuple(line for line in lines if line.is_addressed and not line.evidence),
        others=tuple(line for line in lines if not line.is_addressed),
        indicators=indicators,
        is_vouched_for=concerned.is_vouched_for(action.theme, evaluation.on),
        previous=_neighbour(action, -1),
        next=_neighbour(action, 1),
    )


def rows(page: ActionPage, on: str) -> Iterator[Row]:
    """The page as a table: a row a state and piece of evidence."""
    plan, number = page.action.plan.code, page.action.number
    for line in page.lines:
        start = (
            line.key,
            line.name,
            "yes" if line.is_addressed else "no",
            line.due_on,
            line.answer,
        )
        for item in line.evidence or (Evidence(text=""),):
            answer = {True: "yes", False: "no", None: ""}[item.answer]
            yield (
                *start,
                item.text,
                answer,
                item.on,
                item.day_words,
                item.reported_on,
                item.document,
                item.place,
                item.remark,
                plan,
                number,
                on,
            )


def _lines(
    action: Action,
    evaluation: Evaluation,
    indicators: tuple[Indicator, ...],
    figures: Figures,
) -> Iterator[StateLine]:
    """States in order of name, then organisations."""
    found: dict[str, list[tuple[Member, bool]]] = {}
    asked = [
        (figure, tells_of_doing(indicator))
        for indicator in indicators
        if not says_what_is_owed(indicator)
        for name in (indicator.code, indicator.code + NO)
        if (figure := figures.get(name)) is not None
    ]
    members = evaluation.members_of(figure for figure, _tells in asked)
    for (_figure, tells), of_figure in zip(asked, members, strict=True):
        for member in of_figure:
            found.setdefault(member.key, []).append((member, tells))
    addressed = figures.get(concerned.addressed(action))
    possible = addressed.states.possible if addressed else frozenset()
    for standing in evaluation.register:
        key = standing.state.iso3
        if key in possible or key in found:
            told = found.pop(key, [])
            due = limits.due_on(action, standing) if key in possible else None
            yield StateLine(
                key=key,
                name=standing.state.name,
                standing=standing,
                is_addressed=key in possible,
                due_on=due,
                is_over=due is not None and due < evaluation.on,
                answer=_answer(told),
                evidence=_evidence(told),
            )
    for key, told in found.items():
        yield StateLine(
            key=key,
            name=told[0][0].name,
            standing=None,
            is_addressed=False,
            due_on=None,
            is_over=False,
            answer=_answer(told),
            evidence=_evidence(told),
        )


def _evidence(told: list[tuple[Member, bool]]) -> tuple[Evidence, ...]:
    """Every finding once."""
    return tuple(dict.fromkeys(item for member, _tells in told for item in member.evidence))


def _answer(told: list[tuple[Member, bool]]) -> str:
    """What all findings come to: one certain yes that says that something was done is enough."""
    doing = [member for member, tells in told if tells]
    if any(member.is_certain and _says_yes(member) for member in doing):
        return "yes"
    if any(member.is_disputed for member in doing):
        return "disputed"
    if any(not member.is_certain for member in doing):
        return "open"
    if doing:
        return "no"
    return "context" if told else ""


def _says_yes(member: Member) -> bool:
    return any(item.answer for item in member.evidence)


def _neighbour(action: Action, step: int) -> int | None:
    """The number of the action before or after. Costs one query."""
    others = Action.objects.filter(plan=action.plan_id)
    if step < 0:
        found = others.filter(number__lt=action.number).order_by("-number")
    else:
        found = others.filter(number__gt=action.number).order_by("number")
    number: int | None = found.values_list("number", flat=True).first()
    return number
