"""Publishing plans, indicators and findings, and retracting findings that should not count.

To take back to draft says "not yet"; to retract says "this should never have counted", with the
reason, and it holds for every date.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from states import publishing
from states.publishing import Record, User

from . import soundness
from .models import Finding

# Stored in the history in English, and translated where it is shown.
RETRACTED = gettext_noop("Retracted")
REINSTATED = gettext_noop("Reinstated")


@transaction.atomic
def publish(*, records: Iterable[Record], by: User) -> list[Record]:
    """Publish drafts, all or none, as `states.publishing.publish` does and raises."""
    changed = publishing.publish(records=records, by=by)
    soundness.ensure(records=changed)
    return changed


@transaction.atomic
def withdraw(*, records: Iterable[Record], by: User) -> list[Record]:
    """Take published records back to draft, all or none; raises as `publish` does."""
    changed = publishing.withdraw(records=records, by=by)
    soundness.ensure(records=changed)
    return changed


def may_retract(finding: Finding, by: User) -> bool:
    """Whether somebody may retract a finding, or let it stand again.

    One that was published needs the permission to publish, a draft the one to change it.
    """
    if finding.is_published:
        return publishing.may_publish(by, Finding)
    return bool(getattr(by, "has_perm", lambda _name: False)("actions.change_finding"))


@transaction.atomic
def retract(*, findings: Iterable[Finding], reason: str, by: User) -> list[Finding]:
    """Take findings out of every figure of every date, for a reason that stays with them.

    The answer holds those that stood until now. Raises `PermissionDenied`, and `ValidationError`
    without a reason; then nothing is changed.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Say why it is retracted: the reason stays with the finding."))
    return _switch(findings, reason=reason, by=by)


@transaction.atomic
def reinstate(*, findings: Iterable[Finding], by: User) -> list[Finding]:
    """Let retracted findings stand again, as they were: drafts or published.

    Raises `PermissionDenied`, and `ValidationError` if the same has been recorded meanwhile.
    """
    return _switch(findings, reason="", by=by)


def _switch(findings: Iterable[Finding], *, reason: str, by: User) -> list[Finding]:
    findings = list(findings)
    publishing.lock_states(finding.state_id for finding in findings if finding.state_id)
    changed = []
    for stored in (
        Finding.objects.select_for_update()
        .filter(pk__in=[finding.pk for finding in findings])
        .order_by("pk")
    ):
        if not may_retract(stored, by):
            raise PermissionDenied(
                _("You may not retract findings or let them stand again: ask an editor.")
            )
        if stored.is_retracted == bool(reason):
            continue
        stored.retracted_at = timezone.now() if reason else None
        stored.retraction_reason = reason
        stored._history_user = by  # type: ignore[attr-defined]
        stored._change_reason = RETRACTED if reason else REINSTATED  # type: ignore[attr-defined]
        _save(stored)
        changed.append(stored)
    if not reason:
        soundness.ensure(records=changed)
    return changed


def _save(finding: Finding) -> None:
    try:
        with transaction.atomic():
            finding.save(update_fields=["retracted_at", "retraction_reason"])
    except IntegrityError:
        raise ValidationError(
            _("“%(finding)s” has been recorded anew from the same place: keep that one.")
            % {"finding": finding}
        ) from None
