"""A backup and its way back: every table and every file, compared one by one."""

import hashlib
import json
import signal
import sqlite3
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ccm_portal import backup

from .conftest import TIMEOUT, Installation, wait_for

FILL = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from states.models import Organization
Organization.objects.create(code="un", name="Ünited Nations", kind="un")
default_storage.save("documents/a.pdf", ContentFile(b"%PDF-1.7 first"))
default_storage.save("documents/deep/b.pdf", ContentFile(bytes(range(256)) * 4096))
"""
SPOIL = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from states.models import Organization
Organization.objects.all().delete()
Organization.objects.create(code="other", name="Other", kind="un")
default_storage.delete("documents/a.pdf")
default_storage.save("documents/a.pdf", ContentFile(b"spoiled"))
default_storage.delete("documents/deep/b.pdf")
"""
REFUSE = """
import json
from django.core.management import CommandError, call_command
said = []
for name in json.loads('{names}'):
    try:
        call_command("restore", name, replace_everything=True)
    except CommandError as error:
        said.append(str(error))
print(json.dumps(said))
"""
SWITCH_LETTERS_ON = """
from datetime import date
from reports.letters.models import LetterSettings
LetterSettings.objects.create(pk=1, reminders_from=date(2011, 9, 16))
"""
HALF_WAY = """
    CREATE SCHEMA half_way;
    CREATE FUNCTION half_way.wait() RETURNS event_trigger LANGUAGE plpgsql
        AS $$ BEGIN PERFORM pg_advisory_xact_lock(1); END $$;
    CREATE EVENT TRIGGER half_way ON ddl_command_end WHEN TAG IN ('CREATE INDEX')
        EXECUTE FUNCTION half_way.wait();
"""
"""Whoever makes an index waits for the advisory lock number 1."""
WAITS_FOR_A_LOCK = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend'
        AND pid <> pg_backend_pid()
"""
NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def portal(request: pytest.FixtureRequest, migrated: Installation) -> Installation:
    """An installation with something in its database and in its storage."""
    if request.param == "postgresql":
        migrated.environment["DATABASE_URL"] = request.getfixturevalue("postgres_url")
    migrated.ask(FILL)
    return migrated


def tables(portal: Installation) -> dict[str, list[str]]:
    """Every row of every table."""
    if url := portal.environment.get("DATABASE_URL"):
        with psycopg.connect(url) as server:
            return rows(server.cursor(), "postgresql")
    with closing(sqlite3.connect(portal.database)) as file:
        return rows(file.cursor(), "sqlite")


def rows(cursor: Any, vendor: str) -> dict[str, list[str]]:
    names = [name for (name,) in cursor.execute(NAMES[vendor]).fetchall()]
    return {
        name: sorted(map(repr, cursor.execute(f'SELECT * FROM "{name}"').fetchall()))
        for name in names
    }


def files(portal: Installation) -> dict[str, bytes]:
    media = portal.folder / "var" / "media"
    return {
        str(path.relative_to(media)): path.read_bytes()
        for path in media.rglob("*")
        if path.is_file()
    }


def test_a_backup_brings_back_every_table_and_every_file(portal: Installation) -> None:
    before, kept = tables(portal), files(portal)
    assert len(before["states_organization"]) == 1
    assert len(kept) == 2

    made = portal.manage("backup", "kept/portal.tar")
    portal.ask(SPOIL)
    assert tables(portal) != before
    restored = portal.manage("restore", "kept/portal.tar", "--replace-everything")

    assert made.stdout == "Wrote kept/portal.tar: the database and 2 files.\n"
    assert (restored.stderr, restored.returncode) == ("", 0)
    assert tables(portal) == before
    assert files(portal) == kept
    assert (portal.folder / "kept" / "portal.tar").stat().st_mode & 0o077 == 0


def test_no_letter_goes_out_after_a_backup_was_put_back(migrated: Installation) -> None:
    migrated.ask(SWITCH_LETTERS_ON)
    migrated.manage("backup", "portal.tar")

    restored = migrated.manage("restore", "portal.tar", "--replace-everything")

    assert "“reminders from” was 2011-09-16 and is empty now" in restored.stdout
    assert "2011" not in str(tables(migrated)["reports_lettersettings"])


def without(backup: Path, part: str) -> None:
    """Replace one part of a backup by other bytes of the same length."""
    data = backup.read_bytes()
    with tarfile.open(backup) as archive:
        entry = archive.getmember(part)
    start = entry.offset_data
    backup.write_bytes(data[:start] + b"x" * 8 + data[start + 8 :])


def climbing() -> tarfile.TarInfo:
    """An entry that would lie outside the folder into which a backup is unpacked."""
    return tarfile.TarInfo("../outside")


def linking() -> tarfile.TarInfo:
    """An entry that points at another file."""
    entry = tarfile.TarInfo("database.link")
    entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/hostname"
    return entry


def test_what_cannot_be_put_back_is_refused_and_changes_nothing(migrated: Installation) -> None:
    portal = migrated
    portal.ask(FILL)
    portal.manage("backup", "whole.tar")
    before, kept = tables(portal), files(portal)
    (portal.folder / "no.tar").write_bytes(b"not a backup")
    whole = (portal.folder / "whole.tar").read_bytes()
    for name, entry in [("climbing.tar", climbing()), ("linking.tar", linking())]:
        (portal.folder / name).write_bytes(whole)
        with tarfile.open(portal.folder / name, "a") as archive:
            archive.addfile(entry)
    for name, part in [("a.tar", "files/documents/a.pdf"), ("db.tar", "database.sqlite3")]:
        (portal.folder / name).write_bytes((portal.folder / "whole.tar").read_bytes())
        without(portal.folder / name, part)

    unasked = portal.manage("restore", "whole.tar")
    assert (unasked.returncode, unasked.stdout) == (1, "")
    assert unasked.stderr.startswith("CommandError: This replaces all that")
    sentences = {
        "no.tar": "no.tar cannot be read as a backup of the portal.",
        "missing.tar": "missing.tar cannot be read: No such file or directory.",
        "climbing.tar": "climbing.tar cannot be read as a backup of the portal.",
        "linking.tar": "linking.tar cannot be read as a backup of the portal.",
        "a.tar": "“files/documents/a.pdf” in the backup is damaged or missing.",
        "db.tar": "“database.sqlite3” in the backup is damaged or missing.",
    }
    said = json.loads(portal.ask(REFUSE.format(names=json.dumps(list(sentences)))))
    assert dict(zip(sentences, said, strict=True)) == sentences
    assert (tables(portal), files(portal)) == (before, kept)


def test_a_backup_is_read_by_a_python_whose_tar_files_know_no_filters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Debian 12 brings Python 3.11.2, and `extractall(filter=…)` came with 3.11.4."""
    monkeypatch.delattr(tarfile.TarFile, "extractall")
    (tmp_path / "database.dump").write_bytes(b"the database")
    digest = hashlib.sha256(b"the database").hexdigest()
    said = {"made_at": "2026-01-01", "vendor": "none", "release": "", "migrations": []}
    said["digests"] = {"database.dump": digest}  # type: ignore[assignment]
    (tmp_path / "manifest.json").write_text(json.dumps(said))
    with tarfile.open(tmp_path / "portal.tar", "w") as archive:
        for name in ("database.dump", "manifest.json"):
            archive.add(tmp_path / name, name)

    with pytest.raises(backup.BackupError, match="The backup is of a none database"):
        backup.read(path=tmp_path / "portal.tar")


