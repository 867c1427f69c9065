"""Settings come from the environment, and a wrong one is refused in a sentence."""

import re
import sys
from datetime import date

import pytest
from pytest_django.fixtures import Settings

from ccm_portal.checks import portal_date_is_not_used_with_real_mail

from .conftest import ROOT, Installation

INSTALLED = {
    "HTTPS": "on",
    "ALLOWED_HOSTS": "portal.example.org",
    "EMAIL_URL": "smtp://mail.example.org:25",
}


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "change-me"}, "SECRET_KEY"),
        ({"PORTAL_DATE": "2011-13-45"}, "PORTAL_DATE"),
        ({"PORTAL_DATE": "yesterday"}, "PORTAL_DATE"),
    ],
)
@pytest.mark.parametrize("command", ["check", "migrate", "serve", "status"])
def test_a_wrong_setting_stops_every_command_with_a_sentence_that_names_it(
    installation: Installation, command: str, variables: dict[str, str], named: str
) -> None:
    answer = installation.manage(command, **variables)

    assert answer.returncode == 1
    assert answer.stdout == ""
    assert re.fullmatch(rf"The portal cannot start\. {named} is [^\n]+\.\n", answer.stderr)


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        ({"EMAIL_URL": "nonsense"}, "EMAIL_URL"),
        ({"HTTPS": "maybe"}, "HTTPS"),
        ({"DEBUG": "yes please"}, "DEBUG"),
        ({"ENV_FILE": "no/such/file"}, "ENV_FILE"),
    ],
)
def test_what_is_not_understood_is_refused_rather_than_taken_for_off(
    installation: Installation, variables: dict[str, str], named: str
) -> None:
    answer = installation.manage("check", **variables)

    assert answer.returncode == 1
    assert re.fullmatch(rf"The portal cannot start\. {named} [^\n]+\.\n", answer.stderr)


def test_an_empty_variable_counts_as_not_set(installation: Installation) -> None:
    answer = installation.manage("check", DATABASE_URL="", REDIS_URL="", EMAIL_URL="", HTTPS="")

    assert (answer.returncode, answer.stderr) == (0, "")


def test_with_debug_on_no_secret_is_needed(installation: Installation) -> None:
    answer = installation.manage("check", DEBUG="on", SECRET_KEY="")

    assert (answer.returncode, answer.stderr) == (0, "")


def test_the_web_server_refuses_to_start_without_a_secret(installation: Installation) -> None:
    answer = installation.run(
        *(sys.executable, "-m", "gunicorn"),
        *("--config", "python:ccm_portal.web_server", "ccm_portal.wsgi"),
        SECRET_KEY="",
    )

    assert answer.returncode == 1
    assert re.fullmatch(r"The portal cannot start\. SECRET_KEY is [^\n]+\.\n", answer.stderr)


def test_a_new_database_is_told_apart_from_a_broken_one(installation: Installation) -> None:
    answer = installation.manage("clearsessions")

    assert answer.returncode == 1
    assert answer.stderr == (
        "The database cannot answer (no such table: django_session): if it is new, run `make run` "
        "or `python manage.py migrate` first; --traceback shows more.\n"
    )


def test_the_settings_of_an_installation_pass_the_deployment_check(
    installation: Installation,
) -> None:
    answer = installation.manage("check", "--deploy", "--fail-level", "WARNING", **INSTALLED)

    assert answer.stderr == ""
    assert answer.stdout == "System check identified no issues (0 silenced).\n"


def test_the_deployment_check_refuses_a_shown_date_beside_real_mail(
    installation: Installation,
) -> None:
    answer = installation.manage("check", "--deploy", PORTAL_DATE="2011-08-20", **INSTALLED)

    assert answer.returncode == 1
    assert answer.stderr == (
        "SystemCheckError: System check identified some issues:\n\nERRORS:\n"
        "?: (ccm_portal.E001) PORTAL_DATE is 2011-08-20 while EMAIL_URL names a real mail server.\n"
        "\tHINT: Leave PORTAL_DATE out where mail is sent, or leave EMAIL_URL out to try a date.\n"
        "\nSystem check identified 1 issue (0 silenced).\n"
    )


def test_a_shown_date_beside_real_mail_is_no_error_outside_an_installation(
    installation: Installation,
) -> None:
    answer = installation.manage("check", PORTAL_DATE="2011-08-20", **INSTALLED)

    assert answer.returncode == 0


@pytest.mark.parametrize(
    ("portal_date", "backend", "refused"),
    [
        (date(2011, 8, 20), "smtp", ["ccm_portal.E001"]),
        (date(2011, 8, 20), "filebased", []),
        (None, "smtp", []),
        (None, "filebased", []),
    ],
)
def test_either_a_shown_date_or_real_mail_is_accepted(
    settings: Settings, portal_date: date | None, backend: str, refused: list[str]
) -> None:
    settings.PORTAL_DATE = portal_date
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"

    assert [error.id for error in portal_date_is_not_used_with_real_mail(None)] == refused


def test_the_example_explains_every_variable() -> None:
    code = "".join(
        (ROOT / "ccm_portal" / name).read_text()
        for name in ("settings.py", "environment.py", "web_server.py")
    )
    read = set(re.findall(r"""env(?:iron(?:ment)?)?(?:\.\w+)?\(\s*["']([A-Z_]+)["']""", code))
    example = (ROOT / ".env.example").read_text()
    explained = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))

    assert explained == read
