"""What was published for good is changed by nobody, whatever writes to the database."""

from django.db import migrations

KEPT = {
    "actions_frozenedition": (
        "report_id",
        "number",
        "content",
        "sha256",
        "pages",
        "html",
        "docx",
        "pdf",
        "data_version",
        "frozen_at",
    ),
    "actions_editionwithdrawal": ("edition_id", "reason", "withdrawn_at"),
}
SENTENCE = "What was published for good is never changed."


def make_triggers(apps, schema_editor):
    for table, columns in KEPT.items():
        for statement in MAKE[schema_editor.connection.vendor](table, columns):
            schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    for table in KEPT:
        for statement in DROP[schema_editor.connection.vendor](table):
            schema_editor.execute(statement)


def _sqlite(table, columns):
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    yield (
        f"CREATE TRIGGER {table}_stands BEFORE UPDATE ON {table} WHEN {changed} "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    )


def _postgresql(table, columns):
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    yield (
        f"CREATE FUNCTION {table}_stands() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; "
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
    dependencies = [("actions", "0007_findings_are_found_in_indexes")]

    operations = [migrations.RunPython(make_triggers, drop_triggers)]
