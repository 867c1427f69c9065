"""A state's page: one address, one sentence, and the evidence behind it."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

SENTENCES = [
    # Article 17.1, 17.2, 20.3 and the days before them.
    ("norway", "2009-06-01", "A State Party since it ratified on 3 December 2008; nobody can tell "
     "yet when it is bound."),
    ("norway", "2010-03-01", "A State Party since it ratified on 3 December 2008, to be bound from "
     "1 August 2010."),
    ("grenada", "2012-01-01", "A State Party since it acceded on 29 June 2011, bound since "
     "1 December 2011."),
    ("lithuania", "2024-12-01", "A State Party since it ratified on 24 March 2011, bound since "
     "1 September 2011. It notified its withdrawal on 6 September 2024, to take effect on "
     "6 March 2025."),
    ("lithuania", "2025-03-06", "No longer a State Party: it ratified on 24 March 2011, and its "
     "withdrawal took effect on 6 March 2025."),
    ("canada", "2011-08-20", "A signatory since 3 December 2008 that has not ratified."),
    ("brazil", "2010-07-31", "Not party to the Convention: it has neither signed nor joined."),
    ("brazil", "2010-08-01", "Not party to the Convention: it did not sign, and it may accede at "
     "any time."),
]  # fmt: skip


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(("slug", "as_of", "sentence"), SENTENCES)
def test_a_state_is_summed_up_in_a_sentence(
    client: Client, slug: str, as_of: str, sentence: str
) -> None:
    context = client.get(f"/states/{slug}/", {"as_of": as_of}).context

    assert strip_tags(context["states"].sentence) == sentence


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    ("key", "slug"),
    [
        ("NOR", "norway"),
        ("no", "norway"),
        ("Norway", "norway"),
        ("swaziland", "eswatini"),
        ("Laos", "lao-peoples-democratic-republic"),
    ],
)
def test_codes_and_other_spellings_lead_to_the_one_address(
    client: Client, key: str, slug: str
) -> None:
    response = client.get(f"/states/{key}/?as_of=2011-08-20")

    assert (response.status_code, response["Location"]) == (
        302,
        f"/states/{slug}/?as_of=2011-08-20",
    )


@pytest.mark.usefixtures("dataset")
def test_an_unknown_state_is_not_found(client: Client) -> None:
    assert client.get("/states/atlantis/").status_code == 404


@pytest.mark.usefixtures("dataset")
def test_a_state_goes_by_its_name_of_the_date(client: Client) -> None:
    names = [
        client.get("/states/eswatini/", {"as_of": as_of}).context["standing"].state.name
        for as_of in ("2011-08-20", "2020-01-01")
    ]

    assert names == ["Swaziland", "Eswatini"]


@pytest.mark.usefixtures("dataset")
def test_a_state_before_its_independence_says_so(client: Client) -> None:
    sentence = "Not yet an independent State on this day: its independence came on 9 July 2011."

    before, after = (
        client.get("/states/south-sudan/", {"as_of": as_of}).content.decode()
        for as_of in ("2011-07-08", "2011-07-09")
    )

    assert (before.count(sentence), after.count(sentence)) == (1, 0)


@pytest.mark.usefixtures("dataset")
def test_the_clocks_of_articles_3_and_4_stand_apart_with_their_evidence(client: Client) -> None:
    context = client.get("/states/norway/", {"as_of": "2011-08-20"}).context

    assert [item.clock.kind.value for item in context["states"].clocks] == [
        "entry_into_force",
        "initial",
        "annual",
    ]
    assert [(item.duty.kind, str(item.duty.due_on)) for item in context["duties"].duties] == [
        ("stockpile_destruction", "2018-08-01"),
        ("clearance", "2020-08-01"),
    ]


@pytest.mark.usefixtures("dataset")
def test_every_link_within_the_page_has_its_row(client: Client) -> None:
    page = client.get("/states/lithuania/", {"as_of": "2025-06-01"}).content.decode()
    wanted = set(re.findall(r'href="#([^"]+)"', page))

    assert wanted - set(re.findall(r'id="([^"]+)"', page)) == set()
    assert "withdrawal-2024-09-06" in wanted


@pytest.mark.usefixtures("dataset")
def test_the_file_of_a_state_has_its_actions_its_dates_and_its_findings(client: Client) -> None:
    lines = client.get("/states/norway.csv", {"as_of": "2011-08-20"}).content.decode().splitlines()

    assert [line.split(",")[2:4] for line in lines[1:9]] == [
        ["signature", "2008-12-03"],
        ["ratification", "2008-12-03"],
        ["provisional_application", "2008-12-03"],
        ["entry_into_force", "2010-08-01"],
        ["initial", "2011-01-28"],
        ["annual", "2012-04-30"],
        ["stockpile_destruction", "2018-08-01"],
        ["clearance", "2020-08-01"],
    ]
    findings = [line.split(",")[2] for line in lines[9:]]
    assert "stockpile.completed" in findings
    assert all("." in code for code in findings)


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    ("state", "foremost", "owed_next"),
    [
        ("niger", "It is 204 days overdue.", "Annual report for 2011"),
        (
            "norway",
            "It was received on 27 January 2011, in time.",
            "Annual report for 2011",
        ),
        ("monaco", None, "Initial report"),
        ("canada", None, None),
    ],
)
def test_the_page_begins_with_the_report_and_what_is_owed_next(
    client: Client, state: str, foremost: str | None, owed_next: str | None
) -> None:
    context = client.get(f"/states/{state}/", {"as_of": "2011-08-20"}).context

    report, coming = context["reporting"].foremost, context["owed_next"]
    assert (report.stands if report else None) == foremost
    assert (coming.title if coming else None) == owed_next
