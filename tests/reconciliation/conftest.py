"""The dataset with its edition, loaded once for the tests of a module and taken back after them."""

import pytest

from actions.models import ProgressReport

CODE = "beirut-2011"


@pytest.fixture
def beirut(loaded_for_the_module: None, db: None) -> ProgressReport:
    """The edition of the Second Meeting of States Parties."""
    reports = ProgressReport.objects.select_related("plan", "from_meeting", "until_meeting")
    return reports.get(code=CODE)
