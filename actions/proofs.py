"""The findings behind the members of figures, looked up when they are shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from ccm_portal.figures import ORGANISATION, Evidence, Lookup, is_state
from states.register import Source

from .models import Answer, Finding
from .wording import days, interval, sentence

MOST_SHOWN = 50
"""How many findings are shown for an actor, an indicator, an answer and a label: the newest."""

Place = tuple[str, str, bool]
"""The code of an indicator, an actor, and whether the answer is yes."""


def look_up(lookups: Iterable[Lookup]) -> dict[Lookup, tuple[Evidence, ...]]:
    """The evidence behind lookups, oldest report first. Costs a query for each day."""
    by_day: dict[date, list[Lookup]] = defaultdict(list)
    for lookup in lookups:
        if lookup.until is not None:
            by_day[lookup.until].append(lookup)
    found: dict[Lookup, tuple[Evidence, ...]] = {}
    for on, wanted in by_day.items():
        findings = _by_place(on, wanted)
        for lookup in wanted:
            said = findings.get((lookup.name, lookup.actor, lookup.answer), [])
            found[lookup] = tuple(evidence_of(finding) for finding in _of(lookup, said))
    return found


def evidence_of(finding: Finding) -> Evidence:
    """A published finding as evidence; it must come with its indicator and document."""
    source = Source.of(finding.document, finding.place)
    happened = interval(finding)
    is_known = happened is not None and happened[0] == happened[1]
    return Evidence(
        text=sentence(finding),
        on=happened[0] if happened and is_known else None,
        document=source.title if source else "",
        place=source.place if source else "",
        url=source.url if source else "",
        answer=finding.answer == Answer.YES,
        day_words=days(happened),
        reported_on=finding.reported_on,
        remark=finding.remark,
        document_id=finding.document_id,
        finding=finding.pk,
    )


def newest(*fields: str) -> Window:
    """The rank of a finding by report among those with the same fields: the newest has 1."""
    return Window(
        RowNumber(),
        partition_by=[F(field) for field in fields],
        order_by=[F("reported_on").desc(), F("pk").desc()],
    )


def newest_of(findings: QuerySet[Finding], most: int, *fields: str) -> QuerySet[Finding]:
    """Of findings with the same fields the newest so many. Costs one query besides its own.

    They are ranked by themselves: beside other tables a database may look through all findings.
    """
    ranked = findings.order_by().annotate(rank=newest(*fields)).filter(rank__lte=most)
    return Finding.objects.filter(pk__in=list(ranked.values_list("pk", flat=True)))


def actor_of(finding: Finding) -> str:
    """The key of a finding's actor in figures; it must come with its state or organisation."""
    if finding.state is not None:
        return finding.state.iso3
    return f"{ORGANISATION}{finding.organization.code if finding.organization else ''}"


def _by_place(on: date, lookups: Iterable[Lookup]) -> Mapping[Place, list[Finding]]:
    wanted = list(lookups)
    actors = {lookup.actor for lookup in wanted}
    states = sorted(actor for actor in actors if is_state(actor))
    codes = sorted(actor.removeprefix(ORGANISATION) for actor in actors if not is_state(actor))
    of_actors = Q(state__iso3__in=states)
    if codes:
        of_actors |= Q(organization__code__in=codes)
    findings = (
        Finding.objects.standing(on)
        .filter(of_actors, indicator__code__in=sorted({lookup.name for lookup in wanted}))
        .annotate(rank=newest("indicator_id", "state_id", "organization_id", "answer", "label"))
        .filter(rank__lte=MOST_SHOWN)
        .select_related("indicator", "document", "state", "organization")
        .order_by("reported_on", "pk")
    )
    found: dict[Place, list[Finding]] = defaultdict(list)
    for finding in findings:
        is_yes = finding.answer == Answer.YES
        found[finding.indicator.code, actor_of(finding), is_yes].append(finding)
    return found


def _of(lookup: Lookup, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those with the lookup's label; of what happened after a day, those that may have."""
    labelled = [finding for finding in findings if lookup.label in {"", finding.label}]
    within = [finding for finding in labelled if _may_be_after(finding, lookup.after)]
    yield from within or labelled


def _may_be_after(finding: Finding, after: date | None) -> bool:
    happened = interval(finding)
    return after is None or (happened[1] if happened else finding.reported_on) > after
