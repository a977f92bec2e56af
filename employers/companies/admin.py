"""Companies we know, with their workplaces and people, and the local copy of the register."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from employers.companies.cvr import checked
from employers.companies.models import Company, Person, RegisterCompany, RegisterWorkplace, Workplace
from jobcenter.centres.history import HistoryInline


class CompanyForm(forms.ModelForm):
    cvr = forms.CharField(max_length=20)

    class Meta:
        model = Company
        fields = ("cvr", "name", "industry", "employees", "from_register", "organisation")

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.fields["cvr"].label = Company._meta.get_field("cvr").verbose_name

    def clean_cvr(self) -> str:
        return checked(self.cleaned_data["cvr"])


class WorkplaceInline(admin.TabularInline):
    model = Workplace
    extra = 0
    autocomplete_fields = ("municipality",)


class PersonInline(admin.TabularInline):
    model = Person
    extra = 0


class CompanyHistory(HistoryInline):
    model = Company.events.rel.related_model  # type: ignore[attr-defined]
    tracked = ("cvr", "name", "industry", "employees", "organisation")


@admin.register(Company)
class CompanyAdmin(admin.ModelAdmin):
    form = CompanyForm
    list_display = ("name", "cvr", "industry", "employees", "from_register")
    list_filter = ("from_register", "workplaces__municipality__areas")
    list_select_related = ("industry",)
    search_fields = ("name", "cvr", "workplaces__address")
    autocomplete_fields = ("industry", "organisation")
    ordering = ("sort_key", "pk")
    inlines = (WorkplaceInline, PersonInline, CompanyHistory)


class RegisterWorkplaceInline(admin.TabularInline):
    model = RegisterWorkplace
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: RegisterCompany | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RegisterCompany | None = None) -> bool:
        return False


@admin.register(RegisterCompany)
class RegisterCompanyAdmin(admin.ModelAdmin):
    """The register is somebody else's: it can be looked at here, and is changed where it comes from."""

    list_display = ("name", "cvr", "postcode", "industry", "is_active", "advertising_protected", "source")
    list_filter = ("is_active", "advertising_protected", "source")
    list_select_related = ("industry",)
    search_fields = ("name", "cvr", "postcode", "workplaces__p_number")
    ordering = ("name", "cvr")
    inlines = (RegisterWorkplaceInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RegisterCompany | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RegisterCompany | None = None) -> bool:
        return False
