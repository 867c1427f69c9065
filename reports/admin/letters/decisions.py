"""The forms on the page of a letter: what staff may decide about it, as it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ccm_portal.as_of import today
from reports.letters import deciding
from reports.letters.models import LetterStatus
from reports.letters.planning import Plan
from reports.models import Letter
from states.admin.dates import DATE_FIELDS

S = LetterStatus


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why"), max_length=5000, widget=AdminTextareaWidget(attrs={"rows": 2})
    )


class DayForm(forms.Form):
    """When, and how or what."""

    on = forms.DateField(label=_("On"), **DATE_FIELDS[models.DateField])
    reason = forms.CharField(
        label=_("How, or what it says"),
        max_length=5000,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
    )


@dataclass(frozen=True)
class Decision:
    """One thing that staff may do with a letter: when, with which permission, and what it does.

    `act` gives the letter to show afterwards.
    """

    name: str
    label: str | Promise
    help: str | Promise
    permission: str
    form: type[forms.Form]
    statuses: frozenset[LetterStatus]
    act: Callable[[Letter, dict[str, Any], Any], Letter]


def _cancel(letter: Letter, entered: dict[str, Any], by: Any) -> Letter:
    done = deciding.cancel(letters=[letter], reason=entered["reason"], by=by, now=timezone.now())
    if done.refusals:
        raise forms.ValidationError(list(done.refusals))
    return letter


def _resend(letter: Letter, entered: dict[str, Any], by: Any) -> Letter:
    return deciding.resend(
        letter=letter,
        reason=entered["reason"],
        by=by,
        plan=Plan.load(today()),
        now=timezone.now(),
    )


def _try_again(letter: Letter, entered: dict[str, Any], by: Any) -> Letter:
    deciding.try_again(letter=letter, reason=entered["reason"], by=by, now=timezone.now())
    return letter


def _arrived(letter: Letter, entered: dict[str, Any], by: Any) -> Letter:
    deciding.arrived(letter=letter, reason=entered["reason"], by=by, now=timezone.now())
    return letter


def _sent_otherwise(letter: Letter, entered: dict[str, Any], by: Any) -> Letter:
    deciding.sent_otherwise(
        letter=letter,
        on=entered["on"],
        how=entered["reason"],
        by=by,
        today=today(),
        now=timezone.now(),
    )
    return letter


def _reply(letter: Letter, entered: dict[str, Any], by: Any) -> Letter:
    deciding.record_reply(
        letter=letter,
        received_on=entered["on"],
        summary=entered["reason"],
        by=by,
        today=today(),
        now=timezone.now(),
    )
    return letter


DECISIONS = (
    Decision(
        "arrived",
        _("It did arrive"),
        _("Ask the mission, or look into the mail server's log."),
        deciding.RECORD,
        ReasonForm,
        frozenset({S.UNCERTAIN}),
        _arrived,
    ),
    Decision(
        "try-again",
        _("Send it once more"),
        _("The same letter with the same Message-ID: a reader who has it already can tell."),
        deciding.APPROVE,
        ReasonForm,
        frozenset({S.FAILED, S.UNCERTAIN}),
        _try_again,
    ),
    Decision(
        "sent-otherwise",
        _("Record that it went out by other means"),
        _("By hand, by post, through another mailbox."),
        deciding.RECORD,
        DayForm,
        frozenset({S.DRAFTED, S.APPROVED, S.FAILED, S.UNCERTAIN}),
        _sent_otherwise,
    ),
    Decision(
        "reply",
        _("Record a reply"),
        _("What the state answered, by whatever way."),
        deciding.RECORD,
        DayForm,
        frozenset({S.SENT, S.UNCERTAIN}),
        _reply,
    ),
    Decision(
        "resend",
        _("Write it anew"),
        _("A new letter with today's lateness and addresses, which waits for approval."),
        deciding.APPROVE,
        ReasonForm,
        frozenset({S.DRAFTED, S.APPROVED, S.SENT, S.FAILED, S.UNCERTAIN, S.CANCELLED}),
        _resend,
    ),
    Decision(
        "cancel",
        _("Cancel it"),
        _("It does not go out, and the ladder does not call for it again."),
        deciding.APPROVE,
        ReasonForm,
        frozenset({S.DRAFTED, S.APPROVED, S.FAILED, S.UNCERTAIN}),
        _cancel,
    ),
)


def possible(letter: Letter, by: Any) -> list[Decision]:
    """What somebody may decide about a letter as it stands."""
    return [
        decision
        for decision in DECISIONS
        if letter.status in decision.statuses and by.has_perm(decision.permission)
    ]


WHAT_TO_DO = {
    S.DRAFTED: _("It waits for approval. Read it below as its reader will, then approve it."),
    S.APPROVED: _("It goes out with the next run, unless something speaks against it by then."),
    S.SENDING: _("It is being handed to the mail server at this moment."),
    S.SENT: _("It went out. What was sent stands below and never changes."),
    S.FAILED: _(
        "It did not go out. Where a next try is set, nothing needs to be done; else mend the "
        "address or the mail server, then send it once more."
    ),
    S.UNCERTAIN: _(
        "The connection was lost while the mail server took it: it may have arrived, or not. The "
        "portal does not send it twice. Ask the mission, then say below what happened."
    ),
    S.CANCELLED: _("It does not go out."),
}
