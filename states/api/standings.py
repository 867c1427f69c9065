"""How states stand towards the Convention, in the API's words."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ccm_portal.rest.views import address
from states.clocks import ClockKind, clocks
from states.models import (
    Certainty,
    ExtensionDecision,
    Region,
    StateName,
    TreatyAction,
    UNRegionalGroup,
)
from states.register import DEPOSIT_KINDS, Event, Extension, Register, Source, Standing, Status

KIND_OF_DEPOSIT = [choice for choice in TreatyAction.Kind.choices if choice[0] in DEPOSIT_KINDS]

KIND_OF_CLOCK = [(kind.value, kind.value) for kind in ClockKind]


class StandingSerializer(serializers.Serializer[Standing]):
    """A state on the date of the answer. Dates are empty where nothing was done or known yet."""

    iso3 = serializers.CharField(source="state.iso3")
    iso2 = serializers.CharField(source="state.iso2")
    slug = serializers.SlugField(source="state.slug")
    name = serializers.CharField(
        source="state.name", help_text=_("UN short name of that date, in English.")
    )
    formal_name = serializers.CharField(source="state.formal_name")
    region = serializers.ChoiceField(
        source="state.ccm_region",
        choices=Region.choices,
        help_text=_("As the Convention's community groups states."),
    )
    un_group = serializers.ChoiceField(
        source="state.un_region",
        choices=UNRegionalGroup.choices,
        allow_blank=True,
        help_text=_("Regional group of the United Nations; empty where there is none."),
    )
    un_member = serializers.BooleanField(source="state.is_un_member")
    status = serializers.ChoiceField(
        choices=Status.choices,
        help_text=_(
            "A state is a party from the day of its deposit. Whether the Convention binds it yet "
            "stands in `in_force`."
        ),
    )
    in_force = serializers.BooleanField(
        source="is_bound", help_text=_("Whether the Convention is in force for the state.")
    )
    signed_on = serializers.DateField(source="signature.on", allow_null=True)
    deposited_on = serializers.DateField(
        source="deposited.on", allow_null=True, help_text=_("The latest deposit.")
    )
    deposit_kind = serializers.ChoiceField(
        source="deposited.kind", choices=KIND_OF_DEPOSIT, allow_null=True
    )
    provisional_application_on = serializers.DateField(
        source="provisional_application.on",
        allow_null=True,
        help_text=_("Declaration under Article 18, while it lasts."),
    )
    entry_into_force = serializers.DateField(
        allow_null=True,
        help_text=_("Past or to come (Article 17); empty while it cannot be told."),
    )
    withdrawal_notified_on = serializers.DateField(source="withdrawal.on", allow_null=True)
    withdrawn_on = serializers.DateField(
        allow_null=True,
        help_text=_("The first day on which the state is no longer bound (Article 20)."),
    )
    url = serializers.SerializerMethodField(help_text=_("The state in this API."))
    page = serializers.SerializerMethodField(help_text=_("The state's page."))

    def get_url(self, standing: Standing) -> str:
        return address(self.context["request"], "v1:state", standing.state.iso3)

    def get_page(self, standing: Standing) -> str:
        return address(self.context["request"], "state", standing.state.slug)


class SourceSerializer(serializers.Serializer[Source]):
    """Where something was read. What is not public has no title, place or link."""

    title = serializers.CharField(allow_blank=True)
    place = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    is_public = serializers.BooleanField()


class OfficialEffectSerializer(serializers.Serializer[Any]):
    """An official date of effect that replaces the derived one."""

    takes_effect_on = serializers.DateField(
        allow_null=True, help_text=_("Empty: the effect has not come yet.")
    )
    reason = serializers.CharField()
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]


class EventSerializer(serializers.Serializer[Event]):
    """A treaty action of the state."""

    kind = serializers.ChoiceField(choices=TreatyAction.Kind.choices)
    date = serializers.DateField(source="on")
    certainty = serializers.SerializerMethodField()
    note = serializers.CharField(allow_blank=True)
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]
    official_effect = OfficialEffectSerializer(source="official", allow_null=True)

    @extend_schema_field(serializers.ChoiceField(choices=Certainty.choices))
    def get_certainty(self, event: Event) -> str:
        return Certainty.CONFIRMED if event.is_confirmed else Certainty.UNCONFIRMED


class ClockSerializer(serializers.Serializer[Any]):
    """A date that the Convention sets for the state."""

    kind = serializers.ChoiceField(choices=KIND_OF_CLOCK)
    title = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    article = serializers.CharField(source="rule.article")
    rule = serializers.CharField(source="rule.text")
    is_practice = serializers.BooleanField(
        source="rule.is_practice", help_text=_("Followed in practice, not spelt out in the text.")
    )
    is_conditional = serializers.BooleanField(
        help_text=_("Runs only where there are stockpiles or contaminated areas.")
    )
    year = serializers.IntegerField(
        allow_null=True, help_text=_("The calendar year that an annual report covers.")
    )
    explanation = serializers.CharField(help_text=_("How the date follows, in a sentence."))
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]


class ExtensionSerializer(serializers.Serializer[Extension]):
    """A meeting's decision to extend a deadline of the state."""

    article = serializers.ChoiceField(choices=ExtensionDecision.Article.choices)
    decided_on = serializers.DateField()
    meeting = serializers.CharField()
    new_deadline = serializers.DateField()
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]


class NameInTimeSerializer(serializers.Serializer[Any]):
    """A name or spelling of the state with the time of its use."""

    language = serializers.CharField()
    kind = serializers.ChoiceField(choices=StateName.Kind.choices)
    name = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(
        allow_null=True,
        help_text=_("The first day without it; empty where that day has not come on the date."),
    )


class StateSerializer(StandingSerializer):
    """A state on the date of the answer, with the evidence and what follows from it."""

    on = serializers.DateField(help_text=_("The date of the answer."))
    independent_from = serializers.DateField(source="state.independent_from", allow_null=True)
    note = serializers.CharField(source="state.note", allow_blank=True)
    treaty_actions = EventSerializer(source="events", many=True)
    extensions = ExtensionSerializer(many=True)
    clocks = serializers.SerializerMethodField()
    names = serializers.SerializerMethodField()

    @extend_schema_field(ClockSerializer(many=True))
    def get_clocks(self, standing: Standing) -> list[dict[str, Any]]:
        return list(ClockSerializer(clocks(standing), many=True).data)

    @extend_schema_field(NameInTimeSerializer(many=True))
    def get_names(self, standing: Standing) -> list[dict[str, Any]]:
        register: Register = self.context["register"]
        known = (
            replace(row, valid_until=until_known(row.valid_until, on=standing.on))
            for row in register.history.names.of_state(standing.state.id)
            if row.valid_from is None or row.valid_from <= standing.on
        )
        return list(NameInTimeSerializer(list(known), many=True).data)


def until_known(valid_until: date | None, *, on: date) -> date | None:
    """The end of a name's use as a day's observer knows it: none while it lies ahead."""
    return valid_until if valid_until is not None and valid_until <= on else None
