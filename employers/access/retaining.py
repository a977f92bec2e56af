"""Requests for access that were refused."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from employers.access.models import AccessRequest, RequestState
from jobcenter.retention.kinds import Kind


def _refused(before: datetime) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.filter(state=RequestState.REFUSED, asked_at__lt=before)


KINDS = [Kind("access.request", _("Requests for access that were refused"), _refused)]
