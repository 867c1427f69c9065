"""Questions whose SQL is written once: the same rows as the queryset gives, as they are now."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from ccm_portal.prepared import Parameter, Prepared
from states.models import Contact, State
from tests.sending import given

pytestmark = pytest.mark.django_db

SERVING = Prepared(
    lambda: (
        Contact.objects.serving(Parameter("on"))
        .filter(state=Parameter("state"))
        .order_by("pk")
        .values_list("email", "serves_until")
    )
)


def expected(state: State, on: date) -> list[tuple[str, date | None]]:
    contacts = Contact.objects.serving(on).filter(state=state).order_by("pk")
    return list(contacts.values_list("email", "serves_until"))


def test_it_answers_as_the_queryset_does_for_each_state_and_day() -> None:
    first, second = given.parties(2)
    Contact.objects.filter(state=first, kind="focal_point").update(serves_until=date(2026, 3, 2))

    for state in (first, second):
        for on in (date(2026, 3, 1), date(2026, 3, 2)):
            assert SERVING.rows(state=state.pk, on=on) == expected(state, on)
    assert len(SERVING.rows(state=first.pk, on=date(2026, 3, 1))) == 2
    assert len(SERVING.rows(state=first.pk, on=date(2026, 3, 2))) == 1


def test_it_asks_the_database_each_time(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    (state,) = given.parties(1)
    on = date(2026, 3, 2)
    SERVING.rows(state=state.pk, on=on)
    Contact.objects.filter(state=state, kind="focal_point").update(email="new@state-0.test")

    with django_assert_num_queries(1):
        rows = SERVING.rows(state=state.pk, on=on)

    assert ("new@state-0.test", None) in rows


def test_a_value_that_is_not_named_is_an_error() -> None:
    with pytest.raises(KeyError, match="on"):
        SERVING.rows(state=1)
