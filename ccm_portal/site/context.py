"""What every template may use."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .frame import Frame


def portal(request: HttpRequest) -> dict[str, object]:
    """The page's frame, made only where a template asks for it (the admin's pages do not)."""
    as_of = getattr(request, "as_of", None)
    if as_of is None:
        return {}
    return {"frame": SimpleLazyObject(lambda: Frame(request, as_of))}
