from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Transparency reports")

    def ready(self) -> None:
        from anymail.signals import tracking

        from reports.letters.sending.provider_events import on_event

        # The one way in which anymail hands on what a mail provider tells.
        tracking.connect(on_event, dispatch_uid="reports.letters.bounces")
