"""Rows for the tests of the data entry, and the people who enter them."""

from datetime import UTC, date, datetime
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from states.models import (
    Document,
    ExtensionDecision,
    Meeting,
    OfficialDate,
    Region,
    State,
    StateName,
    TreatyAction,
)

Kind = TreatyAction.Kind
NOW = datetime(2026, 1, 1, tzinfo=UTC)


ROLE_MIGRATIONS = (
    ("states", "0002_roles", "make_roles"),
    ("sign_in", "0002_auditors_read_accounts", "let_auditors_read_accounts"),
    ("states", "0003_document_files", "let_roles_keep_files"),
    ("reports", "0002_roles", "let_roles_work_with_reports"),
    ("actions", "0002_roles", "let_roles_work_with_actions"),
    ("reports", "0005_roles_of_letters", "let_roles_work_with_letters"),
    ("reports", "0008_sent_letters_stand", "let_roles_read_runs"),
    ("actions", "0004_roles_of_progress_reports", "let_roles_work_with_progress_reports"),
    ("actions", "0006_roles_of_printed_figures", "let_roles_work_with_printed_figures"),
)


def make_roles() -> None:
    """The groups of the migrations, for tests that run after the tables were emptied."""
    loader = MigrationLoader(connection)
    for app, name, verb in ROLE_MIGRATIONS:
        module = apps.get_app_config(app).name
        migration = import_module(f"{module}.migrations.{name}")
        as_migrated = loader.project_state((app, name)).apps
        getattr(migration, verb)(as_migrated, SimpleNamespace(connection=connection))


def user(role: str = "", *, name: str = "") -> User:
    """A member of staff in a role, or a superuser without one."""
    people = get_user_model().objects
    if not role:
        return people.create_superuser(username=name or "chief")
    person = people.create_user(username=name or role.lower().replace(" ", "-"), is_staff=True)
    if not Group.objects.filter(name=role).exists():
        make_roles()
    person.groups.add(Group.objects.get(name=role))
    return person


def state(iso3: str = "NOR", name: str = "Norway", **values: Any) -> State:
    """A state with its English short name, published."""
    made = State.objects.create(
        iso3=iso3,
        iso2=values.pop("iso2", iso3[:2]),
        slug=values.pop("slug", name.lower().replace(" ", "-")),
        ccm_region=values.pop("ccm_region", Region.EUROPE),
        **values,
    )
    StateName.objects.create(state=made, language="en", kind="short", name=name, published_at=NOW)
    return made


def action(
    of: State, kind: str, on: str, *, published: bool = False, **values: Any
) -> TreatyAction:
    return TreatyAction.objects.create(
        state=of, kind=kind, date=date.fromisoformat(on), published_at=_at(published), **values
    )


def party(iso3: str = "NOR", name: str = "Norway", *, deposited: str = "2008-12-03") -> State:
    """A state that signed on 3 December 2008 and ratified; both published."""
    made = state(iso3, name)
    action(made, Kind.SIGNATURE, "2008-12-03", published=True)
    action(made, Kind.RATIFICATION, deposited, published=True)
    return made


def document(code: str = "untc", *, public: bool = True, **values: Any) -> Document:
    values = {"title": f"Record {code}", "kind": Document.Kind.DEPOSITARY_RECORD} | values
    return Document.objects.create(code=code, is_public=public, **values)


def official_date(
    of: TreatyAction, on: str | None, *, published: bool = False, cites: Document | None = None
) -> OfficialDate:
    return OfficialDate.objects.create(
        treaty_action=of,
        takes_effect_on=date.fromisoformat(on) if on else None,
        reason="As the depositary notified.",
        document=cites or Document.objects.filter(code="untc").first() or document(),
        published_at=_at(published),
    )


def meeting(code: str, on: str, *, published: bool = True) -> Meeting:
    day = date.fromisoformat(on)
    return Meeting.objects.create(
        code=code,
        kind=Meeting.Kind.MSP,
        name=f"Meeting {code}",
        starts_on=day,
        ends_on=day,
        published_at=_at(published),
    )


def extension(
    of: State, article: str, at: Meeting, until: str, *, published: bool = False, **values: Any
) -> ExtensionDecision:
    return ExtensionDecision.objects.create(
        state=of,
        article=article,
        meeting=at,
        new_deadline=date.fromisoformat(until),
        published_at=_at(published),
        **values,
    )


def _at(published: bool) -> datetime | None:
    return NOW if published else None
