"""`manage.py import_file KIND FILE [--dry-run]`: a spreadsheet into the register."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from actions import proposing
from ccm_portal import as_of
from ccm_portal.spreadsheets import RESOURCES
from states import exchange

PROPOSING = {"form-entries", "quantities"}
"""What reports say, from which findings are proposed."""


class Command(BaseCommand):
    help = (
        "Imports one CSV or XLSX file, whole or not at all, and says what became of every row. "
        "What is new lands as a draft; what is published is not changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=RESOURCES, help="what the rows are")
        parser.add_argument("file", type=Path, help="the CSV or XLSX file")
        parser.add_argument(
            "--dry-run", action="store_true", help="give the same account and write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(
                _("The file %(file)s cannot be read: %(reason)s.")
                % {"file": file, "reason": error.strerror}
            ) from None
        account = exchange.import_file(
            kind=options["kind"],
            data=data,
            filename=file.name,
            dry_run=options["dry_run"],
            resources=RESOURCES,
        )
        for line in account.lines():
            self.stdout.write(line)
        if account.is_refused:
            raise CommandError(account.verdict())
        if options["kind"] in PROPOSING and not options["dry_run"]:
            self._propose()
        self.stdout.write(account.verdict())

    def _propose(self) -> None:
        """Draft findings from what reports say now; a report that says the same proposes none."""
        outcome = proposing.propose_all(today=as_of.today(), by=None)
        if outcome != proposing.Outcome():
            self.stdout.write(
                _("Proposed findings: %(added)s new, %(changed)s changed, %(removed)s taken away")
                % vars(outcome)
            )
