"""What `actions` gives to a state's page: everything that findings say of it, theme by theme."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.exports import Row
from ccm_portal.figures import Evidence, Figure
from states.register import Standing, Status

from .evaluation import Evaluation
from .models import Action, ActionPlan, Answer, Finding, Indicator, Theme
from .plans.concerned import Figures, is_vouched_for
from .proofs import evidence_of

_SAME_STATUS: dict[Status, tuple[str, str | Promise]] = {
    Status.PARTY: ("parties", gettext_lazy("States Parties")),
    Status.SIGNATORY: ("signatories", gettext_lazy("signatories")),
    Status.NOT_PARTY: ("not_party", gettext_lazy("states not party")),
}


@dataclass(frozen=True)
class Said:
    """One thing that documents say of the state, and who else it is said of.

    `others` counts the states of the same status of whom the same is said, this one included.
    """

    indicator: Indicator
    sentences: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    actions: tuple[Action, ...]
    is_disputed: bool
    others: Figure | None
    others_words: str


@dataclass(frozen=True)
class ThemeSaid:
    """What is said under one theme. Without a theme where its plan is not published."""

    theme: Theme | None
    title: str
    said: tuple[Said, ...]


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


def findings_section(evaluation: Evaluation, standing: Standing) -> FindingsSection:
    """What findings say of a state. Costs four queries, and those of one figure."""
    findings = _findings(evaluation, standing)
    codes = list(dict.fromkeys(finding.indicator.code for finding in findings))
    among, words = _SAME_STATUS[standing.status]
    figures = Figures.of(evaluation, [f"{code} & {among}" for code in codes])
    groups: dict[int, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.indicator_id, []).append(finding)
    said = [
        _said(of_indicator, figures.get(f"{of_indicator[0].indicator.code} & {among}"), str(words))
        for of_indicator in groups.values()
    ]
    themes = tuple(_by_theme(said))
    spoken = {theme.theme.pk for theme in themes if theme.theme is not None}
    running = ActionPlan.objects.published().filter(valid_from__lte=evaluation.on)
    silent = [
        theme
        for theme in Theme.objects.filter(plan__in=running, indicators__isnull=False)
        .select_related("plan")
        .distinct()
        if theme.pk not in spoken
    ]
    return FindingsSection(
        themes=themes,
        silent=tuple(it for it in silent if not is_vouched_for(it, evaluation.on)),
        not_reported=tuple(it for it in silent if is_vouched_for(it, evaluation.on)),
    )


def finding_rows(evaluation: Evaluation, standing: Standing) -> Iterator[Row]:
    """The findings as rows: code, when it happened or was reported, article, answer, source, text.

    Costs two queries.
    """
    for finding in _findings(evaluation, standing):
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


def _findings(evaluation: Evaluation, standing: Standing) -> list[Finding]:
    """In order of theme, indicator and report. Costs two queries."""
    return list(
        Finding.objects.standing(evaluation.on)
        .filter(state=standing.state.id)
        .select_related("indicator__theme__plan", "document")
        .prefetch_related(
            Prefetch("indicator__actions", Action.objects.published().select_related("plan"))
        )
        .order_by(
            "indicator__theme__plan",
            "indicator__theme__order",
            "indicator__order",
            "indicator__code",
            "reported_on",
            "pk",
        )
    )


def _said(findings: list[Finding], others: Figure | None, words: str) -> Said:
    indicator = findings[0].indicator
    evidence = tuple(evidence_of(finding) for finding in findings)
    actions: Iterable[Action] = indicator.actions.all()
    return Said(
        indicator=indicator,
        sentences=tuple(dict.fromkeys(item.text for item in evidence)),
        evidence=evidence,
        actions=tuple(sorted(actions, key=lambda action: (action.plan_id, action.number))),
        is_disputed=len({finding.answer for finding in findings}) > 1,
        others=others if any(finding.answer == Answer.YES for finding in findings) else None,
        others_words=words,
    )


def _by_theme(said: Iterable[Said]) -> Iterator[ThemeSaid]:
    groups: dict[int, list[Said]] = {}
    for item in said:
        groups.setdefault(item.indicator.theme_id, []).append(item)
    for of_theme in groups.values():
        theme = of_theme[0].indicator.theme
        is_shown = theme.plan.is_published
        yield ThemeSaid(
            theme=theme if is_shown else None,
            title=theme.name if is_shown else _("Other findings"),
            said=tuple(of_theme),
        )
