"""Draft findings from the lines of an Article 7 report, so that nothing is typed twice.

Each indicator names the lines that propose it (`yes_from`, `no_from`). A proposal is a draft that
cites the report and its form; staff publish it, change it, or retract it. To propose again changes
nothing that they decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_noop

from reports.documents import of_kind_report, own_document
from reports.models import DeclaredQuantity, FormEntry, TransparencyReport
from states.models import Document
from states.names import FALLBACK_LANGUAGE, NameBook
from states.publishing import lock_states

from . import lines
from .models import Answer, Finding, Indicator

# Stored in the history in English, and translated where it is shown.
PROPOSED = gettext_noop("Proposed from a report")

Kind = Indicator.Kind
By = AbstractBaseUser | None


@dataclass(frozen=True)
class Proposal:
    """What one line, or one form, says of one indicator."""

    indicator: Indicator
    answer: str
    place: str
    label: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    declared_quantity: DeclaredQuantity | None = None
    form_entry: FormEntry | None = None


@dataclass(frozen=True)
class Outcome:
    """How many draft findings were added, changed and taken away."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.added + other.added, self.changed + other.changed, self.removed + other.removed
        )


def proposals(report: TransparencyReport) -> tuple[Proposal, ...]:
    """What a report's lines propose. Costs three queries."""
    quantities = list(report.quantities.order_by("pk"))
    entries = list(report.form_entries.order_by("form"))
    indicators = Indicator.objects.exclude(yes_from="", no_from="").order_by("code")
    return tuple(
        proposal
        for indicator in indicators
        for proposal in _of_indicator(indicator, quantities, entries)
    )


@transaction.atomic
def propose(*, report: TransparencyReport, name: str, by: By) -> Outcome:
    """Let the drafts be what the report's lines propose; `name` is the state's.

    What staff published, changed or retracted is left as it is, and so is a finding that cites the
    same place already. A report that has not been received proposes nothing.
    """
    lock_states([report.state_id])
    wanted = proposals(report) if report.received_not_after is not None else ()
    standing = _proposed_by(report)
    if not (wanted or standing or of_kind_report([report]).exists()):
        return Outcome()
    document = own_document(report=report, name=name, by=by)
    outcome = Outcome(removed=_remove_orphans(report, document))
    cited = set(
        Finding.objects.filter(state_id=report.state_id, document=document)
        .exclude(pk__in=[finding.pk for finding in standing.values()])
        .values_list("indicator_id", "place", "label")
    )
    for proposal in wanted:
        finding = standing.pop(_key(proposal), None)
        if finding is None and _citation(proposal) in cited:
            continue
        cited.add(_citation(proposal))
        outcome += _write(proposal, finding, report=report, document=document, by=by)
    for finding in standing.values():
        if _is_untouched(finding):
            _remove(finding, by)
            outcome += Outcome(removed=1)
    return outcome


def propose_all(*, today: date, by: By) -> Outcome:
    """As `propose`, for every report of which something is entered. `today` is the real date."""
    names = NameBook.load()
    reports = (
        TransparencyReport.objects.filter(
            Q(quantities__isnull=False) | Q(form_entries__isnull=False)
        )
        .distinct()
        .select_related("state")
        .order_by("pk")
    )
    return sum(
        (
            propose(
                report=report,
                name=names.short(report.state_id, today, FALLBACK_LANGUAGE) or report.state.iso3,
                by=by,
            )
            for report in reports
        ),
        Outcome(),
    )


# What a report says


def _of_indicator(
    indicator: Indicator, quantities: list[DeclaredQuantity], entries: list[FormEntry]
) -> Iterator[Proposal]:
    for answer, text in ((Answer.YES, indicator.yes_from), (Answer.NO, indicator.no_from)):
        names = lines.names_in(text)
        found = [line for line in quantities if lines.name_of(line) in names]
        if indicator.kind != Kind.YES_NO:
            yield from (_of_line(indicator, answer, line) for line in _fitting(indicator, found))
            continue
        by_form: dict[str, list[DeclaredQuantity]] = {}
        for line in found:
            by_form.setdefault(line.form, []).append(line)
        yield from (_of_lines(indicator, answer, group) for group in by_form.values())
        yield from (
            Proposal(indicator, answer, place=_place(entry.form), form_entry=entry)
            for entry in entries
            if lines.name_of(entry) in names and entry.form not in by_form
        )


