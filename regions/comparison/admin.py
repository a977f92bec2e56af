"""Framework conditions and what jobcentres have said of their results, to be read.

Conditions are defined in their file, and their values come by files; a reply is never changed or deleted.
"""

from django.contrib import admin

from jobcenter.pages.administration import ToBeRead
from regions.comparison.models import Condition, ConditionFile, FrameworkCondition, Reply


@admin.register(Reply)
class ReplyAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ["jobcentre", "measure", "target_group", "period", "by", "at"]
    list_filter = ["measure", "target_group", "jobcentre"]
    list_select_related = ["jobcentre__organisation", "measure", "target_group", "by"]
    search_fields = ["text", "jobcentre__name"]
    date_hierarchy = "at"


@admin.register(Condition)
class ConditionAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ["code", "title_da", "is_computed", "valid_from", "valid_to", "reviewed_by", "reviewed_on"]
    list_filter = ["is_computed", "is_fictional"]
    search_fields = ["code", "title_da", "title_en"]


@admin.register(FrameworkCondition)
class FrameworkConditionAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ["jobcentre", "year", "condition", "value", "source"]
    list_filter = ["condition", "year"]
    list_select_related = ["jobcentre", "condition"]
    search_fields = ["jobcentre__name", "jobcentre__code"]
    ordering = ["-year", "condition", "jobcentre__sort_key"]


@admin.register(ConditionFile)
class ConditionFileAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ["came_as", "source", "state", "received_at", "by", "decided_at", "decided_by", "reason"]
    list_filter = ["state"]
    list_select_related = ["by", "decided_by"]
    search_fields = ["came_as", "source"]
    date_hierarchy = "received_at"
    exclude = ["content"]
