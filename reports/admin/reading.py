"""Which reports wait to be read, as a filter of the list."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from reports.documents import waiting_to_be_read


class ReadingFilter(admin.SimpleListFilter):
    """The queue of reports that nobody has read through."""

    title = gettext_lazy("reading")
    parameter_name = "reading"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [
            ("waiting", gettext_lazy("Waits to be read")),
            ("read", gettext_lazy("Read through")),
            ("looked_for", gettext_lazy("Looked for, not received")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "waiting":
                return queryset.filter(pk__in=waiting_to_be_read().order_by().values("pk"))
            case "read":
                return queryset.filter(read_through_on__isnull=False)
            case "looked_for":
                return queryset.filter(received_not_after__isnull=True)
        return queryset
