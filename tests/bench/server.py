"""A web server of the portal, and a client that costs next to nothing beside it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Client:
    """One connection that is kept open, asked again and again."""

    connection: socket.socket
    port: int

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str]]:
        """The status and the headers of an answer; its body is read to the end."""
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Encoding: gzip"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.connection.sendall("\r\n".join([*lines, "", ""]).encode())
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        found = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        status = int(first.split()[1])
        expected = int(found.get("content-length", 0))
        while status != 304 and len(body) < expected:
            body += self._more()
        return status, found

    def _more(self) -> bytes:
        data = self.connection.recv(1 << 16)
        if not data:
            raise ConnectionError("The server closed the connection.")
        return data


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[tuple[Client, int]]:
    """A server with one worker process, and a client of it; gives the server's process number."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "python:ccm_portal.web_server"]
    process = subprocess.Popen(
        [*command, "--keep-alive", "60", "tests.bench.wsgi"],
        cwd=ROOT,
        env=os.environ | dict(environment) | {"PORT": str(port), "WEB_CONCURRENCY": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with _connected(port) as connection:
            yield Client(connection, port), process.pid
    finally:
        process.terminate()
        process.wait(30)


def _connected(port: int) -> socket.socket:
    deadline = time.monotonic() + 60
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port), timeout=120)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
