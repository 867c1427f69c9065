"""The page on which people read the API's schema and try it."""

from typing import Any

from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request

from ccm_portal.rest.views import refuse_wrong_date


class DocsView(SpectacularSwaggerSplitView):
    """The schema as a page, in two parts because inline scripts are not allowed here."""

    http_method_names = ["get", "head"]
    url_name = "v1:schema"
    template_name = "api/docs.html"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_wrong_date(request)
