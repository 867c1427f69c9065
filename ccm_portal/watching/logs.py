"""Logs: one JSON object a line in an installation, plain lines on a machine of one's own.

Every line that belongs to a request or to a job carries its id. No address of a person is ever
written: what looks like an e-mail address is masked, whoever wrote it, in a library's error too.
Neither are the caller's network address and what stands behind the question mark, where a name
may have been searched for.
"""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

LOG_FORMATS = ["json", "text"]
_EMAIL = re.compile(r"[^\s@<>\"'(),:;\[\]{}=]+@[^\s@<>\"'(),:;\[\]{}]+\.[^\s@<>\"'(),:;\[\]{}]+")
MASK = "(address)"


def mask(text: str) -> str:
    """A text without e-mail addresses."""
    return _EMAIL.sub(MASK, text)


def mask_values(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> dict[str, Any]:
    """All that a line holds, without e-mail addresses; its last step before it is written."""
    return {key: _masked(value) for key, value in line.items()}


def _masked(value: Any) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case dict():
            return {str(key): _masked(item) for key, item in value.items()}
        case list() | tuple() | set():
            return [_masked(item) for item in value]
        case _:
            return mask(str(value))


def configure(log_format: str) -> dict[str, Any]:
    """Set structlog up, and give Django's LOGGING for one of LOG_FORMATS."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "structlog.stdlib.ProcessorFormatter",
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    mask_values,
                    last,
                ],
            }
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            **{app: {"level": "INFO"} for app in ("ccm_portal", "states", "reports", "actions")},
            # One line a request is for installations; a terminal would only scroll.
            "django_structlog": {"level": "INFO" if log_format == "json" else "ERROR"},
            # What the line of a request says already.
            "django.request": {"level": "CRITICAL" if log_format == "json" else "ERROR"},
            # Anybody can send a wrong Host header: it gets its 400, and no trace in the log.
            "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        },
    }
