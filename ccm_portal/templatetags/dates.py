"""Django's filter `date` for days that stand on a page many times. All templates have it."""

from datetime import date
from typing import Any

from django import template
from django.template import defaultfilters

from ccm_portal.dates import date_format

register = template.Library()


@register.filter(name="date", expects_localtime=True, is_safe=False)
def day(value: Any, form: str | None = None) -> str:
    """What Django's own filter gives; a day in words is remembered."""
    if type(value) is date and form:
        return date_format(value, form)
    return defaultfilters.date(value, form)
