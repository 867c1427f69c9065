"""Letters as text, HTML and PDF: nothing that stands in a name breaks out of its place."""

from dataclasses import replace
from datetime import date
from email.utils import parseaddr
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from reports.letters.drafting import sender_of
from reports.letters.languages import LANGUAGES, language_for
from reports.letters.models import Letterhead, LetterSettings, LetterText
from reports.letters.rendering import Addressee, Content, Rendered, one_line, render
from tests.letters import given

CONTENT = Content(
    number="CCM/ISU/2011/7",
    language="en",
    dated_on=date(2011, 8, 20),
    state="Norway",
    state_formal="Kingdom of Norway",
    kind="annual",
    year=2010,
    paragraph=2,
    due_on=date(2011, 4, 30),
    in_force_on=date(2010, 8, 1),
    days_late=112,
    form_of_address="",
    recipient="the Permanent Mission of Norway",
    heading=("Permanent Mission of Norway",),
    addressees=(Addressee("to", "Permanent Mission of Norway", "nor@mission.example", 1),),
    sender='"Secretariat" <isu@ccm.example>',
    reply_to="",
)
LETTERHEAD = Letterhead(
    language="en",
    organization="Secretariat",
    address="Geneva\nSwitzerland",
    guide_url="https://ccm.example/guide",
    forms_url="https://ccm.example/forms",
    help_contact="the Secretariat",
)
WORDS = LetterText(
    language="en",
    subject="{report}: {state}",
    body="{form_of_address},\n\n{state} ({state_formal}), {rule}, {due_date}: {lateness}.\n"
    "{guide_url} and {forms_url}\n\n{recipient}",
)
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp; {state} {{ state }} "
    '{% now "Y" %} '
    '#panic("x") $x$ *b* `c` \\ <label> @ref // https://evil.example/'
)


