"""The formal meetings that pages name."""

from states.models import Meeting


def formal_meetings() -> list[Meeting]:
    """Published Meetings of States Parties and Review Conferences, in order of time. One query."""
    formal = (Meeting.Kind.MSP, Meeting.Kind.REVIEW_CONFERENCE)
    return list(Meeting.objects.published().filter(kind__in=formal).order_by("ends_on"))
