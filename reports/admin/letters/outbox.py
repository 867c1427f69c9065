"""What the secretariat looks at every morning, put together from what is stored and derived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reports.letters import warnings
from reports.letters.addressing import AddressBook
from reports.letters.drafting import WHY_APPROVAL
from reports.letters.ladder import Call
from reports.letters.models import LetterStatus
from reports.letters.planning import Plan
from reports.letters.sending import alarms, pausing
from reports.letters.sending.pausing import Pause
from reports.letters.sending.runs import JobHealth, health
from reports.models import Letter, LetterReply
from reports.wording import KIND_LABELS, title
from states.admin.names import with_state_name

DAYS_AHEAD = 30


@dataclass(frozen=True)
class Ahead:
    """A letter of the coming days. `has_address` False: it would be drafted and wait."""

    on: date
    state_id: int
    state: str
    report: str
    due_on: date
    stage: str
    because: str
    has_address: bool


@dataclass(frozen=True)
class Outbox:
    """The morning's page. `not_vouched` names the kinds of report beyond their evidence.

    `pause` is why nothing goes out at present; `unmailed` counts alarms that could not be mailed.
    `without_links` names the languages whose letters do not say where guide and forms are.
    """

    plan: Plan
    uncertain: Sequence[Letter]
    failed: Sequence[Letter]
    awaiting: Sequence[Letter]
    approved: Sequence[Letter]
    ahead: Sequence[Ahead]
    problems: Sequence[warnings.AddressProblem]
    not_vouched: Sequence[str]
    jobs: Sequence[JobHealth]
    pause: Pause | None
    unmailed: int
    without_links: Sequence[str]


@dataclass(frozen=True)
class Entry:
    """One piece of the correspondence with a state: a letter, or a reply to one."""

    on: date
    letter: Letter
    reply: LetterReply | None = None


def load(*, on: date, now: datetime) -> Outbox:
    """Put the page together. Costs a fixed number of queries."""
    plan = Plan.load(on)
    addresses = AddressBook.load(on)
    calls = plan.ahead(days=DAYS_AHEAD)
    return Outbox(
        plan=plan,
        uncertain=_having(LetterStatus.UNCERTAIN),
        failed=_having(LetterStatus.FAILED),
        awaiting=_having(LetterStatus.DRAFTED),
        approved=_having(LetterStatus.APPROVED, LetterStatus.SENDING),
        ahead=[_ahead(call, plan, addresses) for call in calls],
        problems=warnings.address_problems(plan, addresses, ahead=calls),
        not_vouched=[
            str(label)
            for kind, label in KIND_LABELS.items()
            if plan.reporting.complete_through.get(kind, date.min) < on
        ],
        jobs=health(now=now),
        pause=pausing.current(),
        unmailed=alarms.unmailed(now=now),
        without_links=warnings.letterheads_without_links(),
    )


def correspondence(state_id: int) -> list[Entry]:
    """Letters to one state and its replies, the newest first."""
    letters = list(
        Letter.objects.filter(state_id=state_id)
        .without_content()
        .select_related("stage")
        .prefetch_related("recipients", "replies")
    )
    entries = [Entry(letter.dated_on, letter) for letter in letters]
    entries += [
        Entry(reply.received_on, letter, reply)
        for letter in letters
        for reply in letter.replies.all()
    ]
    return sorted(entries, key=lambda entry: (entry.on, entry.letter.pk), reverse=True)


def _having(*statuses: LetterStatus) -> list[Letter]:
    letters = Letter.objects.filter(status__in=statuses).without_content()
    named = with_state_name(letters, "state")
    return list(named.select_related("stage").prefetch_related("recipients"))


def _ahead(call: Call, plan: Plan, addresses: AddressBook) -> Ahead:
    stage = next(stage for stage in plan.stages if stage.pk == call.rung.stage.pk)
    state_id = call.owed[0]
    return Ahead(
        on=call.on,
        state_id=state_id,
        state=call.deadline.standing.state.name,
        report=title(call.deadline.kind, call.deadline.year),
        due_on=call.deadline.due_on,
        stage=stage.name,
        because=WHY_APPROVAL[call.approval],
        has_address=addresses.addressing(state_id=state_id, stage=stage).has_address,
    )
