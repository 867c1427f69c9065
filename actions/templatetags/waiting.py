"""What waits for a person, on the first page of the data entry."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from reports.documents import waiting_to_be_read
from reports.models import TransparencyReport
from states.admin.record import has_permission
from states.models import Publishable

register = template.Library()


@dataclass(frozen=True)
class Drafts:
    """Drafts of one kind, and the list of them."""

    title: str
    count: int
    url: str


@register.inclusion_tag("admin/actions/_waiting.html", takes_context=True)
def waiting_today(context: template.RequestContext) -> dict[str, Any]:
    """Reports to record and to read through, and the drafts that somebody may publish."""
    request = context["request"]
    may_view = has_permission(request, "view", TransparencyReport)
    return {
        "may_view": may_view,
        "may_record": has_permission(request, "add", TransparencyReport),
        "to_read": waiting_to_be_read().count() if may_view else 0,
        "drafts": list(_drafts(request)),
    }


def _drafts(request: HttpRequest) -> Iterator[Drafts]:
    """One query for each kind of record that the person may publish."""
    for model in _publishable():
        if not has_permission(request, "publish", model):
            continue
        count = model._default_manager.filter(published_at__isnull=True).count()
        if count:
            options = model._meta
            url = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
            title = str(capfirst(str(options.verbose_name_plural)))
            yield Drafts(title, count, f"{url}?publication=draft")


def _publishable() -> list[type[models.Model]]:
    return [model for model in admin.site._registry if issubclass(model, Publishable)]
