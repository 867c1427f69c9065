"""One search over everything public: states, actions, indicators, meetings, documents, reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.models import Action, Indicator, ProgressReport
from ccm_portal.as_of import AsOf
from ccm_portal.dates import date_format
from ccm_portal.links import Links
from reports.documents import shown
from states import spellings
from states.files.serving import public_address
from states.models import Document, DocumentFile, Meeting
from states.names import fold
from states.register import Register, Standing

LONGEST = 100
MOST = 20
EXAMPLES = ("Laos", "Swaziland", "1MSP", "victim assistance", "21")


@dataclass(frozen=True)
class Hit:
    """Something found: `url` is "" where it has no page or link of its own."""

    title: str
    url: str
    detail: str = ""
    status: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind, `more` of it not shown."""

    title: str
    hits: tuple[Hit, ...]
    more: int = 0


@dataclass(frozen=True)
class Found:
    """Everything that a text found; `nearest` are states whose names are like it."""

    text: str
    groups: tuple[Group, ...]
    nearest: tuple[Hit, ...] = ()

    @property
    def count(self) -> int:
        return sum(len(group.hits) + group.more for group in self.groups)


def search(request: HttpRequest) -> HttpResponse:
    """The results for `q`; without it, what can be searched for."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    text = " ".join(request.GET.get("q", "").split())
    if len(text) > LONGEST:
        return _too_long(request, text)
    found = find(text, as_of, language=get_language() or "en") if fold(text) else None
    context = {"text": text, "found": found, "examples": EXAMPLES}
    return render(request, "site/search.html", context)


def _too_long(request: HttpRequest, text: str) -> HttpResponse:
    """Says what is too much; the links of the page keep no more of it than may be asked."""
    kept = request.GET.copy()
    kept["q"] = text[:LONGEST]
    request.GET = kept  # type: ignore[assignment]
    context = {"text": text[:LONGEST], "longest": LONGEST, "length": len(text)}
    return render(request, "site/search.html", context, status=400)


def find(text: str, as_of: AsOf, *, language: str = "en") -> Found:
    """Everything public that a text means on a day. Costs eleven queries at most."""
    links = Links(as_of)
    register = Register.load(as_of.day, language=language)
    words = fold(text).split()
    groups = (
        _states(register, text, links),
        _actions(words, links),
        _group(_("Indicators"), _of_indicators(words, links)),
        _group(_("Meetings"), _of_meetings(words, links)),
        _group(_("Progress reports"), _of_progress_reports(words, links)),
        _documents(words),
    )
    found = tuple(group for group in groups if group.hits)
    return Found(text, found, () if found else _nearest(register, text, links))


def _group(title: str, hits: Iterable[Hit]) -> Group:
    every = tuple(hits)
    return Group(title, every[:MOST], max(len(every) - MOST, 0))


def _states(register: Register, text: str, links: Links) -> Group:
    """States with a name of any time and language, or an ISO code, like the text."""
    names, code = register.history.names, text.strip().upper()
    wanted = names.containing(text)
    exact = names.find(text)
    found = [
        standing
        for standing in register
        if standing.state.id in wanted or code in (standing.state.iso3, standing.state.iso2)
    ]
    found.sort(key=lambda standing: standing.state.id != exact)
    return _group(
        _("States"),
        (_state(standing, links, spellings.reason(standing, text, names)) for standing in found),
    )


def _state(standing: Standing, links: Links, reason: str = "") -> Hit:
    said = f"{standing.status.label}. {reason}".strip()
    url = links.to("state", standing.state.slug)
    return Hit(standing.state.name, url, said, standing.status.value)


def _nearest(register: Register, text: str, links: Links) -> tuple[Hit, ...]:
    """The states whose names come nearest to a text that is no part of any."""
    names = register.history.names
    wanted = [names.find(name) for name in names.suggestions(text)]
    by_id = {standing.state.id: standing for standing in register}
    return tuple(_state(by_id[state], links) for state in wanted if state in by_id)


def _actions(words: Sequence[str], links: Links) -> Group:
    """Actions by number (“21”, “action 21”) or by the words of their summary and theme."""
    numbers = {int(word) for word in words if word.isdecimal() and len(word) < 5}
    others = [word for word in words if not word.isdecimal() and word not in ("action", "actions")]
    found = []
    for action in Action.objects.published().select_related("plan", "theme"):
        said = f"{action.summary} {action.theme} {action.plan}"
        if (action.number in numbers or not numbers) and (_holds(said, others) or not others):
            found.append(action)
    if not numbers and not others:
        found = []
    hits = (
        Hit(
            f"{action.plan.short_name or action.plan}: {action}",
            links.to("actions:action", action.plan.code, action.number),
            action.summary,
        )
        for action in found
    )
    return _group(_("Actions"), hits)


def _of_indicators(words: Sequence[str], links: Links) -> Iterable[Hit]:
    for indicator in Indicator.objects.published().select_related("theme"):
        if _holds(f"{indicator.title} {indicator.code} {indicator.theme}", words):
            url = links.to("figures", expression=indicator.code)
            yield Hit(indicator.title, url, indicator.code)


def _of_meetings(words: Sequence[str], links: Links) -> Iterable[Hit]:
    for meeting in Meeting.objects.published().select_related("country"):
        if _holds(f"{meeting.name} {meeting.code} {meeting.city} {meeting.starts_on}", words):
            day = date_format(meeting.ends_on, "j F Y")
            said = f"{meeting.code}, {meeting.city}, {day}" if meeting.city else day
            yield Hit(meeting.name, links.to("states:meetings"), said)


def _of_progress_reports(words: Sequence[str], links: Links) -> Iterable[Hit]:
    for report in ProgressReport.objects.published():
        if _holds(f"{report.title} {report.subtitle} {report.code}", words):
            yield Hit(report.title, links.to("editions:edition", report.code), report.subtitle)


def _documents(words: Sequence[str]) -> Group:
    """Public documents, the newest first, with a link or a file where there is one."""
    found: QuerySet[Document] = Document.objects.public().order_by("-published_on", "title")
    for word in words:
        found = found.filter(
            Q(title__icontains=word) | Q(author__icontains=word) | Q(code__icontains=word)
        )
    documents = list(found[: MOST * 5])
    files: dict[int, DocumentFile] = {}
    public: QuerySet[Any] = shown(DocumentFile.objects.public())
    for file in public.filter(document__in=documents):
        files.setdefault(file.document_id, file)
    return _group(_("Documents"), (_document(item, files.get(item.pk)) for item in documents))


def _document(document: Document, file: DocumentFile | None) -> Hit:
    said = [str(document.get_kind_display()), document.author]
    if document.published_on:
        said.append(date_format(document.published_on, "j F Y"))
    url = document.url or (public_address(file) if file else "")
    return Hit(document.title, url, ", ".join(part for part in said if part))


def _holds(text: str, words: Sequence[str]) -> bool:
    """Whether each word begins a word of the text, or stands in it whole; no words hold nothing."""
    folded = f" {fold(text)}"
    return bool(words) and all(f" {word}" in folded for word in words)
