"""The dataset as the portal loads it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from states.register import History


@pytest.fixture(scope="session")
def dataset(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> History:
    """Everything in the dataset, loaded once; the database itself is left empty."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_dataset", stdout=StringIO())
        loaded = History.load()
        transaction.set_rollback(True)
    return loaded
