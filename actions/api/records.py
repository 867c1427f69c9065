"""Plans, actions, indicators and findings in the API's words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from actions.models import Action, ActionPlan, Answer, Checked, Finding, Indicator
from actions.plans import limits
from actions.plans.action_page import ActionPage
from actions.wording import days, interval, sentence
from ccm_portal.rest.views import address
from states.api.records import CitingSerializer


class PlanSerializer(serializers.Serializer[ActionPlan]):
    """An action plan."""

    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField(allow_blank=True)
    adopted_at = serializers.SerializerMethodField(help_text=_("Code of the meeting, if any."))
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(
        allow_null=True, help_text=_("The first day on which it no longer runs.")
    )
    introduction = serializers.CharField(allow_blank=True)
    url = serializers.SerializerMethodField(help_text=_("The plan in this API."))

    def get_adopted_at(self, plan: ActionPlan) -> str:
        meeting = plan.adopted_at
        return meeting.code if meeting is not None and meeting.is_published else ""

    def get_url(self, plan: ActionPlan) -> str:
        return address(self.context["request"], "v1:action-plan", plan.code)


class ThemeSerializer(serializers.Serializer[Any]):
    """A theme of a plan."""

    code = serializers.CharField()
    name = serializers.CharField()
    articles = serializers.CharField(allow_blank=True)
    complete_through = serializers.DateField(
        allow_null=True,
        help_text=_("All that is known on the theme up to this day has been entered."),
    )


class PlanWithThemesSerializer(PlanSerializer):
    """An action plan with its themes."""

    themes = ThemeSerializer(many=True)


class ActionSerializer(serializers.Serializer[Action]):
    """An action: a working summary, whom it addresses, and its time limit."""

    plan = serializers.CharField(source="plan.code")
    number = serializers.IntegerField()
    theme = serializers.CharField(source="theme.code")
    chapter = serializers.CharField(allow_blank=True)
    subsection = serializers.CharField(allow_blank=True)
    summary = serializers.CharField(
        help_text=_("The secretariat's working summary, not the official text.")
    )
    checked = serializers.ChoiceField(
        choices=Checked.choices,
        help_text=_("Whether the summary was checked against the official text."),
    )
    addressees = serializers.CharField(
        allow_blank=True,
        help_text=_("An expression of figures; empty where no record can tell who is addressed."),
    )
    addressees_text = serializers.CharField(allow_blank=True)
    time_limit = serializers.SerializerMethodField(help_text=_("In words."))
    months_from_entry_into_force = serializers.IntegerField(allow_null=True)
    window_from = serializers.DateField(allow_null=True)
    window_until = serializers.DateField(allow_null=True)
    by_meeting = serializers.SerializerMethodField(help_text=_("Code of the meeting, if any."))
    url = serializers.SerializerMethodField(help_text=_("The action in this API."))

    def get_time_limit(self, action: Action) -> str:
        return limits.in_words(action)

    def get_by_meeting(self, action: Action) -> str:
        meeting = action.by_meeting
        return meeting.code if meeting is not None and meeting.is_published else ""

    def get_url(self, action: Action) -> str:
        return address(self.context["request"], "v1:action", action.plan.code, action.number)


class ReportedSerializer(serializers.Serializer[Any]):
    """A finding as evidence of what is reported."""

    text = serializers.CharField()
    answer = serializers.BooleanField(allow_null=True)
    date = serializers.DateField(source="on", allow_null=True)
    date_words = serializers.CharField(source="day_words", allow_blank=True)
    reported_on = serializers.DateField(allow_null=True)
    document = serializers.CharField(allow_blank=True)
    place = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    remark = serializers.CharField(allow_blank=True)


class StateLineSerializer(serializers.Serializer[Any]):
    """A state under an action: its time limit, and what is reported of it."""

    iso3 = serializers.CharField(source="key", help_text=_("Of an organisation `org:` and code."))
    name = serializers.CharField()
    addressed = serializers.BooleanField(source="is_addressed")
    due_on = serializers.DateField(allow_null=True)
    reported = serializers.ChoiceField(
        source="answer",
        choices=["yes", "no", "disputed", "open", "context", ""],
        help_text=_(
            "Empty where nothing is recorded, which is not a no; `context` where what is recorded "
            "does not say that the state did anything."
        ),
    )
    evidence = ReportedSerializer(many=True)


class ActionWithStatesSerializer(ActionSerializer):
    """An action with the states that it addresses, and all of whom something is reported."""

    indicators = serializers.ListField(
        child=serializers.CharField(), help_text=_("Codes of the indicators that measure it.")
    )
    complete_through = serializers.DateField(
        allow_null=True, help_text=_("Beyond this day nobody is called “not reported”.")
    )
    states = StateLineSerializer(many=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The action's page: what is recorded of the action, then what follows on the day."""
        page: ActionPage = instance
        recorded = ActionSerializer(page.action, context=self.context).data
        through = page.action.theme.complete_through
        return recorded | {
            "indicators": [indicator.code for indicator in page.indicators],
            "complete_through": through.isoformat() if through else None,
            "states": StateLineSerializer(page.lines, many=True).data,
        }


