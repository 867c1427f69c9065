"""English: words to nine, digits from ten, the singular for one alone."""

from collections.abc import Sequence

from .grammar import Grammar, Noun, Number

_WORDS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class English(Grammar):
    """English as the United Nations write it."""

    code = "en"
    decimal_mark = "."
    nouns = {
        "parties": Noun(("State Party", "States Parties")),
        "signatories": Noun(("signatory", "signatories")),
        "states": Noun(("state", "states")),
        "not party": Noun(("state not party", "states not party")),
    }
    words = {
        "unknown share": "an unknown share",
        "party": "State Party",
        "signatory": "signatory",
        "not_party": "state not party",
        "organisation": "organisation",
        "disputed": "disputed",
        "open cases": "Not determined: {names}.",
        "open list": "The source leaves the list open.",
        "looked at": "Looked at: {set}.",
        "printed": "As printed in {document}; cannot be computed: {reason}.",
        "printed nowhere": "As printed; cannot be computed: {reason}.",
        "not named": "not named",
        "not public": "a document that is not public",
        "submitted by": "Submitted by",
        "period": "Period",
        "from to": "From the {first} ({since}) to the {last} ({until})",
        "cut-off date": "Cut-off date",
        "edition": "Edition",
        "working edition": "Working edition",
        "published edition": "Published edition {number}",
        "picture of growth": "From {first} States Parties on {since} to {last} on {day}",
        "picture of growth in words": (
            "A line with steps: on {day}, {last} States Parties, and {total} with the signatories."
        ),
        "with signatories": "with signatories",
        "parties in a picture": "States Parties",
        "picture of reports": "How each initial report stood that had fallen due by {day}",
        "picture of reports in words": "{groups}, of {total} initial reports that had fallen due.",
        "report in_time": "in time",
        "report received": "in, day not known",
        "report late": "in, late",
        "report overdue": "overdue",
        "report not_known": "not known",
        "report not_entered": "not entered",
        "report not_due": "due that day",
    }
    abbreviations = frozenset(
        {"art", "arts", "no", "nos", "para", "paras", "p", "pp", "e.g", "i.e", "i.a", "cf", "vs"}
    )
    months = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )

    def word(self, number: int, noun: Noun) -> str:
        return _WORDS[number]

    def with_noun(self, words: str, number: Number, noun: Noun) -> str:
        return f"{words} {noun.form(0 if number == 1 else 1)}"

    def none(self, noun: Noun) -> str:
        return f"no {noun.form(0)}" if noun.is_named else "none"

    def some(self, noun: Noun) -> str:
        return f"an unknown number of {noun.form(1)}" if noun.is_named else "an unknown number"

    def at_least(self, words: str) -> str:
        return f"at least {words}"

    def up_to(self, words: str) -> str:
        return f"up to {words}"

    def percentage(self, digits: str) -> str:
        return f"{digits} per cent"

    def grouped(self, digits: str) -> str:
        return f"{int(digits):,}"

    def joined(self, names: Sequence[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} and {names[-1]}"


ENGLISH = English()
