"""The way in: what the API has."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from ccm_portal.rest.views import DatedView, address

ADDRESSES = (
    "states",
    "treaty-actions",
    "meetings",
    "documents",
    "names",
    "status",
    "deadlines",
    "reports",
    "progress-reports",
    "action-plans",
    "actions",
    "indicators",
    "findings",
    "figures",
    "schema",
    "docs",
)


class RootSerializer(serializers.Serializer[Any]):
    """Addresses."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {name.replace("-", "_"): serializers.URLField() for name in ADDRESSES}


class RootView(DatedView):
    """The addresses of everything in the API."""

    renderer_classes = [JSONRenderer]

    @extend_schema(operation_id="root_retrieve", tags=["root"], responses=RootSerializer)
    def get(self, request: Request) -> Response:
        return Response(
            {name.replace("-", "_"): address(request, f"v1:{name}") for name in ADDRESSES}
        )
