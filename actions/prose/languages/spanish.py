"""Spanish: agreement in gender, shortened forms before a noun, “e” before the sound of i."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from .grammar import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE, Grammar, Noun, Number

_WORDS = ("", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
_SOUND_OF_I = re.compile(r"^h?i(?![aeou])", re.IGNORECASE)


class Spanish(Grammar):
    """Spanish."""

    code = "es"
    nouns = {
        "parties": Noun(("Estado parte", "Estados partes")),
        "signatories": Noun(("Estado signatario", "Estados signatarios")),
        "states": Noun(("Estado", "Estados")),
        "not party": Noun(("Estado no parte", "Estados no partes")),
    }
    words = {
        "unknown share": "una proporción desconocida",
        "party": "Estado parte",
        "signatory": "signatario",
        "not_party": "Estado no parte",
        "organisation": "organización",
        "disputed": "controvertido",
        "open cases": "Sin determinar: {names}.",
        "open list": "La fuente deja la lista abierta.",
        "looked at": "Conjunto examinado: {set}.",
        "printed": "Según lo impreso en {document}; no puede calcularse: {reason}.",
        "printed nowhere": "Según lo impreso; no puede calcularse: {reason}.",
        "not named": "no se nombran",
        "not public": "un documento no público",
        "submitted by": "Presentado por",
        "period": "Período",
        "from to": "De la {first} ({since}) a la {last} ({until})",
        "cut-off date": "Fecha de cierre",
        "edition": "Edición",
        "working edition": "Edición de trabajo",
        "published edition": "Edición publicada núm. {number}",
        "picture of growth": "De {first} Estados partes el {since} a {last} el {day}",
        "picture of growth in words": (
            "Una línea escalonada: el {day}, {last} Estados partes, y {total} con los signatarios."
        ),
        "with signatories": "con los signatarios",
        "parties in a picture": "Estados partes",
        "picture of reports": "Situación de cada informe inicial vencido al {day}",
        "picture of reports in words": "{groups}, de {total} informes iniciales vencidos.",
        "report in_time": "a tiempo",
        "report received": "recibido, día desconocido",
        "report late": "recibido, con retraso",
        "report overdue": "no recibido, vencido",
        "report not_known": "no se sabe",
        "report not_entered": "no registrado",
        "report not_due": "vence ese día",
    }
    abbreviations = frozenset({"art", "arts", "párr", "párrs", "pág", "págs", "núm", "ej", "cf"})
    ordinals = (
        "Primera",
        "Segunda",
        "Tercera",
        "Cuarta",
        "Quinta",
        "Sexta",
        "Séptima",
        "Octava",
        "Novena",
        "Décima",
        "Undécima",
        "Duodécima",
        "Decimotercera",
        "Decimocuarta",
        "Decimoquinta",
        "Decimosexta",
    )
    meetings = {
        "MSP": "{ordinal} Reunión de los Estados Partes",
        "RC": "{ordinal} Conferencia de Examen",
    }
    months = (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    )

    def word(self, number: int, noun: Noun) -> str:
        if number != 1:
            return _WORDS[number]
        if noun.is_feminine:
            return "una"
        return "un" if noun.is_named else "uno"

    def with_noun(self, words: str, number: Number, noun: Noun) -> str:
        return f"{words} {noun.form(0 if number == 1 else 1)}"

    def none(self, noun: Noun) -> str:
        if not noun.is_named:
            return "ninguna" if noun.is_feminine else "ninguno"
        return f"{'ninguna' if noun.is_feminine else 'ningún'} {noun.form(0)}"

    def some(self, noun: Noun) -> str:
        return "un número desconocido" + (f" de {noun.form(1)}" if noun.is_named else "")

    def at_least(self, words: str) -> str:
        return f"al menos {words}"

    def up_to(self, words: str) -> str:
        return f"como máximo {words}"

    def percentage(self, digits: str) -> str:
        return f"{digits}{NO_BREAK_SPACE}%"

    def grouped(self, digits: str) -> str:
        # Four digits stand together.
        return digits if len(digits) < 5 else f"{int(digits):,}".replace(",", NARROW_NO_BREAK_SPACE)

    def day(self, day: date) -> str:
        return f"{day.day} de {self.month(day)}"

    def month(self, day: date) -> str:
        return f"{self.months[day.month - 1]} de {day.year}"

    def joined(self, names: Sequence[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        conjunction = "e" if _SOUND_OF_I.match(_plain(names[-1])) else "y"
        return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def _plain(text: str) -> str:
    """The letters without their accents."""
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(character)
    )


SPANISH = Spanish()
