"""Who may do what in the data entry: every role by every kind of record and every page.

The kinds of records are taken from the admin itself: a new one must be given a row here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.admin import records
from tests.site.test_canary import Canaries

pytestmark = pytest.mark.django_db

PAGES = {
    "L": "changelist",
    "A": "add",
    "C": "change",
    "D": "delete",
    "H": "history",
    "I": "import",
    "X": "export",
}
"""Letters: list, add, change, delete, history, import, export. P is publishing, from the list."""


@dataclass(frozen=True)
class Row:
    """What each role may do with one kind of record. Staff without a role see their own long work
    and nothing else.
    """

    data_entry: str
    editor: str
    auditor: str
    superuser: str
    no_role: str = ""

    @property
    def by_role(self) -> Mapping[str, str]:
        return {
            "signed out": "",
            "no role": self.no_role,
            "Data entry": self.data_entry,
            "Editor": self.editor,
            "Auditor": self.auditor,
            "": self.superuser,
        }


ROLES = tuple(Row("", "", "", "").by_role)
TABLE: dict[str, Row] = {
    "ccm_portal.Job": Row("L", "L", "L", "L", no_role="L"),
    "states.Contact": Row("LACHIX", "LACDHIX", "LHX", "LACDHIX"),
    "states.Document": Row("LACHIX", "LACHIXP", "LHX", "LACHIXP"),
    "states.ExtensionDecision": Row("LACHIX", "LACDHIXP", "LHX", "LACDHIXP"),
    "states.Meeting": Row("LACHIX", "LACHIXP", "LHX", "LACHIXP"),
    "states.OfficialDate": Row("LACH", "LACDHP", "LH", "LACDHP"),
    "states.Organization": Row("LACHIX", "LACDHIX", "LHX", "LACDHIX"),
    "states.StateName": Row("LACHIX", "LACHIXP", "LHX", "LACHIXP"),
    "states.TreatyAction": Row("LACHIX", "LACHIXP", "LHX", "LACHIXP"),
    "states.State": Row("LCHX", "LCHX", "LHX", "LACHIX"),
    "reports.Hold": Row("LH", "LACDH", "LH", "LACDH"),
    "reports.LetterReply": Row("LCH", "LCDH", "LH", "LCDH"),
    "reports.Bounce": Row("LAH", "LAH", "LH", "LAH"),
    "reports.LetterStage": Row("LHX", "LACHIX", "LHX", "LACHIX"),
    "reports.LetterTemplate": Row("LHX", "LACDHIX", "LHX", "LACDHIX"),
    "reports.Letterhead": Row("LHX", "LACHIX", "LHX", "LACHIX"),
    "reports.LetterSettings": Row("LH", "LCH", "LH", "LCH"),
    "reports.Letter": Row("LCH", "LCH", "LCH", "LCH"),
    "reports.Coverage": Row("LHX", "LACDHIX", "LHX", "LACDHIX"),
    "reports.JobRun": Row("LH", "LH", "LH", "LH"),
    "reports.Alarm": Row("LH", "LH", "LH", "LH"),
    "reports.FormEntry": Row("LHIX", "LHIX", "LHX", "LHIX"),
    "reports.DeclaredQuantity": Row("LHIX", "LHIX", "LHX", "LHIX"),
    "actions.ProgressSection": Row("LACHIX", "LACDHIX", "LHX", "LACDHIX"),
    "actions.ProgressReport": Row("LACHIX", "LACDHIXP", "LHX", "LACDHIXP"),
    "actions.Finding": Row("LACHIX", "LACDHIXP", "LHX", "LACDHIXP"),
    "actions.Indicator": Row("LACHIX", "LACDHIXP", "LHX", "LACDHIXP"),
    "actions.ActionPlan": Row("LACHIX", "LACDHIXP", "LHX", "LACDHIXP"),
    "actions.Theme": Row("LACHIX", "LACDHIX", "LHX", "LACDHIX"),
    "actions.Action": Row("LACHIX", "LACDHIX", "LHX", "LACDHIX"),
    "actions.PrintedFigure": Row("LACHIX", "LACDHIX", "LHX", "LACDHIX"),
    "actions.PrintedRelation": Row("LACHIX", "LACDHIX", "LHX", "LACDHIX"),
    "reports.TransparencyReport": Row("LACHIX", "LACHIXP", "LHX", "LACHIXP"),
    "auth.User": Row("", "", "", "LACDH"),
    "auth.Group": Row("", "", "", "LACDH"),
}
"""By model: data entry, editor, auditor, superuser. What has no D cannot be deleted as it stands
here: it is published, or others point at it. Anybody who may read a letter may send its page, whose
buttons each ask for a permission of their own (tests/letters/).
"""


def of_the_admin() -> dict[str, type[Model]]:
    return {model._meta.label: model for model in admin.site._registry}


def client_of(role: str) -> Client:
    client = Client()
    if role == "no role":
        client.force_login(User.objects.create_user("idle", is_staff=True))
    elif role != "signed out":
        client.force_login(records.user(role, name=role or "other"))
    return client


def address(model: type[Model], letter: str) -> str | None:
    """The page of a letter for some record; None where the admin has no such page."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{PAGES[letter]}"
    try:
        if letter in "CDH":
            record = model._default_manager.order_by("pk").first()
            return None if record is None else reverse(name, args=[record.pk])
        return reverse(name)
    except NoReverseMatch:
        return None


