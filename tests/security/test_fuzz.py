"""Nothing that can be asked makes the portal fail: strange parameters, strange addresses."""

import itertools
import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.admin import records
from tests.site.test_canary import FILLED, NOWHERE, Canaries, public_views

pytestmark = pytest.mark.django_db

STRANGE = (
    "%20",
    "%00",
    "%FF%FE",
    "%F0%9F%92%A3",
    "%D8%B9%D8%B1",
    "-1",
    "0",
    "99999999999999999999",
    "1e9",
    "NaN",
    "2011-02-30",
    "0001-01-01",
    "9999-12-31",
    "2011-W33-6",
    "%27%20OR%201%3D1--",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "..%2F..%2Fetc%2Fpasswd",
    "%28" * 300,
    "parties%20%26%20" * 200,
    "since(parties",
    "state.",
    "%7B%7B7*7%7D%7D",
    "a" * 4000,
    "x&{name}=y&{name}[]=z&{name}%5B0%5D=",
    "%E2%80%AE%0D%0AX-Injected:%20yes",
)
ALWAYS = {"as_of", "format", "page", "q", "nonsense"}
SAMPLE = 2
"""Values tried for a parameter of one page; over all pages each value meets each parameter."""


def paths() -> dict[str, str]:
    """One address of every public view, by name."""
    found = {}
    for name, has_parameters in public_views().items():
        if name in NOWHERE:
            continue
        chosen = next(iter(FILLED[name]()), None) if has_parameters else {}
        if chosen is not None:
            found[name] = reverse(name, kwargs=chosen)
    return found


def parameters_of(page: Any) -> set[str]:
    """The parameters that a page itself asks with: its forms and its links."""
    if "html" not in page.headers["Content-Type"]:
        return set()
    text = page.content.decode()
    names = set(re.findall(r"""<(?:input|select|textarea)[^>]*\sname=["']([^"']+)["']""", text))
    for link in re.findall(r"""href=["'](\?[^"']*|/[^"']*\?[^"']*)["']""", text):
        names |= set(parse_qs(urlsplit(link.replace("&amp;", "&")).query, keep_blank_values=True))
    return names


def api_parameters(client: Client) -> dict[str, set[str]]:
    """The parameters of each address of the API, as its schema says."""
    schema = client.get("/api/v1/schema/?format=json").json()
    return {
        path: {item["name"] for item in verbs["get"].get("parameters", []) if item["in"] == "query"}
        for path, verbs in schema["paths"].items()
    }


def test_no_parameter_of_a_public_page_makes_it_fail(client: Client, canaries: Canaries) -> None:
    of_api = api_parameters(client)
    shared = set.union(*of_api.values())
    values = itertools.cycle(STRANGE)
    failed = {}
    asked = 0
    for name, path in paths().items():
        own = shared if name.startswith("v1:") else parameters_of(client.get(path))
        if path in of_api:
            own = of_api[path]
        for parameter in sorted(own | ALWAYS):
            for value in itertools.islice(values, SAMPLE):
                address = f"{path}?{quote(parameter)}={value.replace('{name}', quote(parameter))}"
                answer = client.get(address)
                asked += 1
                if answer.status_code >= 500 or "X-Injected" in answer.headers:
                    failed[address] = answer.status_code

    assert failed == {}
    # Fewer would mean that forms and schema were not read.
    assert asked > 500


ADDRESSES = ("/states/{}/", "/states/{}.csv", "/reports/{}/", "/files/{}/x", "/api/v1/states/{}/")


def test_no_address_makes_it_fail(client: Client, canaries: Canaries) -> None:
    filled = [value.replace("{name}", "x").replace("&", "%26") for value in STRANGE]
    asked = [path.format(value) for path in ADDRESSES for value in filled]

    answers = {address: client.get(address).status_code for address in asked}

    assert {address: code for address, code in answers.items() if code >= 500} == {}


# Every pattern of the map of addresses, the data entry too

FILLERS: dict[str, tuple[str, ...]] = {
    "uuid": (str(uuid.UUID(int=1)),),
    "int": ("1", "99999999"),
}
OTHER = ("1", "..")


def every_path() -> list[str]:
    """Addresses that the map of addresses can make, with fillings that mostly name nothing."""
    return sorted(set(_paths(get_resolver().url_patterns, "")))


def _paths(patterns: list[Any], start: str) -> Iterator[str]:
    for item in patterns:
        here = start + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from _paths(item.url_patterns, here)
        else:
            yield from _filled(here)


def _filled(route: str) -> Iterator[str]:
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<str:\1>", route)
    plain = re.sub(r"[\^$\\]|\(\?:.*?\)\??", "", plain)
    if "(" in plain:
        plain = re.sub(r"\([^)]*\)\??", "nothing", plain)
    holes = re.findall(r"<(?:(\w+):)?\w+>", plain)
    choices = [FILLERS.get(kind, OTHER) for kind in holes]
    for chosen in itertools.zip_longest(*choices, fillvalue="1") if choices else [()]:
        path = plain
        for value in chosen:
            path = re.sub(r"<(?:\w+:)?\w+>", value, path, count=1)
        yield f"/{path}"


OPEN_TO_ALL = ("/admin/login/", "/admin/account/login/", "/admin/account/inactive/")
SIGNING_IN = ("/admin/login/", "/admin/account/login/", "/admin/account/second-factor/")


def test_the_signed_out_reach_nothing_of_the_data_entry(client: Client, canaries: Canaries) -> None:
    opened, failed = {}, {}
    for path in every_path():
        for ask in (client.get, client.post):
            if ask == client.post and not path.startswith("/admin/"):
                continue  # tests/site/test_read_only.py
            answer = ask(path)
            if answer.status_code >= 500:
                failed[path] = answer.status_code
            if not path.startswith("/admin/") or path.startswith(OPEN_TO_ALL):
                continue
            leads = answer.headers.get("Location", "")
            is_closed = answer.status_code in (403, 404, 405) or leads.startswith(
                (*SIGNING_IN, "/admin/")
            )
            is_language = path == "/admin/jsi18n/"
            if not is_closed and not is_language:
                opened[path] = (answer.status_code, leads)

    assert (opened, failed) == ({}, {})


def test_no_address_of_the_data_entry_fails_for_who_may_do_everything(canaries: Canaries) -> None:
    client = Client()
    client.force_login(records.user(name="second"))
    failed = {}
    asked = 0
    for path in every_path():
        if not path.startswith("/admin/") or "logout" in path:
            continue
        answer = client.get(path)
        asked += 1
        if answer.status_code >= 500:
            failed[path] = answer.status_code

    assert failed == {}
    assert asked > 100
