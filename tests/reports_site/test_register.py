"""The register of reports: its numbers, its marks, its lists, and what it costs."""

import csv
import html
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reports.matrix import Matrix

from .conftest import counted, counts, text, words

REGISTER_QUERIES = 11
OVERDUE_IN_AUGUST_2011 = [
    "Antigua and Barbuda",
    "Comoros",
    "Fiji",
    "Lesotho",
    "Mali",
    "Niger",
    "Samoa",
    "Seychelles",
    "The former Yugoslav Republic of Macedonia",
]


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    ("as_of", "lead"),
    [
        ("2010-03-01", "No initial report had fallen due by 1 March 2010. The first, 30 of them, "
         "fall due on 28 January 2011."),
        ("2011-08-20", "At least 29 of the 39 initial reports due by this date are in. Nine are "
         "overdue. Whether that of France has come is not known."),
        ("2022-08-31", "At least 100 of the 110 initial reports due by this date are in. Nine are "
         "overdue. Whether that of Canada has come is not known."),
        ("2022-09-01", "At least 100 of the 110 initial reports due by this date are in. Whether "
         "10 more have come is not known: the entries end on 31 August 2022."),
    ],
)  # fmt: skip
def test_the_register_is_summed_up_in_sentences(client: Client, as_of: str, lead: str) -> None:
    assert words(client.get("/reports/", {"as_of": as_of}), "lead") == lead


@pytest.mark.usefixtures("dataset")
def test_the_nine_of_august_2011_are_overdue_and_france_is_open(client: Client) -> None:
    context = client.get("/reports/overdue/", {"as_of": "2011-08-20"}).context
    overdue = [row.deadline.standing.state.name for row in context["overdue"].rows]

    assert sorted(overdue) == OVERDUE_IN_AUGUST_2011
    assert [case.deadline.standing.state.name for case in context["open_cases"]] == ["France"]


@pytest.mark.usefixtures("dataset")
def test_the_counts_of_a_kind_add_up(client: Client) -> None:
    shown = counts(client.get("/reports/", {"as_of": "2011-08-20"}))

    assert shown == {
        "": 60,
        "in_time": 22,
        "received": 3,
        "late": 6,
        "overdue": 9,
        "not_known": 1,
        "not_due": 19,
    }
    assert sum(shown.values()) == 2 * shown[""]


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("as_of", ["2010-12-01", "2011-01-29", "2011-08-20", "2015-09-07",
                                   "2023-06-01"])  # fmt: skip
def test_every_number_leads_to_as_many_reports_or_states(client: Client, as_of: str) -> None:
    page = text(client.get("/reports/", {"as_of": as_of}))
    shown = re.findall(r'<a class="number" href="([^"#]+)">([\d,]+)</a>', page)
    found = [(url, f"{counted(client, html.unescape(url)):,}") for url, _ in shown]

    assert len(shown) >= 5
    assert found == shown


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("as_of", ["2022-09-01", "2023-06-01", "2026-01-01"])
def test_beyond_the_evidence_nobody_is_called_late(client: Client, as_of: str) -> None:
    page = client.get("/reports/", {"as_of": as_of})

    assert page.context["overdue"].rows == ()
    assert "overdue" not in counts(page)
    assert page.context["evidence"] == [
        "Initial reports have been entered through 31 August 2022: beyond that day nobody is "
        "called late or overdue.",
        "Annual reports have not been entered: nobody is called late for them.",
    ]


@pytest.mark.usefixtures("dataset")
def test_the_meeting_counts_what_falls_due_by_its_last_day(client: Client) -> None:
    meeting = client.get("/reports/", {"as_of": "2011-08-20"}).context["coming"].meeting

    assert (meeting.meeting.code, meeting.by_then.count, meeting.printed.number) == ("2MSP", 42, 47)
    assert [(str(day), number.count) for day, number in meeting.around] == [
        ("2011-09-28", 44),
        ("2011-10-28", 48),
    ]


