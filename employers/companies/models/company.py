"""Companies, their workplaces and the people there: what we know of them ourselves."""

from __future__ import annotations

from typing import Any, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.countries import HOME, number_shown
from employers.companies.models.naming import Named
from employers.companies.models.numbers import EIGHT_DIGITS, TEN_DIGITS, TWO_CAPITALS
from jobcenter.accounts.models import Organisation, User
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import Municipality, Postcode
from jobcenter.geography.ordering import danish_sort_key
from jobcenter.pages.privacy import without_cpr

ERASED = "slettet"
"""Stands where the name of somebody stood who has been erased."""


class CompanyQuerySet(models.QuerySet["Company"]):
    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """Companies with a workplace in a labour catchment this jobcentre belongs to."""
        shared = Municipality.objects.in_catchment_of(jobcentre.municipalities())
        return self.filter(pk__in=Workplace.objects.filter(municipality__in=shared).values("company"))

    def of(self, jobcentre: Jobcentre) -> Self:
        """Companies with a workplace in the jobcentre's own municipalities."""
        own = Workplace.objects.filter(municipality__in=jobcentre.municipalities())
        return self.filter(pk__in=own.values("company"))


@pghistory.track(exclude=["name_key", "name_grams"])
class Company(Named):
    """A company that has come to the portal, or that a jobcentre has been in contact with.

    A Danish one is known by its CVR number, whatever it is called; a foreign one that has none by its
    country and its number in the register there. What the register says of it (name, industry, staff,
    whether it has ceased) is brought up to date by each import; what people have written never is.
    """

    cvr = models.CharField(_("CVR number"), max_length=8, unique=True, null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, default=HOME)
    foreign_number = models.CharField(_("number in the country's register"), max_length=40, blank=True)
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
    has_ceased = models.BooleanField(_("has ceased"), default=False)
    ceased_on = models.DateField(_("ceased"), null=True, blank=True)
    advertising_protected = models.BooleanField(_("protected from advertising"), default=False)
    organisation = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="company",
        verbose_name=_("organisation"),
    )

    objects = CompanyQuerySet.as_manager()

    class Meta(Named.Meta):
        abstract = False
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="company_cvr_has_eight_digits",
                condition=Q(cvr__regex=EIGHT_DIGITS),
                violation_error_message=_("A CVR number has eight digits."),
            ),
            models.CheckConstraint(
                name="company_has_a_cvr_number_or_is_foreign",
                condition=Q(cvr__isnull=False, country=HOME, foreign_number="")
                | Q(cvr=None, country__regex=TWO_CAPITALS) & ~Q(country=HOME) & ~Q(foreign_number=""),
                violation_error_message=_(
                    "A Danish company has a CVR number; a foreign one has its country and its number in the "
                    "register there."
                ),
            ),
            models.UniqueConstraint(
                name="company_foreign_number_once_per_country",
                fields=["country", "foreign_number"],
                condition=Q(cvr=None),
                violation_error_message=_("There is a company with that number in that country already."),
            ),
            models.CheckConstraint(
                name="company_ceased_on_a_date_has_ceased",
                condition=Q(ceased_on=None) | Q(has_ceased=True),
                violation_error_message=_("A company with a date on which it ceased has ceased."),
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

    @property
    def is_foreign(self) -> bool:
        return self.country != HOME

    @property
    def number(self) -> str:
        """“CVR 44 91 20 38”, or a foreign company's country and number: “Tyskland, HRB 12345”."""
        return number_shown(cvr=self.cvr, country=self.country, number=self.foreign_number)


class WorkplaceQuerySet(models.QuerySet["Workplace"]):
    def open(self) -> Self:
        """Those that the register has not said are closed."""
        return self.filter(closed_on=None)


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
    opened_on = models.DateField(_("opened"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)

    objects = WorkplaceQuerySet.as_manager()

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
            models.CheckConstraint(
                name="workplace_closes_after_it_opens",
                condition=Q(closed_on__gte=F("opened_on")) | Q(closed_on=None) | Q(opened_on=None),
                violation_error_message=_("A workplace must open before it closes."),
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


class PersonQuerySet(models.QuerySet["Person"]):
    def known(self) -> Self:
        """Those who can be talked to: not who has been erased."""
        return self.exclude(name=ERASED, email="", phone="")


@pghistory.track()
class Person(models.Model):
    """Someone in a company whom we talk to."""

    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="people", verbose_name=_("company")
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)

    objects = PersonQuerySet.as_manager()

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

    @property
    def is_erased(self) -> bool:
        return self.name == ERASED and not (self.email or self.phone)


class Erasure(models.Model):
    """That a contact person was erased: by whom, for whom, and why; and how much went. Never who it was.

    counts: rows by kind, as `about_person` names them. The company stands there as its number in words.
    """

    company_number = models.CharField(_("company"), max_length=100)
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="+", verbose_name=_("jobcentre")
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by whom"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=300, validators=[without_cpr])
    counts: models.JSONField[dict[str, int]] = models.JSONField(_("rows"), default=dict, editable=False)

    class Meta:
        verbose_name = _("erasure of a contact person")
        verbose_name_plural = _("erasures of contact persons")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(name="erasure_has_a_reason", condition=~Q(reason=""))]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.company_number}, {self.at:%d-%m-%Y}"
