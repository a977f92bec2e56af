"""How a company wants to be contacted: changing it, and saying it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from employers.companies.following import locked
from employers.companies.models import Company
from employers.contacts.coordination import CAP_WINDOW
from employers.contacts.models import Contact, Preferences, Purpose
from jobcenter.accounts.models import User
from jobcenter.pages.meanwhile import ChangedMeanwhile
from jobcenter.pages.words import day_short


def preferences_of(company: Company) -> Preferences:
    """The company's preferences; an unsaved row without any while it has said nothing. One query."""
    kept = Preferences.objects.select_related("person", "changed_by").filter(company=company).first()
    return kept or Preferences(company=company)


@transaction.atomic
def change(*, company: Company, values: Mapping[str, Any], seen: int, by: User) -> Preferences:
    """Keep what the company wants now.

    seen: the version the form was opened with, 0 for none. Raises ChangedMeanwhile when it is no longer
    the newest, and ValidationError for values that do not belong together.
    """
    company = locked(company)
    now = preferences_of(company)
    if seen != (now.version if now.pk else 0):
        raise ChangedMeanwhile(now)
    now.version = seen + 1
    now.changed_by, now.changed_at = by, timezone.now()
    for name, value in values.items():
        setattr(now, name, value)
    now.full_clean()
    now.save()
    return now


@dataclass(frozen=True)
class Wish:
    """One line of what a company wants. `is_broken`: contacting it now would go against it."""

    text: str
    is_broken: bool = False


def wishes(preferences: Preferences, *, at: datetime) -> list[Wish]:
    """What the company has asked for, in sentences; what forbids a contact now comes first. Two queries."""
    today = timezone.localdate(at)
    lines = [
        _pause(preferences, today=today),
        _cap(preferences, at=at),
        _topics(preferences),
        _person(preferences),
    ]
    return sorted((line for line in lines if line), key=lambda line: not line.is_broken)


def contacts_lately(company: Company, *, at: datetime) -> int:
    """How often jobcentres have contacted the company in the last 4 weeks.

    Its own calls, and answers to them, do not count.
    """
    lately = Contact.objects.held().filter(
        company=company,
        direction=Contact.Direction.OUT,
        happened_at__gt=at - CAP_WINDOW,
        happened_at__lte=at,
    )
    return lately.exclude(occasion=Contact.Occasion.ANSWER).count()


def _pause(preferences: Preferences, *, today: date) -> Wish | None:
    until = preferences.paused_until
    if not until or until <= today:
        return None
    day = day_short(until, today=today, language=get_language() or "da")
    return Wish(_("No contact until %(day)s") % {"day": day}, is_broken=True)


def _cap(preferences: Preferences, *, at: datetime) -> Wish | None:
    most = preferences.most_contacts
    if not most:
        return None
    lately = contacts_lately(preferences.company, at=at)
    text = ngettext(
        "At most %(most)d contact in 4 weeks; there have been %(lately)d",
        "At most %(most)d contacts in 4 weeks; there have been %(lately)d",
        most,
    )
    return Wish(text % {"most": most, "lately": lately}, is_broken=lately >= most)


def _topics(preferences: Preferences) -> Wish | None:
    if not preferences.unwanted:
        return None
    topics = ", ".join(str(Purpose(topic).label) for topic in preferences.unwanted)
    return Wish(_("Not about: %(topics)s") % {"topics": topics})


def _person(preferences: Preferences) -> Wish | None:
    channel = preferences.get_channel_display() if preferences.channel else ""
    person = preferences.person.name if preferences.person else ""
    if channel and person:
        text = _("By %(channel)s to %(person)s") % {"channel": channel, "person": person}
    elif channel:
        text = _("By %(channel)s") % {"channel": channel}
    elif person:
        text = _("To %(person)s") % {"person": person}
    else:
        return None
    return Wish(text)
