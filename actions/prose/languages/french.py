"""French: agreement in gender for one and none; the plural begins at two."""

from collections.abc import Sequence
from datetime import date

from .grammar import NO_BREAK_SPACE, Grammar, Noun, Number

_WORDS = ("", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_VOWELS = "aàâeéèêëiîïoôuùû"


class French(Grammar):
    """French."""

    code = "fr"
    nouns = {
        "parties": Noun(("État partie", "États parties")),
        "signatories": Noun(("État signataire", "États signataires")),
        "states": Noun(("État", "États")),
        "not party": Noun(("État non partie", "États non parties")),
    }
    words = {
        "unknown share": "une part inconnue",
        "party": "État partie",
        "signatory": "signataire",
        "not_party": "État non partie",
        "organisation": "organisation",
        "disputed": "contesté",
        "open cases": "Non déterminé : {names}.",
        "open list": "La source laisse la liste ouverte.",
        "looked at": "Ensemble examiné : {set}.",
        "printed": "Tel qu’imprimé dans {document} ; ne peut être calculé : {reason}.",
        "printed nowhere": "Tel qu’imprimé ; ne peut être calculé : {reason}.",
        "not named": "non nommés",
        "not public": "un document non public",
        "submitted by": "Présenté par",
        "period": "Période",
        "from to": "De la {first} ({since}) à la {last} ({until})",
        "cut-off date": "Date limite des informations",
        "edition": "Édition",
        "working edition": "Édition de travail",
        "published edition": "Édition publiée nº {number}",
        "picture of growth": "De {first} États parties le {since} à {last} le {day}",
        "picture of growth in words": (
            "Une ligne en escalier : le {day}, {last} États parties, et {total} "
            "avec les signataires."
        ),
        "with signatories": "avec les signataires",
        "parties in a picture": "États parties",
        "picture of reports": "État de chaque rapport initial échu au {day}",
        "picture of reports in words": "{groups}, sur {total} rapports initiaux échus.",
        "report in_time": "à temps",
        "report received": "reçu, jour inconnu",
        "report late": "reçu, en retard",
        "report overdue": "non reçu, échu",
        "report not_known": "non connu",
        "report not_entered": "non saisi",
        "report not_due": "échéance ce jour",
    }
    abbreviations = frozenset({"art", "al", "par", "p", "pp", "n", "cf", "ex", "m", "mm"})
    ordinals = (
        "première",
        "deuxième",
        "troisième",
        "quatrième",
        "cinquième",
        "sixième",
        "septième",
        "huitième",
        "neuvième",
        "dixième",
        "onzième",
        "douzième",
        "treizième",
        "quatorzième",
        "quinzième",
        "seizième",
    )
    meetings = {
        "MSP": "{ordinal} Assemblée des États parties",
        "RC": "{ordinal} Conférence d’examen",
    }
    months = (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    )

    def day(self, day: date) -> str:
        # The first of a month is the only ordinal among the days.
        number = "1er" if day.day == 1 else str(day.day)
        return f"{number} {self.month(day)}"

    def word(self, number: int, noun: Noun) -> str:
        return "une" if number == 1 and noun.is_feminine else _WORDS[number]

    def with_noun(self, words: str, number: Number, noun: Noun) -> str:
        return f"{words} {noun.form(1 if number >= 2 else 0)}"

    def none(self, noun: Noun) -> str:
        word = "aucune" if noun.is_feminine else "aucun"
        return f"{word} {noun.form(0)}" if noun.is_named else word

    def some(self, noun: Noun) -> str:
        if not noun.is_named:
            return "un nombre inconnu"
        plural = noun.form(1)
        return f"un nombre inconnu {'d’' if plural[:1].lower() in _VOWELS else 'de '}{plural}"

    def at_least(self, words: str) -> str:
        return f"au moins {words}"

    def up_to(self, words: str) -> str:
        return f"au plus {words}"

    def percentage(self, digits: str) -> str:
        return f"{digits}{NO_BREAK_SPACE}%"

    def joined(self, names: Sequence[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} et {names[-1]}"


FRENCH = French()
