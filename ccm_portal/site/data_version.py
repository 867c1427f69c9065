"""The version of the data: a number that every write makes larger."""

from typing import Any

from django.apps import apps
from django.db.models import Max, QuerySet, Value
from simple_history.models import HistoricalChanges


def data_version() -> int:
    """How often something recorded was written. Costs one query.

    Every record keeps its history, so the entries in all histories grow in number with each
    write, also of imports; nothing has to remember to count.
    """
    first, *others = (
        _latest(model) for model in apps.get_models() if issubclass(model, HistoricalChanges)
    )
    return sum(latest or 0 for (latest,) in first.union(*others, all=True))


def _latest(model: type) -> QuerySet[Any]:
    entries: QuerySet[Any] = model._default_manager.order_by()  # type: ignore[attr-defined]
    whole: QuerySet[Any] = entries.annotate(whole=Value(1)).values("whole")
    latest: QuerySet[Any] = whole.annotate(latest=Max("history_id")).values_list("latest")
    return latest
