"""From a late report to the mail that arrives: what was previewed is what its reader gets."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from reports.letters.sending.handing_over import send
from reports.models import Letter
from states.models import Contact
from tests.admin import records
from tests.letters import given
from tests.mail.server import MailServer

pytestmark = pytest.mark.django_db

NOW = datetime(2011, 5, 10, 9, tzinfo=UTC)
HOSTILE = (
    'Mission <b>of</b> "Norway"\r\nBcc: thief@evil.example\r\n\r\n'
    '<script>alert(1)</script> #panic("x")'
)


def page(name: str, letter: Letter) -> str:
    return reverse(f"admin:reports_letter_{name}", args=[letter.pk])


def text_of(pdf: bytes) -> str:
    return "".join("".join(part.extract_text().split()) for part in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@time_machine.travel(NOW, tick=False)
def test_what_was_previewed_arrives_as_text_html_and_pdf(
    mail_server: MailServer, language: str
) -> None:
    given.office()
    norway = given.owing(language=language)
    Contact.objects.filter(state=norway).update(name=HOSTILE)
    given.day_of_work(date(2011, 5, 10))
    letter = Letter.objects.get()
    editor = Client()
    editor.force_login(records.user("Editor"))
    preview = editor.get(page("html", letter)).content.decode()
    pdf = editor.get(page("pdf", letter)).content

    editor.post(
        reverse("admin:reports_letter_approve"), {"letter": [f"{letter.pk}:{letter.sha256}"]}
    )
    assert send(letter_ids=[letter.pk], clock=lambda: NOW).sent == (letter.pk,)

    (taken,) = mail_server.taken
    assert taken.recipients == ("nor@mission.example",)
    message = taken.message
    assert message.defects == []
    assert [name for name in message if name.lower() in {"bcc", "cc"}] == []
    assert message["Content-Language"] == language
    parts = [part for part in message.walk() if not part.is_multipart()]
    assert [part.defects for part in parts] == [[], [], []]
    text, html, attached = (part.get_content() for part in parts)
    assert text.split() == letter.text.split()
    assert html.split() == preview.split()
    assert attached == pdf
    assert "<script" not in html
    if language != "ar":  # a PDF gives the letters of Arabic in the order in which they are drawn
        said = text_of(attached)
        assert all(word in said for word in letter.subject.split())
        assert "".join(letter.number.split()) in said
    assert ('dir="rtl"' in html) == (language == "ar")