def test_a_backup_is_never_written_over_and_never_half_there(migrated: Installation) -> None:
    portal = migrated
    (portal.folder / "there.tar").write_bytes(b"precious")
    (portal.folder / "a-file").write_bytes(b"")

    over = portal.manage("backup", "there.tar")
    nowhere = portal.manage("backup", "a-file/portal.tar")

    assert over.stderr == "CommandError: there.tar is there already: name another file.\n"
    assert nowhere.stderr.startswith("CommandError: The backup cannot be written: ")
    assert (portal.folder / "there.tar").read_bytes() == b"precious"
    assert list(portal.folder.glob(".*unfinished")) == []


def test_a_disk_that_is_full_is_named_and_leaves_nothing(
    migrated: Installation,
) -> None:
    portal = migrated
    portal.manage("backup", "whole.tar")
    before = tables(portal)
    command = f"""
import resource, signal
from django.core.management import CommandError, call_command
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({portal.database.stat().st_size // 2},) * 2)
try:
    call_command("backup", "half.tar")
except CommandError as error:
    print(error)
"""

    assert portal.ask(command).startswith("SQLite: ")
    assert list(portal.folder.glob("*half*")) == []
    assert tables(portal) == before


@pytest.mark.services
def test_a_restore_that_is_killed_changes_nothing_and_can_be_run_again(
    migrated: Installation, postgres_url: str
) -> None:
    portal = migrated
    # What the killed one unpacked stays there.
    portal.environment.update(DATABASE_URL=postgres_url, TMPDIR=str(portal.folder))
    portal.ask(FILL)
    kept = tables(portal)
    portal.do("backup", "whole.tar", "--verbosity=0")
    portal.ask(SPOIL)
    spoiled = tables(portal)
    restore = ("restore", "whole.tar", "--replace-everything")

    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(HALF_WAY)
        server.execute("SELECT pg_advisory_lock(1)")
        with portal.started(sys.executable, "manage.py", *restore) as process:
            wait_for(lambda: server.execute(WAITS_FOR_A_LOCK).fetchone() == (1,))
            process.kill()
            assert process.wait(TIMEOUT) == -signal.SIGKILL
            server.execute("SELECT pg_advisory_unlock(1)")
            wait_for(lambda: server.execute(OTHERS).fetchone() == (0,))

    assert tables(portal) == spoiled
    assert portal.manage(*restore).stderr == ""
    assert tables(portal) == kept
