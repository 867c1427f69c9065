"""Which format an answer has: the parameter `format` decides, else the Accept header."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from .errors import WrongParameter

PARAMETER = "format"


class FormatNegotiation(DefaultContentNegotiation):
    """Like the framework's own, but a format in the address wins over the Accept header."""

    def select_renderer(  # type: ignore[override]
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Raises `WrongParameter` (400) for an unknown format, `NotAcceptable` (406) for Accept."""
        wanted = request.query_params.get(PARAMETER)
        if not wanted:
            chosen: Any = super().select_renderer(request, renderers, format_suffix)
            return chosen  # type: ignore[no-any-return]
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, str(renderer.media_type)
        raise WrongParameter(
            PARAMETER,
            _("“%(wanted)s” is not a format of this address: use %(known)s.")
            % {
                "wanted": wanted[:40],
                "known": _(" or ").join(str(renderer.format) for renderer in renderers),
            },
        )
