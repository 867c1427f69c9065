"""The page of a reconciliation, and its tables as files."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.editions.views import speak_of
from actions.models import ProgressReport
from ccm_portal.as_of import AsOf
from ccm_portal.exports import csv_response
from ccm_portal.links import Links
from states.register import Standing

from . import rows, wording
from .answer import Reconciliation
from .checks import Check, Outcome
from .values import Compared, Verdict

TITLES: dict[Verdict, str | Promise] = {
    Verdict.DIFFERS: gettext_lazy("Different"),
    Verdict.OPEN: gettext_lazy("Open"),
    Verdict.NO_NUMBER: gettext_lazy("No number printed"),
    Verdict.NOT_COMPUTED: gettext_lazy("Cannot be computed"),
    Verdict.SAME: gettext_lazy("The same"),
}
EXPLANATIONS: dict[Verdict, str | Promise] = {
    Verdict.DIFFERS: gettext_lazy(
        "The records name other states than the document, or make another number."
    ),
    Verdict.OPEN: gettext_lazy(
        "The day of a report is not known well enough; what was printed may be right."
    ),
    Verdict.NO_NUMBER: gettext_lazy("The document says “several” or “some”; the records count."),
    Verdict.NOT_COMPUTED: gettext_lazy("The document names nobody, or the number is not its own."),
    Verdict.SAME: gettext_lazy("Number and states agree."),
}


@dataclass(frozen=True)
class FigureRow:
    """A printed figure as the page shows it."""

    compared: Compared
    printed: str
    own: str
    own_url: str
    only_printed: tuple[Standing, ...]
    only_own: tuple[Standing, ...]
    rest: str
    """What there is to say besides the states that make the difference."""

    @property
    def is_explained(self) -> bool:
        """Whether there is anything to explain."""
        return bool(self.only_printed or self.only_own or self.rest)


@dataclass(frozen=True)
class CheckRow:
    """A check as the page shows it."""

    check: Check
    question: str
    finding: str


@dataclass(frozen=True)
class Group:
    """The figures with one verdict."""

    verdict: Verdict
    title: str | Promise
    explanation: str | Promise
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class Page:
    """All that the page shows."""

    reconciliation: Reconciliation
    links: Links

    @cached_property
    def summary(self) -> str:
        return wording.summary(self.reconciliation)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The figures by verdict, what differs first; verdicts that nothing has are left out."""
        return tuple(
            Group(verdict, title, EXPLANATIONS[verdict], found)
            for verdict, title in TITLES.items()
            if (found := tuple(self._figures(verdict)))
        )

    @cached_property
    def contradictions(self) -> tuple[CheckRow, ...]:
        return tuple(self._checks(Outcome.CONTRADICTS))

    @cached_property
    def other_checks(self) -> tuple[CheckRow, ...]:
        return tuple(self._checks(Outcome.OPEN, Outcome.NOT_CHECKABLE, Outcome.HOLDS))

    def _figures(self, verdict: Verdict) -> Iterable[FigureRow]:
        reconciliation = self.reconciliation
        for row in reconciliation.rows:
            if row.verdict is verdict:
                yield FigureRow(
                    compared=row,
                    printed=wording.printed_value(row.printed),
                    own=wording.own_value(row.own, printed=row.printed),
                    own_url=self._url(row),
                    only_printed=reconciliation.standings(row.only_printed),
                    only_own=reconciliation.standings(row.only_own),
                    rest=wording.remarks(row, reconciliation),
                )

    def _url(self, row: Compared) -> str:
        """The explorer's answer to the figure on the cut-off date: its states and evidence."""
        if not row.own.expression:
            return ""
        day = self.reconciliation.head.cut_off_on.isoformat()
        expression = self.reconciliation.in_full(row.own.expression)
        return self.links.to("figures", expression=expression, as_of=day)

    def _checks(self, *outcomes: Outcome) -> Iterable[CheckRow]:
        order = {outcome: place for place, outcome in enumerate(outcomes)}
        found = [check for check in self.reconciliation.checks if check.outcome in order]
        for check in sorted(found, key=lambda check: (order[check.outcome], *_place(check))):
            yield CheckRow(
                check,
                wording.question(check, self.reconciliation),
                wording.finding(check, self.reconciliation),
            )


def _place(check: Check) -> tuple[int, str]:
    return check.figure.paragraph, check.figure.key


def reconciliation(request: HttpRequest, code: str) -> HttpResponse:
    """Printed figures against computed ones. Raises `Http404` for an edition that is not shown."""
    report = shown(code)
    speak_of(request, report.cut_off_on)
    as_of = cast(AsOf, request.as_of)  # type: ignore[attr-defined]
    page = Page(Reconciliation.load(report), Links(as_of))
    return render(request, "actions/reconciliation.html", {"page": page, "code": code})


def figures_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of the page as a CSV file."""
    found = rows.flat(rows.figure_rows(Reconciliation.load(shown(code))))
    return csv_response(found, rows.FIGURE_COLUMNS, filename=f"{code}-reconciliation.csv")


def checks_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The checks of the document against itself as a CSV file."""
    found = rows.flat(rows.check_rows(Reconciliation.load(shown(code))))
    return csv_response(found, rows.CHECK_COLUMNS, filename=f"{code}-checks.csv")


def shown(code: str) -> ProgressReport:
    """An edition that is shown in public. Raises `Http404`."""
    reports = ProgressReport.objects.published()
    found = reports.select_related("plan", "from_meeting", "until_meeting").filter(code=code)
    report: ProgressReport | None = found.first()
    if report is None:
        raise Http404(_("No such progress report is shown."))
    return report
