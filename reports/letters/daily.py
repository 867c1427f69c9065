"""The daily run: cancel what no longer fits, write what the ladder calls for."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from states.register import History

from .drafting import CannotDraft, Drafted, draft
from .planning import Plan
from .retiring import retire


@dataclass(frozen=True)
class DailyRun:
    """What a run did. `is_switched_on` False: nothing is written before staff say since when."""

    is_switched_on: bool
    cancelled: tuple[int, ...]
    drafted: Drafted


def run(*, on: date, now: datetime, history: History | None = None) -> DailyRun:
    """Do the day's work on letters. Running it twice, or twice at once, does it once.

    `on` is the real date, whatever date the pages show. For a day that is past, letters are written
    as they would have been, and wait: they are out of date. Raises `CannotDraft`, for a day to come
    too: its letters would speak of what has not happened yet. `history` spares loading it.
    """
    if on > now.date():
        raise CannotDraft(
            _("Letters are not written before their day: look at a day to come with --dry-run.")
        )
    plan = Plan.load(on, history=history)
    cancelled = retire(plan=plan, now=now) if on == now.date() else []
    if cancelled:
        # What was just cancelled may be called for again.
        plan = Plan.load(on, history=plan.reporting.history)
    return DailyRun(plan.is_switched_on, tuple(cancelled), draft(plan=plan, now=now))
