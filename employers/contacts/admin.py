"""Contacts and follow-ups for the administrator: who, when and what about, never what was noted.

The note and the next step belong to the jobcentre that wrote them, so neither is shown, searched or
edited here. A contact is logged at the desk, and is not taken away.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from employers.contacts.models import Contact, FollowUp, Hold, HoldLimit, Override
from jobcenter.pages.administration import NeitherMadeNorDeleted, ToBeRead


@admin.register(Contact)
class ContactAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ["happened_at", "company", "jobcentre", "by", "channel", "get_purposes_display", "state"]
    list_filter = ["state", "channel", "jobcentre"]
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
        "get_purposes_display",
        "state",
        "happened_at",
    ]


@admin.register(FollowUp)
class FollowUpAdmin(NeitherMadeNorDeleted, admin.ModelAdmin):
    """The owner can be changed: people leave, and what they have promised is still to be done."""

    list_display = ["due_on", "company", "jobcentre", "owner", "done_at"]
    list_filter = ["jobcentre", ("done_at", admin.EmptyFieldListFilter)]
    list_select_related = ["company", "jobcentre", "owner"]
    search_fields = ["company__name", "company__cvr", "owner__name"]
    date_hierarchy = "due_on"
    fields = ["company", "jobcentre", "owner", "due_on", "done_at"]
    readonly_fields = ["company", "jobcentre", "done_at"]
    autocomplete_fields = ["owner"]


@admin.register(Hold)
class HoldAdmin(ToBeRead, admin.ModelAdmin):
    """Held and released at the desk."""

    list_display = ["workplace", "jobcentre", "by", "purpose", "starts_at", "expires_at", "released_by"]
    list_filter = ["purpose", "jobcentre"]
    list_select_related = ["workplace", "jobcentre", "by", "released_by"]
    search_fields = ["workplace__company__name", "workplace__company__cvr"]
    date_hierarchy = "starts_at"


@admin.register(Override)
class OverrideAdmin(ToBeRead, admin.ModelAdmin):
    """To be counted. The reason is for the two jobcentres."""

    list_display = ["at", "ground", "contact_jobcentre", "hold_jobcentre"]
    list_filter = ["ground", "contact__jobcentre"]
    list_select_related = ["contact__jobcentre", "hold__jobcentre"]
    date_hierarchy = "at"
    fields = ["at", "ground"]
    readonly_fields = ["at"]

    @admin.display(description=_("jobcentre"))
    def contact_jobcentre(self, override: Override) -> str:
        return str(override.contact.jobcentre)

    @admin.display(description=_("jobcentre that holds"))
    def hold_jobcentre(self, override: Override) -> str:
        return str(override.hold.jobcentre) if override.hold else ""


@admin.register(HoldLimit)
class HoldLimitAdmin(admin.ModelAdmin):
    """A new limit is a new row from its first day; what was taken under the old one stands."""

    list_display = ["valid_from", "valid_to", "most_days", "most_running", "rest_days", "source"]
