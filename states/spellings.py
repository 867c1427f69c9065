"""Why a search found a state whose name of the day says something else."""

from datetime import date

from django.utils.translation import gettext as _

from ccm_portal.dates import date_format

from .models import StateName
from .names import NameBook, NameRow, fold
from .register import Standing

Kind = StateName.Kind


def reason(standing: Standing, text: str, names: NameBook) -> str:
    """A sentence on the name by which a text means a state; "" where its name of the day does.

    The nearest reading wins: a former or later short name, the formal name, another spelling.
    """
    wanted = fold(text)
    if not wanted or wanted in fold(standing.state.name):
        return ""
    found = [row for row in names.of_state(standing.state.id) if wanted in fold(row.name)]
    order = {Kind.SHORT.value: 0, Kind.FORMAL.value: 1, Kind.SPELLING.value: 2}
    found.sort(key=lambda row: (order[row.kind], not row.holds(standing.on)))
    return _sentence(found[0], standing.on) if found else ""


def _sentence(row: NameRow, on: date) -> str:
    name = {"name": row.name}
    if row.kind == Kind.SPELLING:
        return _("Also written “%(name)s”.") % name
    if row.valid_until is not None and row.valid_until <= on:
        return _("“%(name)s” was the name of this State until %(day)s.") % {
            "day": date_format(row.valid_until, "F Y"),
            **name,
        }
    if row.valid_from is not None and row.valid_from > on:
        return _("“%(name)s” is the name of this State from %(day)s.") % {
            "day": date_format(row.valid_from, "F Y"),
            **name,
        }
    if row.kind == Kind.FORMAL:
        return _("Formal name: %(name)s.") % name
    return _("“%(name)s” is another name of this State.") % name
