"""What states did, as verbs."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import TreatyAction

Kind = TreatyAction.Kind

_PERFORMED: dict[str, Promise] = {
    Kind.SIGNATURE: _("signed"),
    Kind.RATIFICATION: _("ratified"),
    Kind.ACCEPTANCE: _("accepted"),
    Kind.APPROVAL: _("approved"),
    Kind.ACCESSION: _("acceded"),
    Kind.SUCCESSION: _("succeeded"),
    Kind.PROVISIONAL_APPLICATION: _("declared provisional application"),
    Kind.WITHDRAWAL: _("notified withdrawal"),
}


def performed(kind: str) -> str:
    """The verb of a treaty action: “ratified” for a ratification."""
    return str(_PERFORMED[kind])
