"""A campaign of the demonstration, begun by an area office from a line of its published report.

Its jobcentres have answered in all three ways, and those that take part have reached some companies. Whom
they have put forward, hired and placed meanwhile is what other rooms have invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import cycle

from django.utils import timezone

from employers.campaigns.choosing import MOST, Choice, of_each
from employers.campaigns.models import Campaign, Share
from employers.campaigns.notices import ANSWERED, ASKED
from employers.campaigns.running import accept, decline
from employers.contacts.models import Contact, Purpose
from jobcenter.accounts.models import Membership, Role, User
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Outlook
from jobcenter.notifications.models import Notice
from jobcenter.runtime.demo import Demo
from regions.bottlenecks.actions import campaigning
from regions.bottlenecks.models import Report

AREA = "sjaelland"
BEGUN, LASTS = timedelta(days=20), timedelta(days=42)
AT = time(10, 15)
QUIET = timedelta(days=14)
"""Nobody has contacted the company for so long: so nothing spoke against it."""

REACHED = 3
"""Companies that each partner has contacted, where it has so many."""

OUTCOMES = (
    Contact.Outcome.AGREEMENT,
    Contact.Outcome.NEED,
    Contact.Outcome.INFORMED,
    Contact.Outcome.NO_ANSWER,
)
TEXT = "Spørg, hvad der skal til for at ansætte nu, og om de kan bruge en, der skal læres op."
DECLINED = "Vi har lovet vores besøg den næste måned til en anden kampagne."
NOTE = "Fortalte om kampagnen og om de ledige, vi kan lære op."


def begin(world: Demo) -> Campaign | None:
    """About the line with most companies; None where no line of the area's report is hard to fill."""
    report = Report.objects.in_force().filter(area__code=AREA).first()
    if report is None:
        return None
    jobcentres = list(Jobcentre.objects.in_area(report.area).order_by("sort_key"))
    lines = report.lines.filter(category__in=Outlook.HARD_TO_FILL).select_related("occupation", "report")
    starts_on = world.today - BEGUN
    companies = {
        line: len(
            of_each(Choice(Purpose.BOTTLENECK, starts_on, starts_on, occupation=line.occupation), jobcentres)
        )
        for line in lines.order_by("occupation__code")
    }
    line = max(
        (one for one in companies if 0 < companies[one] <= MOST), key=lambda one: companies[one], default=None
    )
    if line is None:
        return None
    officer = Membership.objects.filter(
        role=Role.AREA_OFFICER, organisation__area_office__area=report.area
    ).earliest("pk")
    said = {
        "name": f"Flere til faget: {line.occupation.title}"[:100],
        "purpose": Purpose.BOTTLENECK,
        "text": TEXT,
        "starts_on": starts_on,
        "ends_on": starts_on + LASTS,
        "partners": jobcentres,
    }
    campaign = campaigning.begin(line, said, by=officer.user, organisation=officer.organisation).campaign
    _answer(list(campaign.shares.select_related("campaign__made_by", "jobcentre")))
    Contact.objects.bulk_create(_contacts(world, campaign))
    # Nobody is to be told of what was invented.
    Notice.objects.filter(kind__in=(ASKED.code, ANSWERED.code)).delete()
    return campaign


def _answer(shares: Sequence[Share]) -> None:
    """The last has declined, the one before has not answered, and the others take part."""
    for place, share in enumerate(reversed(shares)):
        if place == 0:
            decline(share, by=_somebody(share.jobcentre), reason=DECLINED)
        elif place > 1:
            accept(share, by=_somebody(share.jobcentre))


def _contacts(world: Demo, campaign: Campaign) -> Iterator[Contact]:
    """What those that take part have logged: a contact a day in the last days."""
    since = world.now - QUIET
    outcomes = cycle(OUTCOMES)
    for share in campaign.shares.filter(answer=Share.Answer.ACCEPTED).select_related("jobcentre"):
        recently = Contact.objects.filter(happened_at__gte=since).values("company")
        free = share.targets.exclude(company__in=recently).select_related("company")
        for days, target in enumerate(free[:REACHED], start=2):
            happened_at = timezone.make_aware(datetime.combine(world.today - timedelta(days=days), AT))
            outcome = next(outcomes)
            yield Contact(
                company=target.company,
                jobcentre=share.jobcentre,
                by=share.jobcentre.staff()[0],
                purposes=[campaign.purpose],
                outcome=outcome,
                note="" if outcome == Contact.Outcome.NO_ANSWER else NOTE,
                happened_at=happened_at,
                logged_at=happened_at + timedelta(minutes=10),
            )


def _somebody(jobcentre: Jobcentre) -> User:
    """Its manager, or somebody else there."""
    return jobcentre.managers().first() or jobcentre.staff()[0]
