"""One recorded report: what was owed, when it came, where that was read, and what it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from states.models import Certainty
from states.register import Source, Standing

from . import addresses, contents, wording
from .contents import Contents
from .day import Day
from .deadlines import Kind, ReportDeadline
from .explanations import due_sentence, receipt_words, state_sentence
from .models import KnownMissing, TransparencyReport
from .state_of_play import Receipt


@dataclass(frozen=True)
class Missing:
    """A day on which a source says that the report had not come."""

    on: date
    source: Source | None
    contradicts: bool


@dataclass(frozen=True)
class Neighbour:
    """Another recorded report of the same state that had, or may have, come by the day."""

    title: str
    url: str


@dataclass(frozen=True)
class ReportPage:
    """A recorded report on a day. `deadline` is None for a report that nobody owed.

    `has_come`: whether it had, or may have, come by the day; before that only the duty is shown.
    """

    standing: Standing
    title: str
    report: TransparencyReport
    deadline: ReportDeadline | None
    due: str
    stands: str
    received: str
    has_come: bool
    is_certain: bool
    is_confirmed: bool
    source: Source | None
    missing: tuple[Missing, ...]
    contents: Contents | None
    previous_url: str
    neighbours: tuple[Neighbour, ...]
    state_url: str


def find(day: Day, slug: str, key: str) -> ReportPage | None:
    """The report of an address on a day, or None if none is recorded there."""
    standing = next((found for found in day.register if found.state.slug == slug), None)
    if standing is None:
        return None
    reports = list(
        TransparencyReport.objects.filter(state_id=standing.state.id)
        .select_related("receipt_source")
        .order_by("received_not_after", "pk")
    )
    keys = addresses.keys(reports)
    report = next((found for found in reports if keys[found.pk] == key), None)
    return _page(day, standing, report, reports) if report else None


def _page(
    day: Day,
    standing: Standing,
    report: TransparencyReport,
    reports: Iterable[TransparencyReport],
) -> ReportPage:
    known_missing = list(report.known_missing.select_related("document").order_by("on"))
    receipt = Receipt(
        report.received_not_before,
        report.received_not_after,
        tuple(item.on for item in known_missing),
        report.pk,
    )
    has_come = receipt.earliest is None or receipt.earliest <= day.on
    deadline = _deadline(day, standing, report)
    shown = contents.load(report) if report.is_published and has_come else None
    previous = shown.comparison.previous if shown and shown.comparison else None
    return ReportPage(
        standing=standing,
        title=_title(report),
        report=report,
        deadline=deadline,
        due=due_sentence(deadline) if deadline else "",
        stands=state_sentence(deadline) if deadline else "",
        received=receipt_words(receipt),
        has_come=has_come,
        is_certain=report.received_not_after is not None and report.received_not_after <= day.on,
        is_confirmed=report.certainty == Certainty.CONFIRMED,
        source=Source.of(report.receipt_source, report.receipt_place),
        missing=tuple(_missing(item, receipt) for item in known_missing if item.on <= day.on),
        contents=shown,
        previous_url=day.report_url(standing, previous.pk) if previous else "",
        neighbours=tuple(
            Neighbour(_title(other), day.report_url(standing, other.pk))
            for other in reports
            if other.pk != report.pk
            and (other.received_not_before is None or other.received_not_before <= day.on)
        ),
        state_url=day.state_url(standing),
    )


def _deadline(day: Day, standing: Standing, report: TransparencyReport) -> ReportDeadline | None:
    """The owed report that a recorded one stands for."""
    for deadline in day.reporting.of_state(standing):
        if deadline.receipt is not None and deadline.receipt.report_id == report.pk:
            return deadline
    return None


def _title(report: TransparencyReport) -> str:
    """“Initial report”, “Annual report for 2011”, “Voluntary report of 2011”."""
    label = str(Kind(report.kind).label)
    if report.kind == Kind.ANNUAL:
        return wording.annual_title(report.year)
    received = report.received_not_after
    year = report.year or (received.year if received else None)
    return f"{label} ({year})" if report.kind == Kind.VOLUNTARY and year else label


def _missing(item: KnownMissing, receipt: Receipt) -> Missing:
    """`contradicts`: the day lies on or after the receipt that the register follows."""
    last = receipt.not_after
    return Missing(
        on=item.on,
        source=Source.of(item.document, ""),
        contradicts=last is not None and item.on >= last,
    )
