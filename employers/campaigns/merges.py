"""What becomes of the places in campaigns when two companies are made one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from employers.campaigns.models import Target
from employers.companies.journal import Journal
from employers.companies.models import Company
from employers.companies.relations import Relation

TAKEN = ("share_id", "taken_by_id", "taken_at", "hold_id")


def targets(relation: Relation, stays: Company, goes: Company, journal: Journal) -> None:
    """They move along. Where a campaign has both, ours holds, and is theirs who had only taken the other."""
    ours: dict[int, Target] = {target.campaign_id: target for target in relation.rows(stays)}
    gone = []
    for theirs in relation.rows(goes):
        if own := ours.get(theirs.campaign_id):
            journal.note(
                _("The campaign “%(campaign)s” has both. One is left.") % {"campaign": theirs.campaign}
            )
            gone.append(theirs.pk)
            journal.remove(theirs)
            if theirs.taken_by_id and not own.taken_by_id:
                journal.change(own, **{name: getattr(theirs, name) for name in TAKEN})
    rest = relation.rows(goes).exclude(pk__in=gone)
    journal.move(relation.label, rest, field=relation.field, to=stays, since=goes)


RULES = {"campaigns.Target.company": targets}
