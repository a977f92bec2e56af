"""Whatever happens on one day in all the rooms, an employer is told of it in one mail, in their language."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from employers.access.asking import prove
from employers.access.models import AccessRequest
from employers.enquiries.keeping import leave_closed
from employers.enquiries.models import Enquiry
from employers.enquiries.vacancy_life import close_after_deadline, remind_of_deadlines
from employers.placements import ending, following_up, reminding
from employers.placements.models import State
from employers.saved_searches.looking import look
from employers.saved_searches.models import SavedSearch
from employers.surveys import drawing
from employers.surveys.models import Plan
from jobcenter.notifications import choosing
from jobcenter.notifications.kinds import Audience, for_audiences
from jobcenter.notifications.models import How, Mail
from jobcenter.notifications.telling import bundle
from tests.making_placements import complete, make_law
from tests.test_english import danish_in, data

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
METTE = "mette.bruun@strandmarken.example"
SAYS = {
    "da": {
        "vacancy_deadlines": "nærmer sig",
        "colleagues": "beder om at handle for",
        "new_vacancies": "1 ny stilling",
        "placement_follow_up": "hvad kom der ud af",
        "placement_reminders": "Påmindelse",
        "enquiry_moves": "svarer jer nu",
        "recruitment_survey": "Tre korte spørgsmål om",
    },
    "en": {
        "vacancy_deadlines": "comes near",
        "colleagues": "asks to act for",
        "new_vacancies": "1 new vacancy",
        "placement_follow_up": "what came of the",
        "placement_reminders": "Reminder",
        "enquiry_moves": "answers you now",
        "recruitment_survey": "Three short questions about",
    },
}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=COPENHAGEN)


@pytest.fixture
def much_happens(request, employer, company, koege, aarhus, make_vacancy, make_enquiry):
    """On the 19th something is to be told to Mette by every room that tells employers things."""

    def happens(language: str) -> None:
        today = timezone.localdate()
        employer.email = METTE
        employer.save()
        make_law()
        for days in (1, -1):
            vacancy = make_vacancy(state="published", apply_by=today + timedelta(days=days))
            make_enquiry(vacancy=vacancy, language=language)
        Plan.objects.create(valid_from=at(1, 0), percent=50, all_up_to=40, waits_days=7, open_days=21)
        closed = make_vacancy(
            state="closed", outcome="unknown", published_at=at(1, 12), closed_at=at(6, 1, 5)
        )
        make_enquiry(vacancy=closed, language=language)
        SavedSearch.objects.create(
            email=METTE,
            query="hvad=procesoperat%C3%B8r",
            language=language,
            confirmed_at=at(17, 12),
            runs_until=today + timedelta(days=90),
            looked_at=at(17, 12),
        )
        about: dict[str, Any] = {
            "company": company,
            "jobcentre": koege.jobcentre,
            "owner": koege.caseworker,
            "language": language,
        }
        complete(
            state=State.GRANTED, starts_on=today - timedelta(days=60), ends_on=today - timedelta(14), **about
        )
        complete(
            starts_on=today + timedelta(days=2),
            representative_email=METTE,
            round=1,
            asked_at=at(9, 9),
            **about,
        )
        make_enquiry(
            kind=Enquiry.Kind.OTHER,
            message="Hej",
            jobcentre=aarhus.jobcentre,
            owner=aarhus.caseworker,
            language=language,
        )
        aarhus.jobcentre.valid_to = today
        aarhus.jobcentre.save()
        AccessRequest.objects.create(
            cvr=company.cvr,
            company_name=company.name,
            postcode="4600",
            name="Vibe Venter",
            title="Leder",
            email="vibe@strandmarken.example",
            phone="56 00 50 98",
            jobcentre=koege.jobcentre,
        )

    return happens


def everything_looks(now: datetime) -> None:
    """What beat has the worker do."""
    today = timezone.localdate(now)
    remind_of_deadlines(on=today)
    close_after_deadline(on=today)
    look(now=now)
    for draw in drawing.promise(on=today):
        drawing.carry_out(draw.pk)
    ending.end_those_that_are_over(on=today)
    following_up.ask(on=today)
    reminding.remind(at=now)
    leave_closed(at=now)
    for request in AccessRequest.objects.filter(company=None):
        prove(request, registered=None, at=now)
    bundle(now=now)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_what_happens_in_a_day_is_one_mail_in_the_employers_language(much_happens, language):
    with time_machine.travel(at(19, 5), tick=False):
        much_happens(language)
    for moment in (at(19, 6, 30), at(19, 7), at(19, 7, 1), at(19, 10), at(19, 23, 59)):
        with time_machine.travel(moment, tick=False):
            everything_looks(moment)

    mail = Mail.objects.get(to=METTE)
    assert (mail.kind, mail.language) == ("digest", language)
    for kind, words in SAYS[language].items():
        assert words in mail.body, kind
    if language == "en":
        assert danish_in(mail.body, quoted=[*data(), "Karim Holst"]) == []


@pytest.mark.django_db
def test_what_happens_after_the_mail_of_the_day_is_in_the_next_one(much_happens, make_vacancy, make_enquiry):
    with time_machine.travel(at(19, 7), tick=False):
        much_happens("da")
        everything_looks(at(19, 7))
    with time_machine.travel(at(19, 12), tick=False):
        late = make_vacancy(title="Pakker", state="published", apply_by=at(20, 0).date())
        make_enquiry(vacancy=late)
        everything_looks(at(19, 12))
    assert Mail.objects.filter(to=METTE).count() == 1

    with time_machine.travel(at(20, 7), tick=False):
        everything_looks(at(20, 7))

    first, second = Mail.objects.filter(to=METTE).order_by("pk")
    assert "Pakker" not in first.body
    assert "ansøgningsfristen for „Pakker“ nærmer sig" in second.body


@pytest.mark.django_db
def test_every_kind_that_employers_are_told_of_is_tried_here_and_can_be_stopped(much_happens):
    tried = set(SAYS["da"])
    assert {kind.code for kind in for_audiences(Audience.EMPLOYER, Audience.SEEKER)} == tried
    with time_machine.travel(at(19, 6, 30), tick=False):
        much_happens("da")
        choosing.choose(email=METTE, choices=dict.fromkeys(tried, How.OFF))
        everything_looks(at(19, 6, 30))
        everything_looks(at(19, 7))

    assert not Mail.objects.filter(to=METTE).exists()
