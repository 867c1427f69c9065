from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.evaluation import Evaluation
from actions.figure_words import figure_in_words
from ccm_portal.api.answers import STATE_COLUMNS, Answer, has_lower_bounds
from ccm_portal.dates import date_format
from ccm_portal.figures import ExpressionError
from ccm_portal.management.question import QuestionCommand, as_csv, as_json
from ccm_portal.rest.table import Table

SHOWN_AROUND_MISTAKE = 60


class Command(QuestionCommand):
    help = _("The states that an expression means on a day, with the evidence.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("expression", help=_("such as “parties & region.africa - un_members”"))
        super().add_arguments(parser)

    def answer(self, on: date, **options: Any) -> str:
        expression = options["expression"]
        try:
            answer = Answer.to(expression, Evaluation.load(on))
        except ExpressionError as error:
            raise CommandError(mistake_in_words(expression, error)) from None
        match options["format"]:
            case "json":
                return as_json(answer.as_dict())
            case "csv":
                return as_csv(Table(STATE_COLUMNS, answer.state_rows()))
            case _:
                return "\n".join(in_words(answer))


def in_words(answer: Answer) -> Iterator[str]:
    """The figure for people: the number, then a line a state with its evidence."""
    figure = answer.figure
    day = date_format(figure.on, "j F Y")
    number = figure_in_words(figure)
    yield _("%(expression)s on %(day)s: %(number)s") % {
        "expression": one_line(figure.expression),
        "day": day,
        "number": number,
    }
    rows = list(answer.state_rows())
    if figure.is_open or has_lower_bounds(figure):
        yield _("A source left its list or number open: it may be more.")
    width = max((len(row["name"]) for row in rows), default=0)
    yield from state_lines(rows, width, certain=True)
    if figure.undetermined:
        yield ""
        yield ngettext(
            "%(count)d more state may belong; the records leave it open",
            "%(count)d more states may belong; the records leave it open",
            figure.undetermined,
        ) % {"count": figure.undetermined}
        yield from state_lines(rows, width, certain=False)


def state_lines(rows: list[dict[str, Any]], width: int, *, certain: bool) -> Iterator[str]:
    """A line a state: code, name, evidence."""
    for row in rows:
        if row["certain"] is certain:
            yield f"  {row['iso3']}  {row['name']:<{width}}  {row['evidence']}".rstrip()


def mistake_in_words(expression: str, error: ExpressionError) -> str:
    """What is wrong, the expression with a caret under the place, and the nearest name."""
    begin = max(0, error.position - SHOWN_AROUND_MISTAKE)
    shown = one_line(expression)[begin : error.position + SHOWN_AROUND_MISTAKE]
    lines = [error.message, f"    {shown}", " " * (4 + error.position - begin) + "^"]
    if error.suggestion:
        lines.append(_("Did you mean “%(name)s”?") % {"name": error.suggestion})
    return "\n".join(lines)


def one_line(expression: str) -> str:
    """An expression without what would move the caret: each blank character becomes a space."""
    return "".join(" " if character.isspace() else character for character in expression)
