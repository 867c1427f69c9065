"""Duties of Articles 3 and 4 as pages show them: of one state, and of all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.evidence import Piece
from actions.state_record import StateRecord
from ccm_portal.links import Links
from reports.wording import days_left
from states.register import Extension, History, Source, Standing

from . import words
from .assembling import ARTICLES, Duties, Duty, DutyState

SECTION = "duties"
"""The id of the section on a state's page that speaks of its duties."""

MARKS = {
    DutyState.NOT_DUE: "not_due",
    DutyState.OVERDUE: "overdue",
    DutyState.COMPLETED: "in_time",
    DutyState.NONE: "not_entered",
    DutyState.NOT_KNOWN: "not_known",
}
"""The circle of a report that a duty shares."""

HEADINGS = {
    "3": gettext_lazy("Stockpiles"),
    "4": gettext_lazy("Contaminated areas"),
}
EXPLANATIONS = {
    "3": gettext_lazy(
        "Article 3: a State Party destroys its stockpile within eight years of entry into force; a "
        "meeting may extend this by up to four years at a time."
    ),
    "4": gettext_lazy(
        "Article 4: a State Party clears contaminated areas within ten years of entry into force; "
        "a meeting may extend this by up to five years at a time."
    ),
}


ByState = Mapping[tuple[str, int], tuple[Piece, ...]]
"""Evidence by article and state."""


@dataclass(frozen=True)
class ShownDuty:
    """A duty with its words, its evidence and the address of its state."""

    duty: Duty
    title: str
    mark: str
    stands: str
    left: str
    sources: tuple[Source, ...]
    extensions: tuple[Extension, ...]
    url: str


@dataclass(frozen=True)
class StateDuties:
    """The section on a state's page."""

    duties: tuple[ShownDuty, ...]


@dataclass(frozen=True)
class ArticleDuties:
    """All states' duties of one article, each state in one group."""

    article: str
    heading: str
    explanation: str
    owed: tuple[ShownDuty, ...]
    completed: tuple[ShownDuty, ...]
    none: tuple[ShownDuty, ...]
    not_known: tuple[ShownDuty, ...]
    complete_through: date | None


def of_state(standing: Standing, links: Links) -> StateDuties:
    """What a state's page shows of its duties. Costs six queries where nothing is kept."""
    record = StateRecord.load(standing.state.id)
    duties = Duties.of_record(record, standing.on)
    found = tuple(duties.of_state(standing))
    evidence = duties.evidence_in(record) if found else {}
    return StateDuties(tuple(_shown(duty, evidence, links) for duty in found))


def by_article(duties: Duties, history: History, links: Links) -> tuple[ArticleDuties, ...]:
    """Everybody's duties, an article after the other. Costs two queries."""
    found = duties.of_all(history)
    owing = {duty.standing.state.id for duty in found if duty.is_owed}
    evidence = duties.evidence(owing)
    return tuple(
        _article(
            article,
            [duty for duty in found if ARTICLES[duty.clock.kind] == article],
            evidence,
            links,
        )
        for article in ARTICLES.values()
    )


def _article(article: str, duties: list[Duty], evidence: ByState, links: Links) -> ArticleDuties:
    def having(*states: DutyState) -> tuple[ShownDuty, ...]:
        return tuple(
            _shown(duty, evidence, links) for duty in duties if duty.state_of_play in states
        )

    # An obligation whose end is not vouched for is still one.
    is_owed = {duty.standing.state.id for duty in duties if duty.is_owed and not duty.is_disputed}
    open_cases = having(DutyState.NOT_KNOWN)
    owed = [item for item in open_cases if item.duty.standing.state.id in is_owed]
    owed += having(DutyState.NOT_DUE, DutyState.OVERDUE)
    return ArticleDuties(
        article=article,
        heading=str(HEADINGS[article]),
        explanation=str(EXPLANATIONS[article]),
        owed=tuple(sorted(owed, key=lambda item: item.duty.due_on)),
        completed=having(DutyState.COMPLETED),
        none=having(DutyState.NONE),
        not_known=tuple(item for item in open_cases if item.duty.standing.state.id not in is_owed),
        complete_through=duties[0].complete_through if duties else None,
    )


def _shown(duty: Duty, evidence: ByState, links: Links) -> ShownDuty:
    left = (duty.due_on - duty.standing.on).days
    is_to_come = duty.state_of_play is DutyState.NOT_DUE
    article = ARTICLES[duty.clock.kind]
    return ShownDuty(
        duty=duty,
        title=duty.clock.title,
        mark=MARKS[duty.state_of_play],
        stands=_("Owed, and due %(left)s.") % {"left": days_left(left)}
        if is_to_come
        else words.state_sentence(duty),
        left=days_left(left) if is_to_come else "",
        sources=tuple(
            dict.fromkeys(
                piece.source for piece in evidence.get((article, duty.standing.state.id), ())
            )
        ),
        extensions=tuple(
            extension for extension in duty.standing.extensions if extension.article == article
        ),
        url=f"{links.to('state', duty.standing.state.slug)}#{SECTION}",
    )
