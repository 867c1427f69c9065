"""Draft or published in the data entry: who may change what, and the switch itself."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from states import soundness
from states.models import Document
from states.publishing import (
    Record,
    is_published,
    lock_states,
    may_publish,
    publish,
    state_of,
    withdraw,
)

from .dates import shown
from .record import RecordAdmin, RecordForm, RecordInline

PUBLISH = "_publish"
WITHDRAW = "_withdraw"
"""The names of the buttons."""


class PublicationFilter(admin.SimpleListFilter):
    """Drafts, or what is published."""

    title = gettext_lazy("publication")
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [("draft", gettext_lazy("Draft")), ("published", gettext_lazy("Published"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"draft", "published"}:
            return queryset
        if queryset.model is Document:
            return queryset.filter(is_public=self.value() == "published")
        return queryset.filter(published_at__isnull=self.value() == "draft")


class Publication(RecordAdmin):
    """A page whose button publishes what it shows, by the rules that hold for all publishing."""

    publish_records = staticmethod(publish)
    withdraw_records = staticmethod(withdraw)
    ensure_sound = staticmethod(soundness.ensure)
    """The verbs and the rule of the app: one with rules of its own has verbs of its own."""

    publish_label = gettext_lazy("Save and publish")
    withdraw_label = gettext_lazy("Save and take back to draft")

    def drafts(self, request: HttpRequest, record: Any) -> Sequence[Record]:
        """What the button of the record's page publishes."""
        raise NotImplementedError

    def saved(self, record: Any, formsets: Sequence[Any]) -> list[Record]:
        """What a save of the record's page may have changed."""
        raise NotImplementedError

    def publish(self, request: HttpRequest, record: Any) -> None:
        """What the button “Save and publish” does once the page is saved."""
        self.publish_records(records=self.drafts(request, record), by=request.user)

    def withdraw(self, request: HttpRequest, record: Any) -> None:
        """What the button “Save and take back to draft” does once the page is saved."""
        self.withdraw_records(records=[record], by=request.user)

    def offers(self, request: HttpRequest, record: Any) -> set[str]:
        """Which of the two buttons a page offers; `record` is None while it is being added."""
        raise NotImplementedError

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        record = form.instance
        if PUBLISH in request.POST:
            self.publish(request, record)
        elif WITHDRAW in request.POST:
            self.withdraw(request, record)
        self.ensure_sound(records=self.saved(record, formsets))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        offered = self.offers(request, kwargs.get("obj"))
        if PUBLISH in offered:
            context["publish_label"] = self.publish_label
        if WITHDRAW in offered:
            context["withdraw_label"] = self.withdraw_label
        return super().render_change_form(request, context, *args, **kwargs)


