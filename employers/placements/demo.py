"""Wage subsidies and work trials in every state, most of them around Køge. Everything is invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation

from employers.companies.models import Person
from employers.placements import conditions, explaining
from employers.placements.load import load_law
from employers.placements.models import (
    ASKED_AFTER,
    Answer,
    Condition,
    Effect,
    Ending,
    Kind,
    Placement,
    PlacementLog,
    PriorityAccess,
    RuleVersion,
    Sector,
    State,
)
from employers.referrals.references import ALPHABET
from employers.vacancies.demo_employers import Employer, employers
from jobcenter.runtime.demo import Demo, address_of

ORDER = 42

AT_HOME = "0259"
"""Køge, where the demonstration's caseworker sits."""

WORK: dict[str, tuple[tuple[str, str], ...]] = {
    "boern": (("Pædagogmedhjælper", "Leg, måltider og ture sammen med to faste kolleger."),),
    "bygge": (("Arbejdsmand på byggeplads", "Oprydning, bæring og afdækning. Svenden er fast makker."),),
    "handel": (("Butiksmedhjælper", "Varer på plads, kasse og kundebetjening efter oplæring."),),
    "hotel": (("Køkkenmedhjælper", "Opvask, klargøring og anretning. Kokken følger personen."),),
    "industri": (("Pakkerimedarbejder", "Pakning og kontrol ved linje 2. Holdlederen lærer fra sig."),),
    "kontor": (("Kontormedhjælper", "Post, arkiv og telefon. En kollega sidder ved siden af."),),
    "lager": (("Lagermedhjælper", "Pluk og pak sammen med tre kolleger. Truckkursus kan følge."),),
    "pleje": (("Serviceassistent", "Rengøring, måltider og små ærinder for beboerne."),),
    "service": (("Gartnermedhjælper", "Lugning, hækklipning og oprydning på tre faste anlæg."),),
}
GROUPS = ("unemployment", "unemployment", "ready", "ready", "supported", "graduate")
EXPLANATION = "To begynder den første i måneden, så forholdet er i orden på startdagen."
OBJECTIONS = (
    "Stillingen ligner den, vi sagde farvel til i september. Det vil vi gerne tale om først.",
    "Vi er for få om oplæringen lige nu; der er allerede to, som skal følges.",
)
REASONS = {
    State.GRANTED: "Betingelserne er opfyldt, og opgaverne passer til planen.",
    State.REFUSED: "Arbejdsstedet har ikke plads til flere efter rimelighedskravet.",
    State.WITHDRAWN: "Virksomheden har ansat på ordinære vilkår i stedet.",
}
OUTCOMES = ("hired", "hired", "hired_hours", "continues", "elsewhere", "nothing")


@dataclass(frozen=True)
class Scene:
    """A placement to be made: its state, and how many days from today it starts."""

    state: State
    starts_in: int
    kind: Kind = Kind.WAGE_SUBSIDY
    answer: str = Answer.CONFIRMED
    is_tight: bool = False
    sector: Sector = Sector.PRIVATE
    ending: str = Ending.AS_PLANNED
    priority: str = ""


SUBSIDY, TRIAL = Kind.WAGE_SUBSIDY, Kind.WORK_TRIAL
SCENES = (
    *(Scene(State.ENDED, -200 - 9 * number) for number in range(5)),
    *(Scene(State.ENDED, -110 - 6 * number, TRIAL) for number in range(5)),
    Scene(State.ENDED, -120, ending=Ending.HIRED),
    Scene(State.ENDED, -60, TRIAL, ending=Ending.CITIZEN),
    *(Scene(State.GRANTED, -45 + 6 * number) for number in range(6)),
    *(Scene(State.GRANTED, -12 + 3 * number, TRIAL) for number in range(3)),
    Scene(State.GRANTED, 9),
    Scene(State.GRANTED, 12, TRIAL),
    Scene(State.REFUSED, -20, is_tight=True),
    Scene(State.WITHDRAWN, 15),
    Scene(State.APPLIED, 6),
    Scene(State.APPLIED, 8, TRIAL),
    Scene(State.APPLIED, 3, answer=""),
    Scene(State.APPLIED, 10, TRIAL, answer=""),
    Scene(State.APPLIED, 14, answer=Answer.OBJECTED),
    Scene(State.APPLIED, 17, is_tight=True),
    Scene(State.APPLIED, 20, sector=Sector.PUBLIC, priority="not_hired"),
    Scene(State.APPLIED, 24, sector=Sector.PUBLIC, priority="nobody"),
    Scene(State.DRAFT, 30),
    Scene(State.DRAFT, 30, TRIAL),
)
ELSEWHERE = (
    Scene(State.GRANTED, -20),
    Scene(State.ENDED, -150),
    Scene(State.APPLIED, 11, TRIAL),
    Scene(State.GRANTED, -6, TRIAL),
)


