"""Auditors read the histories of accounts and roles."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

AUDITOR = "Auditor"
SEEN = ["view_historicaluser", "view_historicalgroup"]


def make_permissions(apps, alias):
    """Make the permissions now: Django makes them only after the last migration."""
    config = apps.get_app_config("sign_in")
    config.models_module = True
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None


def let_auditors_read_accounts(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=AUDITOR)
    group.permissions.add(*permissions.filter(content_type__app_label="sign_in", codename__in=SEEN))


def take_it_back(apps, schema_editor):
    alias = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    permissions.filter(content_type__app_label="sign_in", codename__in=SEEN).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("sign_in", "0001_histories_of_accounts"),
        ("states", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(let_auditors_read_accounts, take_it_back)]
