"""All that documents say of one state: read once in brief, asked for any day.

However many findings speak of a state, those that its page of a day shows are chosen in memory.
They alone are read in full, with their documents, when a page first shows them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.translation import get_language

from ccm_portal.figures import Evidence
from ccm_portal.kept import Recent, Shelf, kept

from .catalogue import Catalogue
from .models import Finding
from .proofs import evidence_of

STATES = 16
"""How many states' records a process keeps: those that were asked for last."""

MOST_READ = 500
"""How many findings of a state are kept in full: more than its page of a day shows."""

_shelf: Shelf = Recent(STATES)


class Brief(NamedTuple):
    """A finding without its words: when it stands, and between which days it happened."""

    reported_on: date
    pk: int
    ended_on: date | None
    occurred_not_before: date | None
    occurred_not_after: date | None

    @property
    def occurred(self) -> tuple[date, date] | None:
        """The days between which it happened; None where the document does not say."""
        if self.occurred_not_before is None or self.occurred_not_after is None:
            return None
        return self.occurred_not_before, self.occurred_not_after


@dataclass(frozen=True)
class StateRecord:
    """Every public finding on a state, by its id: by indicator and answer, oldest report first."""

    state: int
    catalogue: Catalogue
    briefs: Mapping[tuple[int, str], list[Brief]]
    _read: dict[int, Finding] = field(default_factory=dict, repr=False, compare=False)
    _worded: dict[tuple[int, str | None], Evidence] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def load(cls, state: int) -> "StateRecord":
        """What is shown of a state in public. Costs a query besides those of the catalogue."""
        return kept("state record", state, make=lambda: cls._loaded(state), on=_shelf)

    @classmethod
    def _loaded(cls, state: int) -> "StateRecord":
        catalogue = Catalogue.load()
        briefs: dict[tuple[int, str], list[Brief]] = defaultdict(list)
        rows = Finding.objects.shown().filter(state=state).order_by()
        for row in rows.values_list("indicator_id", "answer", *Brief._fields):
            briefs[row[:2]].append(Brief._make(row[2:]))
        for of_subject in briefs.values():
            of_subject.sort()
        return cls(state, catalogue, dict(briefs))

    def standing(self, on: date, indicator: int, answer: str) -> list[Brief]:
        """What belongs to the figures of a day: reported by then and not ended by then."""
        return [
            brief
            for brief in self.briefs.get((indicator, answer), ())
            if brief[0] <= on and (brief[2] is None or brief[2] > on)
        ]

    def read(self, briefs: Iterable[Brief]) -> dict[int, Finding]:
        """Findings in full by their ids, with indicator and document. One query at most.

        Those that a write has hidden, or given to another state, in the meantime are missing.
        """
        wanted = [brief.pk for brief in briefs]
        found = {pk: finding for pk in wanted if (finding := self._read.get(pk)) is not None}
        unread = [pk for pk in wanted if pk not in found]
        if unread:
            # By their ids alone: asked for more, a database may look through all findings.
            findings = Finding.objects.filter(pk__in=unread).select_related("document").order_by()
            for finding in findings:
                indicator = self.catalogue.indicators.get(finding.indicator_id)
                if indicator is not None and self._is_shown(finding):
                    finding.indicator = indicator
                    found[finding.pk] = finding
            if len(self._read) > MOST_READ:
                self._read.clear()
                self._worded.clear()
            self._read.update(found)
        return found

    def evidence(self, briefs: Iterable[Brief]) -> dict[int, Evidence]:
        """Findings in words by their ids, as `read` gives them."""
        language = get_language()
        return {pk: self._in_words(finding, language) for pk, finding in self.read(briefs).items()}

    def _in_words(self, finding: Finding, language: str | None) -> Evidence:
        key = (finding.pk, language)
        evidence = self._worded.get(key)
        if evidence is None:
            evidence = self._worded[key] = evidence_of(finding)
        return evidence

    def _is_shown(self, finding: Finding) -> bool:
        """Whether it still counts outside the admin, as `FindingQuerySet.shown` has it."""
        return (
            finding.state_id == self.state
            and finding.is_published
            and finding.retracted_at is None
            and finding.document.is_public
        )
