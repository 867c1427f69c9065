"""Who gets which file, and what the answers say."""

import logging
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.views.static import serve
from pytest_django import Settings

from states.files.attaching import attach, replace
from states.files.serving import admin_address, public_address
from states.models import Document, DocumentFile
from tests.admin.records import user

from . import good
from .urls import HELD_BACK

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.files.urls")]

CANARY = "canary-of-a-document-that-is-not-public"


def attached(
    document: Document, by: User, *, name: str = "report.pdf", text: str = "report"
) -> DocumentFile:
    return attach(document=document, upload=ContentFile(good.pdf(text), name=name), by=by)


def show(document: Document, *, public: bool = True) -> None:
    Document.objects.filter(pk=document.pk).update(is_public=public)


@pytest.fixture
def file(document: Document, clerk: User) -> DocumentFile:
    """The file of a public document."""
    made = attached(document, clerk, name="Report 2012.pdf")
    show(document)
    return made


@pytest.fixture
def chief(client: Client) -> Client:
    """A browser in which somebody with every permission is signed in."""
    client.force_login(get_user_model().objects.create_superuser("chief"))
    return client


def body(response: object) -> bytes:
    return response.getvalue()  # type: ignore[attr-defined, no-any-return]


# The public address


def test_a_public_file_comes_as_a_download_that_no_browser_runs(
    file: DocumentFile, client: Client
) -> None:
    response = client.get(public_address(file))

    assert response.status_code == 200
    assert body(response) == good.pdf()
    headers = {name: value for name, value in response.headers.items() if name not in MIDDLEWARE}
    assert headers == {
        "Cache-Control": "public, max-age=60",
        "Content-Disposition": 'attachment; filename="Report 2012.pdf"',
        "Content-Length": str(len(good.pdf())),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Type": "application/pdf",
        "ETag": f'"{file.sha256}"',
        "X-Content-Type-Options": "nosniff",
    }


MIDDLEWARE = {
    "Content-Language",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "X-Request-ID",
    "Referrer-Policy",
    "Vary",
    "X-Frame-Options",
}
"""Headers that every answer has."""


def own_number_aside(answer: object) -> dict[str, str]:
    """The headers of an answer, but for the number that each request has to itself."""
    headers: dict[str, str] = dict(answer.headers)  # type: ignore[attr-defined]
    return {name: value for name, value in headers.items() if name != "X-Request-ID"}


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("report.pdf", 'attachment; filename="report.pdf"'),
        ("Rapport d’État.pdf", "attachment; filename*=utf-8''Rapport%20d%E2%80%99%C3%89tat.pdf"),
        ("تقرير.pdf", "attachment; filename*=utf-8''%D8%AA%D9%82%D8%B1%D9%8A%D8%B1.pdf"),
        ('a"; filename=evil.exe.pdf', 'attachment; filename="a_; filename=evil.exe.pdf"'),
        ("a;b=c%20d.pdf", 'attachment; filename="a;b=c%20d.pdf"'),
        ("a\r\nSet-Cookie: b.pdf", 'attachment; filename="a Set-Cookie_ b.pdf"'),
    ],
)
def test_the_name_of_a_download_is_written_as_the_standard_says(
    name: str, disposition: str, document: Document, clerk: User, client: Client
) -> None:
    file = attached(document, clerk, name=name)
    show(document)

    response = client.get(public_address(file))

    assert response["Content-Disposition"] == disposition
    response.close()


@pytest.mark.parametrize("content_type", good.ContentType)
def test_each_type_is_named_as_what_it_is(
    content_type: good.ContentType, document: Document, clerk: User, client: Client
) -> None:
    content = good.CONTENTS[content_type]()
    upload = ContentFile(content, name=f"report.{content_type.extension}")
    file = attach(document=document, upload=upload, by=clerk)
    show(document)

    response = client.get(public_address(file))

    assert (response["Content-Type"], body(response)) == (content_type.value, content)


