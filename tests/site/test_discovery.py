"""What machines look for: the sitemap, robots.txt, previews and a page's own description."""

import json
import re

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("dataset")


def described(client: Client, path: str) -> dict[str, object]:
    page = client.get(path).content.decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data: dict[str, object] = json.loads(found)
    return data


def test_the_sitemap_leads_to_pages_that_are_there(client: Client) -> None:
    addresses = re.findall(r"<loc>http://testserver(.*?)</loc>", client.get("/sitemap.xml").text)

    assert len(addresses) == len(set(addresses))
    assert sum(address.startswith("/states/") for address in addresses) == 198
    others = [address for address in addresses if not address.startswith("/states/")]
    assert {address: client.get(address).status_code for address in others} == dict.fromkeys(
        others, 200
    )


def test_robots_are_told_of_the_sitemap(client: Client) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text


def test_a_link_to_a_state_shows_a_preview_of_its_day(client: Client) -> None:
    page = client.get("/states/norway/", {"as_of": "2011-08-20"}).content.decode()
    shown = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page))

    assert shown["title"] == "Norway, as at 20 August 2011"
    assert shown["description"].startswith("A State Party since it ratified on")
    assert shown["url"] == "http://testserver/states/norway/?as_of=2011-08-20"
    assert shown["image"].startswith("http://testserver/static/images/share")


def test_the_tables_describe_themselves_to_catalogues(client: Client) -> None:
    data = described(client, "/data/?as_of=2011-08-20")

    assert (data["@type"], data["temporalCoverage"]) == ("Dataset", "2008-12-03/2011-08-20")
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_the_overview_describes_the_search(client: Client) -> None:
    assert described(client, "/")["@type"] == "WebSite"
