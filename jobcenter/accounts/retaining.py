"""What is kept about the reading of others' data."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Reading
from jobcenter.retention.kinds import Kind


def _old_readings(before: datetime) -> QuerySet[Reading]:
    return Reading.objects.filter(at__lt=before)


KINDS = [Kind("accounts.reading", _("The log of who has read what"), _old_readings)]
