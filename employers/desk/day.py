"""What one person has to do today: what waits for them, and what is about to run out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from employers.access.models import AccessRequest
from employers.campaigns.models import Target
from employers.contacts.models import Contact, FollowUp, Hold
from employers.desk.models import Mention
from employers.desk.urgency import Urgency, urgency
from employers.enquiries.models import Enquiry, HelpAnswer
from employers.referrals.models import OPEN, Referral
from employers.referrals.models import State as ReferralState
from employers.referrals.proposing import propose_each
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Membership, Role, User
from jobcenter.centres.models import Jobcentre

ROWS_SHOWN = 12
"""Of each kind at most: what is not among them is behind the link beside the heading."""
RUNS_OUT_WITHIN = timedelta(days=2)
"""A hold that ends so soon is shown with a sign: whoever meant to call must do it now."""


@dataclass(frozen=True)
class Waiting:
    """An enquiry without an answer, and how much it hurries."""

    enquiry: Enquiry
    urgency: Urgency


@dataclass(frozen=True)
class Referred:
    """A referral that waits: whether for our own yes or no, and whether we may read whom it is about."""

    referral: Referral
    is_ours_to_decide: bool
    is_readable: bool


@dataclass(frozen=True)
class Running:
    """A hold of one's own, and whether it is about to run out."""

    hold: Hold
    runs_out: bool


@dataclass(frozen=True)
class Unmet:
    """A published vacancy for which nobody is put forward, for how many days, and how many would fit."""

    vacancy: Vacancy
    days: int
    fitting: int | None


@dataclass(frozen=True)
class Day:
    now: datetime
    is_whole_jobcentre: bool
    jobcentre_waits: int
    waiting: list[Waiting] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    planned: list[Contact] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    referrals: list[Referred] = field(default_factory=list)
    holds: list[Running] = field(default_factory=list)
    unmet: list[Unmet] = field(default_factory=list)
    to_call: list[Target] = field(default_factory=list)
    unpublished: list[Vacancy] = field(default_factory=list)
    first_users: list[AccessRequest] = field(default_factory=list)
    shown: str = f":{ROWS_SHOWN}"

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def first_waiting(self) -> list[Waiting]:
        return self.waiting[:ROWS_SHOWN]

    @property
    def hurrying(self) -> int:
        """Enquiries that are late, or nearly."""
        return sum(1 for one in self.waiting if one.urgency.is_alarming)

    @property
    def due_today(self) -> int:
        """Everything with a deadline today, or before."""
        answers = [timezone.localdate(one.enquiry.due_at) for one in self.waiting]
        due = sum(1 for day in answers if day <= self.today)
        decided = sum(1 for one in self.to_decide if one.referral.deadline <= self.today)
        return due + len(self.follow_ups) + len(self.planned) + decided

    @property
    def overdue(self) -> int:
        return sum(1 for one in self.follow_ups if one.due_on < self.today)

    @property
    def to_decide(self) -> list[Referred]:
        return [one for one in self.referrals if one.is_ours_to_decide]

    @property
    def running_out(self) -> int:
        return sum(1 for one in self.holds if one.runs_out)

    @property
    def longest_unmet(self) -> int:
        return max((one.days for one in self.unmet), default=0)


def day_of(*, user: User, role: str, jobcentre: Jobcentre, now: datetime) -> Day:
    """The person's own work; for a manager, the whole jobcentre's. `now` in local time.

    As many queries however much there is.
    """
    owner = None if role == Role.MANAGER else user
    of_jobcentre = Enquiry.objects.visible_to(jobcentre, user=user).waiting()
    enquiries = of_jobcentre.filter(owner=owner) if owner else of_jobcentre
    follow_ups = (
        FollowUp.objects.visible_to(jobcentre)
        .due(on=now.date())
        .select_related("company", "owner", "reset_by__by", "reset_by__jobcentre")
    )
    planned = Contact.objects.to_hold(jobcentre, on=now.date())
    return Day(
        now=now,
        is_whole_jobcentre=owner is None,
        jobcentre_waits=of_jobcentre.count(),
        waiting=[
            Waiting(enquiry, urgency(timezone.localtime(enquiry.due_at), now))
            for enquiry in enquiries.select_related("company", "workplace__municipality", "vacancy", "owner")
        ],
        mentions=list(
            Mention.objects.unread(user, jobcentre).select_related("remark__by", "remark__enquiry__company")
        ),
        planned=list(planned.filter(by=owner) if owner else planned),
        follow_ups=list(follow_ups.owned_by(owner) if owner else follow_ups),
        referrals=_referrals(jobcentre, owner=owner),
        holds=_holds(jobcentre, owner=owner, now=now),
        unmet=_unmet(jobcentre, owner=owner, now=now),
        to_call=_to_call(jobcentre, owner=owner),
        unpublished=list(unpublished(jobcentre, owner=owner)),
        first_users=list(AccessRequest.objects.to_confirm(jobcentre)[:ROWS_SHOWN]),
    )


def to_decide(*, owner: User | None) -> Q:
    """Which referrals wait for a yes or no of the candidate's owner; of anybody there without one."""
    waiting = Q(state=ReferralState.PROPOSED)
    return waiting & Q(candidate__owner=owner) if owner else waiting


