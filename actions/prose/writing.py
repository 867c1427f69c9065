"""A figure as words and as a footnote: the tag says how, the grammar of the language does it."""

import re
from collections.abc import Iterable

from .answers import Actor, Answer, AnswerKind
from .languages import Amount, Grammar, Noun
from .tags import Form, Tag

_OPENERS = r"[*_“\"«(\[¿¡‘']*"
_BEFORE_PARAGRAPH = re.compile(r"\n[ \t]*\n|^#{1,6}[ \t].*\n", re.MULTILINE)
_START_OF_BLOCK = re.compile(rf"^\s*{_OPENERS}$")
_START_OF_ITEM = re.compile(rf"^\s*(?:(?:[-*+]|\d{{1,9}}[.)]|#{{1,6}}|>)\s+)+{_OPENERS}$")
_END_OF_SENTENCE = re.compile(r"[.!?…؟](?:[”\"’')\]»*_]|\[\^[^\]]*\])*\s+[*_“\"«(\[¿¡‘']*$")
_LAST_WORD = re.compile(r"([^\s(\[“\"«]+)\.(?:[”\"’')\]»*_])*\s+\S*$")


def words(tag: Tag, answer: Answer, grammar: Grammar, *, starts_sentence: bool) -> str:
    """What stands in the sentence, such as “Seven States Parties”."""
    text = _words(tag, answer, grammar)
    capital = starts_sentence if tag.capital is None else tag.capital
    return grammar.capitalised(text) if capital else text


def note(tag: Tag, answer: Answer, grammar: Grammar) -> str:
    """What stands in the footnote, "" for none: names with remarks, open cases, the source."""
    if not tag.has_note or tag.form is Form.LIST:
        return ""
    sentences = list(_note(tag, answer, grammar))
    if tag.note:
        sentences.append(tag.note if tag.note[-1] in ".!?" else f"{tag.note}.")
    return " ".join(sentences)


def starts_sentence(before: str, grammar: Grammar) -> bool:
    """Whether what follows a text of Markdown begins a sentence."""
    paragraph = _BEFORE_PARAGRAPH.split(before)[-1]
    if _START_OF_BLOCK.match(paragraph) or _START_OF_ITEM.match(paragraph.rsplit("\n", 1)[-1]):
        return True
    if not _END_OF_SENTENCE.search(paragraph):
        return False
    last = _LAST_WORD.search(paragraph)
    return last is None or not _is_abbreviation(last.group(1), grammar)


def noun_of(tag: Tag, grammar: Grammar) -> Noun:
    """What the tag counts, in the language's forms."""
    if tag.own_noun:
        return Noun(tag.own_noun, tag.is_feminine)
    if tag.noun:
        return grammar.nouns[tag.noun]
    return Noun(is_feminine=tag.is_feminine)


def _is_abbreviation(word: str, grammar: Grammar) -> bool:
    word = word.casefold().strip("*_")
    is_initial = len(word) == 1 and word.isalpha() and word not in "aàyoeи"
    return word in grammar.abbreviations or is_initial


def _words(tag: Tag, answer: Answer, grammar: Grammar) -> str:
    noun = noun_of(tag, grammar)
    match answer.kind:
        case AnswerKind.PRINTED:
            return _printed(answer, noun, grammar)
        case AnswerKind.DATE:
            assert answer.day is not None
            return grammar.month(answer.day) if tag.by_month else grammar.day(answer.day)
        case AnswerKind.PERCENT:
            return grammar.percent(_amount(tag, answer))
    if tag.form is Form.LIST:
        return _names_in_sentence(tag, answer, noun, grammar)
    if tag.form is Form.NAME and len(answer.actors) == 1 and answer.certain and not answer.is_open:
        return answer.certain[0].name
    return grammar.counted(_amount(tag, answer), noun, as_digits=tag.is_digits)


def _amount(tag: Tag, answer: Answer) -> Amount:
    amount = answer.amount or Amount.exactly(0)
    return Amount(amount.number, None) if tag.is_at_least else amount


def _printed(answer: Answer, noun: Noun, grammar: Grammar) -> str:
    assert answer.printed is not None
    printed = answer.printed.words
    digits = printed.replace(",", "")
    if digits.isascii() and digits.isdecimal():
        return grammar.exactly(int(digits), noun)
    return f"{printed} {noun.form(1)}" if noun.is_named else printed


def _names_in_sentence(tag: Tag, answer: Answer, noun: Noun, grammar: Grammar) -> str:
    if not answer.actors:
        return grammar.none(noun)
    return grammar.joined(_names(tag, answer, answer.actors, grammar))


def _names(tag: Tag, answer: Answer, actors: Iterable[Actor], grammar: Grammar) -> list[str]:
    """Names with what must be said of each in parentheses."""
    is_mixed = tag.noun == "states" and len({actor.status for actor in answer.actors}) > 1
    return [_name(tag, actor, grammar, with_status=is_mixed) for actor in actors]


def _name(tag: Tag, actor: Actor, grammar: Grammar, *, with_status: bool) -> str:
    remarks = []
    if with_status and actor.status != "party":
        remarks.append(grammar.words[actor.status])
    if actor.is_disputed:
        remarks.append(grammar.words["disputed"])
    own = tag.remarks.get(actor.key, "")
    if own:
        remarks.append(own)
    return f"{actor.name} ({'; '.join(remarks)})" if remarks else actor.name


def _note(tag: Tag, answer: Answer, grammar: Grammar) -> Iterable[str]:
    if answer.kind is AnswerKind.PRINTED:
        yield _source(tag, answer, grammar)
        return
    if answer.kind in {AnswerKind.PERCENT, AnswerKind.DATE, AnswerKind.CONSTANT}:
        return
    if answer.certain:
        yield grammar.joined(_names(tag, answer, answer.certain, grammar)) + "."
    if answer.undetermined:
        names = grammar.joined(_names(tag, answer, answer.undetermined, grammar))
        yield grammar.words["open cases"].format(names=names)
    if answer.is_open:
        yield grammar.words["open list"]
    if not answer.actors and answer.looked_at is not None:
        noun = noun_of(tag, grammar)
        noun = noun if tag.noun else grammar.nouns["states"]
        looked_at = grammar.exactly(answer.looked_at.count, noun)
        yield grammar.words["looked at"].format(set=looked_at)


def _source(tag: Tag, answer: Answer, grammar: Grammar) -> str:
    printed = answer.printed
    assert printed is not None
    reason = tag.reason or grammar.words["not named"]
    if not printed.is_public:
        return grammar.words["printed"].format(document=grammar.words["not public"], reason=reason)
    place = ", ".join(part for part in (printed.document, printed.place) if part)
    if not place:
        return grammar.words["printed nowhere"].format(reason=reason)
    return grammar.words["printed"].format(document=place, reason=reason)
