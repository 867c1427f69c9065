"""The kinds of record that go in and out as spreadsheets, and their columns."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from states.models import (
    Certainty,
    Contact,
    Document,
    ExtensionDecision,
    Meeting,
    Organization,
    Region,
    State,
    StateName,
    UNRegionalGroup,
)

from .cells import (
    ChoiceCell,
    CodeCell,
    DateCell,
    NumberCell,
    StateCell,
    TextCell,
    YesNoCell,
)
from .keyed import Row, column
from .resource import RegisterResource
from .treaty_actions import TreatyActionResource


class StateResource(RegisterResource):
    """States. `short_names` gives today's English short name by ISO code, for new addresses."""

    iso3 = column("iso3", TextCell(required=True))
    iso2 = column("iso2", TextCell(required=True))
    ccm_region = column("ccm_region", ChoiceCell(Region, required=True))
    un_region = column("un_region", ChoiceCell(UNRegionalGroup))
    un_member = column("un_member", YesNoCell(required=True))
    un_member_from = column("un_member_from", DateCell())
    un_member_until = column("un_member_until", DateCell())
    languages = column("languages", TextCell())
    independent_from = column("independent_from", DateCell())
    note = column("note", TextCell())

    keys = ((("iso3",), True),)

    class Meta:
        model = State
        fields = (
            "iso3",
            "iso2",
            "ccm_region",
            "un_region",
            "un_member",
            "un_member_from",
            "un_member_until",
            "languages",
            "independent_from",
            "note",
        )

    def __init__(self, short_names: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.short_names = short_names or {}

    def after_init_instance(self, instance: Any, new: bool, row: Row, **kwargs: Any) -> None:
        super().after_init_instance(instance, new, row, **kwargs)
        if not new:
            return
        # Made once and kept when the name changes, so that addresses stay valid.
        iso3 = str(row.get("iso3", ""))
        name = self.short_names.get(iso3, "")
        instance.slug = slugify(name) or slugify(iso3)
        if not name:
            self.notice(
                "iso3",
                _("No short name is known yet, so the state's public address will be “%s”.")
                % instance.slug,
            )


class StateNameResource(RegisterResource):
    """Names of states."""

    iso3 = column("state", StateCell(required=True, by_name=True), "iso3")
    language = column("language", TextCell(required=True))
    kind = column("kind", ChoiceCell(StateName.Kind, required=True))
    name = column("name", TextCell(required=True))
    valid_from = column("valid_from", DateCell())
    valid_until = column("valid_until", DateCell())
    source = column("source", TextCell())

    keys = ((("iso3", "language", "kind", "name", "valid_from"), True),)
    related = ("state",)

    class Meta:
        model = StateName
        fields = ("iso3", "language", "kind", "name", "valid_from", "valid_until", "source")


class DocumentResource(RegisterResource):
    """Documents. Whether one is public is read from the file only for those who may publish."""

    code = column("code", TextCell(required=True))
    title = column("title", TextCell(required=True))
    kind = column("kind", ChoiceCell(Document.Kind, required=True))
    author = column("author", TextCell())
    language = column("language", TextCell())
    published_on = column("published_on", DateCell())
    url = column("url", TextCell())
    is_public = column("is_public", YesNoCell())
    note = column("note", TextCell())

    keys = ((("code",), True),)

    class Meta:
        model = Document
        fields = (
            "code",
            "title",
            "kind",
            "author",
            "language",
            "published_on",
            "url",
            "is_public",
            "note",
        )

    def import_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        was_public = instance.is_public
        super().import_instance(instance, row, **kwargs)
        if instance.is_public and not was_public and not self.mandate.may_publish(instance):
            instance.is_public = False
            self.notice(
                "is_public",
                _("The document stays non-public until somebody who may publish marks it public."),
            )


class OrganizationResource(RegisterResource):
    """Organisations and offices."""

    code = column("code", TextCell(required=True))
    name = column("name", TextCell(required=True))
    kind = column("kind", ChoiceCell(Organization.Kind, required=True))
    note = column("note", TextCell())

    keys = ((("code",), True),)

    class Meta:
        model = Organization
        fields = ("code", "name", "kind", "note")


class MeetingResource(RegisterResource):
    """Meetings."""

    code = column("code", TextCell(required=True))
    kind = column("kind", ChoiceCell(Meeting.Kind, required=True))
    number = column("number", NumberCell())
    name = column("name", TextCell(required=True))
    city = column("city", TextCell())
    country_iso3 = column("country", StateCell(), "country_iso3")
    starts_on = column("starts_on", DateCell(required=True))
    ends_on = column("ends_on", DateCell(required=True))
    president = column("president", TextCell())
    certainty = column("certainty", ChoiceCell(Certainty, default=Certainty.CONFIRMED))
    document = column("document", CodeCell(Document))
    note = column("note", TextCell())

    keys = ((("code",), True),)
    related = ("country", "document")

    class Meta:
        model = Meeting
        fields = (
            "code",
            "kind",
            "number",
            "name",
            "city",
            "country_iso3",
            "starts_on",
            "ends_on",
            "president",
            "certainty",
            "document",
            "note",
        )


class ContactResource(RegisterResource):
    """Contacts. Personal data: for staff alone."""

    iso3 = column("state", StateCell(required=True, by_name=True), "iso3")
    kind = column("kind", ChoiceCell(Contact.Kind, required=True))
    name = column("name", TextCell(required=True))
    form_of_address = column("form_of_address", TextCell())
    language = column("language", TextCell())
    email = column("email", TextCell())
    serves_from = column("serves_from", DateCell())
    serves_until = column("serves_until", DateCell())
    note = column("note", TextCell())

    # The same person may serve twice; a new first day of one service is a correction.
    keys = ((("iso3", "kind", "name", "serves_from"), True), (("iso3", "kind", "name"), False))
    related = ("state",)

    class Meta:
        model = Contact
        fields = (
            "iso3",
            "kind",
            "name",
            "form_of_address",
            "language",
            "email",
            "serves_from",
            "serves_until",
            "note",
        )


class ExtensionDecisionResource(RegisterResource):
    """Extensions of deadlines under Articles 3 and 4."""

    iso3 = column("state", StateCell(required=True, by_name=True), "iso3")
    article = column("article", ChoiceCell(ExtensionDecision.Article, required=True))
    meeting = column("meeting", CodeCell(Meeting, required=True))
    new_deadline = column("new_deadline", DateCell(required=True))
    document = column("document", CodeCell(Document))
    place = column("place", TextCell())
    note = column("note", TextCell())

    keys = ((("iso3", "article", "meeting"), True),)
    related = ("state", "meeting", "document")

    class Meta:
        model = ExtensionDecision
        fields = ("iso3", "article", "meeting", "new_deadline", "document", "place", "note")


RESOURCES: dict[str, type[RegisterResource]] = {
    "states": StateResource,
    "names": StateNameResource,
    "treaty-actions": TreatyActionResource,
    "meetings": MeetingResource,
    "documents": DocumentResource,
    "organizations": OrganizationResource,
    "contacts": ContactResource,
    "extensions": ExtensionDecisionResource,
}
