"""One recorded report on one day: its address, what it says, and what it says not yet."""

import pytest
from django.test import Client


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    ("address", "as_of", "stands", "received"),
    [
        ("norway/initial", "2011-08-20", "It was received on 27 January 2011, in time.",
         "27 January 2011"),
        ("albania/initial", "2011-08-20", "It was received in January 2011; whether in time "
         "cannot be told.", "January 2011"),
        ("malta/initial", "2011-08-20", "It was received on 9 May 2011, 101 days late.",
         "9 May 2011"),
        ("niger/initial", "2011-08-20", "It is 204 days overdue.", ""),
        ("france/initial", "2011-08-20", "It was received in 2011: whether it had come by this "
         "day is not known.", "2011"),
        ("norway/initial", "2010-12-01", "It is not due yet.", ""),
    ],
)  # fmt: skip
def test_a_report_stands_as_it_stood_on_the_day(
    client: Client, address: str, as_of: str, stands: str, received: str
) -> None:
    page = client.get(f"/reports/{address}/", {"as_of": as_of}).context["page"]

    assert page.stands == stands
    assert (page.received if page.has_come else "") == received


@pytest.mark.usefixtures("dataset")
def test_a_report_that_was_not_owed_says_so(client: Client) -> None:
    response = client.get("/reports/canada/voluntary-2011/", {"as_of": "2011-08-20"})

    assert response.context["page"].deadline is None
    assert "A report that the State did not owe. Received: January 2011." in (
        response.content.decode()
    )


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    "address",
    ["norway/2011", "norway/initial-2", "norway/voluntary-2011", "brazil/initial", "zzz/initial"],
)
def test_a_report_that_is_not_recorded_is_not_found(client: Client, address: str) -> None:
    response = client.get(f"/reports/{address}/")

    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


@pytest.mark.usefixtures("dataset")
def test_a_shortened_address_leads_to_the_state(client: Client) -> None:
    response = client.get("/reports/norway/?as_of=2011-08-20")

    assert (response.status_code, response["Location"]) == (
        302,
        "/states/norway/?as_of=2011-08-20#reporting",
    )


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    ("slug", "as_of", "coming", "past"),
    [
        ("norway", "2011-08-20", [("annual", 2011, "in 254 days")], [("initial", "in_time")]),
        ("niger", "2011-08-20", [("annual", 2011, "in 254 days")], [("initial", "overdue")]),
        ("monaco", "2011-08-20", [("initial", None, "in 8 days"), ("annual", 2011, "in 254 days")],
         []),
        ("brazil", "2011-08-20", [], []),
    ],
)  # fmt: skip
def test_a_state_shows_what_it_owes_next_and_how_its_reports_stand(
    client: Client,
    slug: str,
    as_of: str,
    coming: list[tuple[str, int | None, str]],
    past: list[tuple[str, str]],
) -> None:
    section = client.get(f"/states/{slug}/", {"as_of": as_of}).context["reporting"]

    assert [(r.deadline.kind, r.deadline.year, r.days_left) for r in section.next] == coming
    assert [(r.deadline.kind, r.deadline.state_of_play.value) for r in section.reports] == past


@pytest.mark.usefixtures("dataset")
def test_a_state_is_not_called_late_for_annual_reports_that_were_not_entered(
    client: Client,
) -> None:
    section = client.get("/states/norway/", {"as_of": "2023-06-01"}).context["reporting"]

    assert (section.not_entered.first, section.not_entered.last) == (2011, 2022)
    assert [r.deadline.state_of_play.value for r in section.reports] == ["in_time"]
