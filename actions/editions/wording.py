"""What pages say of editions: which one is shown, which others there are."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.dates import date_format

from . import publication, setting
from .publication import Versions
from .shown import WORKING, Shown


def row(versions: Versions) -> dict[str, str]:
    """An edition in the list of all."""
    report = versions.report
    head = publication.public_head(versions)
    return {
        "title": head.title,
        "subtitle": head.subtitle,
        "period": setting.period(head),
        "url": reverse("editions:edition", args=(report.code,)),
        "state_words": _state_of(versions),
    }


def _state_of(versions: Versions) -> str:
    standing = versions.standing
    if standing is not None:
        return _("Published edition %(number)s, %(day)s") % {
            "number": standing.number,
            "day": date_format(standing.frozen_at, "j F Y"),
        }
    return _("Working edition") if versions.is_working_public else _("Withdrawn")


def words(shown: Shown) -> dict[str, object]:
    """What the head of the page says of this edition and of the other ones."""
    versions = shown.versions
    found: dict[str, object] = {}
    if shown.frozen is not None:
        found["state_words"] = _(
            "Published edition %(number)s, as it was on %(day)s: text and figures do not change."
        ) % {"number": shown.frozen.number, "day": date_format(shown.frozen.frozen_at, "j F Y")}
        if versions.is_working_public:
            found["other_words"] = _("The working edition follows the records.")
            found["other_url"] = _url(versions, "edition", edition=WORKING)
            found["changes_words"] = _("Changed since publication")
            number = str(shown.frozen.number)
            found["changes_url"] = _url(versions, "changes", edition=number)
        return found
    found["state_words"] = _working_words(shown)
    if versions.standing is not None:
        found["other_words"] = _("The published edition stays as it was.")
        found["other_url"] = _url(versions, "edition", edition=str(versions.standing.number))
    if versions.report.cut_off_on != shown.head.cut_off_on:
        found["changes_words"] = _("Compare with the cut-off date")
        day = shown.head.cut_off_on.isoformat()
        found["changes_url"] = _url(versions, "changes", edition=WORKING, **{"with": day})
    return found


def _working_words(shown: Shown) -> str:
    sentence = _("Working edition: its figures follow the records.")
    if shown.head.cut_off_on != shown.versions.report.cut_off_on:
        sentence += " " + _(
            "It is shown as on %(day)s, and not as on its cut-off date, %(cut_off)s."
        ) % {
            "day": date_format(shown.head.cut_off_on, "j F Y"),
            "cut_off": date_format(shown.versions.report.cut_off_on, "j F Y"),
        }
    withdrawn = [item for item in shown.versions.frozen if publication.withdrawal_of(item)]
    if withdrawn and shown.versions.standing is None:
        withdrawal = publication.withdrawal_of(withdrawn[0])
        assert withdrawal is not None
        sentence += " " + _("Published edition %(number)s was withdrawn: %(reason)s") % {
            "number": withdrawn[0].number,
            "reason": withdrawal.reason,
        }
    return sentence


def _url(versions: Versions, view: str, **query: str) -> str:
    return reverse(f"editions:{view}", args=(versions.report.code,), query=query)
