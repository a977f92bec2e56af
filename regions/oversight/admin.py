"""The same review in the administration pages: evidence to read, a decision with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.scope import acting_officer
from jobcenter.pages import drawn
from jobcenter.pages.administration import NeitherMadeNorDeleted, ToBeRead, lines
from jobcenter.pages.templatetags.ei import percent
from regions.comparison.templatetags.regions import period_name
from regions.oversight import deciding, saying, telling
from regions.oversight.evidence import Evidence
from regions.oversight.forms import DecisionForm
from regions.oversight.models import Flag, FlagLog, Question, Requirement, RuleParameters

ABOUT = ("about", "in_period", "ground", "how_severe", "state", "raised_at")
EVIDENCE = ("says", "chart", "figures", "peers", "why")
CASE = ("officer", "next_by", "found")
HEARING = ("hearing_due_on", "heard_at", "hearing_answer", "files_of_answer", "unanswered_on")
DATA_CHECK = (
    _("Data check"),
    {"fields": [(f"finding_{question}", f"remark_{question}") for question in Question]},
)
DECISION = (_("Your decision"), {"fields": ["decision", "reason", "due_on", "seen"]})


class FlagAdminForm(DecisionForm, forms.ModelForm):
    """The decision of the dashboard; every field of the flag itself is shown, and frozen."""

    class Meta:
        model = Flag
        fields: list[str] = []

    def __init__(self, *arguments: Any, instance: Flag, **named: Any) -> None:
        super().__init__(*arguments, flag=instance, instance=instance, **named)


class FlagLogInline(admin.TabularInline):
    model = FlagLog
    verbose_name_plural = _("History")
    fields = readonly_fields = ("at", "who", "what", "comment")
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[FlagLog]:
        return super().get_queryset(request).select_related("by", "organisation")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("oversight.view_flag"))

    @admin.display(description=_("Who"))
    def who(self, step: FlagLog) -> str:
        return ", ".join(str(part) for part in (step.by, step.organisation) if part)

    @admin.display(description=_("What"))
    def what(self, step: FlagLog) -> str:
        return step.what


@admin.register(Flag)
class FlagAdmin(NeitherMadeNorDeleted, admin.ModelAdmin):
    """An officer decides here as on the flag's page. The administrator sees all, and decides nothing."""

    form = FlagAdminForm
    list_display = [
        "jobcentre",
        "measure",
        "target_group",
        "in_period",
        "ground",
        "how_severe",
        "state",
        "raised_at",
    ]
    list_filter = ["ground", "state", "severity", "measure", "target_group", "period"]
    list_select_related = ["jobcentre", "measure", "target_group", "officer"]
    search_fields = ["jobcentre__name"]
    date_hierarchy = "raised_at"
    actions = None
    inlines = [FlagLogInline]
    fieldsets = [
        (None, {"fields": ABOUT}),
        (_("Evidence, frozen"), {"fields": EVIDENCE}),
        (_("The case"), {"fields": CASE}),
        (_("Hearing"), {"fields": HEARING}),
    ]
    readonly_fields = [*ABOUT, *EVIDENCE, *CASE, *HEARING]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Flag]:
        flags = super().get_queryset(request)
        if membership := acting_officer(request):
            own = Flag.objects.visible_to_office(membership.organisation.area_office)
            return flags.filter(pk__in=own)
        return flags if request.user.is_superuser else flags.none()

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Flag | None:
        """Locked while it is decided, so that of two officers at the same time the second is told."""
        found: Flag | None = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            return self.get_queryset(request).select_for_update(of=("self",)).get(pk=found.pk)
        return found

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not self.may_decide(request, obj):
            return fieldsets
        if deciding.Decision.CHECK in deciding.possible(obj):
            return [*fieldsets, DATA_CHECK, DECISION]
        return [*fieldsets, DECISION]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **named: Any) -> Any:
        """Of the flag itself no field is written; the decision and the data check bring their own."""
        return super().get_form(request, obj, change, **{**named, "fields": []})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return acting_officer(request) is not None

    def may_decide(self, request: HttpRequest, flag: Flag | None) -> bool:
        return bool(flag and self.has_change_permission(request, flag) and deciding.possible(flag))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *arguments: Any, **named: Any
    ) -> HttpResponse:
        """Without buttons where there is nothing left to decide."""
        if not self.may_decide(request, named.get("obj")):
            context |= {"show_save": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *arguments, **named)

    @admin.display(description=_("flag"))
    def about(self, flag: Flag) -> str:
        """In words and not as links: what they would lead to is not the officer's to open."""
        return f"{flag.jobcentre}: {flag.measure}, {flag.target_group}"

    @admin.display(description=_("period"), ordering="period")
    def in_period(self, flag: Flag) -> str:
        return period_name(flag.period)

    @admin.display(description=_("severity"), ordering="severity")
    def how_severe(self, flag: Flag) -> str:
        return capfirst(flag.severity_in_words)

    @admin.display(description=_("What the figures say"))
    def says(self, flag: Flag) -> str:
        return str(Evidence.from_json(flag.evidence).sentences)

    @admin.display(description=_("Period by period"))
    def chart(self, flag: Flag) -> SafeString:
        return mark_safe(drawn.periods(Evidence.from_json(flag.evidence).chart))

    @admin.display(description=_("Peer jobcentres"))
    def peers(self, flag: Flag) -> SafeString:
        """None where the law is the ground: each jobcentre is held against it by itself."""
        evidence = Evidence.from_json(flag.evidence)
        return format_html_join(
            "",
            "<div>{}: {} · {} {}</div>",
            (
                (peer.name, percent(peer.share), _("expected"), percent(peer.expected_share))
                for peer in evidence.peers
                if not evidence.required
            ),
        )

    @admin.display(description=_("Files"))
    def files_of_answer(self, flag: Flag) -> SafeString:
        return format_html_join(
            "",
            '<div><a href="{}" download>{}</a></div>',
            (
                (reverse("oversight:file", args=[flag.pk, kept.pk]), kept.name)
                for kept in flag.files_of_answer
            ),
        )

    @admin.display(description=_("Figures"))
    def figures(self, flag: Flag) -> SafeString:
        return lines(saying.periods(Evidence.from_json(flag.evidence)))

    @admin.display(description=_("next step by"), ordering="due_on")
    def next_by(self, flag: Flag) -> date | None:
        return flag.due_on

    @admin.display(description=_("Data check"))
    def found(self, flag: Flag) -> SafeString:
        return format_html_join(
            "",
            "<div>{} {}{}</div>",
            (
                (check.get_question_display(), check.get_finding_display(), f" {check.remark}".rstrip())
                for check in flag.data_check
            ),
        )

    @admin.display(description=_("Why it was flagged"))
    def why(self, flag: Flag) -> SafeString:
        told = telling.reasons(Evidence.from_json(flag.evidence))
        return format_html_join(
            "", "<div>{}: {}</div>", ((_("yes") if one.held else _("no"), one.text) for one in told)
        )

    def save_model(self, request: HttpRequest, obj: Flag, form: FlagAdminForm, change: bool) -> None:
        """What a valid form decides; who may send it has been asked before (`has_change_permission`)."""
        membership = acting_officer(request)
        if membership:
            deciding.decide(
                flag=obj,
                decision=form.cleaned_data["decision"],
                reason=form.cleaned_data["reason"],
                due_on=form.cleaned_data["due_on"],
                findings=form.findings,
                by=membership.user,
                organisation=membership.organisation,
            )


@admin.register(RuleParameters)
class RuleParametersAdmin(ToBeRead, admin.ModelAdmin):
    """To be read: the versions are reviewed in their file (`rules.toml`)."""

    list_display = ["version", "valid_from", "valid_to", "serious_z", "watch_z", "consecutive_periods"]


@admin.register(Requirement)
class RequirementAdmin(ToBeRead, admin.ModelAdmin):
    """To be read: what is required is reviewed in its file (`requirements.toml`)."""

    list_display = ["measure", "target_group", "required_share", "valid_from", "valid_to", "mark"]
    list_select_related = ["measure", "target_group"]
