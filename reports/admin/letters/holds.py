"""Holds, replies and bounces in the data entry."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ccm_portal.as_of import today
from reports.letters.deciding import RECORD
from reports.letters.sending import bounces
from reports.models import Bounce, Hold, LetterReply
from states.admin.dates import column
from states.admin.names import OfState, StateFilter
from states.admin.record import RecordAdmin, RecordForm

from .heading import LETTERS


@admin.register(Hold)
class HoldAdmin(OfState, RecordAdmin):
    index_heading = LETTERS
    list_display = (
        "state_named",
        "kind",
        "period",
        column("held_from", gettext_lazy("from")),
        column("held_until", gettext_lazy("until")),
        "reason",
    )
    list_filter = ("kind", StateFilter)
    search_fields = ("reason",)
    autocomplete_fields = ("state",)
    fields = ("state", ("kind", "period"), ("held_from", "held_until"), "reason")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        first: dict[str, Any] = {"held_from": today(), "held_until": today() + timedelta(days=30)}
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        return first | given


class ReplyForm(RecordForm):
    """A reply cannot have come on a day to come."""

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > today():
            raise forms.ValidationError(_("It cannot have come on a day to come: check the day."))
        return day


@admin.register(LetterReply)
class LetterReplyAdmin(OfState, RecordAdmin):
    """Replies are recorded on the page of their letter, and corrected here."""

    index_heading = LETTERS
    form = ReplyForm
    state_path = "letter__state"
    list_display = (
        "state_named",
        "letter",
        column("received_on", gettext_lazy("received on")),
        "summary",
    )
    list_select_related = ("letter__state",)
    search_fields = ("summary",)
    readonly_fields = ("letter",)
    autocomplete_fields = ("document",)
    fields = ("letter", "received_on", "summary", "document")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=gettext_lazy("state"), ordering="state_name")
    def state_named(self, record: Any) -> str:
        return getattr(record, "state_name", None) or str(record.letter.state)


class BounceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Mail that came back, as staff saw it."""

    class Meta:
        model = Bounce
        fields = ("email", "reason", "is_permanent")


@admin.register(Bounce)
class BounceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Addresses from which mail came back. Settled, an address may be written to again."""

    index_heading = LETTERS
    form = BounceForm
    list_display = ("email", "bounced_at", "is_permanent", "reason", "settled_at", "settled_by")
    list_select_related = ("settled_by",)
    list_filter = ("is_permanent", ("settled_at", admin.EmptyFieldListFilter))
    search_fields = ("email", "reason")
    actions = ("settle",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RECORD)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RECORD)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        recorded = bounces.record(
            email=obj.email,
            at=timezone.now(),
            reason=obj.reason,
            by=request.user,  # type: ignore[arg-type]
            recipient=bounces.recipient_of(email=obj.email, message_id=""),
            is_permanent=obj.is_permanent,
        )
        obj.pk = recorded.pk if recorded else None

    @admin.action(
        description=gettext_lazy("The address is right again: write to it"), permissions=["settle"]
    )
    def settle(self, request: HttpRequest, chosen: QuerySet[Bounce]) -> None:
        done = sum(
            bounces.settle(bounce=bounce, at=timezone.now(), by=request.user)  # type: ignore[arg-type]
            for bounce in chosen
        )
        messages.success(
            request,
            ngettext(
                "%(count)s address may be written to again.",
                "%(count)s addresses may be written to again.",
                done,
            )
            % {"count": done},
        )
