"""Areas, municipalities and postcodes. They come from the room's data; an administrator may correct them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from jobcenter.geography.models import (
    Area,
    AreaMunicipality,
    Catchment,
    CatchmentRule,
    CatchmentVersion,
    CommutingMatrix,
    Correction,
    Municipality,
    Postcode,
)
from jobcenter.geography.ordering import danish_sort_key
from jobcenter.pages.administration import ToBeRead


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


@admin.register(CatchmentRule)
class CatchmentRuleAdmin(admin.ModelAdmin):
    list_display = (
        "valid_from",
        "valid_to",
        "link_share",
        "self_containment",
        "half_distance_km",
        "exponent",
    )


@admin.register(CatchmentVersion)
class CatchmentVersionAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ("made_at", "basis", "year", "cause", "made_by")
    list_filter = ("basis", "cause")
    list_select_related = ("made_by",)


@admin.register(CommutingMatrix)
class CommutingMatrixAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ("year", "source", "file_name", "imported_at")


@admin.register(Catchment)
class CatchmentAdmin(ToBeRead, admin.ModelAdmin):
    """Found, or taken in: a change by hand would belie the figures. A correction gives its reason."""

    list_display = ("centre", "municipality", "version", "distance_km", "share", "ground")
    list_filter = ("ground", "centre__areas")
    list_select_related = ("centre", "municipality", "version")
    search_fields = ("centre__name", "municipality__name")
    ordering = ("-version__made_at", "centre__sort_key", "-share", "pk")


@admin.register(Correction)
class CorrectionAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ("centre", "effect", "municipality", "made_by", "made_at", "ended_at")
    list_select_related = ("centre", "municipality", "made_by")
