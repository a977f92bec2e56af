"""Lists of companies and contact persons that a jobcentre brings in, and what becomes of each line."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from employers.companies.models import Company, Person
from employers.imports.reading import TEMPLATE
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.models import LEASE, LeaseLost, Work, WorkQuerySet

KEPT_UNCONFIRMED = timedelta(days=7)
KEPT_DONE = timedelta(days=90)
"""The lines hold people's names and addresses: after this they are only where they belong."""


class Fate(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", pgettext_lazy("line", "unchanged")
    DUPLICATE = "duplicate", _("resembles another")
    REFUSED = "refused", _("refused")


class ListImportQuerySet(WorkQuerySet["ListImport"]):
    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """A jobcentre's own."""
        return self.filter(jobcentre=jobcentre)

    def confirmed(self) -> Self:
        return self.exclude(confirmed_at=None)

    def outdated(self) -> Self:
        """Those whose lines are not needed any more."""
        now = timezone.now()
        return self.filter(
            Q(confirmed_at=None, created_at__lt=now - KEPT_UNCONFIRMED)
            | Q(finished_at__lt=now - KEPT_DONE)
            | Q(given_up_at__lt=now - KEPT_DONE)
        )


class ListImport(Work):
    """A list somebody has uploaded. It was tried at once; it is promised work from when it is confirmed."""

    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by whom"))
    file_name = models.CharField(_("file"), max_length=200)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects: ListImportQuerySet = ListImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("list brought in")
        verbose_name_plural = _("lists brought in")
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Work.Meta.constraints,
            models.CheckConstraint(
                name="listimport_done_after_it_is_confirmed",
                condition=Q(finished_at=None) | Q(confirmed_at__isnull=False),
                violation_error_message=_("A list is brought in when it is confirmed."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("imports:list", args=[self.pk])

    def confirm(self) -> bool:
        """It is to be brought in. False when it was confirmed before."""
        waiting = ListImport.objects.filter(pk=self.pk, confirmed_at=None)
        return bool(waiting.update(confirmed_at=timezone.now(), due_at=timezone.now()))

    def keep_lease(self) -> None:
        """A further while. Raises LeaseLost when another worker has the list."""
        mine = ListImport.objects.filter(pk=self.pk, attempts=self.attempts, finished_at=None)
        if not mine.update(leased_until=timezone.now() + LEASE):
            raise LeaseLost(f"ListImport {self.pk} was claimed by another worker")


class ListLine(models.Model):
    """One line: what it says, and its fate; foretold until `done_at`, then what was really done."""

    list_import = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    values: models.JSONField[dict[str, str]] = models.JSONField(_("what it says"))
    fate = models.CharField(_("fate"), max_length=10, choices=Fate)
    column = models.CharField(_("column"), max_length=40, blank=True)
    said = models.CharField(_("reason, or what changed"), max_length=400, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    company = models.ForeignKey(Company, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("line of a list")
        verbose_name_plural = _("lines of lists")
        ordering = ["list_import", "number"]
        constraints = [
            models.UniqueConstraint(name="listline_once", fields=["list_import", "number"]),
            models.CheckConstraint(
                name="listline_refused_for_a_reason",
                condition=~Q(fate__in=["refused", "duplicate"]) | ~Q(said=""),
                violation_error_message=_("A line that is refused has a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_import_id}:{self.number}"

    @property
    def where(self) -> str:
        """The name of the column that was wrong."""
        return TEMPLATE.get(self.column, "")
