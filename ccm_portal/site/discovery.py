"""What machines look for: robots.txt, the sitemap, and a page's description of itself."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse

from states.models import State

from .themes.catalogue import THEMES

PAGES = (
    "home",
    "states:list",
    "reports:register",
    "reports:overdue",
    "deadlines",
    "themes",
    "actions:plans",
    "editions:list",
    "compare",
    "figures",
    "states:meetings",
    "data",
    "about",
    "accessibility",
)


def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read, but for endless questions; the sitemap says what there is."""
    lines = (
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /*as_of=",
        "Allow: /",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that stands by itself. One query."""
    addresses = [request.build_absolute_uri(path) for path in _paths()]
    return render(
        request, "site/sitemap.xml", {"addresses": addresses}, content_type="application/xml"
    )


def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask for the old address of the sign."""
    return redirect(static("images/mark.svg"), permanent=True)


def _paths() -> Iterator[str]:
    yield from (reverse(name) for name in PAGES)
    yield from (reverse("theme", args=[code]) for code in THEMES)
    for slug in State.objects.order_by("slug").values_list("slug", flat=True):
        yield reverse("state", args=[slug])
