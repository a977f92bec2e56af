"""Companies and their workplaces: what the register says, and what we know of them ourselves."""

from __future__ import annotations

from typing import Any, Self

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.countries import HOME, number_shown
from employers.companies.names import LONGEST, folded, grams
from jobcenter.accounts.models import Organisation, User
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import Municipality, Postcode
from jobcenter.geography.ordering import danish_sort_key
from jobcenter.pages.privacy import without_cpr
from jobcenter.runtime.models import Work, WorkQuerySet

EIGHT_DIGITS = r"^\d{8}$"
TEN_DIGITS = r"^\d{10}$"
TWO_CAPITALS = r"^[A-Z]{2}$"

ERASED = "slettet"
"""Stands where the name of somebody stood who has been erased."""


class Named(models.Model):
    """Found by a name that is not quite its name: `name_key` and `name_grams` follow from `name`.

    Whoever writes rows without `save` sets them with `names.folded` and `names.grams`.
    """

    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=LONGEST, editable=False, default="")
    name_grams = ArrayField(models.IntegerField(), editable=False, default=list)

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                name="%(class)s_name_begins", fields=["name_key"], opclasses=["varchar_pattern_ops"]
            ),
            GinIndex(name="%(class)s_name_grams", fields=["name_grams"]),
        ]

    def save(self, **options: Any) -> None:
        """Keep what a name is found by in step with it."""
        self.name_key = folded(self.name)
        self.name_grams = grams(self.name_key)
        if options.get("update_fields"):
            options["update_fields"] = {*options["update_fields"], "name_key", "name_grams"}
        super().save(**options)


class NameGram(models.Model):
    """How many companies of the register have a piece of three letters in their name: which is rarest."""

    gram = models.IntegerField(primary_key=True)
    companies = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.gram)


