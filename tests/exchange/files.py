"""Spreadsheet files and people for the tests of imports and exports."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.contrib.auth.models import Permission, User
from django.db import models

from states import exchange
from states.exchange import Account, Outcome

NAMES = ("iso3", "language", "kind", "name")
TREATY_ACTIONS = ("iso3", "kind", "date")


def csv(*lines: str) -> bytes:
    """A CSV file, one line a row."""
    return "".join(f"{line}\r\n" for line in lines).encode()


def xlsx(*rows: Sequence[Any], title: str = "Sheet") -> bytes:
    """A workbook with one sheet, its cells as given: texts that begin with = are formulas."""
    workbook = openpyxl.Workbook()
    fill(workbook.active, rows, title=title)
    return saved(workbook)


def fill(sheet: Any, rows: Sequence[Sequence[Any]], *, title: str) -> None:
    sheet.title = title
    for row in rows:
        sheet.append(list(row))


def saved(workbook: Any) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def bring(kind: str, data: bytes, **options: Any) -> Account:
    """Import a file."""
    return exchange.import_file(kind=kind, data=data, filename="file.csv", **options)


def outcomes(account: Account) -> list[tuple[int, Outcome]]:
    return [(row.number, row.outcome) for row in account.rows]


def reasons(account: Account) -> list[tuple[int, str, str]]:
    """Row, column and sentence of every refusal of a row."""
    return [
        (row.number, reason.column, reason.sentence)
        for row in account.rows
        for reason in row.reasons
    ]


def exported(kind: str) -> bytes:
    """Every record of a kind as a CSV file."""
    table = exchange.RESOURCES[kind]().export()
    return str(table.export("csv")).encode()


def exported_workbook(kind: str) -> bytes:
    """Every record of a kind as the admin's workbook."""
    _csv, workbook = exchange.EXPORT_FORMATS
    return bytes(workbook().export_data(exchange.RESOURCES[kind]().export()))


def history(model: type[models.Model]) -> int:
    """How many records the history of a model has."""
    return int(model.history.count())  # type: ignore[attr-defined]


def member(*permissions: str) -> User:
    """A member of staff with permissions on the register, such as `add_treatyaction`."""
    user = User.objects.create_user(username="-".join(permissions)[:100] or "nobody", is_staff=True)
    found = Permission.objects.filter(codename__in=permissions, content_type__app_label="states")
    assert {permission.codename for permission in found} == set(permissions)
    user.user_permissions.set(found)
    return user
