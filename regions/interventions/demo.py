"""Invented interventions in every stage, on invented results: what the board and the jobcentres' pages show.

All but the one that is closed lie around today. That one began after a year of the invented quarters,
in the jobcentre that was planted to become better, so that there is an effect to see. Nobody is mailed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from jobcenter.accounts.models import Membership, Role
from jobcenter.centres.demo import AREA_OFFICER
from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.demo import Demo
from regions.comparison.demo import BACK, INSURED, JOB, READY
from regions.interventions import acting, agreeing, closing, measuring, opening
from regions.interventions.models import (
    Action,
    Agreement,
    Assistance,
    FollowUp,
    Intervention,
    Meeting,
    Reply,
    Target,
)
from regions.interventions.opening import About
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import Frequency, Period, latest_ended
from regions.oversight.models import Flag, FlagQuerySet
from regions.oversight.way import State as FlagState

ORDER = 95

AGREED, IN_DIALOGUE, OFFERED, ASKED = "0330", "0265", "0306", "0360"
"""Slagelse, Roskilde, Odsherred and Lolland."""

PARTICIPANTS = "Jobcenterchef, faglig leder, områdets konsulent"


def load(world: Demo) -> None:
    officer = Membership.objects.get(user__email=AREA_OFFICER.email)
    one_that_helped(world, officer)
    one_with_an_agreement(world, officer)
    one_in_dialogue(world, officer)
    one_with_an_offer(world, officer)
    one_asked_for(world)
    one_from_a_flag(world, officer)
    world.tell(f"{Intervention.objects.count()} interventions, one of them closed with its effect")


def one_that_helped(world: Demo, officer: Membership) -> Intervention:
    """From a flag confirmed about a year ago; everything in it, and closed as resolved."""
    flag = confirmed(officer).filter(decided_at__lt=world.now - timedelta(days=250)).earliest("decided_at")
    assert flag.decided_at
    manager = manager_of(flag.jobcentre)
    began = timezone.localdate(flag.decided_at) + timedelta(days=3)
    whole = opening.begin(
        flags=[flag],
        by=officer,
        reason="Jobcentret genkender billedet og vil gerne tale om det. Vi begynder med et møde.",
        at=at(began, 9),
    )
    held(whole, officer, day=weekday(began + timedelta(days=14)), notes=NOTES, agreed_by=manager)
    figures = measuring.series(jobcentre=flag.jobcentre, measure=flag.measure, group=flag.target_group)
    before = [figure.value for figure in figures if figure.ends_on < began]
    agreed = agreement(
        whole,
        officer,
        manager,
        purpose="Færre tilbage på ydelse inden for et år, ved opfølgning i de første uger i et nyt job.",
        target=Target(
            measure=flag.measure,
            target_group=flag.target_group,
            from_value=round(before[-1], 1),
            to_value=round((before[-1] + figures[-1].value) / 2),
            period=figures[-1].period,
        ),
        actions=[
            Action(
                what="Ring til borger og virksomhed efter to og seks uger i et nyt job",
                who="Jobkonsulenterne",
                due_on=began + timedelta(days=90),
            ),
            Action(
                what="Gennemgå halvtreds forløb, der endte i ydelse igen",
                who="Faglig leder, områdets konsulent",
                due_on=began + timedelta(days=120),
            ),
        ],
        day=began + timedelta(days=40),
    )
    help_given = offer(
        whole,
        officer,
        what="Gennemgang af opfølgningen efter jobstart, sammen med jobkonsulenterne",
        hours=60,
        offered=began + timedelta(days=42),
        report_by=began + timedelta(days=170),
    )
    acting.take("accept_assistance", help_given, by=manager, at=at(began + timedelta(days=45), 11))
    for action in agreed.undone():
        agreeing.say_done(agreed, what=action.what, by=manager, at=at(action.day - timedelta(days=8), 10))
    acting.take(
        "finish_assistance",
        help_given,
        by=officer,
        at=at(began + timedelta(days=165), 14),
        hours_used=56,
        report="Der ringes nu i hvert tredje job i de første uger mod hvert tiende før. Aftalen med "
        "virksomheden er det, der virker; den er skrevet ind i arbejdsgangen.",
    )
    for due in whole.follow_ups.all():
        closing.follow_up(
            due,
            by=officer,
            reason="Målet er nået, og jobcentret har holdt fast i opringningerne.",
            at=world.now - timedelta(days=12),
        )
    return closing.resolve(
        whole,
        by=officer,
        reason="Resultatet er tilbage, hvor det skal være, og jobcentret fortsætter selv.",
        at=world.now - timedelta(days=9),
    )


def one_with_an_agreement(world: Demo, officer: Membership) -> Intervention:
    """Signed, with a follow-up in a few days and a consultant at work: of the manager one can sign in as."""
    centre, about = jobcentre(AGREED), subject(BACK, INSURED)
    manager, today = manager_of(centre), world.today
    measure, group = about
    newest = measuring.latest(jobcentre=centre, measure=measure, group=group)
    value = round(newest.value, 1) if newest else 0.0
    whole = asked_and_taken_up(
        centre,
        officer,
        about=[about],
        wish="Flere kommer tilbage på ydelse, end vi kan forklare. Vi vil gerne have et blik udefra.",
        answer="Godt, at I spørger. Vi ser på tallene sammen.",
        at=at(today - timedelta(days=80), 9),
    )
    held(whole, officer, day=today - timedelta(days=66), notes=NOTES, agreed_by=manager)
    agreement(
        whole,
        officer,
        manager,
        purpose="Færre tilbage på ydelse inden for et år, ved opfølgning i de første uger i et nyt job.",
        target=Target(
            measure=measure,
            target_group=group,
            from_value=value,
            to_value=round(value) - 3,
            period=coming_quarters(today).code,
        ),
        actions=[
            Action(
                what="Ring til borger og virksomhed efter to og seks uger i et nyt job",
                who="Jobkonsulenterne",
                due_on=today + timedelta(days=30),
            ),
            Action(
                what="Gennemgå halvtreds forløb, der endte i ydelse igen",
                who="Faglig leder, områdets konsulent",
                due_on=today + timedelta(days=60),
            ),
        ],
        day=today - timedelta(days=45),
    )
    help_given = offer(
        whole,
        officer,
        what="Gennemgang af opfølgningen efter jobstart, sammen med jobkonsulenterne",
        hours=40,
        offered=today - timedelta(days=44),
        report_by=today + timedelta(days=40),
    )
    acting.take("accept_assistance", help_given, by=manager, at=at(today - timedelta(days=41), 13))
    follow = FollowUp(
        intervention=whole, due_on=weekday(today + timedelta(days=6)), what="Hvor langt handlingerne er nået"
    )
    acting.take("plan_follow_up", follow, by=officer, at=at(today - timedelta(days=40), 10))
    return whole


def one_in_dialogue(world: Demo, officer: Membership) -> Intervention:
    """A meeting has been held, and its notes wait for the jobcentre, which has said something itself."""
    centre, today = jobcentre(IN_DIALOGUE), world.today
    manager = manager_of(centre)
    whole = asked_and_taken_up(
        centre,
        officer,
        about=[subject(JOB, INSURED)],
        wish="Vi vil gerne drøfte vores indsats for dagpengemodtagerne med andre end os selv.",
        answer="Ja. Vi tager de jobcentre med, I sammenlignes med.",
        at=at(today - timedelta(days=24), 9),
    )
    held(whole, officer, day=weekday(today - timedelta(days=5)), notes=NOTES)
    meet(whole, officer, day=weekday(today + timedelta(days=9)), planned=today - timedelta(days=3))
    Reply.objects.create(
        intervention=whole,
        by=manager.user,
        organisation=manager.organisation,
        text="To virksomheder med mange ansatte lukkede i foråret; det kan ses i tallene fra da af.",
        at=at(today - timedelta(days=4), 12),
    )
    return whole


def one_with_an_offer(world: Demo, officer: Membership) -> Intervention:
    """Consultant assistance that the jobcentre has not answered within the time."""
    whole = asked_and_taken_up(
        jobcentre(OFFERED),
        officer,
        about=[],
        wish="Vi er få medarbejdere og vil gerne have hjælp til at tilrettelægge virksomhedsarbejdet.",
        answer="Det kan vi hjælpe med. I får et tilbud om bistand.",
        at=at(world.today - timedelta(days=30), 9),
    )
    offer(
        whole,
        officer,
        what="Tilrettelæggelse af virksomhedsarbejdet i et lille jobcenter",
        hours=24,
        offered=world.today - timedelta(days=17),
        report_by=world.today + timedelta(days=75),
    )
    return whole


def one_asked_for(world: Demo) -> Intervention:
    """A wish that the office has not answered yet."""
    centre = jobcentre(ASKED)
    return opening.ask_for_help(
        jobcentre=centre,
        about=[subject(JOB, READY)],
        by=manager_of(centre),
        reason="Vi har skiftet ledelse og vil gerne have hjælp til at læse vores egne tal.",
        at=at(world.today - timedelta(days=4), 10),
    )


def one_from_a_flag(world: Demo, officer: Membership) -> Intervention:
    """A flag that was just confirmed leads to a first meeting."""
    flag = confirmed(officer).latest("decided_at")
    assert flag.decided_at
    began = flag.decided_at + timedelta(hours=1)
    whole = opening.begin(
        flags=[flag],
        by=officer,
        reason="Resultatet ligger klart under det forventede, og jobcentret genkender billedet.",
        at=began,
    )
    meet(whole, officer, day=weekday(world.today + timedelta(days=12)), planned=timezone.localdate(began))
    return whole


NOTES = (
    "Enige om billedet: det er de første uger, der skiller jobcentret fra dem, det sammenlignes med.\n"
    "Jobcentret har haft to ledige stillinger, som nu er besat.\n"
    "Vi ser på arbejdsgangene, og på hvad der kan aftales."
)


def asked_and_taken_up(
    centre: Jobcentre,
    officer: Membership,
    *,
    about: Sequence[About],
    wish: str,
    answer: str,
    at: datetime,
) -> Intervention:
    asked = opening.ask_for_help(
        jobcentre=centre,
        about=about,
        by=manager_of(centre),
        reason=wish,
        at=at - timedelta(days=6),
    )
    return opening.take_up(asked, by=officer, reason=answer, at=at)


def meet(whole: Intervention, officer: Membership, *, day: date, planned: date) -> Meeting:
    meeting = Meeting(
        intervention=whole,
        starts_at=at(day, 10),
        place=whole.jobcentre.name,
        participants=PARTICIPANTS,
        agenda=(
            "Resultaterne ved siden af, hvad vilkårene tilsiger\n"
            "Hvad jobcentret selv ser\n"
            "Hvad der er prøvet\n"
            "Hvad der skal ske nu, og hvem der gør det"
        ),
    )
    return acting.take("plan_meeting", meeting, by=officer, at=at(planned, 14))


def held(
    whole: Intervention,
    officer: Membership,
    *,
    day: date,
    notes: str,
    agreed_by: Membership | None = None,
) -> Meeting:
    meeting = meet(whole, officer, day=day, planned=day - timedelta(days=9))
    acting.take("hold_meeting", meeting, by=officer, at=at(day + timedelta(days=1), 9), notes=notes)
    if agreed_by:
        acting.take("agree_notes", meeting, by=agreed_by, at=at(day + timedelta(days=3), 9))
    return meeting


def agreement(
    whole: Intervention,
    officer: Membership,
    manager: Membership,
    *,
    purpose: str,
    target: Target,
    actions: Sequence[Action],
    day: date,
) -> Agreement:
    """Drafted, put forward and signed, within a week."""
    drafted = agreeing.draft(
        whole,
        purpose=purpose,
        targets=[target],
        actions=actions,
        by=officer,
        at=at(day - timedelta(days=6), 9),
    )
    agreeing.put_forward(
        drafted, answer_by=day + timedelta(days=10), by=officer, at=at(day - timedelta(days=4), 9)
    )
    return agreeing.sign(drafted, seen=drafted.version, by=manager, at=at(day, 15))


def offer(
    whole: Intervention, officer: Membership, *, what: str, hours: int, offered: date, report_by: date
) -> Assistance:
    assistance = Assistance(
        intervention=whole,
        what=what,
        hours_planned=hours,
        answer_by=offered + timedelta(days=14),
        ends_on=report_by,
    )
    return acting.take("offer_assistance", assistance, by=officer, at=at(offered, 9))


def confirmed(officer: Membership) -> FlagQuerySet:
    """The flags of the officer's area that nothing has come of yet."""
    flags = Flag.objects.visible_to_office(officer.organisation.area_office)
    return flags.filter(state=FlagState.CONFIRMED, led_to=None)


def jobcentre(code: str) -> Jobcentre:
    return Jobcentre.objects.get(code=code)


def manager_of(centre: Jobcentre) -> Membership:
    return Membership.objects.filter(organisation=centre.organisation, role=Role.MANAGER).earliest("pk")


def subject(measure: str, group: str) -> About:
    return Measure.objects.get(code=measure), TargetGroup.objects.get(code=group)


def coming_quarters(today: date) -> Period:
    """The four quarters that end in about half a year."""
    last = latest_ended(Frequency.FOUR_QUARTERS, on=today).last
    return Period(Frequency.FOUR_QUARTERS, last + 6)


def at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def weekday(day: date) -> date:
    """The Monday after, where the day falls in a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day
