"""Two months of contacts with the companies of the demonstration, and what is to be done next.

A company is talked to by the jobcentres of its labour catchment, most by its own: so that neighbours
have something to see of each other. Every word is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import TypeVar

from django.utils import timezone

from employers.companies.models import Company
from employers.contacts import changing
from employers.contacts.models import Contact, FollowUp, Hold, Lead, Override, Preferences, Purpose
from employers.contacts.resetting import reset
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.demo import Demo

ORDER = 30

Choice = TypeVar("Choice")

DAYS_BACK = 60
CONTACTS = 280
QUIET = 7
"""This one of Køge's companies, counted from 0, nobody has been in contact with."""
TALKATIVE = ("0259", "0265", "0336", "0269")
"""Køge, Roskilde, Stevns and Solrød: those who log most."""

NOTES = {
    Purpose.RECRUITMENT: (
        "Mangler to til aftenholdet. Tager gerne ufaglærte, hvis de kan møde selv.",
        "Har fået nok ansøgere selv denne gang. Ring igen, når de åbner den nye linje.",
        "Vil hellere se tre gode end tyve. Vi aftalte at sende få og ringe først.",
        "Truckkort er et krav, men de betaler gerne kurset.",
        "Formanden er den, der beslutter. Direktøren henviser altid til ham.",
    ),
    Purpose.VACANCY: (
        "Har talt med den første. Venter på at høre fra den anden inden fredag.",
        "Stillingen er besat, men de vil gerne beholde opslaget til på mandag.",
        "Ingen af de to mødte op. De er ærgerlige, men vil gerne prøve igen.",
        "Startdatoen er rykket 14 dage, fordi maskinen er forsinket.",
    ),
    Purpose.WAGE_SUBSIDY: (
        "Forholdstallet er opfyldt: tre ordinært ansatte for hver. Medarbejderne skal høres først.",
        "Vil gerne have samme ordning som sidst. Sendte dem blanketten.",
        "Overvejer det, men er bange for papirerne. Vi udfylder dem sammen på onsdag.",
    ),
    Purpose.WORK_TRIAL: (
        "God erfaring fra sidste forløb. Kan tage en mere fra den første i måneden.",
        "Vil kun have praktik, hvis der er et rigtigt job i den anden ende.",
        "Ingen kan følge en ny op lige nu; tre er på ferie.",
    ),
    Purpose.INCLUSIVE: (
        "Kunne bruge en til ti timer om ugen i receptionen. Skal være på formiddage.",
        "Har to i fleksjob i forvejen og siger, at det er de mest stabile.",
        "Vil tale med samarbejdsudvalget først.",
    ),
    Purpose.RETENTION: (
        "En af de ældste på lageret har ondt i ryggen. De vil gerne beholde ham med andre opgaver.",
        "To sygemeldte på samme hold. De spurgte, om vi kan hjælpe med en rundbordssamtale.",
        "Leder og medarbejder er enige om at begynde igen med halv tid.",
    ),
    Purpose.UPSKILLING: (
        "Fire operatører vil gerne på kursus i foråret, hvis der kan findes vikarer.",
        "Spurgte til den regionale pulje. Sendte siden med ordningen.",
    ),
    Purpose.BOTTLENECK: (
        "Har søgt efter smede i et halvt år. Har sagt nej til to ordrer.",
        "Finder ingen med svejsecertifikat. Ville gerne selv lære dem op.",
    ),
    Purpose.OTHER: (
        "Inviterede dem til morgenmødet om den nye industrivej.",
        "Spurgte, hvem de skal ringe til om byggetilladelsen. Gav dem nummeret til kommunen.",
    ),
}
WEIGHTS = {
    Purpose.RECRUITMENT: 8,
    Purpose.VACANCY: 6,
    Purpose.WAGE_SUBSIDY: 4,
    Purpose.WORK_TRIAL: 5,
    Purpose.INCLUSIVE: 2,
    Purpose.RETENTION: 2,
    Purpose.UPSKILLING: 2,
    Purpose.BOTTLENECK: 1,
    Purpose.OTHER: 1,
}
CHANNELS = {
    Contact.Channel.PHONE: 10,
    Contact.Channel.EMAIL: 5,
    Contact.Channel.VISIT: 4,
    Contact.Channel.VIDEO: 1,
    Contact.Channel.EVENT: 1,
}
OUTCOMES = {
    Contact.Outcome.INFORMED: 5,
    Contact.Outcome.NEED: 5,
    Contact.Outcome.AGREEMENT: 4,
    Contact.Outcome.DECLINED: 2,
    Contact.Outcome.NO_ANSWER: 2,
}
ALSO = [Purpose.WORK_TRIAL, Purpose.UPSKILLING]
"""What a conversation about something else is also about now and then."""
PLANS = (
    (-1, 14, Contact.Channel.VISIT),
    (0, 15, Contact.Channel.VIDEO),
    (1, 10, Contact.Channel.VISIT),
    (6, 9, Contact.Channel.VISIT),
)
"""Days from today, the hour, and how."""
NEXT_STEPS = (
    "Ring om de to fra mandag",
    "Send tre profiler",
    "Hør, hvordan den første uge gik",
    "Aftal tid til et besøg",
    "Send blanketten om løntilskud",
    "Spørg til startdatoen",
    "Følg op, når de har holdt samtaler",
)


