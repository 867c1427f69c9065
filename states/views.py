"""The public pages of `states`: the list of states with its CSV, and the meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ccm_portal.as_of import AsOf
from ccm_portal.dates import date_format
from ccm_portal.exports import csv_response
from ccm_portal.links import Links, Number

from . import spellings
from .filters import DEFAULT_SORT, STATUS_CHOICES, RegisterFilter
from .membership import membership
from .models import Certainty, Meeting, Region, UNRegionalGroup
from .register import DEPOSIT_KINDS, Register, Standing, Status
from .wording import performed

COLUMNS = (
    ("name", _("State")),
    ("status", _("Status")),
    ("signed", _("Signed")),
    ("deposited", _("Joined")),
    ("in_force", _("In force")),
)
CSV_COLUMNS = (
    "iso3",
    "name",
    "status",
    "signed_on",
    "deposited_on",
    "deposited_how",
    "entry_into_force",
    "withdrawn_on",
    "region",
    "un_group",
    "as_of",
)


@dataclass(frozen=True)
class Column:
    """A column's head: where a click leads, and how the list is ordered by it now."""

    key: str
    title: str
    url: str
    aria_sort: str


@dataclass(frozen=True)
class StatusCount:
    """How many of the states that match otherwise stand in one way, and the link to them."""

    status: str
    title: str
    number: Number
    is_chosen: bool


@dataclass(frozen=True)
class StateRow:
    """What the list shows of a state; `found_by` says by which other name the search met it."""

    name: str
    url: str
    found_by: str
    standing: Status
    status: str
    signed_on: date | None
    deposited_on: date | None
    joined_by: str
    in_force_on: date | None
    has_withdrawals: bool
    withdrawn_on: date | None


@dataclass(frozen=True)
class MeetingRow:
    """A meeting and membership on its last day; None for a meeting still to come."""

    meeting: Meeting
    country: str
    parties: Number | None
    signatories: Number | None
    url: str

    @property
    def dates(self) -> str:
        """The days in words, with the month and the year once where they are the same."""
        first, last = self.meeting.starts_on, self.meeting.ends_on
        if first == last:
            return date_format(last, "j F Y")
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{date_format(last, 'j F Y')}"
        return f"{date_format(first, 'j F Y')} – {date_format(last, 'j F Y')}"

    @property
    def is_unconfirmed(self) -> bool:
        return self.meeting.certainty != Certainty.CONFIRMED


def state_list(request: HttpRequest) -> HttpResponse:
    """The states that match the filters, as a page or, with `format=csv`, as a file."""
    as_of = cast(AsOf, request.as_of)  # type: ignore[attr-defined]
    register = Register.load(as_of.day, language=get_language() or "en")
    form = RegisterFilter(request.GET)
    if request.GET.get("format") == "csv":
        return _csv(request, form, register)
    return render(request, "states/state_list.html", _list_context(request, form, register, as_of))


def state_list_csv(request: HttpRequest) -> HttpResponse:
    """The states that match the filters as a CSV file."""
    as_of = cast(AsOf, request.as_of)  # type: ignore[attr-defined]
    return _csv(request, RegisterFilter(request.GET), Register.load(as_of.day))


def meetings(request: HttpRequest) -> HttpResponse:
    """All meetings in order of time, with membership on their last day. Costs five queries."""
    as_of = cast(AsOf, request.as_of)  # type: ignore[attr-defined]
    register = Register.load(as_of.day, language=get_language() or "en")
    steps = membership(register)
    links = Links(as_of)
    names = {standing.state.id: standing.state.name for standing in register}

    def row(meeting: Meeting) -> MeetingRow:
        held = meeting.ends_on <= as_of.day
        day = meeting.ends_on.isoformat()
        then = steps.at(meeting.ends_on)
        return MeetingRow(
            meeting=meeting,
            country=names.get(meeting.country_id or 0, ""),
            parties=links.states(then.parties, status="party", as_of=day) if held else None,
            signatories=links.states(then.signatories, status="signatory", as_of=day)
            if held
            else None,
            url=links.to("home", as_of=day) if meeting.ends_on <= as_of.today else "",
        )

    published = Meeting.objects.published().select_related("document").order_by("starts_on")
    rows = [row(meeting) for meeting in published]
    context = {
        "held": [item for item in rows if item.meeting.ends_on <= as_of.day],
        "to_come": [item for item in rows if item.meeting.ends_on > as_of.day],
    }
    return render(request, "states/meeting_list.html", context)


