"""A worker for the measurement: says that it is ready, then sends what its input names.

`python -m tests.bench.sending_letters` reads portions of ids as one line of JSON.
"""

import json
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccm_portal.settings")
    django.setup()
    from django.db import connection

    from reports.letters.sending.handing_over import send

    connection.ensure_connection()
    _say("ready")
    for portion in json.loads(sys.stdin.readline()):
        send(letter_ids=portion)
    _say("done")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
