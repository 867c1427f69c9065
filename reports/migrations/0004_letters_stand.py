"""What a letter says never changes, and its events are only added: the database refuses the rest."""

from django.db import migrations

CONTENT = [
    "state_id", "kind", "period", "stage_id", "occurrence", "attempt",
    "number", "language", "dated_on", "due_on", "days_late", "sender", "reply_to", "message_id",
    "subject", "text", "html", "pdf", "sha256", "valid_until", "created_at", "resend_of_id",
]  # fmt: skip
EVENT = ["letter_id", "at", "from_status", "to_status", "by_id", "reason", "sha256"]

TABLES = [
    ("reports_letter", CONTENT, "What a letter says never changes."),
    ("reports_letterevent", EVENT, "Events of letters are only added."),
]


def make_triggers(apps, schema_editor):
    for table, columns, sentence in TABLES:
        for statement in MAKE[schema_editor.connection.vendor](table, columns, sentence):
            schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    for table, _columns, _sentence in TABLES:
        for statement in DROP[schema_editor.connection.vendor](table):
            schema_editor.execute(statement)


def _sqlite(table, columns, sentence):
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    yield (
        f"CREATE TRIGGER {table}_stands BEFORE UPDATE ON {table} WHEN {changed} "
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def _postgresql(table, columns, sentence):
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    yield (
        f"CREATE FUNCTION {table}_stands() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_stands BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({changed}) EXECUTE FUNCTION {table}_stands()"
    )


MAKE = {"sqlite": _sqlite, "postgresql": _postgresql}
DROP = {
    "sqlite": lambda table: [f"DROP TRIGGER {table}_stands"],
    "postgresql": lambda table: [
        f"DROP TRIGGER {table}_stands ON {table}",
        f"DROP FUNCTION {table}_stands()",
    ],
}


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_letters")]

    operations = [migrations.RunPython(make_triggers, drop_triggers)]