class Elements(HTMLParser):
    """The elements of a page and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []
        self.links: list[str | None] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(
    content: Content = CONTENT, letterhead: Letterhead = LETTERHEAD, **words: str
) -> Rendered:
    text = LetterText(language="en", subject=WORDS.subject, body=WORDS.body)
    for name, value in words.items():
        setattr(text, name, value)
    return render(content, words=text, letterhead=letterhead, at=given.NOW)


def text_of(pdf: bytes) -> str:
    """The text of a PDF, on one line."""
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_text_html_and_pdf_say_the_same() -> None:
    letter = rendered()

    for words in (
        "CCM/ISU/2011/7",
        "20 August 2011",
        "Excellency,",
        "Norway (Kingdom of Norway), Article 7, paragraph 2, 30 April 2011: "
        "the report is 112 days overdue.",
        "https://ccm.example/guide and https://ccm.example/forms",
    ):
        assert words in letter.text
        assert words in Elements(letter.html).text
        assert words in text_of(letter.pdf)


def test_a_link_that_the_letterhead_does_not_name_costs_its_line_alone() -> None:
    letterhead = Letterhead(
        organization="Secretariat", forms_url="https://ccm.example/forms", help_contact="us"
    )
    body = "Guide: {guide_url}\nForms: {forms_url}\nHelp: {help_contact}."

    letter = rendered(letterhead=letterhead, body=body)

    for text in (letter.text, Elements(letter.html).text, text_of(letter.pdf)):
        assert "Guide" not in text
        assert "Forms: https://ccm.example/forms" in text
        assert "Help: us." in text


def test_what_is_written_twice_is_the_same_and_has_the_same_hash() -> None:
    assert rendered() == rendered()


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "Sweden"},
        {"sender": "other@ccm.example"},
        {"reply_to": "other@ccm.example"},
        {"addressees": (Addressee("to", "Permanent Mission of Norway", "other@x.example", 1),)},
        {"number": "CCM/ISU/2011/8"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_the_hash_covers_what_is_said_and_who_gets_it(changed: dict[str, Any]) -> None:
    assert rendered(replace(CONTENT, **changed)).sha256 != rendered().sha256


def test_markup_in_names_stays_text_everywhere() -> None:
    hostile = replace(
        CONTENT,
        state=HOSTILE,
        state_formal=HOSTILE,
        recipient=HOSTILE,
        form_of_address=HOSTILE,
        heading=(HOSTILE,),
        addressees=(*CONTENT.addressees, Addressee("cc", HOSTILE, "cc@x.example")),
        number=HOSTILE,
    )
    plain = Elements(rendered().html)

    letter = rendered(hostile)
    page = Elements(letter.html)

    # One copy has its line; otherwise the page is built of the same elements.
    assert sorted(set(page.names)) == sorted(set(plain.names))
    assert page.links == ["https://ccm.example/guide", "https://ccm.example/forms"]
    assert one_line(HOSTILE) in page.text
    assert HOSTILE in letter.text
    assert HOSTILE.replace(" ", "") in text_of(letter.pdf).replace(" ", "")


def test_a_name_with_line_ends_never_reaches_the_head_of_the_message() -> None:
    injected = "Norway\r\nBcc: everybody@example.org\r\n\r\nBody\u2028\u0000\u202e\u2066"

    letter = rendered(replace(CONTENT, state=injected))

    assert letter.subject == (
        "annual transparency report for 2010: Norway Bcc: everybody@example.org Body"
    )


@pytest.mark.parametrize(
    "name", ['Secretariat "CCM" <x@y.example>', "Sécrétariat, Genève", "A\r\nBcc: b@example.org"]
)
def test_the_senders_name_stays_a_name(name: str) -> None:
    sender = sender_of(LetterSettings(sender_name=name, sender_email="isu@ccm.example"), LETTERHEAD)

    assert parseaddr(sender) == (one_line(name), "isu@ccm.example")


def test_a_very_long_name_leaves_the_subject_short_and_the_letter_whole() -> None:
    name = "Long " * 1000

    letter = rendered(replace(CONTENT, state=name))

    assert len(letter.subject) == 300
    assert letter.text.count("Long") == 1000 + letter.subject.count("Long")
    assert len(PdfReader(BytesIO(letter.pdf)).pages) > 1


def test_an_arabic_letter_reads_from_right_to_left_with_arabic_letters() -> None:
    letter = rendered(replace(CONTENT, language="ar", state="النرويج"), body="{report} {lateness}")

    assert '<html lang="ar" dir="rtl">' in letter.html
    fonts = PdfReader(BytesIO(letter.pdf)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert any("Amiri" in fonts[key]["/BaseFont"] for key in fonts)
    assert letter.subject == "التقرير السنوي المتعلق بتدابير الشفافية عن عام 2010: النرويج"


@pytest.mark.parametrize(
    ("language", "day", "written"),
    [
        ("en", date(2011, 8, 1), "1 August 2011"),
        ("fr", date(2011, 8, 1), "1er août 2011"),
        ("fr", date(2011, 2, 20), "20 février 2011"),
        ("es", date(2011, 9, 16), "16 de septiembre de 2011"),
        ("ar", date(2011, 8, 20), "20 آب/أغسطس 2011"),
    ],
)
def test_dates_are_written_in_the_way_of_the_language(
    language: str, day: date, written: str
) -> None:
    assert LANGUAGES[language].day(day) == written


@pytest.mark.parametrize(
    ("language", "days", "words"),
    [
        ("en", -60, "60 days remain until the due date"),
        ("en", -1, "one day remains until the due date"),
        ("en", 0, "the report is due today"),
        ("en", 1, "the report is one day overdue"),
        ("en", 1260, "the report is 1,260 days overdue"),
        ("fr", -1, "il reste un jour avant l’échéance"),
        ("fr", 1, "le rapport est en retard d’un jour"),
        ("fr", 1260, "le rapport est en retard de 1\u202f260 jours"),
        ("es", -1, "falta un día para el vencimiento del plazo"),
        ("es", -14, "faltan 14 días para el vencimiento del plazo"),
        ("es", 30, "el informe lleva 30 días de retraso"),
        # The Arabic noun follows the last two digits.
        ("ar", 1, "المدة المنقضية منذ الموعد المحدد: يوم واحد"),
        ("ar", 2, "المدة المنقضية منذ الموعد المحدد: يومان"),
        ("ar", 7, "المدة المنقضية منذ الموعد المحدد: 7 أيام"),
        ("ar", 30, "المدة المنقضية منذ الموعد المحدد: 30 يوماً"),
        ("ar", 100, "المدة المنقضية منذ الموعد المحدد: 100 يوم"),
        ("ar", 105, "المدة المنقضية منذ الموعد المحدد: 105 أيام"),
        ("ar", -14, "المدة المتبقية حتى الموعد المحدد: 14 يوماً"),
    ],
)
def test_lateness_is_said_in_the_way_of_the_language(language: str, days: int, words: str) -> None:
    assert LANGUAGES[language].lateness(days) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("النرويج", "البعثة الدائمة للنرويج"),
        ("فرنسا", "البعثة الدائمة لفرنسا"),
        ("Norway", "البعثة الدائمة (Norway)"),
    ],
)
def test_a_mission_is_named_as_arabic_joins_names(name: str, words: str) -> None:
    assert LANGUAGES["ar"].mission(name) == words


def test_every_language_of_correspondence_has_its_words() -> None:
    assert set(LANGUAGES) == {"en", "fr", "es", "ar"}
    assert language_for(contact="", of_state="") == "en"
