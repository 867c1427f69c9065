"""What `actions` gives to a state's page: everything that findings say of it, theme by theme."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.exports import Row
from ccm_portal.figures import Evidence
from ccm_portal.links import Links
from states.register import Standing, Status

from .catalogue import Catalogue
from .evaluation import Evaluation
from .models import Action, Answer, Finding, Indicator, Theme
from .plans.concerned import is_vouched_for
from .proofs import evidence_of
from .state_record import Brief, StateRecord
from .timeline import Timeline

MOST_SHOWN = 3
"""How many findings stand on a state's page for an indicator and an answer: the newest."""

_SAME_STATUS: dict[Status, tuple[str, str | Promise]] = {
    Status.PARTY: ("parties", gettext_lazy("States Parties")),
    Status.SIGNATORY: ("signatories", gettext_lazy("signatories")),
    Status.NOT_PARTY: ("not_party", gettext_lazy("states not party")),
}


@dataclass(frozen=True)
class Alike:
    """How many states of the same status the same is said of, and the page that lists them."""

    count: int
    words: str
    url: str


@dataclass(frozen=True)
class AskedBy:
    """An action that asks for what is said."""

    number: int
    url: str


@dataclass(frozen=True)
class Said:
    """One thing that documents say of the state, and who else it is said of: a row of its page.

    `evidence` is the newest; `more` counts the findings besides. `others` counts the states of the
    same status of whom the same is said, this one included; None where things are counted.
    """

    sentences: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    more: int
    more_url: str
    actions: tuple[AskedBy, ...]
    is_disputed: bool
    others: Alike | None


@dataclass(frozen=True)
class ThemeSaid:
    """What is said under one theme. Without a theme where its plan is not published."""

    theme: Theme | None
    title: str
    said: tuple[Said, ...]

    @property
    def number(self) -> int:
        """How many findings there are, those that are not shown included."""
        return sum(len(said.evidence) + said.more for said in self.said)


@dataclass(frozen=True)
class FindingsSection:
    """What findings say of a state on a day, and the themes on which nothing is recorded.

    Of the silent themes, those that are vouched for by the day are `not_reported`.
    """

    themes: tuple[ThemeSaid, ...]
    silent: tuple[Theme, ...]
    not_reported: tuple[Theme, ...]

    @property
    def is_empty(self) -> bool:
        return not self.themes


def findings_section(evaluation: Evaluation, standing: Standing, links: Links) -> FindingsSection:
    """What findings say of a state. Costs seven queries where nothing of it is kept."""
    record = StateRecord.load(standing.state.id)
    subjects = tuple(_subjects(record, evaluation.on))
    evidence = record.evidence(brief for subject in subjects for brief in subject.newest)
    themes = tuple(_by_theme(_said(evaluation, standing, subjects, evidence, links.undated())))
    silent = _silent(evaluation, {theme.theme.pk for theme in themes if theme.theme is not None})
    return FindingsSection(
        themes=themes,
        silent=tuple(it for it in silent if not is_vouched_for(it, evaluation.on)),
        not_reported=tuple(it for it in silent if is_vouched_for(it, evaluation.on)),
    )


def findings_of(on: date, standing: Standing, *, indicator: str = "") -> QuerySet[Finding]:
    """What documents say of a state by a day, newest report first: all, or on one indicator."""
    findings = Finding.objects.standing(on).filter(state=standing.state.id)
    if indicator:
        findings = findings.filter(indicator__code=indicator)
    return findings.select_related("indicator", "document").order_by("-reported_on", "-pk")


@dataclass(frozen=True)
class _Subject:
    """What is said of the state on one indicator: the newest findings of each answer, in order."""

    indicator: Indicator
    actions: tuple[Action, ...]
    newest: tuple[Brief, ...]
    answers: frozenset[str]
    how_many: int


def _subjects(record: StateRecord, on: date) -> Iterator[_Subject]:
    """The indicators on which anything is said by a day, in the order of pages."""
    for indicator in record.catalogue.indicators.values():
        said = {answer: record.standing(on, indicator.pk, answer) for answer in Answer.values}
        if any(said.values()):
            yield _Subject(
                indicator=indicator,
                actions=record.catalogue.actions[indicator.pk],
                newest=tuple(
                    sorted(brief for briefs in said.values() for brief in briefs[-MOST_SHOWN:])
                ),
                answers=frozenset(answer for answer, briefs in said.items() if briefs),
                how_many=sum(map(len, said.values())),
            )


