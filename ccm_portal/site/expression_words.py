"""What an expression counts, in words: “States Parties” and also “Stockpile to be destroyed”."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ccm_portal.figures import Definition, parse
from ccm_portal.figures.expression import Argument, Call, Landmark, Name, Operation
from ccm_portal.figures.vocabulary import NO

LONGEST = 240
"""More than this is no sentence any longer: the page lists what the figure is made of."""

Titles = Mapping[str, Definition]


def in_words(expression: str, titles: Titles) -> str:
    """The words for an expression that can be read; `titles` has functions of a day too."""
    node = parse(expression)
    if isinstance(node, Name):
        return _title(node, titles)
    said = _words(node, titles)
    if len(said) <= LONGEST:
        return said[:1].upper() + said[1:]
    return _("A figure put together from the sets that are listed below")


def _title(name: Name, titles: Titles) -> str:
    if name.name in titles:
        return str(titles[name.name].title)
    title = titles[name.name.removesuffix(NO)].title
    return _("%(title)s: recorded as “no”") % {"title": title}


def _words(node: Argument, titles: Titles) -> str:
    if isinstance(node, Landmark):
        return node.text
    if isinstance(node, Name):
        return _("“%(title)s”") % {"title": _title(node, titles)}
    if isinstance(node, Call):
        return _of_call(node, titles)
    return _of_operation(node, titles)


def _of_operation(node: Operation, titles: Titles) -> str:
    """A chain of one sign reads on; whatever is of another sign stands in parentheses."""
    joined = {"&": _("%s and also %s"), "-": _("%s but not %s"), "|": _("%s or %s")}[node.sign]
    left = _words(node.left, titles)
    if isinstance(node.left, Operation) and node.left.sign != node.sign:
        left = f"({left})"
    right = _words(node.right, titles)
    return joined % (left, f"({right})" if isinstance(node.right, Operation) else right)


def _of_call(call: Call, titles: Titles) -> str:
    said = [_words(argument, titles) for argument in call.arguments]
    if call.function in titles:
        return f"{_title(Name(call.function, call.position), titles)}: {', '.join(said)}"
    first, *rest = said
    second = rest[0] if rest else ""
    patterns = {
        "since": _("%(second)s since %(first)s"),
        "at": _("%(second)s as at %(first)s"),
        "before_eif": _("%(first)s before entry into force for the state"),
        "organisations": _("organisations: %(first)s"),
        "actors": _("states and organisations behind %(first)s"),
        "share": _("%(first)s as a share of %(second)s"),
        "growth": _("growth of %(second)s since %(first)s"),
    }
    return patterns.get(call.function, "%(first)s") % {"first": first, "second": second}
