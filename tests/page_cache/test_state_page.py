"""What is kept of a state's page from one day to another never changes what the page says."""

from datetime import date

import pytest
from django.test import Client, override_settings

from ccm_portal import table_rows
from states.models import ExtensionDecision, State, StateName
from tests.actions import recorded
from tests.admin import records

pytestmark = pytest.mark.django_db

DAYS = (
    "2008-12-03",
    "2010-07-31",
    "2010-08-01",
    "2011-06-01",
    "2011-07-01",
    "2011-08-20",
    "2012-01-01",
    "2014-02-01",
    "2018-05-01",
    "2019-08-02",
)


@pytest.fixture
def swaziland() -> State:
    """A party that is renamed and granted an extension, of which documents say various things."""
    state = records.party("SWZ", "Swaziland")
    StateName.objects.filter(state=state).update(valid_until="2014-01-01")
    StateName.objects.create(
        state=state,
        language="en",
        kind=StateName.Kind.SHORT,
        name="Eswatini",
        valid_from=date(2014, 1, 1),
        published_at=records.NOW,
    )
    ExtensionDecision.objects.create(
        state=state,
        article="3",
        meeting=records.meeting("8MSP", "2018-05-01"),
        new_deadline=date(2019, 8, 1),
        published_at=records.NOW,
    )
    theme = recorded.theme(recorded.plan(), complete_through=date(2012, 1, 1))
    owed = recorded.indicator(theme, "thing.owed", role="obligation", article="3")
    done = recorded.indicator(theme, "thing.done", "yes_no", recorded.action(theme))
    recorded.finding(state, owed, reported="2011-06-01")
    recorded.finding(state, done, reported="2011-06-01", ended="2012-01-01")
    recorded.finding(state, done, "no", reported="2011-07-01", cites="other", remark="It <says> so")
    recorded.finding(records.party("BEL", "Belgium"), done)
    return state


def pages(*, is_keeping: bool) -> dict[str, str]:
    """The pages of all days: from a process that keeps what it may, or each made on its own."""
    found = {}
    with override_settings(PAGE_CACHE=is_keeping):
        reader = Client(HTTP_HOST="localhost")
        for day in DAYS:
            if not is_keeping:
                table_rows._line.cache_clear()
            found[day] = reader.get("/states/swaziland/", {"as_of": day}).content.decode()
    return found


def test_pages_of_days_in_any_order_are_those_that_are_made_alone(swaziland: State) -> None:
    alone = pages(is_keeping=False)

    assert pages(is_keeping=True) == alone
    assert len({page.replace(day, "") for day, page in alone.items()}) == len(DAYS)
