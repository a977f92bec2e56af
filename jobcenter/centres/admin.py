"""Jobcentres and what each answers for. What is over is ended with a date, and not deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from jobcenter.accounts.models import Organisation
from jobcenter.centres.history import HistoryInline
from jobcenter.centres.models import AreaOffice, DefaultOwner, Jobcentre, Serves
from jobcenter.geography.ordering import danish_sort_key


class ServesInline(admin.TabularInline):
    model = Serves
    extra = 0
    autocomplete_fields = ("municipality",)


class JobcentreHistory(HistoryInline):
    model = Jobcentre.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("name", "email", "phone", "answers_within", "valid_from", "valid_to")


@admin.register(Jobcentre)
class JobcentreAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "email", "phone", "answers_within", "valid_from", "valid_to")
    list_filter = ("answers_within", ("valid_to", admin.EmptyFieldListFilter))
    search_fields = ("name", "code", "serves__municipality__name")
    ordering = ("sort_key",)
    fields = ("code", "name", "email", "phone", "answers_within", "valid_from", "valid_to")
    inlines = (ServesInline, JobcentreHistory)

    def save_model(self, request: HttpRequest, obj: Jobcentre, form: Any, change: bool) -> None:
        """A jobcentre has an organisation of its own, with its name."""
        obj.sort_key = danish_sort_key(obj.name.removeprefix("Jobcenter "))
        if change:
            Organisation.objects.filter(pk=obj.organisation_id).update(name=obj.name)
        else:
            obj.organisation = Organisation.objects.create(kind=Organisation.Kind.JOBCENTRE, name=obj.name)
        super().save_model(request, obj, form, change)


class ServesHistory(HistoryInline):
    model = Serves.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("jobcentre", "evidence", "valid_from", "valid_to")


@admin.register(Serves)
class ServesAdmin(admin.ModelAdmin):
    list_display = ("municipality", "jobcentre", "valid_from", "valid_to", "evidence")
    list_filter = ("evidence", ("valid_to", admin.EmptyFieldListFilter))
    list_select_related = ("municipality", "jobcentre")
    search_fields = ("municipality__name", "jobcentre__name")
    autocomplete_fields = ("municipality", "jobcentre")
    ordering = ("municipality__sort_key", "-valid_from")
    inlines = (ServesHistory,)


@admin.register(AreaOffice)
class AreaOfficeAdmin(admin.ModelAdmin):
    list_display = ("organisation", "area", "valid_from", "valid_to")
    list_select_related = ("organisation", "area")
    search_fields = ("organisation__name", "area__name")
    autocomplete_fields = ("organisation", "area")
    ordering = ("area__sort_key", "pk")


class DefaultOwnerHistory(HistoryInline):
    model = DefaultOwner.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("user", "valid_from", "valid_to")


@admin.register(DefaultOwner)
class DefaultOwnerAdmin(admin.ModelAdmin):
    """Who owns an enquiry when the responsible jobcentre has nobody."""

    list_display = ("user", "valid_from", "valid_to")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    autocomplete_fields = ("user",)
    ordering = ("-valid_from",)
    inlines = (DefaultOwnerHistory,)
