"""The same review in the administration pages: the lines of a draft, its publication, its correction, and the
giving up of one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Membership
from jobcenter.accounts.scope import acting_officer
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.administration import NeitherMadeNorDeleted, ToBeRead
from jobcenter.pages.privacy import without_cpr
from jobcenter.pages.refusing import say_refused
from regions.bottlenecks.forms import LineForm
from regions.bottlenecks.models import Line, Report, ReportLog, Rule, StockDelivery
from regions.bottlenecks.reports import correcting, publishing, reviewing
from regions.bottlenecks.reports.correcting import Basis
from regions.bottlenecks.templatetags.bottlenecks import interval
from regions.comparison.templatetags.regions import period_name

SHOWN = (
    *("area_name", "in_period", "number", "state", "computed_at", "published_at"),
    *("corrects_number", "correction"),
)

PUBLICATION = (
    _("Publish the report"),
    {
        "fields": ["accepting", "publish", "reason"],
        "description": _(
            "The lines below are saved first. Every line must have been reviewed, and a published report "
            "never changes."
        ),
    },
)


CORRECTION = (
    _("Correct the report"),
    {
        "fields": ["correction_reason", "basis"],
        "description": _(
            "This issue never changes. What is wrong in it is put right by a new one, reviewed and published "
            "as this was."
        ),
    },
)


GIVING_UP = (
    _("Give the correction up"),
    {
        "fields": ["giving_up"],
        "description": _("If it was begun by mistake: nothing of it is published, and its issue stands."),
    },
)


class ReportAdminForm(forms.ModelForm):
    """Saves lines, accepts the rest and publishes, each with a reason; or corrects a published report."""

    accepting = forms.CharField(
        label=_("Why the rest can be accepted"),
        help_text=_("Every line that nobody has said anything of is accepted as the rule proposes."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        validators=[without_cpr],
    )

    publish = forms.BooleanField(label=_("Publish now"), required=False)
    reason = forms.CharField(
        label=_("Why the report can be published"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        validators=[without_cpr],
    )

    correction_reason = forms.CharField(
        label=_("What was wrong"),
        help_text=_("It stands in the new issue, for all to read."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        validators=[without_cpr],
    )
    basis = forms.ChoiceField(
        label=_("Which figures the new issue rests on"),
        choices=Basis.choices,
        initial=Basis.AS_PUBLISHED,
        required=False,
    )

    giving_up = forms.CharField(
        label=_("Why the correction is given up"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        validators=[without_cpr],
    )

    class Meta:
        model = Report
        fields: list[str] = []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("publish") and not cleaned.get("reason"):
            self.add_error("reason", _("Write why the report can be published: it stands in the history."))
        if cleaned.get("reason") and not cleaned.get("publish"):
            self.add_error(
                "publish", _("Tick this if the report is to be published; else leave out the reason.")
            )
        if cleaned.get("publish") and cleaned.get("giving_up"):
            self.add_error("giving_up", _("A correction is published or given up, not both."))
        if not self.instance.is_draft and not cleaned.get("correction_reason"):
            self.add_error(None, _("The report is no longer a draft. Nothing was saved."))
        return cleaned


class LineInline(admin.TabularInline):
    model = Line
    form = LineForm
    verbose_name_plural = _("The lines")
    readonly_fields = ["answers", "sure_within", "proposed", "accepted"]
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Line]:
        lines = super().get_queryset(request).select_related("occupation", "accepted_by")
        return lines.order_by("occupation__sort_key")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("bottlenecks.view_line"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_own_draft(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """`accept` and `seen` only where something can be changed."""
        shown = ["answers", "sure_within", "proposed", "category", "comment", "accepted"]
        return [*shown, "accept", "seen"] if self.has_change_permission(request, obj) else shown

    @admin.display(description=_("In vain or other profile"))
    def answers(self, line: Line) -> str:
        return f"{line.failed} / {line.attempts}"

    @admin.display(description=_("95 per cent interval"))
    def sure_within(self, line: Line) -> str:
        return interval(line)

    @admin.display(description=_("accepted by"))
    def accepted(self, line: Line) -> str:
        return str(line.accepted_by or "–")


class ReportLogInline(admin.TabularInline):
    model = ReportLog
    verbose_name_plural = _("History")
    fields = readonly_fields = ("at", "who", "comment")
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReportLog]:
        return super().get_queryset(request).select_related("by", "organisation")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("bottlenecks.view_report"))

    @admin.display(description=_("Who"))
    def who(self, step: ReportLog) -> str:
        return ", ".join(str(part) for part in (step.by, step.organisation) if part)


@admin.register(Report)
class ReportAdmin(NeitherMadeNorDeleted, admin.ModelAdmin):
    """An officer reviews, publishes and corrects the own area's reports here as on their page; others are to
    be read.
    """

    form = ReportAdminForm
    list_display = [
        *("area", "in_period", "number", "corrects_number"),
        *("state", "computed_at", "published_at"),
    ]
    list_filter = ["state", "period", ("area", admin.RelatedOnlyFieldListFilter), "lines__category"]
    list_select_related = ["area", "corrects"]
    actions = None
    inlines = [LineInline, ReportLogInline]
    fieldsets = [(None, {"fields": SHOWN})]
    readonly_fields = SHOWN

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Report | None:
        """Locked while it is reviewed, so that nobody publishes meanwhile."""
        found: Report | None = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            return self.get_queryset(request).select_for_update(of=("self",)).get(pk=found.pk)
        return found

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if is_own_draft(request, obj):
            return [*fieldsets, PUBLICATION, *([GIVING_UP] if obj.corrects_id else [])]
        return [*fieldsets, CORRECTION] if may_be_corrected(request, obj) else fieldsets

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        membership = acting_officer(request)
        return membership is not None and (obj is None or is_own(membership, obj))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *arguments: Any, **named: Any
    ) -> HttpResponse:
        """Without buttons where there is nothing left to change."""
        shown = named.get("obj")
        if not is_own_draft(request, shown) and not may_be_corrected(request, shown):
            context |= {"show_save": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *arguments, **named)

    @admin.display(description=_("area"))
    def area_name(self, report: Report) -> str:
        """In words and not as a link: what it would lead to is not the officer's to open."""
        return str(report.area)

    @admin.display(description=_("period"), ordering="ends_on")
    def in_period(self, report: Report) -> str:
        return period_name(report.period)

    @admin.display(description=_("corrects issue"))
    def corrects_number(self, report: Report) -> str:
        return str(report.corrects.number) if report.corrects else "–"

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Whoever saves a line has looked at it."""
        membership = acting_officer(request)
        for line in formset.save(commit=False):
            if membership and isinstance(line, Line):
                line.look_at(by=membership.user)
                line.save()

    def save_model(self, request: HttpRequest, obj: Report, form: ReportAdminForm, change: bool) -> None:
        """Nothing of the report itself is edited."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The lines first: once published they are frozen."""
        super().save_related(request, form, formsets, change)
        membership = acting_officer(request)
        if not membership:
            return
        said, report = form.cleaned_data, form.instance
        acting: Any = {"by": membership.user, "organisation": membership.organisation}
        if said["correction_reason"]:
            basis = Basis(said["basis"] or Basis.AS_PUBLISHED)
            reason = said["correction_reason"]
            take(request, correcting.begin, report=report, reason=reason, basis=basis, **acting)
            return
        if said["accepting"]:
            take(request, reviewing.accept_the_rest, report=report, reason=said["accepting"], **acting)
        if said["giving_up"]:
            take(request, report.give_up, reason=said["giving_up"], **acting)
        if said["publish"]:
            take(request, publishing.publish, report=report, reason=said["reason"], **acting)


