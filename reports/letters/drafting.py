"""Writing the letters that the ladder calls for. Safe to repeat, and to run twice at once.

Each letter is written in a transaction of its own that locks the state's row, as the recording of
a report does; its key in the database decides which of two runs writes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings as django_settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reports.deadlines import Kind
from states.names import NameBook
from states.publishing import lock_states

from . import transitions
from .addressing import AddressBook, Addressing
from .ladder import Approval, Call
from .languages import FALLBACK, LANGUAGES
from .models import (
    Letter,
    Letterhead,
    LetterRecipient,
    LetterSettings,
    LetterStage,
    LetterStatus,
    LetterText,
    NumberSeries,
    Outcome,
)
from .models.letter import new_message_id
from .planning import Plan
from .rendering import Content, Rendered, headings, one_line, render

# Stored in English, and translated where they are shown.
AUTOMATIC = gettext_noop("Approved by its stage, which needs nobody's approval")
WHY_APPROVAL = {
    Approval.NONE: "",
    Approval.STAGE: gettext_noop("The stage is held for approval"),
    Approval.FELL_DUE_EARLIER: gettext_noop("The report fell due before reminders began"),
    Approval.NOT_SWITCHED_ON: gettext_noop("Reminders are not switched on"),
}
RESENT = gettext_noop("Written anew by the secretariat")


class CannotDraft(ValueError):
    """Nothing can be written; the message says in a sentence what is missing."""


@dataclass(frozen=True)
class Stationery:
    """All that letters are made with, loaded once: names, addresses, templates, letterheads."""

    names: NameBook
    addresses: AddressBook
    texts: dict[tuple[int, str], LetterText]
    letterheads: dict[str, Letterhead]
    settings: LetterSettings

    @classmethod
    def load(
        cls, on: date, *, settings: LetterSettings, state_ids: Iterable[int] | None = None
    ) -> "Stationery":
        """Costs six queries."""
        return cls(
            names=NameBook.load(),
            addresses=AddressBook.load(on, state_ids=state_ids),
            texts={(text.template_id, text.language): text for text in LetterText.objects.all()},
            letterheads={item.language: item for item in Letterhead.objects.all()},
            settings=settings,
        )

    def language(self, addressing: Addressing, stage: LetterStage) -> str:
        """The language of a letter: the reader's, where template and letterhead have it."""
        wanted = addressing.language
        has_all = (stage.template_id, wanted) in self.texts and wanted in self.letterheads
        return wanted if has_all else FALLBACK

    def words(self, stage: LetterStage, language: str) -> LetterText:
        text = self.texts.get((stage.template_id, language))
        if text is None:
            raise CannotDraft(
                _("The template “%(template)s” has no text in English: write one.")
                % {"template": stage.template}
            )
        return text

    def letterhead(self, language: str) -> Letterhead:
        letterhead = self.letterheads.get(language)
        if letterhead is None:
            raise CannotDraft(_("There is no letterhead in English: write one."))
        return letterhead


@dataclass(frozen=True)
class Writing:
    """A letter that is to be written: what the ladder says, or staff.

    `attempt` None: the next one. `resend_of` is the letter that staff want written anew.
    """

    call: Call
    stage: LetterStage
    occurrence: int
    valid_until: date
    because: str
    attempt: int | None = None
    resend_of: Letter | None = None

    @classmethod
    def of(cls, call: Call) -> "Writing":
        stage = call.rung.stage
        if not isinstance(stage, LetterStage):
            raise TypeError("A letter is written for a stage of the database.")
        return cls(
            call=call,
            stage=stage,
            occurrence=call.rung.occurrence,
            valid_until=call.valid_until,
            because=WHY_APPROVAL[call.approval],
            attempt=call.attempt,
        )


@dataclass
class Drafted:
    """What a run wrote, by id, and what the ladder called for that another run had written."""

    letters: list[int] = field(default_factory=list)
    approved: list[int] = field(default_factory=list)
    written_already: int = 0


def draft(*, plan: Plan, now: datetime, by: AbstractBaseUser | None = None) -> Drafted:
    """Write every letter that a plan calls for; those whose stage needs nobody are approved.

    Nothing is written before reminders are switched on. Raises `CannotDraft` where a template or
    the letterhead is missing; what was written until then stays.
    """
    done = Drafted()
    calls = plan.calls() if plan.is_switched_on else ()
    if not calls:
        return done
    stationery = Stationery.load(
        plan.on, settings=plan.settings, state_ids={call.owed[0] for call in calls}
    )
    for call in calls:
        letter = write(Writing.of(call), stationery=stationery, now=now, by=by)
        if letter is None:
            done.written_already += 1
            continue
        done.letters.append(letter.pk)
        if letter.status == LetterStatus.APPROVED:
            done.approved.append(letter.pk)
    return done