def _of_lines(indicator: Indicator, answer: str, group: list[DeclaredQuantity]) -> Proposal:
    """Lines of one form that say the same: one finding, anchored at the first."""
    first = group[0]
    if answer == Answer.YES and all(line.quantity == 0 for line in group):
        answer = Answer.NO  # what is declared as zero is declared not to be there
    place = _place(first.form, first.place if len(group) == 1 else "")
    return Proposal(indicator, answer, place=place, declared_quantity=first)


def _of_line(indicator: Indicator, answer: str, line: DeclaredQuantity) -> Proposal:
    is_measured = indicator.kind == Kind.QUANTITY and line.quantity is not None
    return Proposal(
        indicator,
        answer,
        place=_place(line.form, line.place),
        label=line.type,
        quantity=line.quantity if is_measured else None,
        unit=line.unit if is_measured else "",
        declared_quantity=line,
    )


def _fitting(indicator: Indicator, found: list[DeclaredQuantity]) -> Iterator[DeclaredQuantity]:
    """The lines in the indicator's unit: nothing is converted by guess."""
    for line in found:
        if indicator.kind != Kind.QUANTITY or line.unit in {"", indicator.unit}:
            yield line


def _place(form: str, place: str = "") -> str:
    # As it is stored: in English, like every text that the portal gives.
    return ", ".join(part for part in (f"Form {form}", place) if part)


# What stands already

Key = tuple[int | None, int | None, int]


def _key(proposal: Proposal) -> Key:
    line, entry = proposal.declared_quantity, proposal.form_entry
    return line.pk if line else None, entry.pk if entry else None, proposal.indicator.pk


def _citation(proposal: Proposal) -> tuple[int, str, str]:
    return proposal.indicator.pk, proposal.place, proposal.label


def _proposed_by(report: TransparencyReport) -> dict[Key, Finding]:
    """The findings that the report's lines proposed, those that were retracted among them."""
    findings = _with_reason().filter(
        Q(declared_quantity__report=report) | Q(form_entry__report=report)
    )
    return {
        (finding.declared_quantity_id, finding.form_entry_id, finding.indicator_id): finding
        for finding in findings
    }


def _with_reason() -> Any:
    """Findings, each with the reason of its latest change."""
    latest = Finding.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    return Finding.objects.annotate(
        last_reason=Subquery(latest.values("history_change_reason")[:1])
    )


def _is_untouched(finding: Any) -> bool:
    """Whether it is still the draft as it was proposed."""
    return (
        not finding.is_published
        and not finding.is_retracted
        and bool(finding.last_reason == PROPOSED)
    )


def _remove_orphans(report: TransparencyReport, document: Document) -> int:
    """Take away drafts whose line was deleted."""
    orphans = _with_reason().filter(
        state_id=report.state_id,
        document=document,
        declared_quantity__isnull=True,
        form_entry__isnull=True,
        last_reason=PROPOSED,
    )
    gone = [finding for finding in orphans if _is_untouched(finding)]
    for finding in gone:
        _remove(finding, None)
    return len(gone)


# Writing


def _write(
    proposal: Proposal,
    finding: Finding | None,
    *,
    report: TransparencyReport,
    document: Document,
    by: By,
) -> Outcome:
    if finding is not None and not _is_untouched(finding):
        return Outcome()
    said = {
        "answer": proposal.answer,
        "reported_on": report.received_not_after,
        "document": document,
        "place": proposal.place,
        "label": proposal.label,
        "quantity": proposal.quantity,
        "unit": proposal.unit,
    }
    is_new = finding is None
    if finding is None:
        finding = Finding(
            state_id=report.state_id,
            indicator=proposal.indicator,
            declared_quantity=proposal.declared_quantity,
            form_entry=proposal.form_entry,
        )
    elif all(getattr(finding, field) == value for field, value in said.items()):
        return Outcome()
    for field, value in said.items():
        setattr(finding, field, value)
    finding._history_user = by  # type: ignore[attr-defined]
    finding._change_reason = PROPOSED  # type: ignore[attr-defined]
    finding.save()
    return Outcome(added=1) if is_new else Outcome(changed=1)


def _remove(finding: Finding, by: By) -> None:
    finding._history_user = by  # type: ignore[attr-defined]
    finding._change_reason = PROPOSED  # type: ignore[attr-defined]
    finding.delete()
