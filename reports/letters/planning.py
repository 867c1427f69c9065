"""What the ladder calls for on a day, with all that it needs loaded at once; and the days ahead."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from reports.deadlines import ReportDeadline, Reporting
from states.register import History

from . import ladder
from .ladder import Call, Earlier, Owed, Rules
from .models import Hold, Letter, LetterSettings, LetterStage


@dataclass(frozen=True)
class Plan:
    """A day of the secretariat: what is owed, what was written, what is held."""

    on: date
    reporting: Reporting
    stages: tuple[LetterStage, ...]
    holds: tuple[Hold, ...]
    settings: LetterSettings
    earlier: tuple[Earlier, ...]

    @classmethod
    def load(cls, on: date, *, history: History | None = None) -> "Plan":
        """Costs seven queries besides those of the history, however many letters there are."""
        return cls(
            on=on,
            reporting=Reporting.load(history=history),
            stages=tuple(LetterStage.objects.in_use().select_related("template")),
            holds=tuple(Hold.objects.filter(held_until__gt=on).order_by("pk")),
            settings=LetterSettings.current(),
            earlier=tuple(_earlier()),
        )

    @cached_property
    def deadlines(self) -> tuple[ReportDeadline, ...]:
        return self.reporting.on(self.on)

    @cached_property
    def by_owed(self) -> dict[Owed, ReportDeadline]:
        return {ladder.owed_of(deadline): deadline for deadline in self.deadlines}

    @property
    def is_switched_on(self) -> bool:
        """Whether letters are written at all: from the day that staff have set."""
        start = self.settings.reminders_from
        return start is not None and start <= self.on

    def calls(self) -> tuple[Call, ...]:
        """The letters that the ladder calls for on the day."""
        through = self.reporting.complete_through
        return tuple(ladder.calls(self.deadlines, self._rules(), complete_through=through))

    def ahead(self, *, days: int) -> tuple[Call, ...]:
        """The letters of the coming days, the first day included, if no report comes meanwhile.

        In order of the day on which each would be written. What waits to be approved or sent is
        taken to go out.
        """
        rules = replace(self._rules(), earlier=self._earlier_going_out())
        found: dict[tuple[Owed, int, int], Call] = {}
        for deadline in self.deadlines:
            if not ladder.is_owed(deadline, complete_through=self.reporting.complete_through):
                continue
            for day in (self.on + timedelta(days=number) for number in range(days)):
                call = rules.call(deadline, on=day) if _still_bound(deadline, day) else None
                if call is not None:
                    rung = (call.owed, call.rung.stage.pk, call.rung.occurrence)
                    found.setdefault(rung, call)
        return tuple(sorted(found.values(), key=lambda call: call.on))

    def _rules(self) -> Rules:
        return Rules(
            stages=self.stages,
            earlier=ladder.by_owed(self.earlier),
            holds=self.holds,
            reminders_from=self.settings.reminders_from if self.is_switched_on else None,
        )

    def _earlier_going_out(self) -> dict[Owed, list[Earlier]]:
        return ladder.by_owed(replace(letter, valid_until=date.max) for letter in self.earlier)


def _still_bound(deadline: ReportDeadline, day: date) -> bool:
    left_on = deadline.membership.withdrawn_on
    return left_on is None or day < left_on


def _earlier() -> Iterator[Earlier]:
    fields = (
        "state_id",
        "kind",
        "period",
        "stage_id",
        "occurrence",
        "attempt",
        "status",
        "cancelled_because",
        "valid_until",
    )
    for state_id, kind, period, *rest in Letter.objects.order_by("pk").values_list(*fields):
        yield Earlier((state_id, kind, period), *rest)
