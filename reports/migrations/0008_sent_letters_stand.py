"""What was sent stands: the database refuses to change how and when, and to whom a letter went.

Roles may read the runs of jobs and the alarms.
"""

from importlib import import_module

from django.db import migrations

stand = import_module("reports.migrations.0004_letters_stand")
roles = import_module("reports.migrations.0002_roles")

LETTER, RECIPIENT = "reports_letter", "reports_letterrecipient"
HOW_IT_WENT = ["status", "sent_at", "sent_by", "approved_sha256", "handover_started_at", "attempts"]
TO_WHOM = ["letter_id", "role", "name", "email"]
SENT_STANDS = "A letter that was sent never changes."
RECIPIENTS_STAND = "Whom a letter is for never changes."
READERS = ["jobrun", "alarm"]


def make_triggers(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def _changed(columns, operator):
    return " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in columns)


def _sqlite():
    yield (
        f"CREATE TRIGGER {LETTER}_sent_stands BEFORE UPDATE ON {LETTER} "
        f"WHEN OLD.status = 'sent' AND ({_changed(HOW_IT_WENT, 'IS NOT')}) "
        f"BEGIN SELECT RAISE(ABORT, '{SENT_STANDS}'); END"
    )
    yield from stand.MAKE["sqlite"](RECIPIENT, TO_WHOM, RECIPIENTS_STAND)


def _postgresql():
    yield (
        f"CREATE FUNCTION {LETTER}_sent_stands() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{SENT_STANDS}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    yield (
        f"CREATE TRIGGER {LETTER}_sent_stands BEFORE UPDATE ON {LETTER} FOR EACH ROW "
        f"WHEN (OLD.status = 'sent' AND ({_changed(HOW_IT_WENT, 'IS DISTINCT FROM')})) "
        f"EXECUTE FUNCTION {LETTER}_sent_stands()"
    )
    yield from stand.MAKE["postgresql"](RECIPIENT, TO_WHOM, RECIPIENTS_STAND)


MAKE = {"sqlite": _sqlite, "postgresql": _postgresql}
DROP = {
    "sqlite": lambda: [
        f"DROP TRIGGER {LETTER}_sent_stands",
        *stand.DROP["sqlite"](RECIPIENT),
    ],
    "postgresql": lambda: [
        f"DROP TRIGGER {LETTER}_sent_stands ON {LETTER}",
        f"DROP FUNCTION {LETTER}_sent_stands()",
        *stand.DROP["postgresql"](RECIPIENT),
    ],
}


def let_roles_read_runs(apps, schema_editor):
    alias = schema_editor.connection.alias
    roles.make_permissions(apps, alias)
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for name in (roles.DATA_ENTRY, roles.EDITOR, roles.AUDITOR):
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*_permissions(apps, alias))


def take_runs_from_roles(apps, schema_editor):
    alias = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(alias).all():
        group.permissions.remove(*_permissions(apps, alias))


def _permissions(apps, alias):
    return (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .filter(
            content_type__app_label="reports",
            codename__in=[f"view_{model}" for model in READERS],
        )
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_runs_of_jobs")]

    operations = [
        migrations.RunPython(make_triggers, drop_triggers),
        migrations.RunPython(let_roles_read_runs, take_runs_from_roles),
    ]
