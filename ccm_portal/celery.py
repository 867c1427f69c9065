"""The Celery application: daily and periodic work, and when it is due.

Settings are those of `ccm_portal.settings` whose names begin with CELERY_. The broker is Redis
where REDIS_URL names one, else a folder under `var/`.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccm_portal.settings")

app = Celery("ccm_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Threads of the web server know no other application than the default one.
app.set_default()

app.conf.beat_schedule = {
    "clear expired sessions": {
        "task": "ccm_portal.tasks.clear_expired_sessions",
        "schedule": crontab(hour=3, minute=0),
    },
    "forget old data changes": {
        "task": "ccm_portal.tasks.forget_old_data_changes",
        "schedule": crontab(minute=10),
    },
}