def test_the_name_in_the_address_is_only_for_people(file: DocumentFile, client: Client) -> None:
    response = client.get(f"/files/{file.public_id}/evil.exe")

    assert response["Content-Disposition"] == 'attachment; filename="Report 2012.pdf"'
    response.close()


def test_head_says_the_same_without_the_content(file: DocumentFile, client: Client) -> None:
    got, asked = client.get(public_address(file)), client.head(public_address(file))

    assert (asked.status_code, asked.content) == (200, b"")
    assert own_number_aside(asked) == own_number_aside(got)
    got.close()


def test_who_has_the_file_already_is_told_so(file: DocumentFile, client: Client) -> None:
    address, etag = public_address(file), f'"{file.sha256}"'

    known = client.get(address, headers={"If-None-Match": etag})
    changed = client.get(address, headers={"If-None-Match": '"another"'})

    assert (known.status_code, known.content, known["ETag"]) == (304, b"", etag)
    assert known["Cache-Control"] == "public, max-age=60"
    assert (changed.status_code, body(changed)) == (200, good.pdf())


def test_a_file_is_only_read(file: DocumentFile, client: Client, chief: Client) -> None:
    for address in (public_address(file), admin_address(file)):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(chief, method)(address).status_code == 405


def test_nobody_is_looked_at_on_the_public_address(file: DocumentFile) -> None:
    visitor, signed_in = Client(), Client()
    signed_in.force_login(get_user_model().objects.create_superuser("chief"))

    answers = [client.get(public_address(file)) for client in (visitor, signed_in)]

    assert own_number_aside(answers[0]) == own_number_aside(answers[1])
    assert body(answers[0]) == body(answers[1])
    for answer in answers:
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


# What is not public


def test_everything_that_is_not_public_is_not_found_in_the_same_way(
    document: Document, clerk: User, chief: Client
) -> None:
    public, held_back = (
        Document.objects.create(code=code, title="Another", kind="report")
        for code in ("public", HELD_BACK)
    )
    hidden = attached(document, clerk)
    unpublished = attached(held_back, clerk)
    show(held_back)
    replaced = attached(public, clerk)
    attach_instead = ContentFile(good.pdf("second"), name="report.pdf")
    replace(file=replaced, upload=attach_instead, by=clerk)
    show(public)
    missing = [public_address(file) for file in (hidden, unpublished, replaced)]
    missing.append(f"/files/{uuid.uuid4()}/report.pdf")

    answers = [chief.get(address) for address in missing]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({str(own_number_aside(answer)) for answer in answers}) == 1
    # The page repeats its own address.
    pages = {
        answer.content.replace(address.encode(), b"")
        for address, answer in zip(missing, answers, strict=True)
    }
    assert len(pages) == 1


def test_a_document_that_is_no_longer_public_hides_its_file_at_once(
    file: DocumentFile, client: Client
) -> None:
    show(file.document, public=False)

    response = client.get(public_address(file), headers={"If-None-Match": f'"{file.sha256}"'})

    assert response.status_code == 404


def lose(path: Path) -> None:
    path.rename(path.with_suffix(".aside"))


def spoil(path: Path) -> None:
    lose(path)
    path.mkdir()


@pytest.mark.parametrize(
    ("breaking", "reason"),
    [(lose, "No such file or directory"), (spoil, "Is a directory")],
    ids=["missing", "unreadable"],
)
@pytest.mark.parametrize("address", [public_address, admin_address], ids=["public", "admin"])
def test_a_file_that_cannot_be_had_is_told_for_the_moment_and_to_the_log(
    file: DocumentFile,
    chief: Client,
    caplog: pytest.LogCaptureFixture,
    address: Callable[[DocumentFile], str],
    breaking: Callable[[Path], None],
    reason: str,
) -> None:
    breaking(Path(file.file.path))

    answers = [chief.get(address(file)), chief.head(address(file))]

    for answer in answers:
        assert answer.status_code == 503
        assert (answer["Retry-After"], answer["Cache-Control"]) == ("120", "no-store")
        assert "ETag" not in answer
        assert "Content-Disposition" not in answer
    assert "The file cannot be had now" in answers[0].content.decode()
    told = [record for record in caplog.records if record.name == "ccm_portal.file_store"]
    assert [record.levelno for record in told] == [logging.ERROR] * 2
    assert f"The file {file.file.name} cannot be read" in told[0].getMessage()
    assert reason in told[0].getMessage()


