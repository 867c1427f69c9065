"""By when an action asks for something: its time limit for one state, and in words."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import Action
from ccm_portal.dates import date_format
from states.register import Standing


def due_on(action: Action, standing: Standing) -> date | None:
    """The last day that an action leaves a state; None where it sets none, or none runs yet.

    Months are calendar months from the state's own entry into force, as the plan counts them
    ("within one year of entry into force for that State Party"): 1 August 2010 and twelve months
    give 1 August 2011.
    """
    if action.months_from_entry_into_force is not None:
        if standing.entry_into_force is None or standing.is_withdrawn:
            return None
        months = relativedelta(months=action.months_from_entry_into_force)
        return standing.entry_into_force + months
    if action.window_until is not None:
        return action.window_until
    meeting = action.by_meeting
    return meeting.ends_on if meeting is not None and meeting.is_published else None


def in_words(action: Action) -> str:
    """The limit as recorded, else as it is counted; "" where the action sets none."""
    if action.time_limit:
        return action.time_limit
    months = action.months_from_entry_into_force
    if months is not None:
        return ngettext(
            "within %(months)s month of entry into force for the state",
            "within %(months)s months of entry into force for the state",
            months,
        ) % {"months": months}
    if action.window_from is not None and action.window_until is not None:
        return _("from %(first)s to %(last)s") % {
            "first": date_format(action.window_from, "j F Y"),
            "last": date_format(action.window_until, "j F Y"),
        }
    if action.by_meeting is not None and action.by_meeting.is_published:
        return _("by the end of %(meeting)s") % {"meeting": action.by_meeting.name}
    return ""


def differs_by_state(action: Action) -> bool:
    """Whether each state has a limit of its own."""
    return action.months_from_entry_into_force is not None
