"""The law with its dates, and placements to be looked at: decisions are made on their own pages."""

from __future__ import annotations

from django.contrib import admin

from employers.placements.models import (
    Duration,
    Effect,
    Exemption,
    Extension,
    Placement,
    PlacementLog,
    PriorityAccess,
    Rate,
    Reminder,
    RuleVersion,
)
from jobcenter.centres.history import HistoryInline
from jobcenter.pages.administration import ToBeRead


@admin.register(RuleVersion)
class RuleVersionAdmin(admin.ModelAdmin):
    list_display = ("version", "valid_from", "valid_to", "counting", "months", "law", "to_check")
    ordering = ("-valid_from",)


@admin.register(Duration)
class DurationAdmin(admin.ModelAdmin):
    list_display = ("kind", "sector", "group", "unit", "most", "most_extended", "valid_from", "valid_to")
    list_filter = ("kind", "sector", "group")


@admin.register(Rate)
class RateAdmin(admin.ModelAdmin):
    list_display = ("sector", "per_hour", "valid_from", "valid_to", "law", "to_check")
    list_filter = ("sector",)


@admin.register(Exemption)
class ExemptionAdmin(admin.ModelAdmin):
    list_display = ("code", "condition", "name_da", "law", "valid_from", "valid_to", "to_check")
    list_filter = ("condition",)


class LogInline(ToBeRead, admin.TabularInline):
    model = PlacementLog
    fields = ("at", "by", "organisation", "from_state", "to_state", "comment")
    extra = 0


class PriorityInline(ToBeRead, admin.StackedInline):
    model = PriorityAccess
    extra = 0


class EffectInline(ToBeRead, admin.TabularInline):
    model = Effect
    extra = 0


class ReminderInline(ToBeRead, admin.TabularInline):
    model = Reminder
    extra = 0


class ExtensionInline(ToBeRead, admin.TabularInline):
    model = Extension
    extra = 0


class PlacementHistory(HistoryInline):
    model = Placement.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("state", "starts_on", "ends_on", "ended_on", "answer", "vitas")


@admin.register(Placement)
class PlacementAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ("reference", "kind", "company", "label", "state", "starts_on", "ends_on", "jobcentre")
    list_filter = ("state", "kind", "sector")
    list_select_related = ("company", "jobcentre")
    search_fields = ("reference", "citizen", "company__name", "vitas")
    date_hierarchy = "starts_on"
    inlines = (PriorityInline, ReminderInline, ExtensionInline, EffectInline, LogInline, PlacementHistory)
