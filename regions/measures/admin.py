"""Measures to be read: they are reviewed in their files (`definitions/`), never edited here."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from jobcenter.pages.administration import ToBeRead
from regions.measures.models import Measure, MeasureVersion, TargetGroup


class VersionInline(ToBeRead, admin.StackedInline):
    model = MeasureVersion
    extra = 0
    classes = ["collapse"]
    ordering = ["-version"]


@admin.register(Measure)
class MeasureAdmin(ToBeRead, admin.ModelAdmin):
    list_display = [
        "title",
        "code",
        "version",
        "kind",
        "direction",
        "unit",
        "author",
        "checker",
        "next_review",
    ]
    list_filter = ["kind", "direction", "unit", "is_fictional"]
    search_fields = ["code", "title_da", "title_en"]
    date_hierarchy = "next_review"
    inlines = [VersionInline]

    @admin.display(description=_("measure"), ordering="code")
    def title(self, measure: Measure) -> str:
        return measure.title


@admin.register(TargetGroup)
class TargetGroupAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ["code", "title_da", "title_en"]
