"""Pages of text: about the portal and its accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def about(request: HttpRequest) -> HttpResponse:
    """What the portal is, how to read it, where its evidence ends and how to cite it."""
    return render(request, "site/about.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """What the portal does so that everybody can use it."""
    return render(request, "site/accessibility.html")
