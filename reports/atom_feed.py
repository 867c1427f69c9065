"""Newly published reports as an Atom feed."""

import uuid
from collections import defaultdict
from datetime import datetime
from functools import cached_property

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from states.names import NameBook

from . import addresses
from .explanations import receipt_words
from .models import TransparencyReport
from .state_of_play import Receipt

NAMESPACE = uuid.UUID("6f0a4a56-9c5e-5b0e-9f43-0d6c2c1f7a07")
"""Makes the entries' identifiers: they follow from a report's number alone, not from the host."""
NEWEST = 30


def identifier(report_id: int) -> str:
    """The entry's identifier, the same for ever (RFC 4287, 4.2.6)."""
    return uuid.uuid5(NAMESPACE, f"report {report_id}").urn


class _Entry:
    """A published report with its address and the name of its state."""

    def __init__(self, report: TransparencyReport, key: str, names: NameBook) -> None:
        self.report = report
        self.key = key
        self.names = names

    @cached_property
    def state_name(self) -> str:
        """The state's name on the day of publication."""
        on = (self.report.published_at or timezone.now()).date()
        language = get_language() or "en"
        return self.names.short(self.report.state_id, on, language) or self.report.state.iso3

    @property
    def received(self) -> str:
        """When it was received, as far as that is known."""
        words = receipt_words(
            Receipt(self.report.received_not_before, self.report.received_not_after)
        )
        return _("Received: %(when)s.") % {"when": words} if words else ""


class PublishedReports(Feed):  # type: ignore[type-arg]  # takes none when it runs
    """The reports published last, the newest first. Costs three queries."""

    feed_type = Atom1Feed
    title = gettext_lazy("Convention on Cluster Munitions: transparency reports published")
    subtitle = gettext_lazy("Reports under Article 7, as their contents are published.")
    feed_guid = uuid.uuid5(NAMESPACE, "published reports").urn

    def link(self) -> str:
        return reverse("reports:register")

    def items(self) -> list[_Entry]:
        published = TransparencyReport.objects.published().select_related("state")
        newest = list(published.order_by("-published_at", "-pk")[:NEWEST])
        keys = _keys({report.state_id for report in newest})
        names = NameBook.load()
        return [_Entry(report, keys[report.pk], names) for report in newest]

    def item_title(self, item: _Entry) -> str:
        return f"{item.state_name}: {item.report}"

    def item_description(self, item: _Entry) -> str:
        return item.received

    def item_link(self, item: _Entry) -> str:
        return reverse("reports:report", args=[item.report.state.slug, item.key])

    def item_guid(self, item: _Entry) -> str:
        return identifier(item.report.pk)

    def item_pubdate(self, item: _Entry) -> datetime | None:
        return item.report.published_at

    def item_updateddate(self, item: _Entry) -> datetime | None:
        return item.report.published_at


def _keys(state_ids: set[int]) -> dict[int, str]:
    """The addresses' keys of all reports of some states."""
    by_state: dict[int, list[TransparencyReport]] = defaultdict(list)
    for report in TransparencyReport.objects.filter(state_id__in=state_ids):
        by_state[report.state_id].append(report)
    return {pk: key for reports in by_state.values() for pk, key in addresses.keys(reports).items()}
