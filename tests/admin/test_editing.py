"""Two people at the same page: the second is told what changed, and nothing is lost."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.forms import MultiWidget
from django.test import Client
from django.urls import reverse

from states.models import Meeting, Organization, State, TreatyAction
from states.publishing import publish
from tests.admin import records
from tests.admin.conftest import Desk, entries, refusals
from tests.admin.records import Kind

pytestmark = pytest.mark.django_db

Seat = Callable[..., Desk]

HEAD = (
    "Somebody changed this page after you opened it, so nothing was saved yet. What you entered "
    "still stands below. Compare, then save again to let it stand, or open the page anew to see "
    "it as it is now."
)


BERTA = "berta"


def without_time(sentence: str) -> str:
    """A sentence about a change of Berta's without the minute in which the test ran."""
    return re.sub(r"by berta, \d+ \w+ \d{4}, \d\d:\d\d", "by berta", sentence)


def test_second_of_two_people_is_told_what_the_first_one_changed(desk: Seat) -> None:
    anna, berta = desk("Data entry", name="anna"), desk("Data entry", name=BERTA)
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03")
    of_anna, of_berta = anna.opened(signature), berta.opened(signature)

    berta.save(signature, of_berta | {"date": "2008-12-04"})
    page = anna.save(signature, of_anna | {"place": "row 7"})

    head, change = refusals(page)
    assert head == HEAD
    assert without_time(change) == (
        "Treaty action “Signature, 2008-12-04”: changed by berta (date: 2008-12-03 → 2008-12-04)."
    )
    signature.refresh_from_db()
    assert (signature.date, signature.place) == (date(2008, 12, 4), "")


def test_what_was_typed_still_stands_and_is_saved_the_second_time(desk: Seat) -> None:
    anna, berta = desk("Data entry", name="anna"), desk("Data entry", name=BERTA)
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03")
    of_anna, of_berta = anna.opened(signature), berta.opened(signature)
    berta.save(signature, of_berta | {"note": "By Berta"})

    page = anna.save(signature, of_anna | {"note": "By Anna"})
    form = page.context["adminform"].form
    assert form["note"].value() == "By Anna"
    again = of_anna | {"note": "By Anna", "_stamp": page.context["stamp"]}

    assert anna.save(signature, again).status_code == 302
    signature.refresh_from_db()
    assert signature.note == "By Anna"
    assert [entry.note for entry in signature.history.order_by("history_id")] == [
        "",
        "By Berta",
        "By Anna",
    ]


def test_page_that_nobody_touched_meanwhile_is_saved_at_once(desk: Seat) -> None:
    anna = desk("Data entry", name="anna")
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03")

    assert anna.save(signature, anna.opened(signature) | {"note": "x"}).status_code == 302
    assert anna.save(signature, anna.opened(signature) | {"note": "y"}).status_code == 302


def test_rows_of_a_state_that_somebody_else_changed_are_told(desk: Seat) -> None:
    anna, berta = desk("Data entry", name="anna"), desk("Data entry", name=BERTA)
    norway = records.state()
    of_anna = anna.opened(norway)
    berta.post(
        TreatyAction,
        "add",
        state=norway.pk,
        kind="signature",
        date="2008-12-03",
        certainty="confirmed",
    )

    page = anna.save(norway, of_anna)

    assert [without_time(sentence) for sentence in refusals(page)] == [
        HEAD,
        "Treaty action “Signature, 2008-12-03”: added by berta.",
    ]


def test_draft_that_was_published_meanwhile_keeps_what_was_typed_on_the_page(desk: Seat) -> None:
    """Data entry may not change it any more, and is told so instead of losing the page."""
    anna = desk("Data entry", name="anna")
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03")
    of_anna = anna.opened(signature)
    publish(records=[signature], by=records.user(name=BERTA))

    page = anna.save(signature, of_anna | {"note": "By Anna"})

    again = anna.save(signature, of_anna | {"note": "By Anna", "_stamp": page.context["stamp"]})

    for refused in (page, again):
        assert refusals(refused) == [
            "This was published, and only those who may publish can change it, so nothing was "
            "saved. What you entered still stands below: ask an editor to enter it."
        ]
        assert refused.context["adminform"].form["note"].value() == "By Anna"
    signature.refresh_from_db()
    assert signature.note == ""