class PublishableAdmin(Publication):
    """Data entry for records that are drafts until somebody with the permission publishes them.

    What is published can be changed by those who may publish, and deleted by nobody.
    """

    actions: tuple[str, ...] = ("publish_selected", "withdraw_selected")

    def lock(self, record: Any) -> None:
        # In the order in which publishing locks, so that nobody waits for anybody in a circle.
        state_id = state_of(record)
        if state_id is not None:
            lock_states([state_id])
        super().lock(record)

    def drafts(self, request: HttpRequest, record: Any) -> Sequence[Record]:
        return [record]

    def saved(self, record: Any, formsets: Sequence[Any]) -> list[Record]:
        return [record]

    def offers(self, request: HttpRequest, record: Any) -> set[str]:
        if not may_publish(request.user, self.model):
            return set()
        return {WITHDRAW} if record is not None and is_published(record) else {PUBLISH}

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_fields(request, obj), *(("publication",) if obj else ())]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return [*super().get_readonly_fields(request, obj), "publication"]

    # Who may change what

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request.user, self.model)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)
        if obj is None or not self._is_locked(request, obj):
            return allowed
        # A page that was refused keeps what was typed; `refusals` keeps it from being saved.
        return allowed and bool(getattr(request, "refusals", ()))

    def refusals_to_change(self, request: HttpRequest, record: Any) -> list[str]:
        if self._is_locked(request, record) and super().has_change_permission(request, record):
            return [
                _(
                    "This was published, and only those who may publish can change it, so nothing "
                    "was saved. What you entered still stands below: ask an editor to enter it."
                )
            ]
        return super().refusals_to_change(request, record)

    def _is_locked(self, request: HttpRequest, record: Any) -> bool:
        return is_published(record) and not may_publish(request.user, self.model)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not is_published(obj))

    # Many at once

    @admin.action(
        description=gettext_lazy("Publish selected %(verbose_name_plural)s"),
        permissions=["publish"],
    )
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.switch(request, queryset, self.publish_records, _published)

    @admin.action(
        description=gettext_lazy("Take selected %(verbose_name_plural)s back to draft"),
        permissions=["publish"],
    )
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.switch(request, queryset, self.withdraw_records, _withdrawn)

    def switch(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        write: Callable[..., list[Record]],
        sentence: Callable[[int], str],
    ) -> None:
        """Publish or withdraw the chosen rows, and say how many changed or why none did."""
        try:
            changed = write(records=queryset, by=request.user)
        except ValidationError as refusal:
            self.message_user(request, _("Nothing was changed."), messages.ERROR)
            for objection in refusal.messages:
                self.message_user(request, objection, messages.ERROR)
        else:
            self.message_user(request, sentence(len(changed)), messages.SUCCESS)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if "delete_selected" in actions:
            _function, name, description = actions["delete_selected"]
            actions["delete_selected"] = (_delete_drafts, name, description)
        return actions

    @admin.display(description=gettext_lazy("publication"))
    def publication(self, record: Any) -> str:
        return publication(record)


class PublishableRow(RecordForm):
    """One row on another record's page. Published, it is locked for those who may not publish."""

    may_publish = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_locked:
            for name, field in self.fields.items():
                # A value that was sent all the same is compared, and refused in `clean`.
                field.disabled = self.add_prefix(name) not in self.data

    @property
    def is_locked(self) -> bool:
        return bool(self.instance.pk and is_published(self.instance) and not self.may_publish)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.is_locked and self.has_changed():
            self.add_error(
                None, _("This row is published: only those who may publish can change it.")
            )
        return cleaned


class PublishableRows(BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows of which the published ones cannot be deleted."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.pk and is_published(form.instance) and DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].disabled = True


class PublishableInline(RecordInline):
    """Rows that are drafts or published, on another record's page."""

    form = PublishableRow
    formset = PublishableRows
    readonly_fields: ClassVar[tuple[str, ...]] = ("publication",)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.may_publish = may_publish(request.user, self.model)  # type: ignore[attr-defined]
        return formset

    @admin.display(description=gettext_lazy("publication"))
    def publication(self, record: Any) -> str:
        return publication(record)


def publication(record: Record | None) -> str:
    """Draft, or published since when, as lists and pages show it."""
    if isinstance(record, Document):
        return _("public") if record.is_public else _draft(_("not public"))
    if record is None or record.published_at is None:
        return _draft(_("draft"))
    return _("published %(day)s") % {"day": shown(localtime(record.published_at).date())}


def _draft(words: str) -> str:
    return format_html('<span class="draft">{}</span>', words)


def _delete_drafts(
    model_admin: PublishableAdmin, request: HttpRequest, queryset: QuerySet[Any]
) -> HttpResponse | None:
    """Django's own deletion with its confirmation, unless something published is selected."""
    published = [record for record in queryset if is_published(record)]
    if published:
        model_admin.message_user(
            request,
            ngettext(
                "Nothing was deleted: %(count)s of the selected records is published. Take it "
                "back to draft first.",
                "Nothing was deleted: %(count)s of the selected records are published. Take them "
                "back to draft first.",
                len(published),
            )
            % {"count": len(published)},
            messages.ERROR,
        )
        return None
    response: HttpResponse | None = delete_selected(model_admin, request, queryset)
    return response


def _published(count: int) -> str:
    return ngettext(
        "%(count)s record was published.", "%(count)s records were published.", count
    ) % {"count": count}


def _withdrawn(count: int) -> str:
    return ngettext(
        "%(count)s record was taken back to draft.",
        "%(count)s records were taken back to draft.",
        count,
    ) % {"count": count}
