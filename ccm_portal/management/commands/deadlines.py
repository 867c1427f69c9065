from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from actions.duties import Duty, words
from actions.duties.joined import COLUMNS, Deadline, Deadlines, rows, state_sentence
from ccm_portal.dates import date_format
from ccm_portal.management.question import QuestionCommand, as_csv, as_json
from ccm_portal.rest.table import Table


class Command(QuestionCommand):
    help = _(
        "Which report or duty was due from whom, and how it stands on a day; with the next of each."
    )

    def answer(self, on: date, **options: Any) -> str:
        deadlines = Deadlines.load(on).all()
        match options["format"]:
            case "json":
                return as_json(rows(deadlines))
            case "csv":
                return as_csv(Table(COLUMNS, rows(deadlines)))
            case _:
                return "\n".join(in_words(deadline) for deadline in deadlines)


def in_words(deadline: Deadline) -> str:
    """One deadline on a line: state, what is owed, due date and how it stands."""
    return _("%(state)s, %(owed)s, due %(due)s: %(sentence)s") % {
        "state": deadline.standing.state.name,
        "owed": _owed(deadline),
        "due": date_format(deadline.due_on, "j F Y"),
        "sentence": state_sentence(deadline),
    }


def _owed(deadline: Deadline) -> str:
    if isinstance(deadline, Duty):
        return words.title(deadline.kind)
    if deadline.year:
        return _("annual report %(year)s") % {"year": deadline.year}
    return _("initial report")
