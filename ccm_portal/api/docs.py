"""The page on which people read what the API answers, made from its schema."""

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ccm_portal.rest.views import refuse_wrong_date

from . import description


class DocsView(APIView):
    """The schema as a page, which needs no script."""

    http_method_names = ["get", "head"]
    renderer_classes = [TemplateHTMLRenderer]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_wrong_date(request)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """Every address with its parameters and fields."""
        subjects = description.subjects(get_language() or "en")
        return Response({"subjects": subjects}, template_name="api/docs.html")
