"""The words in which the state of a letter is stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import TransparencyReport

OWED_KINDS = [
    (kind.value, kind.label)
    for kind in (TransparencyReport.Kind.INITIAL, TransparencyReport.Kind.ANNUAL)
]
"""The kinds of report that a letter may ask for; nobody owes a voluntary one."""


class Language(models.TextChoices):
    """The languages in which letters are written."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    ARABIC = "ar", _("Arabic")


class LetterStatus(models.TextChoices):
    """How a letter stands. `transitions.ALLOWED` says what may follow what."""

    DRAFTED = "drafted", _("Drafted")
    APPROVED = "approved", _("Approved")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    UNCERTAIN = "uncertain", _("Uncertain")
    CANCELLED = "cancelled", _("Cancelled")


class CancelledBecause(models.TextChoices):
    """Why a letter does not go out. After the first four, the ladder may call for a new attempt."""

    SUPERSEDED = "superseded", _("Superseded: it was no longer the letter of its day")
    REPORT_ARRIVED = "report_arrived", _("The report arrived")
    NOT_OWED = "not_owed", _("The report is no longer owed, or nobody can say that it is")
    HELD = "held", _("Held")
    ADDRESS_CHANGED = "address_changed", _("The address changed")
    BY_STAFF = "by_staff", _("Cancelled by the secretariat")


class SentBy(models.TextChoices):
    """How a letter that was sent went out."""

    MAIL = "mail", _("E-mail")
    OTHER = "other", _("Other means")


class RecipientRole(models.TextChoices):
    """The line of the message's head in which an address stands."""

    TO = "to", _("To")
    CC = "cc", _("Copy")


class Outcome(models.TextChoices):
    """What became of a letter at one address."""

    PENDING = "pending", _("Not handed over")
    ACCEPTED = "accepted", _("Accepted by the mail server")
    REFUSED = "refused", _("Refused by the mail server")
    UNKNOWN = "unknown", _("Not known")
    BOUNCED = "bounced", _("Bounced")
