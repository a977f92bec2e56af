"""What the jobcentres promise, and when a kind of enquiry is offered."""

from __future__ import annotations

from django.contrib import admin

from employers.enquiries.models import AnswerTime, Offer
from jobcenter.centres.history import HistoryInline


class AnswerTimeHistory(HistoryInline):
    model = AnswerTime.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("kind", "working_days", "valid_from")


@admin.register(AnswerTime)
class AnswerTimeAdmin(admin.ModelAdmin):
    list_display = ("jobcentre", "kind", "working_days", "valid_from", "set_by", "set_at")
    list_filter = ("kind",)
    list_select_related = ("jobcentre", "set_by")
    search_fields = ("jobcentre__name",)
    autocomplete_fields = ("jobcentre",)
    fields = ("jobcentre", "kind", "working_days", "valid_from")
    ordering = ("jobcentre__sort_key", "kind", "-valid_from")
    inlines = (AnswerTimeHistory,)


class OfferHistory(HistoryInline):
    model = Offer.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("kind", "valid_from", "valid_to", "law")


@admin.register(Offer)
class OfferAdmin(admin.ModelAdmin):
    """A kind without any period is always offered."""

    list_display = ("kind", "law", "valid_from", "valid_to")
    list_filter = ("kind",)
    search_fields = ("law", "source")
    ordering = ("kind", "-valid_from")
    inlines = (OfferHistory,)
