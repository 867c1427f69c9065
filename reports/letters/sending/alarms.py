"""What somebody should know of: raised once, told by mail once, and shown in the admin."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from ccm_portal.mail import Outcome, Result, transport_of_settings
from reports.letters.models import Alarm, Letter, LetterSettings, LetterStatus

from . import pausing
from .runs import JobHealth, health

logger = logging.getLogger(__name__)

MAILED_WITHIN = timedelta(minutes=10)
"""How long an alarm may wait for its mail before the admin says that it could not be sent."""


def watch(*, now: datetime) -> tuple[JobHealth, ...]:
    """Look after the jobs, raise an alarm for each that is missing, and mail what was not mailed.

    An alarm is raised once a day as long as a job is missing. Safe to call often, from anywhere,
    and by several processes at once: the sweep calls it, and the health page does too, because a
    schedule that stands still cannot say so itself.
    """
    jobs = health(now=now)
    for job in jobs:
        if job.is_missed:
            _raise_missed(job, now)
        if job.is_expected and job.has_failed:
            _raise_failed(job, now)
    raise_if_paused(now=now)
    mail(now=now)
    return jobs


def raise_alarm(*, key: str, subject: str, text: str, now: datetime) -> Alarm | None:
    """Raise an alarm, None if this one was raised before."""
    alarm, is_new = Alarm.objects.get_or_create(
        key=key[:200], defaults={"raised_at": now, "subject": subject[:200], "text": text}
    )
    if not is_new:
        return None
    logger.error("%s: %s", alarm.subject, " ".join(text.split()))
    return alarm


def raise_for_letters(letter_ids: Iterable[int], *, now: datetime) -> None:
    """Raise an alarm for each of some letters that a person must look at now."""
    ids = list(letter_ids)
    if not ids:
        return
    letters = Letter.objects.without_content().select_related("state").filter(pk__in=ids)
    for letter in letters:
        if letter.status == LetterStatus.UNCERTAIN:
            text = _(
                "Nobody can know whether the mail server took letter %(number)s. Look whether it "
                "arrived, then say so in the portal, or send it again."
            )
        elif letter.status == LetterStatus.FAILED and letter.next_attempt_at is None:
            text = _("Letter %(number)s could not be sent and is not tried again.")
        else:
            continue
        raise_alarm(
            key=f"letter:{letter.pk}:{letter.status}:{letter.attempts}",
            subject=_("A letter needs a decision: %(number)s") % {"number": letter.number},
            text=text % {"number": letter.number},
            now=now,
        )


def raise_if_paused(*, now: datetime) -> None:
    """Raise an alarm where sending pauses: one for each time that the mail server began it."""
    pause = pausing.current()
    if pause is None:
        return
    raise_alarm(
        key=f"paused:{pause.since:%Y-%m-%dT%H:%M:%S}",
        subject=_("Sending of letters pauses"),
        text=_(
            "The mail server left %(letters)s letters in a row without an answer. Nothing goes out "
            "until %(until)s (UTC); then one letter is tried, and the others follow when it is "
            "taken."
        )
        % {"letters": pause.letters, "until": f"{pause.until:%Y-%m-%d %H:%M}"}
        + "\n"
        + _(
            "Look into the mail server's log. Say of each of these letters whether it arrived, or "
            "send it again: when all but two are decided, sending goes on at once."
        ),
        now=now,
    )


def mail(*, now: datetime) -> int:
    """Tell the secretariat by mail of what was not told yet; how many mails went out."""
    to = LetterSettings.current().warn_email
    if not to:
        return 0
    return sum(
        _mail(alarm, to, now)
        for alarm in Alarm.objects.filter(mailed_at__isnull=True).order_by("pk")[:20]
    )


def unmailed(*, now: datetime) -> int:
    """How many alarms should have been mailed by now and could not be: the admin alone tells."""
    if not LetterSettings.current().warn_email:
        return 0
    return Alarm.objects.filter(mailed_at__isnull=True, raised_at__lt=now - MAILED_WITHIN).count()


def _mail(alarm: Alarm, to: str, now: datetime) -> bool:
    # Marked first: of two processes one sends, and a crash costs a mail, never repeats it for ever.
    unsent = Alarm.objects.filter(pk=alarm.pk, mailed_at__isnull=True)
    if unsent.update(mailed_at=now) == 0:
        return False
    outcome = _hand_over(alarm, sender=LetterSettings.current().sender_email or to, to=to)
    if outcome.accepted:
        return True
    logger.warning("An alarm could not be mailed: %s", outcome)
    if outcome.result is not Result.UNKNOWN:
        # A server that takes a mail and drops the line would get the same one every few minutes.
        Alarm.objects.filter(pk=alarm.pk).update(mailed_at=None)
    return False


def _hand_over(alarm: Alarm, *, sender: str, to: str) -> Outcome:
    message = EmailMessage(
        subject=" ".join(alarm.subject.split()),
        body=alarm.text,
        from_email=sender,
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    content = b"\r\n".join(message.message().as_bytes().splitlines()) + b"\r\n"
    with transport_of_settings() as transport:
        outcome = transport.open() or transport.offer(sender, [to], [to])
        return outcome or transport.hand_over(content)


def _raise_missed(job: JobHealth, now: datetime) -> None:
    since = job.last_success or job.quiet_since
    raise_alarm(
        key=f"missed:{job.job}:{since:%Y-%m-%dT%H:%M}:{now:%Y-%m-%d}",
        subject=_("A job has not run: %(job)s") % {"job": job.label},
        text=(
            _("“%(job)s” last succeeded on %(day)s (UTC).")
            if job.last_success
            else _("“%(job)s” has never succeeded since %(day)s (UTC).")
        )
        % {"job": job.label, "day": f"{since:%Y-%m-%d %H:%M}"}
        + "\n"
        + _("Look whether the worker and the scheduler run, and into their log."),
        now=now,
    )


def _raise_failed(job: JobHealth, now: datetime) -> None:
    raise_alarm(
        key=f"failed:{job.job}:{now:%Y-%m-%d}",
        subject=_("A job has failed: %(job)s") % {"job": job.label},
        text=_("“%(job)s” failed: %(reason)s")
        % {"job": job.label, "reason": job.last_failure_summary}
        + "\n"
        + _("It is tried again by itself. If the reason stays, it has to be put right."),
        now=now,
    )
