"""What jobcentres have said of their results, to be read: nothing of it is changed or deleted."""

from django.contrib import admin

from regions.comparison.models import Reply
from regions.measures.admin import ToBeRead


@admin.register(Reply)
class ReplyAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ["jobcentre", "measure", "target_group", "period", "by", "at"]
    list_filter = ["measure", "target_group", "jobcentre"]
    list_select_related = ["jobcentre__organisation", "measure", "target_group", "by"]
    search_fields = ["text", "jobcentre__name"]
    date_hierarchy = "at"