def test_record_deleted_meanwhile_leads_back_to_the_list(desk: Seat) -> None:
    anna = desk("Data entry", name="anna")
    body = Organization.objects.create(code="un", name="United Nations", kind="un")
    of_anna = anna.opened(body)
    Organization.objects.all().delete()

    assert anna.save(body, of_anna).status_code == 302
    assert Organization.objects.count() == 0


@pytest.mark.parametrize("model", [State, Meeting])
def test_page_shows_a_stamp_of_every_history_on_it(desk: Seat, model: type) -> None:
    record = records.state() if model is State else records.meeting("2MSP", "2011-09-16")

    stamp = desk().opened(record)["_stamp"]

    names = [part.split(":")[0] for part in stamp.split(",")]
    assert names == (
        ["state", "treatyaction", "statename", "contact", "extensiondecision"]
        if model is State
        else ["meeting"]
    )


def page_of(client: Client, record: User | Group) -> tuple[str, dict[str, Any]]:
    """The address of the page of an account or a role, and what its form would send unchanged."""
    address = reverse(f"admin:auth_{record._meta.model_name}_change", args=[record.pk])
    page: Any = client.get(address)
    sent = entries(page)
    for bound in page.context["adminform"].form:
        value, widget = bound.value(), bound.field.widget
        if isinstance(value, list):
            sent[bound.name] = [getattr(chosen, "pk", chosen) for chosen in value]
        elif value is not None and isinstance(widget, MultiWidget):
            sent |= {
                f"{bound.name}_{at}": part for at, part in enumerate(widget.decompress(value) or ())
            }
    return address, sent


def test_second_of_two_people_at_a_role_is_told_what_the_first_one_changed(desk: Seat) -> None:
    anna, berta = desk(name="anna").client, desk(name=BERTA).client
    role = Group.objects.create(name="Interns")
    see = Permission.objects.get(codename="view_meeting")
    address, of_anna = page_of(anna, role)
    _address, of_berta = page_of(berta, role)

    berta.post(address, of_berta | {"name": "Trainees", "permissions": [see.pk]})
    page = anna.post(address, of_anna | {"name": "Interns of 2026"})

    head, *changes = refusals(page)
    assert head == HEAD
    assert [without_time(change) for change in changes] == [
        "Group “Trainees”: changed by berta (name: Interns → Trainees).",
        f"Group “Trainees”: changed by berta (permissions: + {see}).",
    ]
    role.refresh_from_db()
    assert (role.name, list(role.permissions.all())) == ("Trainees", [see])
    again = of_anna | {"name": "Interns of 2026", "_stamp": page.context["stamp"]}
    assert anna.post(address, again).status_code == 302
    role.refresh_from_db()
    assert (role.name, list(role.permissions.all())) == ("Interns of 2026", [])


def test_second_of_two_people_at_an_account_is_told_what_the_first_one_changed(desk: Seat) -> None:
    anna, berta = desk(name="anna").client, desk(name=BERTA).client
    editor = Group.objects.get(name="Editor")
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.groups.add(editor)
    address, of_anna = page_of(anna, clerk)
    _address, of_berta = page_of(berta, clerk)

    berta.post(address, {key: of_berta[key] for key in of_berta if key != "groups"})
    page = anna.post(address, of_anna | {"first_name": "Clara"})

    assert without_time(refusals(page)[-1]) == (
        "User “clerk”: changed by berta (groups: − Editor)."
    )
    clerk.refresh_from_db()
    assert (clerk.first_name, clerk.groups.count()) == ("", 0)
