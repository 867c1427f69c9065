import io
import os
import shlex
import signal
import socket
import sys
from typing import Any, TextIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils.translation import gettext as _
from honcho.manager import Manager
from honcho.printer import Printer

from ccm_portal import collected_static
from ccm_portal.web_server import HOST

PYTHON = shlex.quote(sys.executable)
# Events, gossip and heartbeats are for several workers that watch one another; here there is one.
PROCESSES = {
    "web": f"exec {PYTHON} -m gunicorn --config python:ccm_portal.web_server ccm_portal.wsgi",
    "jobs": (
        f"exec {PYTHON} -m celery --quiet --app ccm_portal worker --beat --pool solo "
        "--loglevel WARNING --without-gossip --without-mingle --without-heartbeat"
    ),
}
STOPPED_BY_HAND = {128 + signal.SIGINT, 128 + signal.SIGTERM}


class Command(BaseCommand):
    help = _("Prepares the database, then runs web server, worker and scheduler together.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port",
            default=os.environ.get("PORT") or "8000",
            help=_("where the web server listens (default: the variable PORT, else 8000)"),
        )

    def handle(self, *args: Any, port: str, **options: Any) -> None:
        refuse_unusable_port(port)
        self.prepare()
        self.stdout.write(_("Starting. Ctrl-C stops everything."))
        self.stdout.flush()
        returncode = run_together(port)
        if returncode:
            raise CommandError(
                _("A part of the portal stopped by itself, so the rest was stopped too: see above.")
            )

    def prepare(self) -> None:
        """Bring database, dataset, first account and static files up to date."""
        self.stdout.write(_("Preparing the database and the pages …"))
        self.stdout.flush()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_dataset", stdout=self.stdout)
        collected_static.collect()
        call_command("first_account", stdout=self.stdout)


def refuse_unusable_port(port: str) -> None:
    """Raise `CommandError` unless the web server can listen on a port."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(
            _("“%(port)s” is not a port: choose a number, such as `make run PORT=8001`.")
            % {"port": port}
        )
    with socket.socket() as listener:
        # As the web server does: a port that was closed a moment ago is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, int(port)))
        except OSError as error:
            raise CommandError(
                _(
                    "Port %(port)s cannot be used (%(reason)s): stop what runs there, or choose "
                    "another one with `make run PORT=8001`."
                )
                % {"port": port, "reason": error.strerror}
            ) from None


def run_together(port: str) -> int:
    """Run all processes until one ends or the user stops them; 0 where the user did."""
    environment = os.environ | {
        "PORT": port,
        "PYTHONUNBUFFERED": "1",
        # Jobs come from this machine alone, so the worker need not warn whoever is its root.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
    manager = Parts(printer=LastingPrinter(unbuffered(sys.stdout)))
    for name, command in PROCESSES.items():
        manager.add_process(name, command, env=environment, cwd=str(settings.BASE_DIR))
    # A closed terminal stops the portal like Ctrl-C instead of leaving its processes behind.
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    # An open SQLite database must not be carried into the processes that are made now.
    connections.close_all()
    manager.loop()
    return 0 if manager.returncode in STOPPED_BY_HAND else manager.returncode or 1


class Parts(Manager):  # type: ignore[misc]
    """Stops at a signal that comes at any moment, also while a part is started or says something.

    Its base class stops the parts inside the handler of the signal, where one of them may not
    have a number yet; the error would leave it waiting for its parts without end.
    """

    _stop_wanted = False

    def terminate(self) -> None:
        """Stop all parts in the next turn of the loop, once each of them has a number."""
        self._stop_wanted = True

    def _all_started(self) -> bool:
        """Asked in each turn of the loop."""
        started: bool = super()._all_started()
        if started and self._stop_wanted:
            super().terminate()
        return started


class LastingPrinter(Printer):  # type: ignore[misc]
    """Goes on in silence when its terminal or pipe has gone, so that stopping still works."""

    def write(self, message: Any) -> None:
        try:
            super().write(message)
        except OSError:
            self.output = open(os.devnull, "w")  # noqa: PTH123, SIM115  lives as long as we do


def unbuffered(stream: TextIO) -> TextIO:
    """The same terminal, file or pipe, where a signal's handler may write between two writes.

    A buffer refuses that, with an error: the handler would never come to stop the parts.
    """
    raw = io.FileIO(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(raw, stream.encoding, stream.errors, write_through=True)
