"""All findings on a state on one day, page by page, for those of whom documents say much."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from actions.proofs import evidence_of
from actions.sections import findings_of
from ccm_portal.as_of import AsOf
from ccm_portal.links import Links
from states.register import Register

from .state_page import address_of, find_state

PER_PAGE = 100


def state_findings(request: HttpRequest, key: str) -> HttpResponse:
    """What documents say of a state, newest report first; `indicator` narrows it to one code."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    register = Register.load(as_of.day, language=get_language() or "en")
    standing = find_state(register, key)
    if standing.state.slug != key:
        return redirect(address_of(request, standing, "state_findings"))
    code = request.GET.get("indicator", "").strip()
    found = findings_of(as_of.day, standing, indicator=code)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "standing": standing,
        "page": page,
        "findings": [(finding.indicator, evidence_of(finding)) for finding in page],
        "indicator": code,
        "csv_url": Links(as_of).to("state_csv", standing.state.slug),
    }
    return render(request, "site/state_findings.html", context)
