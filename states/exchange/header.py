"""The columns of a file: which are known, and which it must have."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _
from rapidfuzz import process

from .reading import Sheet
from .results import Refusal


def check_columns(
    sheet: Sheet, *, known: Sequence[str], locators: Collection[str], required: Sequence[str]
) -> None:
    """Refuse a table with columns that are not `known`, or without all that are `required`.

    `locators` are allowed but not named to the user as columns of their own. Raises `Refusal`.
    """
    unknown = [column for column in sheet.headers if column not in {*known, *locators}]
    missing = [column for column in required if column not in sheet.headers]
    if not unknown and not missing:
        return
    sentences = [_unknown(column, known) for column in unknown]
    sentences += [_("The column “%(name)s” is missing.") % {"name": name} for name in missing]
    sentences.append(_("The columns are: %(names)s.") % {"names": ", ".join(known)})
    if sheet.title:
        sentences.append(_("Only the first sheet, “%(sheet)s”, is read.") % {"sheet": sheet.title})
    raise Refusal(" ".join(sentences))


def _unknown(column: str, known: Sequence[str]) -> str:
    nearest = process.extractOne(column, known, score_cutoff=75)
    if nearest is None:
        return _("The column “%(name)s” is not known.") % {"name": column[:60]}
    return _("The column “%(name)s” is not known: is “%(nearest)s” meant?") % {
        "name": column[:60],
        "nearest": nearest[0],
    }
