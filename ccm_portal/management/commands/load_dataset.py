"""`manage.py load_dataset`: the dataset that comes with the portal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from actions.dataset import dataset as actions_dataset
from ccm_portal import as_of
from ccm_portal.database.alone import alone
from reports.dataset import dataset as reports_dataset
from reports.dataset.letters import dataset as letters_dataset
from states.dataset import loading


class Command(BaseCommand):
    help = (
        "Loads or refreshes the dataset that comes with the portal. Rows that staff have changed, "
        "withdrawn or deleted are left alone and named. Running it twice changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with alone("load_dataset", say=self.stderr.write):
                accounts = loading.load_all(
                    [loading.register(), reports_dataset(), letters_dataset(), actions_dataset()],
                    today=as_of.today(),
                )
        except loading.DatasetError as error:
            raise CommandError(
                _("The dataset was not loaded and nothing was written: %s") % error
            ) from None
        for account in accounts:
            for line in account.lines():
                self.stdout.write(line)
