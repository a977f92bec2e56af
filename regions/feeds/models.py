"""Files of measurements that arrive, and what became of each line."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.measures.models import Delivery


class Import(models.Model):
    """What one delivery changed. A delivery that is refused anywhere changes nothing."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="import_report")
    rows = models.PositiveIntegerField(_("rows"))
    added = models.PositiveIntegerField(_("added"))
    changed = models.PositiveIntegerField(_("changed"))
    unchanged = models.PositiveIntegerField(_("unchanged"))

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return str(self.delivery)
