"""What follows from a treaty action, in the few words that stand next to it in the data entry."""

from datetime import date

from django.utils.translation import gettext as _

from ccm_portal.dates import date_format
from states import convention
from states.histories import DEPOSITS
from states.models import OfficialDate, TreatyAction


def consequence(action: TreatyAction) -> str:
    """Since when a deposit binds, and until when a withdrawing state stays bound; else "".

    An official date of effect goes before the derived one, draft or not, and is named as such.
    """
    official: OfficialDate | None = getattr(action, "official_date", None)
    if action.kind in DEPOSITS:
        return _entry_into_force(action, official)
    if action.kind == TreatyAction.Kind.WITHDRAWAL:
        return _withdrawal(action, official)
    return ""


def _entry_into_force(action: TreatyAction, official: OfficialDate | None) -> str:
    derived = convention.entry_into_force(action.date)
    article = convention.entry_into_force_rule(action.date).article
    if official is None or official.takes_effect_on is None:
        return _("in force from %(day)s (Article %(article)s)") % {
            "day": _day(derived),
            "article": article,
        }
    return _("in force from %(day)s (%(official)s; Article %(article)s gives %(derived)s)") % {
        "day": _day(official.takes_effect_on),
        "official": _official(official),
        "article": article,
        "derived": _day(derived),
    }


def _withdrawal(action: TreatyAction, official: OfficialDate | None) -> str:
    derived = convention.withdrawal_effect(action.date)
    if official is None:
        return _("no longer party from %(day)s (Article 20.3)") % {"day": _day(derived)}
    if official.takes_effect_on is None:
        return _("still party (%(official)s; Article 20.3 gives %(derived)s)") % {
            "official": _official(official),
            "derived": _day(derived),
        }
    return _("no longer party from %(day)s (%(official)s; Article 20.3 gives %(derived)s)") % {
        "day": _day(official.takes_effect_on),
        "official": _official(official),
        "derived": _day(derived),
    }


def _official(official: OfficialDate) -> str:
    return _("official date") if official.is_published else _("official date, draft")


def _day(day: date) -> str:
    return date_format(day, "j F Y")
