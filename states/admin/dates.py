"""Dates as lawyers type them: 2011-08-20, 20.8.2011 or 20/08/2011, the same in every language."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

DISPLAY = "%Y-%m-%d"
ACCEPTED = (DISPLAY, "%d.%m.%Y", "%d/%m/%Y")


class DateWidget(AdminDateWidget):
    """A date with its calendar; always shown as 2011-08-20, which nobody can misread."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # The calendar's own script reads and writes the format of the page's language, and all
        # of these are accepted; day and month are never guessed the American way.
        super().__init__(attrs={"placeholder": "2011-08-20"} | (attrs or {}), format=DISPLAY)


DATE_FIELDS: dict[type[Any], dict[str, Any]] = {
    models.DateField: {
        "widget": DateWidget,
        "input_formats": ACCEPTED,
        "error_messages": {
            "invalid": _("This is not a date: write it as 2011-08-20, 20.8.2011 or 20/08/2011.")
        },
    }
}


def shown(day: date | None) -> str:
    """A date as lists show it: as it is typed."""
    return day.strftime(DISPLAY) if day else ""


def column(field: str, description: Any) -> Callable[[models.Model], str]:
    """A column of a list that shows a date field, and can be sorted by it."""

    @admin.display(description=description, ordering=field)
    def day(record: models.Model) -> str:
        return shown(getattr(record, field))

    day.__name__ = field
    return day
