"""Long lists in pages."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .errors import WrongParameter


class Pages(PageNumberPagination):
    """`page` and `page_size`; a number that cannot be answered is refused, never bent."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500
    page_query_description = gettext_lazy("The page of the list, from 1.")  # type: ignore[assignment]
    page_size_query_description = gettext_lazy("How many rows a page has.")  # type: ignore[assignment]

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        """The rows of the page. Raises `WrongParameter` (400) and `NotFound` (404)."""
        self.on = request.as_of.day  # type: ignore[attr-defined]
        _number(request, self.page_query_param, highest=None)
        try:
            return super().paginate_queryset(queryset, request, view)
        except NotFound:
            raise NotFound(
                _("The list has no page %(page)s: begin with page 1 and follow `next`.")
                % {"page": request.query_params[self.page_query_param]}
            ) from None

    def get_page_size(self, request: Request) -> int:
        """As asked for, else the usual number of rows."""
        wanted = _number(request, "page_size", highest=self.max_page_size)
        return wanted or self.page_size

    def get_paginated_response(self, data: Any) -> Response:
        """The rows with the date they speak of, how many there are, and the pages around."""
        response = super().get_paginated_response(data)
        return Response({"on": self.on.isoformat(), **response.data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The shape of `get_paginated_response`."""
        page = super().get_paginated_response_schema(schema)
        page["properties"]["count"]["description"] = _("How many rows all pages have together.")
        on = {"type": "string", "format": "date", "description": _("The date of the answer.")}
        page["properties"] = {"on": on, **page["properties"]}
        page["required"] = ["on", "count", "next", "previous", "results"]
        return page

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The parameters with their limits."""
        limits: dict[str, dict[str, Any]] = {
            self.page_query_param: {"minimum": 1, "default": 1},
            "page_size": {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size},
        }
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            parameter["schema"] |= limits[parameter["name"]]
        return parameters


def _number(request: Request, parameter: str, *, highest: int | None) -> int | None:
    text = request.query_params.get(parameter)
    if text is None:
        return None
    digits = text.isascii() and text.isdecimal() and len(text) <= 9
    if digits and int(text) >= 1 and (highest is None or int(text) <= highest):
        return int(text)
    message = _("“%(text)s” is not possible: use a whole number from 1 on.")
    if highest is not None:
        message = _("“%(text)s” is not possible: use a whole number from 1 to %(highest)d.")
    raise WrongParameter(parameter, message % {"text": text[:40], "highest": highest})
