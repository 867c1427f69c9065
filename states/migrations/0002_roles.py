"""The roles of the secretariat, as groups with their permissions."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

DATA_ENTRY = "Data entry"
EDITOR = "Editor"
AUDITOR = "Auditor"

RECORDS = [
    "treatyaction",
    "statename",
    "officialdate",
    "extensiondecision",
    "meeting",
    "contact",
    "document",
    "organization",
]
PUBLISHABLE = [
    "treatyaction",
    "statename",
    "officialdate",
    "extensiondecision",
    "meeting",
    "document",
]


def make_permissions(apps, alias):
    """Make the permissions now: Django makes them only after the last migration."""
    config = apps.get_app_config("states")
    config.models_module = True
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None


def make_roles(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    of_states = permissions.filter(content_type__app_label="states")
    view_all = of_states.filter(codename__startswith="view_")
    enter = of_states.filter(
        codename__in=[f"{verb}_{record}" for verb in ("add", "change") for record in RECORDS]
    )
    edit = of_states.filter(
        codename__in=[
            "change_state",
            *(f"delete_{record}" for record in RECORDS),
            *(f"publish_{record}" for record in PUBLISHABLE),
        ]
    )
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for name, granted in (
        (DATA_ENTRY, [*view_all, *enter]),
        (EDITOR, [*view_all, *enter, *edit]),
        (AUDITOR, [*view_all]),
    ):
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*granted)


def remove_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=[DATA_ENTRY, EDITOR, AUDITOR]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("states", "0001_register"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
