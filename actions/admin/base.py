"""What the pages of plans, indicators and findings share: rules of entry, verbs, spreadsheets."""

from typing import Any

from django.http import HttpRequest

from actions import entry, publishing, soundness
from actions.exchange import RESOURCES
from ccm_portal.as_of import today
from states.admin import spreadsheets
from states.admin.publication import PublishableAdmin
from states.admin.record import RecordForm


class EntryForm(RecordForm):
    """A form that is checked by the rules that imports are checked by."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        for field, sentence in entry.objections(self.instance, today=today()):
            self.add_error(field if field in self.fields else None, sentence)


class Spreadsheets(spreadsheets.Spreadsheets):
    """Mixed into an admin of this app; `kind` names the resource."""

    def get_resource_classes(self, request: HttpRequest) -> list[type[Any]]:
        return [RESOURCES[self.kind]]


class SoundAdmin(Spreadsheets, PublishableAdmin):
    """Records that are published by the verbs and rules of this app."""

    publish_records = staticmethod(publishing.publish)
    withdraw_records = staticmethod(publishing.withdraw)
    ensure_sound = staticmethod(soundness.ensure)
