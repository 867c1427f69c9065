"""Which duty a report that arrived answers, and what cannot be true of its receipt.

Pure functions of treaty history and of what somebody says about a report.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from ccm_portal.as_of import EARLIEST
from ccm_portal.dates import date_format
from states import convention
from states.register import Membership, Standing

from .models import TransparencyReport

Kind = TransparencyReport.Kind


@dataclass(frozen=True)
class Arrival:
    """What is said of one report: its kind, the calendar year it covers, when it was received.

    It was received between `not_before` and `not_after`, both included; both None where it is
    looked for and nobody knows whether it came.
    """

    kind: str
    year: int | None = None
    not_before: date | None = None
    not_after: date | None = None

    @classmethod
    def of(cls, report: TransparencyReport) -> "Arrival":
        """What a recorded report, or one that is about to be recorded, says of itself."""
        return cls(
            kind=report.kind,
            year=report.year,
            not_before=report.received_not_before,
            not_after=report.received_not_after,
        )


@dataclass(frozen=True)
class Classified:
    """What a report counts as, and what staff should know about that, in sentences."""

    kind: str
    notices: tuple[str, ...] = ()


def refusals(arrival: Arrival, *, today: date) -> Iterator[str]:
    """Why a report cannot have arrived so: a sentence for each reason. `today` is the real date."""
    first, last = arrival.not_before, arrival.not_after
    if (first is None) != (last is None):
        yield _("Give both days between which it was received, or the same day twice.")
    if first is not None and last is not None:
        yield from _refusals_of_days(first, last, today)
    if arrival.kind == Kind.ANNUAL:
        yield from _refusals_of_year(arrival.year, last or today)


def membership_at(
    memberships: Sequence[Membership], *, not_before: date | None, not_after: date | None
) -> Membership | None:
    """The time as party to which a receipt belongs; None where it came before the first deposit.

    An interval that reaches over a deposit belongs to what that deposit began. What is looked for
    belongs to the latest time as party.
    """
    if not_before is None or not_after is None:
        return memberships[-1] if memberships else None
    begun = [item for item in memberships if item.deposited.on <= not_after]
    for membership, following in pairwise([*begun, None]):
        if membership and (following is None or not_before < following.deposited.on):
            return membership
    return None


def classify(arrival: Arrival, standing: Standing) -> Classified:
    """What a report counts as today, whatever was chosen: for the notices, and never stored.

    A deposit that is published later decides anew.

    Received before the deposit, or without one, it is voluntary and never discharges a duty; from
    the deposit on it is what was chosen (Article 7). `standing` is the state's of today.
    """
    if arrival.not_before is None or arrival.not_after is None:
        return Classified(arrival.kind)
    membership = membership_at(
        standing.memberships, not_before=arrival.not_before, not_after=arrival.not_after
    )
    if membership is None:
        return _before_the_deposit(arrival, standing)
    if arrival.kind == Kind.INITIAL and _came_when_nothing_was_owed(membership, arrival.not_before):
        sentence = _(
            "Counts as voluntary: %(state)s withdrew before its initial report fell due, and "
            "this one came after the withdrawal had taken effect (Article 20.3)."
        ) % {"state": standing.state.name}
        return Classified(Kind.VOLUNTARY, (sentence,))
    notices = _notices(arrival, membership, standing.state.name, arrival.not_before)
    return Classified(arrival.kind, tuple(notices))


def _refusals_of_days(first: date, last: date, today: date) -> Iterator[str]:
    if first > last:
        yield _("The first day of the receipt comes after the last one: check both.")
    if last > today:
        yield _("%(day)s lies in the future: give the day on which the report was received.") % {
            "day": _day(last)
        }
    if first < EARLIEST:
        yield _(
            "%(day)s cannot be: there was no such report before the Convention was opened for "
            "signature on 3 December 2008."
        ) % {"day": _day(first)}


def _refusals_of_year(year: int | None, last: date) -> Iterator[str]:
    if year is None:
        yield _("An annual report needs the calendar year that it covers.")
    elif year < EARLIEST.year:
        yield _("An annual report cannot cover %(year)s: the Convention is of 2008.") % {
            "year": year
        }
    elif year > last.year:
        yield _("It cannot cover %(year)s, a year that had not begun: check the year.") % {
            "year": year
        }


def _before_the_deposit(arrival: Arrival, standing: Standing) -> Classified:
    if arrival.kind == Kind.VOLUNTARY:
        return Classified(Kind.VOLUNTARY)
    name = standing.state.name
    if not standing.memberships:
        sentence = _(
            "Counts as voluntary as long as no deposit by %(state)s is published: it owes no "
            "report."
        ) % {"state": name}
    else:
        sentence = _(
            "Counts as voluntary: it came before %(state)s deposited its instrument on "
            "%(day)s, so it discharges no duty (Article 7)."
        ) % {"state": name, "day": _day(standing.memberships[0].deposited.on)}
    return Classified(Kind.VOLUNTARY, (sentence,))


def _came_when_nothing_was_owed(membership: Membership, first: date) -> bool:
    """Whether a state had withdrawn before its initial report fell due, and before this came."""
    in_force_on, withdrawn_on = membership.entry_into_force, membership.withdrawn_on
    if in_force_on is None or withdrawn_on is None:
        return False
    return first >= withdrawn_on and not membership.owes(convention.initial_report_due(in_force_on))


def _notices(arrival: Arrival, membership: Membership, name: str, first: date) -> Iterable[str]:
    deposited_on = membership.deposited.on
    if first < deposited_on and arrival.kind != Kind.VOLUNTARY:
        yield _(
            "It may have come before %(state)s deposited its instrument on %(day)s: then it is "
            "voluntary. Correct the receipt if the day becomes known."
        ) % {"state": name, "day": _day(deposited_on)}
    if arrival.kind == Kind.ANNUAL and arrival.year is not None:
        yield from _notices_of_year(arrival.year, membership, name, first)


def _notices_of_year(year: int, membership: Membership, name: str, first: date) -> Iterator[str]:
    if first.year <= year:
        yield _("The year %(year)s had not ended when it was received: check the year.") % {
            "year": year
        }
    in_force_on = membership.entry_into_force
    if in_force_on is None:
        return
    owed_from = convention.first_annual_report_year(in_force_on)
    if year < owed_from:
        yield _(
            "The first annual report that %(state)s owes covers %(owed)s (Article 7.2): this one, "
            "for %(year)s, is kept and discharges no duty."
        ) % {"state": name, "owed": owed_from, "year": year}
    elif not membership.owes(convention.annual_report_due(year)):
        yield _(
            "%(state)s withdrew before the report for %(year)s fell due (Article 20.3): this one "
            "is kept and discharges no duty."
        ) % {"state": name, "year": year}


def _day(day: date) -> str:
    return date_format(day, "j F Y")
