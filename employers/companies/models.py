"""Companies and their workplaces: what the register says, and what we know of them ourselves."""

from __future__ import annotations

from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import Municipality, Postcode
from jobcenter.geography.ordering import danish_sort_key

EIGHT_DIGITS = r"^\d{8}$"
TEN_DIGITS = r"^\d{10}$"


class RegisterCompany(models.Model):
    """A company as the local copy of the central business register has it."""

    cvr = models.CharField(_("CVR number"), max_length=8, primary_key=True)
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=4)
    industry = models.ForeignKey(
        Industry, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("industry")
    )
    employees = models.CharField(_("employees, as a band"), max_length=20, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    advertising_protected = models.BooleanField(_("protected from advertising"), default=False)
    source = models.CharField(_("source"), max_length=80)

    class Meta:
        verbose_name = _("company in the register")
        verbose_name_plural = _("companies in the register")
        constraints = [
            models.CheckConstraint(
                name="registercompany_cvr_has_eight_digits", condition=Q(cvr__regex=EIGHT_DIGITS)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegisterWorkplace(models.Model):
    """A production unit as the local copy of the register has it."""

    p_number = models.CharField(_("P-number"), max_length=10, primary_key=True)
    company = models.ForeignKey(
        RegisterCompany, on_delete=models.CASCADE, related_name="workplaces", verbose_name=_("company")
    )
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=4)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    employees = models.PositiveIntegerField(_("employees"), null=True)

    class Meta:
        verbose_name = _("workplace in the register")
        verbose_name_plural = _("workplaces in the register")
        constraints = [
            models.CheckConstraint(
                name="registerworkplace_p_number_has_ten_digits", condition=Q(p_number__regex=TEN_DIGITS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.address}"


class CompanyQuerySet(models.QuerySet["Company"]):
    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """Companies with a workplace in a labour catchment this jobcentre belongs to."""
        shared = Municipality.objects.in_catchment_of(jobcentre.municipalities())
        return self.filter(pk__in=Workplace.objects.filter(municipality__in=shared).values("company"))

    def matching(self, words: str) -> Self:
        """Companies whose name holds the words, or whose CVR number begins with them (“39 05 71”)."""
        digits = "".join(words.split())
        by_number = Q(cvr__startswith=digits) if digits.isdecimal() else Q(pk__in=())
        return self.filter(Q(name__icontains=words.strip()) | by_number)


@pghistory.track()
class Company(models.Model):
    """A company that has come to the portal, or that a jobcentre has been in contact with."""

    cvr = models.CharField(_("CVR number"), max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=400, editable=False, default="")
    industry = models.ForeignKey(
        Industry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="companies",
        verbose_name=_("industry"),
    )
    employees = models.CharField(_("employees, as a band"), max_length=20, blank=True)
    from_register = models.BooleanField(_("found in the register"), default=False)
    organisation = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="company",
        verbose_name=_("organisation"),
    )

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="company_cvr_has_eight_digits",
                condition=Q(cvr__regex=EIGHT_DIGITS),
                violation_error_message=_("A CVR number has eight digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **options: Any) -> None:
        """Keep the sort key in step with the name."""
        self.sort_key = danish_sort_key(self.name)[:400]
        if options.get("update_fields"):
            options["update_fields"] = {*options["update_fields"], "sort_key"}
        super().save(**options)

    def get_absolute_url(self) -> str:
        return reverse("desk:company", args=[self.pk])


@pghistory.track()
class Workplace(models.Model):
    """Where people work. Its municipality decides which jobcentre is responsible."""

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="workplaces", verbose_name=_("company")
    )
    p_number = models.CharField(_("P-number"), max_length=10, null=True, blank=True, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=4)
    town = models.CharField(_("town"), max_length=60, editable=False, default="")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="workplaces", verbose_name=_("municipality")
    )
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)

    class Meta:
        verbose_name = _("workplace")
        verbose_name_plural = _("workplaces")
        ordering = ["address", "pk"]
        constraints = [
            models.CheckConstraint(
                name="workplace_p_number_has_ten_digits",
                condition=Q(p_number=None) | Q(p_number__regex=TEN_DIGITS),
                violation_error_message=_("A P-number has ten digits."),
            ),
            models.UniqueConstraint(
                fields=["company", "address", "postcode"],
                name="workplace_address_once_per_company",
                condition=Q(p_number=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}, {self.postcode} {self.town}".rstrip()

    def save(self, **options: Any) -> None:
        """Write down the postcode's town, so that an address can be shown without asking for it."""
        names = Postcode.objects.filter(code=self.postcode).values_list("name", flat=True)
        self.town = names.first() or ""
        if options.get("update_fields"):
            options["update_fields"] = {*options["update_fields"], "town"}
        super().save(**options)


@pghistory.track()
class Person(models.Model):
    """Someone in a company whom we talk to."""

    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="people", verbose_name=_("company")
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("person in a company")
        verbose_name_plural = _("people in companies")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "email"], name="person_email_once_per_company", condition=~Q(email="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
