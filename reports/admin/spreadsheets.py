"""Import and export of reports in the data entry, as everywhere else in it."""

from typing import Any

from django.http import HttpRequest

from reports.exchange import RESOURCES
from states.admin import spreadsheets


class Spreadsheets(spreadsheets.Spreadsheets):
    """Mixed into an admin of this app; `kind` names the resource."""

    def get_resource_classes(self, request: HttpRequest) -> list[type[Any]]:
        return [RESOURCES[self.kind]]
