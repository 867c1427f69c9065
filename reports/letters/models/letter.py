"""A reminder letter, whom it is for, and all that happened to it.

**Key.** (`state`, `kind`, `period`, `stage`, `occurrence`, `attempt`), unique in the database. The
due date is no part of it: it moves when a mistake in the register is corrected.

**What it says** (`number` to `sha256`) is rendered once, at drafting, and never changes: a trigger
in the database refuses that. It is dated (`dated_on`) and states the lateness of that day; from
`valid_until` on it is no longer the letter of the day and must not go out.

**How it stands.** `status` moves by `transitions.move` alone, which writes the `LetterEvent` of
each change in the same transaction.

- Approval writes `approved_sha256`, the hash of what was previewed; a letter whose `sha256` is
  another cannot leave `drafted`: the database refuses it.
- A claim (`approved`, or a `failed` one that is due -> `sending`) writes a new `claim_token` and
  `lease_until`, counts `attempts` up and empties `handover_started_at`. Whoever holds the token,
  and nobody else, may move the letter on (`move(..., where={"claim_token": token})`).
- Handing over sets `handover_started_at`, committed before the first byte goes to the mail server.
- A lease that ran out without it goes back to `approved`, with it to `uncertain`.
- `sent` writes `sent_at` and `sent_by`; `failed` writes `next_attempt_at`, None where nobody tries
  again. What became of each address is in `LetterRecipient`.
"""

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from states.models import Contact, State

from .stages import LetterStage
from .vocabulary import (
    OWED_KINDS,
    CancelledBecause,
    Language,
    LetterStatus,
    Outcome,
    RecipientRole,
    SentBy,
)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters."""

    def open(self) -> "LetterQuerySet":
        """Those that may still go out."""
        return self.filter(
            status__in=[
                LetterStatus.DRAFTED,
                LetterStatus.APPROVED,
                LetterStatus.SENDING,
                LetterStatus.FAILED,
            ]
        )

    def without_content(self) -> "LetterQuerySet":
        """The same letters, without loading what is long."""
        return self.defer("text", "html", "pdf")


class Letter(models.Model):
    """One letter to one state about one report that it owes."""

    # Key
    state = models.ForeignKey(
        State, on_delete=models.PROTECT, related_name="letters", verbose_name=_("state")
    )
    kind = models.CharField(_("report"), max_length=10, choices=OWED_KINDS)
    period = models.PositiveSmallIntegerField(
        _("year or deposit"),
        help_text=_(
            "Of an annual report the calendar year that it covers; of an initial report, which "
            "deposit of the state it follows: 1 for the first."
        ),
    )
    stage = models.ForeignKey(
        LetterStage, on_delete=models.PROTECT, related_name="letters", verbose_name=_("stage")
    )
    occurrence = models.PositiveSmallIntegerField(
        _("occurrence"), default=0, help_text=_("How often the stage had come before: 0 at first.")
    )
    attempt = models.PositiveSmallIntegerField(
        _("attempt"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("1; more where the same letter was written anew."),
    )

    # What it says
    number = models.CharField(_("number"), max_length=80, unique=True)
    language = models.CharField(_("language"), max_length=10, choices=Language.choices)
    dated_on = models.DateField(_("dated"))
    due_on = models.DateField(_("report due on"))
    days_late = models.IntegerField(
        _("days late"),
        help_text=_("On the day of the letter; negative before the due date."),
    )
    sender = models.CharField(_("from"), max_length=500, help_text=_("As in the message's head."))
    reply_to = models.CharField(_("replies to"), max_length=254, blank=True)
    message_id = models.CharField(
        _("Message-ID"),
        max_length=255,
        unique=True,
        help_text=_(
            "Without its brackets. The same however often sending is tried, so that a double "
            "can be told."
        ),
    )
    subject = models.CharField(_("subject"), max_length=500)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))
    pdf = models.BinaryField(_("PDF"))
    sha256 = models.CharField(
        _("hash"), max_length=64, help_text=_("Over all that the letter says and whom it is for.")
    )
    valid_until = models.DateField(
        _("valid until"), help_text=_("The first day on which it no longer goes out.")
    )
    needs_approval = models.BooleanField(_("needs approval"))
    needs_approval_because = models.CharField(_("why"), max_length=200, blank=True)
    resend_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resent_as",
        verbose_name=_("written anew for"),
    )
    created_at = models.DateTimeField(_("drafted at"))

    # How it stands
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=LetterStatus.choices,
        default=LetterStatus.DRAFTED,
        db_index=True,
    )
    cancelled_because = models.CharField(
        _("cancelled because"), max_length=20, choices=CancelledBecause.choices, blank=True
    )
    approved_sha256 = models.CharField(_("hash that was approved"), max_length=64, blank=True)
    claim_token = models.UUIDField(_("claim"), null=True, blank=True)
    lease_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    handover_started_at = models.DateTimeField(_("handed over from"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("times tried"), default=0)
    next_attempt_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = models.CharField(_("sent by"), max_length=10, choices=SentBy.choices, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-created_at", "-pk")
        default_permissions = ("view",)
        permissions = [
            ("approve_letter", "Can approve, cancel and resend letters"),
            ("record_letter", "Can record replies, bounces and letters sent by other means"),
        ]
        indexes = [
            models.Index(fields=["status", "next_attempt_at"], name="letter_to_try"),
            models.Index(fields=["status", "lease_until"], name="letter_lease"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "kind", "period", "stage", "occurrence", "attempt"],
                name="letter_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["drafted", "cancelled"])
                | Q(sent_by=SentBy.OTHER)
                | Q(approved_sha256=F("sha256")),
                name="letter_approved_as_previewed",
            ),
            models.CheckConstraint(
                condition=~Q(status="sending")
                | Q(claim_token__isnull=False, lease_until__isnull=False),
                name="letter_sending_is_claimed",
            ),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) & ~Q(sent_by="")
                | ~Q(status="sent") & Q(sent_at__isnull=True, sent_by=""),
                name="letter_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled") & ~Q(cancelled_because="")
                | ~Q(status="cancelled") & Q(cancelled_because=""),
                name="letter_cancelled_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number


def new_message_id(sender_email: str) -> str:
    """A Message-ID that nobody else has, in the sender's domain, without its brackets."""
    domain = sender_email.rpartition("@")[2] or "localhost"
    return f"{uuid.uuid4().hex}@{domain}"


