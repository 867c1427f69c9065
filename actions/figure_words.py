"""A figure's number in plain words, where it stands by itself: “14 states”, “30.4 per cent”."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.figures import Figure, Kind

from .wording import measured


def figure_in_words(figure: Figure) -> str:
    """What is certain, with its unit."""
    if figure.total is None:
        return _("no share: the whole is empty")
    if figure.kind in {Kind.SHARE, Kind.GROWTH}:
        shown = number_format(Decimal(figure.total).normalize(), use_l10n=True)
        if Decimal(figure.total) == int(figure.total):
            shown = str(int(figure.total))
        return _("%(number)s per cent") % {"number": shown}
    if figure.unit == "states":
        return counted_states(figure.count)
    if figure.unit == "organisations":
        return ngettext("%(count)d organisation", "%(count)d organisations", figure.count) % {
            "count": figure.count
        }
    if figure.unit == "actors":
        return ngettext(
            "%(count)d state or organisation", "%(count)d states and organisations", figure.count
        ) % {"count": figure.count}
    return measured(figure.total, figure.unit)


def counted_states(count: int) -> str:
    """“1 state”, “14 states”."""
    return ngettext("%(count)d state", "%(count)d states", count) % {"count": count}
