"""What one person has to do today: enquiries by clock, follow-ups that are due, vacancies to publish."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from employers.access.models import AccessRequest
from employers.contacts.models import FollowUp
from employers.desk.urgency import Urgency, urgency
from employers.enquiries.models import Enquiry, HelpAnswer
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Membership, Role, User
from jobcenter.centres.models import Jobcentre

ROWS_SHOWN = 12


@dataclass(frozen=True)
class Waiting:
    """An enquiry without an answer, and how much it hurries."""

    enquiry: Enquiry
    urgency: Urgency


@dataclass(frozen=True)
class Day:
    now: datetime
    is_whole_jobcentre: bool
    jobcentre_waits: int
    waiting: list[Waiting] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    unpublished: list[Vacancy] = field(default_factory=list)
    first_users: list[AccessRequest] = field(default_factory=list)

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
        return sum(1 for day in answers if day <= self.today) + len(self.follow_ups)

    @property
    def overdue(self) -> int:
        return sum(1 for one in self.follow_ups if one.due_on < self.today)

    @property
    def longest_unpublished(self) -> datetime | None:
        return min((vacancy.created_at for vacancy in self.unpublished), default=None)


def day_of(*, user: User, role: str, jobcentre: Jobcentre, now: datetime) -> Day:
    """The person's own work; for a manager, the whole jobcentre's. Five queries. `now` in local time."""
    whole = role == Role.MANAGER
    of_jobcentre = Enquiry.objects.visible_to(jobcentre, user=user).waiting()
    enquiries = of_jobcentre if whole else of_jobcentre.filter(owner=user)
    follow_ups = FollowUp.objects.visible_to(jobcentre).due(on=now.date()).select_related("company", "owner")
    return Day(
        now=now,
        is_whole_jobcentre=whole,
        jobcentre_waits=of_jobcentre.count(),
        waiting=[
            Waiting(enquiry, urgency(timezone.localtime(enquiry.due_at), now))
            for enquiry in enquiries.select_related("company", "workplace__municipality", "vacancy", "owner")
        ],
        follow_ups=list(follow_ups if whole else follow_ups.owned_by(user)),
        unpublished=list(unpublished(jobcentre, owner=None if whole else user)),
        first_users=list(AccessRequest.objects.to_confirm(jobcentre)[:ROWS_SHOWN]),
    )


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
    """The figure beside My day: answers and follow-ups that are due today or before. One query."""
    today = timezone.localdate()
    end = timezone.localtime().replace(hour=23, minute=59, second=59, microsecond=999_999)
    enquiries = Enquiry.objects.visible_to_member(member).due_by(end)
    follow_ups = FollowUp.objects.due(on=today).filter(jobcentre__organisation=member.organisation_id)
    if member.role != Role.MANAGER:
        enquiries = enquiries.filter(owner=member.user_id)
        follow_ups = follow_ups.filter(owner=member.user_id)
    return enquiries.order_by().values("pk").union(follow_ups.order_by().values("pk"), all=True).count()


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
