"""Reads settings from the environment, and refuses what is not understood in one sentence.

An empty variable counts as one that is not set.
"""

import os
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.Env()
_SWITCH = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}


def read_file(default: Path) -> None:
    """Take variables from the file that ENV_FILE names, or from the default where it exists.

    Variables that are already set win over the file.
    """
    named = os.environ.get("ENV_FILE")
    if named and not Path(named).exists():
        raise ImproperlyConfigured(f"ENV_FILE names {named}, which is not there.")
    path = Path(named) if named else default
    if path.is_file():
        _env.read_env(path)


def text(name: str, default: str = "") -> str:
    """A text, or the default."""
    return os.environ.get(name) or default


def texts(name: str, default: list[str]) -> list[str]:
    """Texts separated by commas, or the default."""
    return [item.strip() for item in text(name).split(",") if item.strip()] or default


def switch(name: str, *, default: bool) -> bool:
    """On or off. Anything else is refused: a misspelt switch must not turn a protection off."""
    value = text(name)
    if not value:
        return default
    try:
        return _SWITCH[value.lower()]
    except KeyError:
        raise ImproperlyConfigured(f"{name} is {value!r}: write on or off.") from None


def choice(name: str, options: list[str]) -> str:
    """One of some words; the first is the default. Anything else is refused."""
    value = text(name, options[0])
    if value not in options:
        raise ImproperlyConfigured(f"{name} is {value!r}: write {' or '.join(options)}.")
    return value


def day(name: str) -> date | None:
    """A date, or None."""
    value = text(name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is {value!r}, which is not a date: write it as 2011-08-20 or leave it out."
        ) from None


def number(name: str, *, default: int) -> int:
    """A whole number above zero, or the default."""
    value = text(name)
    if value and (not value.isdecimal() or int(value) == 0):
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number above zero.")
    return int(value) if value else default


def database(name: str, default: str) -> dict[str, Any]:
    """A database as Django's settings want it, from an address such as postgres://user@host/db."""
    return _address(name, default, _env.db_url_config, "ENGINE", "postgres://user@host:5432/name")


def mail(name: str, default: str) -> dict[str, Any]:
    """Django's mail settings, from an address such as smtp://user:password@host:587."""
    return _address(name, default, _env.email_url_config, "EMAIL_BACKEND", "smtp://host:25")


def _address(
    name: str, default: str, read: Callable[[str], dict[str, Any]], key: str, example: str
) -> dict[str, Any]:
    refusal = f"{name} is not an address that is understood: write it as {example}."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # an unknown kind of address is only warned of
            settings = read(text(name, default))
    except (ImproperlyConfigured, ValueError, KeyError, UserWarning):
        raise ImproperlyConfigured(refusal) from None
    if not settings.get(key):
        raise ImproperlyConfigured(refusal)
    return settings
