"""What the roles of the secretariat may do with reports."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

DATA_ENTRY = "Data entry"
EDITOR = "Editor"
AUDITOR = "Auditor"

RECORDS = ["transparencyreport", "formentry", "declaredquantity", "knownmissing"]


def make_permissions(apps, alias):
    """Make the permissions now: Django makes them only after the last migration."""
    config = apps.get_app_config("reports")
    config.models_module = True
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None


def let_roles_work_with_reports(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    of_reports = permissions.filter(content_type__app_label="reports")
    view_all = of_reports.filter(codename__startswith="view_")
    enter = of_reports.filter(
        codename__in=[f"{verb}_{record}" for verb in ("add", "change") for record in RECORDS]
    )
    # To vouch that the entries are complete is to let lateness show.
    edit = of_reports.filter(
        codename__in=[
            "publish_transparencyreport",
            *(f"delete_{record}" for record in RECORDS),
            *(f"{verb}_coverage" for verb in ("add", "change", "delete")),
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


def take_reports_from_roles(apps, schema_editor):
    alias = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    of_reports = permissions.filter(content_type__app_label="reports")
    for group in (
        apps.get_model("auth", "Group")
        .objects.using(alias)
        .filter(name__in=[DATA_ENTRY, EDITOR, AUDITOR])
    ):
        group.permissions.remove(*of_reports)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_reports"),
        ("states", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(let_roles_work_with_reports, take_reports_from_roles)]
