"""The explorer: any figure on any date, with its states and the evidence behind each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.evaluation import Evaluation, Member
from actions.figure_words import figure_in_words
from ccm_portal.api.answers import ANSWERS
from ccm_portal.as_of import AsOf
from ccm_portal.exports import Row, csv_response
from ccm_portal.figures import FUNCTIONS, Definition, Evidence, ExpressionError, Figure, Kind, parse
from ccm_portal.figures.expression import names_in
from ccm_portal.links import Links
from states.models import Meeting

from . import figure_builder, figure_map
from .expression_words import in_words

CSV_COLUMNS = (
    "iso3",
    "name",
    "membership",
    "evidence",
    "date",
    "document",
    "place",
    "answer",
    "date_words",
    "reported_on",
    "remark",
    "expression",
    "as_of",
)
EXAMPLES = (
    "parties",
    "parties & region.africa",
    "since(1MSP, parties)",
    "share(parties | signatories, un_members)",
    "growth(1MSP, parties)",
    "reports.initial.overdue",
    "acceded | awaiting_entry_into_force",
)


@dataclass(frozen=True)
class Mistake:
    """What is wrong with an expression, and the text before, at and after the place."""

    message: str
    before: str
    at: str
    after: str
    suggestion: str
    corrected: str


@dataclass(frozen=True)
class Part:
    """A name that an expression uses, with its own number on the day."""

    definition: Definition
    number: str


def figures(request: HttpRequest) -> HttpResponse:
    """The figure of an expression; without one, what may be asked."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    if "build" in request.GET:
        return redirect(Links(as_of).to("figures", expression=figure_builder.built(request.GET)))
    expression = request.GET.get("expression", "").strip()
    evaluation = Evaluation.load(as_of.day, language=get_language() or "en")
    context: dict[str, Any] = {"expression": expression, "examples": EXAMPLES}
    status = 200
    if expression:
        try:
            context |= _answer(evaluation, expression, Links(as_of))
        except ExpressionError as error:
            context["mistake"] = _mistake(expression, error)
            status = 400
    context |= _language(evaluation, Links(as_of))
    return render(request, "site/figures.html", context, status=status)


def figures_csv(request: HttpRequest) -> HttpResponse:
    """The states of a figure as a CSV file, a row for each piece of evidence."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    expression = request.GET.get("expression", "").strip()
    evaluation = Evaluation.load(as_of.day)
    try:
        figure = evaluation.figure(expression)
    except ExpressionError as error:
        return render(request, "400.html", {"reason": str(error)}, status=400)
    rows = [
        row
        for member in evaluation.members(figure)
        for row in _rows(member, expression, as_of.day.isoformat())
    ]
    return csv_response(rows, CSV_COLUMNS, filename=f"figure-{as_of.day.isoformat()}.csv")


def _answer(evaluation: Evaluation, expression: str, links: Links) -> dict[str, Any]:
    """The figure with everything that the page shows of it. Raises `ExpressionError`."""
    figure = evaluation.figure(expression)
    members = evaluation.members(figure)
    return {
        "figure": figure,
        "number": figure_in_words(figure),
        "members": members,
        "has_amounts": figure.kind is Kind.QUANTITY,
        "has_labels": figure.kind is Kind.OCCURRENCE,
        "unit": figure.unit.replace("_", " "),
        "has_evidence": any(member.evidence for member in members),
        "disputed": sum(member.is_disputed for member in members),
        "comparison": _comparison(figure),
        "parts": list(_parts(evaluation, figure)),
        "map": figure_map.draw(members, evaluation.register, links),
        "title": in_words(expression, evaluation.definitions | evaluation.vocabulary.day_functions),
        "csv_url": links.to("figures_csv", expression=expression),
    }


def _language(evaluation: Evaluation, links: Links) -> dict[str, Any]:
    """Everything that may be asked, by theme, and the lists to build an expression from."""
    definitions = evaluation.definitions
    groups = figure_builder.groups(definitions, links)
    return {
        "groups": groups,
        "name_options": figure_builder.name_options(groups),
        "names": list(definitions),
        "day_functions": list(evaluation.vocabulary.day_functions.values()),
        "functions": list(FUNCTIONS.values()),
        "choices": figure_builder.choices(),
        "meetings": list(
            Meeting.objects.published()
            .filter(ends_on__lte=evaluation.on)
            .order_by("ends_on")
            .values_list("code", "name")
        ),
    }


def _parts(evaluation: Evaluation, figure: Figure) -> Iterator[Part]:
    """The names in an expression of several, each with its own number."""
    definitions = evaluation.definitions
    names = dict.fromkeys(name.name for name in names_in(parse(figure.expression)))
    answers = evaluation.answers(names) if set(names) != {figure.expression} else ()
    for name, answer in zip(names, answers, strict=False):
        if isinstance(answer, Figure):
            definition = definitions.get(name) or definitions[name.removesuffix(".no")]
            title = definition.title
            if name not in definitions:
                title = _("%(title)s: recorded as “no”") % {"title": title}
            yield Part(Definition(name, title, definition.explanation), figure_in_words(answer))


def _comparison(figure: Figure) -> str:
    """What a share is a share of, or from where to where something grew."""
    if figure.whole is None or figure.total is None:
        return ""
    numbers = {"part": figure.count, "whole": len(figure.whole.certain)}
    if figure.kind is Kind.SHARE:
        return _("%(part)s of %(whole)s") % numbers
    return _("from %(whole)s to %(part)s") % numbers


def _rows(member: Member, expression: str, day: str) -> list[Row]:
    membership = "certain" if member.is_certain else "undetermined"
    begin = (member.key, member.name, "disputed" if member.is_disputed else membership)
    return [
        (
            *begin,
            item.text,
            item.on,
            item.document,
            item.place,
            ANSWERS[item.answer],
            item.day_words,
            item.reported_on,
            item.remark,
            expression,
            day,
        )
        for item in member.evidence or (Evidence(text=""),)
    ]


def _mistake(expression: str, error: ExpressionError) -> Mistake:
    """The mistake with its place; a misspelt name is marked whole."""
    begin = min(error.position, len(expression))
    end = begin
    while end < len(expression) and (expression[end].isalnum() or expression[end] in "._"):
        end += 1
    end = max(end, min(begin + 1, len(expression)))
    suggestion = error.suggestion
    return Mistake(
        message=error.message,
        before=expression[:begin],
        at=expression[begin:end],
        after=expression[end:],
        suggestion=suggestion,
        corrected=expression[:begin] + suggestion + expression[end:] if suggestion else "",
    )
