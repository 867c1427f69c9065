"""The addresses of `reports` in the API: what was recorded as received."""

from typing import Any, cast

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from ccm_portal.as_of import AsOf
from ccm_portal.links import Links
from ccm_portal.rest.views import DatedView, RowsView
from reports.day import Day
from reports.models import DeclaredQuantity, TransparencyReport
from states.models import Document, DocumentFile

from .filters import ReportFilter, may_have_come_by
from .reports import ReportRowSerializer, ReportSerializer, recorded


class ReportsView(RowsView):
    """Reports that came, or may have come, by a date, and those of which nobody knows.

    A receipt shows as soon as it is recorded, the contents once they are published.
    """

    name = "reports"
    serializer_class: type[serializers.Serializer[Any]] = ReportSerializer
    queryset = TransparencyReport.objects.all()
    filter_backends = [DjangoFilterBackend]
    filterset_class = ReportFilter

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.wants_csv:
            self.serializer_class = ReportRowSerializer

    def get_queryset(self) -> QuerySet[TransparencyReport]:
        return reports_of(self)

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """The serializer of rows as they stood on the day."""
        if args and args[0] is not None:
            args = (recorded(day_of(self), args[0]), *args[1:])
        return super().get_serializer(*args, **kwargs)


class ReportView(DatedView):
    """One recorded report on a date: its receipt, the duty it discharges, and its contents."""

    @extend_schema(
        operation_id="reports_retrieve",
        parameters=[
            OpenApiParameter(
                "id", int, OpenApiParameter.PATH, description=gettext_lazy("The report's number.")
            )
        ],
        responses=ReportSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        found = recorded(day_of(self), reports_of(self).filter(pk=pk))
        if not found:
            raise NotFound(
                _("No report number %(number)s is recorded as received by this date.")
                % {"number": pk}
            )
        context = {"request": request}
        if self.wants_csv:
            row = ReportRowSerializer(found[0], context=context)
            return self.table(row.fields, [row.data], name=f"report-{pk}")
        return Response(ReportSerializer(found[0], context=context).data)


def day_of(view: DatedView) -> Day:
    """Everything on reports on the view's day. Costs seven queries."""
    as_of = cast(AsOf, view.request.as_of)  # type: ignore[attr-defined]
    return Day.load(view.on, Links(as_of))


def reports_of(view: DatedView) -> QuerySet[TransparencyReport]:
    """The reports that had, or may have, come by the view's day, the latest receipt first.

    For CSV without contents.
    """
    is_open = Q(received_not_after__isnull=True)
    found = (
        TransparencyReport.objects.filter(is_open | may_have_come_by(view.on))
        .select_related("receipt_source")
        .order_by(
            F("received_not_after").desc(nulls_last=True), "state__slug", "kind", "year", "pk"
        )
    )
    return found if view.wants_csv else found.prefetch_related(*_contents())


def _contents() -> tuple[Any, ...]:
    """What `ContentsSerializer` reads, in four queries: nothing that is not public."""
    files = DocumentFile.objects.public().order_by("pk")
    documents = Document.objects.public().order_by("title", "pk")
    quantities = DeclaredQuantity.objects.order_by("form", "subject", "type", "pk")
    return (
        "form_entries",
        Prefetch("quantities", quantities),
        Prefetch(
            "documents",
            documents.prefetch_related(Prefetch("files", files, to_attr="shown_files")),
            to_attr="public_documents",
        ),
    )
