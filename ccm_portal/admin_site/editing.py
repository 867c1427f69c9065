"""Two people at the same page: whoever saves second is told what the first one changed.

A page carries a stamp, the newest entry of each history that it shows. When it is saved, entries
that are newer than the stamp were made by somebody meanwhile.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Max, QuerySet
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ccm_portal.dates import date_format

FIELD = "_stamp"
"""The name of the hidden field."""

Histories = Iterable[QuerySet[Any]]


def stamp(histories: Histories) -> str:
    """The newest entry of each history, as text: `treatyaction:12,statename:40`."""
    return ",".join(f"{_model_name(entries)}:{_newest(entries)}" for entries in histories)


def changes_since(text: str, histories: Histories) -> list[str]:
    """A sentence for each change that is newer than a stamp, oldest first; [] for no stamp."""
    seen = dict(part.split(":", 1) for part in text.split(",") if ":" in part)
    return [
        _sentence(entry)
        for entries in histories
        if seen.get(_model_name(entries), "").isdecimal()
        for entry in entries.filter(history_id__gt=int(seen[_model_name(entries)]))
        .select_related("history_user")
        .order_by("history_id")
    ]


def explained(changes: list[str]) -> list[str]:
    """The changes, after a sentence that says what happened and what to do."""
    return [
        _(
            "Somebody changed this page after you opened it, so nothing was saved yet. What you "
            "entered still stands below. Compare, then save again to let it stand, or open the "
            "page anew to see it as it is now."
        ),
        *changes,
    ]


def _model_name(entries: QuerySet[Any]) -> str:
    return str(entries.model.instance_type._meta.model_name)


def _newest(entries: QuerySet[Any]) -> int:
    newest: int | None = entries.order_by().aggregate(newest=Max("history_id"))["newest"]
    return newest or 0


def _sentence(entry: Any) -> str:
    words = {
        "kind": capfirst(entry.instance_type._meta.verbose_name),
        "record": entry.instance,
        "who": entry.history_user or _("the system"),
        "when": date_format(localtime(entry.history_date), "j F Y, H:i"),
    }
    if entry.history_type == "+":
        return _("%(kind)s “%(record)s”: added by %(who)s, %(when)s.") % words
    if entry.history_type == "-":
        return _("%(kind)s “%(record)s”: deleted by %(who)s, %(when)s.") % words
    return _("%(kind)s “%(record)s”: changed by %(who)s, %(when)s (%(changes)s).") % (
        words | {"changes": "; ".join(_differences(entry)) or _("nothing that shows")}
    )


def _differences(entry: Any) -> list[str]:
    before = entry.prev_record
    if before is None:
        return []
    delta = entry.diff_against(before, foreign_keys_are_objs=True)
    return [_difference(entry, change) for change in delta.changes]


def _difference(entry: Any, change: Any) -> str:
    field = _verbose_name(entry, change.field)
    if isinstance(change.new, list):
        old, new = _members(entry, change.old), _members(entry, change.new)
        signed = [f"+ {name}" for name in new if name not in old]
        signed += [f"− {name}" for name in old if name not in new]
        return _("%(field)s: %(members)s") % {"field": field, "members": ", ".join(signed)}
    return _("%(field)s: %(old)s → %(new)s") % {
        "field": field,
        "old": _shown(change.old),
        "new": _shown(change.new),
    }


def _members(entry: Any, rows: list[dict[str, Any]]) -> list[str]:
    """What a record has several of, such as a role's permissions, out of the rows that link it."""
    itself = entry.instance_type._meta.model_name
    return [str(other) for row in rows for name, other in row.items() if name != itself]


def _verbose_name(entry: Any, field: str) -> str:
    try:
        return str(entry.instance_type._meta.get_field(field).verbose_name)
    except FieldDoesNotExist:
        return field


def _shown(value: Any) -> str:
    return "—" if value is None or value == "" else str(value)
