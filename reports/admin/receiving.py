"""“Record a received report”: what is owed, one of it proposed, and the few things to enter.

A page without a script of its own: a date, the files, and Ctrl+S.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AutocompleteSelect,
)
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.as_of import today
from reports import owed
from reports.deadlines import ReportDeadline, Reporting
from reports.explanations import explain
from reports.filters import DeadlineFilter
from reports.models import TransparencyReport
from reports.recording import Receiving, RecordedAlready, Recording, record
from states.admin.dates import DATE_FIELDS, DateWidget
from states.admin.names import LabelledChoiceField
from states.files.forms import DocumentUploadsField
from states.models import Certainty, Document, State

from . import shown

Kind = TransparencyReport.Kind
ROWS_A_PAGE = 100
OWED = "owed"
OTHER = "other"
"""Query parameters: the duty that was chosen, and that none of them is meant."""


class ReceivingForm(forms.Form):
    """What is entered when a report arrives; what it says can wait."""

    state = LabelledChoiceField(queryset=State.objects.none(), label_of=str)
    kind = forms.ChoiceField(label=gettext_lazy("Report"), choices=Kind.choices)
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        required=False,
        help_text=gettext_lazy("The calendar year that an annual report covers."),
    )
    received_on = forms.DateField(
        label=gettext_lazy("Received on"),
        **DATE_FIELDS[models.DateField] | {"widget": DateWidget(attrs={"autofocus": True})},
    )
    received_until = forms.DateField(
        label=gettext_lazy("or until"),
        required=False,
        help_text=gettext_lazy("Received between the two days, both included."),
        **DATE_FIELDS[models.DateField],
    )
    uploads = DocumentUploadsField(
        required=False,
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("PDF, DOCX, ODT or XLSX; drop them here, several at once."),
    )
    basis = forms.CharField(
        label=gettext_lazy("What the date is"),
        required=False,
        max_length=200,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("Such as the stamp of receipt, or the date on the report itself."),
    )
    certainty = forms.ChoiceField(
        label=gettext_lazy("Certainty"), choices=Certainty.choices, required=False
    )
    source = LabelledChoiceField(
        queryset=Document.objects.all(),
        label=gettext_lazy("Source of the date"),
        required=False,
        label_of=str,
    )
    place = forms.CharField(
        label=gettext_lazy("Place in the source"),
        required=False,
        max_length=300,
        widget=AdminTextInputWidget,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=AdminTextareaWidget(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, site: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page_of_states = site.get_model_admin(State)
        states, source = self.fields["state"], self.fields["source"]
        states.queryset = page_of_states.get_queryset(request)  # type: ignore[attr-defined]
        states.label_of = page_of_states.autocomplete_label  # type: ignore[attr-defined]
        for field, name in ((states, "state"), (source, "receipt_source")):
            model_field = TransparencyReport._meta.get_field(name)
            field.widget = AutocompleteSelect(model_field, site, choices=field.choices)  # type: ignore[attr-defined]

    @property
    def is_between(self) -> bool:
        """Whether the second date is open already."""
        return bool(self["received_until"].value() or self["received_until"].errors)

    @property
    def which(self) -> list[forms.BoundField]:
        """Which report it is: known beforehand where it is owed."""
        return [self[name] for name in ("state", "kind", "year")]

    @property
    def rare(self) -> list[forms.BoundField]:
        """What is rarely entered on the day of receipt."""
        return [self[name] for name in ("basis", "certainty", "source", "place", "note")]

    @property
    def has_rare(self) -> bool:
        """Whether something stands there."""
        return any(
            field.errors or (field.value() and field.name != "certainty") for field in self.rare
        )

    def write(self, *, by: Any) -> Recording:
        """Record what was entered. Raises `ValidationError` as `record` does."""
        entered = self.cleaned_data
        return record(
            state=entered["state"],
            kind=entered["kind"],
            year=entered["year"],
            received=Receiving(
                not_before=entered["received_on"],
                not_after=entered["received_until"] or entered["received_on"],
                certainty=entered["certainty"] or Certainty.CONFIRMED,
                basis=entered["basis"],
                source=entered["source"],
                place=entered["place"],
            ),
            files=entered["uploads"],
            note=entered["note"],
            today=today(),
            by=by,
        )


@dataclass(frozen=True)
class Row:
    """One duty in the list; `choose` leads to its proposal."""

    duty: ReportDeadline
    choose: str
    is_chosen: bool


@dataclass(frozen=True)
class Desk:
    """What the page shows: the filter, the duties that pass it, and the one that is proposed.

    `first_values` are those of the form; None where nothing is to be entered yet. `query` is what
    the address of another page of the list begins with.
    """

    filter: DeadlineFilter
    rows: Page[Row]
    proposed: ReportDeadline | None
    sentence: str
    first_values: dict[str, Any] | None
    query: str


def page(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """The page, and what it sends."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    desk = _desk(request)
    options = {"site": model_admin.admin_site, "request": request}
    if request.method == "POST":
        form = ReceivingForm(request.POST, request.FILES, **options)
        if form.is_valid():
            answer = _write(request, form)
            if answer is not None:
                return answer
    elif desk.first_values is None:
        form = None
    else:
        form = ReceivingForm(initial=desk.first_values, **options)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Record a received report"),
        "desk": desk,
        "form": form,
        "media": model_admin.media + (form.media if form else forms.Media()),
        "preserved": request.GET.urlencode(),
    }
    return TemplateResponse(request, "admin/reports/transparencyreport/record.html", context)


