from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignInConfig(AppConfig):
    name = "ccm_portal.sign_in"
    label = "sign_in"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from . import events

        events.listen()
