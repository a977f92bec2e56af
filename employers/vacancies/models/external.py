"""Vacancies that others advertise, and who tells us of them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.lookups import StartsWith
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models import EIGHT_DIGITS, Company
from employers.vacancies.models.conflict import LabourConflict
from employers.vacancies.models.vacancy import Terms, Vacancy
from jobcenter.accounts.models import User
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality

TOKEN_BEGINS_WITH = "ei_"
"""So that a token that has got loose can be recognised as one of ours."""


class Source(models.Model):
    """A place that tells us of vacancies: by file, by the REST API, or both."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    covers = models.CharField(_("what it covers"), max_length=300)
    contact = models.EmailField(_("e-mail of who answers for it"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    heard_at = models.DateTimeField(_("last heard from"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("source of vacancies")
        verbose_name_plural = _("sources of vacancies")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class TokenQuerySet(models.QuerySet["Token"]):
    def in_force(self) -> Self:
        return self.filter(revoked_at=None, source__is_active=True)


class Token(models.Model):
    """What a source shows when it writes through the REST API. Only its hash is kept, and it can be revoked.

    The token itself is random over 256 bits, so a plain SHA-256 of it cannot be guessed backwards.
    """

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="tokens", verbose_name=_("source")
    )
    label = models.CharField(_("what it is used for"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    issued_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("issued by")
    )
    issued_at = models.DateTimeField(_("issued"), default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token of a source")
        verbose_name_plural = _("tokens of sources")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="token_revoked_after_it_was_issued",
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("issued_at")),
                violation_error_message=_("A token is revoked after it was issued."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.label}"

    @classmethod
    def issue(cls, *, source: Source, label: str, by: User) -> tuple[Token, str]:
        """A new token: its row, and the token itself, which is never seen again."""
        secret = TOKEN_BEGINS_WITH + secrets.token_urlsafe(32)
        return cls.objects.create(source=source, label=label, digest=digest_of(secret), issued_by=by), secret

    def revoke(self) -> None:
        """From now on it opens nothing. A second time changes nothing."""
        type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now())
        self.refresh_from_db(fields=["revoked_at"])


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class ExternalState(models.TextChoices):
    PUBLISHED = "published", _("published")
    HELD = "held", _("held back")
    CLOSED = "closed", _("closed")


class ExternalVacancyQuerySet(models.QuerySet["ExternalVacancy"]):
    def public(self, *, on: date | None = None) -> Self:
        """What anyone may see: published, open for applications, and not one that is shown already."""
        return self.filter(
            state=ExternalState.PUBLISHED,
            apply_by__gte=on or timezone.localdate(),
            same_vacancy=None,
            same_external=None,
        )

    def in_conflict(self, *, on: date) -> Self:
        """Those that a labour conflict at their company covers on the day.

        Nobody knows the workplace of a vacancy from outside, so a conflict at one workplace counts for the
        whole of its municipality.
        """
        conflicts = LabourConflict.objects.running(on=on).filter(
            Q(workplaces=None) | Q(workplaces__municipality=OuterRef("municipality")),
            company=OuterRef("company"),
        )
        which = LabourConflict.occupations.through.objects.filter(labourconflict=OuterRef("pk"))
        theirs = ExpressionWrapper(OuterRef(OuterRef("occupation__code")), output_field=models.CharField())
        among = which.filter(StartsWith(theirs, F("occupation__code")))
        return self.filter(Exists(conflicts.filter(~Exists(which) | Exists(among))))


@pghistory.track()
class ExternalVacancy(models.Model):
    """A vacancy as its source tells it. Its source and external id say which it is; a repeat updates it.

    Nobody here answers for it: one applies where the source says. What it advertises may be advertised by
    the company here or by another source too; then it points to that, and is not shown a second time.
    """

    State = ExternalState
    Terms = Terms

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="vacancies", verbose_name=_("source")
    )
    external_id = models.CharField(_("the source's own id"), max_length=100)
    link = models.URLField(_("address to apply at"), max_length=500)
    title = models.CharField(_("job title"), max_length=100)
    text = models.TextField(_("advertisement"), max_length=5000)
    employer = models.CharField(_("employer"), max_length=200)
    cvr = models.CharField(_("CVR number"), max_length=8, blank=True)
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="external_vacancies",
        verbose_name=_("company"),
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    town = models.CharField(_("town"), max_length=60, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="external_vacancies",
        verbose_name=_("municipality"),
    )
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        related_name="external_vacancies",
        verbose_name=_("occupation"),
    )
    terms = models.CharField(_("terms"), max_length=14, choices=Terms, default=Terms.ORDINARY)
    positions = models.PositiveSmallIntegerField(_("positions"), default=1)
    hours = models.DecimalField(_("hours a week"), max_digits=3, decimal_places=1, null=True, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    apply_by = models.DateField(_("apply by"))
    state = models.CharField(_("state"), max_length=10, choices=ExternalState)
    same_vacancy = models.ForeignKey(
        Vacancy,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="also_at",
        verbose_name=_("the same vacancy here"),
    )
    same_external = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="also_at",
        verbose_name=_("the same vacancy at another source"),
    )
    published_at = models.DateTimeField(_("published"))
    seen_at = models.DateTimeField(_("last told of"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = ExternalVacancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("vacancy from outside")
        verbose_name_plural = _("vacancies from outside")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                name="externalvacancy_once_for_a_source",
                violation_error_message=_("The source has told of this vacancy already."),
            ),
            models.CheckConstraint(
                name="externalvacancy_has_an_id_and_a_link",
                condition=~Q(external_id="") & ~Q(link="") & ~Q(employer=""),
                violation_error_message=_(
                    "A vacancy from outside has the source's id, a link and an employer."
                ),
            ),
            models.CheckConstraint(
                name="externalvacancy_cvr_has_eight_digits",
                condition=Q(cvr="") | Q(cvr__regex=EIGHT_DIGITS),
                violation_error_message=_("A CVR number has eight digits."),
            ),
            models.CheckConstraint(
                name="externalvacancy_company_has_a_cvr",
                condition=Q(company=None) | ~Q(cvr=""),
                violation_error_message=_("A company is known by its CVR number."),
            ),
            models.CheckConstraint(
                name="externalvacancy_positions_1_to_500",
                condition=Q(positions__range=(1, 500)),
                violation_error_message=_("Between 1 and 500 positions."),
            ),
            models.CheckConstraint(
                name="externalvacancy_hours_1_to_48",
                condition=Q(hours=None) | Q(hours__range=(1, 48)),
                violation_error_message=_("Between 1 and 48 hours a week."),
            ),
            models.CheckConstraint(
                name="externalvacancy_closed_has_time",
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed") & Q(closed_at=None),
                violation_error_message=_("A closed vacancy has the time it was closed."),
            ),
            models.CheckConstraint(
                name="externalvacancy_same_as_one_at_most",
                condition=(Q(same_vacancy=None) | Q(same_external=None)) & ~Q(same_external=F("pk")),
                violation_error_message=_("It is the same as one other vacancy at most."),
            ),
        ]
        indexes = [models.Index(name="externalvacancy_of_company", fields=["cvr", "municipality"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("vacancies:external", args=[self.pk])

    def close(self, *, at: datetime | None = None) -> None:
        """The source no longer advertises it."""
        self.state, self.closed_at = ExternalState.CLOSED, at or timezone.now()
        self.save(update_fields=["state", "closed_at"])

    def release(self) -> None:
        """A caseworker has looked at the words it was held for."""
        type(self).objects.filter(pk=self.pk, state=ExternalState.HELD).update(state=ExternalState.PUBLISHED)
