"""At the employer one can sign in as: a colleague, an invitation, wishes. And a first user who waits."""

from __future__ import annotations

from datetime import timedelta

from employers.access.asking import organisation_of, user_of
from employers.access.models import INVITATION_WORKS, AccessRequest, Invitation
from employers.companies.demo import EMPLOYERS
from employers.companies.models import Company
from employers.contacts.models import Contact, Preferences, Purpose
from jobcenter.accounts.models import Membership, Role, Standing, User
from jobcenter.centres.demo import EMPLOYER
from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.demo import Demo, address_of

ORDER = 32

KOEGE = "0259"
COLLEAGUE, INVITED, NEWCOMER = "Bente Lund", "Frank Lund", "Dorte Lind"


def load(world: Demo) -> None:
    world.named |= {COLLEAGUE, INVITED, NEWCOMER}
    company = Company.objects.get(name=EMPLOYERS)
    administrator = User.objects.get(email=EMPLOYER.email)
    domain = administrator.email.rpartition("@")[2].removesuffix(".example")
    Membership.objects.create(
        user=_person(COLLEAGUE, domain),
        organisation=organisation_of(company),
        role=Role.EMPLOYER,
        standing=Standing.RECRUITER,
        confirmed_at=world.now - timedelta(days=60),
    )
    Invitation.objects.create(
        company=company,
        email=address_of(INVITED, domain),
        standing=Standing.COLLEAGUE,
        invited_by=administrator,
        sent_at=world.now - timedelta(days=2),
        expires_at=world.now - timedelta(days=2) + INVITATION_WORKS,
    )
    Preferences.objects.create(
        company=company,
        most_contacts=3,
        channel=Contact.Channel.EMAIL,
        person=company.people.filter(email=administrator.email).first(),
        unwanted=[Purpose.UPSKILLING],
        changed_by=administrator,
        changed_at=world.now - timedelta(days=20),
    )
    _wait(world)


def _wait(world: Demo) -> None:
    """Somebody says to be from a company of Køge that has no user yet."""
    jobcentre = Jobcentre.objects.get(code=KOEGE)
    nearby = Company.objects.filter(workplaces__municipality__code=KOEGE, organisation=None)
    company = nearby.order_by("cvr").distinct().first()
    if not company:
        return
    known = company.people.exclude(email="").first()
    domain = known.email.rpartition("@")[2].removesuffix(".example") if known else company.name
    user = _person(NEWCOMER, domain)
    Membership.objects.create(user=user, organisation=organisation_of(company), role=Role.EMPLOYER)
    AccessRequest.objects.create(
        cvr=company.cvr or "",
        company_name=company.name,
        postcode=company.workplaces.values_list("postcode", flat=True).first() or "",
        name=user.name,
        title=user.title,
        email=user.email,
        phone="56 00 50 97",
        jobcentre=jobcentre,
        company=company,
        user=user,
        state=AccessRequest.State.WAITING,
        asked_at=world.now - timedelta(hours=20),
        proven_at=world.now - timedelta(hours=19),
    )
    world.tell(f"{user.name} waits to be confirmed as the first user of {company.name}")


def _person(name: str, domain: str) -> User:
    user = user_of(address_of(name, domain), name=name, title="HR-partner", phone="56 00 50 96")
    user.is_demonstration = True
    user.save(update_fields=["is_demonstration"])
    return user
