"""Letters in the data entry: their list, their page, approval in bulk, and the outbox."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ccm_portal.as_of import today
from reports.letters import deciding
from reports.letters.models import LetterRecipient, LetterStatus, RecipientRole
from reports.models import Letter
from reports.wording import annual_title
from states.admin.dates import column
from states.admin.names import OfState, StateFilter, with_state_name
from states.models import State

from . import outbox, preview
from .decisions import WHAT_TO_DO, Decision, possible
from .heading import LETTERS

READ_AT_ONCE = 50
"""How many letters stand on the page of approval: what a person reads in one go."""


@admin.register(Letter)
class LetterAdmin(OfState, admin.ModelAdmin):  # type: ignore[type-arg]
    """Letters are drafted by the daily run and changed by decisions alone."""

    index_heading = LETTERS
    list_display = (
        "number",
        "state_named",
        "report",
        "stage",
        "status_shown",
        column("dated_on", gettext_lazy("dated")),
        column("due_on", gettext_lazy("report due")),
        "to",
    )
    list_filter = ("status", "kind", "needs_approval", "language", "stage", StateFilter)
    list_select_related = ("stage", "state")
    list_per_page = 50
    search_fields = ("number", "subject", "recipients__email", "recipients__name")
    date_hierarchy = "dated_on"
    actions = ("approve_chosen", "cancel_chosen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        letters: QuerySet[Letter] = super().get_queryset(request)
        return letters.defer("text", "html", "pdf").prefetch_related("recipients")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(deciding.APPROVE)

    @admin.display(description=gettext_lazy("report"), ordering="period")
    def report(self, letter: Letter) -> str:
        return report_of(letter)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_shown(self, letter: Letter) -> str:
        return format_html(
            '<span class="letter-status letter-{}">{}</span>',
            letter.status,
            letter.get_cancelled_because_display() or letter.get_status_display(),
        )

    @admin.display(description=gettext_lazy("to"))
    def to(self, letter: Letter) -> str:
        emails = [item.email for item in letter.recipients.all() if item.role == "to"]
        return ", ".join(emails) or format_html('<span class="draft">{}</span>', _("no address"))

    # Pages

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Any, str]] = [
            ("outbox/", self.outbox_page, "outbox"),
            ("approve/", self.approval_page, "approve"),
            ("state/<int:state_id>/", self.state_page, "state"),
            ("<int:pk>/html/", self.html_page, "html"),
            ("<int:pk>/pdf/", self.pdf_page, "pdf"),
            ("<int:pk>/decide/<slug:name>/", self.decide_page, "decide"),
        ]
        named = [
            path(route, self.admin_site.admin_view(view), name=f"reports_letter_{name}")
            for route, view, name in pages
        ]
        return [*named, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        extra = {"title": _("Letters")} | (extra_context or {})
        return super().changelist_view(request, extra)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return self.letter_page(request, self._letter(request, object_id))

    @method_decorator(csp_update({"frame-src": [SELF]}))
    def letter_page(
        self, request: HttpRequest, letter: Letter, bound: tuple[Decision, Any] | None = None
    ) -> HttpResponse:
        """A letter as its reader sees it, what happened to it, and what may be decided."""
        decisions = [
            (
                decision,
                bound[1] if bound and bound[0] is decision else decision.form(prefix=decision.name),
            )
            for decision in possible(letter, request.user)
        ]
        context = self._context(request, letter.number) | {
            "letter": letter,
            "state_name": letter.state_name,  # type: ignore[attr-defined]
            "report": report_of(letter),
            "what_to_do": WHAT_TO_DO[LetterStatus(letter.status)],
            "recipients": letter.recipients.all(),
            "events": letter.events.select_related("by"),
            "replies": letter.replies.all(),
            "newer": letter.resent_as.all(),
            "decisions": decisions,
            "may_approve": letter.status == LetterStatus.DRAFTED
            and self.has_approve_permission(request),
            "has_address": any(item.role == "to" for item in letter.recipients.all()),
        }
        return TemplateResponse(request, "admin/reports/letter/letter.html", context)

    def decide_page(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Carry out one decision about one letter."""
        letter = self._letter(request, str(pk))
        decision = next(
            (item for item in possible(letter, request.user) if item.name == name), None
        )
        if request.method != "POST" or decision is None:
            if request.method == "POST":
                messages.error(
                    request, _("That cannot be done with the letter as it stands by now.")
                )
            return HttpResponseRedirect(address(letter))
        form = decision.form(request.POST, prefix=decision.name)
        if form.is_valid():
            try:
                shown = decision.act(letter, form.cleaned_data, request.user)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("Done: %(what)s.") % {"what": decision.label})
                return HttpResponseRedirect(address(shown))
        return self.letter_page(request, letter, (decision, form))

    def html_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The HTML part, for the frame."""
        return preview.html_part(self._letter(request, str(pk)))

    def pdf_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The PDF part."""
        return preview.pdf_part(self._letter(request, str(pk)))

    def outbox_page(self, request: HttpRequest) -> HttpResponse:
        """What needs a person, what waits for approval, what goes out in the next 30 days."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self._context(request, _("Outbox")) | {
            "outbox": outbox.load(on=today(), now=timezone.now()),
            "may_approve": self.has_approve_permission(request),
        }
        return TemplateResponse(request, "admin/reports/letter/outbox.html", context)

    def state_page(self, request: HttpRequest, state_id: int) -> HttpResponse:
        """The correspondence with one state: letters and replies, the newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        state = with_state_name(State.objects.filter(pk=state_id), "pk").first()
        if state is None:
            raise Http404
        context = self._context(request, _("Letters: %(state)s") % {"state": state.state_name}) | {
            "state": state,
            "entries": outbox.correspondence(state_id),
            "contacts": state.contacts.serving(today()),
        }
        return TemplateResponse(request, "admin/reports/letter/state.html", context)

    # Approval in bulk

    @admin.action(description=gettext_lazy("Approve the chosen letters …"), permissions=["approve"])
    def approve_chosen(self, request: HttpRequest, chosen: QuerySet[Letter]) -> HttpResponse:
        return self._approval(request, chosen.filter(status=LetterStatus.DRAFTED))

    def approval_page(self, request: HttpRequest) -> HttpResponse:
        """All that wait for approval, each with its text; what was shown can be approved."""
        if not self.has_approve_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._approve(request)
        return self._approval(
            request, self.get_queryset(request).filter(status=LetterStatus.DRAFTED)
        )

    @method_decorator(csp_update({"frame-src": [SELF]}))
    def _approval(self, request: HttpRequest, letters: QuerySet[Letter]) -> HttpResponse:
        to = LetterRecipient.objects.filter(letter=OuterRef("pk"), role=RecipientRole.TO)
        ordered = letters.annotate(has_address=Exists(to)).order_by("-has_address", "state", "pk")
        shown = ordered.defer(None).defer("html", "pdf")[:READ_AT_ONCE]
        context = self._context(request, _("Approve letters")) | {
            "letters": [(letter, report_of(letter), letter.has_address) for letter in shown],
            "count": letters.count(),
        }
        return TemplateResponse(request, "admin/reports/letter/approve.html", context)

    def _approve(self, request: HttpRequest) -> HttpResponse:
        previewed = {
            int(pk): sha256
            for pk, _separator, sha256 in (
                value.partition(":") for value in request.POST.getlist("letter")
            )
            if pk.isascii() and pk.isdecimal() and len(pk) < 19
        }
        done = deciding.approve(
            previewed=previewed, by=request.user, today=today(), now=timezone.now()
        )
        if done.changed:
            count = len(done.changed)
            messages.success(
                request,
                ngettext("%(count)s letter approved.", "%(count)s letters approved.", count)
                % {"count": count},
            )
        for sentence in done.refusals:
            messages.error(request, sentence)
        if len(previewed) == 1 and request.POST.get("back") == "letter":
            [pk] = previewed
            return HttpResponseRedirect(reverse("admin:reports_letter_change", args=[pk]))
        return HttpResponseRedirect(reverse("admin:reports_letter_outbox"))

    @admin.action(description=gettext_lazy("Cancel the chosen letters"), permissions=["approve"])
    def cancel_chosen(self, request: HttpRequest, chosen: QuerySet[Letter]) -> HttpResponse | None:
        reason = request.POST.get("reason", "").strip()
        if not reason:
            context = self._context(request, _("Cancel letters")) | {
                "letters": chosen,
                "asked": "confirmed" in request.POST,
            }
            return TemplateResponse(request, "admin/reports/letter/cancel.html", context)
        done = deciding.cancel(letters=chosen, reason=reason, by=request.user, now=timezone.now())
        count = len(done.changed)
        messages.success(
            request,
            ngettext("%(count)s letter cancelled.", "%(count)s letters cancelled.", count)
            % {"count": count},
        )
        for sentence in done.refusals:
            messages.error(request, sentence)
        return None

    def _letter(self, request: HttpRequest, pk: str) -> Any:
        if not self.has_view_permission(request):
            raise PermissionDenied
        number = int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 19 else 0
        letter = (
            self.get_queryset(request).defer(None).select_related("stage").filter(pk=number).first()
        )
        if letter is None:
            raise Http404
        return letter

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": title,
            "is_nav_sidebar_enabled": False,
        }


def address(letter: Letter) -> str:
    """The page of a letter."""
    return reverse("admin:reports_letter_change", args=[letter.pk])


def report_of(letter: Letter) -> str:
    """The report that a letter is about."""
    if letter.kind == "annual":
        return annual_title(letter.period)
    return _("Initial report")
