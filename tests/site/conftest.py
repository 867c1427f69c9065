"""The bundled dataset in the database, and a way to read the numbers of a page."""

import html
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

_NUMBER = re.compile(r'<a class="number" href="([^"#]+)">([\d,]+)</a>')


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The dataset, loaded once for the tests of a module and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_dataset", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def dataset(_loaded: None, db: None) -> None:
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
