"""The bundled dataset in the database, and a way to read the numbers of a page."""

import html
import re

import pytest
from django.test import Client

_NUMBER = re.compile(r'<a class="number" href="([^"#]+)">([\d,]+)</a>')


@pytest.fixture
def dataset(loaded_for_the_module: None, db: None) -> None:
    """A register of 197 states."""


def numbers(page: str) -> list[tuple[str, int]]:
    """Every number that leads to what it counts: its address and what it says."""
    return [
        (html.unescape(url), int(count.replace(",", ""))) for url, count in _NUMBER.findall(page)
    ]


def counted(client: Client, url: str) -> int:
    """How many states the page behind a number shows, the open cases aside."""
    context = client.get(url).context
    if "members" in context:
        return sum(member.is_certain for member in context["members"])
    return len(context["rows"])
