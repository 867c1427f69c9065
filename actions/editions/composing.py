"""An edition put together: its prose asked, answered and written, in one evaluation."""

from collections import Counter as Tally
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import translation
from django.utils.translation import gettext as _

from actions.evaluation import Evaluation, Member
from actions.prose import tags as tag_text
from actions.prose.answers import Actor, Answer, AnswerKind, LookedAt, Printed
from actions.prose.expansion import Written, expand
from actions.prose.languages import Amount, grammar
from actions.prose.tags import Ask, Broken, Form, Tag, TagError
from actions.prose.tree import Block, Counter, Paragraph, read_markdown
from ccm_portal.figures import ExpressionError, Figure, Kind
from ccm_portal.figures.vocabulary import nearest

from .questions import CONSTANTS, NOUN_SETS, Facts, Question, question, resolved, spelled_out
from .source import ChapterSource, Head, Mistake, Source, read_names


@dataclass(frozen=True)
class Chapter:
    """A chapter as it reads: plain Markdown with footnotes, its tree, and the figures in it."""

    source: ChapterSource
    markdown: str
    blocks: tuple[Block, ...]
    figures: tuple[Written, ...]

    @property
    def paragraphs(self) -> tuple[int, int] | None:
        """Its first and its last paragraph number, or None if it has none."""
        numbers = [
            block.number
            for block in self.blocks
            if isinstance(block, Paragraph) and block.number is not None
        ]
        return (numbers[0], numbers[-1]) if numbers else None


