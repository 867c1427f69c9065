"""Fast entry: a table of what may be found, to be ticked, with a place for each tick.

From a document and an actor the rows are indicators ("what does this statement tell us?"); from a
document and an indicator they are states ("of whom does it say so?").
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.widgets import (
    AdminTextInputWidget,
    AutocompleteSelect,
)
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions import recording
from actions.models import Answer, Finding, Indicator
from states.admin.dates import DATE_FIELDS
from states.admin.names import LabelledChoiceField
from states.models import Document, Organization, State
from states.register import Register, Status

CHOSEN = ("document", "state", "organization", "indicator")
"""Query parameters: what the page is about."""


class ChoosingForm(forms.Form):
    """The document, and the actor or the indicator that it is read for."""

    document = LabelledChoiceField(
        queryset=Document.objects.all(), label=gettext_lazy("Document"), label_of=str
    )
    state = LabelledChoiceField(
        queryset=State.objects.all(),
        label=gettext_lazy("State"),
        required=False,
        label_of=str,
    )
    organization = LabelledChoiceField(
        queryset=Organization.objects.all(),
        label=gettext_lazy("or organisation"),
        required=False,
        label_of=str,
    )
    indicator = LabelledChoiceField(
        queryset=Indicator.objects.all(),
        label=gettext_lazy("or one indicator, for all states"),
        required=False,
        label_of=str,
    )

    def __init__(self, *args: Any, site: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            model_field = Finding._meta.get_field(name)
            page = site.get_model_admin(model_field.related_model)
            field.queryset = page.get_queryset(request)  # type: ignore[attr-defined]
            field.label_of = page.autocomplete_label  # type: ignore[attr-defined]
            field.widget = AutocompleteSelect(model_field, site, choices=field.choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        about = [name for name in CHOSEN[1:] if cleaned.get(name) is not None]
        if len(about) > 1:
            raise forms.ValidationError(
                _("Choose one of these: a state, an organisation, or an indicator for all states.")
            )
        return cleaned

    def label(self, name: str) -> str:
        """How what was chosen is called."""
        chosen = self.cleaned_data[name]
        return str(self.fields[name].label_from_instance(chosen))  # type: ignore[attr-defined]

    @property
    def about(self) -> str:
        """Which of the three was chosen; "" for none yet."""
        return next((name for name in CHOSEN[1:] if self.cleaned_data.get(name) is not None), "")


class CommonForm(forms.Form):
    """What holds for all rows unless a row says otherwise."""

    reported_on = forms.DateField(
        label=gettext_lazy("Reported on"),
        required=False,
        help_text=gettext_lazy("Empty: the document's date."),
        **DATE_FIELDS[models.DateField],
    )
    place = forms.CharField(
        label=gettext_lazy("Place, for all ticks"),
        required=False,
        max_length=300,
        widget=AdminTextInputWidget(attrs={"size": 30}),
        help_text=gettext_lazy("A tick with a place of its own keeps that."),
    )


class RowForm(forms.Form):
    """One row: a tick makes a finding."""

    yes = forms.BooleanField(label=gettext_lazy("yes"), required=False)
    no = forms.BooleanField(label=gettext_lazy("no"), required=False)
    place = forms.CharField(
        label=gettext_lazy("place"),
        required=False,
        max_length=300,
        widget=AdminTextInputWidget(attrs={"size": 14}),
    )
    label = forms.CharField(
        label=gettext_lazy("which one"),
        required=False,
        max_length=200,
        widget=AdminTextInputWidget(attrs={"size": 12}),
    )
    quantity = forms.DecimalField(
        label=gettext_lazy("quantity"),
        required=False,
        min_value=0,
        max_digits=20,
        decimal_places=2,
        widget=forms.TextInput(attrs={"size": 8, "inputmode": "decimal"}),
    )
    happened_on = forms.DateField(
        label=gettext_lazy("happened on"),
        required=False,
        widget=AdminTextInputWidget(attrs={"size": 10, "placeholder": "2011-08-20"}),
        input_formats=DATE_FIELDS[models.DateField]["input_formats"],
        error_messages=DATE_FIELDS[models.DateField]["error_messages"],
    )
    remark = forms.CharField(
        label=gettext_lazy("remark (public)"),
        required=False,
        max_length=300,
        widget=AdminTextInputWidget(attrs={"size": 14}),
    )

    TEXTS = ("place", "label", "quantity", "happened_on", "remark")
    ONLY_FOR = {"label": Indicator.Kind.OCCURRENCE, "quantity": Indicator.Kind.QUANTITY}

    def __init__(self, *args: Any, title: str, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, wanted in self.ONLY_FOR.items():
            if kind != wanted:
                del self.fields[name]
        for field in self.fields.values():
            words = {"row": title, "field": field.label}
            field.widget.attrs["aria-label"] = _("%(row)s: %(field)s") % words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_ticked = cleaned.get("yes") or cleaned.get("no")
        if cleaned.get("yes") and cleaned.get("no"):
            raise forms.ValidationError(_("Tick yes or no: for both, use two documents or places."))
        if not is_ticked and any(cleaned.get(name) not in (None, "") for name in self.TEXTS):
            raise forms.ValidationError(_("Tick yes or no, or clear the row."))
        return cleaned

    @property
    def answer(self) -> str:
        """The answer that is ticked, "" for none."""
        if self.cleaned_data.get("yes"):
            return Answer.YES
        return Answer.NO if self.cleaned_data.get("no") else ""


@dataclass(frozen=True)
class Row:
    """A row with its form, what it is about, and what is recorded from the document already."""

    title: str
    hint: str
    unit: str
    form: RowForm
    recorded: tuple[str, ...]
    about: Mapping[str, Any]

    def finding(self, *, document: Document, reported_on: date | None, place: str) -> Finding:
        """The finding that its tick makes. The form must be valid."""
        typed = self.form.cleaned_data
        # Left out, it becomes the document's date when it is recorded.
        reported: Any = reported_on
        day = typed["happened_on"]
        return Finding(
            **self.about,
            document=document,
            answer=self.form.answer,
            reported_on=reported,
            place=typed["place"] or place,
            label=typed.get("label", ""),
            quantity=typed.get("quantity"),
            occurred_not_before=day,
            occurred_not_after=day,
            remark=typed["remark"],
        )


@dataclass(frozen=True)
class Group:
    """Rows under a heading."""

    title: str
    rows: tuple[Row, ...]


def groups(
    choosing: ChoosingForm, *, today: date, data: Mapping[str, Any] | None
) -> tuple[Group, ...]:
    """The table for what was chosen: indicators by theme, or states by how they stand today."""
    chosen = choosing.cleaned_data
    if choosing.about == "indicator":
        return tuple(_states(chosen["indicator"], chosen["document"], today, data))
    about = {choosing.about: chosen[choosing.about]}
    return tuple(_indicators(about, chosen["document"], data))


def _indicators(
    about: Mapping[str, Any], document: Document, data: Mapping[str, Any] | None
) -> Iterator[Group]:
    known = _recorded(Finding.objects.filter(**about, document=document), "indicator_id")
    by_theme: dict[str, list[Row]] = defaultdict(list)
    indicators = Indicator.objects.select_related("theme__plan").order_by(
        "-theme__plan__valid_from", "theme__plan", "theme__order", "theme", "order", "code"
    )
    for indicator in indicators:
        plan = indicator.theme.plan
        by_theme[f"{plan.short_name or plan.name}: {indicator.theme.name}"].append(
            Row(
                title=indicator.title,
                hint=indicator.code,
                unit=indicator.unit,
                form=RowForm(
                    data,
                    prefix=f"i{indicator.pk}",
                    title=indicator.title,
                    kind=indicator.kind,
                ),
                recorded=known.get(indicator.pk, ()),
                about={**about, "indicator": indicator},
            )
        )
    for title, rows in by_theme.items():
        yield Group(title, tuple(rows))


def _states(
    indicator: Indicator, document: Document, today: date, data: Mapping[str, Any] | None
) -> Iterator[Group]:
    known = _recorded(Finding.objects.filter(indicator=indicator, document=document), "state_id")
    states = State.objects.in_bulk()
    by_status: dict[Status, list[Row]] = {status: [] for status in Status}
    for standing in Register.load(today):
        facts = standing.state
        by_status[standing.status].append(
            Row(
                title=facts.name,
                hint=facts.iso3,
                unit=indicator.unit,
                form=RowForm(data, prefix=f"s{facts.id}", title=facts.name, kind=indicator.kind),
                recorded=known.get(facts.id, ()),
                about={"state": states[facts.id], "indicator": indicator},
            )
        )
    for status, rows in by_status.items():
        yield Group(str(status.label), tuple(rows))


def _recorded(findings: models.QuerySet[Finding], key: str) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for finding in findings.filter(retracted_at__isnull=True).order_by("pk"):
        found[getattr(finding, key) or 0].append(recording.already(finding))
    return {pk: tuple(sentences) for pk, sentences in found.items()}


def ticked(tables: Iterable[Group]) -> list[Row]:
    """The rows with a tick, in order. The forms must be valid."""
    return [row for group in tables for row in group.rows if row.form.answer]


def are_valid(tables: Iterable[Group]) -> bool:
    """Whether every row can be read; each one is looked at."""
    verdicts = [row.form.is_valid() for group in tables for row in group.rows]
    return all(verdicts)
