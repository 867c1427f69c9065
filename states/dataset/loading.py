"""Loads or refreshes a dataset that comes with the portal.

Its rows are published at once: they come with the software. What staff have changed, withdrawn or
deleted since is theirs: it is left alone and named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from states.exchange.account import Account, Outcome, account_of
from states.exchange.mandate import Mandate
from states.exchange.matching import Keys, Match
from states.exchange.reading import Sheet, Unreadable, read_sheet
from states.exchange.resource import RegisterResource
from states.exchange.resources import RESOURCES, StateResource
from states.models import StateName

from . import DIRECTORY, FILES, version
from .memory import Memory, reason_for


class DatasetError(Exception):
    """The dataset itself is wrong, and nothing was loaded; the message says what is wrong."""


@dataclass(frozen=True)
class FileAccount:
    """What became of one file of the dataset.

    `no_longer` names rows that an earlier dataset brought and this one does not have.
    """

    filename: str
    account: Account
    no_longer: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """One line for the file and one for each row that needs a word."""
        counts = {outcome.value: self.account.count(outcome) for outcome in Outcome}
        yield _(
            "%(file)s: %(new)s new, %(changed)s changed, %(same)s the same, "
            "%(left_alone)s left alone"
        ) % (counts | {"file": self.filename})
        for row in self.account.rows:
            if row.outcome is Outcome.LEFT_ALONE:
                yield "    " + _("left alone: %(row)s (%(reason)s)") % {
                    "row": row.label,
                    "reason": row.reasons[0].sentence,
                }
        for label in self.no_longer:
            yield "    " + _("no longer in the dataset, but still recorded: %s") % label


@dataclass(frozen=True)
class Dataset:
    """Files of one app, in an order in which each cites only what came before.

    `name` tells it from the others in the history of what it wrote, and stays as it is; "" for the
    register's own. `files` and `resources` give the file and the resource of each kind of record.
    """

    name: str
    directory: Path
    files: Mapping[str, str]
    resources: Mapping[str, type[RegisterResource]]

    @property
    def reason(self) -> str:
        """What the history says of rows that come from it."""
        return reason_for(self.name, version(self.directory, self.files.values()))

    def label(self, kind: str) -> str:
        """A file of it, as the account names it."""
        return "/".join(part for part in (self.name, self.files[kind]) if part)


def register(directory: Path = DIRECTORY) -> Dataset:
    """The register's own dataset: states, their names and treaty actions, meetings, documents."""
    return Dataset(name="", directory=directory, files=FILES, resources=RESOURCES)


def load(*, today: date, directory: Path = DIRECTORY) -> list[FileAccount]:
    """Load every file of the register's dataset, all or none, as `load_all` does."""
    return load_all([register(directory)], today=today)


def load_all(datasets: Sequence[Dataset], *, today: date) -> list[FileAccount]:
    """Load every file of some datasets, all or none; a later one may cite what came before.

    `today` chooses the names of which new states' addresses are made. Raises `DatasetError`.
    """
    moved: dict[str, dict[str, str | None]] = {}
    with transaction.atomic():
        return [
            account
            for dataset in datasets
            for account in _Loading(dataset=dataset, today=today, moved=moved).run()
        ]


_CITED = {
    "iso3": "states",
    "country_iso3": "states",
    "document": "documents",
    "adopted_at": "meetings",
    "by_meeting": "meetings",
    "plan": "plans",
    "indicator": "indicators",
    "organization": "organizations",
}
"""The columns that cite another file of a dataset, and the kind that they cite."""


