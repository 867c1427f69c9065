"""All deadlines in the API: the rows of the command `deadlines`, with explanations."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ccm_portal.rest.views import RowsView
from reports.api.filters import DeadlineFormFilter
from reports.deadlines import Reporting

from .joined import (
    ALL_KINDS,
    ALL_STATES_OF_PLAY,
    AllDeadlinesFilter,
    Deadline,
    Deadlines,
    explain,
    row,
)


class DeadlineSerializer(serializers.Serializer[Deadline]):
    """A report or a duty that a state owes or owed, and how it stands on the answer's date."""

    iso3 = serializers.CharField()
    article = serializers.CharField(help_text=_("The paragraph that asks for it."))
    kind = serializers.ChoiceField(choices=ALL_KINDS)
    period = serializers.CharField(
        allow_null=True, help_text=_("The calendar year that an annual report covers.")
    )
    due_on = serializers.DateField()
    basis = serializers.CharField(help_text=_("Why it is due on that day, with the articles."))
    state_of_play = serializers.ChoiceField(choices=ALL_STATES_OF_PLAY)
    received_on = serializers.DateField(
        allow_null=True,
        help_text=_(
            "The day of receipt, or of the completion of a duty; empty where there is none or it "
            "is not known."
        ),
    )
    days_late = serializers.IntegerField(
        allow_null=True,
        help_text=_("Late by, or overdue for; empty where it is neither or the day is not known."),
    )
    name = serializers.CharField(help_text=_("UN short name on the date of the answer."))
    explanation = serializers.CharField(
        help_text=_("The due date and how it stands, in sentences.")
    )

    def to_representation(self, instance: Deadline) -> dict[str, Any]:
        """The row of the command, with the state's name and the whole explanation.

        It has what the fields say, and needs no conversion by them.
        """
        return {
            **row(instance),
            "name": instance.standing.state.name,
            "explanation": explain(instance),
        }


class DeadlinesView(RowsView):
    """Reports that fell due by a date, the next of each kind, and the duties of Articles 3 and 4.

    The rows of the command `deadlines`. A duty is `not_known` until a finding records that it is
    owed, `none` where the state declared that it has none.
    """

    name = "deadlines"
    serializer_class = DeadlineSerializer
    filter_backends = [DeadlineFormFilter]
    filter_form = AllDeadlinesFilter
    filter_values = {
        name: tuple(str(value) for value, label in field.choices if value)
        for name, field in AllDeadlinesFilter.base_fields.items()
        if hasattr(field, "choices")
    }
    filter_words = {
        "state": _("An ISO code, or any spelling or part of a name."),
        "year": _("The calendar year in which it falls due."),
    }

    @cached_property
    def deadlines(self) -> Deadlines:
        """What the answer is derived from. Costs ten queries at most."""
        return Deadlines.load(self.on)

    @property
    def reporting(self) -> Reporting:
        """With the history by which the filter knows the states' names."""
        return self.deadlines.reporting

    def get_queryset(self) -> Any:
        return self.deadlines.all()