def test_no_cache_keeps_that_a_file_could_not_be_had(
    file: DocumentFile, client: Client, settings: Settings
) -> None:
    settings.PAGE_CACHE = True
    path = Path(file.file.path)
    spoil(path)
    before = client.get(public_address(file)).status_code
    path.rmdir()
    path.with_suffix(".aside").rename(path)

    response = client.get(public_address(file))

    assert (before, response.status_code, body(response)) == (503, 200, good.pdf())


def test_who_has_a_file_keeps_it_while_the_store_is_away(
    file: DocumentFile, client: Client
) -> None:
    spoil(Path(file.file.path))

    response = client.get(public_address(file), headers={"If-None-Match": f'"{file.sha256}"'})

    assert response.status_code == 304


@pytest.mark.parametrize("urls", ["tests.files.urls", "ccm_portal.urls"])
def test_no_public_route_reaches_a_file_of_a_document_that_is_not_public(
    urls: str, document: Document, clerk: User, chief: Client, settings: Settings
) -> None:
    settings.ROOT_URLCONF = urls
    file = attached(document, clerk, name=f"{CANARY}.pdf", text=CANARY)
    key = file.public_id
    guesses = [
        f"/files/{key}/{file.original_name}",
        f"/files/{key}/",
        f"/files/{key}",
        f"/files/{str(key).upper()}/{file.original_name}",
        f"/files/{key.hex}/{file.original_name}",
        f"/files/{file.pk}/{file.original_name}",
        f"/media/{file.file.name}",
        f"/static/{file.file.name}",
        f"/static/../media/{file.file.name}",
        f"/{file.file.name}",
        f"/var/media/{file.file.name}",
    ]

    for browser in (Client(), chief):
        for guess in guesses:
            response = browser.get(guess, follow=True)
            assert response.status_code == 404, guess
            assert CANARY.encode() not in response.content.replace(guess.encode(), b"")


def test_no_route_of_the_portal_serves_folders() -> None:
    assert serve not in set(_views(get_resolver("ccm_portal.urls")))


def _views(resolver: URLResolver) -> list[object]:
    found: list[object] = []
    for pattern in resolver.url_patterns:
        found += _views(pattern) if isinstance(pattern, URLResolver) else [pattern.callback]
    return found


# The admin's address


@pytest.mark.parametrize("role", ["Data entry", "Editor", "Auditor"])
def test_staff_get_any_file_under_the_admin(role: str, document: Document, client: Client) -> None:
    chief = get_user_model().objects.create_superuser("chief")
    first = attached(document, chief, text="first")
    replace(file=first, upload=ContentFile(good.pdf("second"), name="report.pdf"), by=chief)
    client.force_login(user(role))

    response = client.get(admin_address(first))

    assert (response.status_code, body(response)) == (200, good.pdf("first"))
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_who_is_not_signed_in_is_asked_to_whether_or_not_the_file_exists(
    file: DocumentFile, client: Client
) -> None:
    for address in (admin_address(file), f"/admin/files/{uuid.uuid4()}/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (
            302,
            f"/admin/login/?next={address}",
        )


def test_who_is_no_staff_is_asked_to_sign_in(file: DocumentFile, client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("visitor"))

    assert client.get(admin_address(file)).status_code == 302


def test_staff_who_may_not_view_documents_find_nothing(file: DocumentFile, client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("helper", is_staff=True))

    assert client.get(admin_address(file)).status_code == 404
    assert client.get(f"/admin/files/{uuid.uuid4()}/").status_code == 404


def test_an_unknown_file_is_not_found_under_the_admin(chief: Client) -> None:
    assert chief.get(f"/admin/files/{uuid.uuid4()}/").status_code == 404
