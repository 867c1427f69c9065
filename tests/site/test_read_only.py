"""Public pages take nothing: whoever tries to write is told what they may do."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("page", ["/", "/states/", "/states.csv", "/reports/", "/deadlines.ics"])
def test_a_public_page_is_only_read(client: Client, page: str, method: str) -> None:
    answer = client.generic(method, page)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
