"""Templates, stages and letterheads as tables: how a ladder goes from one portal to another."""

import re
from typing import Any

from django.utils.translation import gettext as _

from reports.letters.models import Language
from reports.models import Letterhead, LetterStage, LetterTemplate, LetterText
from states.exchange.cells import Cell, ChoiceCell, CodeCell, NumberCell, TextCell, YesNoCell
from states.exchange.keyed import column
from states.exchange.resource import RegisterResource


class DaysFromCell(Cell):
    """A whole number of days; negative before the due date."""

    def read(self, value: Any) -> int:
        if re.fullmatch(r"-?[0-9]{1,4}", str(value)):
            return int(value)
        raise ValueError(
            _("“%(given)s” is not a number of days: write -60 for sixty days before the due date.")
            % {"given": str(value)[:60]}
        )


class LetterTemplateResource(RegisterResource):
    """The kinds of letter."""

    code = column("code", TextCell(required=True))
    name = column("name", TextCell(required=True))
    note = column("note", TextCell())

    keys = ((("code",), True),)

    class Meta:
        model = LetterTemplate
        fields = ("code", "name", "note")


class LetterTextResource(RegisterResource):
    """What each kind of letter says in each language."""

    template = column("template", CodeCell(LetterTemplate, required=True))
    language = column("language", ChoiceCell(Language, required=True))
    subject = column("subject", TextCell(required=True))
    body = column("body", TextCell(required=True))

    keys = ((("template", "language"), True),)
    related = ("template",)

    class Meta:
        model = LetterText
        fields = ("template", "language", "subject", "body")


class LetterStageResource(RegisterResource):
    """The rungs of the ladder."""

    code = column("code", TextCell(required=True))
    name = column("name", TextCell(required=True))
    days = column("days", DaysFromCell(required=True))
    repeat_every = column("repeat_every", NumberCell())
    for_initial = column("for_initial", YesNoCell(required=True))
    for_annual = column("for_annual", YesNoCell(required=True))
    template = column("template", CodeCell(LetterTemplate, required=True))
    addressed_to = column("addressed_to", ChoiceCell(LetterStage.AddressedTo, required=True))
    copy_to_focal_points = column("copy_to_focal_points", YesNoCell(required=True))
    copy_to = column("copy_to", TextCell())
    needs_approval = column("needs_approval", YesNoCell(required=True))
    is_active = column("is_active", YesNoCell(required=True))

    keys = ((("code",), True),)
    related = ("template",)

    class Meta:
        model = LetterStage
        fields = (
            "code",
            "name",
            "days",
            "repeat_every",
            "for_initial",
            "for_annual",
            "template",
            "addressed_to",
            "copy_to_focal_points",
            "copy_to",
            "needs_approval",
            "is_active",
        )


class LetterheadResource(RegisterResource):
    """The letterhead in each language."""

    language = column("language", ChoiceCell(Language, required=True))
    organization = column("organization", TextCell(required=True))
    address = column("address", TextCell(required=True))
    signatory_name = column("signatory_name", TextCell())
    signatory_title = column("signatory_title", TextCell())
    guide_url = column("guide_url", TextCell())
    forms_url = column("forms_url", TextCell())
    help_contact = column("help_contact", TextCell(required=True))

    keys = ((("language",), True),)

    class Meta:
        model = Letterhead
        fields = (
            "language",
            "organization",
            "address",
            "signatory_name",
            "signatory_title",
            "guide_url",
            "forms_url",
            "help_contact",
        )
