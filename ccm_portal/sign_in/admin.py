"""Accounts and roles in the admin, with their history. Only superusers work here."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ccm_portal.admin_site.guarded import GuardedAdmin, GuardedForm

from .resetting import reset_second_factor

admin.site.unregister(User)
admin.site.unregister(Group)


class StaffForm(GuardedForm, UserChangeForm):  # type: ignore[type-arg]
    """An account that somebody else may change at the same moment."""


@admin.register(User)
class StaffAdmin(GuardedAdmin, UserAdmin):  # type: ignore[type-arg]
    """The people who work here."""

    form = StaffForm
    change_form_template = "admin/guarded_change_form.html"
    list_display = ("username", "first_name", "last_name", "is_active", "roles", "is_protected")
    list_filter = ("is_active", "is_superuser", "groups")
    actions = ("remove_second_factors",)
    history_list_display = ("is_active", "is_superuser")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
            type=Authenticator.Type.RECOVERY_CODES
        )
        people: QuerySet[User] = super().get_queryset(request)
        return people.prefetch_related("groups").annotate(has_factor=Exists(factors))

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description=_("second factor"), boolean=True, ordering="has_factor")
    def is_protected(self, user: Any) -> bool:
        return bool(user.has_factor)

    @admin.action(
        description=_("Remove the second factors of the chosen accounts (lost device)"),
        permissions=["change"],
    )
    def remove_second_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        assert isinstance(request.user, User)
        people = list(queryset)
        for person in people:
            reset_second_factor(user=person, by=request.user)
            self.log_change(request, person, _("Removed the second factors."))
        self.message_user(
            request,
            ngettext(
                "%(count)d account has no second factor now: its next sign-in asks for a new one.",
                "%(count)d accounts have no second factor now: their next sign-in asks for one.",
                len(people),
            )
            % {"count": len(people)},
            messages.SUCCESS,
        )


@admin.register(Group)
class RoleAdmin(GuardedAdmin, GroupAdmin):
    """Roles: what each may do."""

    form = GuardedForm
    change_form_template = "admin/guarded_change_form.html"
