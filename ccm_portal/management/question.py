"""What the commands share that answer a question about a day: the day, the format, the refusals."""

import json
from abc import abstractmethod
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ccm_portal import as_of
from ccm_portal.rest.table import Table, write_csv
from states.models import State

FORMATS = ("text", "json", "csv")
LATEST = date(2199, 12, 31)
"""The last day that can be asked for: the annual reports are counted year by year up to it."""


class QuestionCommand(BaseCommand):
    """A command with `--on` and `--format` that writes its answer to standard output.

    Every date up to `LATEST` is allowed, the future too: what is recorded is taken to stand.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on",
            metavar="DATE",
            help=_("the day, such as 2011-08-20 (default: PORTAL_DATE, else today)"),
        )
        parser.add_argument("--format", default="text", choices=FORMATS, help=_("default: text"))

    def handle(self, *args: Any, on: str | None, **options: Any) -> None:
        day = read_day(on)
        require_register()
        self.stdout.write(self.answer(day, **options))

    @abstractmethod
    def answer(self, on: date, **options: Any) -> str:
        """The answer in the format that the options name."""


def read_day(text: str | None) -> date:
    """The day that was asked for, else the portal's.

    Raises `CommandError` for what is no date and for a day after `LATEST`.
    """
    if text is None:
        return as_of.default_day()
    try:
        day = as_of.parse(text)
    except ValueError:
        raise CommandError(
            _("“%(text)s” is not a date: write it as year-month-day, such as 2011-08-20.")
            % {"text": text[:40]}
        ) from None
    if day > LATEST:
        raise CommandError(
            _("%(day)s is too far ahead: choose a day up to %(latest)s.")
            % {"day": day.isoformat(), "latest": LATEST.isoformat()}
        )
    return day


def require_register() -> None:
    """Raises `CommandError` where there are no states: a row of zeros would be no answer."""
    if not State.objects.exists():
        raise CommandError(_("The register is empty: run `manage.py load_dataset` first."))


def as_json(answer: object) -> str:
    """JSON for people and scripts: indented, letters as they are."""
    return json.dumps(answer, ensure_ascii=False, indent=2)


def as_csv(table: Table) -> str:
    """CSV with the line ends of a terminal."""
    return write_csv(table).replace("\r\n", "\n")
