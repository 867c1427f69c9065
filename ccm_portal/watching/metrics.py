"""Figures of the portal's work for Prometheus, for who knows METRICS_TOKEN and nobody else."""

import os
import secrets

import prometheus_client
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, multiprocess

MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"


def metrics(request: HttpRequest) -> HttpResponse:
    """The figures in Prometheus' own format.

    Without METRICS_TOKEN, and for a request that does not carry it as `Authorization: Bearer …`,
    there is nothing at this address.
    """
    if not is_allowed(request.headers.get("Authorization", "")):
        raise Http404
    return HttpResponse(
        prometheus_client.generate_latest(_registry()),
        content_type=prometheus_client.CONTENT_TYPE_LATEST,
        headers={"Cache-Control": "no-store"},
    )


def is_allowed(authorization: str) -> bool:
    """Whether a header names the token; compared in a time that says nothing of it."""
    token = settings.METRICS_TOKEN
    return bool(token) and secrets.compare_digest(
        authorization.encode(), f"Bearer {token}".encode()
    )


def _registry() -> CollectorRegistry:
    """All web processes together where they share a folder, else this one alone."""
    if os.environ.get(MULTIPROCESS):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return registry
    return prometheus_client.REGISTRY