class IndicatorRowSerializer(serializers.Serializer[Indicator]):
    """An indicator without the actions that it measures: its code is its name in expressions."""

    code = serializers.CharField()
    title = serializers.CharField()
    explanation = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(choices=Indicator.Kind.choices)
    unit = serializers.CharField(allow_blank=True)
    plan = serializers.SerializerMethodField()
    theme = serializers.SerializerMethodField()
    article = serializers.CharField(allow_blank=True)
    actions = serializers.SerializerMethodField(
        help_text=_("Actions that it measures, such as `vientiane:8`.")
    )

    def get_plan(self, indicator: Indicator) -> str:
        plan = indicator.theme.plan
        return plan.code if plan.is_published else ""

    def get_theme(self, indicator: Indicator) -> str:
        return indicator.theme.code if indicator.theme.plan.is_published else ""

    def get_actions(self, indicator: Indicator) -> Any:
        return " ".join(measured(indicator))


class IndicatorSerializer(IndicatorRowSerializer):
    """An indicator with the actions that it measures."""

    actions = serializers.SerializerMethodField()

    def get_actions(self, indicator: Indicator) -> list[str]:
        return measured(indicator)


def measured(indicator: Indicator) -> list[str]:
    """The published actions that an indicator measures; it must come with them and their plans."""
    found: list[Action] = list(indicator.actions.all())
    return [f"{it.plan.code}:{it.number}" for it in found if it.plan.is_published]


class FindingSerializer(CitingSerializer):
    """What one place of one document says about one state or organisation."""

    id = serializers.IntegerField(source="pk")
    iso3 = serializers.CharField(source="state.iso3", default="")
    organisation = serializers.CharField(source="organization.code", default="")
    name = serializers.SerializerMethodField(
        help_text=_("UN short name on the date of the answer, or the organisation's name.")
    )
    indicator = serializers.CharField(source="indicator.code")
    answer = serializers.ChoiceField(choices=Answer.choices)
    sentence = serializers.SerializerMethodField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    quantity = serializers.FloatField(
        allow_null=True, help_text=_("Empty where the document gives none: unknown is not zero.")
    )
    unit = serializers.CharField(allow_blank=True)
    at_least = serializers.BooleanField(
        help_text=_("Whether the source leaves its number or its list open.")
    )
    reported_on = serializers.DateField()
    occurred_not_before = serializers.DateField(allow_null=True)
    occurred_not_after = serializers.DateField(allow_null=True)
    date_words = serializers.SerializerMethodField(
        help_text=_("When it happened, as far as it is known.")
    )
    place = serializers.CharField(allow_blank=True, help_text=_("Where in the document."))
    remark = serializers.CharField(allow_blank=True)

    def get_name(self, finding: Finding) -> str:
        if finding.organization is not None:
            return finding.organization.name
        names: dict[int, str] = self.context["names"]
        return names.get(finding.state_id or 0, "")

    def get_sentence(self, finding: Finding) -> str:
        return sentence(finding)

    def get_date_words(self, finding: Finding) -> str:
        return days(interval(finding))
