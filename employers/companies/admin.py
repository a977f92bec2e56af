"""Companies we know, with their workplaces and people, and the local copy of the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from employers.companies.cvr import checked
from employers.companies.extract import COMPANY_COLUMNS, OPTIONAL, WORKPLACE_COLUMNS
from employers.companies.finding import find
from employers.companies.importing import promise
from employers.companies.models import (
    Company,
    Erasure,
    Named,
    Person,
    RegisterCompany,
    RegisterFate,
    RegisterImport,
    RegisterWorkplace,
    Workplace,
)
from jobcenter.centres.history import HistoryInline
from jobcenter.pages.administration import ToBeRead

MOST_FOUND = 200
"""So many companies a search by name gives: whoever wants another one writes more of its name."""


class FoundByName(admin.ModelAdmin):
    """A list whose search finds names as people type them, beside what `search_fields` finds exactly."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not search_term.strip():
            return queryset, False
        exact, may_repeat = super().get_search_results(request, queryset, search_term)
        known: type[Named] = self.model
        found = [one.pk for one in find(known._default_manager.all(), search_term, most=MOST_FOUND)]
        return queryset.filter(Q(pk__in=exact.values("pk")) | Q(pk__in=found)), may_repeat


class CompanyForm(forms.ModelForm):
    cvr = forms.CharField(max_length=20, required=False)

    class Meta:
        model = Company
        fields = (
            *("cvr", "country", "foreign_number", "name", "industry", "employees"),
            *("from_register", "has_ceased", "ceased_on", "advertising_protected", "organisation"),
        )

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.fields["cvr"].label = Company._meta.get_field("cvr").verbose_name

    def clean_cvr(self) -> str | None:
        """None of a foreign company, which the database holds to have a country and a number instead."""
        typed = self.cleaned_data["cvr"]
        return checked(typed) if typed else None


class WorkplaceInline(admin.TabularInline):
    model = Workplace
    extra = 0
    autocomplete_fields = ("municipality",)


class PersonInline(admin.TabularInline):
    model = Person
    extra = 0


class CompanyHistory(HistoryInline):
    model = Company.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("cvr", "name", "industry", "employees", "has_ceased", "organisation")


@admin.register(Company)
class CompanyAdmin(FoundByName):
    form = CompanyForm
    list_display = ("name", "number", "industry", "employees", "from_register", "has_ceased")
    list_filter = (
        *("from_register", "has_ceased", "advertising_protected"),
        "workplaces__municipality__areas",
    )
    list_select_related = ("industry",)
    search_fields = ("cvr", "foreign_number", "workplaces__address", "workplaces__p_number")
    autocomplete_fields = ("industry", "organisation")
    ordering = ("sort_key", "pk")
    inlines = (WorkplaceInline, PersonInline, CompanyHistory)


class WorkplaceHistory(HistoryInline):
    model = Workplace.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("company", "address", "postcode", "opened_on", "closed_on")


@admin.register(Workplace)
class WorkplaceAdmin(admin.ModelAdmin):
    list_display = ("address", "postcode", "town", "company", "p_number", "opened_on", "closed_on")
    list_filter = (("closed_on", admin.EmptyFieldListFilter), "municipality__areas")
    list_select_related = ("company",)
    search_fields = ("p_number", "address", "company__name_key", "company__cvr")
    autocomplete_fields = ("company", "municipality")
    ordering = ("postcode", "address", "pk")
    inlines = (WorkplaceHistory,)


class RegisterWorkplaceInline(ToBeRead, admin.TabularInline):
    model = RegisterWorkplace
    extra = 0
    can_delete = False


@admin.register(RegisterCompany)
class RegisterCompanyAdmin(ToBeRead, FoundByName):
    """The register is somebody else's: an import changes it, or an answer of the register itself."""

    list_display = (
        *("name", "cvr", "postcode", "industry", "is_active", "advertising_protected"),
        *("source", "told_at"),
    )
    list_filter = ("is_active", "advertising_protected", "source")
    list_select_related = ("industry",)
    search_fields = ("cvr", "postcode", "workplaces__p_number")
    ordering = ("name_key", "cvr")
    show_full_result_count = False
    inlines = (RegisterWorkplaceInline,)


class ImportForm(forms.ModelForm):
    """Two files, and whose they are. What their lines must be is said when they have been read."""

    company_file = forms.FileField(label=_("File of companies"))
    workplace_file = forms.FileField(label=_("File of workplaces"))

    class Meta:
        model = RegisterImport
        fields = ("source",)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if "source" not in self.fields:
            return  # of an import that is only looked at
        self.fields["source"].help_text = _("Whose extract it is, and of which day.")
        for name, columns in (("company_file", COMPANY_COLUMNS), ("workplace_file", WORKPLACE_COLUMNS)):
            needed = ", ".join(column for column in columns if column not in OPTIONAL)
            others = ", ".join(column for column in columns if column in OPTIONAL)
            self.fields[name].help_text = _(
                "CSV in UTF-8. The first line names the columns: %(needed)s; %(others)s may be left out."
            ) % {"needed": needed, "others": others}


