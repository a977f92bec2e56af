"""Two that were one: what was merged into what, and where the old numbers lead."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.countries import HOME
from employers.companies.models.company import Company
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre


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
