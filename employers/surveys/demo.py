"""Half a year of the survey: every week drawn from its seed, and some of those who were asked silent.

How the vacancies ended is left as it was planted: some of those whose end is known are told to have closed
without an answer, and to have been told by the survey or by the employer some days later.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from employers.surveys.drawing import WEEK, monday
from employers.surveys.lots import Candidate
from employers.surveys.models import Draw, Lacking, Plan, Survey
from employers.vacancies.models import Act, Outcome, State, Vacancy, VacancyLog
from employers.vacancies.outcomes import FILLED
from jobcenter.runtime.days import quarter
from jobcenter.runtime.demo import SEED, Demo

ORDER = 47

WEEKS = 26
CLOSED_WITHOUT_ANSWER = 0.3
"""Of the vacancies whose end is known."""

Quarter = tuple[int, int, int]
"""A company, a year and its quarter."""


def load(world: Demo) -> None:
    plan = Plan.objects.valid(world.today).first()
    if not plan:
        return
    # Of its own, so that the rooms that come after invent what they would have without it.
    draw_lots = random.Random(SEED)
    asked: set[Quarter] = set()
    draws, surveys, told = [], [], []
    for week, closed in sorted(_weeks(world, plan, draw_lots).items()):
        on = week + WEEK + timedelta(days=plan.waits_days)
        frame = [one for one in closed if _quarter(one, on) not in asked]
        draw = _draw(week, plan, frame, on=on, seed=f"{draw_lots.getrandbits(128):032x}")
        drawn = set(draw.drawn())
        asked |= {_quarter(one, on) for one in frame if one.pk in drawn}
        draws.append(draw)
        for vacancy in closed:
            if vacancy.pk in drawn:
                surveys.append(_survey(vacancy, draw, world, on=on, draw_lots=draw_lots))
                told += [_told(surveys[-1])] if surveys[-1].answered_at else []
            elif vacancy.outcome != Outcome.UNKNOWN:
                told.append(_told_unasked(vacancy, world, draw_lots))
    # The database takes an answer only where the vacancy's log knows of it.
    VacancyLog.objects.bulk_create(told, batch_size=2000)
    Draw.objects.bulk_create(draws)
    Survey.objects.bulk_create(surveys, batch_size=2000)
    answered = sum(1 for survey in surveys if survey.answered_at)
    world.tell(f"{len(draws)} weeks of the recruitment survey, {len(surveys)} asked, {answered} answered")


def _weeks(world: Demo, plan: Plan, draw_lots: random.Random) -> dict[date, list[Vacancy]]:
    """What closed without an answer in each of the weeks that are drawn by now."""
    last = monday(world.today - timedelta(days=plan.waits_days)) - WEEK
    first = last - (WEEKS - 1) * WEEK
    closed = (
        Vacancy.objects.filter(
            state=State.CLOSED,
            enquiry__isnull=False,
            closed_at__date__range=(first, last + WEEK - timedelta(days=1)),
        )
        .exclude(outcome=Outcome.WITHDRAWN)
        .order_by("pk")
    )
    found: defaultdict[date, list[Vacancy]] = defaultdict(list)
    for vacancy in closed:
        if vacancy.outcome == Outcome.UNKNOWN or draw_lots.random() < CLOSED_WITHOUT_ANSWER:
            assert vacancy.closed_at
            found[monday(timezone.localdate(vacancy.closed_at))].append(vacancy)
    return found


def _draw(week: date, plan: Plan, frame: list[Vacancy], *, on: date, seed: str) -> Draw:
    return Draw(
        week=week,
        seed=seed,
        percent=plan.percent,
        all_up_to=plan.all_up_to,
        open_days=plan.open_days,
        frame=[Candidate(one.pk, one.company_id) for one in frame],
        created_at=_at(week + WEEK, 5),
        due_at=_at(on, 0),
        finished_at=_at(on, 0, 1),
        attempts=1,
    )


def _survey(vacancy: Vacancy, draw: Draw, world: Demo, *, on: date, draw_lots: random.Random) -> Survey:
    """Asked the same morning; answered within ten days where the end is known, else silent."""
    survey = Survey(
        draw=draw,
        vacancy=vacancy,
        company_id=vacancy.company_id,
        asked_on=on,
        open_until=on + timedelta(days=draw.open_days),
        sent_at=min(_at(on, 7), world.now),
    )
    if vacancy.outcome != Outcome.UNKNOWN:
        assert survey.sent_at
        latest = min(survey.sent_at + timedelta(days=10), world.now)
        survey.answered_at = survey.sent_at + (latest - survey.sent_at) * draw_lots.random()
        survey.outcome = vacancy.outcome
        survey.filled = vacancy.positions if vacancy.outcome in FILLED else 0
        survey.lacking = "" if vacancy.outcome == Outcome.FILLED_AS_WANTED else _lacking(draw_lots)
    return survey


def _lacking(draw_lots: random.Random) -> str:
    return draw_lots.choices(["", *Lacking.values], weights=(3, 4, 6, 5, 2))[0]


def _told(survey: Survey) -> VacancyLog:
    assert survey.answered_at
    return _log(survey.vacancy, Act.SURVEYED, at=survey.answered_at)


def _told_unasked(vacancy: Vacancy, world: Demo, draw_lots: random.Random) -> VacancyLog:
    assert vacancy.closed_at
    later = vacancy.closed_at + timedelta(days=draw_lots.randint(1, 20))
    return _log(vacancy, Act.ANSWERED, at=min(later, world.now))


def _log(vacancy: Vacancy, act: Act, *, at: datetime) -> VacancyLog:
    return VacancyLog(
        subject=vacancy,
        from_state=State.CLOSED,
        to_state=State.CLOSED,
        act=act,
        comment=vacancy.get_outcome_display(),
        at=at,
    )


def _quarter(vacancy: Vacancy, on: date) -> Quarter:
    return vacancy.company_id, *quarter(on)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
