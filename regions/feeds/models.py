"""Files of measurements that arrive: held back until somebody has seen what they change, then taken in."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Membership
from regions.measures.models import Delivery


class Draft(models.Model):
    """A file without problems that waits for its deliverer to see what it changes. One each."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="delivery_draft")
    source = models.CharField(_("source"), max_length=200)
    data_date = models.DateField(_("data date"))
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("delivery that waits")
        verbose_name_plural = _("deliveries that wait")

    def __str__(self) -> str:
        return self.file_name


class Import(models.Model):
    """What one delivery changed. A delivery that is refused anywhere changes nothing."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="import_report")
    rows = models.PositiveIntegerField(_("rows"))
    added = models.PositiveIntegerField(_("added"))
    changed = models.PositiveIntegerField(_("changed"))
    unchanged = models.PositiveIntegerField(_("unchanged"))
    missing = models.PositiveIntegerField(_("without a figure"), default=0)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                name="import_counts_add_up",
                condition=models.Q(
                    rows=models.F("added") + models.F("changed") + models.F("unchanged") + models.F("missing")
                ),
                violation_error_message=_("Every row was added, changed, unchanged or without a figure."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.delivery)
