"""A small register and a way to ask the API about it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from states.models import State, UNRegionalGroup
from tests.admin import records
from tests.admin.records import Kind

ROOT = "/api/v1/"


class API:
    """Asks for addresses under /api/v1/ and reads the answers."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, accept: str = "*/*", **parameters: Any) -> HttpResponse:
        return self.client.get(ROOT + path, parameters, headers={"Accept": accept})  # type: ignore[return-value]

    def json(self, path: str, **parameters: Any) -> Any:
        """The body of an answer that succeeded."""
        response = self.get(path, **parameters)
        assert response.status_code == 200, response.content.decode()
        return json.loads(response.content)

    def results(self, path: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of the first page of a list."""
        return list(self.json(path, **parameters)["results"])

    def csv(self, path: str, **parameters: Any) -> str:
        response = self.get(path, format="csv", **parameters)
        assert response.status_code == 200, response.content.decode()
        return response.content.decode()

    def error(self, path: str, *, expected: int = 400, **parameters: Any) -> Any:
        """The body of an answer that refused."""
        response = self.get(path, **parameters)
        assert (response.status_code, response["Content-Type"]) == (expected, "application/json")
        return json.loads(response.content)


@pytest.fixture
def api(client: Client) -> Iterator[API]:
    """The API as a stranger sees it, with nothing counted against the caller yet."""
    cache.clear()
    yield API(client)
    cache.clear()


@pytest.fixture
def register(db: None) -> dict[str, State]:
    """Norway joined at once, Lithuania in 2011 and left in 2025, Haiti signed, Brazil did nothing.

    A record that everybody may see and one that nobody may; the First Meeting.
    """
    depositary = records.document("untc", title="Status table", url="https://example.org/untc")
    secret = records.document("cable", public=False, title="Secret cable")
    norway = records.state("NOR", "Norway", un_region=UNRegionalGroup.WESTERN_EUROPEAN_OTHER)
    lithuania = records.state("LTU", "Lithuania", iso2="LT")
    haiti = records.state("HTI", "Haiti", iso2="HT", ccm_region="americas")
    brazil = records.state("BRA", "Brazil", iso2="BR", ccm_region="americas")
    for state, kind, on, cites, certainty in (
        (norway, Kind.SIGNATURE, "2008-12-03", depositary, "confirmed"),
        (norway, Kind.RATIFICATION, "2008-12-03", depositary, "confirmed"),
        (lithuania, Kind.SIGNATURE, "2008-12-03", secret, "confirmed"),
        (lithuania, Kind.RATIFICATION, "2011-03-24", None, "confirmed"),
        (lithuania, Kind.WITHDRAWAL, "2024-09-06", depositary, "unconfirmed"),
        (haiti, Kind.SIGNATURE, "2009-10-28", None, "confirmed"),
    ):
        place = "row 1" if cites else ""
        records.action(
            state, kind, on, published=True, document=cites, place=place, certainty=certainty
        )
    records.meeting("1MSP", "2010-11-12")
    return {"NOR": norway, "LTU": lithuania, "HTI": haiti, "BRA": brazil}
