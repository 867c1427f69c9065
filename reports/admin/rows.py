"""What a report says, as rows on its page: forms, quantities, days on which it was missing."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.as_of import EARLIEST, today
from reports.forms import FORMS
from reports.models import DeclaredQuantity, FormEntry, KnownMissing, TransparencyReport
from states.admin.record import RecordForm, RecordInline


class RowsOfReport(RecordInline):
    """Rows that may be changed by whoever may change the report: not, once it is published, by
    those who may not publish.
    """

    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and self._is_open(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_open(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_open(request, obj)

    def _is_open(self, request: HttpRequest, report: Any) -> bool:
        page = self.admin_site.get_model_admin(TransparencyReport)
        return bool(page.has_change_permission(request, report))


class FormRow(RecordForm):
    """One sheet; which one it is, is given and not typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.form = self.initial.get("form", "")

    class Meta:
        widgets = {
            "form": forms.HiddenInput,
            "unchanged_since": forms.NumberInput(attrs={"min": EARLIEST.year}),
        }

    def clean_unchanged_since(self) -> int | None:
        year: int | None = self.cleaned_data.get("unchanged_since")
        if year is not None and not EARLIEST.year <= year <= today().year:
            raise ValidationError(
                _("Give the year of the earlier report, from %(first)s to %(last)s.")
                % {"first": EARLIEST.year, "last": today().year}
            )
        return year


class FormEntryInline(RowsOfReport):
    """The ten sheets of the reporting form: those not recorded yet stand ready."""

    model = FormEntry
    form = FormRow
    max_num = len(FORMS)
    verbose_name_plural = gettext_lazy("Forms A to J")
    fields = ("sheet", "form", "answer", "unchanged_since", "sentence", "remark")
    readonly_fields = ("sheet", "remark")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return len(missing_sheets(obj))

    @admin.display(description=gettext_lazy("form"))
    def sheet(self, entry: FormEntry) -> str:
        form = FORMS.get(entry.form)
        if form is None:
            return ""
        articles = ", ".join(form.paragraphs)
        return format_html(
            "<strong>{}</strong> {}{}",
            form.letter.value,
            form.title,
            f" ({articles})" * bool(articles),
        )

    @admin.display(description=gettext_lazy("remark"))
    def remark(self, entry: FormEntry) -> str:
        if entry.pk and entry.is_bare:
            return format_html('<span class="draft">{}</span>', _("bare: no sentence"))
        return ""


def missing_sheets(report: TransparencyReport | None) -> list[dict[str, str]]:
    """The sheets of which nothing is recorded yet, as first values of the rows that wait."""
    recorded = set(report.form_entries.values_list("form", flat=True)) if report else set()
    return [{"form": letter} for letter in FORMS if letter not in recorded]


class DeclaredQuantityInline(RowsOfReport):
    """What a report declares. A quantity that is not given stays empty: unknown is not zero."""

    model = DeclaredQuantity
    verbose_name_plural = gettext_lazy("Declared quantities and measures")
    fields = (
        "form",
        "subject",
        "type",
        "quantity",
        "unit",
        "period_from",
        "period_to",
        "place",
        "note",
    )


class MissingDay(RecordForm):
    """A day on which a source says that the report had not come."""

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > today():
            raise ValidationError(
                _("No source can say that it was missing on a day to come: check the day.")
            )
        return day


class KnownMissingInline(RowsOfReport):
    """Evidence that a report was missing."""

    model = KnownMissing
    form = MissingDay
    verbose_name_plural = gettext_lazy("Known to be missing on")
    fields = ("on", "document")
    autocomplete_fields = ("document",)
