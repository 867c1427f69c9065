"""The OpenAPI schema of the API: what every operation has beside its own parts."""

from typing import Any, Literal

from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from ccm_portal import as_of

from . import negotiation
from .errors import ERROR_STATUSES, ErrorSerializer
from .table import CSVRenderer
from .views import DatedView

Direction = Literal["request", "response"]
CSV_MEDIA_TYPE = CSVRenderer.media_type


class PortalSchema(AutoSchema):
    """Adds the date, the formats and the errors to every operation."""

    def get_override_parameters(self) -> list[Any]:
        if not isinstance(self.view, DatedView):
            return []
        return [
            OpenApiParameter(
                as_of.PARAMETER,
                OpenApiTypes.DATE,
                description=_(
                    "The date that the answer speaks of, from 3 December 2008 to today. "
                    "Without it: the date that the portal shows by default, which is `on`."
                ),
            ),
            OpenApiParameter(
                negotiation.PARAMETER,
                OpenApiTypes.STR,
                enum=self.map_renderers("format"),
                description=_("Wins over the Accept header. CSV has all rows, without pages."),
            ),
        ]

    def get_summary(self) -> str | None:
        """The first line of what the view says of itself."""
        return super().get_summary() or next(iter(self.get_description().splitlines()), None)

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        responses: dict[str, Any] = super()._get_response_bodies(direction)
        for response in responses.values():
            content = response.get("content", {})
            response["description"] = _("The answer for the date.")
            if CSV_MEDIA_TYPE in content:
                content[CSV_MEDIA_TYPE] = {"schema": {"type": "string"}}
        error = self.resolve_serializer(ErrorSerializer, "response")
        for status, words in ERROR_STATUSES.items():
            responses[str(status)] = {
                "content": {"application/json": {"schema": error.ref}},
                "description": str(words),
            }
        return responses
