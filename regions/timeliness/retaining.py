"""Spells that ended long ago, and files that nobody said yes to. The numbers counted from them are kept."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jobcenter.retention.kinds import Kind
from regions.timeliness.models import Spell, SpellDraft


def _ended(before: datetime) -> QuerySet[Spell]:
    return Spell.objects.filter(ends_on__lt=before.date())


def _unsaved(before: datetime) -> QuerySet[SpellDraft]:
    return SpellDraft.objects.filter(created_at__lt=before)


KINDS = [
    Kind("timeliness.spell", _("Benefit spells that have ended"), _ended),
    Kind("timeliness.draft", _("Files of benefit spells that were not saved"), _unsaved),
]
