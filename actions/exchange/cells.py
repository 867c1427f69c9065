"""What cells of tables on plans and findings may hold, besides what every table may."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from import_export.fields import Field
from rapidfuzz import process

from actions.models import Action, Theme
from states.exchange.cells import Cell

_LONGEST_SHOWN = 40


class ThemeCell(Cell):
    """A theme by its code, of the plan that the row names beside it."""

    def __init__(self) -> None:
        super().__init__(required=True)
        self._themes: dict[tuple[str, str], Theme] = {}

    def prepare(self) -> None:
        themes = Theme.objects.select_related("plan")
        self._themes = {(theme.plan.code, theme.code): theme for theme in themes}

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        code = super().clean(value, row)
        plan = str((row or {}).get("plan", "")).strip()
        theme = self._themes.get((plan, code))
        if theme is None:
            raise ValueError(
                _("The plan “%(plan)s” has no theme “%(theme)s”.")
                % {"plan": plan[:_LONGEST_SHOWN], "theme": str(code)[:_LONGEST_SHOWN]}
            )
        return theme

    def read(self, value: Any) -> str:
        return str(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.code if value is not None else ""


class ActionsCell(Cell):
    """Actions, each as the code of its plan and its number: `vientiane:8;vientiane:9`."""

    def __init__(self) -> None:
        super().__init__(default=())
        self._actions: dict[str, Action] = {}

    def prepare(self) -> None:
        actions = Action.objects.select_related("plan")
        self._actions = {name_of(action): action for action in actions}

    def read(self, value: Any) -> tuple[Action, ...]:
        names = {name: None for part in str(value).split(";") if (name := part.strip())}
        unknown = [name for name in names if name not in self._actions]
        if unknown:
            nearest = process.extractOne(unknown[0], self._actions.keys(), score_cutoff=60)
            raise ValueError(
                _(
                    "“%(name)s” is no action: write the code of its plan and its number, such as "
                    "%(example)s."
                )
                % {
                    "name": unknown[0][:_LONGEST_SHOWN],
                    "example": nearest[0] if nearest else "vientiane:8",
                }
            )
        return _sorted(self._actions[name] for name in names)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return ";".join(name_of(action) for action in value or ())


def name_of(action: Action) -> str:
    """An action as a cell names it."""
    return f"{action.plan.code}:{action.number}"


def _sorted(actions: Any) -> tuple[Action, ...]:
    return tuple(sorted(actions, key=lambda action: (action.plan.code, action.number)))


class MeasuredActions(Field):  # type: ignore[misc]
    """The actions that an indicator measures: other records, in one cell."""

    def __init__(self) -> None:
        super().__init__(attribute="measures", column_name="actions", widget=ActionsCell())

    def get_value(self, instance: Any) -> tuple[Action, ...]:
        """Those that a file gives, until they are stored; else those that are stored."""
        entered: tuple[Action, ...] | None = instance.__dict__.get("measures")
        if entered is not None:
            return entered
        if instance.pk is None:
            return ()
        return _sorted(instance.actions.all())
