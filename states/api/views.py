"""The addresses of `states` in the API. Drafts and what is not public never appear."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from ccm_portal.rest.filters import FormFilter
from ccm_portal.rest.views import DatedView, RowsView
from states.filters import SORT_KEYS, STATUS_CHOICES, RegisterFilter
from states.models import (
    Document,
    DocumentFile,
    Meeting,
    Region,
    StateName,
    TreatyAction,
    UNRegionalGroup,
)
from states.names import NameBook
from states.register import Register
from states.status import STATUS_COLUMNS, StatusCount, status_rows

from .filters import DocumentFilter, MeetingFilter, StateNameFilter, TreatyActionFilter
from .records import (
    DocumentRowSerializer,
    DocumentSerializer,
    MeetingSerializer,
    StateNameSerializer,
    TreatyActionSerializer,
)
from .standings import StandingSerializer, StateSerializer


class StatesView(RowsView):
    """All states on a date: how each stands towards the Convention, and since when."""

    name = "states"
    serializer_class = StandingSerializer
    filter_backends = [FormFilter]
    filter_form = RegisterFilter
    filter_values = {
        "status": tuple(STATUS_CHOICES),
        "region": tuple(Region.values),
        "un_group": tuple(UNRegionalGroup.values),
        "sort": (*SORT_KEYS, *(f"-{key}" for key in SORT_KEYS)),
    }
    filter_words = {
        "q": gettext_lazy("Part of a name of any time or spelling, or an ISO code."),
        "sort": gettext_lazy("The order, with a minus sign for the last first."),
    }

    def get_queryset(self) -> Any:
        return Register.load(self.on)


class StateView(DatedView):
    """One state on a date: its treaty actions with their sources, what follows from them, names."""

    @extend_schema(
        operation_id="states_retrieve",
        parameters=[
            OpenApiParameter(
                "iso3",
                str,
                OpenApiParameter.PATH,
                description=gettext_lazy("ISO code of three letters."),
            )
        ],
        responses=StateSerializer,
    )
    def get(self, request: Request, iso3: str) -> Response:
        register = Register.load(self.on)
        standing = register.by_iso3.get(iso3.upper())
        if standing is None:
            raise NotFound(
                _("No state has the code “%(code)s”: use the three letters of ISO, such as NOR.")
                % {"code": iso3[:40]}
            )
        context = {"request": request, "register": register}
        if self.wants_csv:
            row = StandingSerializer(standing, context=context)
            return self.table(row.fields, [row.data], name=standing.state.slug)
        return Response(StateSerializer(standing, context=context).data)


class TreatyActionsView(RowsView):
    """Signatures, deposits, provisional applications and withdrawals up to a date."""

    name = "treaty-actions"
    queryset = TreatyAction.objects.published().select_related("state", "document")
    serializer_class = TreatyActionSerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = TreatyActionFilter

    def get_queryset(self) -> QuerySet[TreatyAction]:
        return super().get_queryset().filter(date__lte=self.on)

    def get_serializer_context(self) -> dict[str, Any]:
        return {
            **super().get_serializer_context(),
            "names": SimpleLazyObject(NameBook.load),
            "on": self.on,
        }


class MeetingsView(RowsView):
    """Meetings under the Convention, held and to come."""

    name = "meetings"
    queryset = Meeting.objects.published().select_related("country", "document")
    serializer_class = MeetingSerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = MeetingFilter

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "on": self.on}


FilesFilter = Callable[[QuerySet[DocumentFile]], QuerySet[DocumentFile]]


def no_files(files: QuerySet[DocumentFile]) -> QuerySet[DocumentFile]:
    """Shows no file: what holds until the map of addresses says which may be shown."""
    return files.none()


class DocumentsView(RowsView):
    """Public documents up to a date, and those whose day is not known, with their files.

    `may_be_named` picks the files that may be shown, by rules that `states` does not know.
    """

    name = "documents"
    queryset = Document.objects.public()
    serializer_class: type[serializers.Serializer[Any]] = DocumentSerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = DocumentFilter
    may_be_named: FilesFilter = staticmethod(no_files)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.wants_csv:
            self.serializer_class = DocumentRowSerializer

    def get_queryset(self) -> QuerySet[Document]:
        known = Q(published_on__isnull=True) | Q(published_on__lte=self.on)
        files = self.may_be_named(DocumentFile.objects.public()).order_by("pk")
        shown = Prefetch("files", files, to_attr="shown_files")
        return super().get_queryset().filter(known).prefetch_related(shown)


class NamesView(RowsView):
    """What states were called up to a date, in which language, and how their names get spelt."""

    name = "names"
    queryset = StateName.objects.published().select_related("state")
    serializer_class = StateNameSerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = StateNameFilter

    def get_queryset(self) -> QuerySet[StateName]:
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=self.on)
        first_known = F("valid_from").asc(nulls_first=True)
        names = super().get_queryset().filter(begun)
        return names.order_by("state", "language", "kind", first_known, "name", "pk")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "on": self.on}


class StatusCountSerializer(serializers.Serializer[StatusCount]):
    """How many states stand how. Parties, signatories and states not party add up to all."""

    on = serializers.DateField(help_text=gettext_lazy("The date of the answer."))
    states_parties = serializers.IntegerField(
        help_text=gettext_lazy("Counted from the deposit of the instrument.")
    )
    in_force = serializers.IntegerField(
        help_text=gettext_lazy("States for which the Convention is in force (Article 17).")
    )
    signatories = serializers.IntegerField()
    states_not_party = serializers.IntegerField()
    withdrawn = serializers.IntegerField(help_text=gettext_lazy("A part of the states not party."))


class StatusView(DatedView):
    """The membership on a date: numbers as JSON, a row a state as CSV."""

    @extend_schema(operation_id="status_retrieve", responses=StatusCountSerializer)
    def get(self, request: Request) -> Response:
        register = Register.load(self.on)
        if self.wants_csv:
            return self.table(STATUS_COLUMNS, status_rows(register), name="status")
        return Response(StatusCount.of(register).as_dict())
