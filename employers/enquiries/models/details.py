"""What each kind of enquiry asks beside the employer's own words: one small table for each kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models.enquiry import Enquiry, Kind
from jobcenter.pages.templatetags.ei import day_with_year, number


def fits(kind: Kind) -> pgtrigger.Trigger:
    """A database trigger that keeps the details of one kind to enquiries of that kind."""
    return pgtrigger.Trigger(
        name="fits_the_kind",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM enquiries_enquiry WHERE id = NEW.enquiry_id AND kind = '{kind.value}'
            ) THEN
                RAISE EXCEPTION 'these details belong to an enquiry of the kind {kind.value}'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def between(table: str, field: str, least: int, most: int, sentence: Any) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{table}_{field}_{least}_to_{most}",
        condition=Q(**{f"{field}__range": (least, most)}),
        violation_error_message=sentence,
    )


class Details(models.Model):
    """The fields of one kind, each with a name that can be read aloud."""

    enquiry = models.OneToOneField(
        Enquiry, on_delete=models.CASCADE, related_name="%(class)s", primary_key=True
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return "; ".join(f"{name}: {value}" for name, value in self.told())

    def told(self) -> list[tuple[str, str]]:
        """Name and answer of every field that has one, in words of the language that is active."""
        rows = []
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if not field.primary_key and value not in (None, ""):
                display = getattr(self, f"get_{field.name}_display", None)
                rows.append((capfirst(str(field.verbose_name)), display() if display else _in_words(value)))
        return rows


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return capfirst(day_with_year(value))
    return number(value) if isinstance(value, int | Decimal) else str(value)


class WageSubsidyDetails(Details):
    class Sector(models.TextChoices):
        PRIVATE = "private", _("private")
        PUBLIC = "public", _("public: state, region, municipality, or mostly paid by them")

    positions = models.PositiveSmallIntegerField(_("positions"))
    hours = models.DecimalField(_("hours a week"), max_digits=3, decimal_places=1)
    starts_on = models.DateField(_("start"))
    person_is_known = models.BooleanField(_("the employer knows whom they want to hire"))
    sector = models.CharField(_("workplace"), max_length=7, choices=Sector)

    class Meta:
        verbose_name = verbose_name_plural = _("details of a wage subsidy")
        triggers = [fits(Kind.WAGE_SUBSIDY)]
        constraints = [
            between("wagesubsidydetails", "positions", 1, 50, _("Between 1 and 50 positions.")),
            between("wagesubsidydetails", "hours", 1, 48, _("Between 1 and 48 hours a week.")),
        ]


class WorkTrialDetails(Details):
    weeks = models.PositiveSmallIntegerField(_("weeks"))
    hours = models.DecimalField(_("hours a week"), max_digits=3, decimal_places=1)
    starts_on = models.DateField(_("start"))
    mentor = models.CharField(_("who looks after the person"), max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("details of a work trial")
        triggers = [fits(Kind.WORK_TRIAL)]
        constraints = [
            between("worktrialdetails", "weeks", 1, 26, _("Between 1 and 26 weeks.")),
            between("worktrialdetails", "hours", 1, 48, _("Between 1 and 48 hours a week.")),
        ]


class InclusiveDetails(Details):
    class Scheme(models.TextChoices):
        FLEXJOB = "flexjob", _("flexjob")
        PROTECTED = "protected", _("protected job, for a person on early retirement")
        PARTNERSHIP = "partnership", _("partnership with the jobcentre about several people")
        UNSURE = "unsure", _("we do not know yet")

    scheme = models.CharField(_("scheme"), max_length=11, choices=Scheme)
    hours = models.DecimalField(_("hours a week"), max_digits=3, decimal_places=1)

    class Meta:
        verbose_name = verbose_name_plural = _("details of a job on the inclusive labour market")
        triggers = [fits(Kind.INCLUSIVE)]
        constraints = [between("inclusivedetails", "hours", 1, 48, _("Between 1 and 48 hours a week."))]


class RetentionDetails(Details):
    """Nothing about health: which job it is, and what would help."""

    class Need(models.TextChoices):
        KEEP = "keep", _("keep an employee")
        MENTOR = "mentor", _("a mentor for an employee")
        UPSKILL = "upskill", _("upskill one or more employees")

    need = models.CharField(_("what is needed"), max_length=7, choices=Need)
    job = models.CharField(_("job"), max_length=120)
    since = models.DateField(_("since"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("details of keeping or upskilling staff")
        triggers = [fits(Kind.RETENTION)]
        constraints = [
            models.CheckConstraint(
                name="retentiondetails_has_a_job",
                condition=~Q(job=""),
                violation_error_message=_("Write which job it is."),
            )
        ]


class DismissalsDetails(Details):
    affected = models.PositiveIntegerField(_("how many lose their job"))
    ends_on = models.DateField(_("the first ones stop"))
    contact = models.CharField(_("whom to talk to about it"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("details of dismissals")
        triggers = [fits(Kind.DISMISSALS)]
        constraints = [between("dismissalsdetails", "affected", 1, 20_000, _("Between 1 and 20,000 people."))]


class JobRotationDetails(Details):
    employees = models.PositiveSmallIntegerField(_("employees in training"))
    substitutes = models.PositiveSmallIntegerField(_("substitutes"))
    starts_on = models.DateField(_("the training begins"))
    ends_on = models.DateField(_("the training ends"))

    class Meta:
        verbose_name = verbose_name_plural = _("details of job rotation")
        triggers = [fits(Kind.JOB_ROTATION)]
        constraints = [
            between("jobrotationdetails", "employees", 1, 500, _("Between 1 and 500 employees.")),
            between("jobrotationdetails", "substitutes", 1, 500, _("Between 1 and 500 substitutes.")),
            models.CheckConstraint(
                name="jobrotationdetails_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The training ends after it begins."),
            ),
        ]


OF_KIND: dict[str, type[Details]] = {
    Kind.WAGE_SUBSIDY: WageSubsidyDetails,
    Kind.WORK_TRIAL: WorkTrialDetails,
    Kind.INCLUSIVE: InclusiveDetails,
    Kind.RETENTION: RetentionDetails,
    Kind.DISMISSALS: DismissalsDetails,
    Kind.JOB_ROTATION: JobRotationDetails,
}
"""Recruiting has a vacancy instead, and “something else” only words."""
