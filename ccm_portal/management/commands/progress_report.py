"""`manage.py progress_report CODE --format docx -o FILE`: an edition as a file."""

import secrets
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.editions import publication
from actions.editions.publication import Versions
from actions.editions.setting import FILES, SetEdition
from actions.editions.shown import Shown
from actions.editions.source import Source
from actions.models import ProgressReport
from ccm_portal.management.question import read_day


class Command(BaseCommand):
    help = _("Writes an edition of the progress report: as it was published, else as it stands.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help=_("the code of the edition, such as beirut-2011"))
        parser.add_argument("--format", required=True, choices=FILES)
        parser.add_argument(
            "-o",
            "--output",
            type=Path,
            required=True,
            help=_("the file to write; - for the screen"),
        )
        parser.add_argument(
            "--live", action="store_true", help=_("as it stands, also where it was published")
        )
        parser.add_argument(
            "--on", metavar="DATE", help=_("as it stands, on another day than its cut-off date")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        versions = _versions(options["code"])
        form: str = options["format"]
        frozen = versions.standing
        if frozen is not None and not options["live"] and options["on"] is None:
            shown = Shown.find(versions, str(frozen.number), None)
            assert shown is not None
            data = shown.file(form)
        else:
            data = FILES[form][1](self._working(versions, options["on"]))
        self._write(options["output"], data)

    def _working(self, versions: Versions, on: str | None) -> SetEdition:
        source = Source.of(versions.report)
        if on is not None:
            source = source.on(read_day(on))
        edition = publication.working(source, at=timezone.now())
        for mistake in edition.edition.mistakes:
            self.stderr.write(str(mistake))
        return edition

    def _write(self, path: Path, data: bytes) -> None:
        if str(path) == "-":
            self.stdout.buffer.write(data)  # type: ignore[attr-defined]
            return
        try:
            _write_whole(path, data)
        except OSError as error:
            raise CommandError(
                _("The file %(file)s cannot be written: %(reason)s.")
                % {"file": path, "reason": error.strerror}
            ) from None
        self.stdout.write(
            _("%(file)s: %(size)s bytes written.") % {"file": path, "size": len(data)}
        )


def _versions(code: str) -> Versions:
    try:
        return Versions.load(code)
    except ProgressReport.DoesNotExist:
        known = ", ".join(ProgressReport.objects.values_list("code", flat=True)) or _("none")
        raise CommandError(
            _("There is no progress report with the code “%(code)s”; there are: %(known)s.")
            % {"code": code, "known": known}
        ) from None


def _write_whole(path: Path, data: bytes) -> None:
    """Writes the file whole or not at all: a full disk leaves what was there before.

    What is not a plain file, such as a pipe, is written to directly. Raises `OSError`.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        path.write_bytes(data)
        return
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
