"""What happens to an enquiry and its vacancy together: steps that tell the employer, and days that pass."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from employers.enquiries import letters
from employers.enquiries.models import Draft, Enquiry, Kind, State, Step
from employers.vacancies.arrival import settle
from employers.vacancies.models import Act, Outcome, Vacancy, VacancyQuerySet
from employers.vacancies.models import State as VacancyState
from employers.vacancies.steps import Step as LifeStep
from employers.vacancies.steps import StepForm
from jobcenter.accounts.models import Organisation, User
from jobcenter.runtime.work import publish

REMIND_BEFORE = timedelta(days=3)
BATCH = 100
"""Vacancies in one go, each in a transaction of its own; what is left is looked for at once again."""

STILL_OPEN = (VacancyState.PUBLISHED, VacancyState.PAUSED)


@transaction.atomic
def take(
    step: LifeStep, enquiry: Enquiry, form: StepForm, *, by: User | None, organisation: Organisation | None
) -> Vacancy:
    """Take a step of the vacancy's life. With the vacancy its enquiry ends, once the outcome is known.

    Raises TransitionRefused when somebody was there first.
    """
    enquiry = Enquiry.objects.select_for_update(of=("self",)).select_related("vacancy").get(pk=enquiry.pk)
    vacancy = vacancy_of(enquiry)
    step.act(vacancy, form, by=by, organisation=organisation)
    is_over = vacancy.state == VacancyState.CLOSED and vacancy.outcome != Outcome.UNKNOWN
    if is_over and enquiry.state != State.CLOSED:
        enquiry.close(by=by, organisation=organisation)
    return vacancy


@transaction.atomic
def change(enquiry: Enquiry, **fields: Any) -> Vacancy:
    """The employer changes the vacancy before it is published, and it is looked at anew."""
    vacancy = vacancy_of(enquiry)
    vacancy.change(by=None, organisation=enquiry.company.organisation, **fields)
    return settle(vacancy, email=enquiry.person.email)


@transaction.atomic
def send_back(enquiry: Enquiry, *, reason: str, by: User, organisation: Organisation) -> None:
    """Ask the employer to change the vacancy, and mail them what. Raises TransitionRefused."""
    vacancy_of(enquiry).send_back(reason=reason, by=by, organisation=organisation)
    letters.send_back(enquiry, by=by, text=reason.strip())


def copied(enquiry: Enquiry) -> Draft:
    """A new draft with all that the vacancy said but its days. Nothing is saved."""
    vacancy, place = vacancy_of(enquiry), enquiry.workplace
    where = (
        {"workplace": place.p_number}
        if place.p_number
        else {"address": place.address, "postcode": place.postcode, "municipality": place.municipality.code}
    )
    return Draft(
        kind=Kind.RECRUIT,
        language=enquiry.language,
        answers={
            Step.COMPANY.value: {
                "cvr": enquiry.company.cvr,
                "company_name": enquiry.company.name,
                "name": enquiry.person.name,
                "email": enquiry.person.email,
                **where,
            },
            Step.NEED.value: {
                "title": vacancy.title,
                "occupation": f"{vacancy.occupation.title} ({vacancy.occupation.code})",
                "code": vacancy.occupation.code,
                "terms": vacancy.terms,
                "positions": str(vacancy.positions),
                "hours": f"{vacancy.hours:f}",
                "text": vacancy.text,
            },
        },
    )


def remind_of_deadlines(*, on: date) -> int:
    """Tell employers that the last day to apply comes near, once for each such day. How many were told.

    Two at the same time tell nobody twice: a vacancy is locked while it is told of, and remembers the day.
    """
    near = Vacancy.objects.filter(
        state__in=STILL_OPEN, apply_by__gte=on, apply_by__lte=on + REMIND_BEFORE
    ).exclude(reminded_of=F("apply_by"), reminded_of__isnull=False)
    return _each(near, _remind, again="enquiries.remind_of_deadlines")


def close_after_deadline(*, on: date) -> int:
    """Close what nobody can apply for any more. How it ended is unknown until the employer says so.

    Also what a labour conflict holds; what was never published waits for people. Returns how many closed.
    """
    over = Vacancy.objects.filter(
        Q(state__in=STILL_OPEN) | Q(state=VacancyState.HELD, published_at__isnull=False), apply_by__lt=on
    )
    return _each(over, _close, again="enquiries.close_after_deadline")


def close_with_their_vacancies() -> int:
    """End enquiries whose vacancy has ended in another way, such as the hire of a referred candidate.

    How many. Rows that somebody else holds are found the next minute; doing it twice changes nothing.
    """
    ended = Enquiry.objects.filter(vacancy__state=VacancyState.CLOSED).exclude(
        Q(vacancy__outcome=Outcome.UNKNOWN) | Q(state=State.CLOSED)
    )
    with transaction.atomic():
        found = list(ended.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:BATCH])
        for enquiry in found:
            enquiry.close(by=None, organisation=enquiry.company.organisation)
    return len(found)


def vacancy_of(enquiry: Enquiry) -> Vacancy:
    if not enquiry.vacancy:
        raise ValueError("the enquiry is not about a vacancy")
    return enquiry.vacancy


def _each(vacancies: VacancyQuerySet, act: Any, *, again: str) -> int:
    """Do it for a batch, oldest deadline first; whoever holds a row does it, the others pass it by."""
    pks = list(vacancies.order_by("apply_by", "pk").values_list("pk", flat=True)[:BATCH])
    done = 0
    for pk in pks:
        with transaction.atomic():
            vacancy = (
                vacancies.filter(pk=pk).select_for_update(of=("self",), skip_locked=True).order_by().first()
            )
            if vacancy:
                act(vacancy)
                done += 1
    if len(pks) == BATCH:
        publish(again)
    return done


def _remind(vacancy: Vacancy) -> None:
    vacancy.reminded_of = vacancy.apply_by
    vacancy.save(update_fields=["reminded_of"])
    vacancy.note(Act.REMINDED, by=None, organisation=None)
    if enquiry := _enquiry_of(vacancy):
        letters.tell_deadline(enquiry)


def _close(vacancy: Vacancy) -> None:
    vacancy.close(outcome=Outcome.UNKNOWN, by=None, organisation=None)
    if enquiry := _enquiry_of(vacancy):
        letters.tell_closed(enquiry)


def _enquiry_of(vacancy: Vacancy) -> Enquiry | None:
    return (
        Enquiry.objects.select_related("person", "vacancy", "jobcentre", "owner", "company")
        .filter(vacancy=vacancy)
        .first()
    )
