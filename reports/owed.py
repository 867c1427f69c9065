"""What is owed and not in: what the secretariat waits for, and which of it comes next."""

from collections.abc import Iterable, Sequence

from .deadlines import Kind, ReportDeadline
from .state_of_play import StateOfPlay


def open_duties(deadlines: Iterable[ReportDeadline]) -> tuple[ReportDeadline, ...]:
    """Those that are not in: what fell due first, the newest due date on top; then what comes.

    What comes is in order of its due date. Within a day by name of state.
    """
    waiting = [deadline for deadline in deadlines if not deadline.state_of_play.is_in]
    fallen = [duty for duty in waiting if duty.state_of_play is not StateOfPlay.NOT_DUE]
    coming = [duty for duty in waiting if duty.state_of_play is StateOfPlay.NOT_DUE]
    fallen.sort(key=lambda duty: duty.due_on, reverse=True)
    coming.sort(key=lambda duty: duty.due_on)
    return (*fallen, *coming)


def most_likely(duties: Sequence[ReportDeadline]) -> ReportDeadline | None:
    """Which of one state's open duties a report that has just come most likely answers.

    Its initial report, else the one that fell due last, else the next.
    """
    initial = [duty for duty in duties if duty.kind == Kind.INITIAL]
    fallen_due = [duty for duty in duties if duty.state_of_play is not StateOfPlay.NOT_DUE]
    for candidates in (initial, fallen_due, duties):
        if candidates:
            return max(candidates, key=lambda duty: duty.due_on)
    return None


def key(duty: ReportDeadline) -> str:
    """What stands for a duty in an address: state, kind and due date."""
    return f"{duty.standing.state.iso3}-{duty.kind}-{duty.due_on.isoformat()}"
