"""Lines of long tables are kept from one day to another, and show each change at once."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client, override_settings
from django.utils import translation
from django.utils.html import strip_tags

from ccm_portal.links import ANY_DAY
from ccm_portal.table_rows import set_rows
from states.models import State, TreatyAction
from states.register import Status
from states.views import StateRow
from tests.admin import records
from tests.admin.records import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept() -> Iterator[None]:
    """Pages and what they need are kept, as in an installation."""
    with override_settings(PAGE_CACHE=True):
        yield


@pytest.fixture
def reader() -> Client:
    """A reader whose requests pass the page cache."""
    return Client(HTTP_HOST="localhost")


def line(page: str, state: str) -> str:
    """The line of a state in a table, as it is written."""
    lines = re.findall(r"<tr[^>]*>.*?</tr>", page, re.DOTALL)
    return next(str(found) for found in lines if f">{state}</a></th>" in found)


def said(page: str, state: str) -> str:
    """What the line of a state says."""
    return " ".join(str(strip_tags(line(page, state))).split())


def of_norway(kind: str) -> TreatyAction:
    return TreatyAction.objects.get(state__iso3="NOR", kind=kind)


def withdraw() -> None:
    state = State.objects.get(iso3="NOR")
    records.action(state, Kind.WITHDRAWAL, "2011-06-01", published=True)


AT_FIRST = "Norway State Party 3 Dec 2008 4 May 2009 ratified 1 Aug 2010"
CHANGES: dict[str, tuple[Callable[[], object], str]] = {
    "signature": (
        lambda: TreatyAction.objects.filter(kind=Kind.SIGNATURE).update(date="2008-12-04"),
        "Norway State Party 4 Dec 2008 4 May 2009 ratified 1 Aug 2010",
    ),
    "no signature": (
        lambda: of_norway(Kind.SIGNATURE).delete(),
        "Norway State Party 4 May 2009 ratified 1 Aug 2010",
    ),
    "deposit": (
        lambda: TreatyAction.objects.filter(kind=Kind.RATIFICATION).update(date="2010-11-08"),
        "Norway State Party 3 Dec 2008 8 Nov 2010 ratified 1 May 2011",
    ),
    "way of joining": (
        lambda: TreatyAction.objects.filter(kind=Kind.RATIFICATION).update(kind=Kind.APPROVAL),
        "Norway State Party 3 Dec 2008 4 May 2009 approved 1 Aug 2010",
    ),
    "deposit no longer published": (
        lambda: TreatyAction.objects.filter(kind=Kind.RATIFICATION).update(published_at=None),
        "Norway Signatory 3 Dec 2008",
    ),
    "official entry into force": (
        lambda: records.official_date(of_norway(Kind.RATIFICATION), "2010-08-09", published=True),
        "Norway State Party 3 Dec 2008 4 May 2009 ratified 9 Aug 2010",
    ),
    "entry into force not known": (
        lambda: records.official_date(of_norway(Kind.RATIFICATION), None, published=True),
        "Norway State Party 3 Dec 2008 4 May 2009 ratified not known yet",
    ),
    "withdrawal": (
        withdraw,
        "Norway State not party 3 Dec 2008 4 May 2009 ratified 1 Aug 2010 1 Dec 2011",
    ),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES.keys())
def test_the_line_of_a_state_shows_each_change_at_once(
    change: Callable[[], object], expected: str, reader: Client
) -> None:
    records.party("NOR", "Norway", deposited="2009-05-04")
    address = "/states/?as_of=2012-05-05"
    assert said(reader.get(address).text, "Norway") == AT_FIRST

    change()

    assert said(reader.get(address).text, "Norway") == expected
    assert said(reader.get("/states/?as_of=2012-05-06").text, "Norway") == expected


def test_the_line_of_a_state_follows_its_name_and_its_address(reader: Client) -> None:
    state = records.party("SWZ", "Swaziland")
    address = "/states/?as_of=2012-05-05"
    reader.get(address)

    state.names.update(name="Eswatini")
    State.objects.update(slug="eswatini")

    assert '<a href="/states/eswatini/?as_of=2012-05-05">Eswatini</a>' in reader.get(address).text
    assert "Swaziland" not in reader.get(address).text


def test_a_line_that_is_kept_leads_to_the_day_that_is_shown(reader: Client) -> None:
    records.party()
    for query, kept in (
        ("?as_of=2012-05-05", "?as_of=2012-05-05"),
        ("?as_of=2013-06-06", "?as_of=2013-06-06"),
        ("", ""),
        ("?as_of=2012-05-05&sort=status", "?as_of=2012-05-05"),
    ):
        page = reader.get(f"/states/{query}").text
        assert f'<a href="/states/norway/{kept}">Norway</a>' in line(page, "Norway")
        assert ANY_DAY not in page


def test_the_column_of_withdrawals_comes_and_goes(reader: Client) -> None:
    records.party()
    other = records.party("SEN", "Senegal")
    records.action(other, Kind.WITHDRAWAL, "2012-01-01", published=True)

    cells = [
        line(reader.get(f"/states/?as_of={day}").text, "Norway").count("<td")
        for day in ("2011-12-31", "2012-01-01", "2011-12-30")
    ]

    assert cells == [4, 5, 4]


def test_a_line_is_kept_for_each_language() -> None:
    row = StateRow(
        name="Norvège",
        url="/",
        found_by="",
        standing=Status.PARTY,
        status="",
        signed_on=None,
        deposited_on=None,
        joined_by="",
        in_force_on=date(2010, 8, 1),
        has_withdrawals=False,
        withdrawn_on=None,
    )
    lines = []
    for language in ("en", "fr", "en"):
        with translation.override(language):
            lines.append(set_rows("states/_row.html", [row]))

    assert ["1 Aug 2010" in written for written in lines] == [True, False, True]


def test_what_looks_like_markup_stays_text(reader: Client) -> None:
    records.party().names.update(name="<b>Norway</b>")

    page = reader.get("/states/?as_of=2012-05-05").text

    assert "<b>Norway" not in page
    assert "&lt;b&gt;Norway&lt;/b&gt;</a>" in page
