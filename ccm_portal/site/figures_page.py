"""One figure on one page: the number, its states, and the evidence behind each of them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.evaluation import Evaluation, Member
from ccm_portal.as_of import AsOf
from ccm_portal.exports import Row, csv_response
from ccm_portal.figures import ExpressionError
from ccm_portal.links import Links

CSV_COLUMNS = (
    "iso3",
    "name",
    "membership",
    "evidence",
    "date",
    "document",
    "place",
    "expression",
    "as_of",
)
EXAMPLES = (
    "parties",
    "parties & region.africa",
    "since(1MSP, parties)",
    "signatories - provisional_application",
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


def figures(request: HttpRequest) -> HttpResponse:
    """The figure of an expression; without one, what may be asked."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    expression = request.GET.get("expression", "").strip()
    evaluation = Evaluation.load(as_of.day, language=get_language() or "en")
    context: dict[str, object] = {
        "expression": expression,
        "examples": EXAMPLES,
        "definitions": evaluation.definitions.values(),
    }
    status = 200
    if expression:
        try:
            figure = evaluation.figure(expression)
        except ExpressionError as error:
            context["mistake"] = _mistake(expression, error)
            status = 400
        else:
            members = evaluation.members(figure)
            context |= {
                "figure": figure,
                "members": members,
                "has_evidence": any(member.evidence for member in members),
                "title": _title(expression, evaluation),
                "csv_url": Links(as_of).to("figures_csv", expression=expression),
            }
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


def _rows(member: Member, expression: str, day: str) -> list[Row]:
    membership = "certain" if member.is_certain else "undetermined"
    begin = (member.key, member.name, membership)
    if not member.evidence:
        return [(*begin, "", None, "", "", expression, day)]
    return [
        (*begin, item.text, item.on, item.document, item.place, expression, day)
        for item in member.evidence
    ]


def _title(expression: str, evaluation: Evaluation) -> str:
    """The words of a single name, or what every composed figure is called."""
    definition = evaluation.definitions.get(expression)
    return str(definition.title) if definition else _("A composed figure")


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
