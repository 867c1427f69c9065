"""The formal meetings that pages name and figures count from."""

from ccm_portal.kept import kept

from .models import Meeting

FORMAL = (Meeting.Kind.MSP, Meeting.Kind.REVIEW_CONFERENCE)


def formal_meetings() -> tuple[Meeting, ...]:
    """Published Meetings of States Parties and Review Conferences, in order of time.

    Costs a query, once for each version of the data on public pages.
    """
    return kept("formal meetings", make=_formal_meetings)


def _formal_meetings() -> tuple[Meeting, ...]:
    return tuple(Meeting.objects.published().filter(kind__in=FORMAL).order_by("ends_on"))