@admin.register(Rule)
class RuleAdmin(ToBeRead, admin.ModelAdmin):
    """To be read: the versions are reviewed in their file (`rules.toml`)."""

    list_display = ["version", "valid_from", "valid_to", "cut", "least_attempts"]


@admin.register(StockDelivery)
class StockDeliveryAdmin(ToBeRead, admin.ModelAdmin):
    """To be read: a file is tried, seen and let through on its page."""

    list_display = ["file_name", "source", "state", "data_date", "received_at", "by", "decided_by", "counts"]
    list_filter = ["state"]
    list_select_related = ["by", "decided_by"]
    search_fields = ["file_name", "source", "reason"]
    date_hierarchy = "received_at"
    exclude = ["content", "told"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StockDelivery]:
        return super().get_queryset(request).defer("content", "told")

    @admin.display(description=_("added / changed / removed / held back"))
    def counts(self, delivery: StockDelivery) -> str:
        return " / ".join(
            str(number) for number in (delivery.added, delivery.changed, delivery.removed, delivery.held)
        )


def take(request: HttpRequest, step: Callable[..., object], **said: Any) -> None:
    """Take a step of the report, or say why it was not taken; what was saved before it stays."""
    try:
        step(**said)
    except TransitionRefused as refused:
        say_refused(request, refused)


def is_own(membership: Membership, report: Report) -> bool:
    return report.area_id == membership.organisation.area_office.area_id


def is_own_draft(request: HttpRequest, report: Report | None) -> bool:
    membership = acting_officer(request)
    return bool(membership and report and report.state == Report.State.DRAFT and is_own(membership, report))


def may_be_corrected(request: HttpRequest, report: Report | None) -> bool:
    membership = acting_officer(request)
    return bool(
        membership
        and report
        and report.is_published
        and is_own(membership, report)
        and not Report.objects.filter(corrects=report).exists()
    )
