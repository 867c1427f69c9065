#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys


def main() -> None:
    """Run a command; what an operator can put right is told in a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccm_portal.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import InternalError, OperationalError, ProgrammingError
    except ImportError:
        sys.exit("Django is not installed here: run `make run` once, then .venv/bin/python.")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    except ImproperlyConfigured as error:
        sys.exit(f"The portal cannot start. {error}")
    except (OperationalError, ProgrammingError, InternalError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(
            f"The database cannot answer ({str(error).strip().splitlines()[0]}): if it is new, "
            "run `make run` or `python manage.py migrate` first; --traceback shows more."
        )


if __name__ == "__main__":
    main()
