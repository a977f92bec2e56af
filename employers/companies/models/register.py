"""What the register of companies says, and how it was taken in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models.naming import Named
from employers.companies.models.numbers import EIGHT_DIGITS, TEN_DIGITS
from jobcenter.accounts.models import User
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import Municipality
from jobcenter.runtime.models import Work, WorkQuerySet


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
