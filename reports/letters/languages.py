"""The words of a letter that depend on its language: dates, lateness, report, rule, recipient.

Letters are written in the language of correspondence of their reader, whatever the language of the
page from which they are looked at, and their words are sent out: so they stand here, one class a
language, and not in the catalogue of the pages' translations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from reports.deadlines import Kind

FALLBACK = "en"


@dataclass(frozen=True)
class English:
    """English; the base of the others and the fallback."""

    code: str = "en"
    direction: str = "ltr"
    address: str = "Excellency"
    number_label: str = "Ref."
    copies_label: str = "Copy:"

    def day(self, day: date) -> str:
        """A day as letters write it: “20 August 2011”."""
        return f"{day.day} {_MONTHS[self.code][day.month - 1]} {day.year}"

    def number(self, number: int) -> str:
        return f"{number:,}"

    def report(self, kind: str, year: int | None) -> str:
        """The report that is owed, without an article."""
        if kind == Kind.INITIAL:
            return "initial transparency report"
        return f"annual transparency report for {year}"

    def rule(self, paragraph: int) -> str:
        """The paragraph of Article 7 that asks for it."""
        return f"Article 7, paragraph {paragraph}"

    def lateness(self, days: int) -> str:
        """A clause; `days` is negative before the due date."""
        if days == 0:
            return "the report is due today"
        if days < 0:
            left = "one day remains" if days == -1 else f"{self.number(-days)} days remain"
            return f"{left} until the due date"
        count = "one day" if days == 1 else f"{self.number(days)} days"
        return f"the report is {count} overdue"

    def mission(self, state: str) -> str:
        """A permanent mission, as it stands in a sentence."""
        return f"the Permanent Mission of {state}"

    def mission_heading(self, state: str) -> str:
        """A permanent mission without a name of its own, as it stands in an address."""
        return f"Permanent Mission of {state}"


class French(English):
    """French. Names of states stand apart from prepositions, which would need their article."""

    def day(self, day: date) -> str:
        ordinal = "1er" if day.day == 1 else str(day.day)
        return f"{ordinal} {_MONTHS['fr'][day.month - 1]} {day.year}"

    def number(self, number: int) -> str:
        return f"{number:,}".replace(",", "\u202f")

    def report(self, kind: str, year: int | None) -> str:
        if kind == Kind.INITIAL:
            return "rapport initial de transparence"
        return f"rapport annuel de transparence pour {year}"

    def rule(self, paragraph: int) -> str:
        return f"paragraphe {paragraph} de l’article 7"

    def lateness(self, days: int) -> str:
        if days == 0:
            return "le rapport est attendu ce jour"
        count = "un jour" if abs(days) == 1 else f"{self.number(abs(days))} jours"
        if days < 0:
            return f"il reste {count} avant l’échéance"
        return f"le rapport est en retard {'d’' if days == 1 else 'de '}{count}"

    def mission(self, state: str) -> str:
        return f"la Mission permanente ({state})"

    def mission_heading(self, state: str) -> str:
        return f"Mission permanente – {state}"


class Spanish(English):
    """Spanish."""

    def day(self, day: date) -> str:
        return f"{day.day} de {_MONTHS['es'][day.month - 1]} de {day.year}"

    def number(self, number: int) -> str:
        return f"{number:,}".replace(",", ".")

    def report(self, kind: str, year: int | None) -> str:
        if kind == Kind.INITIAL:
            return "informe inicial de transparencia"
        return f"informe anual de transparencia correspondiente a {year}"

    def rule(self, paragraph: int) -> str:
        return f"párrafo {paragraph} del artículo 7"

    def lateness(self, days: int) -> str:
        if days == 0:
            return "el plazo vence hoy"
        count = "un día" if abs(days) == 1 else f"{self.number(abs(days))} días"
        if days < 0:
            return f"{'falta' if days == -1 else 'faltan'} {count} para el vencimiento del plazo"
        return f"el informe lleva {count} de retraso"

    def mission(self, state: str) -> str:
        return f"la Misión Permanente de {state}"

    def mission_heading(self, state: str) -> str:
        return f"Misión Permanente de {state}"


class Arabic(English):
    """Arabic, with both names of each month, as in documents of the United Nations."""

    def number(self, number: int) -> str:
        return str(number)

    def report(self, kind: str, year: int | None) -> str:
        if kind == Kind.INITIAL:
            return "التقرير الأولي المتعلق بتدابير الشفافية"
        return f"التقرير السنوي المتعلق بتدابير الشفافية عن عام {year}"

    def rule(self, paragraph: int) -> str:
        return f"الفقرة {paragraph} من المادة 7"

    def lateness(self, days: int) -> str:
        if days == 0:
            return "يحل اليوم الموعد المحدد لتقديم التقرير"
        if days < 0:
            return f"المدة المتبقية حتى الموعد المحدد: {_arabic_days(-days)}"
        return f"المدة المنقضية منذ الموعد المحدد: {_arabic_days(days)}"

    def mission(self, state: str) -> str:
        return f"البعثة الدائمة {_arabic_of(state)}"

    def mission_heading(self, state: str) -> str:
        return self.mission(state)


_MONTHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            "January", "February", "March", "April", "May", "June", "July",
            "August", "September", "October", "November", "December",
        ),
        "fr": (
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
            "août", "septembre", "octobre", "novembre", "décembre",
        ),
        "es": (
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
            "agosto", "septiembre", "octubre", "noviembre", "diciembre",
        ),
        "ar": (
            "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو",
            "حزيران/يونيه", "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر",
            "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
        ),
    }
)  # fmt: skip

LANGUAGES: Mapping[str, English] = MappingProxyType(
    {
        "en": English(),
        "fr": French(
            code="fr",
            address="Excellence",
            number_label="Réf.",
            copies_label="Copie\N{NO-BREAK SPACE}:",
        ),
        "es": Spanish(code="es", address="Excelencia", number_label="Ref.", copies_label="Copia:"),
        "ar": Arabic(
            code="ar",
            direction="rtl",
            address="صاحب السعادة",
            number_label="المرجع",
            copies_label="نسخة إلى:",
        ),
    }
)


def language_for(*, contact: str, of_state: str) -> str:
    """The language of a letter: the contact's, else the first of the state's, else English.

    `of_state` are the state's languages of correspondence, such as `fr;ar`.
    """
    for code in (contact, *of_state.split(";")):
        if code in LANGUAGES:
            return code
    return FALLBACK


def _arabic_days(days: int) -> str:
    """A number of days; the noun follows the last two digits of the number."""
    if days == 1:
        return "يوم واحد"
    if days == 2:
        return "يومان"
    rest = days % 100
    if 3 <= rest <= 10:
        return f"{days} أيام"
    return f"{days} يوماً" if rest >= 11 else f"{days} يوم"


def _arabic_of(name: str) -> str:
    """“of” before the name of a state: it joins an Arabic name, and its article if it has one."""
    if not "\u0600" <= name[:1] <= "\u06ff":
        return f"({name})"
    return f"لل{name.removeprefix('ال')}" if name.startswith("ال") else f"ل{name}"
