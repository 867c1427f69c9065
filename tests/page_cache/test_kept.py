"""What a process keeps from one public request to the next, and when it does not."""

from collections.abc import Callable
from datetime import date
from threading import Thread

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.test.utils import override_script_prefix
from django.utils import timezone

from actions.evaluation import Evaluation
from ccm_portal import data_version
from ccm_portal.kept import Recent, during, kept
from ccm_portal.links import Links
from ccm_portal.page_cache import PageCacheMiddleware
from ccm_portal.site.changes import TwoDays
from reports.deadlines import Reporting
from states.meetings import formal_meetings
from states.models import Meeting, State, StateName, TreatyAction
from states.register import History

pytestmark = pytest.mark.django_db


def write(code: str = "1msp") -> None:
    """Any write that public pages might show."""
    Meeting.objects.create(
        code=code,
        name=code,
        kind=Meeting.Kind.MSP,
        starts_on=date(2010, 11, 9),
        ends_on=date(2010, 11, 12),
        published_at=timezone.now(),
    )


def named(iso3: str, name: str) -> StateName:
    """A state with a published name."""
    state = State.objects.create(iso3=iso3, iso2=iso3[:2], slug=iso3.lower(), ccm_region="africa")
    return StateName.objects.create(
        state=state,
        language="en",
        kind=StateName.Kind.SHORT,
        name=name,
        published_at=timezone.now(),
    )


def deposited(state: State, day: date) -> TreatyAction:
    """A published ratification."""
    kind = TreatyAction.Kind.RATIFICATION
    return TreatyAction.objects.create(
        state=state, kind=kind, date=day, published_at=timezone.now()
    )


def test_outside_a_public_request_everything_is_loaded_anew() -> None:
    write()
    assert History.load() is not History.load()


def test_public_requests_share_what_they_load_until_something_is_written() -> None:
    write()
    with during(data_version.current()):
        first = Reporting.load()
        assert Reporting.load() is first
        assert History.load() is first.history
        assert History.load(language="fr") is not first.history
    with during(data_version.current()):
        assert Reporting.load() is first
    write("2msp")
    with during(data_version.current()):
        assert Reporting.load() is not first


def test_reports_of_another_history_are_never_given_in_its_place() -> None:
    write()
    own = History.load()
    with during(data_version.current()):
        Reporting.load()
        assert Reporting.load(history=own).history is own


def test_a_database_without_a_noted_write_keeps_nothing() -> None:
    with during(data_version.NOTHING_WRITTEN):
        assert kept("probe", make=object) is not kept("probe", make=object)


@pytest.mark.parametrize(
    ("method", "path", "is_kept"),
    [
        ("get", "/states/", True),
        ("get", "/api/v1/states/", True),
        ("post", "/states/", False),
        ("get", "/admin/", False),
        ("get", "/accounts/login/", False),
    ],
)
@override_settings(PAGE_CACHE=True)
def test_only_public_requests_keep(method: str, path: str, is_kept: bool) -> None:
    write()
    seen: list[object] = []

    def view(request: object) -> HttpResponse:
        seen.append(kept("probe", make=object))
        return HttpResponse(headers={"Cache-Control": "no-store"})

    middleware = PageCacheMiddleware(view)
    ask: Callable[[str], object] = getattr(RequestFactory(), method)
    for _time in range(2):
        middleware(ask(path))  # type: ignore[arg-type]
    assert (seen[0] is seen[1]) is is_kept
    assert kept("probe", make=object) not in seen


@override_settings(PAGE_CACHE=True)
def test_a_page_shows_a_change_at_once_although_its_data_were_kept() -> None:
    reader = Client(HTTP_HOST="localhost")
    name = named("SWZ", "Swaziland")
    for path in ("/states/", "/states/swz/", "/reports/"):
        reader.get(path)
    assert "Swaziland" in reader.get("/states/").text
    name.name = "Eswatini"
    name.save()
    for path in ("/states/", "/states/swz/"):
        page = reader.get(path).text
        assert "Eswatini" in page
        assert "Swaziland" not in page


def numbers_since_the_meeting() -> TwoDays:
    """The numbers of a day after the meeting beside those of its last day, as on the overview."""
    meetings = formal_meetings()
    return TwoDays.since_meeting(Evaluation.load(date(2011, 8, 20)), meetings, Links(), also=())


def test_the_numbers_on_the_day_of_a_meeting_are_kept_until_something_is_written() -> None:
    write()
    state = named("SWZ", "Eswatini").state
    with during(data_version.current()):
        before = numbers_since_the_meeting().before
        assert before.certain("parties") == frozenset()
        assert numbers_since_the_meeting().before.figures is before.figures
    deposited(state, date(2010, 9, 1))
    with during(data_version.current()):
        assert numbers_since_the_meeting().before.certain("parties") == {"SWZ"}


def test_what_is_kept_has_no_address_of_the_request_that_it_was_made_for() -> None:
    write()
    reader = Client(HTTP_HOST="localhost")
    # Addresses of static files are found once in a process: here, before the other prefix.
    reader.get("/about/")
    deposited(named("SWZ", "Eswatini").state, date(2010, 9, 17))
    paths = ("/", "/states/", "/states/swz/", "/reports/", "/deadlines/", "/themes/stockpiles/")
    for path in paths:
        with override_settings(PAGE_CACHE=True), override_script_prefix("/elsewhere/"):
            assert 'href="/elsewhere/states/' in reader.get(path, {"as_of": "2011-08-19"}).text
    for path in paths:
        with override_settings(PAGE_CACHE=True):
            assert "/elsewhere/" not in reader.get(path, {"as_of": "2011-08-20"}).text


def test_the_numbers_of_a_meeting_lead_to_where_the_portal_stands_now() -> None:
    write()
    for prefix in ("/elsewhere/", "/"):
        with during(data_version.current()), override_script_prefix(prefix):
            number = numbers_since_the_meeting().before.number("parties")
            assert number.url.startswith(f"{prefix}figures/?")


def test_the_days_of_a_history_are_those_of_a_new_one() -> None:
    named("SWZ", "Swaziland")
    history = History.load()
    days = [date(2009 + number, 6, 1) for number in range(12)]
    for day in [*days, *days]:
        assert history.on(day) == History.load().on(day)
    assert history.on(days[-1]) is history.on(days[-1])


def test_the_oldest_value_goes_first_and_what_was_asked_for_stays() -> None:
    recent: Recent[int, object] = Recent(2)
    first, second = recent.get(1, object), recent.get(2, object)
    assert recent.get(1, object) is first
    recent.get(3, object)
    assert recent.get(1, object) is first
    assert recent.get(2, object) is not second


def test_threads_get_the_same_value() -> None:
    recent: Recent[str, object] = Recent(2)
    found: list[object] = []
    threads = [Thread(target=lambda: found.append(recent.get("x", object))) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1
