"""What an employer has typed, kept as it was typed: also when it is wrong or only half of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import get_language

from employers.enquiries.models import Draft

MOST_KEPT = 20_000
"""Characters of one field that a draft keeps: four times what the longest may have when it is sent."""

Typed = dict[str, str]


class AlreadySent(Exception):
    """The draft has become an enquiry; there is nothing left to change in it."""


@transaction.atomic
def save(*, draft: Draft, step: str, typed: Mapping[str, str], names: Iterable[str]) -> Draft:
    """Keep what was typed in the named fields of one step; a new draft is made with it. Raises AlreadySent.

    A field that was not on the page keeps what was typed in it before.
    """
    if not draft._state.adding:
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.enquiry_id:
            raise AlreadySent
    now = {name: storable(typed[name]) for name in names if name in typed}
    draft.language = (get_language() or "da")[:2]
    draft.answers[step] = {**typed_in(draft, step), **now}
    draft.save()
    return draft


def forget_stale() -> int:
    """Delete the drafts nobody has saved for as long as they are kept. Returns how many rows went.

    An enquiry that was sent from one stays: only the way from the draft's address to it is gone.
    """
    gone, _of_each_table = Draft.objects.stale().delete()
    return gone


def typed_in(draft: Draft, step: str) -> Typed:
    """What was typed in a step; empty if nobody has been there."""
    return dict(draft.answers.get(step, {}))


def storable(text: str) -> str:
    """The text without the one character a database cannot keep, and not endless."""
    return text[:MOST_KEPT].replace("\0", "")
