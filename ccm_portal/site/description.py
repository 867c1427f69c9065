"""A page's description of itself for machines, in the vocabulary of schema.org."""

import json
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .tables.catalogue import TABLES

CONTEXT = "https://schema.org"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def website(request: HttpRequest) -> SafeString:
    """The portal and its search."""
    home = request.build_absolute_uri(reverse("home"))
    search = request.build_absolute_uri(reverse("search"))
    return _written(
        {
            "@type": "WebSite",
            "name": _("Convention on Cluster Munitions: status and implementation"),
            "url": home,
            "publisher": _secretariat(),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": search + "?q={words}"},
                "query-input": "required name=words",
            },
        }
    )


def dataset(request: HttpRequest, day: str) -> SafeString:
    """The tables, as a catalogue of data lists them."""
    return _written(
        {
            "@type": "Dataset",
            "name": _("Status and implementation of the Convention on Cluster Munitions"),
            "description": _(
                "Who is bound by the Convention on Cluster Munitions, what each state owes, what "
                "it has reported and what documents say it has done, for any date, with sources."
            ),
            "url": request.build_absolute_uri(reverse("data")),
            "license": LICENCE_URL,
            "isAccessibleForFree": True,
            "temporalCoverage": f"2008-12-03/{day}",
            "creator": _secretariat(),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": str(table.title),
                    "encodingFormat": kind,
                    "contentUrl": request.build_absolute_uri(
                        reverse("data_table", args=[table.code, form])
                    ),
                }
                for table in TABLES.values()
                for form, kind in MEDIA_TYPES.items()
            ],
        }
    )


def _secretariat() -> dict[str, str]:
    return {
        "@type": "Organization",
        "name": _("Secretariat of the Convention on Cluster Munitions"),
    }


def _written(thing: dict[str, Any]) -> SafeString:
    """As JSON that cannot end the element in which it stands."""
    text = json.dumps({"@context": CONTEXT} | thing, ensure_ascii=False)
    for sign, escaped in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return mark_safe(text)  # noqa: S308 — no sign that HTML reads is left
