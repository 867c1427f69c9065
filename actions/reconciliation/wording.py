"""The reconciliation in sentences."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ccm_portal.dates import date_format
from states.register import Status

from .answer import Reconciliation
from .checks import Check, CheckKind, Outcome
from .values import Compared, Comparison, Own, Printed, Verdict

VERDICTS = {
    Verdict.SAME: gettext_lazy("same"),
    Verdict.DIFFERS: gettext_lazy("differs"),
    Verdict.OPEN: gettext_lazy("open"),
    Verdict.NO_NUMBER: gettext_lazy("no number printed"),
    Verdict.NOT_COMPUTED: gettext_lazy("cannot be computed"),
}
OUTCOMES = {
    Outcome.HOLDS: gettext_lazy("holds"),
    Outcome.CONTRADICTS: gettext_lazy("contradiction"),
    Outcome.OPEN: gettext_lazy("open"),
    Outcome.NOT_CHECKABLE: gettext_lazy("cannot be checked"),
}
_MOST_NAMED = 12
"""Longer lists are left to the page of the figure."""


def number(value: Decimal | None) -> str:
    """A number with separators of thousands, without idle decimals."""
    if value is None:
        return ""
    plain = value.normalize()
    decimals = max(0, -int(plain.as_tuple().exponent))
    return str(number_format(plain, decimal_pos=decimals, use_l10n=True, force_grouping=True))


def printed_value(printed: Printed) -> str:
    """What was printed: a number, a month or a day, with how it was meant; "" for none."""
    if printed.number is None:
        return printed.value
    text = number(printed.number)
    words: dict[Comparison, Callable[[], str]] = {
        Comparison.AT_LEAST: lambda: _("at least %(number)s"),
        Comparison.MORE_THAN: lambda: _("more than %(number)s"),
        Comparison.ABOUT: lambda: _("about %(number)s"),
    }
    if printed.comparison in words:
        text = words[printed.comparison]() % {"number": text}
    return f"{text} %" if printed.unit == "percent" else text


def own_value(own: Own, *, printed: Printed) -> str:
    """The portal's own number, with what is open; "" where there is none."""
    if own.day is not None:
        by_month = printed.value.count("-") == 1
        return date_format(own.day, "F Y" if by_month else "j F Y")
    if own.number is None:
        return ""
    text = number(own.number)
    if own.most is None:
        text = _("at least %(number)s") % {"number": text}
    elif own.most != own.number:
        text = _("%(least)s to %(most)s") % {"least": text, "most": number(own.most)}
    return f"{text} %" if own.unit == "percent" else text


def explanation(row: Compared, reconciliation: Reconciliation) -> str:
    """Why a figure has its verdict, in a sentence or two; "" where it is simply the same."""
    sides = list(_sides(row, reconciliation))
    return " ".join([*sides, *_remarks(row, reconciliation)])


def remarks(row: Compared, reconciliation: Reconciliation) -> str:
    """The explanation without the states that make the difference."""
    return " ".join(_remarks(row, reconciliation))


def _sides(row: Compared, reconciliation: Reconciliation) -> Iterable[str]:
    names = _namer(reconciliation)
    if row.only_printed:
        yield _("Only in the document: %(states)s.") % {"states": names(row.only_printed)}
    if row.only_own:
        yield _("Only in the records: %(states)s.") % {"states": names(row.only_own)}


def _remarks(row: Compared, reconciliation: Reconciliation) -> Iterable[str]:
    if row.verdict is Verdict.NOT_COMPUTED:
        yield _("Cannot be computed: %(reason)s.") % {"reason": row.own.reason.rstrip(".")}
        return
    if row.verdict is Verdict.NO_NUMBER:
        yield _("The document prints no number; the records give %(number)s.") % {
            "number": own_value(row.own, printed=row.printed)
        }
    if row.printed.unknown_names:
        yield _("No state is called %(names)s.") % {"names": ", ".join(row.printed.unknown_names)}
    has_sides = bool(row.only_printed or row.only_own)
    if has_sides and not row.printed.names and row.printed.implied is not None:
        yield _("Whom the document means is told by its related figures.")
    if row.verdict is Verdict.DIFFERS and not has_sides:
        yield from _difference_of_numbers(row, reconciliation)
    if row.open_states:
        yield _("The records leave open: %(states)s.") % {
            "states": _namer(reconciliation)(row.open_states)
        }


def _difference_of_numbers(row: Compared, reconciliation: Reconciliation) -> Iterable[str]:
    if row.own.day is not None or row.printed.number is None or row.own.number is None:
        yield _("The days are not the same.")
    elif row.printed.names:
        yield _(
            "The lists are the same and have %(count)s names; the number printed is another."
        ) % {"count": len(row.printed.states)}
    elif 0 < len(row.own.certain) <= _MOST_NAMED:
        yield _("The document lists nobody; the records have %(states)s.") % {
            "states": _namer(reconciliation)(row.own.certain)
        }
    else:
        yield _("The document lists nobody, so that the states in question cannot be told.")


