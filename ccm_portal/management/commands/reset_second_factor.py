from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ccm_portal.sign_in.resetting import reset_second_factor


class Command(BaseCommand):
    help = _("Removes every second factor of an account whose owner has lost it.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help=_("the account's name"))

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(_("There is no account “%(name)s”.") % {"name": username})
        removed = reset_second_factor(user=user, by=None)
        self.stdout.write(
            _("The next sign-in of “%(name)s” asks for a new second factor.") % {"name": username}
            if removed
            else _("“%(name)s” had no second factor: nothing was changed.") % {"name": username}
        )
