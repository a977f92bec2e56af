"""That the person was asked what came of a vacancy. What they answered is the company's, and names nobody."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.about import About, Told
from employers.companies.models import Person
from employers.surveys.models import Survey, Withdrawn
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre


def _asked(person: Person) -> QuerySet[Survey]:
    return Survey.objects.filter(vacancy__enquiry__person=person).select_related("vacancy")


def _told(survey: Survey, _reader: Jobcentre) -> Told:
    return [
        (str(_("About")), survey.vacancy.title),
        (str(_("Asked")), survey.sent_at),
        (str(_("Answered")), survey.answered_at),
    ]


def _seen_by(rows: QuerySet[Survey], jobcentre: Jobcentre, _user: User) -> QuerySet[Survey]:
    return rows.filter(vacancy__jobcentre=jobcentre)


def _withdraw(rows: QuerySet[Survey]) -> int:
    """Ask no more: no row names anybody, and what was answered is counted with its vacancy."""
    waiting = rows.filter(answered_at=None, withdrawn_at=None)
    return waiting.update(withdrawn_at=timezone.now(), withdrawn_because=Withdrawn.ERASED)


ABOUT = [
    About(
        "surveys.survey",
        _("Questions about vacancies that closed without an answer"),
        _asked,
        _told,
        seen_by=_seen_by,
        holder="vacancy__jobcentre__name",
        forget=_withdraw,
    ),
]
