"""Two days side by side: the change in every number, and the states behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from actions.evaluation import Evaluation
from ccm_portal import as_of as dates
from ccm_portal.as_of import AsOf, WrongDate
from ccm_portal.kept import kept
from ccm_portal.links import Links, Number
from states.meetings import formal_meetings
from states.models import Meeting
from states.register import Standing

from .numbers import GROUPS, Counted, expressions
from .themes.answers import Answers

PARAMETER = "with"


@dataclass(frozen=True)
class Change:
    """A number on two days: who came in, and who went out."""

    title: str
    before: Number
    now: Number
    gained: tuple[Standing, ...]
    lost: tuple[Standing, ...]

    @property
    def by(self) -> int:
        """How much it grew, or fell if negative."""
        return self.now.count - self.before.count

    @property
    def signed(self) -> str:
        """The change with its sign; a true minus, which lines up with the plus."""
        return f"+{self.by}" if self.by > 0 else f"−{-self.by}" if self.by else "±0"


@dataclass(frozen=True)
class Changes:
    """The changes of numbers that belong together."""

    title: str
    theme: str
    lines: tuple[Change, ...]


@dataclass(frozen=True)
class TwoDays:
    """The answers of two days, the earlier one first. One load of all treaty actions."""

    before: Answers
    now: Answers
    evaluation: Evaluation

    @classmethod
    def load(
        cls, evaluation: Evaluation, earlier: date, links: Links, *, also: Iterable[str] = ()
    ) -> "TwoDays":
        """Put all questions on both days, and those of `also` on the later one."""
        return cls(
            before=_answers_on(earlier, evaluation),
            now=Answers.of(evaluation, [*expressions(), *also], links),
            evaluation=evaluation,
        )

    @classmethod
    def since_meeting(
        cls,
        evaluation: Evaluation,
        meetings: Sequence[Meeting],
        links: Links,
        *,
        also: Iterable[str],
    ) -> "TwoDays":
        """The same, from the meeting before on: one day for many, whose answers are kept."""
        earlier = latest_before(evaluation.on, meetings)
        figures = kept(
            "answers on the day of a meeting",
            earlier,
            get_language(),
            make=lambda: _answers_on(earlier, evaluation).figures,
        )
        before = Answers(figures, _links_on(earlier))
        now = Answers.of(evaluation, [*expressions(), *also], links)
        return cls(before=before, now=now, evaluation=evaluation)

    def of(self, counted: Counted) -> Change | None:
        """The change in one number; None where its names are not known."""
        asked = counted.expression
        if not (self.before.knows(asked) and self.now.knows(asked)):
            return None
        old, new = self.before.certain(asked), self.now.certain(asked)
        return Change(
            title=str(counted.title),
            before=self.before.number(asked),
            now=self.now.number(asked),
            gained=self._standings(new - old),
            lost=self._standings(old - new),
        )

    def groups(self) -> tuple[Changes, ...]:
        """All numbers, with their changes."""
        found = (
            (group, [change for one in group.counted if (change := self.of(one)) is not None])
            for group in GROUPS
        )
        return tuple(
            Changes(str(group.title), group.theme, tuple(lines)) for group, lines in found if lines
        )

    def _standings(self, keys: frozenset[str]) -> tuple[Standing, ...]:
        return tuple(one for one in self.evaluation.register if one.state.iso3 in keys)


def _answers_on(day: date, evaluation: Evaluation) -> Answers:
    """The numbers of a day, with links that name it."""
    return Answers.of(replace(evaluation, on=day), expressions(), _links_on(day))


def _links_on(day: date) -> Links:
    return Links(AsOf(day=day, is_chosen=True, today=day))


def compare(request: HttpRequest) -> HttpResponse:
    """The day of the page beside another one: `with`, else that of the meeting before it."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    meetings = formal_meetings()
    try:
        asked = dates.read(request.GET.get(PARAMETER))
    except WrongDate as error:
        return render(request, "400.html", {"reason": str(error)}, status=400)
    other = asked.day if asked.is_chosen else latest_before(as_of.day, meetings)
    earlier, later = min(other, as_of.day), max(other, as_of.day)
    evaluation = Evaluation.load(later, language=get_language() or "en")
    links = Links(replace(as_of, day=later, is_chosen=True))
    context = {
        "earlier": earlier,
        "later": later,
        "other": other,
        "meetings": _to_compare_with(meetings, as_of),
        "groups": TwoDays.load(evaluation, earlier, links).groups(),
    }
    return render(request, "site/compare.html", context)


def latest_before(day: date, meetings: Sequence[Meeting]) -> date:
    """The last day of the latest formal meeting before a day, else the first day there is."""
    past = [meeting.ends_on for meeting in meetings if meeting.ends_on < day]
    return past[-1] if past else dates.EARLIEST


def _to_compare_with(meetings: Sequence[Meeting], as_of: AsOf) -> list[Meeting]:
    return [meeting for meeting in meetings if meeting.ends_on <= as_of.today]
