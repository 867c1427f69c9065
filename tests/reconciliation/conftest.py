"""The dataset with its edition, loaded once for the tests of a module and taken back after them."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from actions.models import ProgressReport

CODE = "beirut-2011"


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_dataset", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def beirut(_loaded: None, db: None) -> ProgressReport:
    """The edition of the Second Meeting of States Parties."""
    reports = ProgressReport.objects.select_related("plan", "from_meeting", "until_meeting")
    return reports.get(code=CODE)
