"""A year of enquiries that were answered, mostly in time, and those that wait now around Køge and Slagelse.

Every word is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from employers.companies.models import Person
from employers.enquiries.clock import answer_due
from employers.enquiries.models import (
    OF_KIND,
    Confirmation,
    Details,
    Enquiry,
    EnquiryLog,
    Kind,
    Message,
    State,
)
from employers.vacancies.demo import invented, office_time, read_jobs
from employers.vacancies.demo_employers import Employer, employers
from employers.vacancies.models import Vacancy
from jobcenter.runtime.demo import Demo

ORDER = 45

MESSAGES: dict[str, tuple[str, ...]] = {
    Kind.WAGE_SUBSIDY: (
        "Vi vil gerne tage en ind på lageret med løntilskud i tre måneder fra den første. 30 timer om ugen.",
        "En tidligere praktikant har klaret det godt. Kan vi ansætte hende med løntilskud, og hvordan?",
        "Vi mangler en hånd i køkkenet, men har ikke råd til fuld løn med det samme. Hvad er mulighederne?",
    ),
    Kind.WORK_TRIAL: (
        "Vi kan tage to i praktik i fire uger i pakkeriet. Der er en fast makker hele tiden.",
        "Praktik i receptionen i 13 uger for en, der vil tilbage efter en pause. Et vikariat kan følge.",
        "Vi har plads til en praktikant på værkstedet fra på mandag.",
    ),
    Kind.INCLUSIVE: (
        "Vi har opgaver med sortering og opfyldning til omkring 12 timer om ugen, delt på tre formiddage.",
        "En af vores egne kan ikke længere klare fuld tid. Kan det blive til et fleksjob her?",
        "Vi vil gerne oprette to små stillinger i administrationen. Hvem kan hjælpe os med at beskrive dem?",
    ),
    Kind.RETENTION: (
        "En medarbejder har været væk i otte uger. Vi vil gerne beholde ham med andre opgaver.",
        "Fem operatører skal lære den nye linje at kende. Kan vi få hjælp til kursus og vikarer?",
        "Vi vil gerne lave en plan for en, der skal langsomt tilbage. Hvordan gør andre?",
    ),
    Kind.DISMISSALS: (
        "Vi lukker aftenholdet til februar. Det berører 14 i produktionen. Kan I komme og tale med dem?",
        "Seks i butikken skal fratræde med udgangen af marts. De vil gerne videre i detailhandel.",
    ),
    Kind.OTHER: (
        "Hvem taler vi med, hvis vi vil være med til jobmessen i foråret?",
        "Vi flytter til en ny adresse i kommunen og skal ansætte bredt. Kan vi tage et møde?",
        "Hvordan finder vi en mentor til en ny kollega, der lige er kommet til landet?",
    ),
}
ANSWERS = (
    "Tak for henvendelsen. Jeg har talt med kollegerne og ringer i eftermiddag med to forslag.",
    "Det kan godt lade sig gøre. Jeg har sendt betingelserne på mail, og vi tager resten på onsdag.",
    "Vi har tre, der passer. I får deres profiler i dag, og de kan møde fra på mandag.",
    "Der er ingen hos os lige nu, men en nabo har en, som gerne vil høre mere. Jeg sender profilen.",
)
WEIGHTS = {
    Kind.WAGE_SUBSIDY: 7,
    Kind.WORK_TRIAL: 8,
    Kind.INCLUSIVE: 3,
    Kind.RETENTION: 3,
    Kind.DISMISSALS: 1,
    Kind.OTHER: 4,
}

IN_TIME = 0.96
SLOW = {"0330": 0.82, "0360": 0.88}
"""Slagelse and Lolland keep the promise less often, so that the answer times have something to tell."""

ANSWERED = 1500
WAITING = {"0259": 10, "0265": 7, "0330": 4, "0253": 3, "0336": 3, "0269": 2, "0320": 2, "0316": 2, "0370": 2}
"""How many wait now, by municipality."""

MINUTES_AGO = (35, 75, 190, 260, 1100, 1500, 1700, 2700, 3000, 4200)
"""When those that wait came in, counted back; the oldest are soon due."""

LATE = {"0265": 1, "0330": 2}
"""How many wait for an answer that should have been given, by municipality."""

HELD_PLACE = 2
"""Which of those that wait is held for its words."""

LATE_SINCE = timedelta(days=8)


def load(world: Demo) -> None:
    known = employers(world)
    people = {person.company_id: person for person in Person.objects.order_by("-pk")}
    earlier = [*_recruiting(world, known, people), *_others(world, known, people)]
    waiting = list(_waiting(world, known, people))
    Vacancy.objects.bulk_create([one.vacancy for one in waiting if one.vacancy])
    Enquiry.objects.bulk_create([*earlier, *waiting])
    for kind, table in OF_KIND.items():
        mine = [one for one in [*earlier, *waiting] if one.kind == kind]
        table.objects.bulk_create([_details(world, table, one) for one in mine], batch_size=1000)  # type: ignore[attr-defined]
    Message.objects.bulk_create(list(_messages([*earlier, *waiting])), batch_size=2000)
    EnquiryLog.objects.bulk_create(list(_logs([*earlier, *waiting])), batch_size=2000)
    Confirmation.objects.bulk_create(list(_confirmations([*earlier, *waiting])), batch_size=2000)
    world.tell(f"{len(earlier)} enquiries of the last year, {len(waiting)} that wait for an answer")


def _recruiting(world: Demo, known: list[Employer], people: dict[int, Person]) -> Iterator[Enquiry]:
    """Every other vacancy that was closed had come in as an enquiry."""
    by_workplace = {one.workplace.pk: one for one in known}
    closed = Vacancy.objects.filter(state=Vacancy.State.CLOSED).order_by("pk")
    for vacancy in closed[::2]:
        yield _answered(
            world,
            by_workplace[vacancy.workplace_id],
            people,
            received_at=vacancy.created_at,
            ended_at=vacancy.closed_at,
            kind=Kind.RECRUIT,
            vacancy=vacancy,
        )


def _others(world: Demo, known: list[Employer], people: dict[int, Person]) -> Iterator[Enquiry]:
    for _number in range(ANSWERED):
        kind = world.random.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
        received_at = office_time(world, world.today - timedelta(days=world.random.randint(9, 360)))
        ended_at = received_at + timedelta(days=world.random.randint(5, 40))
        yield _answered(
            world,
            world.random.choice(known),
            people,
            received_at=received_at,
            ended_at=ended_at if ended_at < world.now else None,
            kind=kind,
            message=world.random.choice(MESSAGES[kind]),
        )


def _waiting(world: Demo, known: list[Employer], people: dict[int, Person]) -> Iterator[Enquiry]:
    """Those without an answer: most of them in time, a few late, every other one to recruit somebody."""
    jobs = read_jobs()
    for code, number in WAITING.items():
        at_home = [one for one in known if one.workplace.municipality.code == code]
        late = [world.now - LATE_SINCE] * LATE.get(code, 0)
        in_time = [world.now - timedelta(minutes=minutes) for minutes in MINUTES_AGO[: number - len(late)]]
        for place, (received_at, employer) in enumerate(zip([*in_time, *late], cycle(at_home), strict=False)):
            state = State.RECEIVED if place % 3 else State.IN_PROGRESS
            if place % 2 == 0:
                job = next(job for job in jobs.jobs if job.sector == employer.sector)
                apply_by = world.today + timedelta(days=world.random.randint(14, 40))
                vacancy = invented(world, jobs, job, employer, created_at=received_at, apply_by=apply_by)
                if place == HELD_PLACE:
                    _hold(vacancy)
                asked: dict[str, Any] = {"kind": Kind.RECRUIT, "vacancy": vacancy}
            else:
                kind = world.random.choice(list(WEIGHTS))
                asked = {"kind": kind, "message": world.random.choice(MESSAGES[kind])}
            # The newest has not been looked at by anyone.
            yield _enquiry(
                employer, people, received_at=received_at, state=state if place else State.RECEIVED, **asked
            )


def _hold(vacancy: Vacancy) -> None:
    """Words in it that a caseworker must look at."""
    vacancy.text = f"Vi søger en ung og frisk kollega.\n\n{vacancy.text}"
    vacancy.state, vacancy.held_for = Vacancy.State.HELD, Vacancy.HeldFor.WORDS


def _answered(
    world: Demo,
    employer: Employer,
    people: dict[int, Person],
    *,
    received_at: datetime,
    ended_at: datetime | None,
    **asked: Any,
) -> Enquiry:
    """Answered in time or late, as the jobcentre usually is; closed if it has come to an end."""
    due_at = answer_due(received_at, employer.jobcentre.answers_within)
    is_in_time = world.random.random() < SLOW.get(employer.jobcentre.code, IN_TIME)
    share = world.random.uniform(0.05, 0.98)
    late = timedelta(hours=world.random.randint(1, 60))
    answered_at = received_at + (due_at - received_at) * share if is_in_time else due_at + late
    closed_at = max(ended_at, answered_at + timedelta(hours=1)) if ended_at else None
    if closed_at and closed_at > world.now:
        closed_at = None
    return _enquiry(
        employer,
        people,
        received_at=received_at,
        state=State.CLOSED if closed_at else State.ANSWERED,
        answered_at=answered_at,
        closed_at=closed_at,
        **asked,
    )


def _enquiry(
    employer: Employer, people: dict[int, Person], *, received_at: datetime, **asked: Any
) -> Enquiry:
    return Enquiry(
        company=employer.company,
        workplace=employer.workplace,
        person=people[employer.company.pk],
        jobcentre=employer.jobcentre,
        owner=employer.caseworker,
        received_at=received_at,
        answer_due_at=answer_due(received_at, employer.jobcentre.answers_within),
        **asked,
    )


def _messages(enquiries: list[Enquiry]) -> Iterator[Message]:
    """The answer of each that has one."""
    answers = cycle(ANSWERS)
    for enquiry in enquiries:
        if enquiry.answered_at:
            yield Message(enquiry=enquiry, by_id=enquiry.owner_id, text=next(answers), at=enquiry.answered_at)


def _confirmations(enquiries: list[Enquiry]) -> Iterator[Confirmation]:
    """All but the very newest have followed the link in their mail some minutes after."""
    newest = max(enquiries, key=lambda one: (one.received_at, one.pk))
    for enquiry in enquiries:
        if enquiry != newest:
            at = enquiry.received_at + timedelta(minutes=4)
            yield Confirmation(enquiry=enquiry, how=Confirmation.How.LINK, at=at)


def _details(world: Demo, table: type[Details], enquiry: Enquiry) -> Details:
    """Something of the right kind in every field that is asked."""
    some = world.random
    begins = timezone.localdate(enquiry.received_at) + timedelta(days=some.randint(14, 60))
    of_kind: dict[str, dict[str, Any]] = {
        Kind.WAGE_SUBSIDY: {"positions": 1, "starts_on": begins, "person_is_known": some.random() < 0.4},
        Kind.WORK_TRIAL: {"weeks": some.choice((4, 4, 8, 13)), "starts_on": begins},
        Kind.INCLUSIVE: {"scheme": some.choice(("flexjob", "flexjob", "partnership", "unsure"))},
        Kind.RETENTION: {"need": some.choice(("keep", "mentor", "upskill")), "job": "Operatør"},
        Kind.DISMISSALS: {"affected": some.randint(6, 30), "ends_on": begins},
    }
    invented = of_kind[enquiry.kind]
    if enquiry.kind in (Kind.WAGE_SUBSIDY, Kind.WORK_TRIAL):
        invented["hours"] = some.choice((37, 37, 32, 30))
    if enquiry.kind == Kind.INCLUSIVE:
        invented["hours"] = some.choice((8, 12, 15, 20))
    if enquiry.kind == Kind.WAGE_SUBSIDY:
        invented["sector"] = "private"
    return table(enquiry=enquiry, **invented)


def _logs(enquiries: list[Enquiry]) -> Iterator[EnquiryLog]:
    """The steps each has taken: received, begun, answered, closed by the employer."""
    for enquiry in enquiries:
        yield EnquiryLog(subject=enquiry, from_state="", to_state=State.RECEIVED, at=enquiry.received_at)
        by = {"by_id": enquiry.owner_id, "organisation_id": enquiry.jobcentre.organisation_id}
        if enquiry.state == State.IN_PROGRESS:
            begun_at = enquiry.received_at + timedelta(minutes=20)
            yield EnquiryLog(
                subject=enquiry, from_state=State.RECEIVED, to_state=State.IN_PROGRESS, at=begun_at, **by
            )
        if enquiry.answered_at:
            yield EnquiryLog(
                subject=enquiry,
                from_state=State.RECEIVED,
                to_state=State.ANSWERED,
                at=enquiry.answered_at,
                **by,
            )
        if enquiry.closed_at:
            yield EnquiryLog(
                subject=enquiry, from_state=State.ANSWERED, to_state=State.CLOSED, at=enquiry.closed_at
            )
