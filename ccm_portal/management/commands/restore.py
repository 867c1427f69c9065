from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ccm_portal import backup
from reports.letters.sending import restoring


class Command(BaseCommand):
    help = _(
        "Puts a backup back in place of all that the database holds. Stop the portal first; "
        "whatever was entered after the backup is gone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("a file that `backup` wrote"))
        parser.add_argument(
            "--replace-everything",
            action="store_true",
            help=_("say that all that the database holds now may go"),
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not options["replace_everything"]:
            raise CommandError(
                _(
                    "This replaces all that the database holds: make a backup of it, then say "
                    "--replace-everything."
                )
            )
        try:
            contents = backup.read(path=file)
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(
            _("The portal stands as it did at %(moment)s, with %(count)s files.")
            % {"moment": contents.made_at[:16].replace("T", " "), "count": contents.file_count}
        )
        stopped = restoring.stop(now=timezone.now())
        if stopped.reminders_from or stopped.uncertain:
            self.stdout.write(
                _(
                    "No letter goes out: “reminders from” was %(day)s and is empty now, and "
                    "%(letters)s letters that waited are uncertain. Look into the mail server's "
                    "log for what went out since, decide about these, then set it again."
                )
                % {"day": stopped.reminders_from or "-", "letters": stopped.uncertain}
            )
