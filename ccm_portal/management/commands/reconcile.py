from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from actions.models import ProgressReport
from actions.reconciliation import rows, wording
from actions.reconciliation.answer import Reconciliation
from actions.reconciliation.values import Verdict
from ccm_portal.figures.vocabulary import nearest
from ccm_portal.management.question import FORMATS, as_csv, as_json
from ccm_portal.rest.table import Table


class Command(BaseCommand):
    help = _("What an official document printed against what the records give, and against itself.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help=_("the code of the edition, such as beirut-2011"))
        parser.add_argument("--format", default="text", choices=FORMATS, help=_("default: text"))
        parser.add_argument(
            "--checks",
            action="store_true",
            help=_("with csv: the checks of the document against itself instead of its figures"),
        )

    def handle(self, *args: Any, code: str, format: str, checks: bool, **options: Any) -> None:
        reconciliation = Reconciliation.load(edition(code))
        match format:
            case "json":
                self.stdout.write(as_json(rows.as_dict(reconciliation)))
            case "csv" if checks:
                found = rows.flat(rows.check_rows(reconciliation))
                self.stdout.write(as_csv(Table(rows.CHECK_COLUMNS, found)))
            case "csv":
                found = rows.flat(rows.figure_rows(reconciliation))
                self.stdout.write(as_csv(Table(rows.FIGURE_COLUMNS, found)))
            case _:
                self.stdout.write("\n".join(in_words(reconciliation)))


def edition(code: str) -> ProgressReport:
    """The edition with a code. Raises `CommandError` with the nearest known one."""
    reports = ProgressReport.objects.select_related("plan", "from_meeting", "until_meeting")
    found = reports.filter(code=code).first()
    if found is not None:
        return found
    message = _("No progress report has the code “%(code)s”.") % {"code": code[:60]}
    suggestion = nearest(code, reports.values_list("code", flat=True))
    if suggestion:
        message += " " + _("Did you mean “%(name)s”?") % {"name": suggestion}
    raise CommandError(message)


def in_words(reconciliation: Reconciliation) -> Iterator[str]:
    """The reconciliation for people: what differs, then what contradicts, then the rest."""
    yield wording.summary(reconciliation)
    for verdict in Verdict:
        found = [row for row in reconciliation.rows if row.verdict is verdict]
        if not found or verdict is Verdict.SAME:
            continue
        yield f"\n{wording.VERDICTS[verdict]} ({len(found)})"
        for row in found:
            numbers = _("printed %(printed)s, computed %(computed)s") % {
                "printed": wording.printed_value(row.printed) or "–",
                "computed": wording.own_value(row.own, printed=row.printed) or "–",
            }
            yield f"  {row.printed.key}  {row.printed.claim}: {numbers}"
            explanation = wording.explanation(row, reconciliation)
            if explanation:
                yield f"        {explanation}"
    yield "\n" + _("The document against itself") + f" ({len(reconciliation.contradictions)})"
    for check in reconciliation.contradictions:
        yield f"  {check.figure.key}  {check.figure.claim}"
        yield f"        {wording.question(check, reconciliation)}"
        yield f"        {wording.finding(check, reconciliation)}"
