"""Occupations and industries, which an administrator may correct, and what has been published about them."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from jobcenter.classifications.models import EverydayTitle, Industry, Occupation, Outlook
from jobcenter.geography.ordering import danish_sort_key
from jobcenter.pages.administration import ToBeRead


@admin.register(Occupation)
class OccupationAdmin(admin.ModelAdmin):
    list_display = ("code", "title_da", "title_en", "level", "valid_from", "valid_to")
    list_filter = ("level",)
    search_fields = ("code", "title_da", "title_en")
    autocomplete_fields = ("parent",)
    ordering = ("code",)

    def save_model(self, request: HttpRequest, obj: Occupation, form: object, change: bool) -> None:
        obj.sort_key = danish_sort_key(obj.title_da)
        super().save_model(request, obj, form, change)


@admin.register(EverydayTitle)
class EverydayTitleAdmin(admin.ModelAdmin):
    list_display = ("title", "occupation", "source_kind", "source", "as_of")
    list_filter = ("source_kind",)
    list_select_related = ("occupation",)
    search_fields = ("title", "occupation__code", "occupation__title_da")
    autocomplete_fields = ("occupation",)
    ordering = ("folded", "pk")


@admin.register(Industry)
class IndustryAdmin(admin.ModelAdmin):
    list_display = ("code", "title_da", "title_en", "version", "level", "valid_from", "valid_to")
    list_filter = ("version", "level")
    search_fields = ("code", "title_da", "title_en")
    autocomplete_fields = ("parent",)
    ordering = ("version", "code")


@admin.register(Outlook)
class OutlookAdmin(ToBeRead, admin.ModelAdmin):
    """Written when a bottleneck report is published, and changed by the next one only."""

    list_display = ("occupation", "area", "category", "attempts", "period", "published_at")
    list_filter = ("area", "category", "period")
    list_select_related = ("occupation", "area")
    search_fields = ("occupation__code", "occupation__title_da")
    ordering = ("area__sort_key", "occupation__code")
