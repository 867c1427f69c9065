"""The order of imports and what else the layout promises."""

import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from importlinter.cli import lint_imports

from .conftest import ROOT

# `django.apps` is let pass: the translation of a sentence loads it.
FORBIDDEN_TO_FIGURES = ("django.contrib", "django.db", "django.http")
IMPORT_FIGURES = f"""
import importlib, pkgutil, sys
import ccm_portal.figures
for module in pkgutil.walk_packages(ccm_portal.figures.__path__, "ccm_portal.figures."):
    importlib.import_module(module.name)
print(*sorted(name for name in sys.modules if name.startswith({FORBIDDEN_TO_FIGURES!r})))
"""
# Files that leave the portal carry their style with them: a letter by mail, an edition to keep.
TRAVELLING = {"letters/letter.html", "actions/editions/standalone.html"}
TEMPLATES = sorted(
    path
    for path in (ROOT / "templates").rglob("*.html")
    if str(path.relative_to(ROOT / "templates")) not in TRAVELLING
)


def test_imports_follow_the_order_of_the_layers(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)

    assert broken == 0, capsys.readouterr().out


def test_figures_load_without_models_database_or_web() -> None:
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_FIGURES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "\n", "")


def test_modules_are_named_after_a_subject() -> None:
    names = {
        path.stem
        for app in ("ccm_portal", "states", "reports", "actions")
        for path in (ROOT / app).rglob("*.py")
    }

    assert names & {"util", "utils", "helper", "helpers", "common", "misc"} == set()


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)
def test_a_template_names_static_files_that_exist(template: Path) -> None:
    named = re.findall(r"""{%\s*static\s+["']([^"']+)["']""", template.read_text())

    assert [name for name in named if finders.find(name) is None] == []


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)
def test_a_template_has_no_inline_script_style_or_handler(template: Path) -> None:
    text = template.read_text()
    # JSON in an element of its own is data, which no browser runs.
    without_data = re.sub(r"""<script [^>]*type="application/(?:ld\+)?json">""", "", text)

    assert (
        re.findall(r"<script(?![^>]*\ssrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=", without_data)
        == []
    )


def test_the_glossary_names_what_exists_in_the_code() -> None:
    named = re.findall(r"`((?:states|reports|actions|ccm_portal)(?:\.\w+)+)`", glossary())

    assert named != []
    assert [name for name in named if not exists(name)] == []


def glossary() -> str:
    return (ROOT / "docs" / "glossary.md").read_text()


def exists(dotted: str) -> bool:
    """Whether a dotted name leads to a module, or to something in one."""
    try:
        pkgutil.resolve_name(dotted)
    except (ImportError, AttributeError):
        return False
    return True
