"""People at their desks, and the pages of the data entry as they fill them in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.admin import records


class Desk:
    """A member of staff in a role, signed in to the admin."""

    def __init__(self, role: str = "", *, name: str = "") -> None:
        self.user = records.user(role, name=name)
        self.client = Client()
        self.client.force_login(self.user)

    def get(self, model: type[Model], page: str, *args: Any, **query: Any) -> Any:
        return self.client.get(address(model, page, *args), query)

    def post(self, model: type[Model], page: str, *args: Any, **data: Any) -> Any:
        return self.client.post(address(model, page, *args), data)

    def opened(self, record: Model) -> dict[str, Any]:
        """What the form of a record's page would send if nothing were typed."""
        return entries(self.get(type(record), "change", record.pk))

    def save(self, record: Model, typed: dict[str, Any], button: str = "_save") -> Any:
        return self.client.post(
            address(type(record), "change", record.pk), typed | {button: "Save"}
        )

    def act(self, model: type[Model], action: str, *chosen: Model) -> list[str]:
        """Choose an action for some rows of a list; the messages that the next page shows."""
        response = self.client.post(
            address(model, "changelist"),
            {"action": action, "_selected_action": [record.pk for record in chosen]},
            follow=True,
        )
        return messages(response)


def address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:states_{model._meta.model_name}_{page}", args=args)


def messages(response: Any) -> list[str]:
    """The messages on a page, after the redirect to it."""
    return [str(message) for message in response.context["messages"]]


def entries(page: HttpResponse) -> dict[str, Any]:
    """The values of every field of a change page, as a browser would send them."""
    context: Any = page.context  # type: ignore[attr-defined]
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {"_stamp": context.get("stamp", "")}
    for form in forms:
        for bound in form:
            value = bound.value()
            if bound.field.disabled or value is None or value is False:
                continue
            sent[bound.html_name] = "on" if value is True else str(value)
    return sent


def row_errors(page: Any, prefix: str) -> dict[str, list[str]]:
    """The sentences at each row of an inline table, by what the row records; "" for the table."""
    [formset] = [
        inline.formset
        for inline in page.context["inline_admin_formsets"]
        if inline.formset.prefix == prefix
    ]
    found = {
        str(form.instance): list(form.non_field_errors())
        for form in formset.forms
        if form.non_field_errors()
    }
    table = list(formset.non_form_errors())
    return found | ({"": table} if table else {})


def refusals(page: Any) -> list[str]:
    """The sentences above the form with which a save was refused."""
    assert page.status_code == 200
    return list(page.context["adminform"].form.non_field_errors())


@pytest.fixture
def desk(db: None) -> Callable[..., Desk]:
    """Seats somebody: `desk("Editor")`; without a role, a superuser."""
    return Desk
