"""What employers wrote, when the enquiry has long been closed. That there was one is kept, to be counted."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models import Draft, Enquiry, Message
from jobcenter.retention.kinds import Kind
from jobcenter.retention.removing import blank

NOTHING_LEFT = "–"
"""Stands where a message stood: an enquiry without a vacancy has one."""


def _old_drafts(before: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(saved_at__lt=before)


def _old_texts(before: datetime) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(closed_at__lt=before).exclude(message__in=("", NOTHING_LEFT))


def _old_messages(before: datetime) -> QuerySet[Message]:
    """The files that came with them go as rows here, and as contents when no row knows them."""
    return Message.objects.filter(enquiry__closed_at__lt=before)


KINDS = [
    Kind("enquiries.draft", _("Enquiries that were not sent"), _old_drafts),
    Kind(
        "enquiries.message",
        _("What stood in enquiries"),
        _old_texts,
        remove=blank("message", leaving=NOTHING_LEFT),
    ),
    Kind("enquiries.conversation", _("The conversation about enquiries, with its files"), _old_messages),
]
