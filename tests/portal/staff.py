"""A member of staff who uses a running portal over HTTP, form by form, without a browser."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart


class _Fields(HTMLParser):
    """What the forms of a page would send if nothing were typed or pressed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        name, value = said.get("name") or "", said.get("value") or ""
        if tag in ("select", "textarea"):
            self._inside = name
            self.found.setdefault(name, "")
        elif tag == "option" and "selected" in said:
            self.found[self._inside] = value
        elif tag == "input" and name and said.get("type") not in ("submit", "file", "checkbox"):
            self.found[name] = value


class Staff:
    """Somebody signed in to the admin at an address such as http://127.0.0.1:8000."""

    def __init__(self, address: str, name: str, password: str) -> None:
        self._address = address
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self._cookies)
        )
        self.send("/admin/account/login/", {"login": name, "password": password})
        assert "sessionid" in {cookie.name for cookie in self._cookies}

    def get(self, path: str) -> tuple[int, bytes]:
        """The status and the body of an answer, after what it redirects to."""
        return self._open(urllib.request.Request(self._address + path))

    def send(self, path: str, typed: Mapping[str, Any]) -> tuple[int, bytes]:
        """Fill in the form of a page and send it; the answer, after what it redirects to."""
        entries = {**_Fields(self.get(path)[1].decode()).found, **typed}
        request = urllib.request.Request(
            self._address + path,
            data=encode_multipart(BOUNDARY, entries),
            headers={"Content-Type": MULTIPART_CONTENT, "Referer": self._address + path},
        )
        return self._open(request)

    def _open(self, request: urllib.request.Request) -> tuple[int, bytes]:
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()
