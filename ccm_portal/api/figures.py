"""The addresses of figures in the API: the names that may be used, answers, and who is in them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from actions.evaluation import Evaluation
from ccm_portal.figures import FUNCTIONS, Definition, ExpressionError, Kind
from ccm_portal.rest.errors import WrongParameter
from ccm_portal.rest.pagination import Pages
from ccm_portal.rest.views import DatedView

from .answers import EVIDENCE_COLUMNS, Answer

EXPRESSION = "expression"
EXPRESSION_WORDS = gettext_lazy(
    "Sets put together: `&` both, `-` the first without the second, `|` either; parentheses; "
    "`since(1MSP, parties)` for what happened after a day or a meeting; `name.no`; "
    "`share(a, b)` and `growth(1MSP, a)` alone. The page `/figures/` explains the rest."
)


class DefinitionSerializer(serializers.Serializer[Any]):
    """A name that an expression may use."""

    name = serializers.CharField()
    title = serializers.CharField()
    explanation = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(
        [Kind.SET.value, Kind.OCCURRENCE.value, Kind.QUANTITY.value],
        help_text=gettext_lazy("What the name gives: states, occurrences or a sum."),
    )
    theme = serializers.CharField(allow_blank=True)
    has_no = serializers.BooleanField(
        help_text=gettext_lazy("Whether the name with `.no` means those of whom a no is recorded.")
    )
    unit = serializers.CharField(allow_blank=True)


class FunctionSerializer(serializers.Serializer[Any]):
    """A function of the language."""

    name = serializers.CharField()
    example = serializers.CharField()
    explanation = serializers.CharField()


class DefinitionsSerializer(serializers.Serializer[Any]):
    """Everything that an expression may use."""

    on = serializers.DateField()
    sets = DefinitionSerializer(many=True, help_text=gettext_lazy("Named sets of states."))
    day_functions = DefinitionSerializer(
        many=True, help_text=gettext_lazy("Functions of a day or a meeting in parentheses.")
    )
    functions = FunctionSerializer(
        many=True, help_text=gettext_lazy("Functions of sets, each with an example.")
    )


class AnswerSerializer(serializers.Serializer[Any]):
    """A figure: a number and the states behind it, ISO codes in order of name."""

    expression = serializers.CharField()
    on = serializers.DateField()
    count = serializers.IntegerField(
        help_text=gettext_lazy("How many states, or occurrences, certainly belong.")
    )
    undetermined = serializers.IntegerField(
        help_text=gettext_lazy("How many more may belong, or have an amount that is not known.")
    )
    total = serializers.FloatField(
        allow_null=True,
        help_text=gettext_lazy("What is certain, in the figure's unit; null: a share of nothing."),
    )
    unit = serializers.CharField(
        help_text=gettext_lazy("`states`, `organisations`, `percent`, or what is counted or summed")
    )
    states = serializers.ListField(child=serializers.CharField())
    undetermined_states = serializers.ListField(child=serializers.CharField())
    organisations = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text=gettext_lazy("Codes of organisations that belong, where there are any."),
    )
    undetermined_organisations = serializers.ListField(
        child=serializers.CharField(), required=False
    )
    disputed_states = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text=gettext_lazy("Of the undetermined: one document says yes and another no."),
    )
    at_least = serializers.BooleanField(
        required=False, help_text=gettext_lazy("A source left its list or number open.")
    )
    of = serializers.IntegerField(
        required=False,
        help_text=gettext_lazy("How many a share is taken of, or from how many growth is counted."),
    )


class EvidenceSerializer(serializers.Serializer[Any]):
    """Why a state is in a figure, and where to look it up."""

    text = serializers.CharField()
    date = serializers.DateField(source="on", allow_null=True)
    document = serializers.CharField(allow_blank=True)
    place = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    answer = serializers.BooleanField(
        allow_null=True, help_text=gettext_lazy("Of a finding: yes is true, no is false.")
    )
    date_words = serializers.CharField(
        source="day_words",
        allow_blank=True,
        help_text=gettext_lazy("When it happened, as far as it is known."),
    )
    reported_on = serializers.DateField(allow_null=True)
    remark = serializers.CharField(allow_blank=True)


class MemberSerializer(serializers.Serializer[Any]):
    """A state in a figure; `certain` is false where the data leave it open.

    An organisation has `org:` and its code in place of the ISO code.
    """

    iso3 = serializers.CharField(source="key")
    name = serializers.CharField()
    certain = serializers.BooleanField(source="is_certain")
    disputed = serializers.BooleanField(source="is_disputed")
    amount = serializers.FloatField(
        allow_null=True, help_text=gettext_lazy("What it adds to a sum, as far as it is known.")
    )
    labels = serializers.ListField(
        child=serializers.CharField(), help_text=gettext_lazy("What its occurrences are called.")
    )
    evidence = EvidenceSerializer(many=True)


class FiguresView(DatedView):
    """Without an expression, the names that one may use; with it, the figure of the date.

    As CSV: the named sets, or the states of the figure, a row a state and piece of evidence.
    """

    parameters = (EXPRESSION,)

    @extend_schema(
        operation_id="figures_retrieve",
        parameters=[OpenApiParameter(EXPRESSION, str, description=EXPRESSION_WORDS)],
        responses=PolymorphicProxySerializer(
            component_name="DefinitionsOrAnswer",
            serializers=[DefinitionsSerializer, AnswerSerializer],
            resource_type_field_name=None,
        ),
    )
    def get(self, request: Request) -> Response:
        if EXPRESSION not in request.query_params:
            return self._definitions()
        answer = read_answer(self)
        if self.wants_csv:
            return self.table(EVIDENCE_COLUMNS, answer.evidence_rows(), name="figure")
        return Response(answer.as_dict())

    def _definitions(self) -> Response:
        vocabulary = Evaluation.load(self.on).vocabulary
        sets = _definitions(vocabulary.definitions)
        if self.wants_csv:
            return self.table(DefinitionSerializer().fields, sets, name="figures")
        return Response(
            {
                "on": self.on.isoformat(),
                "sets": sets,
                "day_functions": _definitions(vocabulary.day_functions),
                "functions": list(FunctionSerializer(list(FUNCTIONS.values()), many=True).data),
            }
        )


class MembersView(DatedView):
    """The states of a figure in order of name, each with its evidence.

    As CSV: a row a state and piece of evidence.
    """

    parameters = (EXPRESSION, "page", "page_size")
    pagination_class = Pages

    @extend_schema(
        operation_id="figures_members_list",
        parameters=[OpenApiParameter(EXPRESSION, str, required=True, description=EXPRESSION_WORDS)],
        responses=MemberSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        answer = read_answer(self)
        if self.wants_csv:
            return self.table(EVIDENCE_COLUMNS, answer.evidence_rows(), name="figure")
        pages = self.pagination_class()
        page = pages.paginate_queryset(answer.members, request, view=self)
        return pages.get_paginated_response(MemberSerializer(page or [], many=True).data)


def read_answer(view: DatedView) -> Answer:
    """The figure that the address asks for. Raises `WrongParameter` (400) if it is wrong."""
    expression = view.request.query_params.get(EXPRESSION, "")
    if not expression.strip():
        raise WrongParameter(
            EXPRESSION,
            _("An expression is needed, such as “parties & region.africa”."),
            position=0,
        )
    try:
        return Answer.to(expression, Evaluation.load(view.on))
    except ExpressionError as error:
        raise WrongParameter(
            EXPRESSION, str(error), position=error.position, suggestion=error.suggestion
        ) from None


def _definitions(definitions: Mapping[str, Definition]) -> list[dict[str, Any]]:
    return list(DefinitionSerializer(list(definitions.values()), many=True).data)
