"""What staff should see before it matters: states that cannot be written to, letters that wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from .addressing import MISSION, AddressBook
from .ladder import Call
from .models import Letter, Letterhead, LetterStatus
from .planning import Plan


@dataclass(frozen=True)
class AddressProblem:
    """A bound state whose permanent mission cannot be written to.

    `bounced` are its addresses from which mail came back; empty: there is none. `next_on` is the
    day of its next letter within the days that were looked at, None where there is none.
    """

    state_id: int
    name: str
    bounced: tuple[str, ...]
    next_on: date | None


@dataclass(frozen=True)
class Waiting:
    """How many letters wait for whom: for a decision, after a failure, for approval."""

    uncertain: int
    failed: int
    drafted: int


def address_problems(
    plan: Plan, addresses: AddressBook, *, ahead: Iterable[Call]
) -> tuple[AddressProblem, ...]:
    """States bound on the plan's day that have no mission with an address; the next due first."""
    next_on: dict[int, date] = {}
    for call in ahead:
        next_on.setdefault(call.owed[0], call.on)
    problems = [
        AddressProblem(
            state_id=standing.state.id,
            name=standing.state.name,
            bounced=tuple(contact.email for contact in missions if contact.email),
            next_on=next_on.get(standing.state.id),
        )
        for standing in plan.reporting.history.on(plan.on).bound
        for missions in [
            [
                contact
                for contact in addresses.contacts.get(standing.state.id, ())
                if contact.kind == MISSION
            ]
        ]
        if not any(addresses.reaches(contact) for contact in missions)
    ]
    return tuple(
        sorted(problems, key=lambda problem: (problem.next_on or date.max, not problem.bounced))
    )


def letterheads_without_links() -> tuple[str, ...]:
    """The languages whose letterhead does not say where the guide or the forms are."""
    lacking = Letterhead.objects.filter(Q(guide_url="") | Q(forms_url=""))
    return tuple(letterhead.get_language_display() for letterhead in lacking)


def waiting() -> Waiting:
    """How many letters wait for somebody. Costs one query."""
    counts = dict(
        Letter.objects.filter(
            status__in=[LetterStatus.UNCERTAIN, LetterStatus.FAILED, LetterStatus.DRAFTED]
        )
        .order_by()
        .values_list("status")
        .annotate(Count("pk"))
    )
    return Waiting(
        uncertain=counts.get(LetterStatus.UNCERTAIN, 0),
        failed=counts.get(LetterStatus.FAILED, 0),
        drafted=counts.get(LetterStatus.DRAFTED, 0),
    )