def _write(request: HttpRequest, form: ReceivingForm) -> HttpResponse | None:
    """Record it and lead on; None, with the sentences on the form, if that is refused."""
    try:
        with transaction.atomic():
            recording = form.write(by=request.user)
    except RecordedAlready as refusal:
        form.add_error(None, _with_link(refusal))
        return None
    except ValidationError as refusal:
        for sentence in refusal.messages:
            form.add_error(None, sentence)
        return None
    report = recording.report
    change = reverse("admin:reports_transparencyreport_change", args=[report.pk])
    messages.success(
        request,
        format_html(
            _('Recorded: {}, <a href="{}">{}</a>, received {}.'),
            form.fields["state"].label_from_instance(form.cleaned_data["state"]),  # type: ignore[attr-defined]
            change,
            report,
            shown.received(report),
        ),
    )
    for sentence in recording.notices:
        messages.warning(request, sentence)
    here = reverse("admin:reports_transparencyreport_record")
    return HttpResponseRedirect(change if "_forms" in request.POST else here)


def _with_link(refusal: RecordedAlready) -> ValidationError:
    address = reverse("admin:reports_transparencyreport_change", args=[refusal.report.pk])
    return ValidationError(
        format_html('{} <a href="{}">{}</a>', " ".join(refusal.messages), address, _("Open it."))
    )


def _desk(request: HttpRequest) -> Desk:
    reporting = Reporting.load()
    deadlines = reporting.on(today())
    duties = owed.open_duties(deadlines)
    chosen = request.GET.get(OWED, "")
    # Nothing of the list is chosen by what else the address says.
    sent = {name: request.GET.get(name, "") for name in DeadlineFilter.base_fields}
    question = DeadlineFilter(sent, history=reporting.history)
    passing = question.apply(duties) if question.is_valid() else ()
    proposed = next((duty for duty in duties if owed.key(duty) == chosen), None)
    states = question.cleaned_data.get("state") if question.is_valid() else None
    is_one_state = states is not None and len(states) == 1
    if proposed is None and is_one_state and OTHER not in request.GET:
        proposed = owed.most_likely(passing)
    rows = [_row(duty, request, proposed) for duty in passing]
    return Desk(
        filter=question,
        rows=Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("p")),
        proposed=proposed,
        sentence=_sentence(proposed, is_one_state=is_one_state),
        first_values=_first_values(
            proposed,
            next(iter(states)) if states is not None and is_one_state else None,
            is_asked_for=OTHER in request.GET,
        ),
        query=_without(request, "p"),
    )


def _without(request: HttpRequest, name: str) -> str:
    query = request.GET.copy()
    query.pop(name, None)
    return query.urlencode()


def _row(duty: ReportDeadline, request: HttpRequest, proposed: ReportDeadline | None) -> Row:
    query = request.GET.copy()
    query[OWED] = owed.key(duty)
    query.pop(OTHER, None)
    return Row(duty=duty, choose=f"?{query.urlencode()}#enter", is_chosen=duty is proposed)


def _sentence(proposed: ReportDeadline | None, *, is_one_state: bool) -> str:
    if proposed is not None:
        return explain(proposed)
    if is_one_state:
        return _("It owes no report of this kind that is not in: what came may be voluntary.")
    return ""


def _first_values(
    proposed: ReportDeadline | None, state_id: int | None, *, is_asked_for: bool
) -> dict[str, Any] | None:
    if proposed is not None:
        return {"state": proposed.standing.state.id, "kind": proposed.kind, "year": proposed.year}
    if state_id is not None or is_asked_for:
        return {"state": state_id, "kind": Kind.VOLUNTARY}
    return None
