"""States in the data entry: all that is recorded about one, on one page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ccm_portal.as_of import today
from states.models import Contact, ExtensionDecision, Publishable, State, StateName, TreatyAction
from states.publishing import Record, lock_states, may_publish
from states.register import Register, Standing, Status

from .contact import ContactInline
from .dates import shown
from .extension_decision import ExtensionDecisionInline
from .names import OfState
from .publication import PUBLISH, Publication
from .record import has_permission
from .spreadsheets import Spreadsheets
from .state_name import StateNameInline
from .treaty_action import TreatyActionInline

WITHDRAWN = "withdrawn"


def register_today(request: HttpRequest) -> Register:
    """How every state stands today, loaded once a request; today is the real one."""
    register: Register | None = getattr(request, "_register_today", None)
    if register is None:
        register = Register.load(today())
        request._register_today = register  # type: ignore[attr-defined]
    return register


class StatusFilter(admin.SimpleListFilter):
    """How states stand towards the Convention today."""

    title = _("status today")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [
            *((status.value, status.label) for status in Status),
            (WITHDRAWN, _("Withdrawn")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value()
        if wanted not in {*Status.values, WITHDRAWN}:
            return queryset
        return queryset.filter(
            pk__in=[
                standing.state.id
                for standing in register_today(request)
                if (standing.is_withdrawn if wanted == WITHDRAWN else standing.status == wanted)
            ]
        )


class StateList(ChangeList):
    """The list of states, each with how it stands today."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        standings = {standing.state.id: standing for standing in register_today(request)}
        for state in self.result_list:
            state.standing = standings[state.pk]


@admin.register(State)
class StateAdmin(OfState, Spreadsheets, Publication):
    kind = "states"
    state_path = "pk"
    publish_label = _("Save and publish all drafts of this page")
    list_display = (
        "state_named",
        "iso3",
        "ccm_region",
        "un_region",
        "status_today",
        "signed",
        "deposited",
        "in_force",
    )
    list_filter = (StatusFilter, "ccm_region", "un_region", "un_member")
    list_per_page = 200
    search_fields = ("slug",)
    readonly_fields = ("status_today",)
    # What is entered every week comes first: a state's own data hardly ever change.
    fieldsets = (
        (None, {"fields": (("status_today", "ccm_region", "un_region"),)}),
        (
            _("Codes, membership of the United Nations, languages, note"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("iso3", "iso2", "slug"),
                    ("un_member", "un_member_from", "un_member_until"),
                    "independent_from",
                    "languages",
                    "note",
                ),
            },
        ),
    )
    inlines = (TreatyActionInline, StateNameInline, ContactInline, ExtensionDecisionInline)

    # The list

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StateList

    @admin.display(description=_("state"), ordering="state_name")
    def state_named(self, record: Any) -> str:
        return getattr(record, "state_name", None) or str(record)

    def autocomplete_label(self, record: Any) -> str:
        return self.state_named(record)

    @admin.display(description=_("status today"))
    def status_today(self, state: Any) -> str:
        standing = _standing(state)
        if standing is None:
            return ""
        return str(_("Withdrawn") if standing.is_withdrawn else standing.status.label)

    @admin.display(description=_("signed"))
    def signed(self, state: Any) -> str:
        return shown(state.standing.signature and state.standing.signature.on)

    @admin.display(description=_("deposited"))
    def deposited(self, state: Any) -> str:
        return shown(state.standing.deposited and state.standing.deposited.on)

    @admin.display(description=_("in force"))
    def in_force(self, state: Any) -> str:
        return shown(state.standing.entry_into_force)

    # Who may do what: the rows of the page have permissions of their own

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        rows = (TreatyAction, StateName, Contact, ExtensionDecision)
        return super().has_change_permission(request, obj) or (
            self.has_view_permission(request, obj)
            and any(
                has_permission(request, action, model)
                for model in rows
                for action in ("add", "change")
            )
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A state shows outside the admin from the day it is recorded, so nobody deletes it.
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        if obj is not None and not has_permission(request, "change", State):
            return flatten_fieldsets(self.get_fieldsets(request, obj))
        return super().get_readonly_fields(request, obj)

    # The page

    def histories(self, record: Any) -> list[QuerySet[Any]]:
        rows = (TreatyAction, StateName, Contact, ExtensionDecision)
        return [
            record.history.all(),
            *(model.history.filter(state_id=record.pk) for model in rows),
        ]

    def lock(self, record: Any) -> None:
        lock_states([record.pk])
        super().lock(record)

    def offers(self, request: HttpRequest, record: Any) -> set[str]:
        publishes = record is not None and may_publish(request.user, TreatyAction)
        return {PUBLISH} if publishes else set()

    def drafts(self, request: HttpRequest, record: Any) -> Sequence[Record]:
        return [
            draft
            for model in (TreatyAction, StateName, ExtensionDecision)
            if may_publish(request.user, model)
            for draft in model.objects.drafts().filter(state=record)
        ]

    def saved(self, record: Any, formsets: Sequence[Any]) -> list[Record]:
        rows = [
            row
            for formset in formsets
            for row in (
                *getattr(formset, "new_objects", ()),
                *(changed for changed, _fields in getattr(formset, "changed_objects", ())),
            )
        ]
        return [row for row in rows if isinstance(row, Publishable)]


def _standing(state: Any) -> Standing | None:
    """How a state stands today; the list has it already. None for one that is being added."""
    if hasattr(state, "standing"):
        standing: Standing = state.standing
        return standing
    return next((item for item in Register.load(today()) if item.state.id == state.pk), None)
