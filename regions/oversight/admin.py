"""The same review in the administration pages: evidence to read, a decision with its reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Membership, Role
from regions.oversight import hearing, telling
from regions.oversight.evidence import Evidence
from regions.oversight.forms import DecisionForm
from regions.oversight.models import Flag, FlagLog, RuleParameters


class FlagAdminForm(forms.ModelForm, DecisionForm):
    """The decision of the dashboard; every field of the flag itself is shown and frozen."""

    class Meta:
        model = Flag
        fields: list[str] = []


class FlagLogInline(admin.TabularInline):
    model = FlagLog
    fields = readonly_fields = ["at", "by", "organisation", "from_state", "to_state", "comment"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("oversight.view_flag")


@admin.register(Flag)
class FlagAdmin(admin.ModelAdmin):
    form = FlagAdminForm
    list_display = ["jobcentre", "measure", "target_group", "period", "severity", "state", "raised_at"]
    list_filter = ["state", "severity", "measure", "target_group", "period"]
    list_select_related = ["jobcentre", "measure", "target_group"]
    search_fields = ["jobcentre__name"]
    date_hierarchy = "raised_at"
    inlines = [FlagLogInline]
    readonly_fields = [
        "jobcentre",
        "measure",
        "target_group",
        "period",
        "severity",
        "state",
        "raised_at",
        "figures",
        "why",
        "hearing_due_on",
        "heard_at",
        "hearing_answer",
    ]
    fieldsets = [
        (None, {"fields": ["jobcentre", "measure", "target_group", "period", "severity", "state", "raised_at"]}),
        (_("Evidence, frozen"), {"fields": ["figures", "why"]}),
        (_("Hearing"), {"fields": ["hearing_due_on", "heard_at", "hearing_answer"]}),
        (_("Your decision"), {"fields": ["decision", "reason", "due_on"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Flag]:
        """An officer sees the area's own; the administrator sees all, and decides nothing."""
        flags = super().get_queryset(request)
        membership = acting_officer(request)
        if membership:
            return flags.filter(pk__in=Flag.objects.visible_to_area(membership.organisation.area_office.area))
        return flags if request.user.is_superuser else flags.none()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        decided = obj is not None and obj.state in (Flag.State.DISMISSED, Flag.State.CONFIRMED)
        return acting_officer(request) is not None and not decided

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if self.has_change_permission(request, obj) else fieldsets[:-1]

    @admin.display(description=_("Figures"))
    def figures(self, flag: Flag) -> SafeString:
        evidence = Evidence.from_json(flag.evidence)
        return format_html_join(
            "",
            "<div>{}: {} / {} · {} {}</div>",
            (
                (
                    figures.period,
                    figures.actual,
                    figures.base,
                    _("expected"),
                    "–" if figures.expected is None else f"{figures.expected:.0f}",
                )
                for figures in evidence.periods
            ),
        )

    @admin.display(description=_("Why it was flagged"))
    def why(self, flag: Flag) -> SafeString:
        told = telling.reasons(Evidence.from_json(flag.evidence))
        return format_html_join("", "<div>{} {}</div>", (("✓" if one.held else "–", one.text) for one in told))

    def save_model(self, request: HttpRequest, obj: Flag, form: FlagAdminForm, change: bool) -> None:
        membership = acting_officer(request)
        assert membership is not None  # has_change_permission let them in
        try:
            hearing.decide(flag=obj, form=form, by=membership.user, organisation=membership.organisation)
        except ValidationError as refused:
            self.message_user(request, " ".join(refused.messages), messages.ERROR)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The flag's own log says more than the administration's would."""
        return None


@admin.register(RuleParameters)
class RuleParametersAdmin(admin.ModelAdmin):
    list_display = ["version", "valid_from", "valid_to", "serious_z", "watch_z", "consecutive_periods"]


def acting_officer(request: HttpRequest) -> Membership | None:
    """The membership of an area officer who is signed in, else None."""
    membership: Membership | None = getattr(request, "membership", None)
    return membership if membership and membership.role == Role.AREA_OFFICER else None
