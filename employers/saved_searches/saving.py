"""Saving a search, confirming it by the mailed link, and stopping it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from employers.saved_searches.models import RUNS_FOR, SavedSearch
from employers.saved_searches.notices import NEW_VACANCIES
from employers.saved_searches.searching import in_words
from jobcenter.notifications import choosing, outbox
from jobcenter.notifications.models import Mail

MOST_SAVED = 10
"""Searches of one address: more is somebody's game with a stranger's address."""
QUIET = timedelta(minutes=10)
KIND = "saved_search_proof"


@transaction.atomic
def ask(*, email: str, query: str, language: str, at: datetime) -> None:
    """Keep the search and mail the link that makes it run. Raises ValidationError when there are too many.

    Asked once more, the same search is mailed once more, but not within ten minutes of any such mail.
    """
    email = email.strip().lower()
    mine = SavedSearch.objects.filter(email=email, stopped_at=None)
    saved = mine.filter(query=query).first()
    if not saved and mine.count() >= MOST_SAVED:
        raise ValidationError(
            _("There are %(number)d saved searches for this address. Stop one of them first."),
            params={"number": MOST_SAVED},
        )
    if Mail.objects.filter(to=email, kind=KIND, created_at__gt=at - QUIET).exists():
        return
    if not saved:
        saved = SavedSearch.objects.create(email=email, query=query, language=language, asked_at=at)
    _send_proof(saved)


@transaction.atomic
def confirm(saved: SavedSearch, *, at: datetime) -> SavedSearch:
    """From now on what is published and fits is told, in one mail a day at most."""
    saved = SavedSearch.objects.select_for_update().get(pk=saved.pk)
    if not saved.confirmed_at and not saved.stopped_at:
        saved.confirmed_at = saved.looked_at = at
        saved.runs_until = timezone.localdate(at) + RUNS_FOR
        saved.save()
        choosing.want(email=saved.email, kind=NEW_VACANCIES, language=saved.language)
    return saved


@transaction.atomic
def prolong(saved: SavedSearch, *, at: datetime) -> SavedSearch:
    """Let it run half a year from today; one that has run out begins anew."""
    saved = SavedSearch.objects.select_for_update().get(pk=saved.pk)
    if saved.confirmed_at and not saved.stopped_at:
        if not saved.is_running(on=timezone.localdate(at)):
            saved.looked_at = at
        saved.runs_until = timezone.localdate(at) + RUNS_FOR
        saved.save()
    return saved


@transaction.atomic
def stop(saved: SavedSearch, *, at: datetime) -> SavedSearch:
    """No more mail about it. What waits of it in tomorrow's mail is taken out."""
    saved = SavedSearch.objects.select_for_update().get(pk=saved.pk)
    if not saved.stopped_at:
        saved.stopped_at = at
        saved.save(update_fields=["stopped_at"])
        choosing.forget_waiting(email=saved.email, kind=NEW_VACANCIES, key_begins=f"{saved.pk} ")
    return saved


def forget_stale(*, at: datetime) -> int:
    gone, _of_each_table = SavedSearch.objects.stale(at=at).delete()
    return gone


def _send_proof(saved: SavedSearch) -> None:
    with translation.override(saved.language):
        body = render_to_string(
            "employers/saved_searches/mail/proof.txt",
            {"words": in_words(saved.query), "address": settings.PUBLIC_URL + saved.link},
        )
        outbox.put(
            to=saved.email,
            subject=_("Confirm your saved search"),
            body=body.strip() + "\n",
            language=saved.language,
            kind=KIND,
        )
