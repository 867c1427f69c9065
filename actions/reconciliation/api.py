"""The reconciliation in the API: the answer of the command `reconcile`."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from ccm_portal.rest.errors import WrongParameter
from ccm_portal.rest.views import DatedView

from . import rows
from .answer import Reconciliation
from .checks import CheckKind, Outcome
from .page import shown
from .values import Comparison, Verdict

PART = "part"
PARTS = ("figures", "checks")


class PrintedDocumentSerializer(serializers.Serializer[Any]):
    """A document in which figures were printed."""

    code = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField(allow_blank=True)


class ReconciledFigureSerializer(serializers.Serializer[Any]):
    """A printed figure beside the portal's own. States are ISO3 codes, in order of name."""

    key = serializers.CharField()
    paragraph = serializers.IntegerField()
    chapter = serializers.CharField(allow_blank=True)
    claim = serializers.CharField()
    printed = serializers.JSONField(
        allow_null=True, help_text=_("A number, a month or a day; null where none was printed.")
    )
    comparison = serializers.ChoiceField(choices=[item.value for item in Comparison])
    unit = serializers.CharField(allow_blank=True)
    footnote = serializers.IntegerField(allow_null=True)
    printed_names = serializers.ListField(child=serializers.CharField())
    printed_states = serializers.ListField(child=serializers.CharField())
    computed = serializers.JSONField(
        allow_null=True, help_text=_("What is certain; null where it cannot be computed.")
    )
    computed_most = serializers.FloatField(
        allow_null=True, help_text=_("If all that is open belongs; null where nobody can tell.")
    )
    computed_states = serializers.ListField(child=serializers.CharField())
    undetermined_states = serializers.ListField(child=serializers.CharField())
    verdict = serializers.ChoiceField(choices=[item.value for item in Verdict])
    only_printed = serializers.ListField(child=serializers.CharField())
    only_computed = serializers.ListField(child=serializers.CharField())
    explanation = serializers.CharField(allow_blank=True)
    expression = serializers.CharField(allow_blank=True)


class CheckSerializer(serializers.Serializer[Any]):
    """Something that should hold within the document, and whether it does."""

    check = serializers.ChoiceField(choices=[item.value for item in CheckKind])
    key = serializers.CharField()
    paragraph = serializers.IntegerField()
    others = serializers.ListField(child=serializers.CharField())
    outcome = serializers.ChoiceField(choices=[item.value for item in Outcome])
    printed = serializers.FloatField(allow_null=True)
    expected = serializers.FloatField(allow_null=True)
    too_many = serializers.ListField(child=serializers.CharField())
    missing = serializers.ListField(child=serializers.CharField())
    said_to_be = serializers.CharField(allow_blank=True)
    why = serializers.CharField(allow_blank=True)
    explanation = serializers.CharField()


class ReconciliationSerializer(serializers.Serializer[Any]):
    """What an official document printed against the records, and against itself."""

    report = serializers.CharField()
    title = serializers.CharField()
    cut_off_on = serializers.DateField()
    documents = PrintedDocumentSerializer(many=True)
    verdicts = serializers.DictField(child=serializers.IntegerField())
    outcomes = serializers.DictField(child=serializers.IntegerField())
    figures = ReconciledFigureSerializer(many=True)
    checks = CheckSerializer(many=True)


class ReconciliationView(DatedView):
    """Printed figures against computed ones, on the edition's cut-off date.

    As CSV the figures, or with `part=checks` the checks of the document against itself.
    """

    parameters = (PART,)

    @extend_schema(
        operation_id="reconciliation_retrieve",
        parameters=[
            OpenApiParameter(
                "code", str, OpenApiParameter.PATH, description=_("The code of the edition.")
            ),
            OpenApiParameter(
                PART, str, enum=PARTS, description=_("Of CSV: which of the two tables.")
            ),
        ],
        responses=ReconciliationSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        part = request.query_params.get(PART, PARTS[0])
        if part not in PARTS:
            raise WrongParameter(
                PART,
                _("“%(part)s” is no part of a reconciliation: use figures or checks.")
                % {"part": part[:40]},
            )
        try:
            found = Reconciliation.load(shown(code))
        except Http404 as missing:
            raise NotFound(str(missing)) from None
        if not self.wants_csv:
            return Response(rows.as_dict(found))
        name = f"{code}-{part}"
        if part == "checks":
            return self.table(rows.CHECK_COLUMNS, rows.flat(rows.check_rows(found)), name=name)
        return self.table(rows.FIGURE_COLUMNS, rows.flat(rows.figure_rows(found)), name=name)
