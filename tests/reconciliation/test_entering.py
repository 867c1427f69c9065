"""Printed figures come in through files and pages of the admin, and wrong ones are refused."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from actions.exchange import RESOURCES
from actions.models import PrintedFigure, PrintedRelation, ProgressReport
from states.exchange import RESOURCES as RESOURCES_OF_STATES
from states.exchange import Outcome
from states.models import Document, StateName
from tests.admin import records
from tests.exchange.files import bring, csv, outcomes, reasons

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ALL = {**RESOURCES_OF_STATES, **RESOURCES}
FIGURES = "report,key,document,paragraph,claim,value,footnote,states,said_to_be,kind"
RELATIONS = "report,kind,figure,others,reason"


@pytest.fixture
def report() -> ProgressReport:
    for iso3, name in (("NOR", "Norway"), ("COG", "Congo")):
        state = records.state(iso3, name)
        for spelling in {name, "Congo (Brazzaville)"} if iso3 == "COG" else {name}:
            StateName.objects.get_or_create(
                state=state,
                language="en",
                kind="spelling",
                name=spelling,
                defaults={"published_at": NOW},
            )
    Document.objects.create(code="printed", title="Printed report", kind="other", is_public=True)
    return ProgressReport.objects.create(
        code="oslo-2012",
        title="Oslo Progress Report",
        from_meeting=records.meeting("2MSP", "2011-09-16"),
        until_meeting=records.meeting("3MSP", "2012-09-14"),
        cut_off_on="2012-08-01",
    )


def test_a_file_brings_figures_and_how_they_relate(report: ProgressReport) -> None:
    figures = bring(
        "printed-figures",
        csv(
            FIGURES,
            "oslo-2012,P1a,printed,1,Parties,2,1,Norway; Congo (Brazzaville),parties,records",
            "oslo-2012,P1b,printed,1,The same,2,,,,records",
        ),
        resources=ALL,
    )
    relations = bring(
        "printed-relations", csv(RELATIONS, "oslo-2012,equal,P1b,P1a,Said twice"), resources=ALL
    )

    assert outcomes(figures) == [(2, Outcome.NEW), (3, Outcome.NEW)]
    assert outcomes(relations) == [(2, Outcome.NEW)]
    assert PrintedFigure.objects.get(key="P1a").names == ("Norway", "Congo (Brazzaville)")
    assert PrintedRelation.objects.get().keys == ("P1a",)


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (
            "oslo-2012,P1a,printed,1,Parties,2,1,Norway; Nowray,parties,records",
            "states",
            "No state is called “Nowray”. Did you mean “Norway”?",
        ),
        (
            "oslo-2012,P1a,printed,1,Parties,two,1,Norway,parties,records",
            "value",
            "Give a number in digits without separators, a month or a day, or nothing.",
        ),
        (
            "oslo-2012,P1a,printed,1,Parties,2,1,Norway,parties &,records",
            "said_to_be",
            "At character 10: the end stands where the name of a set or an opening parenthesis is "
            "needed.",
        ),
        (
            "oslo-2012,P 1,printed,1,Parties,2,1,Norway,parties,records",
            "key",
            "A key has letters, digits and hyphens alone, such as P29b.",
        ),
    ],
)
def test_a_wrong_figure_is_refused_with_a_sentence(
    report: ProgressReport, row: str, column: str, sentence: str
) -> None:
    account = bring("printed-figures", csv(FIGURES, row), resources=ALL)

    assert reasons(account) == [(2, column, sentence)]
    assert PrintedFigure.objects.count() == 0


def test_a_relation_of_figures_that_are_not_there_is_refused(report: ProgressReport) -> None:
    bring(
        "printed-figures",
        csv(FIGURES, "oslo-2012,P1a,printed,1,Parties,2,,,,records"),
        resources=ALL,
    )

    account = bring(
        "printed-relations", csv(RELATIONS, "oslo-2012,equal,P1a,P1x,Said twice"), resources=ALL
    )

    assert reasons(account) == [
        (
            2,
            "others",
            "No printed figure of this edition has the key “P1x”. Did you mean “P1a”?",
        )
    ]


def test_figures_of_a_shown_edition_are_changed_by_those_who_may_show_it(
    report: ProgressReport,
) -> None:
    ProgressReport.objects.update(published_at=NOW)
    rows = csv(FIGURES, "oslo-2012,P1a,printed,1,Parties,2,,,,records")

    by_clerk = bring("printed-figures", rows, resources=ALL, user=records.user("Data entry"))
    by_editor = bring("printed-figures", rows, resources=ALL, user=records.user("Editor"))

    assert (by_clerk.is_refused, outcomes(by_editor)) == (True, [(2, Outcome.NEW)])


def test_the_admin_refuses_what_a_file_would_be_refused_for(
    report: ProgressReport, client: Client
) -> None:
    client.force_login(records.user("Editor"))
    entered = {
        "report": report.pk,
        "key": "P1a",
        "paragraph": 1,
        "chapter": "",
        "claim": "Parties",
        "value": "2",
        "comparison": "exact",
        "unit": "",
        "footnote": 1,
        "kind": "records",
        "states": "Norway; Atlantis",
        "said_to_be": "",
        "document": Document.objects.get().pk,
        "note": "",
    }
    address = reverse("admin:actions_printedfigure_add")

    refused = client.post(address, entered).context["adminform"].form.errors
    client.post(address, entered | {"states": "Norway; Congo"})
    wrong = client.post(
        reverse("admin:actions_printedrelation_add"),
        {"report": report.pk, "figure": "P1a", "kind": "equal", "others": "P9z", "reason": "x"},
    )

    assert list(refused) == ["states"]
    assert PrintedFigure.objects.get().states == "Norway; Congo"
    assert list(wrong.context["adminform"].form.errors) == ["others"]
