"""That a jobcentre has made sure the person speaks for the company."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from employers.companies.about import About, Told
from employers.companies.models import Person
from employers.vacancies.models import Verification
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.retention.removing import delete


def _verified(person: Person) -> QuerySet[Verification]:
    return Verification.objects.filter(person=person)


def _told(verification: Verification, _reader: Jobcentre) -> Told:
    return [
        (str(_("When")), verification.at),
        (str(_("How it was made sure")), verification.how),
        (str(_("Ended")), verification.ended_at),
    ]


def _seen_by(rows: QuerySet[Verification], jobcentre: Jobcentre, _user: User) -> QuerySet[Verification]:
    return rows.filter(jobcentre=jobcentre)


ABOUT = [
    About(
        "vacancies.verification",
        _("That the person speaks for the company"),
        _verified,
        _told,
        seen_by=_seen_by,
        holder="jobcentre__name",
        forget=delete,
    )
]