@pytest.mark.usefixtures("dataset")
def test_the_matrix_has_a_row_a_state_and_a_mark_a_report(client: Client) -> None:
    matrix: Matrix = client.get("/reports/", {"as_of": "2011-08-20"}).context["matrix"]
    rows = {row.name: row for part in matrix.parts for row in part.rows}
    shown = {name: row.initial.play for name, row in rows.items() if row.initial is not None}
    names = ("Norway", "New Zealand", "Japan", "Niger", "France", "Chile")

    assert (len(rows), [len(part.rows) for part in matrix.parts]) == (60, [30, 30])
    assert [shown[name] for name in names] == [
        "in_time", "late", "received", "overdue", "not_known", "not_due",
    ]  # fmt: skip
    assert [rows[name].brief for name in ("Norway", "Albania", "Niger", "France", "Chile")] == [
        "27 Jan 2011", "Jan 2011", "204 days over", "2011, day open", "",
    ]  # fmt: skip


@pytest.mark.usefixtures("dataset")
def test_a_mark_leads_to_the_report_once_it_may_be_in_and_else_to_the_state(client: Client) -> None:
    page = text(client.get("/reports/", {"as_of": "2011-08-20"}))
    urls = dict(re.findall(r'">([^<]+)</a></th>.*?<a class="mark-link" href="([^"]+)"', page))

    assert urls["Norway"] == "/reports/norway/initial/?as_of=2011-08-20"
    assert urls["France"] == "/reports/france/initial/?as_of=2011-08-20"
    assert urls["Niger"] == "/states/niger/?as_of=2011-08-20#reporting"
    assert len(urls) == 60
    assert {client.get(url).status_code for url in urls.values()} == {200}


@pytest.mark.usefixtures("dataset")
def test_years_of_which_nothing_is_entered_share_a_column(client: Client) -> None:
    whole = client.get("/reports/", {"as_of": "2023-06-01"}).context["matrix"]
    annual = client.get("/reports/", {"as_of": "2023-06-01", "kind": "annual"}).context["matrix"]

    assert [column.title for column in whole.columns] == ["2012–23", "2024", "2025"]
    assert len(annual.columns) == 14


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    ("query", "states"),
    [
        ({"state": "Laos", "kind": "initial"}, ["LAO"]),
        ({"region": "asia_pacific", "state_of_play": "overdue"}, ["FJI", "WSM"]),
        ({"year": "2012", "kind": "initial", "region": "europe"}, ["BGR", "LTU", "NLD", "PRT"]),
        ({"state_of_play": "not_known"}, ["FRA"]),
    ],
)
def test_page_and_file_show_what_the_filter_leaves(
    client: Client, query: dict[str, str], states: list[str]
) -> None:
    asked = query | {"as_of": "2011-08-20"}
    shown = [d.standing.state.iso3 for d in client.get("/reports/", asked).context["rows"]]
    lines = csv.DictReader(text(client.get("/reports.csv", asked)).splitlines())

    assert sorted(shown) == states
    assert [line["iso3"] for line in lines] == shown


@pytest.mark.usefixtures("dataset")
def test_the_file_has_the_columns_of_the_command(client: Client) -> None:
    answer = client.get("/reports.csv", {"as_of": "2011-08-20", "state": "NER", "kind": "initial"})
    lines = list(csv.DictReader(text(answer).splitlines()))

    assert lines == [
        {
            "iso3": "NER",
            "article": "7.1",
            "kind": "initial",
            "period": "",
            "due_on": "2011-01-28",
            "basis": "Deposited 2 June 2009, so in force from 1 August 2010 (Article 17.1), so the "
            "initial report is due on 28 January 2011 (Article 7.1).",
            "state_of_play": "overdue",
            "received_on": "",
            "days_late": "204",
        }
    ]


@pytest.mark.usefixtures("dataset")
def test_a_wrong_filter_gets_a_sentence(client: Client) -> None:
    sentence = "No state is called “Nigr”. Did you mean: "

    page, file, calendar = (
        client.get(url, {"state": "Nigr"})
        for url in ("/reports/", "/reports.csv", "/deadlines.ics")
    )

    assert (page.status_code, file.status_code, calendar.status_code) == (200, 400, 400)
    assert [text(answer).count(sentence) for answer in (page, file, calendar)] == [1, 1, 1]


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("as_of", ["2011-08-20", "2023-06-01"])
def test_the_register_makes_few_queries_with_197_states(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, as_of: str
) -> None:
    with django_assert_num_queries(REGISTER_QUERIES):
        client.get(f"/reports/?as_of={as_of}")
