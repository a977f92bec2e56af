"""Areas, municipalities and postcodes. They come from the room's data; an administrator may correct them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from jobcenter.geography.models import Area, AreaMunicipality, Catchment, Municipality, Postcode
from jobcenter.geography.ordering import danish_sort_key


class InDanishOrder(admin.ModelAdmin):
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.sort_key = danish_sort_key(obj.name)
        super().save_model(request, obj, form, change)


class MunicipalityInline(admin.TabularInline):
    model = AreaMunicipality
    extra = 0
    autocomplete_fields = ("municipality",)


@admin.register(Area)
class AreaAdmin(InDanishOrder):
    list_display = ("name", "division", "valid_from", "valid_to")
    list_filter = ("division",)
    search_fields = ("name", "code")
    ordering = ("-valid_from", "sort_key")
    inlines = (MunicipalityInline,)


@admin.register(Municipality)
class MunicipalityAdmin(InDanishOrder):
    list_display = ("name", "code", "population", "population_year", "valid_from", "valid_to")
    list_filter = ("areas",)
    search_fields = ("name", "code")
    ordering = ("sort_key",)


@admin.register(Postcode)
class PostcodeAdmin(InDanishOrder):
    list_display = ("code", "name", "municipality", "valid_from", "valid_to")
    list_filter = ("municipality__areas",)
    list_select_related = ("municipality",)
    search_fields = ("=code", "name", "municipality__name")
    autocomplete_fields = ("municipality", "municipalities")
    ordering = ("code",)


@admin.register(Catchment)
class CatchmentAdmin(admin.ModelAdmin):
    list_display = ("centre", "municipality", "distance_km", "estimated")
    list_filter = ("estimated", "centre__areas")
    list_select_related = ("centre", "municipality")
    search_fields = ("centre__name", "municipality__name")
    autocomplete_fields = ("centre", "municipality")
    ordering = ("centre__sort_key", "distance_km", "pk")