def _referrals(jobcentre: Jobcentre, *, owner: User | None) -> list[Referred]:
    """Those to decide by their deadline, then those we have put forward that nobody has answered."""
    ours = Q(candidates_jobcentre=jobcentre)
    asked = Q(state__in=OPEN) & (Q(referred_by=owner) if owner else Q(vacancys_jobcentre=jobcentre))
    rows = (
        Referral.objects.visible_to(jobcentre)
        .filter(ours & to_decide(owner=owner) | asked)
        .select_related("candidate", "vacancy__company", "candidates_jobcentre")
        .order_by("deadline", "pk")
    )
    found = [
        Referred(
            row,
            row.state == ReferralState.PROPOSED and row.candidates_jobcentre_id == jobcentre.pk,
            row.is_readable_by(jobcentre),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.is_ours_to_decide)


def _holds(jobcentre: Jobcentre, *, owner: User | None, now: datetime) -> list[Running]:
    """One's own that run now, the one that ends first on top."""
    running = Hold.objects.running(at=now).filter(jobcentre=jobcentre)
    if owner:
        running = running.filter(by=owner)
    rows = running.select_related("workplace__company", "by").order_by("expires_at", "pk")
    return [Running(hold, hold.expires_at <= now + RUNS_OUT_WITHIN) for hold in rows]


def _unmet(jobcentre: Jobcentre, *, owner: User | None, now: datetime) -> list[Unmet]:
    """Vacancies that seekers can see and for which nobody is put forward or hired, the oldest first."""
    met = Referral.objects.filter(vacancy=OuterRef("pk"), state__in=(*OPEN, ReferralState.HIRED))
    today = now.date()
    rows = (
        Vacancy.objects.public(on=today)
        .filter(~Exists(met), ~Q(pk__in=Vacancy.objects.in_conflict(on=today)), jobcentre=jobcentre)
        .select_related("company", "workplace__municipality", "occupation")
        .order_by("published_at", "pk")
    )
    if owner:
        rows = rows.filter(enquiry__owner=owner)
    vacancies = list(rows)
    proposals = propose_each(vacancies[:ROWS_SHOWN], jobcentre=jobcentre, on=today)
    return [
        Unmet(
            vacancy=vacancy,
            days=(today - timezone.localdate(vacancy.published_at)).days,
            fitting=len(proposals[vacancy.pk]) if vacancy.pk in proposals else None,
        )
        for vacancy in vacancies
    ]


def _to_call(jobcentre: Jobcentre, *, owner: User | None) -> list[Target]:
    """Companies of campaigns that one has taken and not reached yet."""
    taken = Target.objects.to_call(jobcentre)
    return list(taken.filter(taken_by=owner) if owner else taken)


def unpublished(jobcentre: Jobcentre, *, owner: User | None = None) -> QuerySet[Vacancy]:
    """Vacancies nobody has published or closed, the oldest first; of one owner's enquiries, or of all."""
    waiting = (
        Vacancy.objects.to_look_at()
        .filter(jobcentre=jobcentre, enquiry__isnull=False)
        .select_related("company", "enquiry__owner")
    )
    if owner is not None:
        waiting = waiting.filter(enquiry__owner=owner)
    return waiting.order_by("created_at", "pk")


def things_due(member: Membership) -> int:
    """The figure beside My day: answers, follow-ups, plans and yes-or-nos due today or before. One query."""
    today = timezone.localdate()
    end = timezone.localtime().replace(hour=23, minute=59, second=59, microsecond=999_999)
    owner = None if member.role == Role.MANAGER else member.user
    enquiries = Enquiry.objects.visible_to_member(member).due_by(end)
    follow_ups = FollowUp.objects.due(on=today).filter(jobcentre__organisation=member.organisation_id)
    planned = Contact.objects.planned().filter(
        happened_at__lte=end, jobcentre__organisation=member.organisation_id
    )
    if owner:
        enquiries, follow_ups = enquiries.filter(owner=owner), follow_ups.owned_by(owner)
        planned = planned.filter(by=owner)
    referrals = Referral.objects.filter(
        to_decide(owner=owner), deadline__lte=today, candidates_jobcentre__organisation=member.organisation_id
    )
    rows = (enquiries, follow_ups, planned, referrals)
    first, *others = (row.order_by().values("pk") for row in rows)
    return first.union(*others, all=True).count()


def enquiries_waiting(member: Membership) -> int:
    """The figure beside Enquiries: how many of those they may see are not answered. One query."""
    return Enquiry.objects.visible_to_member(member).waiting().count()


def first_users_waiting(member: Membership) -> int | None:
    """The figure beside First users; none when nobody waits. One query."""
    return AccessRequest.objects.to_confirm_at(member.organisation_id).count() or None


def helps_waiting(member: Membership) -> int | None:
    """The figure beside Help to others: what the jobcentre is asked and has not answered. One query."""
    waiting = HelpAnswer.objects.waiting().filter(
        jobcentre__organisation=member.organisation_id,
        request__enquiry__in=Enquiry.objects.unrestricted(),
    )
    return waiting.count() or None