@dataclass(frozen=True)
class Acquaintance:
    """A jobcentre that talks to a company, and its caseworker who does."""

    company: Company
    jobcentre: Jobcentre
    caseworker: User


def load(world: Demo) -> None:
    known = list(_acquaintances())
    contacts = [_contact(world, world.random.choice(known)) for _number in range(CONTACTS)]
    # Nobody is in two conversations at a time.
    contacts = list({(one.by_id, one.happened_at): one for one in contacts}.values())
    home = list(
        Company.objects.filter(workplaces__municipality__code=TALKATIVE[0], organisation=None)
        .distinct()
        .order_by("cvr")
    )
    if len(home) > QUIET:
        contacts = [one for one in contacts if one.company_id != home[QUIET].pk]
    Contact.objects.bulk_create(contacts)
    follow_ups = list(_follow_ups(world, contacts))
    FollowUp.objects.bulk_create(follow_ups)
    situations = _coordinated(world, home)
    plans = _planned(world, spared=home[: QUIET + 1] if len(home) > QUIET else [])
    _corrected(contacts)
    _taken_up(world, follow_ups)
    world.tell(
        f"{len(contacts)} contacts with companies, {plans} planned ones, {len(follow_ups)} follow-ups, "
        f"{situations} companies that show the advice before a contact"
    )


def _planned(world: Demo, *, spared: list[Company]) -> int:
    """Visits and talks to come, and one of yesterday that nobody has told of; returns how many.

    spared: those that show another piece of advice, which a neighbour's plan would outweigh until its hour.
    """
    plans = []
    for code in TALKATIVE[:2]:
        jobcentre = Jobcentre.objects.filter(code=code).first()
        if not jobcentre:
            continue
        companies = list(
            Company.objects.visible_to(jobcentre)
            .exclude(pk__in=[one.pk for one in spared])
            .order_by("-cvr")[:4]
        )
        for (days, hour, channel), company in zip(PLANS, cycle(companies), strict=False):
            at = timezone.make_aware(datetime.combine(world.today + timedelta(days=days), time(hour)))
            plans.append(
                Contact(
                    company=company,
                    person=company.people.first(),
                    jobcentre=jobcentre,
                    by=jobcentre.staff()[0],
                    channel=channel,
                    purposes=[Purpose.RECRUITMENT, Purpose.WORK_TRIAL],
                    state=Contact.State.PLANNED,
                    note="Tag profilerne fra sidst med.",
                    happened_at=at,
                    logged_at=min(world.now, at) - timedelta(days=2),
                )
            )
    return len(Contact.objects.bulk_create(plans))


def _corrected(contacts: list[Contact]) -> None:
    """One of Køge's that was put right two days later, with its history.

    A call of the company itself: whatever else was invented about it, the advice has nothing against that.
    """
    called_us = (one for one in contacts if one.direction == Contact.Direction.IN and one.note)
    contact = next((one for one in called_us if one.jobcentre.code == TALKATIVE[0]), None)
    if contact:
        changing.change(
            contact=contact,
            values={"note": f"{contact.note} Rettet: det gælder to stillinger, ikke tre."},
            seen=contact.version,
            by=contact.by,
            because="Jeg tog fejl af tallet",
        )


