"""A small plan with indicators and findings, for tests of what follows from them."""

from datetime import date
from typing import Any

from actions.models import Action, ActionPlan, Finding, Indicator, Theme
from states.models import Document, Organization, State
from tests.admin import records
from tests.admin.records import NOW


def plan(code: str = "vap", *, published: bool = True) -> ActionPlan:
    return ActionPlan.objects.create(
        code=code,
        name=f"Plan {code}",
        valid_from=date(2010, 11, 12),
        published_at=NOW if published else None,
    )


def theme(of: ActionPlan, code: str = "stockpiles", **values: Any) -> Theme:
    return Theme.objects.create(plan=of, code=code, name=code.title(), **values)


def action(of: Theme, number: int = 1, **values: Any) -> Action:
    values = {"summary": f"Do thing {number}.", "addressees": "parties"} | values
    return Action.objects.create(plan=of.plan, theme=of, number=number, **values)


def indicator(
    of: Theme,
    code: str,
    kind: str = "yes_no",
    *actions: Action,
    published: bool = True,
    **values: Any,
) -> Indicator:
    values = {"title": code.replace(".", " ").capitalize()} | values
    made = Indicator.objects.create(
        theme=of, code=code, kind=kind, published_at=NOW if published else None, **values
    )
    made.actions.set(actions)
    return made


def organization(code: str, name: str = "") -> Organization:
    return Organization.objects.create(code=code, name=name or code.upper(), kind="other")


def document(code: str = "statement", *, public: bool = True) -> Document:
    found = Document.objects.filter(code=code).first()
    return found or records.document(code, public=public, title=f"Document {code}")


def finding(
    of: State | Organization,
    what: Indicator,
    answer: str = "yes",
    *,
    reported: str = "2011-06-01",
    occurred: str = "",
    ended: str = "",
    cites: Document | str = "statement",
    published: bool = True,
    **values: Any,
) -> Finding:
    """`occurred` is a day, or two with a slash between them."""
    first, _slash, last = occurred.partition("/")
    actor = {"state": of} if isinstance(of, State) else {"organization": of}
    return Finding.objects.create(
        **actor,
        indicator=what,
        answer=answer,
        reported_on=date.fromisoformat(reported),
        occurred_not_before=date.fromisoformat(first) if first else None,
        occurred_not_after=date.fromisoformat(last or first) if first else None,
        ended_on=date.fromisoformat(ended) if ended else None,
        document=cites if isinstance(cites, Document) else document(cites),
        published_at=NOW if published else None,
        **values,
    )
