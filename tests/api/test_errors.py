"""How the API refuses: one body for every error, with a sentence that says what to do."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import AnonRateThrottle

from states.models import State
from states.register import Register

from .conftest import API, ROOT

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "",
    "states/",
    "states/NOR/",
    "treaty-actions/",
    "meetings/",
    "documents/",
    "names/",
    "status/",
    "deadlines/",
    "reports/",
    "action-plans/",
    "actions/",
    "indicators/",
    "findings/",
    "figures/",
    "figures/members/",
)


def body(status: int, code: str, message: str, **more: Any) -> dict[str, Any]:
    return {
        "status": status,
        "code": code,
        "message": message,
        "fields": {},
        "position": None,
        "suggestion": "",
    } | more


@pytest.mark.parametrize("path", [*ADDRESSES, "docs/"])
@pytest.mark.parametrize(
    ("as_of", "message"),
    [
        ("x", "“x” is not a date: write it as year-month-day, such as 2011-08-20."),
        (
            "2008-12-02",
            "The Convention was opened for signature on 3 December 2008: "
            "choose that day or a later one.",
        ),
        ("9999-12-31", "This day lies in the future: choose today or an earlier day."),
    ],
)
def test_a_wrong_date_is_refused_everywhere(
    api: API, register: dict[str, State], path: str, as_of: str, message: str
) -> None:
    error = api.error(path, as_of=as_of)

    assert error == body(400, "invalid", message, fields={"as_of": [message]})


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_parameter_that_is_not_known_is_refused_everywhere(
    api: API, register: dict[str, State], path: str
) -> None:
    error = api.error(path, as_off="2011-08-20")

    assert list(error["fields"]) == ["as_off"]
    begin, known = error["message"].split(": use ")
    assert begin == "“as_off” is not a parameter of this address"
    assert "as_of" in known.removesuffix(".").split(", ")
    assert error["suggestion"] == "as_of"


@pytest.mark.parametrize(
    ("path", "parameters", "message"),
    [
        (
            "treaty-actions/",
            {"state": "Norway"},
            "state: “Norway” is not the code of a state: use ISO codes of three capital letters.",
        ),
        (
            "meetings/",
            {"kind": "party"},
            "kind: “party” is not known here: use msp, review_conference, intersessional.",
        ),
        (
            "documents/",
            {"date_from": "16.9.2011"},
            "date_from: This is not a date: write it as year-month-day, such as 2011-08-20.",
        ),
        (
            "names/",
            {"in_use": "yes"},
            "in_use: “yes” is not known here: use true or false.",
        ),
        (
            "states/",
            {"region": "asia", "status": "partys"},
            "status: “partys” is not known here: use party, in_force, awaiting_entry_into_force, "
            "signatory, not_party, withdrawn. "
            "region: “asia” is not known here: use africa, americas, asia_pacific, europe.",
        ),
    ],
)
def test_a_wrong_filter_is_refused_in_a_sentence(
    api: API, register: dict[str, State], path: str, parameters: dict[str, Any], message: str
) -> None:
    error = api.error(path, **parameters)

    assert error["message"] == message
    assert set(error["fields"]) == set(parameters)


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        ("page", "0", "“0” is not possible: use a whole number from 1 on."),
        ("page", "-1", "“-1” is not possible: use a whole number from 1 on."),
        ("page", "last", "“last” is not possible: use a whole number from 1 on."),
        ("page", "٣", "“٣” is not possible: use a whole number from 1 on."),
        ("page", "", "“” is not possible: use a whole number from 1 on."),
        ("page_size", "0", "“0” is not possible: use a whole number from 1 to 500."),
        ("page_size", "501", "“501” is not possible: use a whole number from 1 to 500."),
        ("page_size", "1e2", "“1e2” is not possible: use a whole number from 1 to 500."),
    ],
)
def test_a_wrong_page_is_refused(
    api: API, register: dict[str, State], parameter: str, value: str, message: str
) -> None:
    parameters: dict[str, Any] = {parameter: value}
    error = api.error("states/", **parameters)

    assert error == body(400, "invalid", message, fields={parameter: [message]})


@pytest.mark.parametrize("page", ["2", "999999999"])
def test_a_page_beyond_the_last_is_not_found(
    api: API, register: dict[str, State], page: str
) -> None:
    message = f"The list has no page {page}: begin with page 1 and follow `next`."

    assert api.error("states/", expected=404, page=page) == body(404, "not_found", message)


def test_an_unknown_format_is_refused(api: API) -> None:
    message = "“xml” is not a format of this address: use json or csv."

    assert api.error("states/", format="xml") == body(
        400, "invalid", message, fields={"format": [message]}
    )


def test_an_accept_header_for_something_else_is_refused(api: API) -> None:
    response = api.get("states/", accept="application/xml")

    assert json.loads(response.content) == body(
        406,
        "not_acceptable",
        "The Accept header asks for what is not offered here: use application/json or text/csv.",
    )
    assert response.status_code == 406


@pytest.mark.parametrize(
    ("accept", "parameters", "content_type"),
    [
        ("*/*", {}, "application/json"),
        ("text/csv", {}, "text/csv; charset=utf-8"),
        ("text/csv;q=0.5, application/json", {}, "application/json"),
        # The address wins over the header.
        ("application/json", {"format": "csv"}, "text/csv; charset=utf-8"),
        ("text/html,*/*;q=0.8", {"format": "csv"}, "text/csv; charset=utf-8"),
        ("application/xml", {"format": "json"}, "application/json"),
    ],
)
def test_the_format_follows_the_address_then_the_header(
    api: API, accept: str, parameters: dict[str, str], content_type: str
) -> None:
    response = api.get("states/", accept=accept, **parameters)

    assert (response.status_code, response["Content-Type"]) == (200, content_type)


def test_a_refusal_is_json_where_csv_was_asked_for(api: API) -> None:
    assert api.error("states/", format="csv", region="asia")["status"] == 400


@pytest.mark.parametrize("path", ["nowhere/", "states/NOR/reports/", "reports/one/", "v2/"])
def test_an_address_that_does_not_exist_says_where_to_begin(api: API, path: str) -> None:
    message = "There is nothing at this address: see /api/v1/ for what there is."

    assert api.error(path, expected=404) == body(404, "not_found", message)


def test_an_address_without_its_last_slash_is_sent_on(api: API) -> None:
    response = api.get("states")

    assert (response.status_code, response["Location"]) == (301, "/api/v1/states/")


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_but_reading_is_possible(client: Client, path: str, method: str) -> None:
    cache.clear()
    response = client.generic(method, ROOT + path)

    assert json.loads(response.content) == body(
        405,
        "method_not_allowed",
        f"{method} is not possible here: the API is read-only, use GET.",
    )
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_head_answers_without_a_body(client: Client) -> None:
    response = client.head(ROOT + "states/")

    assert (response.status_code, response.content) == (200, b"")


def test_a_caller_that_asks_too_often_is_told_to_wait(
    api: API, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/minute"})
    answers = [api.get("") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    seconds = int(answers[-1]["Retry-After"])
    assert 0 < seconds <= 60
    assert json.loads(answers[-1].content) == body(
        429, "throttled", f"Too many requests: try again in {seconds} seconds."
    )


def test_a_caller_cannot_choose_the_address_under_which_it_is_counted(
    client: Client, api: API, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "1/minute"})

    statuses = [
        client.get(ROOT, headers={"X-Forwarded-For": f"192.0.2.{number}"}).status_code
        for number in range(2)
    ]

    assert statuses == [200, 429]


def test_a_mistake_of_the_portal_shows_no_trace_of_itself(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the disk of the server is at /srv/secret")

    monkeypatch.setattr(Register, "load", broken)
    cache.clear()
    response = Client(raise_request_exception=False).get(ROOT + "states/")

    assert response.status_code == 500
    assert json.loads(response.content) == body(
        500, "error", "Something went wrong here and was logged: try later."
    )
    assert "GET /api/v1/states/ failed" in caplog.messages
