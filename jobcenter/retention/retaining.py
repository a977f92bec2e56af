"""What the room below keeps for a time: it may not know of this one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.models import Mail
from jobcenter.retention.kinds import Kind


def _old_mails(before: datetime) -> QuerySet[Mail]:
    return Mail.objects.sent().filter(finished_at__lt=before)


KINDS = [Kind("notifications.mail", _("Mails we have sent"), _old_mails)]
