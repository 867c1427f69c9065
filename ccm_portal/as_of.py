"""The date that a page speaks of: chosen once, at the edge, and passed on from there.

A page shows the world as it stood on `request.as_of.day`: the query parameter `as_of`, else the
setting PORTAL_DATE, else today. Entering data never uses it: there the day is `today()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

PARAMETER = "as_of"
EARLIEST = date(2008, 12, 3)
"""The day on which the Convention was opened for signature: before it there is nothing to show."""


class WrongDate(ValueError):
    """The date that was asked for cannot be shown; the message says why in a sentence."""


@dataclass(frozen=True)
class AsOf:
    """The day a page speaks of, and whether the reader asked for it (`is_chosen`) or not."""

    day: date
    is_chosen: bool
    today: date

    @property
    def is_today(self) -> bool:
        return self.day == self.today


def today() -> date:
    """The real date (UTC). The only place that reads the clock for a date."""
    return timezone.now().date()


def default_day() -> date:
    """The day shown when nobody asks for one: PORTAL_DATE, else today."""
    return settings.PORTAL_DATE or today()


def parse(text: str) -> date:
    """A day written as 2011-08-20. Raises ValueError for any other writing, ISO weeks too."""
    day = date.fromisoformat(text)
    if text != day.isoformat():
        raise ValueError(text)
    return day


def read(text: str | None) -> AsOf:
    """The day that a query parameter asks for; None or "" asks for none.

    Raises `WrongDate` for what is not a date, for a day before the Convention was opened for
    signature and for a day to come.
    """
    now = today()
    if not text:
        return AsOf(day=default_day(), is_chosen=False, today=now)
    try:
        day = parse(text)
    except ValueError:
        raise WrongDate(
            _("“%(text)s” is not a date: write it as year-month-day, such as 2011-08-20.")
            % {"text": text[:40]}
        ) from None
    if day < EARLIEST:
        raise WrongDate(
            _(
                "The Convention was opened for signature on 3 December 2008: "
                "choose that day or a later one."
            )
        )
    if day > now:
        raise WrongDate(_("This day lies in the future: choose today or an earlier day."))
    return AsOf(day=day, is_chosen=True, today=now)


class AsOfMiddleware:
    """Gives every public request its `as_of`, and answers a wrong date with a friendly 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.as_of = read(request.GET.get(PARAMETER))  # type: ignore[attr-defined]
        except WrongDate as error:
            request.as_of = read(None)  # type: ignore[attr-defined]
            if request.path.startswith("/api/"):
                request.wrong_date = str(error)  # type: ignore[attr-defined]
                return self.get_response(request)
            return render(request, "400.html", {"reason": str(error)}, status=400)
        return self.get_response(request)
