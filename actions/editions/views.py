"""The public pages of progress reports: the list, an edition, its files, what changed since."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.models import FrozenEdition, PrintedFigure, ProgressReport
from ccm_portal.as_of import AsOf
from ccm_portal.dates import date_format

from . import comparison, publication, setting, wording
from .publication import Versions
from .setting import FILES
from .shown import Shown, numbered, versions_of
from .sides import choices, sides


@dataclass(frozen=True)
class ContentsItem:
    """A chapter in the contents."""

    numeral: str
    heading: str
    url: str
    is_current: bool


def edition_list(request: HttpRequest) -> HttpResponse:
    """Every edition that shows in public. Costs three queries."""
    reports = ProgressReport.objects.select_related("from_meeting", "until_meeting")
    frozen: dict[int, list[FrozenEdition]] = {}
    for edition in FrozenEdition.objects.without_files().select_related("withdrawal"):
        frozen.setdefault(edition.report_id, []).append(edition)
    rows = []
    for report in reports:
        versions = Versions(report, tuple(frozen.get(report.pk, ())))
        if versions.is_public:
            rows.append(wording.row(versions))
    return render(request, "actions/editions/list.html", {"editions": rows})


def edition(request: HttpRequest, code: str, chapter: str = "") -> HttpResponse:
    """An edition, whole or one chapter of it. Raises `Http404` for what is not public."""
    shown = _asked_for(request)
    if shown is None:
        return _tombstone(request, code)
    fragments = [item for item in shown.fragments if chapter in ("", item.slug)]
    if chapter and not fragments:
        raise Http404(_("This edition has no such chapter."))
    speak_of(request, shown.head.cut_off_on)
    page = {
        "head": shown.head,
        "period": setting.period(shown.head),
        "cut_off": date_format(shown.head.cut_off_on, "j F Y"),
        "direction": setting.direction(shown.head),
        "chapter": fragments[0] if chapter else None,
        "whole_url": shown.url("edition"),
        "contents": _contents(shown, chapter),
        "fragments": [item.html for item in fragments],
        "files": {form: shown.url("file", form) for form in FILES},
        "sha256": shown.frozen.sha256 if shown.frozen else "",
        "mistakes": len(shown.working.edition.mistakes) if shown.working else 0,
        "reconciliation_url": _reconciliation_url(shown),
        **wording.words(shown),
    }
    return render(request, "actions/editions/edition.html", {"page": page})


def _reconciliation_url(shown: Shown) -> str:
    """Where the working edition is held against what was printed; "" where nothing is recorded."""
    report = shown.versions.report
    is_compared = report.is_published and PrintedFigure.objects.filter(report=report).exists()
    return reverse("reconciliation:page", args=(report.code,)) if is_compared else ""


def file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """An edition as a file: as it was published, byte for byte, or as it stands."""
    shown = _asked_for(request)
    if shown is None:
        return _tombstone(request, code)
    mark = f"-{shown.frozen.number}" if shown.frozen else f"-{shown.head.cut_off_on.isoformat()}"
    return HttpResponse(
        shown.file(form),
        content_type=FILES[form][0],
        headers={"Content-Disposition": f'attachment; filename="{code}{mark}.{form}"'},
    )


def changes(request: HttpRequest, code: str) -> HttpResponse:
    """What two states of an edition say differently, figure by figure.

    `edition` and `with` choose them: the number of a published edition, `working`, or a day on
    which the working edition is evaluated. Without them: what changed since publication.
    """
    versions = versions_of(code)
    asked = (request.GET.get(name, "").strip() for name in ("edition", "with"))
    before, after = sides(versions, *asked)
    found = comparison.compare(before.content, after.content)
    shown = comparison.changed(found)
    speak_of(request, versions.report.cut_off_on)
    context = {
        "title": after.content["edition"]["title"],
        "url": reverse("editions:edition", args=(code,)),
        "before": before,
        "after": after,
        "choices": list(choices(versions)),
        "changes": shown,
        "same": len(found) - len(shown),
    }
    return render(request, "actions/editions/changes.html", context)


def _asked_for(request: HttpRequest) -> Shown | None:
    """The edition that an address asks for; None where it was withdrawn."""
    as_of = cast(AsOf, request.as_of)  # type: ignore[attr-defined]
    asked = request.GET.get("edition", "").strip()
    code = cast(Any, request.resolver_match).kwargs["code"]
    return Shown.find(versions_of(code), asked, as_of.day if as_of.is_chosen else None)


def _tombstone(request: HttpRequest, code: str) -> HttpResponse:
    """What is left of a withdrawn edition: number, day, reason and hash."""
    versions = versions_of(code)
    asked = request.GET.get("edition", "").strip()
    edition = numbered(versions, asked) if asked else versions.frozen[0]
    withdrawal = publication.withdrawal_of(edition)
    assert withdrawal is not None
    tombstone = {
        "number": edition.number,
        "day": withdrawal.withdrawn_at.date(),
        "reason": withdrawal.reason,
        "sha256": edition.sha256,
    }
    head = publication.head_of(publication.content_of(edition))
    context = {"title": head.title, "tombstone": tombstone}
    return render(request, "actions/editions/withdrawn.html", context, status=410)


def _contents(shown: Shown, chapter: str) -> list[ContentsItem]:
    return [
        ContentsItem(
            item.numeral, item.heading, shown.url("chapter", item.slug), item.slug == chapter
        )
        for item in shown.fragments
    ]


def speak_of(request: HttpRequest, day: date) -> None:
    """Let the frame of the page show the edition's own date, which its links keep."""
    as_of = cast(AsOf, request.as_of)  # type: ignore[attr-defined]
    request.as_of = replace(as_of, day=day, is_chosen=True)  # type: ignore[attr-defined]
