"""The page on which people read the API's description."""

import html
import re

import pytest
from django.urls import reverse

from .conftest import API, ROOT

pytestmark = pytest.mark.django_db


def page(api: API) -> str:
    return str(api.get("docs/", as_of="2011-08-20").content.decode())


def test_the_page_has_no_script_and_no_style_of_its_own(api: API) -> None:
    text = page(api)

    assert re.findall(r"<script(?! src=[^>]*/js/colours)", text) == []
    assert "<style" not in text
    assert " style=" not in text


def test_every_address_of_the_schema_is_described(api: API) -> None:
    schema = api.json("schema/", format="json")
    paths = {path for path in schema["paths"] if path != ROOT}

    shown = set(re.findall(r"<h3[^>]*>.*?<code>([^<]*)</code>", page(api)))

    assert shown == paths


def test_an_address_shows_its_parameters_with_choices_and_its_fields(api: API) -> None:
    address = page(api).split('id="reports-list"')[1].split("</article>")[0]
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", address)).split())

    assert "kind list of text One of the values; may be repeated. annual , initial" in text
    assert "received_from day It may have come on this day or later." in text
    assert "known_missing_on list of day" in text


def test_addresses_that_are_whole_can_be_opened(api: API) -> None:
    links = re.findall(rf'href="({ROOT}[^"]*format=[^"]*)"', page(api))

    assert f"{ROOT}status/?as_of=2011-08-20&amp;format=csv" in links
    assert all("{" not in link for link in links)
    assert {api.client.get(html.unescape(link)).status_code for link in links} == {200}


def test_a_wrong_date_is_refused(api: API) -> None:
    assert api.get("docs/", as_of="yesterday").status_code == 400
    assert reverse("v1:docs") == f"{ROOT}docs/"