def _list_context(
    request: HttpRequest, form: RegisterFilter, register: Register, as_of: AsOf
) -> dict[str, object]:
    links = Links(as_of)
    asked = {field: form.value(field) for field in ("q", "region", "un_group", "sort", "status")}
    shown = form.apply(register)
    text = asked["q"]
    has_withdrawals = any(standing.withdrawn_on is not None for standing in shown)
    return {
        "form": form,
        "asked": asked,
        "rows": _rows(shown, text, register, links, has_withdrawals=has_withdrawals),
        "counts": _counts(form, register, links, asked),
        "columns": _columns(links, asked),
        "has_withdrawals": has_withdrawals,
        "suggestions": register.history.names.suggestions(text) if text and not shown else [],
        "statuses": [(choice.value, choice.label) for choice in STATUS_CHOICES.values()],
        "regions": Region.choices,
        "un_groups": UNRegionalGroup.choices,
        "csv_url": links.to("states:csv", **asked),
        "json_url": links.to("v1:states", **asked),
        "is_filtered": any(asked[field] for field in ("q", "region", "un_group", "status")),
    }


def _rows(
    shown: Iterable[Standing], text: str, register: Register, links: Links, *, has_withdrawals: bool
) -> list[StateRow]:
    statuses = {status: str(status.label) for status in Status}
    joined: dict[str, str] = {kind: performed(kind) for kind in DEPOSIT_KINDS}
    links = links.undated()
    rows = []
    for standing in shown:
        status, signature, membership = standing.status, standing.signature, standing.membership
        rows.append(
            StateRow(
                name=standing.state.name,
                url=links.to("state", standing.state.slug),
                found_by=spellings.reason(standing, text, register.history.names),
                standing=status,
                status=statuses[status],
                signed_on=signature.on if signature else None,
                deposited_on=membership.deposited.on if membership else None,
                joined_by=joined[membership.deposited.kind] if membership else "",
                in_force_on=membership.entry_into_force if membership else None,
                has_withdrawals=has_withdrawals,
                withdrawn_on=membership.withdrawn_on if membership else None,
            )
        )
    return rows


def _counts(
    form: RegisterFilter, register: Register, links: Links, asked: dict[str, str]
) -> list[StatusCount]:
    """The numbers above the list: all that match but for the status, then each status."""
    others = form.matching_all_but_status(register)
    rest = {field: asked[field] for field in ("q", "region", "un_group", "sort")}
    counts = [
        StatusCount("", str(_("in all")), links.states(len(others), **rest), not asked["status"])
    ]
    for status in Status:
        choice = STATUS_CHOICES[status.value]
        count = sum(choice.holds(standing) for standing in others)
        counts.append(
            StatusCount(
                status.value,
                str(choice.label),
                links.states(count, status=status.value, **rest),
                asked["status"] == status.value,
            )
        )
    return counts


def _columns(links: Links, asked: dict[str, str]) -> list[Column]:
    current = asked["sort"] or DEFAULT_SORT
    columns = []
    for key, title in COLUMNS:
        is_current = current.removeprefix("-") == key
        is_descending = current.startswith("-")
        wanted = f"-{key}" if is_current and not is_descending else key
        query = asked | {"sort": "" if wanted == DEFAULT_SORT else wanted}
        direction = "descending" if is_descending else "ascending"
        columns.append(
            Column(
                key, str(title), links.to("states:list", **query), direction if is_current else ""
            )
        )
    return columns


def _csv(request: HttpRequest, form: RegisterFilter, register: Register) -> HttpResponse:
    """The file; a wrong filter is refused, for a file cannot say that it was left aside."""
    if not form.is_valid():
        reason = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return render(request, "400.html", {"reason": reason}, status=400)
    rows = [
        (
            standing.state.iso3,
            standing.state.name,
            standing.status.value,
            standing.signature.on if standing.signature else None,
            standing.deposited.on if standing.deposited else None,
            standing.deposited.kind if standing.deposited else None,
            standing.entry_into_force,
            standing.withdrawn_on,
            standing.state.ccm_region,
            standing.state.un_region,
            register.on,
        )
        for standing in form.apply(register)
    ]
    return csv_response(rows, CSV_COLUMNS, filename=f"states-{register.on.isoformat()}.csv")
