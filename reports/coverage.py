"""Up to which day the secretariat may vouch that its entries are complete."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from ccm_portal.as_of import EARLIEST

from .deadlines import ARTICLES
from .models import TransparencyReport

OWED_KINDS = [
    (value, label) for value, label in TransparencyReport.Kind.choices if value in ARTICLES
]
"""The kinds of report that somebody owes, with their labels."""


def refusals(*, complete_through: date, today: date) -> Iterator[str]:
    """Why entries cannot be complete through a day. `today` is the real date."""
    if complete_through > today:
        yield _("Nobody can vouch for days to come: choose today or an earlier day.")
    if complete_through < EARLIEST:
        yield _("Choose a day from 3 December 2008 on, when the Convention was opened.")