@admin.register(Erasure)
class ErasureAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ("at", "company_number", "jobcentre", "by", "reason")
    list_select_related = ("jobcentre", "by")
    date_hierarchy = "at"
    fields = ("at", "company_number", "jobcentre", "by", "reason", "counts")
    readonly_fields = ("counts",)


@admin.register(RegisterImport)
class RegisterImportAdmin(admin.ModelAdmin):
    """Extracts of the register: a new one is uploaded, and taken in by a worker; the others are looked at."""

    form = ImportForm
    list_display = ("created_at", "source", "state", "companies_told", "workplaces_told", "by")
    list_select_related = ("by",)
    date_hierarchy = "created_at"
    fieldsets_of_one = (
        (None, {"fields": ("source", "file_names", "created_at", "by", "state", "problem", "lines")}),
        (
            _("companies"),
            {"fields": tuple(f"companies_{what}" for what in ("added", "changed", "unchanged", "refused"))},
        ),
        (
            _("workplaces"),
            {"fields": tuple(f"workplaces_{what}" for what in ("added", "changed", "unchanged", "refused"))},
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: RegisterImport | None = None) -> Any:
        return (
            self.fieldsets_of_one
            if obj
            else ((None, {"fields": ("source", "company_file", "workplace_file")}),)
        )

    def get_readonly_fields(self, request: HttpRequest, obj: RegisterImport | None = None) -> Any:
        return [name for _title, one in self.fieldsets_of_one for name in one["fields"]] if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: RegisterImport | None = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: RegisterImport | None = None) -> bool:
        return False

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: RegisterImport, form: Any, change: bool) -> None:
        """Promise the import, in the place of the row that the form has made up."""
        files = form.cleaned_data["company_file"], form.cleaned_data["workplace_file"]
        promised = promise(
            companies=files[0].read(),
            workplaces=files[1].read(),
            source=obj.source,
            names=[file.name for file in files],
            by=request.user,  # type: ignore[arg-type]
        )
        obj.__dict__.update(promised.__dict__)

    def response_add(
        self, request: HttpRequest, obj: RegisterImport, post_url_continue: Any = None
    ) -> HttpResponse:
        messages.success(
            request,
            gettext("The files are kept and being taken in. Open the page again to see what became of them."),
        )
        return redirect("admin:companies_registerimport_change", obj.pk)

    @admin.display(description=_("state"))
    def state(self, obj: RegisterImport) -> str:
        if obj.given_up_at:
            return gettext("given up: %(error)s") % {"error": obj.error}
        if not obj.finished_at:
            return gettext("is being taken in") if obj.leased_until else gettext("waits")
        if obj.problem:
            return gettext("could not be read")
        return gettext("taken in %(time)s") % {"time": f"{timezone.localtime(obj.finished_at):%H:%M:%S}"}

    @admin.display(description=_("companies"))
    def companies_told(self, obj: RegisterImport) -> str:
        return _told(obj, "companies")

    @admin.display(description=_("workplaces"))
    def workplaces_told(self, obj: RegisterImport) -> str:
        return _told(obj, "workplaces")

    @admin.display(description=_("lines"))
    def lines(self, obj: RegisterImport) -> str:
        number = sum(
            getattr(obj, f"{file}_{what}")
            for file in ("companies", "workplaces")
            for what in ("added", "changed", "refused")
        )
        return format_html(
            '<a href="{}?register_import__id__exact={}">{}</a>',
            reverse("admin:companies_registerfate_changelist"),
            obj.pk,
            ngettext("%(number)d line with its fate", "%(number)d lines with their fates", number)
            % {"number": number},
        )


@admin.register(RegisterFate)
class RegisterFateAdmin(ToBeRead, admin.ModelAdmin):
    """What became of each line, where something did: refused ones with the reason, changed ones with what."""

    list_display = ("line", "file", "key", "fate", "reason", "register_import")
    list_filter = ("fate", "file")
    list_select_related = ("register_import",)
    search_fields = ("key",)
    ordering = ("-register_import", "file", "line")
    show_full_result_count = False
    list_per_page = 200


def _told(obj: RegisterImport, file: str) -> str:
    """“12 new, 3 changed, 400 as before, 1 refused”."""
    return gettext("%(added)d new, %(changed)d changed, %(unchanged)d as before, %(refused)d refused") % {
        what: getattr(obj, f"{file}_{what}") for what in ("added", "changed", "unchanged", "refused")
    }
