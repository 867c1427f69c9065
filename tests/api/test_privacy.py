"""What the API never tells, to nobody, in no format."""

import pytest
from django.test import Client
from django.utils import timezone

from states.models import Contact, Meeting, Organization, State
from tests.admin import records
from tests.admin.records import Kind

from .conftest import API, ROOT
from .test_errors import ADDRESSES

pytestmark = pytest.mark.django_db

CANARY = "canary"
EXPRESSIONS = ("states", "parties", "not_party", "signed", "deposited", "withdrawn")
PATHS = (
    *ADDRESSES,
    "schema/",
    *(f"figures/?expression={expression}" for expression in EXPRESSIONS),
    *(f"figures/members/?expression={expression}" for expression in EXPRESSIONS),
)

REFUSED = {
    ("", "csv"),
    ("schema/", "csv"),
    ("figures/members/", "csv"),
    ("figures/members/", "json"),
}
"""What is not offered: a format, or the states of no expression."""


def plant_canaries(state: State) -> None:
    """A draft of everything that can be one, a document and a contact that are not public."""
    secret = records.document(
        f"{CANARY}-document",
        public=False,
        title=f"{CANARY} title",
        author=CANARY,
        note=CANARY,
        url=f"https://example.org/{CANARY}",
    )
    shown = records.action(
        state, Kind.SIGNATURE, "2009-01-01", published=True, document=secret, place=CANARY
    )
    draft = records.action(state, Kind.ACCESSION, "2010-01-01", note=CANARY, place=CANARY)
    for action in (shown, draft):
        official = records.official_date(action, "2010-02-02", cites=secret)
        official.reason = CANARY
        official.save()
    for kind in ("short", "formal", "spelling"):
        state.names.create(language="en", kind=kind, name=f"{CANARY} {kind}", source=CANARY)
    meeting = records.meeting(CANARY, "2010-03-03", published=False)
    Meeting.objects.filter(pk=meeting.pk).update(note=CANARY, city=CANARY, president=CANARY)
    held = records.meeting("9MSP", "2010-04-04")
    Meeting.objects.filter(pk=held.pk).update(document=secret)
    records.extension(state, "3", meeting, "2031-03-03", published=True, note=CANARY)
    records.extension(state, "4", held, "2032-04-04", note=CANARY, place=CANARY)
    Contact.objects.create(
        state=state, kind="focal_point", name=CANARY, email=f"{CANARY}@example.org", note=CANARY
    )
    Organization.objects.create(code=CANARY, name=CANARY, kind="un", note=CANARY)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("as_of", ["2010-01-02", ""])
def test_nothing_that_is_not_public_appears(
    api: API, register: dict[str, State], path: str, form: str, as_of: str
) -> None:
    plant_canaries(register["NOR"])

    response = api.client.get(
        f"{ROOT}{path}{'&' if '?' in path else '?'}format={form}&as_of={as_of}"
    )

    text = response.content.decode()
    assert [line for line in text.splitlines() if CANARY in line.lower()] == []
    assert [day for day in ("2031-03-03", "2032-04-04", "2010-02-02") if day in text] == []
    assert response.status_code == (400 if (path, form) in REFUSED else 200)


def test_the_draft_would_have_changed_the_answer(api: API, register: dict[str, State]) -> None:
    plant_canaries(register["BRA"])

    before = api.json("states/BRA/", as_of="2011-06-01")
    register["BRA"].treaty_actions.update(published_at=timezone.now())
    register["BRA"].names.update(published_at=timezone.now())
    after = api.json("states/BRA/", as_of="2011-06-01")

    assert (before["status"], after["status"]) == ("signatory", "party")
    assert CANARY in str(after)


@pytest.mark.parametrize("path", [*ADDRESSES, "schema/"])
def test_the_answer_is_the_same_for_staff(
    api: API, register: dict[str, State], client: Client, path: str
) -> None:
    plant_canaries(register["NOR"])
    parameters = {"expression": "parties"} if "members" in path else {}
    stranger = api.get(path, **parameters)

    client.force_login(records.user())
    staff = api.get(path, **parameters)

    assert staff.content == stranger.content
    assert staff.get("Vary", "") == stranger.get("Vary", "")
    assert "cookie" not in staff.get("Vary", "").lower()
