"""The addresses of `actions` in the API."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from actions.evaluation import Evaluation
from actions.models import Action, ActionPlan, Finding, Indicator
from actions.plans import action_page
from ccm_portal.rest.views import DatedView, RowsView
from states.register import Register

from .filters import ActionFilter, FindingFilter, IndicatorFilter
from .records import (
    ActionSerializer,
    ActionWithStatesSerializer,
    FindingSerializer,
    IndicatorRowSerializer,
    IndicatorSerializer,
    PlanSerializer,
    PlanWithThemesSerializer,
)

CODE = OpenApiParameter(
    "code", str, OpenApiParameter.PATH, description=gettext_lazy("Code of an action plan.")
)
NUMBER = OpenApiParameter(
    "number", int, OpenApiParameter.PATH, description=gettext_lazy("The action's number.")
)


class PlansView(RowsView):
    """Action plans, those of the past and of the present."""

    name = "action-plans"
    queryset = ActionPlan.objects.published().select_related("adopted_at")
    serializer_class = PlanSerializer


class PlanView(DatedView):
    """One action plan with its themes. As CSV, without them."""

    @extend_schema(
        operation_id="action_plans_retrieve",
        parameters=[CODE],
        responses=PlanWithThemesSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        plans = ActionPlan.objects.published().select_related("adopted_at")
        plan = plans.prefetch_related("themes").filter(code=code).first()
        if plan is None:
            raise NotFound(_("No action plan has the code “%(code)s”.") % {"code": code[:60]})
        context = {"request": request}
        if self.wants_csv:
            row = PlanSerializer(plan, context=context)
            return self.table(row.fields, [row.data], name=f"action-plan-{plan.code}")
        return Response(PlanWithThemesSerializer(plan, context=context).data)


class ActionsView(RowsView):
    """The actions of the plans, by plan and number."""

    name = "actions"
    queryset = Action.objects.published().select_related("plan", "theme", "by_meeting")
    serializer_class = ActionSerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = ActionFilter


class ActionView(DatedView):
    """One action on a date: whom it addresses, by when, and what is reported of each.

    As CSV: a row a state and piece of evidence.
    """

    @extend_schema(
        operation_id="actions_retrieve",
        parameters=[CODE, NUMBER],
        responses=ActionWithStatesSerializer,
    )
    def get(self, request: Request, code: str, number: int) -> Response:
        actions = Action.objects.published().select_related("plan", "theme", "by_meeting")
        action = actions.filter(plan__code=code, number=number).first()
        if action is None:
            raise NotFound(
                _("No plan “%(code)s” with an action %(number)s is known.")
                % {"code": code[:60], "number": number}
            )
        page = action_page.build(action, Evaluation.load(self.on))
        if self.wants_csv:
            day = self.on.isoformat()
            rows = [
                dict(zip(action_page.COLUMNS, row, strict=True))
                for row in action_page.rows(page, day)
            ]
            return self.table(action_page.COLUMNS, rows, name=f"{code}-action-{number}")
        answer = ActionWithStatesSerializer(context={"request": request})
        return Response(answer.to_representation(page))


class IndicatorsView(RowsView):
    """What findings can say. The codes are names in expressions of figures."""

    name = "indicators"
    serializer_class: type[serializers.Serializer[Any]] = IndicatorSerializer
    queryset = Indicator.objects.published()
    filter_backends = [DjangoFilterBackend]
    filterset_class = IndicatorFilter

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.wants_csv:
            self.serializer_class = IndicatorRowSerializer

    def get_queryset(self) -> QuerySet[Indicator]:
        actions = Action.objects.select_related("plan")
        return (
            Indicator.objects.published()
            .select_related("theme__plan")
            .prefetch_related(Prefetch("actions", actions))
        )


class FindingsView(RowsView):
    """The published findings that belong to the figures of the date, the newest first."""

    name = "findings"
    serializer_class = FindingSerializer
    queryset = Finding.objects.none()
    filter_backends = [DjangoFilterBackend]
    filterset_class = FindingFilter

    def get_queryset(self) -> QuerySet[Finding]:
        findings = Finding.objects.standing(self.on)
        return findings.select_related("indicator", "document", "state", "organization").order_by(
            "-reported_on", "pk"
        )

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "names": SimpleLazyObject(self._names)}

    def _names(self) -> dict[int, str]:
        return {it.state.id: it.state.name for it in Register.load(self.on)}
