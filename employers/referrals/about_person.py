"""The referrals that the person answers for the company."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from employers.companies.about import About, Told
from employers.companies.models import Person
from employers.referrals.models import Referral
from employers.referrals.models.referral import OPEN
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre


def _answered(person: Person) -> QuerySet[Referral]:
    return Referral.objects.filter(person=person).select_related("vacancy", "candidate")


def _told(referral: Referral, reader: Jobcentre) -> Told:
    """The matter, and not the citizen: the answer is to the contact person."""
    return [
        (str(_("Vacancy")), referral.vacancy.title),
        (str(_("State")), referral.state_shown_to(reader)),
        (str(_("Sent")), referral.sent_at),
    ]


def _seen_by(rows: QuerySet[Referral], jobcentre: Jobcentre, _user: User) -> QuerySet[Referral]:
    return rows.filter(pk__in=Referral.objects.visible_to(jobcentre).values("pk"))


def _open(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    return rows.filter(state__in=OPEN)


ABOUT = [
    About(
        "referrals.referral",
        _("Referrals"),
        _answered,
        _told,
        seen_by=_seen_by,
        holder="candidates_jobcentre__name",
        needed=_open,
        until=_("A referral waits for this person's answer. End it first, or let it run out."),
        kept=_("Hires are counted; the others go when their time is over. Not who answered."),
    )
]
