"""Public pages take nothing: whoever tries to write is told what they may do."""

import pytest
from django.test import Client

from tests.admin import records

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("page", ["/", "/states/", "/states.csv", "/reports/", "/deadlines.ics"])
def test_a_public_page_is_only_read(client: Client, page: str, method: str) -> None:
    answer = client.generic(method, page)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_signing_in_without_a_destination_leads_to_the_data_entry(client: Client) -> None:
    chief = records.user()
    chief.set_password("a long password of the chief")
    chief.save()

    answer = client.post(
        "/admin/login/?next=//elsewhere.example/",
        {"username": "chief", "password": "a long password of the chief"},
    )

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
