"""The portal: settings, the date that pages speak of, figures, and what puts the apps together."""

# Importing the Celery application here makes it the one that `shared_task` binds to, in the web
# server and in commands as well as in the worker.
from .celery import app as celery_app

__all__ = ["celery_app"]
