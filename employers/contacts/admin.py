"""Contacts and follow-ups for the administrator: who, when and what about, never what was noted.

The note and the next step belong to the jobcentre that wrote them, so neither is shown, searched or
edited here. A contact is logged at the desk, and is not taken away.
"""

from django.contrib import admin
from django.http import HttpRequest

from employers.contacts.models import Contact, FollowUp


class NeitherMadeNorDeleted(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False


@admin.register(Contact)
class ContactAdmin(NeitherMadeNorDeleted):
    list_display = ["happened_at", "company", "jobcentre", "by", "channel", "purpose"]
    list_filter = ["channel", "purpose", "jobcentre"]
    list_select_related = ["company", "jobcentre", "by"]
    search_fields = ["company__name", "company__cvr"]
    date_hierarchy = "happened_at"
    fields = [
        "company",
        "workplace",
        "person",
        "jobcentre",
        "by",
        "direction",
        "channel",
        "purpose",
        "happened_at",
    ]

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False


@admin.register(FollowUp)
class FollowUpAdmin(NeitherMadeNorDeleted):
    """The owner can be changed: people leave, and what they have promised is still to be done."""

    list_display = ["due_on", "company", "jobcentre", "owner", "done_at"]
    list_filter = ["jobcentre", ("done_at", admin.EmptyFieldListFilter)]
    list_select_related = ["company", "jobcentre", "owner"]
    search_fields = ["company__name", "company__cvr", "owner__name"]
    date_hierarchy = "due_on"
    fields = ["company", "jobcentre", "owner", "due_on", "done_at"]
    readonly_fields = ["company", "jobcentre", "done_at"]
    autocomplete_fields = ["owner"]
