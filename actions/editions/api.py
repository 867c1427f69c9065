"""Progress reports in the API: the editions, and one edition with all its figures."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from actions.models import FrozenEdition, ProgressReport
from ccm_portal.rest.views import DatedView, RowsView, address

from . import publication
from .canonical import Json, figures_of
from .publication import Versions
from .shown import WORKING, Shown, versions_of

FIGURE_COLUMNS = (
    "index",
    "key",
    "chapter",
    "paragraph",
    "text",
    "kind",
    "expression",
    "number",
    "most",
    "unit",
    "states",
    "undetermined_states",
    "note",
)


class EditionSerializer(serializers.Serializer[Any]):
    """An edition in the list. `state` is published, working or withdrawn."""

    code = serializers.CharField()
    title = serializers.CharField()
    subtitle = serializers.CharField()
    language = serializers.CharField()
    from_meeting = serializers.CharField()
    until_meeting = serializers.CharField()
    cut_off_on = serializers.DateField()
    state = serializers.ChoiceField(["published", "working", "withdrawn"])
    published_edition = serializers.IntegerField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    sha256 = serializers.CharField()
    has_working_edition = serializers.BooleanField()
    url = serializers.URLField()


class EditionsView(RowsView):
    """Every edition of the progress report that shows in public, the latest first.

    The same on every date.
    """

    name = "progress-reports"
    serializer_class: type[serializers.Serializer[Any]] = EditionSerializer
    queryset = ProgressReport.objects.none()
    filter_backends = []

    def get_queryset(self) -> Any:
        reports = ProgressReport.objects.select_related("plan", "from_meeting", "until_meeting")
        frozen: dict[int, list[FrozenEdition]] = {}
        for edition in FrozenEdition.objects.without_files().select_related("withdrawal"):
            frozen.setdefault(edition.report_id, []).append(edition)
        found = [Versions(report, tuple(frozen.get(report.pk, ()))) for report in reports]
        return [self._row(versions) for versions in found if versions.is_public]

    def _row(self, versions: Versions) -> dict[str, Any]:
        head, standing = publication.public_head(versions), versions.standing
        state = "published" if standing else "withdrawn"
        if standing is None and versions.is_working_public:
            state = WORKING
        return {
            "code": head.code,
            "title": head.title,
            "subtitle": head.subtitle,
            "language": head.language,
            "from_meeting": head.since.code,
            "until_meeting": head.until.code,
            "cut_off_on": head.cut_off_on,
            "state": state,
            "published_edition": standing.number if standing else None,
            "published_at": standing.frozen_at if standing else None,
            "sha256": standing.sha256 if standing else "",
            "has_working_edition": versions.is_working_public,
            "url": address(self.request, "v1:progress-report", head.code),
        }


class EditionDetailSerializer(serializers.Serializer[Any]):
    """An edition: what it says, the figures in it, and the states and evidence behind them."""

    format = serializers.CharField()
    edition = serializers.JSONField()
    names = serializers.CharField(help_text=_("The edition's own names, one on a line."))
    chapters = serializers.ListField(child=serializers.JSONField())
    figures = serializers.ListField(child=serializers.JSONField())
    published_edition = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(
        help_text=_("Of the canonical JSON of a published edition, which its download is.")
    )


class EditionView(DatedView):
    """One edition: the published one as it was, else the working one. CSV: a row a figure.

    `edition=working` asks for the working edition, `edition=2` for a published one by its number.
    With `as_of` the working edition is evaluated on that day.
    """

    parameters = ("edition",)

    @extend_schema(
        operation_id="progress_reports_retrieve",
        parameters=[
            OpenApiParameter("code", str, OpenApiParameter.PATH, description=_("The code.")),
            OpenApiParameter(
                "edition", str, description=_("`working`, or the number of a published edition.")
            ),
        ],
        responses=EditionDetailSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        content, frozen = self._content(request, code)
        if self.wants_csv:
            return self.table(FIGURE_COLUMNS, _rows(content), name=f"{code}-figures")
        number = frozen.number if frozen else None
        sha256 = frozen.sha256 if frozen else ""
        return Response(content | {"published_edition": number, "sha256": sha256})

    def _content(self, request: Request, code: str) -> tuple[Json, FrozenEdition | None]:
        chosen = request.as_of  # type: ignore[attr-defined]
        asked = request.query_params.get("edition", "").strip()
        try:
            day = chosen.day if chosen.is_chosen else None
            shown = Shown.find(versions_of(code), asked, day)
        except Http404 as error:
            raise NotFound(str(error)) from None
        if shown is None:
            raise NotFound(_("This edition was withdrawn."))
        if shown.frozen is not None:
            return publication.content_of(shown.frozen), shown.frozen
        assert shown.working is not None
        return shown.working.data, None


def _rows(content: Json) -> Iterator[dict[str, Any]]:
    """A row a figure; states by their codes, with a space between."""
    for figure in figures_of(content):
        codes = [(state["iso3"], state["certain"]) for state in figure["states"]]
        yield {column: figure.get(column) for column in FIGURE_COLUMNS} | {
            "states": " ".join(code for code, is_certain in codes if is_certain),
            "undetermined_states": " ".join(code for code, is_certain in codes if not is_certain),
        }
