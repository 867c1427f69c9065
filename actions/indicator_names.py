"""The names that indicators give to figures: their own codes, and what is derived from them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django.db.models import Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.figures import Definition, Kind
from ccm_portal.kept import kept

from .models import Action, Indicator

KINDS = {
    Indicator.Kind.YES_NO.value: Kind.SET,
    Indicator.Kind.OCCURRENCE.value: Kind.OCCURRENCE,
    Indicator.Kind.QUANTITY.value: Kind.QUANTITY,
}


@dataclass(frozen=True)
class Measure:
    """A published indicator, as far as figures need it."""

    id: int
    code: str
    kind: Kind
    unit: str
    title: str


@dataclass(frozen=True)
class IndicatorNames:
    """Every name with the indicators behind it. `derived` names stand for several of them."""

    definitions: dict[str, Definition] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    derived: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "IndicatorNames":
        """The published indicators and their actions. Costs two queries."""
        return kept("indicator names", get_language(), make=cls._loaded)

    @classmethod
    def _loaded(cls) -> "IndicatorNames":
        indicators = list(
            Indicator.objects.published()
            .select_related("theme__plan")
            .prefetch_related(Prefetch("actions", Action.objects.select_related("plan")))
        )
        names = cls()
        for indicator in indicators:
            names.measures[indicator.code] = _measure(indicator)
            names.definitions[indicator.code] = _definition(indicator)
        for name, (title, explanation, codes) in _derived(indicators).items():
            if name not in names.definitions:
                names.derived[name] = tuple(codes)
                names.definitions[name] = Definition(
                    name, title, explanation, theme=_("Put together from several indicators")
                )
        return names

    def codes(self, name: str) -> tuple[str, ...]:
        """The codes of the indicators that a name stands for; none for an unknown name."""
        if name in self.measures:
            return (name,)
        return self.derived.get(name, ())

    def of_kind(self, codes: Iterable[str], kind: Kind) -> set[int]:
        """The ids of those indicators that are of a kind."""
        return {
            self.measures[code].id
            for code in codes
            if code in self.measures and self.measures[code].kind is kind
        }


def action_name(plan: str, number: int) -> str:
    """The name of all states of which anything is recorded that an action asks for."""
    return f"{plan.replace('-', '_')}.action_{number}"


def has_time_limit(action: Action) -> bool:
    """Whether an action sets a limit that can be counted."""
    limits = (action.months_from_entry_into_force, action.window_until, action.by_meeting_id)
    return any(limit is not None for limit in limits)


def tells_of_doing(indicator: Indicator) -> bool:
    """Whether a yes says that a state did something.

    That a duty exists, or none does, is nothing done; occurrences may be recorded of whom they
    befell.
    """
    return not says_what_is_owed(indicator) and indicator.kind != Indicator.Kind.OCCURRENCE


def says_what_is_owed(indicator: Indicator) -> bool:
    """Whether a finding says that there is a duty, or that there is none."""
    return indicator.role in {Indicator.Role.OBLIGATION.value, Indicator.Role.NONE.value}


def _measure(indicator: Indicator) -> Measure:
    return Measure(
        id=indicator.pk,
        code=indicator.code,
        kind=KINDS[indicator.kind],
        unit=indicator.unit,
        title=indicator.title,
    )


def _definition(indicator: Indicator) -> Definition:
    theme = indicator.theme
    return Definition(
        name=indicator.code,
        title=indicator.title,
        explanation=indicator.explanation,
        kind=KINDS[indicator.kind],
        theme=theme.name if theme.plan.is_published else "",
        has_no=indicator.kind == Indicator.Kind.YES_NO,
        unit=indicator.unit,
    )


def _derived(indicators: Iterable[Indicator]) -> dict[str, tuple[str, str, list[str]]]:
    """Names of all indicators of a subject or of an action: their titles, words and codes."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    for indicator in filter(tells_of_doing, indicators):
        subject = indicator.code.partition(".")[0]
        measured = cast("Iterable[Action]", indicator.actions.all())
        actions = [action for action in measured if action.plan.is_published]
        names = {
            action_name(action.plan.code, action.number): (
                _("Something reported on action %(number)s") % {"number": action.number},
                _("States of which a finding on action %(number)s of the plan “%(plan)s” says yes.")
                % {"number": action.number, "plan": action.plan},
            )
            for action in actions
        }
        if actions:
            names[f"{subject}.any_action"] = (
                _("Any action reported: %(subject)s") % {"subject": subject},
                _("States of which a finding on any action with this subject says yes."),
            )
        if any(has_time_limit(action) for action in actions):
            names[f"{subject}.any_timebound_action"] = (
                _("Any action with a time limit reported: %(subject)s") % {"subject": subject},
                _("States of which a finding on any action with a time limit says yes."),
            )
        for name, (title, explanation) in names.items():
            found.setdefault(name, (title, explanation, []))[2].append(indicator.code)
    return found
