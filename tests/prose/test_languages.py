"""The grammar of figures: tables of cases for each language."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.prose.languages import GRAMMARS, Amount, Noun, grammar

EN, FR, ES, AR = (grammar(code) for code in ("en", "fr", "es", "ar"))
BARE = Noun()
PARTIES = "parties"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "no State Party"),
        (1, "one State Party"),
        (2, "two States Parties"),
        (9, "nine States Parties"),
        (10, "10 States Parties"),
        (60, "60 States Parties"),
    ],
)
def test_english_counts_with_a_noun(number: int, words: str) -> None:
    assert EN.counted(Amount.exactly(number), EN.nouns[PARTIES]) == words


@pytest.mark.parametrize(
    ("number", "most", "words"),
    [
        (0, 0, "none"),
        (3, 3, "three"),
        (7, 9, "at least seven"),
        (7, None, "at least seven"),
        (0, 3, "up to three"),
        (0, None, "an unknown number"),
        (64448458, 64448458, "64,448,458"),
        (Decimal("1234.50"), Decimal("1234.50"), "1,234.5"),
    ],
)
def test_english_numbers_alone(number: int, most: int | None, words: str) -> None:
    assert EN.counted(Amount(number, most), BARE) == words


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (0, FR.nouns[PARTIES], "aucun État partie"),
        (0, Noun(("sous-munition", "sous-munitions"), True), "aucune sous-munition"),
        (1, FR.nouns[PARTIES], "un État partie"),
        (1, Noun(("sous-munition", "sous-munitions"), True), "une sous-munition"),
        (1, Noun(is_feminine=True), "une"),
        (Decimal("1.5"), Noun(("tonne", "tonnes"), True), "1,5 tonne"),
        (2, FR.nouns[PARTIES], "deux États parties"),
        (10, FR.nouns["signatories"], "10 États signataires"),
        (64448458, BARE, "64\u202f448\u202f458"),
    ],
)
def test_french_agrees_in_gender_and_begins_the_plural_at_two(
    number: int, noun: Noun, words: str
) -> None:
    assert FR.counted(Amount.exactly(number), noun) == words


def test_french_elides_before_a_vowel() -> None:
    assert FR.counted(Amount(0, None), FR.nouns[PARTIES]) == "un nombre inconnu d’États parties"
    assert FR.counted(Amount(0, None), Noun(("pays", "pays"))) == "un nombre inconnu de pays"


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (0, ES.nouns[PARTIES], "ningún Estado parte"),
        (0, Noun(("submunición", "submuniciones"), True), "ninguna submunición"),
        (0, BARE, "ninguno"),
        (1, ES.nouns[PARTIES], "un Estado parte"),
        (1, BARE, "uno"),
        (1, Noun(is_feminine=True), "una"),
        (3, ES.nouns[PARTIES], "tres Estados partes"),
        (1234, BARE, "1234"),
        (12345, BARE, "12\u202f345"),
    ],
)
def test_spanish_shortens_before_a_noun(number: int, noun: Noun, words: str) -> None:
    assert ES.counted(Amount.exactly(number), noun) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["España", "Irlanda"], "España e Irlanda"),
        (["España", "Hungría"], "España y Hungría"),
        (["España", "Islas Cook"], "España e Islas Cook"),
        (["Cuba", "Hielo"], "Cuba y Hielo"),
        (["Chile", "Perú", "Italia"], "Chile, Perú e Italia"),
    ],
)
def test_spanish_says_e_before_the_sound_of_i(names: list[str], words: str) -> None:
    assert ES.joined(names) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "لا دولة طرف"),
        (1, "دولة طرف واحدة"),
        (2, "دولتان طرفان"),
        (3, "ثلاث دول أطراف"),
        (8, "ثماني دول أطراف"),
        (10, "10 دول أطراف"),
        (11, "11 دولة طرفًا"),
        (99, "99 دولة طرفًا"),
        (100, "100 دولة طرف"),
        (103, "103 دول أطراف"),
        (111, "111 دولة طرفًا"),
    ],
)
def test_arabic_chooses_the_form_by_the_number(number: int, words: str) -> None:
    assert AR.counted(Amount.exactly(number), AR.nouns[PARTIES]) == words


def test_arabic_numerals_take_the_gender_opposite_to_their_noun() -> None:
    masculine = Noun(("تقرير", "تقريران", "تقارير", "تقريرًا"))

    assert AR.counted(Amount.exactly(5), masculine) == "خمسة تقارير"
    assert AR.counted(Amount.exactly(5), AR.nouns["states"]) == "خمس دول"
    assert AR.counted(Amount.exactly(1), masculine) == "تقرير واحد"
    assert AR.counted(Amount(4, None), masculine) == "أربعة تقارير على الأقل"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ("30 per cent", "at least 30 per cent", "20 August 2011", "November 2010")),
        ("fr", ("30\u00a0%", "au moins 30\u00a0%", "20 août 2011", "novembre 2010")),
        ("es", ("30\u00a0%", "al menos 30\u00a0%", "20 de agosto de 2011", "noviembre de 2010")),
        (
            "ar",
            (
                "30 في المائة",
                "30 في المائة على الأقل",
                "20 آب/أغسطس 2011",
                "تشرين الثاني/نوفمبر 2010",
            ),
        ),
    ],
)
def test_percentages_and_dates(code: str, words: tuple[str, ...]) -> None:
    rules = grammar(code)

    assert (
        rules.percent(Amount.exactly(Decimal("30.4"))),
        rules.percent(Amount(Decimal("30.4"), Decimal("33.1"))),
        rules.day(date(2011, 8, 20)),
        rules.month(date(2010, 11, 9)),
    ) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("99.6", "99.6 per cent"),
        ("0.4", "0.4 per cent"),
        ("99.4", "99 per cent"),
        ("100", "100 per cent"),
        ("0", "0 per cent"),
        ("-5.2", "−5 per cent"),
    ],
)
def test_no_percentage_is_rounded_to_all_or_nothing(number: str, words: str) -> None:
    assert EN.percent(Amount.exactly(Decimal(number))) == words


def test_the_first_of_a_month_in_french() -> None:
    assert FR.day(date(2010, 8, 1)) == "1er août 2010"


@given(st.sampled_from(sorted(GRAMMARS)), st.integers(0, 10**9))
def test_every_language_writes_every_number_with_every_noun(code: str, number: int) -> None:
    rules = grammar(code)
    for noun in (*rules.nouns.values(), BARE, Noun(is_feminine=True)):
        text = rules.counted(Amount.exactly(number), noun)
        assert text == text.strip() != ""


def test_every_language_has_every_word_noun_and_month() -> None:
    for rules in GRAMMARS.values():
        assert set(rules.words) == set(EN.words)
        assert set(rules.nouns) == set(EN.nouns)
        assert len(rules.months) == 12
        for key, text in rules.words.items():
            filled = {"names", "set", "document", "reason"}
            assert {name for name in filled if f"{{{name}}}" in text} == {
                name for name in filled if f"{{{name}}}" in EN.words[key]
            }


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_every_language_has_the_words_that_english_has(code: str) -> None:
    assert set(grammar(code).words) == set(EN.words)


@pytest.mark.parametrize(
    ("code", "meeting", "name"),
    [
        ("en", "2MSP", "Second Meeting of States Parties"),
        ("fr", "2MSP", "deuxième Assemblée des États parties"),
        ("es", "13MSP", "Decimotercera Reunión de los Estados Partes"),
        ("ar", "1MSP", "الاجتماع الأول للدول الأطراف"),
        ("fr", "3RC", "troisième Conférence d’examen"),
        ("fr", "40MSP", "as recorded"),
        ("fr", "special", "as recorded"),
        ("fr", "0MSP", "as recorded"),
    ],
)
def test_meetings_have_the_name_of_the_language(code: str, meeting: str, name: str) -> None:
    recorded = name if code == "en" else "as recorded"

    assert grammar(code).meeting(meeting, recorded) == name
