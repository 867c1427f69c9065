"""Django's `migrate`, one at a time: two on a new database would both make the same tables."""

from typing import Any

from django.core.management.commands import migrate

from ccm_portal.database.alone import alone


class Command(migrate.Command):
    """Two machines, or a person and a container, may start it at the same moment."""

    def handle(self, *args: Any, **options: Any) -> None:
        with alone("migrate", say=self.stderr.write, alias=options["database"]):
            super().handle(*args, **options)
