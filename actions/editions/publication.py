"""Publishing an edition for good, withdrawing it, and finding which one a reader sees."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any, Self, cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from actions.models import EditionWithdrawal, FrozenEdition, ProgressReport
from actions.prose.languages import grammar
from ccm_portal import data_version

from . import canonical, checks
from .canonical import Json
from .composing import compose
from .setting import Fragment, SetEdition
from .source import Head, MeetingFacts, Source

User = AbstractBaseUser | AnonymousUser


def may_freeze(user: User) -> bool:
    """Whether somebody may publish editions for good, and withdraw them."""
    return isinstance(user, PermissionsMixin) and user.has_perm("actions.freeze_progressreport")


def working(source: Source, *, at: datetime) -> SetEdition:
    """An edition as prose and data stand now."""
    state = grammar(source.head.language).words["working edition"]
    return SetEdition.of(source, state=state, at=at)


def working_content(source: Source) -> Json:
    """What an edition says as prose and data stand now, as data."""
    return canonical.as_json(compose(source), source)


def freeze(*, report: ProgressReport, by: User, seen: str = "") -> FrozenEdition:
    """Publish an edition for good: text, figures, states, evidence, hash and all files.

    `seen` is the SHA-256 of what the publisher looked at; "" skips the comparison.

    Raises `PermissionDenied` without the permission, and `ValidationError` with a sentence for
    each check that fails, where the edition is no longer what was seen, and where somebody changed
    the data meanwhile. Then nothing is stored.
    """
    _ensure_may_freeze(by)
    before = data_version.current().key
    now = timezone.now()
    with transaction.atomic():
        report = ProgressReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        number = FrozenEdition.objects.filter(report=report).count() + 1
        source = Source.of(report)
        with translation.override(report.language):
            state = grammar(report.language).words["published edition"].format(number=number)
            edition = SetEdition.of(source, state=state, at=now)
            pages = [
                {
                    "slug": item.slug,
                    "numeral": item.numeral,
                    "heading": item.heading,
                    "html": str(item.html),
                }
                for item in edition.fragments
            ]
        _ensure_sound(edition, seen)
        frozen = FrozenEdition(
            report=report,
            number=number,
            content=edition.content,
            sha256=canonical.sha256(edition.content),
            pages=pages,
            html=edition.html,
            docx=edition.docx,
            pdf=edition.pdf,
            data_version=data_version.current().number,
            frozen_at=now,
            frozen_by=cast(Any, by),
        )
        if data_version.current().key != before:
            raise ValidationError(
                _("Somebody changed the data while this was being published: look at it again.")
            )
        frozen.save()
    return frozen


def withdraw(*, edition: FrozenEdition, reason: str, by: User) -> EditionWithdrawal:
    """Withdraw a published edition: it leaves a tombstone with the reason.

    Raises `PermissionDenied` without the permission, and `ValidationError` without a reason or
    where it was withdrawn already.
    """
    _ensure_may_freeze(by)
    if not reason.strip():
        raise ValidationError(_("Say why the edition is withdrawn: everybody will read it."))
    with transaction.atomic():
        locked = FrozenEdition.objects.select_for_update(of=("self",)).without_files()
        edition = locked.get(pk=edition.pk)
        if EditionWithdrawal.objects.filter(edition=edition).exists():
            raise ValidationError(_("This edition was withdrawn already."))
        return EditionWithdrawal.objects.create(
            edition=edition,
            reason=reason.strip(),
            withdrawn_at=timezone.now(),
            withdrawn_by=cast(Any, by),
        )


def _ensure_may_freeze(by: User) -> None:
    if not may_freeze(by):
        raise PermissionDenied(_("You may not publish editions or withdraw them: ask an editor."))


def _ensure_sound(edition: SetEdition, seen: str) -> None:
    found = checks.objections(edition.edition)
    if found:
        raise ValidationError([str(objection) for objection in found])
    if seen and seen != canonical.sha256(edition.content):
        raise ValidationError(
            _("The edition is no longer what you looked at: look at it again before publishing.")
        )


@dataclass(frozen=True)
class Versions:
    """What there is of an edition: its published editions, newest first, and the working one."""

    report: ProgressReport
    frozen: tuple[FrozenEdition, ...]

    @classmethod
    def load(cls, code: str) -> Self:
        """Costs two queries, and none for files. Raises `ProgressReport.DoesNotExist`."""
        reports = ProgressReport.objects.select_related("plan", "from_meeting", "until_meeting")
        report = reports.get(code=code)
        editions = FrozenEdition.objects.without_files().filter(report=report)
        return cls(report, tuple(editions.select_related("withdrawal").order_by("-number")))

    @property
    def is_working_public(self) -> bool:
        """Whether the working edition is shown outside the admin."""
        return self.report.is_published

    @property
    def is_public(self) -> bool:
        """Whether anything of it shows outside the admin, a tombstone included."""
        return self.is_working_public or bool(self.frozen)

    @cached_property
    def standing(self) -> FrozenEdition | None:
        """The newest published edition that nobody withdrew."""
        return next((item for item in self.frozen if withdrawal_of(item) is None), None)

    def numbered(self, number: int) -> FrozenEdition | None:
        """A published edition by its number, withdrawn or not."""
        return next((item for item in self.frozen if item.number == number), None)


def withdrawal_of(edition: FrozenEdition) -> EditionWithdrawal | None:
    """The tombstone of a published edition, or None while it stands."""
    withdrawal: EditionWithdrawal | None = getattr(edition, "withdrawal", None)
    return withdrawal


def content_of(edition: FrozenEdition) -> Json:
    """What a published edition says, as data."""
    content: Json = json.loads(edition.content)
    return content


def head_of(content: Json) -> Head:
    """The head of a published edition, as it was."""
    head = content["edition"]
    return Head(
        code=head["code"],
        title=head["title"],
        subtitle=head["subtitle"],
        author=head["author"],
        plan=head["plan"],
        since=_meeting(head["from"]),
        until=_meeting(head["until"]),
        cut_off_on=date.fromisoformat(head["cut_off_on"]),
        language=head["language"],
    )


def public_head(versions: Versions) -> Head:
    """The head that shows in public: that of the newest published edition under a draft."""
    if versions.is_working_public or not versions.frozen:
        return Head.of(versions.report)
    return head_of(content_of(versions.frozen[0]))


def _meeting(meeting: Json) -> MeetingFacts:
    return MeetingFacts(
        code=meeting["code"],
        name=meeting["name"],
        city=meeting["city"],
        starts_on=_day(meeting["starts_on"]),
        ends_on=_day(meeting["ends_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def fragments_of(edition: FrozenEdition) -> tuple[Fragment, ...]:
    """The chapters of a published edition as they were set."""
    return tuple(
        Fragment(
            page["slug"],
            page["numeral"],
            page["heading"],
            partial(mark_safe, page["html"]),  # set by us
        )
        for page in edition.pages
    )
