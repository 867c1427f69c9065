from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "ccm_portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from . import checks, data_version, embedded  # noqa: F401  importing registers the checks

        embedded.make_folders()
        connection_created.connect(data_version.watch, dispatch_uid="data_version")
