from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.dates import date_format
from ccm_portal.management.question import QuestionCommand, as_csv, as_json
from ccm_portal.rest.table import Table
from states.register import Register
from states.status import STATUS_COLUMNS, StatusCount, status_rows

TEXT = gettext_lazy(
    """Convention on Cluster Munitions: status on %(day)s

%(states_parties)5d  States Parties, by deposit
%(in_force)5d      of them bound: the Convention is in force
%(signatories)5d  signatories that have not joined
%(states_not_party)5d  states not party
%(withdrawn)5d      of them withdrawn
%(states)5d  states in all

“State Party” has two meanings: the community counts a state from the day it deposits its
instrument; the Convention binds it from entry into force (Article 17)."""
)


class Command(QuestionCommand):
    help = _("Who is bound by the Convention on a day: numbers, or as CSV a row a state.")

    def answer(self, on: date, **options: Any) -> str:
        register = Register.load(on)
        match options["format"]:
            case "json":
                return as_json(StatusCount.of(register).as_dict())
            case "csv":
                return as_csv(Table(STATUS_COLUMNS, status_rows(register)))
            case _:
                return in_words(register)


def in_words(register: Register) -> str:
    """The numbers for people, both meanings of State Party side by side."""
    count = StatusCount.of(register).as_dict()
    day = date_format(register.on, "j F Y")
    return str(TEXT) % (count | {"day": day, "states": len(register.standings)})
