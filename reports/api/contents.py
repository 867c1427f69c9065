"""What a published report contains, in the API's words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reports.completeness import Sheet, completeness, sentence
from reports.forms import FormLetter
from reports.models import DeclaredQuantity, FormAnswer, TransparencyReport
from states.api.records import FileSerializer
from states.models import Document


class ReportDocumentSerializer(serializers.Serializer[Document]):
    """A public document of the report with its files."""

    code = serializers.CharField()
    title = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    files = FileSerializer(source="shown_files", many=True)


class SheetSerializer(serializers.Serializer[Sheet]):
    """How one form of the report is answered."""

    form = serializers.ChoiceField(source="form.letter", choices=FormLetter.choices)
    title = serializers.CharField(source="form.title")
    is_owed = serializers.BooleanField(help_text=_("Whether this kind of report owes the form."))
    answer = serializers.ChoiceField(
        choices=FormAnswer.choices,
        allow_null=True,
        help_text=_("Empty where nobody has recorded what the form says."),
    )
    unchanged_since = serializers.IntegerField(
        allow_null=True, help_text=_("The year of the earlier report.")
    )
    is_bare = serializers.BooleanField(
        help_text=_("Whether it says “not applicable” without a word of why.")
    )
    sentence = serializers.CharField(
        allow_blank=True, help_text=_("What the state wrote, in short.")
    )


class QuantitySerializer(serializers.Serializer[DeclaredQuantity]):
    """Something that the report declares. A quantity not given is unknown, never zero."""

    form = serializers.ChoiceField(
        choices=FormLetter.choices, help_text=_("The form that it was read in.")
    )
    subject = serializers.ChoiceField(choices=DeclaredQuantity.Subject.choices)
    type = serializers.CharField(
        allow_blank=True, help_text=_("The type of munition, the name of the area or of the law.")
    )
    quantity = serializers.DecimalField(
        max_digits=20,
        decimal_places=2,
        allow_null=True,
        help_text=_("As text, so that no digit is lost; empty where the report gives none."),
    )
    unit = serializers.ChoiceField(
        choices=[choice for choice in DeclaredQuantity.Unit.choices if choice[0]], allow_blank=True
    )
    period_from = serializers.DateField(allow_null=True)
    period_to = serializers.DateField(allow_null=True)
    place = serializers.CharField(allow_blank=True, help_text=_("Page, table or row."))
    note = serializers.CharField(allow_blank=True)


class ContentsSerializer(serializers.Serializer[TransparencyReport]):
    """A published report's files, its forms A to J, and what it declares."""

    completeness = serializers.SerializerMethodField(
        help_text=_("How complete the report is, in a sentence: a measure apart from when it came.")
    )
    documents = ReportDocumentSerializer(source="public_documents", many=True)
    forms = serializers.SerializerMethodField(
        help_text=_("All ten forms; none where it has not been recorded what any of them says.")
    )
    quantities = QuantitySerializer(many=True)

    def get_completeness(self, report: TransparencyReport) -> str:
        return sentence(completeness(kind=report.kind, entries=report.form_entries.all()))

    @extend_schema_field(SheetSerializer(many=True))
    def get_forms(self, report: TransparencyReport) -> list[dict[str, Any]]:
        measure = completeness(kind=report.kind, entries=report.form_entries.all())
        sheets: Any = measure.sheets if measure.is_recorded else ()
        return list(SheetSerializer(sheets, many=True).data)
