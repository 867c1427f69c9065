from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ccm_portal.accounts import UsernameTaken, create_first_account


class Command(BaseCommand):
    help = _("Makes the first staff account, with a password that is shown once.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="secretariat", help=_("its name"))

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        try:
            account = create_first_account(username=username)
        except UsernameTaken:
            raise CommandError(
                _(
                    "The account “%(name)s” exists but is not staff: name another with --username, "
                    "or make it staff."
                )
                % {"name": username}
            ) from None
        if account is None:
            if options["verbosity"] > 1:
                self.stdout.write(_("A staff account exists already: nothing was changed."))
            return
        self.stdout.write(
            _(
                "The first account of the admin (/admin/), shown this once:\n"
                "    name      %(username)s\n"
                "    password  %(password)s\n"
                "Change the password there, or with `manage.py changepassword %(username)s`."
            )
            % {"username": account.username, "password": account.password}
        )
