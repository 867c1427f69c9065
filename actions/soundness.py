"""What must hold of plans, indicators and findings that are published, besides what must hold of
everything that is (`states.soundness`).
"""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from states import soundness
from states.publishing import Record

from .models import ActionPlan, Finding, Indicator


def ensure(*, records: Iterable[Record]) -> None:
    """Raise `ValidationError`, a sentence for each objection, unless these records are sound.

    An indicator shows with its plan; a finding shows what a public document says of a published
    indicator, and nothing that was retracted.
    """
    records = list(records)
    objections = [sentence for record in records for sentence in _objections(record)]
    if objections:
        raise ValidationError(list(dict.fromkeys(objections)))
    soundness.ensure(records=records)


def _objections(record: Record) -> Iterator[str]:
    if isinstance(record, ActionPlan):
        yield from _to_plan(ActionPlan.objects.get(pk=record.pk))
    elif isinstance(record, Indicator):
        yield from _to_indicator(Indicator.objects.select_related("theme__plan").get(pk=record.pk))
    elif isinstance(record, Finding):
        yield from _to_finding(Finding.objects.select_related("indicator").get(pk=record.pk))


def _to_plan(plan: ActionPlan) -> Iterator[str]:
    shown = Indicator.objects.published().filter(theme__plan=plan)
    if not plan.is_published and shown.exists():
        yield _(
            "“%(plan)s” has indicators that are published: take them back to draft before it."
        ) % {"plan": plan}


def _to_indicator(indicator: Indicator) -> Iterator[str]:
    plan = indicator.theme.plan
    if indicator.is_published and not plan.is_published:
        yield _(
            "%(indicator)s belongs to “%(plan)s”, which is a draft: publish the plan first."
        ) % {"indicator": indicator, "plan": plan}


def _to_finding(finding: Finding) -> Iterator[str]:
    if not finding.is_published:
        return
    if finding.is_retracted:
        yield _("%(finding)s was retracted, so it cannot be published.") % {"finding": finding}
    if not finding.indicator.is_published:
        yield _("%(indicator)s is a draft: publish the indicator before its findings.") % {
            "indicator": finding.indicator
        }
