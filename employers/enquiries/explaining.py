"""Why a jobcentre is responsible for an enquiry, as the employer is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from employers.enquiries.models.assignment import Assignment, Occasion
from jobcenter.pages import words

if TYPE_CHECKING:
    from employers.enquiries.models import Enquiry


def why_responsible(enquiry: Enquiry) -> str:
    """The end of a sentence: the workplace is there, it was moved, they spoke with us, or by default."""
    latest = enquiry.assignments.last()
    if latest is None or latest.is_by_municipality:
        told = {
            "place": enquiry.workplace.address,
            "municipality": enquiry.workplace.municipality.official_name,
        }
        return _("because the workplace, %(place)s, is in %(municipality)s") % told
    if moved := moves(enquiry)[-1:]:
        day = words.day(
            timezone.localdate(moved[0].at), today=timezone.localdate(), language=get_language() or "da"
        )
        return _("since %(day)s, when the responsibility was moved") % {"day": day}
    if latest.occasion == Occasion.RECEIVED and latest.by_id:
        return _("because you have spoken with it")
    return _("because no jobcentre answers for the workplace at the moment")


def moves(enquiry: Enquiry) -> list[Assignment]:
    """The times the responsibility went to another jobcentre, the first first."""
    moved = enquiry.assignments.filter(occasion__in=(Occasion.MOVED, Occasion.CLOSED))
    return list(moved.select_related("jobcentre", "owner"))
