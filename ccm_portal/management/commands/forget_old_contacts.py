from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from states.retention import forget_old_contacts


class Command(BaseCommand):
    help = _("Removes contacts two years after they stopped serving, and old history of others.")

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_old_contacts(now=timezone.now())
        self.stdout.write(
            _(
                "Removed %(contacts)d contacts, %(history)d entries of their history and %(log)d "
                "lines of the admin's log."
            )
            % {
                "contacts": forgotten.contacts,
                "history": forgotten.history,
                "log": forgotten.log,
            }
        )
