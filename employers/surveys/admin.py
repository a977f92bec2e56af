"""The sampling plan, and the draws and surveys to be looked at: the portal alone makes those."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from employers.surveys.models import Draw, Plan, Survey
from jobcenter.centres.history import HistoryInline
from jobcenter.pages.administration import ToBeRead


@admin.register(Plan)
class PlanAdmin(ToBeRead, admin.ModelAdmin):
    """It stands in a file of the portal, with its reason."""

    list_display = ("valid_from", "valid_to", "percent", "all_up_to", "waits_days", "open_days")


@admin.register(Draw)
class DrawAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ("week", "seed", "percent", "all_up_to", "finished_at", "given_up_at", "attempts")
    fields = (
        *("week", "seed", "percent", "all_up_to", "open_days", "frame", "draws"),
        *("created_at", "due_at", "finished_at", "given_up_at", "attempts", "error"),
    )
    readonly_fields = ("draws",)
    ordering = ("-week",)

    @admin.display(description=_("vacancies that the seed draws, lowest lot first"))
    def draws(self, draw: Draw) -> str:
        return ", ".join(str(vacancy) for vacancy in draw.drawn()) or "–"


class SurveyHistory(HistoryInline):
    model = Survey.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("sent_at", "withdrawn_because", "answered_at", "outcome")


@admin.register(Survey)
class SurveyAdmin(ToBeRead, admin.ModelAdmin):
    list_display = (
        "vacancy",
        "company",
        "asked_on",
        "sent_at",
        "answered_at",
        "outcome",
        "withdrawn_because",
    )
    list_filter = ("outcome", "withdrawn_because", "lacking")
    list_select_related = ("vacancy", "company")
    search_fields = ("vacancy__title", "company__name")
    exclude = ("notice",)
    ordering = ("-asked_on", "-pk")
    inlines = (SurveyHistory,)
