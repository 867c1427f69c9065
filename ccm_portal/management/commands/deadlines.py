from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ccm_portal.management.question import QuestionCommand, as_csv, as_json
from ccm_portal.rest.table import Table
from reports.deadlines import ReportDeadline, Reporting
from reports.explanations import state_sentence
from reports.rows import COLUMNS, rows


class Command(QuestionCommand):
    help = _("Which report was due from whom, and how it stands on a day; with the next of each.")

    def answer(self, on: date, **options: Any) -> str:
        deadlines = Reporting.load().on(on)
        match options["format"]:
            case "json":
                return as_json(rows(deadlines))
            case "csv":
                return as_csv(Table(COLUMNS, rows(deadlines)))
            case _:
                return "\n".join(in_words(deadline) for deadline in deadlines)


def in_words(deadline: ReportDeadline) -> str:
    """One owed report on a line: state, report, due date and how it stands."""
    report = _("initial report")
    if deadline.year:
        report = _("annual report %(year)s") % {"year": deadline.year}
    return _("%(state)s, %(report)s, due %(due)s: %(sentence)s") % {
        "state": deadline.standing.state.name,
        "report": report,
        "due": date_format(deadline.due_on, "j F Y"),
        "sentence": state_sentence(deadline),
    }
