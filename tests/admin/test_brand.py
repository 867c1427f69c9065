"""The data entry carries the portal's brand."""

import pytest

from tests.admin.conftest import Desk

pytestmark = pytest.mark.django_db


def test_every_page_names_the_secretariat_and_leads_to_the_site() -> None:
    page = Desk().client.get("/admin/")

    assert page.context["site_header"] == "Convention on Cluster Munitions — secretariat"
    assert page.context["site_url"] == "/"
    assert "admin_portal/admin.css" in page.content.decode()
