"""The API's schema as a page shows it: addresses by subject, with parameters and fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator

Schema = Mapping[str, Any]

LEFT_OUT = ("root",)
FORMATS = {"application/json": "json", "text/csv": "csv"}
EXAMPLES = {"expression": "parties"}
"""What stands in a link for a parameter that its address cannot do without."""


@dataclass(frozen=True)
class Parameter:
    """Something that an address takes: `is_in_path` where it is a part of the address itself."""

    name: str
    kind: str
    meaning: str
    choices: tuple[str, ...]
    is_in_path: bool
    is_required: bool


@dataclass(frozen=True)
class Field:
    """A field of the answer; `name` has a point where it stands inside another."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Operation:
    """One address. `formats` are the words by which it gives other forms than JSON."""

    anchor: str
    path: str
    summary: str
    text: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    fields: tuple[Field, ...]
    is_list: bool
    formats: tuple[str, ...]

    @property
    def can_be_opened(self) -> bool:
        """Whether the address is whole as it stands, or with an example."""
        return "{" not in self.path

    @property
    def examples(self) -> dict[str, str]:
        """What the address cannot do without, by parameter."""
        return {item.name: EXAMPLES[item.name] for item in self.parameters if item.is_required}


@dataclass(frozen=True)
class Subject:
    """The addresses of one kind of record."""

    title: str
    anchor: str
    operations: tuple[Operation, ...]


@lru_cache(maxsize=8)
def subjects(language: str) -> tuple[Subject, ...]:
    """All addresses by subject. They follow from the code alone, so each language asks once."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    components = schema["components"]["schemas"]
    found = [
        (operation["tags"][0], _operation(path, operation, components))
        for path, methods in schema["paths"].items()
        for operation in methods.values()
        if operation["tags"][0] not in LEFT_OUT
    ]
    return tuple(
        Subject(tag.replace("-", " ").capitalize(), tag, tuple(item for _tag, item in items))
        for tag, items in groupby(found, key=lambda item: item[0])
    )


def _operation(path: str, operation: Schema, components: Schema) -> Operation:
    content = operation["responses"]["200"]["content"]
    answer = _resolved(content.get("application/json", {}).get("schema", {}), components)
    results = answer.get("properties", {}).get("results")
    row = _resolved(results["items"], components) if results else answer
    summary, *rest = [part.strip() for part in operation.get("description", "").split("\n\n")]
    return Operation(
        anchor=operation["operationId"].replace("_", "-"),
        path=path,
        summary=_sentence(operation.get("summary") or summary),
        text=tuple(" ".join(part.split()) for part in rest if part),
        parameters=tuple(_parameter(item, components) for item in operation.get("parameters", ())),
        fields=tuple(_fields(row, components)),
        is_list=results is not None,
        formats=tuple(FORMATS[kind] for kind in content if kind in FORMATS),
    )


def _parameter(item: Schema, components: Schema) -> Parameter:
    schema = _resolved(item["schema"], components)
    inner = _resolved(schema.get("items", schema), components)
    return Parameter(
        name=item["name"],
        kind=_kind(schema, components),
        meaning=_meaning(item),
        choices=tuple(str(choice) for choice in inner.get("enum", ()) if choice not in ("", None)),
        is_in_path=item["in"] == "path",
        is_required=item["in"] == "query" and item.get("required", False),
    )


def _fields(schema: Schema, components: Schema, before: str = "") -> Iterator[Field]:
    """The fields of an object, and those of the objects in it one step further."""
    for name, described in schema.get("properties", {}).items():
        inner = _resolved(described, components)
        yield Field(before + name, _kind(inner, components), _meaning(described | inner))
        rows = _resolved(inner.get("items", inner), components)
        if not before:
            yield from _fields(rows, components, before=f"{name}.")


def _resolved(schema: Schema, components: Schema) -> Schema:
    """What a schema refers to, with what it says itself."""
    parts: Sequence[Schema] = schema.get("allOf") or [schema]
    found: Schema = parts[0]
    if "$ref" in found:
        found = components[found["$ref"].rsplit("/", 1)[-1]]
    return {**found, **{key: schema[key] for key in ("description", "nullable") if key in schema}}


def _kind(schema: Schema, components: Schema) -> str:
    """The kind of a value in a word or two."""
    kind = schema.get("type", "")
    if kind == "array":
        return _("list of %(kind)s") % {"kind": _kind(_resolved(schema["items"], components), {})}
    names = {
        "integer": _("whole number"),
        "number": _("number"),
        "boolean": _("true or false"),
        "object": _("object"),
        "string": {"date": _("day"), "date-time": _("time"), "uri": _("address")}.get(
            schema.get("format", ""), _("text")
        ),
    }
    return names.get(kind, "")


def _meaning(described: Schema) -> str:
    """What is said of a parameter or field, without the list of choices."""
    lines = str(described.get("description", "")).splitlines()
    return " ".join(line.strip() for line in lines if line and not line.startswith("* "))


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
