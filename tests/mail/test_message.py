"""The message that leaves: what a standard library reads in it, and what cannot break out."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_portal.mail import Attachment, Mail, Mailbox, build
from ccm_portal.mail.message import one_line

SENDER = Mailbox("Implementation Support Unit", "isu@ccm.test")
PDF = Attachment("letter.pdf", "application/pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20)


def mail(
    *,
    name: str = "Permanent Mission",
    subject: str = "Initial report under Article 7",
    text: str = "Excellency,\n",
    language: str = "en",
) -> Mail:
    return Mail(
        message_id="1f3a@ccm.test",
        date=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        sender=SENDER,
        to=(Mailbox(name, "mission@state.test"),),
        copies=(Mailbox("", "focal.point@state.test"),),
        reply_to=Mailbox("", "answers@ccm.test"),
        subject=subject,
        language=language,
        text=text,
        html=f"<p>{text}</p>",
        attachments=(PDF,),
    )


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    text: str = found.get_content()
    return text


def test_a_message_has_text_html_and_pdf_and_the_headers_of_a_machine_that_writes() -> None:
    message = read(build(mail()))

    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert dict(message.items()) == {
        "From": "Implementation Support Unit <isu@ccm.test>",
        "To": "Permanent Mission <mission@state.test>",
        "Cc": "focal.point@state.test",
        "Reply-To": "answers@ccm.test",
        "Subject": "Initial report under Article 7",
        "Date": "Sun, 01 Mar 2026 09:30:00 +0000",
        "Message-ID": "<1f3a@ccm.test>",
        "Content-Language": "en",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "MIME-Version": "1.0",
        "Content-Type": message["Content-Type"],
    }
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("letter.pdf", PDF.content)


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert build(mail()) == build(mail())


def test_it_is_plain_ascii_in_short_lines_that_end_as_the_protocol_wants() -> None:
    content = build(mail(text="السيد السفير " * 400 + "\n.\nFrom here\n"))

    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 998


@pytest.mark.parametrize(
    "evil",
    [
        "Mission\r\nBcc: thief@evil.test",
        "Mission\nContent-Type: text/html\n\n<script>",
        "Mission\x00\x0bX\x0c",
        "Mission\u2028Bcc: thief@evil.test\u2029\x85",
        "Mission\u202etset.live@feiht\u202c",
        'Mission" <thief@evil.test>, "x',
        "Mission, thief@evil.test",
        "=?utf-8?q?Mission=0D=0ABcc=3A_thief=40evil.test?=",
        "<b>Mission</b>&amp;",
        "بعثة دائمة" * 20,
    ],
)
def test_nothing_breaks_out_of_a_header(evil: str) -> None:
    message = read(build(mail(name=evil, subject=evil)))

    assert message.keys() == read(build(mail())).keys()
    assert [address.addr_spec for address in message["To"].addresses] == ["mission@state.test"]
    assert len(message["Subject"].splitlines()) == 1


def test_an_arabic_letter_arrives_in_arabic() -> None:
    subject, text = "التقرير الأولي بموجب المادة 7", "صاحب السعادة،\nنتشرف\n"
    message = read(build(mail(name="البعثة الدائمة", subject=subject, text=text, language="ar")))

    assert message["Subject"] == subject
    assert message["To"].addresses[0].display_name == "البعثة الدائمة"
    assert part(message, "plain").splitlines() == text.splitlines()
    assert message["Content-Language"] == "ar"


@given(st.text(max_size=300))
def test_any_name_and_subject_stay_in_their_place(text: str) -> None:
    message = read(build(mail(name=text, subject=text)))

    assert message.keys() == read(build(mail())).keys()
    assert [address.addr_spec for address in message["To"].addresses] == ["mission@state.test"]
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize(
    "address",
    [
        *("", "mission", "@state.test", "mission@", "a b@state.test", "a@b@state.test"),
        *("mission@state.test\r\nRCPT TO:<thief@evil.test>", "<mission@state.test>"),
        *("a@state.test,b@state.test", "misión@state.test", "a@state..test", 'a"b@state.test'),
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address"):
        Mailbox("Mission", address)


def test_a_domain_of_another_script_is_told_to_the_server_in_ascii() -> None:
    assert Mailbox("", "info@bücher.test").envelope == "info@xn--bcher-kva.test"
