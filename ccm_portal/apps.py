from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "ccm_portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from . import checks, embedded  # noqa: F401  importing registers the checks

        embedded.make_folders()
