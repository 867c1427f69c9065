"""Which edition a reader asked for: a published one as it was, or the working one, on which day."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.models import FrozenEdition, ProgressReport
from ccm_portal.kept import kept

from . import publication
from .publication import Versions
from .setting import FILES, Fragment, SetEdition
from .source import Head, Source

WORKING = "working"
"""The value of `edition` in an address that asks for the working edition."""
LONGEST_NUMBER = 5


@dataclass(frozen=True)
class Shown:
    """The edition that a reader asked for: a published one as it was, or the working one."""

    versions: Versions
    head: Head
    frozen: FrozenEdition | None
    working: SetEdition | None
    query: dict[str, str]
    """What an address needs to lead to the same edition."""

    def url(self, view: str, *args: Any, **more: str) -> str:
        """The address of a view of this edition."""
        code = self.versions.report.code
        return reverse(f"editions:{view}", args=(code, *args), query=self.query | more or None)

    @classmethod
    def find(cls, versions: Versions, asked: str, day: date | None) -> "Self | None":
        """The edition asked for, by default the newest published one; None where it was withdrawn.

        `asked` is "", `working` or a number; `day` is another day than the cut-off date, of which
        only the working edition can be asked. Raises `Http404` for what is not there.
        """
        another_day = day if day != versions.report.cut_off_on else None
        is_working = asked == WORKING or (
            not asked and (another_day is not None or versions.standing is None)
        )
        if is_working and versions.is_working_public:
            return cls._working(versions, another_day, asked)
        if asked == WORKING:
            raise Http404(_("The working edition is not public."))
        frozen = numbered(versions, asked) if asked else versions.standing
        if frozen is None or publication.withdrawal_of(frozen) is not None:
            return None
        full = FrozenEdition.objects.get(pk=frozen.pk)
        head = publication.head_of(publication.content_of(full))
        return cls(versions, head, full, None, {"edition": asked} if asked else {})

    @classmethod
    def _working(cls, versions: Versions, day: date | None, asked: str) -> Self:
        query = {"edition": asked} if asked else {}
        if day is not None:
            query["as_of"] = day.isoformat()
            working = _composed(versions.report, day)
        else:
            # Its chapters and files are addresses of their own: composed once for all of them.
            working = kept(
                "working edition",
                versions.report.pk,
                get_language(),
                make=lambda: _composed(versions.report, None),
            )
        return cls(versions, working.source.head, None, working, query)

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        """Its chapters as HTML."""
        if self.frozen is not None:
            return publication.fragments_of(self.frozen)
        assert self.working is not None
        return self.working.fragments

    def file(self, form: str) -> bytes:
        """One of its files."""
        if self.frozen is None:
            assert self.working is not None
            return FILES[form][1](self.working)
        if form == "json":
            return self.frozen.content.encode()
        return bytes(getattr(self.frozen, form))


def _composed(report: ProgressReport, day: date | None) -> SetEdition:
    source = Source.of(report)
    return publication.working(source if day is None else source.on(day), at=timezone.now())


def versions_of(code: str) -> Versions:
    """What there is of an edition. Raises `Http404` where nothing of it is public."""
    try:
        versions = Versions.load(code)
    except ProgressReport.DoesNotExist:
        versions = None
    if versions is None or not versions.is_public:
        raise Http404(_("There is no such progress report."))
    return versions


def numbered(versions: Versions, asked: str) -> FrozenEdition:
    """A published edition by its number as written. Raises `Http404`."""
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_NUMBER
    frozen = versions.numbered(int(asked)) if is_number else None
    if frozen is None:
        raise Http404(_("There is no published edition with this number."))
    return frozen
