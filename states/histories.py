"""Which histories of treaty actions the Convention allows: the rules of Articles 15 to 20.

Nothing here reads the clock or asks the database. A state's acts go in, in any order; what comes
out names each act that cannot have happened as entered, with one sentence that says why and what
to do. Acts of one day are read in the order signature, deposit, provisional application; a
withdrawal comes first, because nobody withdraws on the day of joining.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from ccm_portal.dates import date_format

from . import convention
from .models import TreatyAction

Kind = TreatyAction.Kind

RATIFICATIONS = frozenset({Kind.RATIFICATION, Kind.ACCEPTANCE, Kind.APPROVAL})
"""The deposits that confirm a signature (Article 16, paragraph 1)."""
DEPOSITS = RATIFICATIONS | {Kind.ACCESSION, Kind.SUCCESSION}

_ORDER_WITHIN_A_DAY = {Kind.WITHDRAWAL: 0, Kind.SIGNATURE: 1, Kind.PROVISIONAL_APPLICATION: 3}
_DEPOSIT_POSITION = 2


class Code(StrEnum):
    """Why an act is impossible."""

    IN_THE_FUTURE = "in_the_future"
    BEFORE_OPENING = "before_opening"
    NOT_OPEN_FOR_SIGNATURE = "not_open_for_signature"
    SIGNED_TWICE = "signed_twice"
    SIGNED_AFTER_DEPOSIT = "signed_after_deposit"
    NOT_SIGNED = "not_signed"
    SIGNATORY_ACCEDES = "signatory_accedes"
    REJOINS_BY_ACCESSION = "rejoins_by_accession"
    DEPOSITED_TWICE = "deposited_twice"
    WITHDRAWAL_NOT_IN_EFFECT = "withdrawal_not_in_effect"
    WITHDRAWN_BEFORE_DEPOSIT = "withdrawn_before_deposit"
    WITHDRAWN_TWICE = "withdrawn_twice"
    PROVISIONAL_BEFORE_DEPOSIT = "provisional_before_deposit"
    PROVISIONAL_AFTER_ENTRY_INTO_FORCE = "provisional_after_entry_into_force"
    PROVISIONAL_TWICE = "provisional_twice"


@dataclass(frozen=True)
class Act:
    """One treaty action: `kind` is a value of `TreatyAction.Kind`, `on` its day at the depositary.

    `takes_effect_on` is an official date of effect that replaces the derived one. `is_suspended`
    says that officially a withdrawal has not taken effect (Article 20, paragraph 3).
    """

    kind: str
    on: date
    takes_effect_on: date | None = None
    is_suspended: bool = False


@dataclass(frozen=True)
class Impossibility:
    """An act that cannot have happened as entered, and the reason in a sentence."""

    act: Act
    code: Code
    sentence: str


def impossibilities(acts: Iterable[Act], *, today: date) -> list[Impossibility]:
    """Every act of one state that the other acts or the articles exclude, oldest first.

    At most one reason an act. An impossible act still counts for what follows it, so that one
    mistake gets one sentence. `today` is the real date: the depositary cannot have received
    anything later.
    """
    history = _History()
    found: list[Impossibility] = []
    for act in sorted(acts, key=_position):
        reason = _outside_time(act, today) or history.objection(act)
        if reason is not None:
            found.append(Impossibility(act, *reason))
        history.add(act)
    return found


def effect_of_withdrawal(act: Act) -> date | None:
    """The first day on which a state that notified its withdrawal is no longer party.

    Article 20, paragraph 3, or the official date; None while officially it has not taken effect.
    """
    if act.is_suspended:
        return None
    return act.takes_effect_on or convention.withdrawal_effect(act.on)


def _position(act: Act) -> tuple[date, int, str]:
    return act.on, _ORDER_WITHIN_A_DAY.get(Kind(act.kind), _DEPOSIT_POSITION), act.kind


Reason = tuple[Code, str]


def _outside_time(act: Act, today: date) -> Reason | None:
    if act.on > today:
        return Code.IN_THE_FUTURE, _(
            "%(day)s lies in the future: the depositary cannot have received anything after today."
        ) % {"day": _day(act.on)}
    if act.on < convention.OPENED_FOR_SIGNATURE_ON:
        return Code.BEFORE_OPENING, _(
            "%(day)s is too early: the Convention was opened for signature on 3 December 2008 "
            "(Article 15)."
        ) % {"day": _day(act.on)}
    return None


class _History:
    """What a state has done so far, while its acts are read one after the other."""

    def __init__(self) -> None:
        self.signature: Act | None = None
        self.deposit: Act | None = None
        self.withdrawal: Act | None = None
        self.provisional_application: Act | None = None

    def add(self, act: Act) -> None:
        """Take an act as done."""
        if act.kind == Kind.SIGNATURE:
            self.signature = act
        elif act.kind == Kind.WITHDRAWAL:
            self.withdrawal = act
        elif act.kind == Kind.PROVISIONAL_APPLICATION:
            self.provisional_application = act
        else:
            self.deposit = act
            self.withdrawal = self.provisional_application = None

    def objection(self, act: Act) -> Reason | None:
        """Why an act cannot follow what was done so far, or None."""
        if act.kind == Kind.SIGNATURE:
            return self._to_signature(act)
        if act.kind == Kind.WITHDRAWAL:
            return self._to_withdrawal()
        if act.kind == Kind.PROVISIONAL_APPLICATION:
            return self._to_provisional_application(act)
        return self._to_second_deposit(act) or self._to_form_of_deposit(act)

    def _to_signature(self, act: Act) -> Reason | None:
        if self.deposit is not None:
            return Code.SIGNED_AFTER_DEPOSIT, _(
                "A state that deposited its instrument on %(deposit)s cannot sign after it "
                "(Article 16): check both dates."
            ) % {"deposit": _day(self.deposit.on)}
        if self.signature is not None:
            return Code.SIGNED_TWICE, _(
                "A state signs once, and this one signed on %(signature)s (Article 15): "
                "correct that signature instead of adding another."
            ) % {"signature": _day(self.signature.on)}
        if not convention.is_open_for_signature(act.on):
            return Code.NOT_OPEN_FOR_SIGNATURE, _(
                "The Convention was open for signature from 3 December 2008 until it entered into "
                "force on 1 August 2010 (Article 15): from then on a state joins by accession."
            )
        return None

    def _to_second_deposit(self, act: Act) -> Reason | None:
        if self.deposit is None or self._is_withdrawn(act.on):
            return None
        deposited = {"deposit": _day(self.deposit.on)}
        if self.withdrawal is None:
            return Code.DEPOSITED_TWICE, _(
                "A state deposits one instrument, and this one did on %(deposit)s "
                "(Article 16): before another one it must have withdrawn (Article 20)."
            ) % deposited
        effect = effect_of_withdrawal(self.withdrawal)
        if effect is None:
            return Code.WITHDRAWAL_NOT_IN_EFFECT, _(
                "The withdrawal of %(withdrawal)s has officially not taken effect (Article 20.3), "
                "so the state is still party and cannot join again."
            ) % {"withdrawal": _day(self.withdrawal.on)}
        return Code.WITHDRAWAL_NOT_IN_EFFECT, _(
            "The withdrawal of %(withdrawal)s takes effect on %(effect)s (Article 20.3): "
            "the state can join again from that day on."
        ) % {"withdrawal": _day(self.withdrawal.on), "effect": _day(effect)}

    def _to_form_of_deposit(self, act: Act) -> Reason | None:
        if act.kind in RATIFICATIONS and self.deposit is not None:
            return Code.REJOINS_BY_ACCESSION, _(
                "A state that withdrew joins again by accession (Article 16.2): enter an accession."
            )
        if act.kind in RATIFICATIONS and self.signature is None:
            return Code.NOT_SIGNED, _(
                "Only a state that signed can ratify, accept or approve (Article 16.1): enter its "
                "signature first, or an accession if it never signed."
            )
        if act.kind == Kind.ACCESSION and self.deposit is None and self.signature is not None:
            return Code.SIGNATORY_ACCEDES, _(
                "A state that signed, as this one did on %(signature)s, joins by ratification, "
                "acceptance or approval; accession is for states that did not sign (Article 16)."
            ) % {"signature": _day(self.signature.on)}
        return None

    def _to_withdrawal(self) -> Reason | None:
        if self.deposit is None:
            return Code.WITHDRAWN_BEFORE_DEPOSIT, _(
                "Only a State Party can withdraw (Article 20.2), and no earlier deposit is "
                "recorded: enter the deposit first, or check the date."
            )
        if self.withdrawal is not None:
            return Code.WITHDRAWN_TWICE, _(
                "This state notified its withdrawal on %(withdrawal)s and has not joined again "
                "since: only a State Party can withdraw (Article 20.2)."
            ) % {"withdrawal": _day(self.withdrawal.on)}
        return None

    def _to_provisional_application(self, act: Act) -> Reason | None:
        if self.deposit is None or self._is_withdrawn(act.on):
            return Code.PROVISIONAL_BEFORE_DEPOSIT, _(
                "Provisional application is declared at the time of the deposit (Article 18), and "
                "none is recorded up to %(day)s: enter the deposit first, or check the date."
            ) % {"day": _day(act.on)}
        in_force_on = self.deposit.takes_effect_on or convention.entry_into_force(self.deposit.on)
        if act.on >= in_force_on:
            return Code.PROVISIONAL_AFTER_ENTRY_INTO_FORCE, _(
                "Provisional application ends with entry into force (Article 18), for this state "
                "on %(day)s: it cannot be declared from then on."
            ) % {"day": _day(in_force_on)}
        if self.provisional_application is not None:
            return Code.PROVISIONAL_TWICE, _(
                "This state declared provisional application on %(day)s (Article 18): correct "
                "that declaration instead of adding another."
            ) % {"day": _day(self.provisional_application.on)}
        return None

    def _is_withdrawn(self, on: date) -> bool:
        if self.withdrawal is None:
            return False
        effect = effect_of_withdrawal(self.withdrawal)
        return effect is not None and effect <= on


def _day(day: date) -> str:
    return date_format(day, "j F Y")
