"""The portal as it is served, with the empty view of `tests.bench.urls`, which is never kept."""

from django.conf import settings

from ccm_portal.wsgi import application

settings.ROOT_URLCONF = "tests.bench.urls"

from ccm_portal import page_cache  # noqa: E402

page_cache.UNCACHED = (*page_cache.UNCACHED, "/bench/")  # type: ignore[assignment]

__all__ = ["application"]
