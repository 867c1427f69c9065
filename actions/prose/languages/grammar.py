"""What every language answers: how a number, its noun, a list and a date are written."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"

Number = int | Decimal


@dataclass(frozen=True)
class Noun:
    """What is counted: its forms as the language lists them, the singular first.

    Without forms it is a noun that is left out and still has its gender.
    """

    forms: tuple[str, ...] = ()
    is_feminine: bool = False

    @property
    def is_named(self) -> bool:
        return bool(self.forms)

    def form(self, index: int) -> str:
        """A form, or the last one where fewer are given."""
        return self.forms[min(index, len(self.forms) - 1)]


@dataclass(frozen=True)
class Amount:
    """A number as far as it is known.

    `most` is what it comes to if every open case belongs; None where nobody can tell.
    """

    number: Number
    most: Number | None

    @classmethod
    def exactly(cls, number: Number) -> "Amount":
        return cls(number, number)

    @property
    def is_certain(self) -> bool:
        return self.most == self.number


class Grammar(ABC):
    """The rules of one language for figures in prose."""

    code: str
    is_right_to_left = False
    decimal_mark = ","
    nouns: Mapping[str, Noun]
    """The nouns with a name of their own: parties, signatories, states, not party."""
    words: Mapping[str, str]
    """Short texts of notes and of an edition's head; `english.py` has them all."""
    abbreviations: frozenset[str] = frozenset()
    """Words whose full stop ends no sentence, without it and in small letters."""
    months: tuple[str, ...]
    ordinals: tuple[str, ...] = ()
    """First, second and so on, as far as meetings of the Convention may count."""
    meetings: Mapping[str, str] = {}
    """Names of meetings by the kind that their code ends with; English names are recorded."""

    def counted(self, amount: Amount, noun: Noun, *, as_digits: bool = False) -> str:
        """A count in words: “seven States Parties”, “at least two”, “none”, “up to three”."""
        number, most = amount.number, amount.most
        if amount.is_certain:
            return self.exactly(number, noun, as_digits=as_digits)
        if number == 0:
            if most is None:
                return self.some(noun)
            return self.up_to(self.exactly(most, noun, as_digits=as_digits))
        return self.at_least(self.exactly(number, noun, as_digits=as_digits))

    def exactly(self, number: Number, noun: Noun, *, as_digits: bool = False) -> str:
        """A number that is known, with its noun if it is named."""
        if number == 0 and not as_digits:
            return self.none(noun)
        words = self.digits(number) if as_digits else self.number(number, noun)
        return self.with_noun(words, number, noun) if noun.is_named else words

    def number(self, number: Number, noun: Noun) -> str:
        """Words to nine, digits from ten and for what is no whole number."""
        is_small = 1 <= number <= 9 and number == int(number)
        return self.word(int(number), noun) if is_small else self.digits(number)

    def percent(self, amount: Amount) -> str:
        """A percentage in digits, to the whole: “30 per cent”."""
        words = self.percentage(self.digits(to_the_whole(amount.number)))
        if amount.is_certain:
            return words
        if amount.number == 0:
            if amount.most is None:
                return self.words["unknown share"]
            return self.up_to(self.percentage(self.digits(to_the_whole(amount.most))))
        return self.at_least(words)

    def digits(self, number: Number) -> str:
        """A number in digits with the language's separators; a negative one with a minus sign."""
        whole, _, fraction = f"{abs(number):f}".partition(".")
        fraction = fraction.rstrip("0")
        text = self.grouped(whole) + (self.decimal_mark + fraction if fraction else "")
        return f"−{text}" if number < 0 else text

    def grouped(self, digits: str) -> str:
        """Digits in groups of three, set apart by a narrow space that breaks no line."""
        return f"{int(digits):,}".replace(",", NARROW_NO_BREAK_SPACE)

    def day(self, day: date) -> str:
        """A day in words: 20 August 2011."""
        return f"{day.day} {self.month(day)}"

    def month(self, day: date) -> str:
        """A month in words: August 2011."""
        return f"{self.months[day.month - 1]} {day.year}"

    def meeting(self, code: str, recorded: str) -> str:
        """The name of the meeting with a code such as 2MSP; else the one that is recorded."""
        kind = code.lstrip("0123456789")
        number = code.removesuffix(kind)
        if kind not in self.meetings or not 1 <= int(number or 0) <= len(self.ordinals):
            return recorded
        return self.meetings[kind].format(ordinal=self.ordinals[int(number) - 1])

    def capitalised(self, text: str) -> str:
        """The same words at the start of a sentence."""
        return text[:1].upper() + text[1:]

    @abstractmethod
    def word(self, number: int, noun: Noun) -> str:
        """One to nine as a word."""

    @abstractmethod
    def with_noun(self, words: str, number: Number, noun: Noun) -> str:
        """A number other than zero with its noun in the form that it asks for."""

    @abstractmethod
    def none(self, noun: Noun) -> str:
        """Zero: “no State Party”, “none”."""

    @abstractmethod
    def some(self, noun: Noun) -> str:
        """A number of which nothing is known."""

    @abstractmethod
    def at_least(self, words: str) -> str:
        """A number that may be higher."""

    @abstractmethod
    def up_to(self, words: str) -> str:
        """A number that may be lower, down to none."""

    @abstractmethod
    def percentage(self, digits: str) -> str:
        """Digits as a percentage."""

    @abstractmethod
    def joined(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence."""


def to_the_whole(number: Number) -> Number:
    """A percentage without its decimals, half up; with them where 0 or 100 would not be true."""
    whole = Decimal(number).quantize(Decimal(1), ROUND_HALF_UP)
    return number if whole in (0, 100) and whole != number else int(whole)
