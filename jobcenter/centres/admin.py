"""Jobcentres and what each answers for. What is over is ended with a date, and not deleted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from jobcenter.accounts.models import Organisation
from jobcenter.centres.history import HistoryInline
from jobcenter.centres.models import (
    Absence,
    Agreement,
    AreaOffice,
    DefaultOwner,
    Jobcentre,
    Partner,
    Serves,
    Team,
    TeamAuthority,
    TeamMember,
)
from jobcenter.geography.ordering import danish_sort_key
from jobcenter.pages.administration import ToBeRead


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
    tracked = ("jobcentre", "user", "valid_from", "valid_to")


class DefaultOwnerForm(forms.ModelForm):
    """The next one: whoever is it until then ends on the day it begins."""

    class Meta:
        model = DefaultOwner
        fields = ("jobcentre", "user", "valid_from")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        valid_from = cleaned.get("valid_from")
        if self.instance.pk is None and valid_from:
            later = DefaultOwner.objects.filter(valid_from__gte=valid_from)
            if later.exists():
                self.add_error("valid_from", _("There is another default owner in that period."))
        return cleaned

    def validate_constraints(self) -> None:
        """That two overlap is judged above: the one before ends when this one is saved."""


@admin.register(DefaultOwner)
class DefaultOwnerAdmin(admin.ModelAdmin):
    """Who answers for an enquiry that no municipality decides, or whose jobcentre has nobody.

    There is one at every moment, so none is deleted or ended: the next one is added.
    """

    form = DefaultOwnerForm
    list_display = ("jobcentre", "user", "valid_from", "valid_to")
    list_select_related = ("jobcentre", "user")
    search_fields = ("user__name", "user__email", "jobcentre__name")
    autocomplete_fields = ("jobcentre", "user")
    ordering = ("-valid_from",)
    inlines = (DefaultOwnerHistory,)

    def get_readonly_fields(self, request: HttpRequest, obj: DefaultOwner | None = None) -> tuple[str, ...]:
        return ("valid_from",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: DefaultOwner | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: DefaultOwner, form: Any, change: bool) -> None:
        if not change:
            DefaultOwner.objects.end_on(obj.valid_from)
        super().save_model(request, obj, form, change)


class TeamMemberInline(admin.TabularInline):
    model = TeamMember
    extra = 0
    autocomplete_fields = ("user",)


class TeamAuthorityInline(admin.TabularInline):
    model = TeamAuthority
    extra = 0


class TeamHistory(HistoryInline):
    model = Team.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("name", "kinds", "valid_from", "valid_to")


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    list_display = ("name", "jobcentre", "valid_from", "valid_to")
    list_filter = (("valid_to", admin.EmptyFieldListFilter),)
    list_select_related = ("jobcentre",)
    search_fields = ("name", "jobcentre__name")
    autocomplete_fields = ("jobcentre", "industries")
    ordering = ("jobcentre__sort_key", "name", "pk")
    inlines = (TeamAuthorityInline, TeamMemberInline, TeamHistory)


class AbsenceHistory(HistoryInline):
    model = Absence.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("substitute", "valid_from", "valid_to")


@admin.register(Absence)
class AbsenceAdmin(admin.ModelAdmin):
    list_display = ("user", "jobcentre", "substitute", "valid_from", "valid_to")
    list_select_related = ("user", "jobcentre", "substitute")
    search_fields = ("user__name", "jobcentre__name")
    autocomplete_fields = ("user", "jobcentre", "substitute")
    ordering = ("-valid_from", "-pk")
    inlines = (AbsenceHistory,)


class PartnerInline(admin.TabularInline):
    model = Partner
    extra = 0


class AgreementHistory(HistoryInline):
    model = Agreement.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("state", "version", "name", "purpose", "valid_from", "valid_to")


@admin.register(Agreement)
class AgreementAdmin(ToBeRead, admin.ModelAdmin):
    """To be read: what the partners have accepted is theirs to change and to end."""

    list_display = ("name", "state", "drafter", "valid_from", "valid_to")
    list_filter = ("state",)
    list_select_related = ("drafter",)
    search_fields = ("name", "partners__jobcentre__name")
    fields = (
        "name",
        "purpose",
        "state",
        "version",
        "drafter",
        "valid_from",
        "valid_to",
        "industries",
        "occupations",
        "shared",
        "answer_hours",
        "notice_days",
        "accepted_at",
        "ended_at",
    )
    ordering = ("-valid_from", "name", "pk")
    inlines = (PartnerInline, AgreementHistory)
