"""The API's description: valid, complete, and true of what is answered."""

import re
from io import StringIO
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from ccm_portal.api.urls import urlpatterns
from states.models import State
from tests.actions import recorded

from .conftest import API

pytestmark = pytest.mark.django_db

LISTS = (
    "states/",
    "treaty-actions/",
    "meetings/",
    "documents/",
    "names/",
    "deadlines/",
    "reports/",
    "action-plans/",
    "actions/",
    "indicators/",
    "findings/",
    "figures/members/",
)


DOCUMENTED = {"200", "400", "404", "405", "406", "429", "500", "503"}
TYPES: dict[str, type | tuple[type, ...]] = {
    "any": object,
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    out = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    described: dict[str, Any] = yaml.safe_load(out.getvalue())
    return described


def record_findings(register: dict[str, State]) -> None:
    """A plan with an action, an indicator of it and a quantity, and findings on both."""
    theme = recorded.theme(recorded.plan())
    action = recorded.action(theme, months_from_entry_into_force=12)
    done = recorded.indicator(theme, "thing.done", "yes_no", action)
    amount = recorded.indicator(theme, "thing.amount", "quantity", unit="tonnes")
    recorded.finding(register["NOR"], done, occurred="2011-01-01/2011-03-01")
    recorded.finding(recorded.organization("icrc"), done)
    recorded.finding(register["NOR"], amount, quantity="1.5", unit="tonnes")


def resolve(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema, or what it refers to."""
    reference = part.get("$ref")
    if reference is None:
        return part
    found: dict[str, Any] = schema["components"]["schemas"][reference.rsplit("/", 1)[1]]
    return found


def answer_of(schema: dict[str, Any], path: str) -> dict[str, Any]:
    content = schema["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]["content"]
    return resolve(schema, content["application/json"]["schema"])


def mismatches(schema: dict[str, Any], described: dict[str, Any], value: Any, at: str) -> list[str]:
    """Where a value has other keys or types than the schema describes."""
    described = resolve(schema, described)
    options = described.get("oneOf") or described.get("allOf")
    if value is None:
        return [] if described.get("nullable") else [f"{at} is null"]
    if options:
        found = [mismatches(schema, option, value, at) for option in options]
        return min(found, key=len)
    wrong = [] if isinstance(value, TYPES[described.get("type", "any")]) else [f"{at} is {value!r}"]
    if value not in described.get("enum", [value]):
        wrong.append(f"{at} is {value!r}")
    properties = described.get("properties", {})
    if isinstance(value, dict) and properties:
        # What is not required may be missing where it says nothing.
        missing = {*described.get("required", properties)} - {*value}
        unknown = {*value} - {*properties}
        wrong += [f"{at}.{name} is on one side alone" for name in missing | unknown]
        for name in {*properties} & {*value}:
            wrong += mismatches(schema, properties[name], value[name], f"{at}.{name}")
    if isinstance(value, list):
        for item in value:
            wrong += mismatches(schema, described["items"], item, f"{at}[]")
    return wrong


def test_the_schema_is_valid_and_without_warnings(schema: dict[str, Any]) -> None:
    addresses = {
        re.sub(r"<\w+:(\w+)>", r"{\1}", f"/api/v1/{pattern.pattern}").replace("{pk}", "{id}")
        for pattern in urlpatterns
        if pattern.name not in {"schema", "docs", "nowhere"}
    }
    assert set(schema["paths"]) == addresses
    assert {name for operations in schema["paths"].values() for name in operations} == {"get"}


def test_every_address_takes_the_date_and_documents_its_errors(schema: dict[str, Any]) -> None:
    for path, operations in schema["paths"].items():
        operation = operations["get"]
        parameters = {parameter["name"] for parameter in operation["parameters"]}
        assert "as_of" in parameters, path
        assert set(operation["responses"]) == DOCUMENTED
        for status, response in operation["responses"].items():
            if status != "200":
                assert response["content"] == {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Error"}}
                }
        assert operation["description"], path


@pytest.mark.parametrize(
    ("path", "described", "parameters"),
    [
        ("", "", {}),
        ("states/", "states/", {}),
        ("states/LTU/", "states/{iso3}/", {}),
        ("states/BRA/", "states/{iso3}/", {}),
        ("treaty-actions/", "treaty-actions/", {}),
        ("meetings/", "meetings/", {}),
        ("documents/", "documents/", {}),
        ("names/", "names/", {}),
        ("status/", "status/", {}),
        ("deadlines/", "deadlines/", {}),
        ("reports/", "reports/", {}),
        ("action-plans/", "action-plans/", {}),
        ("action-plans/vap/", "action-plans/{code}/", {}),
        ("actions/", "actions/", {}),
        ("actions/vap/1/", "actions/{code}/{number}/", {}),
        ("indicators/", "indicators/", {}),
        ("findings/", "findings/", {}),
        ("figures/", "figures/", {}),
        ("figures/", "figures/", {"expression": "in_force"}),
        ("figures/", "figures/", {"expression": "organisations(thing.done) | parties"}),
        ("figures/", "figures/", {"expression": "share(thing.done, parties)"}),
        ("figures/members/", "figures/members/", {"expression": "in_force"}),
        ("figures/members/", "figures/members/", {"expression": "thing.amount"}),
    ],
)
def test_answers_are_what_the_schema_describes(
    api: API,
    register: dict[str, State],
    schema: dict[str, Any],
    path: str,
    described: str,
    parameters: dict[str, Any],
) -> None:
    record_findings(register)

    answer = api.json(path, **parameters)

    assert mismatches(schema, answer_of(schema, described), answer, "answer") == []


def test_refusals_are_what_the_schema_describes(api: API, schema: dict[str, Any]) -> None:
    error = schema["components"]["schemas"]["Error"]

    for refusal in (
        api.error("states/", region="asia"),
        api.error("figures/", expression="partys"),
        api.error("nowhere/", expected=404),
    ):
        assert mismatches(schema, error, refusal, "error") == []


@pytest.mark.parametrize("path", LISTS)
def test_every_parameter_that_is_described_is_known_and_the_other_way_round(
    api: API, schema: dict[str, Any], path: str
) -> None:
    operation = schema["paths"][f"/api/v1/{path}"]["get"]
    described = sorted(parameter["name"] for parameter in operation["parameters"])

    sentence = api.error(path, no_such="x")["message"]

    known = sentence.rsplit(": use ", 1)[1].removesuffix(".").split(", ")
    assert known == described


def test_the_schema_is_served_as_yaml_and_json(api: API, schema: dict[str, Any]) -> None:
    as_yaml, as_json = api.get("schema/"), api.get("schema/", format="json")

    assert as_yaml["Content-Type"] == "application/vnd.oai.openapi; charset=utf-8"
    assert as_json["Content-Type"] == "application/vnd.oai.openapi+json"
    assert yaml.safe_load(as_yaml.content)["paths"] == schema["paths"]
    assert as_json.json()["paths"] == schema["paths"]  # type: ignore[attr-defined]


def test_the_root_leads_to_every_list(api: API, register: dict[str, State]) -> None:
    root = api.json("", as_of="2011-08-20")

    assert list(root) == [
        "states",
        "treaty_actions",
        "meetings",
        "documents",
        "names",
        "status",
        "deadlines",
        "reports",
        "progress_reports",
        "action_plans",
        "actions",
        "indicators",
        "findings",
        "figures",
        "schema",
        "docs",
    ]
    assert root["treaty_actions"] == "http://testserver/api/v1/treaty-actions/?as_of=2011-08-20"
    assert {api.client.get(address).status_code for address in root.values()} == {200}
