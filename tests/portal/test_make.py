"""What `make` does before Python has anything of the portal: environment, settings, sentences."""

import shutil
import sys
from pathlib import Path

import pytest

from .conftest import ROOT, Installation

MAKE = shutil.which("make") or "make"
WITHOUT_VENV = """#!/bin/sh
case "$2" in *venv*) exit 1;; esac
exec {python} "$@"
"""


def put_program(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(text)
    program.chmod(0o755)


def test_make_alone_lists_the_commands(installation: Installation) -> None:
    answer = installation.run(MAKE)

    assert answer.returncode == 0
    commands = [line.split()[1] for line in answer.stdout.splitlines() if line.startswith("make")]
    assert commands == [
        *("run", "test", "test-services", "bench", "backup", "restore", "faults"),
        *("check", "format", "pins"),
    ]
    assert not (installation.folder / ".venv").exists()


@pytest.mark.parametrize("command", ["run", "test"])
def test_without_a_fitting_python_one_sentence_says_which_is_needed(
    installation: Installation, command: str
) -> None:
    programs = installation.folder / "programs"
    put_program(programs, "python3", "#!/bin/sh\necho a stack trace >&2\nexit 1\n")

    answer = installation.run(MAKE, command, PATH=str(programs))

    assert answer.returncode == 2
    assert answer.stdout == (
        "The portal needs Python 3.11, 3.12 or 3.13, and none was found: install one, or name it "
        "with PYTHON=/path/to/python.\n"
    )
    assert "stack trace" not in answer.stderr


def test_without_the_venv_module_one_sentence_says_what_to_install(
    installation: Installation,
) -> None:
    programs = installation.folder / "programs"
    put_program(programs, "python3", WITHOUT_VENV.format(python=sys.executable))

    answer = installation.run(MAKE, "run", PATH=str(programs))

    assert answer.returncode == 2
    assert answer.stdout == (
        "python3 has no venv module: install it (on Debian and Ubuntu, the package python3-venv), "
        "then try again.\n"
    )


def test_an_environment_of_a_wrong_python_is_refused(installation: Installation) -> None:
    programs = installation.folder / ".venv" / "bin"
    programs.parent.mkdir()
    put_program(programs, "python", "#!/bin/sh\nexit 1\n")

    answer = installation.run(MAKE, "run")

    assert answer.returncode == 2
    assert answer.stdout.splitlines()[-1] == (
        ".venv was made with another version of Python: remove it, then try again."
    )


def test_the_settings_file_is_written_once_with_a_secret_of_its_own(
    installation: Installation,
) -> None:
    (installation.folder / ".venv").symlink_to(Path(sys.prefix))

    assert installation.run(MAKE, ".env").returncode == 0

    written = (installation.folder / ".env").read_text().splitlines()
    example = (ROOT / ".env.example").read_text().splitlines()
    changed = [line for line, old in zip(written, example, strict=True) if line != old]
    assert len(changed) == 1
    name, secret = changed[0].split("=")
    assert (name, len(secret)) == ("SECRET_KEY", 80)
    assert ((installation.folder / ".env").stat().st_mode & 0o777) == 0o600

    (installation.folder / ".env.example").touch()
    installation.run(MAKE, ".env")
    assert (installation.folder / ".env").read_text().splitlines() == written


def test_commands_read_the_settings_file(installation: Installation) -> None:
    (installation.folder / ".venv").symlink_to(Path(sys.prefix))
    installation.run(MAKE, ".env")

    answer = installation.manage(
        *("shell", "--no-imports", "--command"),
        "from django.conf import settings; print(settings.PORTAL_DATE, settings.ALLOWED_HOSTS)",
        ENV_FILE=str(installation.folder / ".env"),
        ALLOWED_HOSTS="portal.example.org",
    )

    assert answer.stdout == "2011-08-20 ['portal.example.org']\n"
