"""The dataset as the portal loads it."""

import pytest
from pytest_django import DjangoDbBlocker

from states.register import History
from tests.dataset import Kept


@pytest.fixture(scope="session")
def dataset(kept_dataset: Kept, django_db_blocker: DjangoDbBlocker) -> History:
    """Everything in the dataset, read once; the database itself is left empty."""
    with django_db_blocker.unblock(), kept_dataset.lent():
        return History.load()
