"""The status of all states on a day as numbers and as a table, for the API and the command."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from .register import Event, Register, Standing

STATUS_COLUMNS = (
    "iso3",
    "name",
    "status",
    "signed_on",
    "deposited_on",
    "entry_into_force",
    "withdrawn_on",
)


@dataclass(frozen=True)
class StatusCount:
    """How many states stand how. Parties, signatories and states not party add up to all states.

    `states_parties` counts from the deposit, `in_force` from entry into force; `withdrawn` is a
    part of `states_not_party`.
    """

    on: date
    states_parties: int
    in_force: int
    signatories: int
    states_not_party: int
    withdrawn: int

    @classmethod
    def of(cls, register: Register) -> "StatusCount":
        return cls(
            on=register.on,
            states_parties=len(register.parties),
            in_force=len(register.bound),
            signatories=len(register.signatories),
            states_not_party=len(register.not_party),
            withdrawn=len(register.withdrawn),
        )

    def as_dict(self) -> dict[str, str | int]:
        """The numbers by name, and `on` as an ISO date: the contract of the command `status`."""
        return asdict(self) | {"on": self.on.isoformat()}


def status_rows(register: Register) -> Iterator[dict[str, str | date | None]]:
    """A row a state in order of name, under `STATUS_COLUMNS`; the latest deposit counts."""
    return (_row(standing) for standing in register)


def _row(standing: Standing) -> dict[str, str | date | None]:
    return {
        "iso3": standing.state.iso3,
        "name": standing.state.name,
        "status": standing.status.value,
        "signed_on": _day(standing.signature),
        "deposited_on": _day(standing.deposited),
        "entry_into_force": standing.entry_into_force,
        "withdrawn_on": standing.withdrawn_on,
    }


def _day(event: Event | None) -> date | None:
    return event.on if event is not None else None
