"""The portal as a WSGI application, for gunicorn or another web server."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccm_portal.settings")

try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.exit(f"The portal cannot start. {error}")

from ccm_portal.database import limits

limits.hold_to_limits()
