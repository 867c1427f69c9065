"""The questions that a plan puts to figures: who is addressed, and who of them reported what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from actions.evaluation import Evaluation
from actions.indicator_names import action_name, tells_of_doing
from actions.models import Action, Indicator, Theme
from ccm_portal.figures import ExpressionError, Figure


def addressed(action: Action) -> str:
    """The expression of those whom an action addresses; "" where no record can tell."""
    return action.addressees.strip()


def doing(action: Action) -> str:
    """The name of all of whom something that the action asks for is reported."""
    return action_name(action.plan.code, action.number)


def within(name: str, concerned: str) -> str:
    """Those of a name among the states concerned; all of them where nobody can tell who is."""
    return f"({concerned}) & {name}" if concerned else name


def of_indicator(indicator: Indicator, actions: Iterable[Action]) -> str:
    """The states that an indicator concerns: whomever the actions that it measures address.

    "" where it measures none, where one of them addresses nobody that records tell of, and where
    a yes says that there is a duty.
    """
    addressees = list(dict.fromkeys(addressed(action) for action in actions))
    if not addressees or "" in addressees or not tells_of_doing(indicator):
        return ""
    # A set that holds another makes the other needless: all parties, and those with a duty.
    if "parties" in addressees and all("parties" in expression for expression in addressees):
        return "parties"
    return " | ".join(f"({item})" for item in addressees) if addressees[1:] else addressees[0]


def is_vouched_for(theme: Theme, on: date) -> bool:
    """Whether everything known on a theme by a day has been entered."""
    return theme.complete_through is not None and theme.complete_through >= on


@dataclass(frozen=True)
class Figures:
    """The answers to a page's questions by their expressions; those with mistakes are missing."""

    answers: Mapping[str, Figure]

    @classmethod
    def of(cls, evaluation: Evaluation, expressions: Iterable[str]) -> "Figures":
        """Answer all questions with the queries of one."""
        wanted = list(dict.fromkeys(expression for expression in expressions if expression))
        answered = zip(wanted, evaluation.answers(wanted), strict=True)
        return cls(
            {
                expression: answer
                for expression, answer in answered
                if not isinstance(answer, ExpressionError)
            }
        )

    def get(self, expression: str) -> Figure | None:
        """The answer; None for no expression and for a mistaken one."""
        return self.answers.get(expression)
