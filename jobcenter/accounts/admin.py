"""People, organisations and who acts for whom. Permissions are code, so there are no groups to edit."""

from typing import Any, ClassVar

from allauth.account.admin import EmailAddress
from allauth.account.decorators import secure_admin_login
from allauth.mfa.admin import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Membership, Organisation, SecondFactorReset, User
from jobcenter.accounts.second_factor import reset
from jobcenter.pages.administration import ToBeRead

admin.site.site_title = admin.site.site_header = "Én Indgang"
admin.site.index_title = _("Administration")
admin.site.site_url = "/konto/"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister([Group, EmailAddress, Authenticator])


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name", "title", "phone")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class ChangedUserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


ONE_FIELD = {
    "form_class": forms.DateTimeField,
    "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
}
"""A time in one field, which its label names; Django's own two have none."""


class MembershipInline(admin.StackedInline):
    """Stacked, because the fields of Django's table of inlines have no labels either."""

    model = Membership
    extra = 0
    raw_id_fields = ("user", "organisation")
    formfield_overrides: ClassVar[dict[Any, Any]] = {models.DateTimeField: ONE_FIELD}


@admin.register(User)
class PersonAdmin(UserAdmin):
    form = ChangedUserForm
    add_form = NewUserForm
    list_display = ("email", "name", "title", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "memberships__role")
    search_fields = ("email", "name")
    ordering = ("email",)
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("The person"), {"fields": ("name", "title", "phone")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "title", "phone", "usable_password", "password1", "password2")}),
    )
    inlines = (MembershipInline,)
    actions = ("reset_second_factor",)

    @admin.action(description=_("Reset the second factor of the chosen people"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, people: models.QuerySet[User]) -> None:
        """Nobody's own: whoever has lost theirs asks another administrator."""
        by: Any = request.user
        for person in people.exclude(pk=by.pk):
            reset(person, by=by, organisation=None, reason=now("Reset in the administration pages"))
            messages.success(request, now("The second factor of %(name)s is reset.") % {"name": person})


@admin.register(SecondFactorReset)
class SecondFactorResetAdmin(ToBeRead, admin.ModelAdmin):
    """Read only: what was done stays written down."""

    list_display = ("at", "user", "by", "organisation", "reason")
    list_select_related = ("user", "by", "organisation")
    search_fields = ("user__email", "user__name", "by__email", "by__name")


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ("name", "kind")
    list_filter = ("kind",)
    search_fields = ("name",)
    ordering = ("name", "pk")
    inlines = (MembershipInline,)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ("user", "organisation", "role", "standing", "confirmed_at")
    list_filter = ("role", "organisation__kind")
    list_select_related = ("user", "organisation")
    search_fields = ("user__email", "user__name", "organisation__name")
    raw_id_fields = ("user", "organisation")
    formfield_overrides: ClassVar[dict[Any, Any]] = {models.DateTimeField: ONE_FIELD}
    ordering = ("organisation__name", "user__email", "pk")