def allowed(client: Client, model: type[Model]) -> str:
    """The letters of the pages that answer, and of publishing where the list offers it."""
    pages = {letter: answer_of(client, model, letter) for letter in PAGES}
    found = "".join(letter for letter, page in pages.items() if is_open(page))
    return found + ("P" if offers_publishing(pages["L"]) else "")


def answer_of(client: Client, model: type[Model], letter: str) -> Any:
    """What a page answers in the end, or that it leads to signing in; None where there is none.

    A change is tried, not only looked at.
    """
    path = address(model, letter)
    if path is None:
        return None
    answer: Any = client.post(path, {"_save": "Save"}) if letter == "C" else client.get(path)
    if letter != "C" and answer.status_code == 302 and not leads_to_sign_in(answer):
        answer = client.get(path, follow=True)
    assert answer.status_code in (200, 302, 403), (path, answer.status_code)
    return answer


def is_open(page: Any) -> bool:
    """Whether a page let its caller in."""
    if page is None or page.status_code == 403:
        return False
    if page.status_code == 302:
        return not leads_to_sign_in(page)
    return not page.request["PATH_INFO"].startswith("/admin/account/")


def leads_to_sign_in(page: Any) -> bool:
    return bool(page["Location"].startswith(("/admin/login/", "/admin/account/")))


def offers_publishing(page: Any) -> bool:
    if page is None or page.status_code != 200 or (page.context or {}).get("action_form") is None:
        return False
    choices = dict(page.context["action_form"].fields["action"].choices)
    return any(name.startswith("publish") for name in choices)


def test_every_kind_of_record_has_a_row() -> None:
    assert set(TABLE) == set(of_the_admin())


def test_each_role_may_do_what_the_table_says_and_nothing_else(canaries: Canaries) -> None:
    """Each kind has a record, for the canaries are planted in all of them."""
    clients = {role: client_of(role) for role in ROLES}

    found = {
        label: {role: allowed(client, model) for role, client in clients.items()}
        for label, model in of_the_admin().items()
    }

    assert found == {label: dict(row.by_role) for label, row in TABLE.items()}


def test_the_api_answers_every_role_alike_and_takes_nothing_from_any(canaries: Canaries) -> None:
    """Reading is everybody's, writing is the data entry's: the API knows no roles at all."""
    clients = {role: client_of(role) for role in ROLES}
    schema = Client().get("/api/v1/schema/?format=json").json()
    paths = [path for path in schema["paths"] if "{" not in path]
    assert len(paths) > 10

    for path in paths:
        read = {role: client.get(path) for role, client in clients.items()}
        assert {answer.status_code for answer in read.values()} <= {200, 400}, path
        assert len({answer.content for answer in read.values()}) == 1, path
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            refused = {client.generic(method, path).status_code for client in clients.values()}
            assert refused == {405}, (method, path)
