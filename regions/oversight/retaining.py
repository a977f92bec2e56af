"""Files that came with answers to hearings, when the flag has long been decided. The answers are kept."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jobcenter.retention.kinds import Kind
from regions.oversight.models import HearingFile
from regions.oversight.way import DECIDED


def _old_files(before: datetime) -> QuerySet[HearingFile]:
    return HearingFile.objects.filter(flag__state__in=DECIDED, flag__decided_at__lt=before, at__lt=before)


KINDS = [Kind("oversight.file", _("Files with answers to hearings"), _old_files)]
