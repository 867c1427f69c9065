"""What the roles of the secretariat may do with what official documents printed."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

DATA_ENTRY = "Data entry"
EDITOR = "Editor"
AUDITOR = "Auditor"

RECORDS = ["printedfigure", "printedrelation"]


def make_permissions(apps, alias):
    """Make the permissions now: Django makes them only after the last migration."""
    config = apps.get_app_config("actions")
    config.models_module = True
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None


def _of_printed_figures(apps, alias):
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    return permissions.filter(content_type__app_label="actions", content_type__model__in=RECORDS)


def let_roles_work_with_printed_figures(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    granted_here = _of_printed_figures(apps, alias)
    view_all = granted_here.filter(codename__startswith="view_")
    enter = granted_here.exclude(codename__startswith="delete_")
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for name, granted in (
        (DATA_ENTRY, [*enter]),
        (EDITOR, [*granted_here]),
        (AUDITOR, [*view_all]),
    ):
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*granted)


def take_printed_figures_from_roles(apps, schema_editor):
    alias = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for group in groups.filter(name__in=[DATA_ENTRY, EDITOR, AUDITOR]):
        group.permissions.remove(*_of_printed_figures(apps, alias))


class Migration(migrations.Migration):
    dependencies = [("actions", "0005_printed_figures")]

    operations = [
        migrations.RunPython(let_roles_work_with_printed_figures, take_printed_figures_from_roles)
    ]
