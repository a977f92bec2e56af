"""What becomes of the surveys when two companies are made one that were both asked in a quarter."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from employers.companies.journal import Journal
from employers.companies.models import Company
from employers.companies.relations import Relation
from employers.surveys.models import Survey, Withdrawn
from jobcenter.runtime.days import quarter


def surveys(relation: Relation, stays: Company, goes: Company, journal: Journal) -> None:
    """They move along. Asked twice in a quarter, one is not answered any more unless it was already."""
    ours = {quarter(survey.asked_on) for survey in relation.rows(stays)}
    for theirs in relation.rows(goes):
        if quarter(theirs.asked_on) in ours:
            journal.change(theirs, after_merging=True, **_withdrawn(theirs))
            journal.note(_("Both were asked in the same quarter about a vacancy. One survey is left."))
    journal.move(relation.label, relation.rows(goes), field=relation.field, to=stays, since=goes)


def _withdrawn(survey: Survey) -> dict[str, object]:
    if survey.answered_at or survey.withdrawn_at:
        return {}
    return {"withdrawn_at": timezone.now(), "withdrawn_because": Withdrawn.MERGED.value}


RULES = {"surveys.Survey.company": surveys}