def write(
    writing: Writing, *, stationery: Stationery, now: datetime, by: AbstractBaseUser | None
) -> Letter | None:
    """Write one letter; None where it was written meanwhile. Raises `CannotDraft`."""
    state_id, kind, period = writing.call.owed
    key = {
        "state_id": state_id,
        "kind": kind,
        "period": period,
        "stage_id": writing.stage.pk,
        "occurrence": writing.occurrence,
    }
    try:
        with transaction.atomic():
            lock_states([state_id])
            attempt = writing.attempt or _attempts(key) + 1
            if Letter.objects.filter(**key, attempt=attempt).exists():
                return None
            return _insert(writing, key | {"attempt": attempt}, stationery, now, by)
    except IntegrityError:
        if Letter.objects.filter(**key, attempt=writing.attempt or 0).exists():
            return None
        raise


def _insert(
    writing: Writing,
    key: dict[str, object],
    stationery: Stationery,
    now: datetime,
    by: AbstractBaseUser | None,
) -> Letter:
    call = writing.call
    addressing = stationery.addresses.addressing(state_id=call.owed[0], stage=writing.stage)
    content, rendered = compose(
        writing,
        addressing=addressing,
        stationery=stationery,
        number=_next_number(stationery, call.on),
        at=now,
    )
    letter = Letter.objects.create(
        **key,
        number=content.number,
        language=content.language,
        dated_on=content.dated_on,
        due_on=content.due_on,
        days_late=content.days_late,
        sender=content.sender,
        reply_to=content.reply_to,
        message_id=new_message_id(stationery.settings.sender_email),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        pdf=rendered.pdf,
        sha256=rendered.sha256,
        valid_until=writing.valid_until,
        needs_approval=bool(writing.because),
        needs_approval_because=writing.because,
        resend_of=writing.resend_of,
        created_at=now,
    )
    LetterRecipient.objects.bulk_create(
        LetterRecipient(
            letter=letter,
            role=item.role,
            contact_id=item.contact_id,
            name=item.name,
            email=item.email,
            outcome=Outcome.PENDING,
        )
        for item in addressing.addressees
    )
    transitions.drafted([letter], by=by)
    is_of_today = call.on == now.date()
    if not writing.because and addressing.has_address and is_of_today:
        _approve(letter, now)
    return letter


def _approve(letter: Letter, now: datetime) -> None:
    """Approve a letter by its stage."""
    transitions.move(
        letter_id=letter.pk,
        was=LetterStatus.DRAFTED,
        to=LetterStatus.APPROVED,
        at=now,
        by=None,
        reason=AUTOMATIC,
        approved_sha256=letter.sha256,
    )
    letter.status = LetterStatus.APPROVED
    letter.approved_sha256 = letter.sha256


def compose(
    writing: Writing,
    *,
    addressing: Addressing,
    stationery: Stationery,
    number: str,
    at: datetime,
) -> tuple[Content, Rendered]:
    """What a letter says, without storing anything: its preview, or what is about to be stored."""
    call, stage = writing.call, writing.stage
    language = stationery.language(addressing, stage)
    letterhead = stationery.letterhead(language)
    deadline, state_id = call.deadline, call.owed[0]
    state = stationery.names.short(state_id, call.on, language) or deadline.standing.state.name
    content = Content(
        number=number,
        language=language,
        dated_on=call.on,
        state=state,
        state_formal=stationery.names.formal(state_id, call.on, language) or state,
        kind=deadline.kind,
        year=deadline.year,
        paragraph=1 if deadline.kind == Kind.INITIAL else 2,
        due_on=deadline.due_on,
        in_force_on=deadline.membership.entry_into_force,
        days_late=call.days_late,
        form_of_address=addressing.form_of_address,
        recipient=addressing.person or LANGUAGES[language].mission(state),
        heading=headings(addressing.names, LANGUAGES[language].mission_heading(state)),
        addressees=addressing.addressees,
        sender=sender_of(stationery.settings, letterhead),
        reply_to=stationery.settings.reply_to,
    )
    words_of_stage = stationery.words(stage, language)
    return content, render(content, words=words_of_stage, letterhead=letterhead, at=at)


def sender_of(settings: LetterSettings, letterhead: Letterhead) -> str:
    """Who writes, as in the head of a message: “Name” <address>."""
    name = one_line(settings.sender_name or letterhead.organization)
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{settings.sender_email or django_settings.DEFAULT_FROM_EMAIL}>'


def _next_number(stationery: Stationery, on: date) -> str:
    """The next number of the year; whoever writes next waits until this letter is stored."""
    NumberSeries.objects.get_or_create(year=on.year)
    NumberSeries.objects.filter(year=on.year).update(last=F("last") + 1)
    last = NumberSeries.objects.values_list("last", flat=True).get(year=on.year)
    return stationery.settings.number_format.format(year=on.year, number=last)


def _attempts(key: dict[str, object]) -> int:
    newest = Letter.objects.filter(**key).order_by("-attempt").values_list("attempt", flat=True)
    return newest.first() or 0