class RegisterCompany(Named):
    """A company as the local copy of the central business register has it.

    It came with an extract, or is the answer to a question somebody asked: `told_at` says when the register
    last told something of it.
    """

    cvr = models.CharField(_("CVR number"), max_length=8, primary_key=True)
    address = models.CharField(_("address"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=4)
    industry = models.ForeignKey(
        Industry, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("industry")
    )
    employees = models.CharField(_("employees, as a band"), max_length=20, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    status = models.CharField(_("status, in the register's words"), max_length=60, blank=True)
    ceased_on = models.DateField(_("ceased"), null=True, blank=True)
    advertising_protected = models.BooleanField(_("protected from advertising"), default=False)
    source = models.CharField(_("source"), max_length=80)
    told_at = models.DateTimeField(_("told by the register"), default=timezone.now)

    class Meta(Named.Meta):
        abstract = False
        verbose_name = _("company in the register")
        verbose_name_plural = _("companies in the register")
        constraints = [
            models.CheckConstraint(
                name="registercompany_cvr_has_eight_digits",
                condition=Q(cvr__regex=EIGHT_DIGITS),
                violation_error_message=_("A CVR number has eight digits."),
            ),
            models.CheckConstraint(
                name="registercompany_ceased_is_not_active",
                condition=Q(ceased_on=None) | Q(is_active=False),
                violation_error_message=_("A company that has ceased is not active."),
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
    opened_on = models.DateField(_("opened"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("workplace in the register")
        verbose_name_plural = _("workplaces in the register")
        constraints = [
            models.CheckConstraint(
                name="registerworkplace_p_number_has_ten_digits",
                condition=Q(p_number__regex=TEN_DIGITS),
                violation_error_message=_("A P-number has ten digits."),
            ),
            models.CheckConstraint(
                name="registerworkplace_closes_after_it_opens",
                condition=Q(closed_on__gte=F("opened_on")) | Q(closed_on=None) | Q(opened_on=None),
                violation_error_message=_("A workplace must open before it closes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.address}"


class RegisterImport(Work):
    """An extract of the register that was taken in, or waits to be with its files; and how it fared."""

    source = models.CharField(_("source"), max_length=80)
    file_names = models.CharField(_("files"), max_length=400, blank=True)
    companies = models.BinaryField(editable=False)
    workplaces = models.BinaryField(editable=False)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by whom")
    )
    problem = models.CharField(_("why it could not be read"), max_length=400, blank=True)
    companies_added = models.PositiveIntegerField(_("companies added"), default=0)
    companies_changed = models.PositiveIntegerField(_("companies changed"), default=0)
    companies_unchanged = models.PositiveIntegerField(_("companies unchanged"), default=0)
    companies_refused = models.PositiveIntegerField(_("companies refused"), default=0)
    workplaces_added = models.PositiveIntegerField(_("workplaces added"), default=0)
    workplaces_changed = models.PositiveIntegerField(_("workplaces changed"), default=0)
    workplaces_unchanged = models.PositiveIntegerField(_("workplaces unchanged"), default=0)
    workplaces_refused = models.PositiveIntegerField(_("workplaces refused"), default=0)

    objects: WorkQuerySet[RegisterImport] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("import of the register")
        verbose_name_plural = _("imports of the register")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source}, {timezone.localtime(self.created_at):%Y-%m-%d %H:%M}"


class RegisterFate(models.Model):
    """What became of a line of an extract. A line that said nothing new has no row: it is counted."""

    class Fate(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        REFUSED = "refused", _("refused")

    class File(models.TextChoices):
        COMPANIES = "companies", _("companies")
        WORKPLACES = "workplaces", _("workplaces")

    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="fates", verbose_name=_("import")
    )
    file = models.CharField(_("file"), max_length=10, choices=File)
    line = models.PositiveIntegerField(_("line"))
    key = models.CharField(_("number"), max_length=40)
    fate = models.CharField(_("fate"), max_length=8, choices=Fate)
    reason = models.CharField(_("reason, or what changed"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        ordering = ["register_import", "file", "line"]
        constraints = [
            models.UniqueConstraint(
                name="registerfate_one_for_a_line", fields=["register_import", "file", "line"]
            ),
            models.CheckConstraint(
                name="registerfate_refused_for_a_reason",
                condition=~Q(fate="refused") | ~Q(reason=""),
                violation_error_message=_("A line that is refused has a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


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


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """A jobcentre's own."""
        return self.filter(jobcentre=jobcentre)


class Merge(models.Model):
    """Two companies, or two contact persons, that were one: by whom, why, and all that undoing it needs.

    `stays` and `gone` are primary keys, since one of the two rows is no more. `kept` is what the merge did,
    as `journal.Journal` writes it. `company` is the one both now are, or the people's.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        PERSON = "person", _("contact person")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="merges", verbose_name=_("company")
    )
    stays = models.BigIntegerField(editable=False)
    stays_name = models.CharField(_("the one that stayed"), max_length=250)
    gone = models.BigIntegerField(editable=False)
    gone_name = models.CharField(_("the one that was merged into it"), max_length=250)
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="merges", verbose_name=_("jobcentre")
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by whom"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    why = models.CharField(_("how you know that they are one"), max_length=300)
    kept: models.JSONField[dict[str, Any]] = models.JSONField(editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="merge_says_why",
                condition=~Q(why=""),
                violation_error_message=_("Write how you know that they are one."),
            ),
            models.CheckConstraint(
                name="merge_of_two",
                condition=~Q(stays=F("gone")),
                violation_error_message=_("Choose two that are not the same."),
            ),
            models.CheckConstraint(
                name="merge_undone_by_somebody",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                violation_error_message=_("Whoever undoes a merge is named."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.stays_name}"

    def get_absolute_url(self) -> str:
        return reverse("desk:merge", args=[self.pk])


class FormerQuerySet(models.QuerySet["Former"]):
    def company(
        self, *, cvr: str | None = None, country: str = HOME, foreign_number: str = ""
    ) -> Company | None:
        """The company that one with this number was merged into."""
        by_number = {"cvr": cvr} if cvr else {"country": country, "foreign_number": foreign_number}
        former = self.filter(kind=Former.Kind.COMPANY, **by_number).first()
        return Company.objects.filter(pk=former.now).first() if former else None


class Former(models.Model):
    """What was merged away, and where it is now: old addresses and old numbers lead there."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        WORKPLACE = "workplace", _("workplace")
        PERSON = "person", _("contact person")

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="formers")
    kind = models.CharField(max_length=10, choices=Kind)
    gone = models.BigIntegerField()
    now = models.BigIntegerField()
    cvr = models.CharField(max_length=8, blank=True)
    country = models.CharField(max_length=2, blank=True)
    foreign_number = models.CharField(max_length=40, blank=True)

    objects = FormerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="former_once", fields=["kind", "gone"]),
            models.UniqueConstraint(name="former_cvr_once", fields=["cvr"], condition=~Q(cvr="")),
            models.UniqueConstraint(
                name="former_foreign_number_once",
                fields=["country", "foreign_number"],
                condition=~Q(foreign_number=""),
            ),
        ]
        indexes = [models.Index(name="former_now", fields=["kind", "now"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.gone} → {self.now}"
