"""A week's draw: promised with its seed when the week is over, drawn when employers have had their time.

What is drawn and what is mailed is one transaction: a draw that breaks leaves nobody asked.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import ExtractQuarter, ExtractYear, Lower
from django.utils import timezone

from employers.surveys import letters
from employers.surveys.lots import Candidate
from employers.surveys.models import Draw, Plan, Survey, Withdrawn
from employers.surveys.notices import SURVEY
from employers.vacancies.models import Outcome, Vacancy
from employers.vacancies.models import State as VacancyState
from jobcenter.notifications.choosing import unwanted
from jobcenter.notifications.models import Notice
from jobcenter.runtime.days import midnight, quarter
from jobcenter.runtime.work import look_now, publish

WEEK = timedelta(days=7)

CAUGHT_UP = 4
"""So many weeks are drawn afterwards when the portal stood still; of one of longer ago few would remember."""


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@transaction.atomic
def promise(*, on: date, weeks: int = CAUGHT_UP) -> list[Draw]:
    """A draw for each of the latest weeks that were over on the day; each once, whoever asks how often.

    By the plan in force on the week's last day; none without one. Returns the new ones.
    """
    made = []
    for week in (monday(on) - back * WEEK for back in range(1, weeks + 1)):
        plan = Plan.objects.valid(week + WEEK - timedelta(days=1)).first()
        if not plan:
            continue
        draw, is_new = Draw.objects.get_or_create(
            week=week,
            defaults={
                "percent": plan.percent,
                "all_up_to": plan.all_up_to,
                "open_days": plan.open_days,
                "due_at": midnight(week + WEEK + timedelta(days=plan.waits_days)),
            },
        )
        if is_new:
            look_now("surveys.draw", draw.pk)
            made.append(draw)
    return made


def sweep() -> None:
    """Look for draws that are due, and for what became of the mails that were promised."""
    for pk in Draw.objects.waiting().order_by("week").values_list("pk", flat=True):
        publish("surveys.draw", pk)
    follow_mails(at=timezone.now())


def carry_out(pk: int) -> None:
    """Draw, promise the mails, and that it is done: in one transaction."""
    with Draw.objects.claim(pk) as draw:
        if draw:
            with transaction.atomic():
                _draw(draw, on=timezone.localdate())
                draw.finish()


def may_be_asked(week: date, *, on: date) -> list[Candidate]:
    """What a week's draw is drawn from, on a day: what closed in the week, and nobody has said how it ended.

    Only of companies that can be asked: somebody's address is known, that address has not stopped this kind
    of mail, and the company has neither asked to be left alone for a time nor been asked in the day's
    quarter. One query.
    """
    year, of_year = quarter(on)
    asked = Survey.objects.annotate(year=ExtractYear("asked_on"), quarter=ExtractQuarter("asked_on")).filter(
        company=OuterRef("company"), year=year, quarter=of_year
    )
    found = (
        Vacancy.objects.annotate(address=Lower("enquiry__person__email"))
        .filter(
            ~Exists(asked),
            state=VacancyState.CLOSED,
            outcome=Outcome.UNKNOWN,
            published_at__isnull=False,
            closed_at__gte=midnight(week),
            closed_at__lt=midnight(week + WEEK),
            survey=None,
        )
        .exclude(Q(address=None) | Q(address=""))
        .exclude(address__in=unwanted(SURVEY).values("email"))
        .exclude(company__preferences__paused_until__gt=on)
        .order_by("pk")
    )
    return [Candidate(*pair) for pair in found.values_list("pk", "company")]


def follow_mails(*, at: datetime) -> None:
    """Keep which of the promised mails have left, and withdraw what was answered or stopped before it did."""
    with transaction.atomic():
        Survey.objects.unsent().filter(notice__mail__isnull=False).update(
            sent_at=Notice.objects.filter(pk=OuterRef("notice")).values("mail__created_at")[:1]
        )
        told = Survey.objects.unsent().exclude(vacancy__outcome=Outcome.UNKNOWN)
        notices = list(told.exclude(notice=None).values_list("notice", flat=True))
        told.update(withdrawn_at=at, withdrawn_because=Withdrawn.TOLD)
        Notice.objects.filter(pk__in=notices, mail=None).delete()
        Survey.objects.unsent().filter(notice=None).update(
            withdrawn_at=at, withdrawn_because=Withdrawn.STOPPED
        )


def _draw(draw: Draw, *, on: date) -> None:
    draw.frame = may_be_asked(draw.week, on=on)
    draw.save(update_fields=["frame"])
    company_of = dict(draw.candidates)
    surveys = Survey.objects.bulk_create(
        [
            Survey(
                draw=draw,
                vacancy_id=vacancy,
                company_id=company_of[vacancy],
                asked_on=on,
                open_until=on + timedelta(days=draw.open_days),
            )
            for vacancy in draw.drawn()
        ]
    )
    for survey in Survey.objects.filter(pk__in=[one.pk for one in surveys]).select_related(
        "vacancy__enquiry__person"
    ):
        survey.notice = letters.ask(survey, on=on)
        survey.save(update_fields=["notice"])
