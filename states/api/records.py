"""What is recorded, as flat rows: treaty actions, meetings, documents and names of states."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from states.files.serving import public_address
from states.models import Certainty, Document, DocumentFile, Meeting, StateName, TreatyAction
from states.names import NameBook

from .standings import until_known


class CitingSerializer(serializers.Serializer[Any]):
    """Rows that cite a document. What is not public is not named."""

    document = serializers.SerializerMethodField(
        help_text=_("Code of the document; empty where none is cited or it is not public.")
    )
    document_title = serializers.SerializerMethodField()
    document_url = serializers.SerializerMethodField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """All fields, what is cited at the end."""
        fields = super().get_fields()
        cited = {name: fields.pop(name) for name in CitingSerializer._declared_fields}
        return fields | cited

    def get_document(self, row: Any) -> str:
        document = self._public(row.document)
        return document.code if document else ""

    def get_document_title(self, row: Any) -> str:
        document = self._public(row.document)
        return document.title if document else ""

    def get_document_url(self, row: Any) -> str:
        document = self._public(row.document)
        return document.url if document else ""

    @staticmethod
    def _public(document: Document | None) -> Document | None:
        return document if document is not None and document.is_public else None


class TreatyActionSerializer(CitingSerializer):
    """An act of a state towards the Convention."""

    iso3 = serializers.CharField(source="state.iso3")
    name = serializers.SerializerMethodField(
        help_text=_("UN short name on the date of the answer.")
    )
    kind = serializers.ChoiceField(choices=TreatyAction.Kind.choices)
    date = serializers.DateField(help_text=_("The day on which the depositary received it."))
    certainty = serializers.ChoiceField(choices=Certainty.choices)
    place = serializers.SerializerMethodField(help_text=_("Where in the document."))
    note = serializers.CharField(allow_blank=True)

    def get_name(self, action: TreatyAction) -> str:
        names: NameBook = self.context["names"]
        on: date = self.context["on"]
        return names.short(action.state_id, on) or action.state.iso3

    def get_place(self, action: TreatyAction) -> str:
        return action.place if self._public(action.document) else ""


class MeetingSerializer(CitingSerializer):
    """A meeting under the Convention."""

    code = serializers.CharField(help_text=_("By which figures name it, such as `since(1MSP, …)`."))
    kind = serializers.ChoiceField(choices=Meeting.Kind.choices)
    number = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    city = serializers.CharField(allow_blank=True)
    country = serializers.CharField(
        source="country.iso3", allow_null=True, help_text=_("ISO code of three letters.")
    )
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    is_held = serializers.SerializerMethodField(
        help_text=_("Whether it was over on the date of the answer.")
    )
    president = serializers.CharField(allow_blank=True)
    certainty = serializers.ChoiceField(choices=Certainty.choices)
    note = serializers.CharField(allow_blank=True)

    def get_is_held(self, meeting: Meeting) -> bool:
        on: date = self.context["on"]
        return meeting.ends_on <= on


class FileSerializer(serializers.Serializer[DocumentFile]):
    """A file that anybody may download."""

    url = serializers.SerializerMethodField(help_text=_("Where to download it."))
    name = serializers.CharField(source="original_name")
    type = serializers.CharField(source="content_type", help_text=_("The media type."))
    size = serializers.IntegerField(help_text=_("In bytes."))
    sha256 = serializers.CharField()

    def get_url(self, file: DocumentFile) -> str:
        return file_address(self.context["request"], file)


class DocumentRowSerializer(serializers.Serializer[Document]):
    """A public document that can be cited: a row of the CSV file."""

    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=Document.Kind.choices)
    author = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    published_on = serializers.DateField(
        allow_null=True, help_text=_("Empty where the day is not known.")
    )
    url = serializers.CharField(allow_blank=True)
    files = serializers.SerializerMethodField(help_text=_("Its current files."))

    def get_files(self, document: Document) -> Any:
        request = self.context["request"]
        return " ".join(file_address(request, file) for file in shown_files(document))


class DocumentSerializer(DocumentRowSerializer):
    """A public document that can be cited, with its files."""

    @extend_schema_field(FileSerializer(many=True))
    def get_files(self, document: Document) -> Any:
        files: Any = shown_files(document)
        return FileSerializer(files, many=True, context=self.context).data


class StateNameSerializer(serializers.Serializer[StateName]):
    """What a state was called, or how its name gets spelt."""

    iso3 = serializers.CharField(source="state.iso3")
    language = serializers.CharField()
    kind = serializers.ChoiceField(choices=StateName.Kind.choices)
    name = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_until = serializers.SerializerMethodField(
        help_text=_("The first day without it; empty where that day has not come on the date.")
    )
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_valid_until(self, row: StateName) -> date | None:
        return until_known(row.valid_until, on=self.context["on"])


def shown_files(document: Document) -> list[DocumentFile]:
    """The files that the view loaded with a document because they may be shown."""
    return document.shown_files  # type: ignore[attr-defined, no-any-return]


def file_address(request: Request, file: DocumentFile) -> str:
    """The whole public address of a file."""
    return request.build_absolute_uri(public_address(file))
