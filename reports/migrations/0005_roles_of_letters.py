"""What the roles of the secretariat may do with letters."""

from importlib import import_module

from django.db import migrations

roles = import_module("reports.migrations.0002_roles")

# An editor answers for what goes out; whoever enters data records what came back.
LADDER = ["letterstage", "lettertemplate", "lettertext", "letterhead", "hold"]
MODELS = [
    *LADDER, "letter", "letterrecipient", "letterevent", "letterreply", "lettersettings", "bounce",
]  # fmt: skip


def _permissions(apps, alias):
    return (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .filter(content_type__app_label="reports", content_type__model__in=MODELS)
    )


def let_roles_work_with_letters(apps, schema_editor):
    alias = schema_editor.connection.alias
    roles.make_permissions(apps, alias)
    of_letters = _permissions(apps, alias)
    view_all = of_letters.filter(codename__startswith="view_")
    enter = of_letters.filter(
        codename__in=["record_letter", "add_letterreply", "change_letterreply"]
    )
    edit = of_letters.filter(
        codename__in=[
            "approve_letter",
            "delete_letterreply",
            "add_lettersettings",
            "change_lettersettings",
            *(f"{verb}_{model}" for verb in ("add", "change", "delete") for model in LADDER),
        ]
    )
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for name, granted in (
        (roles.DATA_ENTRY, [*view_all, *enter]),
        (roles.EDITOR, [*view_all, *enter, *edit]),
        (roles.AUDITOR, [*view_all]),
    ):
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*granted)


def take_letters_from_roles(apps, schema_editor):
    alias = schema_editor.connection.alias
    for group in (
        apps.get_model("auth", "Group")
        .objects.using(alias)
        .filter(name__in=[roles.DATA_ENTRY, roles.EDITOR, roles.AUDITOR])
    ):
        group.permissions.remove(*_permissions(apps, alias))


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_letters_stand")]

    operations = [migrations.RunPython(let_roles_work_with_letters, take_letters_from_roles)]
