"""What must hold of all that is published: nothing shows that rests on a draft, on a document
that is not public, or on a history that the Convention does not allow.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.as_of import today
from ccm_portal.dates import date_format

from . import convention
from .histories import DEPOSITS, Act, impossibilities
from .models import (
    Document,
    ExtensionDecision,
    Meeting,
    OfficialDate,
    Publishable,
    TreatyAction,
)
from .names import FALLBACK_LANGUAGE, NameBook
from .register import Register

Article = ExtensionDecision.Article


def ensure(*, records: Iterable[Publishable | Document]) -> None:
    """Raise `ValidationError`, a sentence for each objection, unless these records are sound.

    Reads them as stored, and everything published of their states: what they cite is public, the
    histories are possible, an official date stands by a published treaty action, an extension by
    a published meeting and within the years of Articles 3 and 4. Drafts and documents may say
    anything.
    """
    objections = [objection for record in records for objection in _objections(record)]
    if objections:
        raise ValidationError(list(dict.fromkeys(objections)))


def act_of(action: TreatyAction, official: OfficialDate | None) -> Act:
    """A treaty action as the rules of `histories` read it, with its official date of effect."""
    return Act(
        kind=action.kind,
        on=action.date,
        takes_effect_on=official.takes_effect_on if official else None,
        is_suspended=official is not None and official.takes_effect_on is None,
    )


def objections_to_official_date(official: OfficialDate, action: TreatyAction) -> Iterator[str]:
    """Why an official date cannot stand beside a treaty action (Articles 17 and 20)."""
    if action.kind not in DEPOSITS and action.kind != TreatyAction.Kind.WITHDRAWAL:
        yield _(
            "An official date of effect belongs to a deposit or to a withdrawal: choose one of "
            "these instead of “%(record)s”."
        ) % {"record": action}
    elif official.takes_effect_on is None and action.kind in DEPOSITS:
        yield _(
            "Give the official date: it may stay empty for a withdrawal only, one that waits for "
            "the end of an armed conflict (Article 20.3)."
        )
    elif official.takes_effect_on is not None and official.takes_effect_on < action.date:
        yield _(
            "The official date of effect cannot come before the treaty action itself, which is of "
            "%(day)s: check both dates."
        ) % {"day": _day(action.date)}


def deadline_before(
    decision: ExtensionDecision, earlier: Iterable[ExtensionDecision]
) -> date | None:
    """The deadline that a decision extends: the Convention's, or that of the latest extension.

    `earlier` holds the state's extensions before it. None if the register of the day of the
    decision knows no entry into force for the state.
    """
    standing = next(
        standing
        for standing in Register.load(decision.meeting.ends_on)
        if standing.state.id == decision.state_id
    )
    in_force_on, deposited = standing.entry_into_force, standing.deposited
    if in_force_on is None or deposited is None:
        return None
    extended_to = [
        extension.new_deadline
        for extension in earlier
        if extension.article == decision.article and extension.meeting.ends_on >= deposited.on
    ]
    if decision.article == Article.STOCKPILE_DESTRUCTION:
        return convention.stockpile_destruction_deadline(in_force_on, extended_to=extended_to)
    return convention.clearance_deadline(in_force_on, extended_to=extended_to)


def _objections(record: Publishable | Document) -> Iterator[str]:
    if isinstance(record, Document):
        return
    stored: Publishable = type(record)._default_manager.get(pk=record.pk)
    if stored.is_published:
        yield from _to_what_it_cites(stored)
    if isinstance(stored, TreatyAction):
        yield from _to_treaty_action(stored)
    elif isinstance(stored, OfficialDate):
        yield from _to_official_date(stored)
    elif isinstance(stored, ExtensionDecision):
        yield from _to_extensions(stored.state_id)
    elif isinstance(stored, Meeting):
        yield from _to_meeting(stored)


def _to_what_it_cites(record: Publishable) -> Iterator[str]:
    cited = (
        getattr(record, field.name)
        for field in record._meta.concrete_fields
        if field.related_model is Document
    )
    for document in cited:
        if document is None or document.is_public:
            continue
        yield _(
            "%(record)s cites “%(document)s”, which is not public: have the document made public "
            "first, or cite another."
        ) % {"record": _named(record), "document": document}


def _to_treaty_action(action: TreatyAction) -> Iterator[str]:
    if not action.is_published and _published_official_date(action) is not None:
        yield _(
            "%(record)s has an official date of effect that is published: take that back to draft "
            "before the treaty action, or with it."
        ) % {"record": _named(action)}
    yield from _to_history(action.state_id)
    yield from _to_extensions(action.state_id)


def _to_official_date(official: OfficialDate) -> Iterator[str]:
    action = official.treaty_action
    if official.is_published:
        if not action.is_published:
            yield _(
                "%(record)s is a draft: publish the treaty action before its official date of "
                "effect, or with it."
            ) % {"record": _named(action)}
        yield from objections_to_official_date(official, action)
    yield from _to_history(action.state_id)
    yield from _to_extensions(action.state_id)


def _to_history(state_id: int) -> Iterator[str]:
    """What Articles 15 to 20 have against the published treaty actions of a state."""
    actions = (
        TreatyAction.objects.published().filter(state_id=state_id).select_related("official_date")
    )
    by_act = {act_of(action, _published_official_date(action)): action for action in actions}
    for impossibility in impossibilities(by_act, today=today()):
        yield _("%(record)s: %(sentence)s") % {
            "record": _named(by_act[impossibility.act]),
            "sentence": impossibility.sentence,
        }


def _published_official_date(action: TreatyAction) -> OfficialDate | None:
    official: OfficialDate | None = getattr(action, "official_date", None)
    return official if official is not None and official.is_published else None


def _to_extensions(state_id: int) -> Iterator[str]:
    """What speaks against the published extensions of a state, each after the one before it."""
    decisions = list(
        ExtensionDecision.objects.published()
        .filter(state_id=state_id)
        .select_related("meeting")
        .order_by("article", "meeting__ends_on", "new_deadline")
    )
    for position, decision in enumerate(decisions):
        if not decision.meeting.is_published:
            yield _(
                "%(record)s was decided at a meeting that is a draft, %(meeting)s: publish the "
                "meeting first, or take the extension back to draft with it."
            ) % {"record": _named(decision), "meeting": decision.meeting}
        yield from _to_new_deadline(decision, decisions[:position])


def _to_new_deadline(
    decision: ExtensionDecision, earlier: Sequence[ExtensionDecision]
) -> Iterator[str]:
    """Article 3, paragraph 3: up to four years more; Article 4, paragraph 5: up to five."""
    before = deadline_before(decision, earlier)
    if before is None:
        yield _(
            "%(record)s: no entry into force is published for this state, so there is no deadline "
            "to extend: publish its deposit first."
        ) % {"record": _named(decision)}
        return
    if decision.article == Article.STOCKPILE_DESTRUCTION:
        latest, years = convention.latest_stockpile_extension(before), _("four years (Article 3.3)")
    else:
        latest, years = convention.latest_clearance_extension(before), _("five years (Article 4.5)")
    if decision.new_deadline > latest:
        yield _(
            "%(record)s: the deadline before was %(before)s, and an extension adds up to "
            "%(years)s, so it ends on %(latest)s at the latest."
        ) % {
            "record": _named(decision),
            "before": _day(before),
            "years": years,
            "latest": _day(latest),
        }
    elif decision.new_deadline <= before:
        yield _(
            "%(record)s: the deadline before was %(before)s, and an extension ends after it: "
            "check the new deadline."
        ) % {"record": _named(decision), "before": _day(before)}


def _to_meeting(meeting: Meeting) -> Iterator[str]:
    states = ExtensionDecision.objects.published().filter(meeting=meeting)
    for state_id in states.order_by("state").values_list("state", flat=True).distinct():
        yield from _to_extensions(state_id)


def _named(record: Publishable) -> str:
    """A record as a sentence names it, with its state."""
    state_id: int | None = getattr(record, "state_id", None)
    if state_id is None:
        return str(record)
    name = NameBook.load().short(state_id, today(), get_language() or FALLBACK_LANGUAGE)
    return f"{name or record.state}, {record}"  # type: ignore[attr-defined]


def _day(day: date) -> str:
    return date_format(day, "j F Y")
