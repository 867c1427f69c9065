"""Headings of their own on the front page of the data entry, for parts of an app."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

Listed = dict[str, Any]
"""An app or a model, as Django's admin describes it to its templates."""


@dataclass(frozen=True)
class Heading:
    """What the admins stand under that name it as their `index_heading`.

    `label` takes the place of an app's in styles and ids; `page` names the address it leads to.
    """

    label: str
    name: str | Promise
    page: str

    def over(self, models: list[Listed]) -> Listed:
        """The heading with the models under it, in the shape of an app."""
        return {
            "name": self.name,
            "app_label": self.label,
            "app_url": reverse(self.page),
            "has_module_perms": True,
            "models": models,
        }


def under_headings(apps: Iterable[Listed], admins: Mapping[Any, Any]) -> list[Listed]:
    """The same lists, with what has a heading of its own under that one; in order of name."""
    parts: list[Listed] = []
    headed: dict[Heading, list[Listed]] = defaultdict(list)
    for app in apps:
        rest: list[Listed] = []
        for listed in app["models"]:
            heading = getattr(admins[listed["model"]], "index_heading", None)
            (rest if heading is None else headed[heading]).append(listed)
        if rest:
            parts.append(app | {"models": rest})
    parts += [heading.over(models) for heading, models in headed.items()]
    return sorted(parts, key=lambda part: str(part["name"]).lower())