def load(world: Demo) -> None:
    if not RuleVersion.objects.exists():
        load_law()
    known = employers(world)
    at_home = [one for one in known if one.workplace.municipality.code == AT_HOME]
    others = [one for one in known if one.workplace.municipality.code != AT_HOME]
    people = {person.company_id: person for person in Person.objects.order_by("-pk")}
    made = 0
    with translation.override("da"):
        for number, scene in enumerate(SCENES):
            _play(world, scene, at_home[number % len(at_home)], people)
            made += 1
        for employer in others[::3]:
            _play(world, world.random.choice(ELSEWHERE), employer, people)
            made += 1
    world.tell(f"{made} wage subsidies and work trials, from applications to what came of them")


def _play(world: Demo, scene: Scene, employer: Employer, people: dict[int, Person]) -> None:
    placement = _placement(world, scene, employer, people[employer.company.pk])
    if scene.state in (State.GRANTED, State.ENDED):
        _decide(placement)
    placement.save(force_insert=True)
    if scene.priority:
        PriorityAccess.objects.create(
            placement=placement, situation=scene.priority, **_turned_down(scene, world)
        )
    if scene.state == State.ENDED:
        Effect.objects.bulk_create(_effects(world, placement))
    PlacementLog.objects.bulk_create(_log(placement))


def _placement(world: Demo, scene: Scene, employer: Employer, person: Person) -> Placement:
    starts_on = world.today + timedelta(days=scene.starts_in)
    applied_at = world.now - timedelta(
        days=max(1, 12 - scene.starts_in if scene.starts_in < 0 else 2), hours=3
    )
    applied_at = min(applied_at, _at(starts_on - timedelta(days=9)))
    said: dict[str, Any] = {
        "reference": _reference(world, "F"),
        "citizen": _reference(world, "B"),
        "kind": scene.kind,
        "company": employer.company,
        "workplace": employer.workplace,
        "person": person,
        "jobcentre": employer.jobcentre,
        "owner": employer.caseworker,
        "state": scene.state,
        "sector": scene.sector,
        "created_at": applied_at - timedelta(days=2),
    }
    if scene.state == State.DRAFT:
        return Placement(**said)
    label, tasks = world.random.choice(WORK[employer.sector])
    group = world.random.choice(GROUPS if scene.kind == SUBSIDY else ("supported", "ready", "graduate"))
    name = world.somebody()
    staff = Decimal(4) if scene.is_tight else Decimal(employer.workplace.employees or 24)
    said |= {
        "label": label,
        "tasks": tasks,
        "group": group,
        "hours": Decimal(world.random.choice((37, 37, 32, 30, 25))),
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=25 if scene.kind == TRIAL else 100),
        "workplace_staff": [staff - Decimal("0.6"), staff, staff, staff + Decimal("0.4")],
        "company_last_month": staff + Decimal("0.4"),
        "company_average": staff + 1 if scene.is_tight else staff - Decimal("0.5"),
        "is_new_post": scene.kind == SUBSIDY,
        "was_warned": scene.is_tight,
        "explanation": EXPLANATION if scene.is_tight else "",
        "representative_name": name,
        "representative_email": address_of(name, employer.company.name),
        "round": 1,
        "asked_at": applied_at,
        "applied_at": applied_at,
    }
    if scene.answer:
        said |= {"answer": scene.answer, "answered_at": applied_at + timedelta(hours=5)}
    if scene.answer == Answer.OBJECTED:
        said["answer_text"] = world.random.choice(OBJECTIONS)
    if scene.state in (State.GRANTED, State.REFUSED, State.ENDED):
        said["decided_at"] = applied_at + timedelta(days=1)
    if scene.state == State.ENDED:
        is_early = scene.ending != Ending.AS_PLANNED
        said |= {
            "ended_on": said["ends_on"] - timedelta(days=12 if is_early else 0),
            "ending": scene.ending,
        }
    return Placement(**said)


