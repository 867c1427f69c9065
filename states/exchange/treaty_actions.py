"""Treaty actions as a table, and the check of the histories that result from an import."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from states import histories, soundness
from states.models import Certainty, Document, TreatyAction

from .cells import ChoiceCell, CodeCell, DateCell, NumberCell, StateCell, TextCell
from .keyed import Row, column
from .matching import Keys
from .resource import RegisterResource


class TreatyActionResource(RegisterResource):
    """Treaty actions. `occurrence` counts a state's acts of one kind by date, from 1."""

    iso3 = column("state", StateCell(required=True, by_name=True), "iso3")
    kind = column("kind", ChoiceCell(TreatyAction.Kind, required=True))
    occurrence = column(None, NumberCell(), "occurrence")
    date = column("date", DateCell(required=True))
    certainty = column("certainty", ChoiceCell(Certainty, default=Certainty.CONFIRMED))
    document = column("document", CodeCell(Document))
    place = column("place", TextCell())
    note = column("note", TextCell())

    keys = ((("iso3", "kind", "date"), True), (("iso3", "kind", "occurrence"), True))
    related = ("state", "document")
    locators = RegisterResource.locators | {"occurrence": NumberCell()}

    class Meta:
        model = TreatyAction
        fields = ("iso3", "kind", "occurrence", "date", "certainty", "document", "place", "note")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._occurrences: dict[int, int] = {}

    # The count of acts

    def keys_of(self, records: Sequence[Any]) -> list[Keys]:
        counted = occurrences(records)
        return [
            (by_day, (record.state_id, record.kind, counted[record.id]))
            for record, (by_day, _by_count) in zip(records, super().keys_of(records), strict=True)
        ]

    def keys_in(self, row: Row) -> Keys:
        by_day, by_count = super().keys_in(row)
        counted = isinstance(by_count, tuple) and by_count[-1] is not None
        return by_day, by_count if counted else None

    def before_export(self, queryset: Any, **kwargs: Any) -> None:
        self._occurrences = occurrences(TreatyAction.objects.all())

    def dehydrate_occurrence(self, action: TreatyAction) -> int:
        """Which of the state's acts of this kind it is."""
        return self._occurrences[action.pk]

    # The history that results

    def check_written(self, written: Sequence[tuple[int, Any]]) -> Iterator[tuple[int, str]]:
        rows = defaultdict(list)
        for index, action in written:
            rows[action.state_id].append((index, action))
        for state_id, acts in recorded_acts(rows).items():
            for impossibility in histories.impossibilities(acts, today=self.today):
                yield _row_of(impossibility.act, rows[state_id]), impossibility.sentence


def _row_of(act: histories.Act, rows: Sequence[tuple[int, TreatyAction]]) -> int:
    """The row that entered an act, or else the state's last one: it made the act impossible."""
    for index, action in rows:
        if (action.kind, action.date) == (act.kind, act.on):
            return index
    return rows[-1][0]


def occurrences(actions: Iterable[Any]) -> dict[int, int]:
    """For each treaty action, which of its state's acts of its kind it is, by date from 1."""
    counts: dict[tuple[int, str], int] = defaultdict(int)
    numbered = {}
    for action in sorted(actions, key=lambda action: (action.date, action.id)):
        counts[action.state_id, action.kind] += 1
        numbered[action.id] = counts[action.state_id, action.kind]
    return numbered


def recorded_acts(state_ids: Iterable[int]) -> dict[int, list[histories.Act]]:
    """All acts of some states, drafts among them, with official dates of effect."""
    actions = TreatyAction.objects.filter(state_id__in=list(state_ids))
    acts = defaultdict(list)
    for action in actions.select_related("official_date"):
        act = soundness.act_of(action, getattr(action, "official_date", None))
        acts[action.state_id].append(act)
    return dict(acts)
