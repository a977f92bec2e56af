"""Somebody's follow-ups and planned contacts as iCalendar (RFC 5545).

A calendar program may lie anywhere, so it is told what a calendar needs and no more: which company, when, and
what about in the words of a list. No note, no next step in somebody's own words, and nothing of a candidate.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from employers.contacts.models import Contact, FollowUp
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre

BACK = timedelta(days=30)
"""How long a plan whose day has passed stays in the calendar, if nobody has said that it is done."""
LASTS = timedelta(minutes=30)


def calendar_of(user: User, jobcentre: Jobcentre, *, today: date) -> bytes:
    """The open follow-ups as whole days, the planned contacts at their local time. Two queries."""
    calendar = Calendar.new(
        name=_("Én Indgang: %(jobcentre)s") % {"jobcentre": jobcentre},
        prodid="-//Én Indgang//Kalender//DA",
        uid=_uid("calendar", user.pk),
    )
    follow_ups = FollowUp.objects.open().filter(jobcentre=jobcentre, owner=user, due_on__gte=today - BACK)
    for step in follow_ups.select_related("company", "contact"):
        calendar.add_component(_of_follow_up(step))
    planned = Contact.objects.planned().filter(
        jobcentre=jobcentre, by=user, happened_at__gte=timezone.now() - BACK
    )
    for contact in planned.select_related("company", "workplace").order_by("happened_at", "pk"):
        calendar.add_component(_of_contact(contact))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _of_follow_up(step: FollowUp) -> Event:
    return Event.new(
        uid=_uid("follow-up", step.pk),
        stamp=step.contact.logged_at,
        summary=_("Follow-up: %(company)s") % {"company": step.company},
        start=step.due_on,
        end=step.due_on + timedelta(days=1),
        url=settings.PUBLIC_URL + step.company.get_absolute_url(),
    )


def _of_contact(contact: Contact) -> Event:
    start = _at(contact.happened_at)
    is_visit = contact.channel == Contact.Channel.VISIT and contact.workplace
    return Event.new(
        uid=_uid("contact", contact.pk),
        stamp=contact.changed_at or contact.logged_at,
        summary=f"{capfirst(contact.get_channel_display())}: {contact.company}",
        description=capfirst(contact.get_purposes_display()),
        location=str(contact.workplace) if is_visit else None,
        start=start,
        end=start + LASTS,
        url=settings.PUBLIC_URL + contact.company.get_absolute_url(),
    )


def _at(moment: datetime) -> datetime:
    """In the office's own time zone: planned for nine is at nine, on either side of a clock change."""
    return timezone.localtime(moment)


def _uid(kind: str, number: int) -> str:
    """The same for the same thing for ever, so that a program changes it and does not double it."""
    return f"{kind}-{number}@{urlsplit(settings.PUBLIC_URL).hostname}"
