"""Sources, how they are read, and what has come of them: the evidence, and what a reason alone decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.scope import acting_officer
from jobcenter.pages.administration import NeitherMadeNorDeleted, ToBeRead, lines
from jobcenter.pages.downloads import handed_out
from jobcenter.runtime.csvlines import Unreadable
from regions.feeds.deciding import NO_LONGER
from regions.feeds.forms import DecisionForm
from regions.feeds.layout import Layout
from regions.feeds.models import Arrival, Setup, Source
from regions.feeds.receiving import Changed, let_through, put_aside
from regions.feeds.telling import ToldChange, tell
from regions.feeds.views import said_of

ABOUT = ("source", "came_as", "data_date", "received_at", "by", "state")
CHANGES = ("counts", "jumps", "changes", "parts")
EVIDENCE = ("file", "digest", "said", "wrong")
DECIDED = ("decided_at", "decided_by", "decided_for", "replaced_by")

WHEN = ("source", "valid_from", "valid_to")
READ = ("layout", "withdraws", "jump")
FETCHED = ("address", "table", "frequency", "latest", "asked", "every_days")

COUNT, DROP = "count", "drop"


class ArrivalAdminForm(DecisionForm, forms.ModelForm):
    """The decision of the delivery's page; every field of the delivery itself is shown, and frozen."""

    decision = forms.ChoiceField(
        label=_("Is it to count?"),
        choices=[(COUNT, _("Save the figures")), (DROP, _("Put it aside"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to happen.")},
    )

    class Meta:
        model = Arrival
        fields: list[str] = []

    def __init__(self, *arguments: Any, instance: Arrival, **named: Any) -> None:
        named["initial"] = {"shown": instance.shown, **(named.get("initial") or {})}
        super().__init__(*arguments, needs_reason=False, instance=instance, **named)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        needs_reason = cleaned.get("decision") == DROP or self.instance.needs_reason
        if needs_reason and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _now("Write why."))
        return cleaned


@admin.register(Arrival)
class ArrivalAdmin(NeitherMadeNorDeleted, admin.ModelAdmin):
    """An officer decides here as on the delivery's page. The administrator sees all, and decides nothing."""

    form = ArrivalAdminForm
    list_display = ["source", "came_as", "state", "held", "removed", "data_date", "received_at", "by"]
    list_filter = ["state", "source", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["source", "came_as"]
    date_hierarchy = "received_at"
    actions = None
    fieldsets = [
        (None, {"fields": ABOUT}),
        (_("What it would change"), {"fields": CHANGES}),
        (_("Evidence"), {"fields": EVIDENCE}),
        (_("Decided"), {"fields": DECIDED}),
    ]
    readonly_fields = [*ABOUT, *CHANGES, *EVIDENCE, *DECIDED]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Arrival]:
        arrivals = super().get_queryset(request).without_content()  # type: ignore[attr-defined]
        if membership := acting_officer(request):
            own = Arrival.objects.visible_to(membership.organisation.area_office.area)
            return arrivals.filter(pk__in=own)
        return arrivals if request.user.is_superuser else arrivals.none()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not self.may_decide(request, obj):
            return fieldsets
        return [*fieldsets, (_("Your decision"), {"fields": ["decision", "reason", "shown"]})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **named: Any) -> Any:
        """Of the delivery itself no field is written; the decision and its reason are the form's own."""
        return super().get_form(request, obj, change, **{**named, "fields": []})

    def get_urls(self) -> list[URLPattern]:
        evidence = self.admin_site.admin_view(self.evidence)
        return [path("<int:pk>/bevis/", evidence, name="feeds_arrival_evidence"), *super().get_urls()]

    def evidence(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What arrived, byte for byte, for those who may see the delivery here."""
        arrival = self.get_object(request, str(pk))
        if arrival is None or not self.has_view_permission(request, arrival):
            raise Http404
        return handed_out(bytes(arrival.content), name=arrival.file_name)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return acting_officer(request) is not None

    def may_decide(self, request: HttpRequest, arrival: Arrival | None) -> bool:
        return bool(arrival and arrival.waits and self.has_change_permission(request, arrival))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *arguments: Any, **named: Any
    ) -> HttpResponse:
        """Without buttons where there is nothing left to decide."""
        if not self.may_decide(request, named.get("obj")):
            context |= {"show_save": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *arguments, **named)

    def save_model(self, request: HttpRequest, obj: Arrival, form: ArrivalAdminForm, change: bool) -> None:
        """Let it through or put it aside, by the rules of its page; nothing else is written."""
        membership = acting_officer(request)
        if not membership:
            return
        said = form.cleaned_data
        if said["decision"] == DROP:
            is_done = put_aside(obj, by=membership.user, reason=said["reason"])
            told = _("Put aside. The figures stand as they were.") if is_done else NO_LONGER
            messages.info(request, str(told))
            return
        try:
            arrival = let_through(obj, by=membership.user, shown=said["shown"], reason=said["reason"])
        except Changed as changed:
            messages.warning(request, str(changed))
        else:
            if arrival.state == Arrival.State.COUNTED:
                messages.success(request, said_of(arrival))
            else:
                messages.error(request, _now("It does not count: read what became of it."))

    def response_change(self, request: HttpRequest, obj: Arrival) -> HttpResponse:
        """What became of it stands on its page, and has been said."""
        return redirect(reverse("admin:feeds_arrival_change", args=[obj.pk]))

    def log_change(self, request: HttpRequest, obj: Arrival, message: Any) -> Any:
        return super().log_change(request, obj, [str(Arrival.objects.get(pk=obj.pk).get_state_display())])

    @admin.display(description=_("Figures"))
    def counts(self, arrival: Arrival) -> SafeString:
        names = ("added", "changed", "unchanged", "missing", "removed", "held", "refused")
        return lines(
            f"{arrival._meta.get_field(name).verbose_name}: {getattr(arrival, name)}"  # type: ignore[union-attr]
            for name in names
            if getattr(arrival, name)
        )

    @admin.display(description=_("Figures that are held back"))
    def jumps(self, arrival: Arrival) -> SafeString:
        return lines(map(_line, tell(arrival.difference).jumps))

    @admin.display(description=_("Figures that change"))
    def changes(self, arrival: Arrival) -> SafeString:
        return lines(map(_line, tell(arrival.difference).changes))

    @admin.display(description=_("By measure and period"))
    def parts(self, arrival: Arrival) -> SafeString:
        return lines(
            f"{told.measure}, {told.group or '–'}, {told.period}: "
            f"+{told.part.added} / ~{told.part.changed} / −{told.part.removed}"
            for told in tell(arrival.difference).parts
        )

    @admin.display(description=_("What arrived"))
    def file(self, arrival: Arrival) -> SafeString:
        address = reverse("admin:feeds_arrival_evidence", args=[arrival.pk])
        return format_html('<a href="{}">{}</a>', address, arrival.file_name)

    @admin.display(description=_("What must be put right"))
    def wrong(self, arrival: Arrival) -> SafeString:
        return lines(f"{line}: {text}" for line, text in arrival.problems)

    @admin.display(description=_("Reason"))
    def decided_for(self, arrival: Arrival) -> str:
        return arrival.reason


class SetupAdminForm(forms.ModelForm):
    """How a source is read, from a day on. What cannot be read by it is told before it is kept."""

    class Meta:
        model = Setup
        fields: list[str] = []

    def clean_layout(self) -> Any:
        said = self.cleaned_data["layout"]
        try:
            layout = Layout(**said)
            layout.plan(list(layout.columns))
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None
        except (TypeError, AttributeError):
            raise forms.ValidationError(
                _('Write the columns as {"columns": {"heading": "what it holds"}, "constants": {…}}.')
            ) from None
        return said


@admin.register(Setup)
class SetupAdmin(admin.ModelAdmin):
    """By which anything has come stays as it was: it is ended on a day, and another begins."""

    form = SetupAdminForm
    fields = [*WHEN, *READ, *FETCHED, "by"]
    list_display = ["source", "valid_from", "valid_to", "address", "table", "every_days", "jump", "by"]
    list_filter = ["source", "frequency"]
    list_select_related = ["source", "by"]
    readonly_fields = ["by"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **named: Any) -> Any:
        """An address without a scheme is one of https."""
        if db_field.name == "address":
            named["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **named)

    def get_readonly_fields(self, request: HttpRequest, obj: Setup | None = None) -> Any:
        if obj is None or not obj.arrivals.exists():
            return self.readonly_fields
        return [name for name in self.fields if name != "valid_to"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Setup, form: Any, change: bool) -> None:
        if not change:
            obj.by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)


class SetupInline(ToBeRead, admin.TabularInline):
    model = Setup
    fields = ["valid_from", "valid_to", "address", "table", "frequency", "every_days", "jump", "withdraws"]
    extra = 0
    show_change_link = True


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    inlines = [SetupInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _line(change: ToldChange) -> str:
    before = f"{change.before} ({change.known_of})" if change.known_of else change.before
    return (
        f"{change.place}: {change.measure}, {change.group or '–'}, {change.period}: {before} → "
        f"{change.after or _now('removed')}"
    )
