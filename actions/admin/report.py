"""Reports in the data entry, once more: what their lines say is proposed as findings.

The page itself belongs to `reports`, which knows nothing of findings; here it is put in place with
what follows from its saving.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions import proposing
from actions.models import Finding
from actions.proposing import Outcome
from reports.admin.report import TransparencyReportAdmin
from reports.documents import of_kind_report
from reports.models import TransparencyReport
from states.admin.record import has_permission

admin.site.unregister(TransparencyReport)


@admin.register(TransparencyReport)
class ProposingReportAdmin(TransparencyReportAdmin):
    actions = (*TransparencyReportAdmin.actions, "propose_findings")

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if has_permission(request, "add", Finding):
            request.proposed = self._propose(request, form.instance)  # type: ignore[attr-defined]

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response: HttpResponse = super().response_change(request, obj)
        self._tell_of(request, getattr(request, "proposed", Outcome()), [obj])
        return response

    @admin.action(
        description=gettext_lazy("Propose findings from selected reports"),
        permissions=["change"],
    )
    def propose_findings(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        if not has_permission(request, "add", Finding):
            self.message_user(
                request, _("You may not add findings: ask somebody who may."), messages.ERROR
            )
            return
        reports = list(queryset)
        outcome = sum((self._propose(request, report) for report in reports), Outcome())
        if outcome == Outcome():
            self.message_user(request, _("There was nothing new to propose."))
        self._tell_of(request, outcome, reports)

    def _propose(self, request: HttpRequest, report: TransparencyReport) -> Outcome:
        name = self.state_named(report)
        return proposing.propose(report=report, name=name, by=request.user)  # type: ignore[arg-type]

    def _tell_of(
        self, request: HttpRequest, outcome: Outcome, reports: Sequence[TransparencyReport]
    ) -> None:
        """Say what was proposed, with the way there."""
        count = outcome.added + outcome.changed
        if count:
            sentence = ngettext(
                "%(count)s finding is proposed as a draft from what was entered.",
                "%(count)s findings are proposed as drafts from what was entered.",
                count,
            ) % {"count": count}
            ids = of_kind_report(reports).values_list("pk", flat=True)
            query = urlencode(
                {"publication": "draft", "document__id__in": ",".join(str(pk) for pk in ids)}
            )
            address = f"{reverse('admin:actions_finding_changelist')}?{query}"
            self.message_user(
                request,
                format_html('{} <a href="{}">{}</a>', sentence, address, _("See them.")),
                messages.SUCCESS,
            )
        if outcome.removed:
            self.message_user(
                request,
                ngettext(
                    "%(count)s draft finding was taken away: the report no longer says so.",
                    "%(count)s draft findings were taken away: the report no longer says so.",
                    outcome.removed,
                )
                % {"count": outcome.removed},
            )
