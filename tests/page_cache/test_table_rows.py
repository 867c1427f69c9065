"""Lines of long tables are kept from one day to another, and show each change at once."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client, override_settings
from django.utils import translation

from ccm_portal.links import ANY_DAY
from ccm_portal.table_rows import set_rows
from reports.models import Coverage, TransparencyReport
from states.models import State, TreatyAction
from states.register import Status
from states.views import StateRow
from tests.actions import recorded
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
    return " ".join(re.sub(r"<[^>]*>", " ", line(page, state)).split())


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


def receive(kind: str, first: str, last: str, **values: int) -> None:
    TransparencyReport.objects.create(
        state=State.objects.get(iso3="NOR"),
        kind=kind,
        received_not_before=first,
        received_not_after=last,
        **values,
    )


REPORT_AT_FIRST = "Norway 28 Jan 2011 Initial report: overdue, 829 days over 829 days over"
REPORT_CHANGES: dict[str, tuple[Callable[[], object], str]] = {
    "received in time": (
        lambda: receive("initial", "2011-01-27", "2011-01-27"),
        "Norway 28 Jan 2011 Initial report: in time, 27 Jan 2011 27 Jan 2011",
    ),
    "received late": (
        lambda: receive("initial", "2011-01-29", "2011-01-29"),
        "Norway 28 Jan 2011 Initial report: in, late, 29 Jan 2011 29 Jan 2011",
    ),
    "received in a month": (
        lambda: receive("initial", "2011-01-01", "2011-01-31"),
        "Norway 28 Jan 2011 Initial report: in, day not known, Jan 2011 Jan 2011",
    ),
    "entries end earlier": (
        lambda: Coverage.objects.filter(kind="initial").update(complete_through="2012-01-01"),
        "Norway 28 Jan 2011 Initial report: not known not known",
    ),
    "entries end before it was due": (
        lambda: Coverage.objects.filter(kind="initial").update(complete_through="2011-01-01"),
        "Norway 28 Jan 2011 Initial report: not entered not entered",
    ),
    "deposit": (
        lambda: TreatyAction.objects.filter(kind=Kind.RATIFICATION).update(date="2010-11-08"),
        "Norway 28 Oct 2011 Initial report: overdue, 556 days over 556 days over",
    ),
}


@pytest.fixture
def reporting() -> None:
    """Norway, whose reports are looked for, and which nobody has received."""
    records.party("NOR", "Norway", deposited="2009-05-04")
    Coverage.objects.create(kind="initial", complete_through="2020-01-01")


@pytest.mark.usefixtures("reporting")
@pytest.mark.parametrize(("change", "expected"), REPORT_CHANGES.values(), ids=REPORT_CHANGES.keys())
def test_the_line_of_the_register_shows_each_change_at_once(
    change: Callable[[], object], expected: str, reader: Client
) -> None:
    address = "/reports/?kind=initial&as_of=2013-05-06"
    assert in_register(reader.get(address).text) == REPORT_AT_FIRST

    change()

    assert in_register(reader.get(address).text) == expected


@pytest.mark.usefixtures("reporting")
def test_marks_of_years_show_each_change_and_each_day(reader: Client) -> None:
    def shown(day: str) -> str:
        return in_register(reader.get(f"/reports/?kind=annual&as_of={day}").text)

    Coverage.objects.create(kind="annual", complete_through="2020-01-01")
    at_first = [shown("2012-05-01"), shown("2012-05-02"), shown("2012-05-01")]
    receive("annual", "2012-05-02", "2012-05-02", year=2011)
    then = [shown("2012-05-01"), shown("2012-05-02")]

    assert at_first == [
        "Norway Annual report for 2011: overdue, 1 day over "
        "Annual report for 2012: not yet due, 30 Apr 2013",
        "Norway Annual report for 2011: overdue, 2 days over "
        "Annual report for 2012: not yet due, 30 Apr 2013",
        "Norway Annual report for 2011: overdue, 1 day over "
        "Annual report for 2012: not yet due, 30 Apr 2013",
    ]
    assert then == [
        at_first[0],
        "Norway Annual report for 2011: in, late, 2 May 2012 "
        "Annual report for 2012: not yet due, 30 Apr 2013",
    ]


def in_register(page: str) -> str:
    """What the line of Norway says in the register below the overdue reports."""
    return said(page[page.index("matrix-table") :], "Norway")


def test_the_marks_of_a_theme_show_each_finding_and_lead_to_the_day(reader: Client) -> None:
    norway = records.party("NOR", "Norway", deposited="2009-05-04")
    theme = recorded.theme(recorded.plan(), "stockpile-destruction")
    declared, planned, _completed = (
        recorded.indicator(theme, f"stockpile.{name}") for name in ("declared", "plan", "completed")
    )
    recorded.finding(norway, declared, reported="2011-06-01")

    def shown(day: str) -> str:
        page = reader.get(f"/themes/stockpile-destruction/?as_of={day}").text
        assert ANY_DAY not in page
        assert page.count(f"as_of={day}#NOR") == page.count("#NOR")
        return said(page[page.index("theme-table") :], "Norway")

    without, with_plan = "Norway 1 Aug 2018", "Norway 1 Aug 2018 Plan made or in hand: reported"
    at_first = [shown("2011-07-01"), shown("2011-07-02")]
    plan = recorded.finding(norway, planned, reported="2011-07-02")
    then = [shown("2011-07-01"), shown("2011-07-02"), shown("2011-07-03")]
    recorded.finding(norway, planned, "no", reported="2011-07-03", cites="other")
    disputed = [shown("2011-07-02"), shown("2011-07-03")]
    plan.delete()

    assert at_first == [without, without]
    assert then == [without, with_plan, with_plan]
    assert disputed == [with_plan, "Norway 1 Aug 2018 Plan made or in hand: open"]
    assert shown("2011-07-02") == without


def test_the_sentences_of_deadlines_follow_what_they_speak_of(reader: Client) -> None:
    norway = records.party("NOR", "Norway", deposited="2009-05-04")
    Coverage.objects.create(kind="initial", complete_through="2020-01-01")

    def said_of(kind: str, day: str = "2013-05-06") -> str:
        answer = reader.get(f"/api/v1/deadlines/?kind={kind}&as_of={day}").json()
        return str(answer["results"][0]["explanation"])

    initial = [said_of("initial"), said_of("initial", "2013-05-07")]
    receive("initial", "2011-01-27", "2011-01-27")
    initial += [said_of("initial"), said_of("initial", "2011-01-26")]
    clearance = [said_of("clearance")]
    meeting = records.meeting("3MSP", "2012-09-14")
    records.extension(norway, "4", meeting, "2023-08-01", published=True)
    clearance += [said_of("clearance"), said_of("clearance", "2012-09-13")]
    records.official_date(of_norway(Kind.RATIFICATION), "2010-08-09", published=True)

    due = (
        "Deposited 4 May 2009, so in force from 1 August 2010 (Article 17.1), so the initial "
        "report is due on 28 January 2011 (Article 7.1)."
    )
    assert initial == [
        f"{due} It is 829 days overdue.",
        f"{due} It is 830 days overdue.",
        f"{due} It was received on 27 January 2011, in time.",
        f"{due} It is not due yet.",
    ]
    to_clear = (
        "Deposited 4 May 2009, so in force from 1 August 2010 (Article 17.1), so areas "
        "contaminated on that day, if there are any, are to be cleared by {} (Article 4.1{}). "
        "Whether there is such an obligation is not recorded."
    )
    assert clearance == [
        to_clear.format("1 August 2020", ""),
        to_clear.format("1 August 2023", ", extended by the Meeting 3MSP"),
        to_clear.format("1 August 2020", ""),
    ]
    assert said_of("initial").startswith(
        "Deposited 4 May 2009, so in force from 9 August 2010 (the official date), so the initial "
        "report is due on 5 February 2011 (Article 7.1)."
    )


def test_the_days_of_a_completion_follow_the_findings_of_the_day(reader: Client) -> None:
    norway = records.party("NOR", "Norway", deposited="2009-05-04")
    theme = recorded.theme(recorded.plan(), "stockpile-destruction")
    completed = recorded.indicator(theme, "stockpile.completed", article="3", role="completed")

    def received_on(day: str) -> str | None:
        address = f"/api/v1/deadlines/?kind=stockpile_destruction&as_of={day}"
        found: str | None = reader.get(address).json()["results"][0]["received_on"]
        return found

    recorded.finding(norway, completed, reported="2011-06-01", occurred="2011-05-01/2011-05-31")
    at_first = received_on("2011-06-02")
    other = recorded.finding(
        norway, completed, reported="2011-06-03", occurred="2011-05-20", cites="other"
    )
    then = [received_on("2011-06-02"), received_on("2011-06-03")]
    other.delete()

    assert at_first is None
    assert then == [None, "2011-05-20"]
    assert received_on("2011-06-03") is None


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
