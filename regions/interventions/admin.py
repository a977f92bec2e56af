"""The same case in the administration pages: its evidence to read, and what a reason alone decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Membership
from jobcenter.accounts.scope import acting_officer
from jobcenter.pages.administration import NeitherMadeNorDeleted, lines
from regions.comparison.templatetags.regions import period_name
from regions.interventions import measuring, showing, waiting, wording
from regions.interventions.forms import text
from regions.interventions.measuring import Effect
from regions.interventions.models import Happened, Intervention, Part
from regions.interventions.steps import carry_out, decisions
from regions.interventions.table import By, Step, Thing
from regions.oversight import saying
from regions.oversight.evidence import Evidence

ABOUT = ("about", "state", "at_own_wish", "officer", "asked_at", "began_at", "ended_at")
EVIDENCE = ("flagged", "back_inside", "effect")
CASE = ("contains", "next_step", "next_by")


class InterventionAdminForm(forms.ModelForm):
    """One of the steps that a reason decides; every field of the intervention itself is shown, and frozen."""

    by: Membership | None = None

    step = forms.ChoiceField(
        label=_("What is to happen?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what is to happen."),
            "invalid_choice": _("This was changed meanwhile, so the step was not taken."),
        },
    )
    reason = text(
        _("Reason"),
        hint=_("The other side reads it, and it stands in the journal."),
        required=_("Write the reason: the other side reads it, and it stands in the journal."),
        limit=4000,
        rows=5,
    )

    class Meta:
        model = Intervention
        fields: list[str] = []

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (key, name_of(step, thing)) for key, (step, thing) in self.possible.items()
        ]

    @cached_property
    def possible(self) -> dict[str, tuple[Step, Intervention | Part]]:
        return {
            f"{step.code}-{thing.pk}": (step, thing)
            for step, thing in decisions(self.instance, role=By.OFFICER)
        }

    def clean(self) -> dict[str, Any]:
        """Takes the step: what refuses it is said beside what was written."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.by and not self.errors:
            step, thing = self.possible[cleaned["step"]]
            with transaction.atomic():
                carry_out(step, thing, by=self.by, said={"reason": cleaned["reason"]})
        return cleaned


class HappenedInline(admin.TabularInline):
    model = Happened
    verbose_name_plural = _("History")
    fields = readonly_fields = ("at", "who", "what", "comment")
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Happened]:
        parts = ("meeting", "agreement", "assistance", "follow_up")
        return super().get_queryset(request).select_related("by", "organisation", "subject", *parts)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("interventions.view_intervention"))

    @admin.display(description=_("Who"))
    def who(self, step: Happened) -> str:
        return ", ".join(str(part) for part in (step.by, step.organisation) if part)

    @admin.display(description=_("What"))
    def what(self, step: Happened) -> str:
        return showing.what(step)


@admin.register(Intervention)
class InterventionAdmin(NeitherMadeNorDeleted, admin.ModelAdmin):
    """An officer decides here as on the intervention's page. The administrator sees all, and decides nothing.

    What is written at length (agenda, notes, agreement, report) is written on the pages.
    """

    form = InterventionAdminForm
    list_display = ["jobcentre", "state", "at_own_wish", "officer", "began_at", "next_step", "next_by"]
    list_filter = ["state", "at_own_wish", "concerns__measure", "concerns__target_group"]
    list_select_related = ["jobcentre", "officer"]
    search_fields = ["jobcentre__name"]
    date_hierarchy = "began_at"
    actions = None
    inlines = [HappenedInline]
    fieldsets = [
        (None, {"fields": ABOUT}),
        (_("Evidence"), {"fields": EVIDENCE}),
        (_("The case"), {"fields": CASE}),
    ]
    readonly_fields = [*ABOUT, *EVIDENCE, *CASE]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Intervention]:
        interventions = super().get_queryset(request).with_parts()  # type: ignore[attr-defined]
        if membership := acting_officer(request):
            own = Intervention.objects.visible_to_office(membership.organisation.area_office)
            return interventions.filter(pk__in=own)
        return interventions if request.user.is_superuser else interventions.none()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not self.may_decide(request, obj):
            return fieldsets
        return [*fieldsets, (_("Your decision"), {"fields": ["step", "reason"]})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **named: Any) -> Any:
        """Of the intervention itself no field is written; the step and its reason are the form's own."""
        form = super().get_form(request, obj, change, **{**named, "fields": []})
        form.by = acting_officer(request)  # type: ignore[attr-defined]
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return acting_officer(request) is not None

    def may_decide(self, request: HttpRequest, whole: Intervention | None) -> bool:
        if not whole or not self.has_change_permission(request, whole):
            return False
        return any(True for _decision in decisions(whole, role=By.OFFICER))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The form has taken the step, and nothing else is written."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *arguments: Any, **named: Any
    ) -> HttpResponse:
        """Without buttons where there is nothing left to decide."""
        if not self.may_decide(request, named.get("obj")):
            context |= {"show_save": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *arguments, **named)

    @admin.display(description=_("intervention"))
    def about(self, whole: Intervention) -> str:
        """In words and not as links: what they would lead to is not the officer's to open."""
        concerns = "; ".join(str(concern) for concern in whole.concerns.all())
        return f"{whole.jobcentre}: {concerns}" if concerns else str(whole.jobcentre)

    @admin.display(description=_("Flags, as frozen"))
    def flagged(self, whole: Intervention) -> SafeString:
        return lines(
            f"{flag.measure}, {flag.target_group}, {period}"
            for flag in whole.flags.select_related("measure", "target_group").order_by("pk")
            for period in saying.periods(Evidence.from_json(flag.evidence))
        )

    @admin.display(description=_("Back within the limits?"))
    def back_inside(self, whole: Intervention) -> SafeString:
        """As it was when the intervention ended; as it is now while it is under way."""
        evidence = whole.evidence or (measuring.back_inside(whole) if whole.is_open else {"seen": []})
        names = {
            (concern.measure.code, concern.target_group.code): str(concern)
            for concern in whole.concerns.all()
        }
        return lines(
            f"{names[one['measure'], one['group']]}, {period_name(one['period'])}: "
            f"{_('within') if one['is_inside'] else _('not within')}"
            for one in evidence["seen"]
        )

    @admin.display(description=_("Effect"))
    def effect(self, whole: Intervention) -> SafeString:
        told = [Effect.from_json(kept) for kept in whole.effects or []]
        return lines(
            f"{showing.requirement(one)} {showing.sentence(one)} {showing.own_limits(one)}".strip()
            for one in told
        )

    @admin.display(description=_("Contains"))
    def contains(self, whole: Intervention) -> SafeString:
        return lines(
            f"{wording.THINGS[part.THING]}: {part.get_state_display()}"
            + (f", {part.day:%d-%m-%Y}" if part.day else "")
            for part in whole.parts()
        )

    @admin.display(description=_("What happens next"))
    def next_step(self, whole: Intervention) -> str:
        return "; ".join(str(one.what) for one in waiting.nexts(whole)[:1])

    @admin.display(description=_("next step by"))
    def next_by(self, whole: Intervention) -> str:
        days = [one.day for one in waiting.nexts(whole)[:1] if one.day]
        return f"{days[0]:%d-%m-%Y}" if days else "–"


def name_of(step: Step, thing: Intervention | Part) -> str:
    """“Drop opfølgningen, 30-09-2027”: two of a kind are told apart by their day."""
    name = str(wording.NAMES[step.code])
    return f"{name}, {thing.day:%d-%m-%Y}" if step.thing in (Thing.MEETING, Thing.FOLLOW_UP) else name
