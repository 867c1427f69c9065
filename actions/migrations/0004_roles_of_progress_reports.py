"""What the roles of the secretariat may do with progress reports."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

DATA_ENTRY = "Data entry"
EDITOR = "Editor"
AUDITOR = "Auditor"

WRITTEN = ["progressreport", "progresssection"]
KEPT = ["frozenedition", "editionwithdrawal"]


def make_permissions(apps, alias):
    """Make the permissions now: Django makes them only after the last migration."""
    config = apps.get_app_config("actions")
    config.models_module = True
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None


def _of_progress_reports(apps, alias):
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    return permissions.filter(
        content_type__app_label="actions", content_type__model__in=[*WRITTEN, *KEPT]
    )


def let_roles_work_with_progress_reports(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    granted_here = _of_progress_reports(apps, alias)
    view_all = granted_here.filter(codename__startswith="view_")
    enter = granted_here.filter(
        codename__in=[f"{verb}_{record}" for verb in ("add", "change") for record in WRITTEN]
    )
    edit = granted_here.filter(
        codename__in=[
            *(f"delete_{record}" for record in WRITTEN),
            "publish_progressreport",
            "freeze_progressreport",
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


def take_progress_reports_from_roles(apps, schema_editor):
    alias = schema_editor.connection.alias
    for group in (
        apps.get_model("auth", "Group")
        .objects.using(alias)
        .filter(name__in=[DATA_ENTRY, EDITOR, AUDITOR])
    ):
        group.permissions.remove(*_of_progress_reports(apps, alias))


class Migration(migrations.Migration):
    dependencies = [("actions", "0003_progress_reports")]

    operations = [
        migrations.RunPython(let_roles_work_with_progress_reports, take_progress_reports_from_roles)
    ]