class LetterRecipient(models.Model):
    """An address to which a letter goes, as it was at drafting, and what became of it there.

    `code` and `answer` are the mail server's, or the bounce's.
    """

    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, related_name="recipients", verbose_name=_("letter")
    )
    role = models.CharField(_("role"), max_length=2, choices=RecipientRole.choices)
    contact = models.ForeignKey(
        Contact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact"),
        help_text=_("Empty for a further copy, and where the contact was deleted since."),
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"))
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.PENDING
    )
    outcome_at = models.DateTimeField(_("since"), null=True, blank=True)
    code = models.PositiveSmallIntegerField(_("code"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ("letter", "-role", "pk")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["letter", "email"], name="letterrecipient_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


class LetterEvent(models.Model):
    """One change of a letter: when, by whom, why. Never changed, never deleted.

    `from_status` is empty for the drafting; both are equal for what changed no status, such as a
    bounce. `by` None is the portal itself. `sha256`: what was approved, where it was.
    """

    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, related_name="events", verbose_name=_("letter")
    )
    at = models.DateTimeField(_("at"))
    from_status = models.CharField(
        _("from"), max_length=10, choices=LetterStatus.choices, blank=True
    )
    to_status = models.CharField(_("to"), max_length=10, choices=LetterStatus.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.TextField(_("reason"), blank=True)
    sha256 = models.CharField(_("hash"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("event of a letter")
        verbose_name_plural = _("events of letters")
        ordering = ("letter", "pk")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_to_status_display()}"