@dataclass(frozen=True)
class Edition:
    """An edition on its cut-off date, as its prose and the data stand now."""

    head: Head
    chapters: tuple[Chapter, ...]
    mistakes: tuple[Mistake, ...]
    status_sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Who belongs to the set of each noun on the cut-off date: ISO3 codes."""

    @cached_property
    def figures(self) -> tuple[Written, ...]:
        """Every figure in order; `index` is its place, from 1."""
        return tuple(figure for chapter in self.chapters for figure in chapter.figures)

    @cached_property
    def by_key(self) -> dict[str, Written]:
        """The figures that have a key, by which the reconciliation finds them."""
        return {figure.tag.key: figure for figure in self.figures if figure.tag.key}


def compose(source: Source) -> Edition:
    """Ask, answer and write a whole edition. Mistakes are told, never raised.

    Costs as many queries for three figures as for two hundred: those of `Evaluation`, one for the
    meetings, one for the documents that printed numbers cite.
    """
    with translation.override(source.head.language):
        return _Composer(source).edition()


class _Composer:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.grammar = grammar(source.head.language)
        self.pieces = [tag_text.read(chapter.prose) for chapter in source.chapters]
        self.mistakes: list[Mistake] = []
        self.answers: dict[tuple[int, int], Answer] = {}
        names, mistakes = read_names(source.names)
        self.names = names
        self.mistakes += mistakes
        self.evaluation = Evaluation.load(
            source.head.cut_off_on,
            language=source.head.language,
            named={line.name: line.expression for line in names},
        )

    def edition(self) -> Edition:
        tags = self._resolved()
        facts = Facts.load(self.source.head, (tag for _at, tag in tags))
        self._answer_values(tags, facts)
        status_sets = self._answer_figures(tags)
        return Edition(
            head=self.source.head,
            chapters=tuple(self._chapters()),
            mistakes=tuple(sorted(self.mistakes, key=_place)),
            status_sets=status_sets,
        )

    # Which tags there are

    def _resolved(self) -> list[tuple[int, Tag]]:
        """The tags that can be asked, each with its chapter; the others become mistakes."""
        found = []
        for index, pieces in enumerate(self.pieces):
            for piece in pieces:
                if isinstance(piece, Broken):
                    self._wrong(index, piece, piece.error)
                elif isinstance(piece, Tag):
                    found.append((index, piece))
        twice = {
            key
            for key, times in Tally(tag.key for _at, tag in found if tag.key).items()
            if times > 1
        }
        by_key = {tag.key: tag for _at, tag in found if tag.key}
        kept = []
        for index, tag in found:
            try:
                if tag.key in twice:
                    message = _("the key “%(key)s” stands more than once.") % {"key": tag.key}
                    raise TagError(message, tag.begin)
                self._check_keys(tag, by_key)
                kept.append((index, resolved(tag, by_key)))
            except TagError as error:
                self._wrong(index, tag, error)
        return kept

    def _check_keys(self, tag: Tag, by_key: Mapping[str, Tag]) -> None:
        for key in (tag.part_of, tag.within):
            if key and key not in by_key:
                message = _("no figure of this edition has the key “%(key)s”.") % {"key": key}
                position = tag.begin + max(tag.text.rfind(key), 0)
                raise TagError(message, position, nearest(key, by_key))

    def _wrong(self, index: int, piece: Tag | Broken, error: TagError) -> None:
        chapter = self.source.chapters[index]
        line, column = tag_text.place(chapter.prose, error.position)
        self.mistakes.append(
            Mistake(
                chapter=chapter.position,
                line=line,
                column=column,
                message=error.message,
                suggestion=error.suggestion,
                begin=piece.begin,
                end=piece.end,
            )
        )

    # What is not a figure

    def _answer_values(self, tags: Iterable[tuple[int, Tag]], facts: Facts) -> None:
        for index, tag in tags:
            try:
                if tag.ask is Ask.VALUE:
                    self.answers[index, tag.begin] = _value(tag, facts)
                elif tag.ask is Ask.PRINTED:
                    self.answers[index, tag.begin] = _printed(tag, facts)
            except TagError as error:
                self._wrong(index, tag, error)

    # Figures

    def _answer_figures(self, tags: Iterable[tuple[int, Tag]]) -> dict[str, frozenset[str]]:
        asked = [(index, tag, question(tag)) for index, tag in tags if tag.ask is Ask.EXPRESSION]
        sets = list(NOUN_SETS.values())
        among = list(dict.fromkeys(tag.among for _at, tag, _question in asked if tag.among))
        named = [line.expression for line in self.names]
        expressions = [*(question.expression for *_rest, question in asked), *sets, *among, *named]
        answers = dict(zip(expressions, self.evaluation.answers(expressions), strict=True))
        self._check_names(answers)
        figures = []
        for index, tag, put in asked:
            try:
                figure = _figure(answers[put.expression], put, tag)
                looked_at = self._looked_at(tag, answers)
                figures.append((index, tag, figure, looked_at))
            except TagError as error:
                self._wrong(index, tag, error)
        meanings = self.evaluation.named
        members = self.evaluation.members_of(figure for *_rest, figure, _looked in figures)
        for (index, tag, figure, looked_at), those in zip(figures, members, strict=True):
            self.answers[index, tag.begin] = _answer(figure, those, looked_at, meanings)
        return {name: _certain(answers[name]) for name in sets}

    def _check_names(self, answers: Mapping[str, Figure | ExpressionError]) -> None:
        known = self.evaluation.definitions
        for line in self.names:
            answer = answers[line.expression]
            if isinstance(answer, ExpressionError):
                self.mistakes.append(
                    Mistake(
                        None,
                        line.line,
                        line.column + answer.position,
                        answer.message,
                        answer.suggestion,
                    )
                )
            elif line.name in known:
                message = _("“%(name)s” has a meaning already: choose another name.")
                self.mistakes.append(Mistake(None, line.line, 1, message % {"name": line.name}))

    def _looked_at(
        self, tag: Tag, answers: Mapping[str, Figure | ExpressionError]
    ) -> LookedAt | None:
        expression = tag.among or NOUN_SETS.get(tag.noun, "states")
        answer = answers[expression]
        if isinstance(answer, ExpressionError):
            raise TagError(answer.message, tag.among_at + answer.position, answer.suggestion)
        return LookedAt(spelled_out(expression, self.evaluation.named), answer.count)

    # What it reads like

    def _chapters(self) -> Iterator[Chapter]:
        counter = Counter()
        first = 1
        for index, (source, pieces) in enumerate(
            zip(self.source.chapters, self.pieces, strict=True)
        ):
            expanded = expand(
                pieces,
                lambda tag, index=index: self.answers.get((index, tag.begin)),  # type: ignore[misc]
                self.grammar,
                first=first,
            )
            first += len(expanded.figures)
            blocks = read_markdown(expanded.markdown, counter)
            yield Chapter(source, expanded.markdown, blocks, expanded.figures)


def _place(mistake: Mistake) -> tuple[int, int, int]:
    return (mistake.chapter or 0, mistake.line, mistake.column)


def _value(tag: Tag, facts: Facts) -> Answer:
    if tag.question in CONSTANTS:
        number, article = CONSTANTS[tag.question]
        return Answer(AnswerKind.CONSTANT, amount=Amount.exactly(number), basis=article)
    day, basis = facts.day(tag)
    return Answer(AnswerKind.DATE, day=day, basis=basis)


def _printed(tag: Tag, facts: Facts) -> Answer:
    document, place = facts.document(tag)
    if document is None:
        return Answer(AnswerKind.PRINTED, printed=Printed(tag.question))
    if not document.is_public:
        return Answer(AnswerKind.PRINTED, printed=Printed(tag.question, is_public=False))
    printed = Printed(tag.question, document.title, place, document.url)
    return Answer(AnswerKind.PRINTED, printed=printed)


def _figure(answer: Figure | ExpressionError, put: Question, tag: Tag) -> Figure:
    """The answer, if it is one and of the kind that the tag's form can write."""
    if isinstance(answer, ExpressionError):
        raise put.error(answer)
    wanted = {Form.SUM: Kind.QUANTITY, Form.OCCURRENCES: Kind.OCCURRENCE}.get(tag.form)
    if wanted is not None and answer.kind is not wanted:
        message = {
            Form.SUM: _("this counts states: “sum” needs a quantity."),
            Form.OCCURRENCES: _("this counts states: “count occurrences” needs occurrences."),
        }[tag.form]
        raise TagError(message, tag.question_at)
    if answer.total is None:
        raise TagError(_("there is nothing that this could be a share of."), tag.question_at)
    return answer


def _answer(
    figure: Figure,
    members: Iterable[Member],
    looked_at: LookedAt | None,
    names: Mapping[str, str],
) -> Answer:
    assert figure.total is not None
    kinds = {
        Kind.QUANTITY: AnswerKind.QUANTITY,
        Kind.SHARE: AnswerKind.PERCENT,
        Kind.GROWTH: AnswerKind.PERCENT,
    }
    return Answer(
        kind=kinds.get(figure.kind, AnswerKind.COUNT),
        expression=spelled_out(figure.expression, names),
        amount=Amount(figure.total, figure.most),
        unit=figure.unit,
        actors=tuple(_actor(member) for member in members),
        is_open=figure.is_open,
        looked_at=looked_at,
    )


def _actor(member: Member) -> Actor:
    standing = member.standing
    return Actor(
        key=member.key,
        name=member.name,
        status=standing.status.value if standing else "organisation",
        is_certain=member.is_certain,
        is_disputed=member.is_disputed,
        slug=standing.state.slug if standing else "",
        evidence=member.evidence,
    )


def _certain(answer: Figure | ExpressionError) -> frozenset[str]:
    return frozenset() if isinstance(answer, ExpressionError) else answer.states.certain
