"""Plans, indicators and findings for tests of evidence."""

from datetime import date
from typing import Any

from django.utils import timezone

from actions.models import ActionPlan, Finding, Indicator, Theme
from states.models import Document, State
from tests.admin import records

SOURCE = "statement"


def source(code: str = SOURCE, *, public: bool = True, **values: Any) -> Document:
    """A document of 1 June 2011, public unless said otherwise."""
    values = {
        "title": f"The {code}",
        "kind": Document.Kind.STATEMENT,
        "published_on": date(2011, 6, 1),
    } | values
    made, _new = Document.objects.get_or_create(code=code, defaults={**values, "is_public": public})
    return made


def theme(code: str = "stockpiles", *, through: str = "", published: bool = True) -> Theme:
    """A theme of the plan “vientiane”, complete through a day."""
    plan, _new = ActionPlan.objects.get_or_create(
        code="vientiane",
        defaults={
            "name": "Vientiane Action Plan",
            "valid_from": date(2010, 11, 12),
            "published_at": timezone.now() if published else None,
        },
    )
    made, _new = Theme.objects.get_or_create(
        plan=plan,
        code=code,
        defaults={
            "name": code.title(),
            "complete_through": date.fromisoformat(through) if through else None,
        },
    )
    return made


def indicator(code: str = "stockpile.declared", **values: Any) -> Indicator:
    """A published indicator, of the theme `stockpiles` unless said otherwise."""
    published = values.pop("published", True)
    values = {"title": code, "theme": values.pop("theme", None) or theme()} | values
    return Indicator.objects.create(
        code=code, published_at=timezone.now() if published else None, **values
    )


def finding(of: State | None, what: Indicator, **values: Any) -> Finding:
    """A published finding of 1 June 2011, read in the statement."""
    published = values.pop("published", True)
    days = ("reported_on", "occurred_not_before", "occurred_not_after", "ended_on")
    values |= {name: date.fromisoformat(values[name]) for name in days if values.get(name)}
    values = {"reported_on": date(2011, 6, 1), "document": values.pop("document", None)} | values
    values["document"] = values["document"] or source()
    return Finding.objects.create(
        state=of,
        indicator=what,
        published_at=timezone.now() if published else None,
        **values,
    )


def norway() -> State:
    """A State Party from the first day: its deadlines are 1 August 2018 and 1 August 2020."""
    return records.party("NOR", "Norway")
