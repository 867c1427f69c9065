"""Owed reports in the API's words: the columns of the command `deadlines`, with explanations."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from reports.deadlines import ReportDeadline
from reports.explanations import explain
from reports.filters import KINDS
from reports.rows import row
from reports.state_of_play import StateOfPlay


class DeadlineSerializer(serializers.Serializer[ReportDeadline]):
    """A report that a state owes or owed, and how it stands on the date of the answer."""

    iso3 = serializers.CharField()
    article = serializers.CharField(help_text=_("The paragraph that asks for the report."))
    kind = serializers.ChoiceField(choices=KINDS)
    period = serializers.CharField(
        allow_null=True, help_text=_("The calendar year that an annual report covers.")
    )
    due_on = serializers.DateField()
    basis = serializers.CharField(help_text=_("Why it is due on that day, with the articles."))
    state_of_play = serializers.ChoiceField(choices=StateOfPlay.choices)
    received_on = serializers.DateField(
        allow_null=True, help_text=_("Empty where it is not in or the day is not known.")
    )
    days_late = serializers.IntegerField(
        allow_null=True,
        help_text=_("Late by, or overdue for; empty where it is neither or the day is not known."),
    )
    name = serializers.CharField(help_text=_("UN short name on the date of the answer."))
    explanation = serializers.CharField(
        help_text=_("The due date and how the report stands, in sentences.")
    )

    def to_representation(self, instance: ReportDeadline) -> dict[str, Any]:
        """The row of the command, with the state's name and the whole explanation."""
        return super().to_representation(
            {
                **row(instance),
                "name": instance.standing.state.name,
                "explanation": explain(instance),
            }  # type: ignore[arg-type]
        )
