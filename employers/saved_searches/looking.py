"""Looking into saved searches once a day, for what is new since the last time."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from employers.saved_searches.models import SavedSearch
from employers.saved_searches.notices import NEW_VACANCIES
from employers.saved_searches.searching import TOLD_AT_MOST, in_words, published_since
from jobcenter.notifications.telling import notify
from jobcenter.runtime.work import publish

FROM = time(6)
"""An hour before the daily mails leave, so that what is found is in the same morning's."""
BATCH = 100


def look(*, now: datetime) -> int:
    """Look into a batch of those not looked into today; returns how many. Nothing before six.

    Each is a transaction of its own: a second beat finds it locked, or looked into.
    """
    local = timezone.localtime(now)
    if local.time() < FROM:
        return 0
    pks = list(SavedSearch.objects.to_look_into(on=local.date()).values_list("pk", flat=True)[:BATCH])
    for pk in pks:
        _look_into(pk, now=now, today=local.date())
    if len(pks) == BATCH:
        publish("saved_searches.look")
    return len(pks)


@transaction.atomic
def _look_into(pk: int, *, now: datetime, today: date) -> None:
    waiting = SavedSearch.objects.to_look_into(on=today).filter(pk=pk)
    saved = waiting.select_for_update(skip_locked=True).first()
    if not saved:
        return
    if found := published_since(saved, until=now):
        _tell(saved, found, today=today)
    saved.looked_at, saved.looked_on = now, today
    saved.save(update_fields=["looked_at", "looked_on"])


def _tell(saved: SavedSearch, found: list[Any], *, today: date) -> None:
    with translation.override(saved.language):
        number = min(len(found), TOLD_AT_MOST)
        subject = ngettext("%(number)d new vacancy: %(words)s", "%(number)d new vacancies: %(words)s", number)
        text = render_to_string(
            "employers/saved_searches/mail/found.txt",
            {
                "found": found[:TOLD_AT_MOST],
                "is_more": len(found) > TOLD_AT_MOST,
                "site": settings.PUBLIC_URL,
                "saved": saved,
            },
        )
        words = in_words(saved.query)
        notify(
            to=saved.email,
            kind=NEW_VACANCIES,
            key=f"{saved.pk} {today:%Y-%m-%d}",
            subject=(subject % {"number": number, "words": words})[:200],
            text=text.strip() + "\n\n" + _("Stop this search, or let it run longer:"),
            link=saved.link,
            language=saved.language,
            on=today,
        )
