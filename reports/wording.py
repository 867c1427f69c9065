"""Short words for marks, rows and counts; whole sentences are in `explanations`."""

from collections.abc import Iterable

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ccm_portal.dates import date_format
from states.register import Standing

from .deadlines import Kind
from .state_of_play import Play, Receipt, StateOfPlay

SHORT_LABELS = {
    StateOfPlay.IN_TIME: gettext_lazy("in time"),
    StateOfPlay.RECEIVED: gettext_lazy("in, day not known"),
    StateOfPlay.LATE: gettext_lazy("in, late"),
    StateOfPlay.OVERDUE: gettext_lazy("overdue"),
    StateOfPlay.NOT_KNOWN: gettext_lazy("not known"),
    StateOfPlay.NOT_DUE: gettext_lazy("not yet due"),
    StateOfPlay.NOT_ENTERED: gettext_lazy("not entered"),
}
"""In the order in which counts and legends name them."""

KIND_LABELS = {
    Kind.INITIAL: gettext_lazy("Initial reports"),
    Kind.ANNUAL: gettext_lazy("Annual reports"),
}


def title(kind: str, year: int | None) -> str:
    """Which report it is: “Initial report”, “Annual report for 2011”."""
    if kind == Kind.ANNUAL:
        return annual_title(year)
    return _("Initial report")


def annual_title(year: int | None) -> str:
    """The annual report that covers a calendar year."""
    return _("Annual report for %(year)s") % {"year": year}


def in_brief(play: Play, receipt: Receipt | None) -> str:
    """How a report stands, in the few words that fit beside its mark."""
    match play.state:
        case StateOfPlay.OVERDUE:
            return days_over(play.days_late or 0)
        case StateOfPlay.NOT_KNOWN:
            words = receipt_in_brief(receipt)
            return _("%(when)s, day open") % {"when": words} if words else _("not known")
        case StateOfPlay.NOT_ENTERED:
            return _("not entered")
        case StateOfPlay.NOT_DUE:
            return ""
    return receipt_in_brief(receipt)


def receipt_in_brief(receipt: Receipt | None) -> str:
    """“25 Jan 2011”, “Jan 2011”, “2011”, “5 Jan–9 Mar 2011”; "" where no day is known."""
    if receipt is None or receipt.earliest is None or receipt.not_after is None:
        return ""
    first, last = receipt.earliest, receipt.not_after
    if first == last:
        return date_format(last, "j M Y")
    if (first.year, first.month) == (last.year, last.month):
        return date_format(last, "M Y")
    if first.year == last.year:
        is_whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        return (
            str(last.year)
            if is_whole_year
            else (f"{date_format(first, 'j M')}–{date_format(last, 'j M Y')}")
        )
    return f"{date_format(first, 'j M Y')}–{date_format(last, 'j M Y')}"


def days_over(days: int) -> str:
    """How long a report is overdue."""
    return ngettext("%(days)s day over", "%(days)s days over", days) % {
        "days": number_format(days, force_grouping=True)
    }


def days_left(days: int) -> str:
    """How many days are left until a day to come."""
    if days == 0:
        return _("on this day")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {
        "days": number_format(days, force_grouping=True)
    }


def number_link(count: int, url: str, *, in_words: bool = False) -> SafeString:
    """A count that leads to what was counted: digits, or in prose words to nine."""
    text = str(apnumber(count)) if in_words and count else number_format(count, force_grouping=True)
    return phrase_link(text, url)


def phrase_link(text: str, url: str) -> SafeString:
    """Words that stand for a number and lead to what was counted."""
    return format_html('<a class="number" href="{}">{}</a>', url, text)


def named(states: Iterable[tuple[Standing, str]]) -> SafeString:
    """States by name, each a link: “Canada, Palau”."""
    return format_html_join(
        ", ", '<a href="{}">{}</a>', ((url, standing.state.name) for standing, url in states)
    )
