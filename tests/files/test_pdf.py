"""The process that reads a PDF: what ends it, and that nothing else ends."""

import logging
import time

import pytest
from django.core.files.base import ContentFile

from states.files import pdf, pdf_reading
from states.files.refusal import Code, Refused

from . import good, hostile_pdfs


def refusal(content: bytes) -> Code:
    with pytest.raises(Refused) as raised:
        pdf.examine(ContentFile(content))
    return raised.value.code


def test_the_words_of_the_reading_are_those_of_the_refusals() -> None:
    words = {
        pdf_reading.ACTIVE_CONTENT,
        pdf_reading.CARRIES_FILES,
        pdf_reading.DAMAGED,
        pdf_reading.PROTECTED,
        pdf_reading.TOO_DEMANDING,
    }

    assert {Code(word).value for word in words} == words
    assert pdf.ACCEPTED == pdf_reading.ACCEPTED


def test_a_pdf_that_takes_too_long_is_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 2)
    began = time.monotonic()

    assert refusal(hostile_pdfs.pdf_that_searches_forever()) == Code.TOO_DEMANDING
    assert time.monotonic() - began < 10


def test_a_reading_that_breaks_down_refuses_the_file_and_tells_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pdf, "READING", pdf.READING.with_name("missing.py"))

    with caplog.at_level(logging.WARNING):
        assert refusal(good.pdf()) == Code.TOO_DEMANDING

    assert [record.name for record in caplog.records] == ["states.files.pdf"]


def test_an_end_that_is_not_near_the_end_is_none() -> None:
    assert refusal(good.pdf() + b" " * 1024) == Code.DAMAGED
