"""What must hold before an edition is published: each objection is a sentence with its figure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Finding
from actions.prose.answers import Answer, AnswerKind
from actions.prose.expansion import Written

from .composing import Edition
from .questions import NOUN_SETS

COUNTED = frozenset({AnswerKind.COUNT, AnswerKind.QUANTITY})
NOUN_WORDS = {
    "parties": gettext_lazy("State Party"),
    "signatories": gettext_lazy("signatory"),
    "not party": gettext_lazy("state not party"),
}


@dataclass(frozen=True)
class Objection:
    """Why an edition cannot be published; `figure` is the index of a figure, None of the whole."""

    sentence: str
    figure: int | None = None

    def __str__(self) -> str:
        return self.sentence


def objections(edition: Edition) -> tuple[Objection, ...]:
    """All that speaks against publishing an edition. Costs one query where findings are cited."""
    found = [Objection(str(mistake)) for mistake in edition.mistakes]
    if not (edition.head.since.is_known and edition.head.until.is_known):
        found.append(Objection(_("A meeting of the edition's period is not published.")))
    if not edition.chapters:
        found.append(Objection(_("The edition has no chapter.")))
    found += _without_evidence(edition)
    found += _wrong_status(edition)
    found += _parts(edition)
    found += _within(edition)
    found += _unpublished(edition)
    return tuple(found)


def _named(written: Written) -> str:
    """How an objection calls a figure."""
    if written.tag.key:
        return _("Figure %(key)s (“%(text)s”)") % {"key": written.tag.key, "text": written.text}
    return _("Figure %(index)s (“%(text)s”)") % {"index": written.index, "text": written.text}


def _without_evidence(edition: Edition) -> Iterator[Objection]:
    """Every state of every figure needs evidence; a zero the set that was looked at."""
    for written in edition.figures:
        answer = written.answer
        if answer.kind is AnswerKind.PRINTED:
            printed = answer.printed
            if printed is None or not (printed.document or not printed.is_public):
                sentence = _("%(figure)s is a printed number without its source.")
                yield Objection(sentence % {"figure": _named(written)}, written.index)
            continue
        if answer.kind not in COUNTED:
            continue
        bare = [actor.name for actor in answer.actors if not actor.evidence]
        if bare and not _is_plain_set(answer):
            sentence = _("%(figure)s has no evidence for %(names)s.")
            named = {"figure": _named(written), "names": ", ".join(bare[:10])}
            yield Objection(sentence % named, written.index)
        if not answer.actors and (answer.looked_at is None or answer.looked_at.count == 0):
            sentence = _("%(figure)s found nobody and looked at nobody: name the set with “among”.")
            yield Objection(sentence % {"figure": _named(written)}, written.index)


def _is_plain_set(answer: Answer) -> bool:
    """Whether a figure is a group of states that needs no evidence, such as a region."""
    prefixes = ("states", "un_members", "region.", "un_group.")
    expression = answer.expression
    return expression.startswith(prefixes) and not set(expression) & set("&|-(")


def _wrong_status(edition: Edition) -> Iterator[Objection]:
    """Nobody is called State Party, signatory or state not party who was not on that day."""
    for written in edition.figures:
        noun = written.tag.noun
        if noun not in NOUN_SETS or noun == "states" or written.answer.kind not in COUNTED:
            continue
        members = edition.status_sets.get(NOUN_SETS[noun], frozenset())
        strangers = [actor.name for actor in written.answer.actors if actor.key not in members]
        if strangers and not _is_of_another_day(written):
            sentence = _("%(figure)s calls %(names)s a %(noun)s, which is not so on %(day)s.")
            named = {
                "figure": _named(written),
                "names": ", ".join(strangers[:10]),
                "noun": str(NOUN_WORDS[noun]),
                "day": edition.head.cut_off_on.isoformat(),
            }
            yield Objection(sentence % named, written.index)


def _is_of_another_day(written: Written) -> bool:
    """Whether a figure says itself that it looks at an earlier day."""
    return written.answer.expression.replace(" ", "").startswith("at(")


def _parts(edition: Edition) -> Iterator[Objection]:
    """Figures that are part of one whole add up to it and share no state."""
    parts: dict[str, list[Written]] = defaultdict(list)
    for written in edition.figures:
        if written.tag.part_of:
            parts[written.tag.part_of].append(written)
    for key, those in parts.items():
        whole = edition.by_key.get(key)
        if whole is not None:
            yield from _sum(whole, those)


def _sum(whole: Written, parts: list[Written]) -> Iterator[Objection]:
    named = {
        "whole": _named(whole),
        "parts": ", ".join(part.tag.key or str(part.index) for part in parts),
    }
    total = sum(part.answer.number or 0 for part in parts)
    if total != whole.answer.number:
        sentence = _("%(whole)s is %(number)s, and its parts %(parts)s add up to %(total)s.")
        numbers = {"number": whole.answer.number, "total": total}
        yield Objection(sentence % (named | numbers), whole.index)
    seen: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for part in parts:
        for actor in part.answer.certain:
            seen[actor.key] += 1
            names[actor.key] = actor.name
    twice = [names[key] for key, times in seen.items() if times > 1]
    if twice:
        sentence = _("%(names)s stands in more than one part of %(whole)s.")
        yield Objection(sentence % (named | {"names": ", ".join(twice)}), whole.index)
    yield from _missing(whole, names)


def _missing(whole: Written, names: Mapping[str, str]) -> Iterator[Objection]:
    missing = [actor.name for actor in whole.answer.certain if actor.key not in names]
    strangers = names.keys() - {actor.key for actor in whole.answer.actors}
    if missing and names:
        sentence = _("%(names)s stands in no part of %(whole)s.")
        named = {"names": ", ".join(missing[:10]), "whole": _named(whole)}
        yield Objection(sentence % named, whole.index)
    if strangers:
        sentence = _("%(names)s stands in a part of %(whole)s, and not in the whole.")
        named = {
            "names": ", ".join(sorted(names[key] for key in strangers)),
            "whole": _named(whole),
        }
        yield Objection(sentence % named, whole.index)


def _within(edition: Edition) -> Iterator[Objection]:
    """Every state of a figure `within` another is in that one."""
    for written in edition.figures:
        whole = edition.by_key.get(written.tag.within)
        if whole is None:
            continue
        inside = {actor.key for actor in whole.answer.actors}
        outside = [actor.name for actor in written.answer.actors if actor.key not in inside]
        if outside:
            sentence = _("%(figure)s holds %(names)s, not among %(whole)s.")
            named = {
                "figure": _named(written),
                "names": ", ".join(outside[:10]),
                "whole": _named(whole),
            }
            yield Objection(sentence % named, written.index)


def _unpublished(edition: Edition) -> Iterator[Objection]:
    """Nothing counts a finding that is not published, was retracted, or rests on what is hidden."""
    cited: dict[int, Written] = {}
    for written in edition.figures:
        for actor in written.answer.actors:
            for item in actor.evidence:
                if item.finding is not None:
                    cited.setdefault(item.finding, written)
    if not cited:
        return
    shown = set(Finding.objects.shown().filter(pk__in=cited).values_list("pk", flat=True))
    for finding, written in cited.items():
        if finding not in shown:
            sentence = _("%(figure)s counts a finding that is not published.")
            yield Objection(sentence % {"figure": _named(written)}, written.index)
