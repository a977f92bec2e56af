"""Logging a contact that has taken place, or planning one; the reason against advice, and the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from employers.companies import following
from employers.companies.models import Company, Person, Workplace
from employers.contacts.coordination import Asked, Counsel, Occasion, advise
from employers.contacts.knowing import known_before
from employers.contacts.models import Contact, FollowUp, Hold, Override
from employers.contacts.resetting import reset
from employers.contacts.saying import sentence
from employers.contacts.telling import tell_holder
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre


@dataclass(frozen=True)
class NextStep:
    """What is to be done after a contact, when and by whom."""

    what: str
    due_on: date
    owner: User


@transaction.atomic
def record(
    *,
    company: Company,
    jobcentre: Jobcentre,
    by: User,
    channel: str,
    direction: str,
    purposes: Sequence[str],
    happened_at: datetime,
    outcome: str = "",
    person: Person | None = None,
    new_person: str = "",
    note: str = "",
    visibility: str = Contact.Visibility.OWN,
    next_step: NextStep | None = None,
    workplace: Workplace | None = None,
    occasion: str = Occasion.OWN,
    reason: str = "",
) -> Contact:
    """Log one contact, or plan it when its time is ahead: with its person and next step, or nothing.

    `new_person` is a name; someone of that name whom the company already has is used again.
    Contacts of one company are logged one after the other, so that a double click is seen as one.
    What spoke against it when it took place is judged under the same lock, so that a hold taken while the
    form stood open counts. If the company has been merged into another meanwhile, it is logged on that one.
    Each thing is kept with the `reason`, and the holder of a hold is told.
    Raises ValidationError when its time and outcome do not agree or it is logged already, when a text holds a
    CPR number, and for the field `reason` when one is needed and none is given.
    """
    company = following.locked(company)
    workplace = following.now(workplace) if workplace else None
    person = following.now(person) if person else None
    now = timezone.now()
    contact = Contact(
        company=company,
        jobcentre=jobcentre,
        by=by,
        person=person or (person_called(new_person, company=company) if new_person else None),
        channel=channel,
        direction=direction,
        purposes=list(dict.fromkeys(purposes)),
        state=Contact.State.PLANNED if happened_at > now else Contact.State.HELD,
        outcome=outcome,
        happened_at=happened_at,
        logged_at=now,
        note=note,
        visibility=visibility,
        workplace=workplace,
        occasion=occasion,
    )
    contact.full_clean()
    judge(contact, reason=reason)
    if next_step:
        follow_up_of(contact, next_step)
    reset(contact)
    return contact


def judge(contact: Contact, *, reason: str) -> None:
    """Keep the contact, with what it goes on against and the reason.

    What it has gone on against before, as a plan, needs no second reason. Needs the company's lock.
    """
    against = _against(contact)
    if against and not reason.strip():
        raise ValidationError({"reason": list(against.values())})
    contact.save()
    _override(contact, list(against), reason=reason.strip())


def follow_up_of(contact: Contact, step: NextStep) -> FollowUp:
    follow_up = FollowUp(
        contact=contact,
        company=contact.company,
        jobcentre=contact.jobcentre,
        owner=step.owner,
        due_on=step.due_on,
        what=step.what,
    )
    follow_up.full_clean()
    follow_up.save()
    return follow_up


def person_called(name: str, *, company: Company) -> Person:
    """Whoever the company already has of that name, or somebody new."""
    known = company.people.filter(name__iexact=name).first()
    return known or Person.objects.create(company=company, name=name)


def _against(contact: Contact) -> dict[tuple[str, int | None], str]:
    """What the contact goes on against and has not before: ground and hold, and the sentence that says it."""
    counsel = _counsel(contact)
    if not counsel:
        return {}
    before = set(contact.overrides.values_list("ground", "hold_id")) if contact.pk else set()
    against: dict[tuple[str, int | None], str] = {}
    for ground in counsel.overridden:
        against.setdefault((ground.reason.value, ground.hold), sentence(ground))
    return {ground: said for ground, said in against.items() if ground not in before}


def _counsel(contact: Contact) -> Counsel | None:
    """The advice there was when it took place; None for the company's own calls."""
    if contact.direction == Contact.Direction.IN:
        return None
    at = timezone.localtime(contact.happened_at)
    return advise(
        known_before(contact.company, jobcentre=contact.jobcentre, at=at, apart_from=contact.pk),
        Asked(
            at=at,
            purposes=contact.purposes,
            workplace=contact.workplace_id,
            channel=contact.channel,
            occasion=Occasion(contact.occasion),
        ),
    )


def _override(contact: Contact, against: list[tuple[str, int | None]], *, reason: str) -> None:
    """One row for each hold and for each other kind of thing that spoke against it."""
    holds = Hold.objects.select_related("by", "workplace__company").in_bulk(
        [hold for _ground, hold in against if hold]
    )
    for ground, hold in against:
        override = Override(contact=contact, ground=ground, hold=holds[hold] if hold else None, reason=reason)
        override.full_clean()
        override.save()
        if override.hold:
            tell_holder(override)
