"""The read-only views from which the API's views derive: dated, strict about parameters."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_filters.rest_framework import FilterSet
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from ccm_portal import as_of
from ccm_portal.figures.vocabulary import nearest
from ccm_portal.links import Links

from . import negotiation
from .errors import WrongParameter
from .table import CSVRenderer, Table


class DatedView(APIView):
    """Answers GET for one day, `self.on`, as JSON or, with a `Table`, as CSV.

    A wrong date and a parameter that the view does not know are refused: a mistyped filter
    would otherwise give all rows as if they had matched.
    """

    http_method_names = ["get", "head"]
    parameters: tuple[str, ...] = ()

    @property
    def on(self) -> date:
        """The day that the answer speaks of."""
        return self.request.as_of.day  # type: ignore[attr-defined, no-any-return]

    @property
    def wants_csv(self) -> bool:
        return self.request.accepted_renderer.format == CSVRenderer.format

    def known_parameters(self) -> frozenset[str]:
        """The names of all parameters that may stand in the address."""
        return frozenset({as_of.PARAMETER, negotiation.PARAMETER, *self.parameters})

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_wrong_date(request)
        self._refuse_unknown_parameters(request)

    def table(
        self, columns: Iterable[str], rows: Iterable[Mapping[str, Any]], *, name: str
    ) -> Response:
        """Rows as a CSV download, called by a name and the day."""
        filename = f"{name}-{self.on.isoformat()}.csv"
        return Response(
            Table(columns=tuple(columns), rows=rows),
            headers={"Content-Disposition": f'attachment; filename="{filename}"'},
        )

    def _refuse_unknown_parameters(self, request: Request) -> None:
        known = sorted(self.known_parameters())
        for name in request.query_params:
            if name not in known:
                raise WrongParameter(
                    name[:40],
                    _("“%(name)s” is not a parameter of this address: use %(known)s.")
                    % {"name": name[:40], "known": ", ".join(known)},
                    suggestion=nearest(name, known),
                )


class RowsView(DatedView, ListAPIView[Any]):
    """A list: pages as JSON, all rows as CSV.

    Subclasses give `get_queryset` (a queryset or a sequence), a serializer whose fields are the
    columns, `filterset_class` or `filter_form` with the backend that reads it, and a `name` for
    the download.
    """

    name: str

    serializer_class: type[Serializer[Any]]
    filterset_class: type[FilterSet] | None = None
    filter_form: type[forms.Form] | None = None

    def known_parameters(self) -> frozenset[str]:
        filterset, form = self.filterset_class, self.filter_form
        filters = filterset.base_filters if filterset else form.base_fields if form else ()
        return super().known_parameters() | {"page", "page_size", *filters}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = self.filter_queryset(self.get_queryset())
        if self.wants_csv:
            columns = self.serializer_class().fields
            return self.table(columns, self.get_serializer(rows, many=True).data, name=self.name)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class NowhereView(APIView):
    """The answer to every address of the API that does not exist."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound


def refuse_wrong_date(request: Request) -> None:
    """Raises `WrongParameter` (400) if the address asked for a date that cannot be shown."""
    wrong_date: str = getattr(request, "wrong_date", "")
    if wrong_date:
        raise WrongParameter(as_of.PARAMETER, wrong_date)


def address(request: Request | HttpRequest, view: str, *args: str | int) -> str:
    """The whole address of a view, on the date that the caller chose, if any."""
    links = Links(request.as_of)  # type: ignore[union-attr]
    return request.build_absolute_uri(links.to(view, *args))