def _decide(placement: Placement) -> None:
    """As it would have been decided, on what ran there then."""
    findings = conditions.look(conditions.case_of(placement))
    placement.rule = findings.rule
    unmet = findings.unmet()
    if unmet:
        # A small workplace with several: this one was the first there.
        placement.elsewhere, placement.hours = 0, Decimal(10)
        placement.workplace_staff = [number + 20 for number in placement.workplace_staff]
        findings = conditions.look(conditions.case_of(placement))
        unmet = findings.unmet()
    placement.ratio_met = Condition.RATIO not in unmet
    placement.increase_met = Condition.INCREASE not in unmet
    placement.duration_met = Condition.DURATION not in unmet
    placement.decided_on_figures = explaining.in_words(findings)
    placement.vitas = f"LT-{placement.starts_on:%Y}-{placement.reference[2:]}"


def _turned_down(scene: Scene, world: Demo) -> dict[str, Any]:
    if scene.priority != "not_hired":
        return {}
    return {
        "interview_on": world.today - timedelta(days=4),
        "reason": "Stillingen kræver kørekort til at køre ud til borgerne, og det indgik i opslaget.",
    }


def _effects(world: Demo, placement: Placement) -> Iterator[Effect]:
    """Answered when they are some days old; one in four has not answered yet."""
    assert placement.ended_on
    for weeks in ASKED_AFTER:
        due_on = placement.ended_on + timedelta(weeks=weeks)
        effect = Effect(placement=placement, weeks=weeks, due_on=due_on)
        if due_on <= world.today:
            effect.asked_at = _at(due_on)
        if due_on <= world.today - timedelta(days=3) and world.random.random() < 0.75:
            effect.outcome = world.random.choice(OUTCOMES)
            effect.answered_at = _at(due_on + timedelta(days=1))
        yield effect


def _log(placement: Placement) -> Iterator[PlacementLog]:
    by = {"by_id": placement.owner_id, "organisation_id": placement.jobcentre.organisation_id}
    yield PlacementLog(subject=placement, from_state="", to_state=State.DRAFT, at=placement.created_at, **by)
    if placement.applied_at:
        yield PlacementLog(
            subject=placement, from_state=State.DRAFT, to_state=State.APPLIED, at=placement.applied_at
        )
    if placement.answered_at:
        yield PlacementLog(
            subject=placement,
            from_state=placement.answer,
            to_state=State.APPLIED,
            comment=placement.answer_text,
            at=placement.answered_at,
        )
    if placement.decided_at:
        decided = State.REFUSED if placement.state == State.REFUSED else State.GRANTED
        yield PlacementLog(
            subject=placement,
            from_state=State.APPLIED,
            to_state=decided,
            comment=REASONS[decided],
            at=placement.decided_at,
            **by,
        )
    if placement.state == State.WITHDRAWN and placement.applied_at:
        yield PlacementLog(
            subject=placement,
            from_state=State.APPLIED,
            to_state=State.WITHDRAWN,
            comment=REASONS[State.WITHDRAWN],
            at=placement.applied_at + timedelta(days=1),
            **by,
        )
    if placement.ended_on:
        yield PlacementLog(
            subject=placement,
            from_state=State.GRANTED,
            to_state=State.ENDED,
            comment="" if placement.ending == Ending.AS_PLANNED else "Aftalt på mødet i virksomheden.",
            at=_at(placement.ended_on),
            **(by if placement.ending != Ending.AS_PLANNED else {}),
        )


def _reference(world: Demo, first: str) -> str:
    return f"{first}-{''.join(world.random.choices(ALPHABET, k=6))}"


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 15)))
