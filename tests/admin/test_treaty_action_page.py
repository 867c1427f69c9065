"""A treaty action on its own page: typed dates, and the same refusals as on the state's page."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from states.models import OfficialDate, TreatyAction
from tests.admin import records
from tests.admin.conftest import Desk, refusals
from tests.admin.records import Kind

pytestmark = pytest.mark.django_db

Seat = Callable[..., Desk]


def add(desk: Desk, **typed: Any) -> Any:
    return desk.post(TreatyAction, "add", certainty="confirmed", **typed)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize(
    "typed", ["2009-02-01", "2009-2-1", "1.2.2009", "01.02.2009", "01/02/2009", "1/2/2009"]
)
def test_date_is_typed_in_any_of_three_ways_in_every_language(
    desk: Seat, typed: str, language: str
) -> None:
    """The first of February: never the American second of January."""
    clerk, norway = desk("Data entry"), records.state()
    clerk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language

    add(clerk, state=norway.pk, kind="signature", date=typed)

    assert TreatyAction.objects.get().date == date(2009, 2, 1)


@pytest.mark.parametrize("typed", ["2009-13-01", "1 February 2009", "02/31/2009", "yesterday"])
def test_what_is_not_a_date_is_refused_with_the_ways_to_write_one(desk: Seat, typed: str) -> None:
    clerk, norway = desk("Data entry"), records.state()

    page = add(clerk, state=norway.pk, kind="signature", date=typed)

    assert page.context["adminform"].form.errors["date"] == [
        "This is not a date: write it as 2011-08-20, 20.8.2011 or 20/08/2011."
    ]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_date_is_shown_as_it_may_be_typed(desk: Seat, language: str) -> None:
    signature = records.action(records.state(), Kind.SIGNATURE, "2009-02-01")
    clerk = desk("Data entry")
    clerk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language

    page = clerk.get(TreatyAction, "change", signature.pk)

    with translation.override(language):
        widget = str(page.context["adminform"].form["date"])
    assert 'value="2009-02-01"' in widget


def test_impossible_act_is_refused_on_its_own_page(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.state()

    page = add(clerk, state=norway.pk, kind="ratification", date="2010-09-03")

    assert refusals(page) == [
        "Only a state that signed can ratify, accept or approve (Article 16.1): enter its "
        "signature first, or an accession if it never signed."
    ]
    assert TreatyAction.objects.count() == 0


def test_act_that_makes_another_impossible_names_it(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.state()
    records.action(norway, Kind.ACCESSION, "2012-02-01")

    page = add(clerk, state=norway.pk, kind="accession", date="2012-01-01")

    assert refusals(page) == [
        "“Accession, 2012-02-01” would become impossible. A state deposits one instrument, and "
        "this one did on 1 January 2012 (Article 16): before another one it must have withdrawn "
        "(Article 20)."
    ]


def test_act_is_not_moved_away_from_a_state_that_needs_it(desk: Seat) -> None:
    clerk, norway, france = desk("Data entry"), records.state(), records.state("FRA", "France")
    signature = records.action(norway, Kind.SIGNATURE, "2008-12-03")
    records.action(norway, Kind.RATIFICATION, "2010-09-03")

    page = clerk.save(signature, clerk.opened(signature) | {"state": str(france.pk)})

    assert refusals(page) == [
        "“Ratification, 2010-09-03” would become impossible. Only a state that signed can ratify, "
        "accept or approve (Article 16.1): enter its signature first, or an accession if it never "
        "signed."
    ]


def test_note_on_an_act_of_an_impossible_history_can_still_be_written(desk: Seat) -> None:
    clerk = desk("Data entry")
    ratification = records.action(records.state(), Kind.RATIFICATION, "2010-09-03")

    clerk.save(ratification, clerk.opened(ratification) | {"note": "Signature not found yet"})

    ratification.refresh_from_db()
    assert ratification.note == "Signature not found yet"


def test_official_date_of_a_deposit_cannot_stay_empty(desk: Seat) -> None:
    """Article 20.3 leaves the effect of a withdrawal open, no article that of a deposit."""
    clerk, source = desk("Data entry"), records.document()
    deposit = records.action(records.state(), Kind.ACCESSION, "2012-01-05")

    page = clerk.post(
        OfficialDate, "add", treaty_action=deposit.pk, reason="As notified", document=source.pk
    )

    assert page.context["adminform"].form.errors["takes_effect_on"] == [
        "Give the official date: it may stay empty for a withdrawal only, one that waits for the "
        "end of an armed conflict (Article 20.3)."
    ]
    assert OfficialDate.objects.count() == 0


def test_official_date_of_a_withdrawal_may_stay_empty(desk: Seat) -> None:
    clerk, source = desk("Data entry"), records.document()
    withdrawal = records.action(records.party(), Kind.WITHDRAWAL, "2012-01-05")

    clerk.post(
        OfficialDate, "add", treaty_action=withdrawal.pk, reason="As notified", document=source.pk
    )

    assert OfficialDate.objects.get().takes_effect_on is None
