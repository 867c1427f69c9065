from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ccm_portal import backup


class Command(BaseCommand):
    help = _("Writes the whole database and every uploaded file into one file. The portal may run.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", help=_("the new file (default: in var/backups/)")
        )

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        now = timezone.now()
        path = file or settings.VAR_DIR / "backups" / f"portal-{now:%Y-%m-%d-%H%M%S}.tar"
        try:
            contents = backup.write(path=path, now=now)
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Wrote %(path)s: the database and %(count)s files.")
            % {"path": path, "count": contents.file_count}
        )