def _taken_up(world: Demo, follow_ups: list[FollowUp]) -> None:
    """Somebody else has just spoken with a company of which Køge had something to do today."""
    due = [one for one in follow_ups if one.jobcentre.code == TALKATIVE[0] and one.due_on == world.today]
    colleague = Jobcentre.objects.filter(code=TALKATIVE[1]).first()
    if not due or not colleague:
        return
    at = timezone.make_aware(datetime.combine(world.today - timedelta(days=1), time(15, 2)))
    reset(
        Contact.objects.create(
            company=due[-1].company,
            jobcentre=colleague,
            by=colleague.staff()[0],
            direction=Contact.Direction.IN,
            purposes=due[-1].contact.purposes,
            outcome=Contact.Outcome.NEED,
            happened_at=at,
            logged_at=at + timedelta(minutes=4),
        )
    )


def _coordinated(world: Demo, home: list[Company]) -> int:
    """Køge's companies in the state each piece of advice is for; returns how many."""
    koege, roskilde, stevns = (Jobcentre.objects.filter(code=code).first() for code in TALKATIVE[:3])
    if not koege or not roskilde:
        return 0
    others = [roskilde, *([stevns] if stevns else [])]
    situations: list[Callable[[Company], object]] = [
        lambda company: _held_and_planned(world, company, by=roskilde),
        lambda company: _hold(world, company, by=koege, purpose=Purpose.UPSKILLING, days=4),
        lambda company: Preferences.objects.create(
            company=company, paused_until=world.today + timedelta(days=12)
        ),
        lambda company: _at_its_cap(world, company, by=roskilde),
        lambda company: Preferences.objects.create(
            company=company, unwanted=[Purpose.WORK_TRIAL], channel=Contact.Channel.EMAIL
        ),
        lambda company: Lead.objects.create(
            company=company,
            jobcentre=roskilde,
            user=roskilde.staff()[0],
            agreed="Aftalt på virksomhedens hovedkontor i Roskilde",
            valid_from=world.today - timedelta(days=90),
        ),
        lambda company: _overridden(world, company, held_by=roskilde, by=others[-1]),
    ]
    shown = list(zip(situations, home, strict=False))
    for situation, company in shown:
        situation(company)
    return len(shown)


def _held_and_planned(world: Demo, company: Company, *, by: Jobcentre) -> None:
    """The neighbour visits tomorrow and has said so."""
    _hold(world, company, by=by, purpose=Purpose.RECRUITMENT, days=4)
    contact = _outgoing(world, company, by=by, days_ago=6)
    FollowUp.objects.create(
        contact=contact,
        company=company,
        jobcentre=by,
        owner=contact.by,
        due_on=world.today + timedelta(days=1),
        what="Besøg på lageret",
    )


def _at_its_cap(world: Demo, company: Company, *, by: Jobcentre) -> None:
    Preferences.objects.create(company=company, most_contacts=1)
    _outgoing(world, company, by=by, days_ago=8)


def _overridden(world: Demo, company: Company, *, held_by: Jobcentre, by: Jobcentre) -> None:
    """Somebody has gone on against a hold, with a reason."""
    hold = _hold(world, company, by=held_by, purpose=Purpose.RECRUITMENT, days=5)
    if by != held_by:
        contact = _outgoing(world, company, by=by, days_ago=1)
        Override.objects.create(
            contact=contact,
            ground=Override.Ground.HOLD,
            hold=hold,
            reason="Ansøgeren skulle have svar samme dag",
            at=contact.logged_at,
        )


def _hold(world: Demo, company: Company, *, by: Jobcentre, purpose: Purpose, days: int) -> Hold:
    midnight = timezone.make_aware(datetime.combine(world.today + timedelta(days=days), time(0)))
    return Hold.objects.create(
        workplace=company.workplaces.filter(municipality__code=TALKATIVE[0])[0],
        jobcentre=by,
        by=by.staff()[0],
        purpose=purpose,
        starts_at=world.now - timedelta(days=2),
        expires_at=midnight,
    )