def _said(
    evaluation: Evaluation,
    standing: Standing,
    subjects: Iterable[_Subject],
    found: Mapping[int, Evidence],
    links: Links,
) -> Iterator[tuple[Indicator, Said]]:
    alike = _alike(evaluation, standing.status, subjects, links)
    for subject in subjects:
        evidence = tuple(found[brief.pk] for brief in subject.newest if brief.pk in found)
        if evidence:
            code = subject.indicator.code
            yield (
                subject.indicator,
                Said(
                    sentences=tuple(dict.fromkeys(item.text for item in evidence)),
                    evidence=evidence,
                    more=subject.how_many - len(subject.newest),
                    more_url=links.to("state_findings", standing.state.slug, indicator=code),
                    actions=tuple(
                        AskedBy(it.number, links.to("actions:action", it.plan.code, it.number))
                        for it in subject.actions
                    ),
                    is_disputed=len(subject.answers) > 1,
                    others=alike.get(subject.indicator.pk),
                ),
            )


def _alike(
    evaluation: Evaluation, status: Status, subjects: Iterable[_Subject], links: Links
) -> dict[int, Alike]:
    """Of how many states of a status the same is said, by indicator. Costs two queries.

    Not where things are counted, of which one state may have several, nor where documents disagree.
    """
    comparable = [
        subject.indicator
        for subject in subjects
        if subject.indicator.kind == Indicator.Kind.YES_NO and subject.answers == {Answer.YES}
    ]
    if not comparable:
        return {}
    among, words = _SAME_STATUS[status][0], str(_SAME_STATUS[status][1])
    same = {it.state.id for it in evaluation.register.having(status)}
    timeline = Timeline.load()
    return {
        indicator.pk: Alike(
            count=len(timeline.certainly(evaluation.on, indicator.pk) & same),
            words=words,
            url=links.to("figures", expression=f"{indicator.code} & {among}"),
        )
        for indicator in comparable
    }


def _silent(evaluation: Evaluation, spoken: set[int]) -> list[Theme]:
    """The themes of running plans on which nothing is recorded."""
    return [
        it
        for it in Catalogue.load().themes
        if it.plan.valid_from <= evaluation.on and it.pk not in spoken
    ]


def finding_rows(evaluation: Evaluation, standing: Standing) -> Iterator[Row]:
    """The findings as rows: code, when it happened or was reported, article, answer, source, text.

    Costs two queries.
    """
    findings = Finding.objects.standing(evaluation.on).filter(state=standing.state.id)
    for finding in _in_order(findings):
        evidence = evidence_of(finding)
        yield (
            finding.indicator.code,
            evidence.on or finding.reported_on,
            finding.indicator.article,
            "yes" if finding.answer == Answer.YES else "no",
            evidence.document,
            evidence.place,
            evidence.text,
        )


def _in_order(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """In order of theme, indicator and report, each indicator loaded once. Costs four queries."""
    actions = Action.objects.published().select_related("plan")
    indicators = Indicator.objects.select_related("theme__plan").prefetch_related(
        Prefetch("actions", actions)
    )
    return findings.prefetch_related(Prefetch("indicator", indicators), "document").order_by(
        "indicator__theme__plan",
        "indicator__theme__order",
        "indicator__order",
        "indicator__code",
        "reported_on",
        "pk",
    )


def _by_theme(said: Iterable[tuple[Indicator, Said]]) -> Iterator[ThemeSaid]:
    groups: dict[int, tuple[Theme, list[Said]]] = {}
    for indicator, item in said:
        groups.setdefault(indicator.theme_id, (indicator.theme, []))[1].append(item)
    for theme, of_theme in groups.values():
        is_shown = theme.plan.is_published
        yield ThemeSaid(
            theme=theme if is_shown else None,
            title=theme.name if is_shown else _("Other findings"),
            said=tuple(of_theme),
        )
