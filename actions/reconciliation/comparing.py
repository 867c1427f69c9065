"""The verdict on one printed figure: same, different, open, or not to be compared."""

from decimal import ROUND_HALF_UP, Decimal

from .values import Compared, Comparison, Own, Printed, Verdict


def compare(printed: Printed, own: Own) -> Compared:
    """Put a printed figure beside the portal's own answer.

    Where it is known whom the document means, the lists decide as well as the number. What is open
    counts for the document: only what cannot be right whatever turns out is different.
    """
    if not own.is_computed:
        return Compared(printed, own, Verdict.NOT_COMPUTED)
    if own.day is not None:
        is_same = own.day.isoformat().startswith(printed.value)
        return Compared(printed, own, Verdict.SAME if is_same else Verdict.DIFFERS)
    verdicts = [_of_number(printed, own)]
    only_printed = only_own = open_states = frozenset[str]()
    listed = printed.listed
    if listed is not None:
        only_printed = listed - own.certain - own.undetermined
        only_own = own.certain - listed
        open_states = own.undetermined
        if only_printed or only_own or printed.unknown_names:
            verdicts.append(Verdict.DIFFERS)
        elif listed - own.certain:
            verdicts.append(Verdict.OPEN)
        elif printed.names:
            verdicts.append(Verdict.SAME)
    elif own.most != own.number:
        open_states = own.undetermined
    return Compared(printed, own, _together(verdicts), only_printed, only_own, open_states)


def _together(verdicts: list[Verdict]) -> Verdict:
    for verdict in (Verdict.DIFFERS, Verdict.OPEN, Verdict.SAME):
        if verdict in verdicts:
            return verdict
    return Verdict.NO_NUMBER


def _of_number(printed: Printed, own: Own) -> Verdict:
    wanted, least = printed.number, own.number
    if wanted is None or least is None:
        return Verdict.NO_NUMBER
    if printed.comparison is Comparison.MORE_THAN:
        if least > wanted:
            return Verdict.SAME
        return Verdict.OPEN if own.most is None or own.most > wanted else Verdict.DIFFERS
    if as_precise_as(wanted, least) == wanted:
        return Verdict.SAME
    if own.most == least or least > wanted:
        return Verdict.DIFFERS
    return Verdict.OPEN if own.most is None or own.most >= wanted else Verdict.DIFFERS


def as_precise_as(printed: Decimal, number: Decimal) -> Decimal:
    """A number rounded to as many decimals as the document printed."""
    return number.quantize(Decimal(1).scaleb(int(printed.as_tuple().exponent)), ROUND_HALF_UP)
