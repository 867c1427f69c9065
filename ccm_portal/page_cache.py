"""Public pages are made once for each version of the data, and sent only to who lacks them.

Every public answer carries an ETag that follows from all that the page depends on: the data
version, the release, the day, the language and the address. A reader who has that page gets a
304 without any of it being made; others get the page that was made for the reader before them.
Nothing has to be thrown away after a write, since a new version has new keys. Caches on the way
(a CDN, a browser) may keep a page and must ask each time whether it still holds.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from . import data_version
from .as_of import default_day, today
from .data_version import DataVersion
from .kept import during
from .languages import language_of
from .release import release

KEPT_SECONDS = 60 * 60 * 24
LARGEST_BYTES = 2 * 2**20
SMALLEST_TO_COMPRESS = 500
SETTLED = timedelta(minutes=10)
"""No transaction stays open this long: after it, the time alone tells the version."""
UNCACHED = ("/admin/", "/accounts/", "/healthz", "/readyz", "/metrics", "/webhooks/", "/static/")
NOT_KEPT = ("no-store", "private")
REFUSED = re.compile(r"q=0(\.0*)?")
HEADERS = ("Content-Type", "Content-Language", "Content-Disposition", "Link", "X-Robots-Tag")


@dataclass(frozen=True)
class Page:
    """An answer that was made: its headers and its body, compressed where that helps."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    is_compressed: bool


class PageCacheMiddleware:
    """Answers with what was made before, for as long as it still holds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or request.path.startswith(UNCACHED):
            return self.get_response(request)
        version = data_version.current()
        request.data_version = version  # type: ignore[attr-defined]
        tag = etag(request, version)
        changed = last_modified(version, now=datetime.now(UTC))
        response: HttpResponseBase
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            response = HttpResponseNotModified()
        else:
            with during(version):
                response = self._answer(request, tag)
            if response.status_code != 200 or _is_not_kept(response) or "ETag" in response.headers:
                # A file has a tag of its own, by its content.
                return response
            if _has_it_since(request, changed):
                response = HttpResponseNotModified()
        response.headers["ETag"] = tag
        response.headers["Last-Modified"] = http_date(changed.timestamp())
        response.headers["Cache-Control"] = "public, no-cache"
        patch_vary_headers(response, ["Accept-Encoding"])
        return response

    def _answer(self, request: HttpRequest, tag: str) -> HttpResponseBase:
        key = f"page:{tag[3:-1]}"
        page = caches["pages"].get(key)
        if page is not None:
            return _shown(page, request)
        response = self.get_response(request)
        if response.status_code != 200 or response.streaming or _is_not_kept(response):
            return response
        if len(response.content) <= LARGEST_BYTES:
            page = _made(response)
            caches["pages"].set(key, page, KEPT_SECONDS)
            _write(page, request, response)
        return response


def etag(request: HttpRequest, version: DataVersion) -> str:
    """The weak ETag of a public address: a digest of all that its answer follows from."""
    parts = (
        version.key,
        release(),
        default_day().isoformat(),
        today().isoformat(),
        language_of(request),
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        # Only answers of the API have several formats.
        request.headers.get("Accept", "") if request.path.startswith("/api/") else "",
        request.headers.get("HX-Request", ""),
    )
    digest = hashlib.blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()
    return f'W/"{digest}"'


def last_modified(version: DataVersion, *, now: datetime) -> datetime:
    """When pages last became other ones: by a write, or by the day that began."""
    midnight = datetime.combine(now.date(), time(), tzinfo=UTC)
    return max(version.changed_at or midnight, midnight)


def _has_it_since(request: HttpRequest, changed: datetime) -> bool:
    """Whether a reader without a tag has this page by its time.

    Unlike a tag, anybody can name a time, also for a page that is not there: so it is made first.
    """
    if "If-None-Match" in request.headers:
        return False
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    if since is None or datetime.now(UTC) - changed < SETTLED:
        return False
    return int(changed.timestamp()) <= since


def _is_not_kept(response: HttpResponseBase) -> bool:
    said = response.headers.get("Cache-Control", "")
    return bool(response.cookies) or any(word in said for word in NOT_KEPT)


def _made(response: HttpResponse) -> Page:
    headers = tuple((name, response.headers[name]) for name in HEADERS if name in response.headers)
    body = response.content
    is_compressed = len(body) >= SMALLEST_TO_COMPRESS and _is_text(response)
    if is_compressed:
        body = gzip.compress(body, compresslevel=6, mtime=0)
    return Page(headers, body, is_compressed)


def _is_text(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "")
    return kind.startswith("text/") or any(word in kind for word in ("json", "xml", "yaml"))


def _shown(page: Page, request: HttpRequest) -> HttpResponse:
    response = HttpResponse(headers=dict(page.headers))
    _write(page, request, response)
    return response


def _write(page: Page, request: HttpRequest, response: HttpResponse) -> None:
    if page.is_compressed and _takes_gzip(request):
        response.content = page.body
        response.headers["Content-Encoding"] = "gzip"
    elif page.is_compressed:
        response.content = gzip.decompress(page.body)
    else:
        response.content = page.body
    response.headers["Content-Length"] = str(len(response.content))


def _takes_gzip(request: HttpRequest) -> bool:
    """Whether the reader names gzip among what it can open, other than to refuse it (`q=0`)."""
    accepted = request.headers.get("Accept-Encoding", "").lower().replace(" ", "")
    return any(
        coding == "gzip" and not REFUSED.fullmatch(weight)
        for coding, _, weight in (part.partition(";") for part in accepted.split(","))
    )
