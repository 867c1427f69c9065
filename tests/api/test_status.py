"""The membership in the API: the same answer as the command `status` gives."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from states.models import State

from .conftest import API

pytestmark = pytest.mark.django_db


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("status", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("as_of", "numbers"),
    [
        ("2008-12-03", (1, 0, 1, 2, 0)),
        ("2011-06-01", (2, 1, 1, 1, 0)),
        ("2025-03-06", (1, 1, 1, 2, 1)),
    ],
)
def test_the_membership_in_numbers(
    api: API, register: dict[str, State], as_of: str, numbers: tuple[int, ...]
) -> None:
    keys = ("states_parties", "in_force", "signatories", "states_not_party", "withdrawn")

    assert api.json("status/", as_of=as_of) == {
        "on": as_of,
        **dict(zip(keys, numbers, strict=True)),
    }


def test_the_api_and_the_command_answer_alike(api: API, register: dict[str, State]) -> None:
    answer = api.json("status/", as_of="2025-03-06")

    assert answer == json.loads(command("--on=2025-03-06", "--format=json"))
    assert api.csv("status/", as_of="2025-03-06").replace("\r\n", "\n") == command(
        "--on=2025-03-06", "--format=csv"
    )


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_membership_costs_four_queries(
    api: API,
    register: dict[str, State],
    django_assert_num_queries: DjangoAssertNumQueries,
    form: str,
) -> None:
    with django_assert_num_queries(4):
        api.get("status/", format=form)
