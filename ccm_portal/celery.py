"""The Celery application: daily and periodic work, and when it is due.

Settings are those of `ccm_portal.settings` whose names begin with CELERY_. The broker is Redis
where REDIS_URL names one, else a folder under `var/`.
"""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

from . import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccm_portal.settings")

broker.use()
app = Celery("ccm_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# What a job logs carries the job's id and that of the request that asked for it.
app.steps["worker"].add(DjangoStructLogInitStep)
# Threads of the web server know no other application than the default one.
app.set_default()


@setup_logging.connect  # type: ignore[untyped-decorator]
def use_the_logs_of_the_portal(**kwargs: Any) -> None:
    """Worker and scheduler write lines like those of the web server."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


app.conf.beat_schedule = {
    "clear expired sessions": {
        "task": "ccm_portal.tasks.clear_expired_sessions",
        "schedule": crontab(hour=3, minute=0),
    },
    "forget old contacts": {
        "task": "ccm_portal.tasks.forget_old_contacts",
        "schedule": crontab(hour=3, minute=20),
    },
    "sweep long work": {
        "task": "ccm_portal.tasks.sweep_long_work",
        "schedule": crontab(minute="*/3"),
    },
    "forget old data changes": {
        "task": "ccm_portal.tasks.forget_old_data_changes",
        "schedule": crontab(minute=10),
    },
    "draft the letters of the day": {
        "task": "reports.tasks.draft_letters",
        "schedule": crontab(hour=5, minute=10),
    },
    "send letters that wait": {
        "task": "reports.tasks.sweep_letters",
        "schedule": crontab(minute="*/5"),
    },
}
