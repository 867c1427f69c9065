"""Tables of commitments and evidence: deadlines, reports, plans, indicators, findings."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from actions.duties import joined
from actions.models import Action, Finding, Indicator
from reports.models import TransparencyReport

from .of_states import ISO3, SOURCE
from .table import Column, Day, Table, TableRow


def _deadlines(day: Day) -> Iterator[TableRow]:
    for row in joined.rows(joined.Deadlines.load(day.on).all()):
        yield tuple(row[column] for column in joined.COLUMNS)


def _reports(day: Day) -> Iterator[TableRow]:
    """Reports known to have come by the day; a source that is not public is not named."""
    iso3 = day.iso3
    known = TransparencyReport.objects.received().filter(received_not_before__lte=day.on)
    for report in known.select_related("receipt_source").order_by("state", "year", "pk"):
        source = report.receipt_source
        is_public = source is not None and source.is_public
        yield (
            iso3[report.state_id],
            report.kind,
            report.year,
            report.received_not_before,
            report.received_not_after,
            source.title if source is not None and is_public else "",
            report.receipt_place if is_public else "",
            source.url if source is not None and is_public else "",
        )


def _actions(day: Day) -> Iterator[TableRow]:
    for action in Action.objects.published().select_related("plan", "theme", "by_meeting"):
        yield (
            action.plan.code,
            action.number,
            action.theme.code,
            action.theme.name,
            action.summary,
            action.checked,
            action.addressees,
            action.addressees_text,
            action.months_from_entry_into_force,
            action.window_from,
            action.window_until,
            action.time_limit,
        )


def _indicators(day: Day) -> Iterator[TableRow]:
    published = Indicator.objects.published().select_related("theme", "theme__plan")
    for indicator in published.prefetch_related("actions"):
        measured = sorted(action.number for action in indicator.actions.all())
        is_shown = indicator.theme.plan.is_published
        yield (
            indicator.code,
            indicator.title,
            indicator.explanation,
            indicator.kind,
            indicator.unit,
            indicator.theme.code if is_shown else "",
            indicator.article,
            ";".join(str(number) for number in measured) if is_shown else "",
        )


def _findings(day: Day) -> Iterator[TableRow]:
    iso3 = day.iso3
    standing = Finding.objects.standing(day.on).select_related(
        "organization", "indicator", "document"
    )
    for finding in standing.order_by("indicator__code", "state", "organization", "pk"):
        organisation = finding.organization
        yield (
            iso3.get(finding.state_id or 0, ""),
            organisation.name if organisation is not None else "",
            finding.indicator.code,
            finding.answer,
            finding.reported_on,
            finding.occurred_not_before,
            finding.occurred_not_after,
            finding.ended_on,
            finding.label,
            finding.quantity,
            finding.unit,
            finding.remark,
            finding.document.title,
            finding.place,
            finding.document.url,
        )


DEADLINES = Table(
    "deadlines",
    _("Deadlines"),
    _("What fell due from whom by the day, the next of each kind, and how each stands."),
    (
        ISO3,
        Column("article", "text", _("Article and paragraph that sets the date")),
        Column("kind", "text", _("initial, annual, stockpile_destruction or clearance")),
        Column("period", "text", _("Calendar year that an annual report covers")),
        Column("due_on", "date", _("Last day in time")),
        Column("basis", "text", _("How the date follows, in a sentence")),
        Column("state_of_play", "text", _("How it stands on the day: in_time, late, overdue, …")),
        Column("received_on", "date", _("Day of receipt, where it is known to the day")),
        Column("days_late", "number", _("Days after the due date")),
    ),
    _deadlines,
)
REPORTS = Table(
    "reports",
    _("Transparency reports"),
    _("Reports under Article 7 that came by the day, as far as the day is known."),
    (
        ISO3,
        Column("kind", "initial | annual | voluntary", _("Which report")),
        Column("year", "number", _("Calendar year that it covers")),
        Column("received_not_before", "date", _("It came on this day or later")),
        Column("received_not_after", "date", _("It came on this day or before")),
        *SOURCE,
    ),
    _reports,
)
ACTIONS = Table(
    "actions",
    _("Actions"),
    _("The numbered actions of the action plans, in the secretariat’s working summaries."),
    (
        Column("plan", "text", _("Code of the plan")),
        Column("number", "number", _("Number of the action")),
        Column("theme", "text", _("Code of its theme")),
        Column("theme_name", "text", _("Name of its theme")),
        Column("summary", "text", _("Working summary, which does not replace the official text")),
        Column("checked", "no | partly | yes", _("Whether it was checked against that text")),
        Column("addressees", "text", _("Whom it addresses, as an expression")),
        Column("addressees_text", "text", _("Whom it addresses, in words")),
        Column("months_from_entry_into_force", "number", _("Time limit from entry into force")),
        Column("window_from", "date", _("First day of a window of the calendar")),
        Column("window_until", "date", _("Last day of it")),
        Column("time_limit", "text", _("Time limit in words")),
    ),
    _actions,
)
INDICATORS = Table(
    "indicators",
    _("Indicators"),
    _("What a finding can say of a state or an organisation, named for good."),
    (
        Column("code", "text", _("Its name in expressions")),
        Column("title", "text", _("Title")),
        Column("explanation", "text", _("What it means")),
        Column("kind", "yes_no | quantity | occurrence", _("How it is counted")),
        Column("unit", "text", _("Unit of a quantity, or what occurrences are")),
        Column("theme", "text", _("Code of its theme")),
        Column("article", "text", _("Articles, separated by semicolons")),
        Column("actions", "text", _("Numbers of the actions that it measures")),
    ),
    _indicators,
)
FINDINGS = Table(
    "findings",
    _("Findings"),
    _("What public documents say of states and organisations, counted on the day."),
    (
        ISO3,
        Column("organization", "text", _("The organisation, where it is not a state")),
        Column("indicator", "text", _("Code of the indicator")),
        Column("answer", "yes | no", _("What the document says")),
        Column("reported_on", "date", _("From this day on it counts")),
        Column("occurred_not_before", "date", _("It happened on this day or later")),
        Column("occurred_not_after", "date", _("It happened on this day or before")),
        Column("ended_on", "date", _("First day on which it was so no longer")),
        Column("label", "text", _("Which one, where an actor has several")),
        Column("quantity", "number", _("Amount; empty where none is given, which is not zero")),
        Column("unit", "text", _("Unit of the amount")),
        Column("remark", "text", _("Remark")),
        *SOURCE,
    ),
    _findings,
)