def question(check: Check, reconciliation: Reconciliation) -> str:
    """What should hold."""
    called = reconciliation.titles.get(check.said_to_be, check.said_to_be)
    keys = _and(other.key for other in check.others)
    sentences = {
        CheckKind.FOOTNOTE: lambda: _("Footnote %(note)s has as many names as the number says."),
        CheckKind.SAID_TO_BE: lambda: _(
            "The names in footnote %(note)s are all of this set: %(set)s."
        ),
        CheckKind.EQUAL: lambda: _("It is the same as %(keys)s."),
        CheckKind.SUM: lambda: _("It is the sum of %(keys)s."),
        CheckKind.UNION: lambda: _("It is %(keys)s together, nobody counted twice."),
        CheckKind.SUBSET: lambda: _("It is a part of %(keys)s."),
    }
    return sentences[check.kind]() % {
        "note": check.figure.footnote if check.figure.footnote is not None else "–",
        "set": called,
        "keys": keys,
    }


def finding(check: Check, reconciliation: Reconciliation) -> str:
    """What was found, in sentences."""
    if check.outcome is Outcome.NOT_CHECKABLE:
        return _("It cannot be checked: what it needs is not printed, or has a mistake.")
    if check.outcome is Outcome.HOLDS:
        return _("It holds.")
    return " ".join(_found(check, reconciliation))


def _found(check: Check, reconciliation: Reconciliation) -> Iterable[str]:
    names = _namer(reconciliation)
    if check.kind is CheckKind.SAID_TO_BE:
        if check.outcome is Outcome.OPEN:
            yield _("For some of them the records leave it open.")
        yield from (
            _what_it_was(iso3, reconciliation) for iso3 in reconciliation.ordered(check.too_many)
        )
    elif check.too_many:
        yield _("Too many: %(states)s.") % {"states": names(check.too_many)}
    if check.unknown_names:
        yield _("No state is called %(names)s.") % {"names": ", ".join(check.unknown_names)}
    if check.missing:
        yield _("Missing: %(states)s.") % {"states": names(check.missing)}
    wrong_number = check.expected is not None and check.expected != check.figure.number
    if wrong_number and check.kind is not CheckKind.SUBSET:
        sentence = (
            _("Printed is %(printed)s, and the names make %(expected)s.")
            if check.by_names
            else _("Printed is %(printed)s, and the others make %(expected)s.")
        )
        yield sentence % {
            "printed": number(check.figure.number),
            "expected": number(check.expected),
        }
    elif check.kind is CheckKind.SUBSET and not check.too_many:
        yield _("The part is larger than the whole: %(printed)s of %(expected)s.") % {
            "printed": number(check.figure.number),
            "expected": number(check.expected),
        }


def _what_it_was(iso3: str, reconciliation: Reconciliation) -> str:
    """What a state was on the cut-off date."""
    (standing,) = reconciliation.standings([iso3])
    sentences = {
        Status.PARTY: lambda: _("%(state)s was a State Party on %(day)s, but not one of them."),
        Status.SIGNATORY: lambda: _("%(state)s was a signatory on %(day)s."),
        Status.NOT_PARTY: lambda: _("%(state)s was a state not party on %(day)s."),
    }
    return sentences[standing.status]() % {
        "state": standing.state.name,
        "day": date_format(reconciliation.head.cut_off_on, "j F Y"),
    }


def summary(reconciliation: Reconciliation) -> str:
    """The whole in a sentence."""
    count = len(reconciliation.contradictions)
    values = {verdict.value: count for verdict, count in reconciliation.tally.items()}
    first = _(
        "Of %(all)s printed figures %(same)s are the same, %(differs)s differ, %(open)s depend on "
        "what the records leave open, %(no_number)s have no number, and %(not_computed)s cannot be "
        "computed."
    ) % ({"all": len(reconciliation.rows)} | values)
    second = ngettext(
        "In %(count)s place the document contradicts itself or the register.",
        "In %(count)s places the document contradicts itself or the register.",
        count,
    ) % {"count": count}
    return f"{first} {second}"


def _namer(reconciliation: Reconciliation) -> Callable[[Iterable[str]], str]:
    def names(states: Iterable[str]) -> str:
        return _and(standing.state.name for standing in reconciliation.standings(states))

    return names


def _and(words: Iterable[str]) -> str:
    """Words as a list: “a, b and c”."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return _("%(most)s and %(last)s") % {"most": ", ".join(items[:-1]), "last": items[-1]}
