"""Arabic: four forms of a noun, and numerals of three to nine in the gender opposite to it.

A noun gives its forms for one, for two, for three to ten, and from eleven on; the number's last two
digits decide. After whole hundreds it stands in the singular.
"""

from collections.abc import Sequence

from .grammar import Grammar, Noun, Number

# With a feminine noun; with a masculine one they take the ending of the feminine.
_WITH_FEMININE = ("", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع")
_WITH_MASCULINE = ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة")
_EIGHT_ALONE = "ثمانٍ"


class Arabic(Grammar):
    """Modern Standard Arabic, with the digits 0 to 9 that the portal uses everywhere."""

    code = "ar"
    is_right_to_left = True
    decimal_mark = "٫"
    nouns = {
        "parties": Noun(("دولة طرف", "دولتان طرفان", "دول أطراف", "دولة طرفًا"), is_feminine=True),
        "signatories": Noun(
            ("دولة موقِّعة", "دولتان موقِّعتان", "دول موقِّعة", "دولة موقِّعة"), is_feminine=True
        ),
        "states": Noun(("دولة", "دولتان", "دول", "دولة"), is_feminine=True),
        "not party": Noun(
            ("دولة غير طرف", "دولتان غير طرفين", "دول غير أطراف", "دولة غير طرف"), is_feminine=True
        ),
    }
    words = {
        "unknown share": "نسبة غير معروفة",
        "party": "دولة طرف",
        "signatory": "دولة موقِّعة",
        "not_party": "دولة غير طرف",
        "organisation": "منظمة",
        "disputed": "محل خلاف",
        "open cases": "لم يُبت فيها: {names}.",
        "open list": "تركت الوثيقة القائمة مفتوحة.",
        "looked at": "المجموعة التي نُظر فيها: {set}.",
        "printed": "كما ورد في {document}؛ لا يمكن حسابه: {reason}.",
        "printed nowhere": "كما ورد؛ لا يمكن حسابه: {reason}.",
        "not named": "لم تُذكر بالاسم",
        "not public": "وثيقة غير منشورة",
        "submitted by": "مقدَّم من",
        "period": "الفترة",
        "from to": "من {first} ({since}) إلى {last} ({until})",
        "cut-off date": "تاريخ الإقفال",
        "edition": "الطبعة",
        "working edition": "طبعة عمل",
        "published edition": "الطبعة المنشورة رقم {number}",
        "picture of growth": "من {first} من الدول الأطراف في {since} إلى {last} في {day}",
        "picture of growth in words": (
            "خط متدرج: في {day}، {last} من الدول الأطراف، و{total} مع الدول الموقعة."
        ),
        "with signatories": "مع الدول الموقعة",
        "parties in a picture": "الدول الأطراف",
        "picture of reports": "حالة كل تقرير أولي حل موعده حتى {day}",
        "picture of reports in words": (
            "{groups}، من أصل {total} من التقارير الأولية التي حل موعدها."
        ),
        "report in_time": "في الموعد",
        "report received": "ورد، واليوم غير معروف",
        "report late": "ورد متأخراً",
        "report overdue": "لم يرد وفات موعده",
        "report not_known": "غير معروف",
        "report not_entered": "لم يدرج",
        "report not_due": "موعده ذلك اليوم",
    }
    ordinals = (
        "الأول",
        "الثاني",
        "الثالث",
        "الرابع",
        "الخامس",
        "السادس",
        "السابع",
        "الثامن",
        "التاسع",
        "العاشر",
        "الحادي عشر",
        "الثاني عشر",
        "الثالث عشر",
        "الرابع عشر",
        "الخامس عشر",
        "السادس عشر",
    )
    meetings = {
        "MSP": "الاجتماع {ordinal} للدول الأطراف",
        "RC": "المؤتمر الاستعراضي {ordinal}",
    }
    months = (
        "كانون الثاني/يناير",
        "شباط/فبراير",
        "آذار/مارس",
        "نيسان/أبريل",
        "أيار/مايو",
        "حزيران/يونيه",
        "تموز/يوليه",
        "آب/أغسطس",
        "أيلول/سبتمبر",
        "تشرين الأول/أكتوبر",
        "تشرين الثاني/نوفمبر",
        "كانون الأول/ديسمبر",
    )

    def word(self, number: int, noun: Noun) -> str:
        # What is counted without being named are states, and a state is feminine.
        is_feminine = noun.is_feminine or not noun.is_named
        if number == 8 and is_feminine and not noun.is_named:
            return _EIGHT_ALONE
        return (_WITH_FEMININE if is_feminine else _WITH_MASCULINE)[number]

    def with_noun(self, words: str, number: Number, noun: Noun) -> str:
        if number == 1:
            return f"{noun.form(0)} {words}"  # the noun first: دولة طرف واحدة
        if number == 2:
            return noun.form(1)  # the dual says “two” by itself
        return f"{words} {noun.form(_form_after(number))}"

    def none(self, noun: Noun) -> str:
        return f"لا {noun.form(0)}" if noun.is_named else "لا شيء"

    def some(self, noun: Noun) -> str:
        return f"عدد غير معروف من {noun.form(2)}" if noun.is_named else "عدد غير معروف"

    def at_least(self, words: str) -> str:
        # Put after: so the number keeps the case that it has in the sentence.
        return f"{words} على الأقل"

    def up_to(self, words: str) -> str:
        return f"{words} على الأكثر"

    def percentage(self, digits: str) -> str:
        return f"{digits} في المائة"

    def grouped(self, digits: str) -> str:
        return f"{int(digits):,}"

    def capitalised(self, text: str) -> str:
        return text

    def joined(self, names: Sequence[str]) -> str:
        return "، و".join(names)


def _form_after(number: Number) -> int:
    """Which form a number from three on asks for: few, many, or the singular of the rest."""
    if number != int(number):
        return 0
    rest = int(number) % 100
    if 3 <= rest <= 10:
        return 2
    return 3 if rest >= 11 else 0


ARABIC = Arabic()