class _Loading:
    """One run of one dataset.

    `moved` says how staff call by now what the datasets name otherwise; None: they deleted it.
    `staff_were_here` says whether anybody but a loader has ever written any of the records.
    """

    def __init__(
        self, *, dataset: Dataset, today: date, moved: dict[str, dict[str, str | None]]
    ) -> None:
        self.dataset = dataset
        self.sheets = {
            kind: _read(dataset.directory / filename) for kind, filename in dataset.files.items()
        }
        self.resources = {kind: dataset.resources[kind]() for kind in dataset.files}
        if "states" in self.resources:
            self.resources["states"] = StateResource(
                short_names=_names(self.sheets["names"], today)
            )
        self.memories = {
            kind: Memory.load(resource, name=dataset.name)
            for kind, resource in self.resources.items()
        }
        self.mandate = Mandate(reason=dataset.reason, publishes=True)
        self.staff_were_here = any(memory.has_other_hands for memory in self.memories.values())
        self.moved = moved

    def run(self) -> list[FileAccount]:
        return [self._load(kind) for kind in self.dataset.files]

    def _load(self, kind: str) -> FileAccount:
        resource, memory = self.resources[kind], self.memories[kind]
        self.moved.setdefault(kind, {}).update(_moved(resource, memory))
        sheet, passed_over = self._with_present_names(kind)
        met = set()
        for index, found in enumerate(resource.prepare(sheet)):
            if found.recorded is not None:
                met.add(found.recorded.pk)
            reason = _reason_to_pass_over(found, resource.keys_in(sheet.record(index)), memory)
            if reason:
                passed_over.setdefault(index, reason)
        no_longer = resource.get_queryset().filter(pk__in=memory.own - met)
        names = tuple(resource.label_of(record) for record in no_longer)
        return FileAccount(self.dataset.label(kind), self._import(kind, sheet, passed_over), names)

    def _with_present_names(self, kind: str) -> tuple[Sheet, dict[int, str]]:
        """The file with present names for what it cites, and its rows that cite what is gone."""
        given = self.sheets[kind]
        sheet, passed_over = Sheet(given.headers), {}
        cited = {} if kind == "states" else _CITED
        for index in range(len(given)):
            row = given.record(index)
            for column in cited.keys() & row.keys():
                name = str(row[column])
                present = self.moved.get(cited[column], {}).get(name, name)
                if present is None:
                    passed_over[index] = _("“%s”, which it cites, was deleted") % name
                else:
                    row[column] = present
            sheet.add(given.numbers[index], list(row.values()), given.problems[index])
        return sheet, passed_over

    def _import(self, kind: str, sheet: Sheet, passed_over: dict[int, str]) -> Account:
        """Import a file; where staff's records stand against a row, pass over it and try again."""
        resource = self.resources[kind]
        while True:
            result = resource.import_data(sheet, mandate=self.mandate, passed_over=passed_over)
            account = account_of(resource, result, is_dry_run=False)
            if not account.is_refused:
                return account
            refused = {
                index: " ".join(reason.sentence for reason in row.reasons)
                for index, row in enumerate(account.rows)
                if row.outcome is Outcome.REFUSED
            }
            if account.refusals or not self.staff_were_here:
                problems = [line for line in account.lines() if line]
                raise DatasetError("\n".join([self.dataset.label(kind), *problems]))
            passed_over |= refused


def _read(path: Path) -> Sheet:
    try:
        return read_sheet(path.read_bytes())
    except (OSError, Unreadable) as error:
        raise DatasetError(f"{path.name}: {error}") from error


def _names(sheet: Sheet, today: date) -> dict[str, str]:
    """Today's English short names in a file of names, by ISO code."""
    day = today.isoformat()
    return {
        str(row["iso3"]): str(row["name"])
        for row in sheet.records()
        if (row["language"], row["kind"]) == ("en", StateName.Kind.SHORT)
        and str(row.get("valid_from", "")) <= day < (str(row.get("valid_until", "")) or "9999")
    }


def _moved(resource: RegisterResource, memory: Memory) -> dict[str, str | None]:
    """How rows that the dataset names by a code are called by now; None for one that is gone."""
    [(names, _once), *_others] = resource.keys
    if len(names) > 1:
        return {}
    present = dict(resource.get_queryset().values_list("pk", names[0]))
    known = frozenset(present.values())
    return {
        str(key[0]): present.get(pk)
        for (_level, key), pk in memory.written.items()
        if isinstance(key, tuple) and key[0] not in known
    }


def _reason_to_pass_over(found: Match[Any], keys: Keys, memory: Memory) -> str:
    """Why a row of the dataset is left to staff; "" where it is not."""
    if found.refusal:
        return ""
    pk = found.recorded.pk if found.recorded is not None else memory.row_written_as(keys)
    if pk is None or pk in memory.own:
        return ""
    if pk not in memory.existing:
        return _("deleted in the portal")
    return _("withdrawn in the portal") if pk in memory.withdrawn else _("changed in the portal")
