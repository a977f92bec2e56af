"""What is kept of contacts for a time only. That there was one, when, and what about, is counted."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from employers.contacts.models import Contact, FollowUp
from jobcenter.retention.kinds import Kind
from jobcenter.retention.removing import blank


def _old_notes(before: datetime) -> QuerySet[Contact]:
    return Contact.objects.filter(happened_at__lt=before).exclude(note="")


def _done_long_ago(before: datetime) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(done_at__lt=before)


KINDS = [
    Kind("contacts.note", _("Notes of contacts with companies"), _old_notes, remove=blank("note")),
    Kind("contacts.follow_up", _("Follow-ups that are done"), _done_long_ago),
]
