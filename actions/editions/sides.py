"""The two sides of a comparison: published editions, the working one, the working one on a day."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from actions.models import FrozenEdition
from ccm_portal import as_of
from ccm_portal.dates import date_format

from . import publication
from .canonical import Json
from .publication import Versions
from .shown import WORKING
from .source import Source


@dataclass(frozen=True)
class Side:
    """One side: how an address asks for it, its title, and what it says."""

    asked: str
    title: str
    content: Json


def choices(versions: Versions) -> Iterator[tuple[str, str]]:
    """What can be compared: how an address asks for it, and its title."""
    if versions.is_working_public:
        yield WORKING, _("Working edition")
    for item in versions.frozen:
        if publication.withdrawal_of(item) is None:
            yield str(item.number), _("Published edition %(number)s") % {"number": item.number}


def sides(versions: Versions, before: str, after: str) -> tuple[Side, Side]:
    """The two sides asked for; by default the newest published edition and the working one.

    Raises `Http404` for what is not public or not there.
    """
    standing = str(versions.standing.number) if versions.standing else WORKING
    newest = WORKING if versions.is_working_public else standing
    return side(versions, before or standing), side(versions, after or newest)


def side(versions: Versions, asked: str) -> Side:
    """One side by what an address says: a number, `working`, or a day such as 2011-08-20."""
    title = dict(choices(versions)).get(asked, "")
    if title and asked != WORKING:
        frozen = versions.numbered(int(asked))
        assert frozen is not None
        full = FrozenEdition.objects.get(pk=frozen.pk)
        return Side(asked, title, publication.content_of(full))
    if not versions.is_working_public:
        raise Http404(_("There is nothing to compare with."))
    source = Source.of(versions.report)
    if asked != WORKING:
        try:
            day = as_of.read(asked).day
        except as_of.WrongDate as error:
            raise Http404(str(error)) from None
        source = source.on(day)
        title = _("Working edition on %(day)s") % {"day": date_format(day, "j F Y")}
    return Side(asked, title, publication.working_content(source))
