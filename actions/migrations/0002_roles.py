"""What the roles of the secretariat may do with action plans and findings."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

DATA_ENTRY = "Data entry"
EDITOR = "Editor"
AUDITOR = "Auditor"

RECORDS = ["actionplan", "theme", "action", "indicator", "finding"]
PUBLISHABLE = ["actionplan", "indicator", "finding"]


def make_permissions(apps, alias):
    """Make the permissions now: Django makes them only after the last migration."""
    config = apps.get_app_config("actions")
    config.models_module = True
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None


def let_roles_work_with_actions(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    of_actions = permissions.filter(content_type__app_label="actions")
    view_all = of_actions.filter(codename__startswith="view_")
    enter = of_actions.filter(
        codename__in=[f"{verb}_{record}" for verb in ("add", "change") for record in RECORDS]
    )
    edit = of_actions.filter(
        codename__in=[
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


def take_actions_from_roles(apps, schema_editor):
    alias = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    of_actions = permissions.filter(content_type__app_label="actions")
    for group in (
        apps.get_model("auth", "Group")
        .objects.using(alias)
        .filter(name__in=[DATA_ENTRY, EDITOR, AUDITOR])
    ):
        group.permissions.remove(*of_actions)


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0001_actions"),
        ("reports", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(let_roles_work_with_actions, take_actions_from_roles)]