def _outgoing(world: Demo, company: Company, *, by: Jobcentre, days_ago: int) -> Contact:
    """A call about recruitment, at a minute at which nobody else of the demonstration calls."""
    day = world.today - timedelta(days=days_ago)
    at = timezone.make_aware(datetime.combine(day, time(10, 3)))
    return Contact.objects.create(
        company=company,
        jobcentre=by,
        by=by.staff()[0],
        purposes=[Purpose.RECRUITMENT],
        outcome=Contact.Outcome.INFORMED,
        happened_at=at,
        logged_at=at + timedelta(minutes=4),
    )


def _acquaintances() -> Iterator[Acquaintance]:
    """Each of the talkative jobcentres with each company it may see; with those at home three times."""
    for jobcentre in Jobcentre.objects.filter(code__in=TALKATIVE).order_by("code"):
        caseworker = jobcentre.staff()[0]
        own = set(jobcentre.municipalities().values_list("pk", flat=True))
        visible = Company.objects.visible_to(jobcentre).order_by("cvr")
        for company in visible.prefetch_related("workplaces", "people"):
            is_home = any(workplace.municipality_id in own for workplace in company.workplaces.all())
            for _time in range(3 if is_home else 1):
                yield Acquaintance(company, jobcentre, caseworker)


def _contact(world: Demo, known: Acquaintance) -> Contact:
    draw = world.random
    purpose = _drawn(world, WEIGHTS)
    outcome = _drawn(world, OUTCOMES)
    is_answered = outcome != Contact.Outcome.NO_ANSWER
    happened_at = _office_time(world)
    return Contact(
        company=known.company,
        person=draw.choice(known.company.people.all()) if is_answered else None,
        jobcentre=known.jobcentre,
        by=known.caseworker,
        direction=Contact.Direction.IN if is_answered and draw.random() < 0.25 else Contact.Direction.OUT,
        channel=_drawn(world, CHANNELS) if is_answered else Contact.Channel.PHONE,
        purposes=[purpose, *(draw.sample(ALSO, 1) if draw.random() < 0.2 and purpose not in ALSO else [])],
        outcome=outcome,
        visibility=Contact.Visibility.CATCHMENT if draw.random() < 0.15 else Contact.Visibility.OWN,
        note=draw.choice(NOTES[purpose]) if is_answered and draw.random() < 0.9 else "",
        happened_at=happened_at,
        logged_at=happened_at + timedelta(minutes=draw.randint(1, 40)),
    )


def _follow_ups(world: Demo, contacts: list[Contact]) -> Iterator[FollowUp]:
    """What contacts of each jobcentre led to: due yesterday, today, and in the days to come.

    Each was agreed some days ahead, and nobody has two things to do about the same with one company.
    """
    days = (-1, 0, 0, 0, 1, 2, 5, 9)
    agreed = [contact for contact in contacts if contact.happened_at < world.now - timedelta(days=3)]
    newest_first = sorted(agreed, key=lambda contact: contact.happened_at, reverse=True)
    for code in TALKATIVE:
        followed: list[Contact] = []
        for contact in newest_first:
            if (
                contact.jobcentre.code == code
                and contact.outcome != Contact.Outcome.DECLINED
                and not any(_are_about_the_same(contact, one) for one in followed)
            ):
                followed.append(contact)
        for days_ahead, contact in zip(days, followed, strict=False):
            yield FollowUp(
                contact=contact,
                company=contact.company,
                jobcentre=contact.jobcentre,
                owner=contact.by,
                due_on=world.today + timedelta(days=days_ahead),
                what=world.random.choice(NEXT_STEPS),
            )


def _are_about_the_same(one: Contact, other: Contact) -> bool:
    return one.company_id == other.company_id and not set(one.purposes).isdisjoint(other.purposes)


def _office_time(world: Demo) -> datetime:
    """Some time between 8 and 15.55 on a weekday of the last two months, yesterday at the latest."""
    while True:
        day: date = world.today - timedelta(days=world.random.randint(1, DAYS_BACK))
        if day.weekday() < 5:
            break
    at = time(world.random.randint(8, 15), world.random.randrange(0, 60, 5))
    return timezone.make_aware(datetime.combine(day, at))


def _drawn(world: Demo, weights: Mapping[Choice, int]) -> Choice:
    return world.random.choices(list(weights), weights=list(weights.values()))[0]
