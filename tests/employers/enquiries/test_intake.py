"""Sending an enquiry: all of it happens, once, or nothing does."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from celery import current_app
from django.db import close_old_connections, connection
from django.utils import timezone, translation

from employers.companies.models import Company, Person, Workplace
from employers.enquiries.asked import Incomplete
from employers.enquiries.clock import DENMARK
from employers.enquiries.intake import submit
from employers.enquiries.models import Draft, Enquiry, Kind, Step
from employers.enquiries.ownership import NobodyOwns
from employers.vacancies.models import Vacancy
from jobcenter.centres.models import Serves
from jobcenter.notifications import outbox
from jobcenter.notifications.models import Mail
from tests.employers.enquiries.conftest import AT_ROSKILDE, UNKNOWN_CVR

THURSDAY = datetime(2026, 11, 19, 10, 51, tzinfo=DENMARK)


def nothing_is_saved() -> bool:
    return not any(table.objects.exists() for table in (Enquiry, Vacancy, Company, Workplace, Person, Mail))


@pytest.mark.django_db
def test_an_enquiry_has_its_jobcentre_owner_promise_vacancy_and_receipt(koege, occupation, make_draft):
    draft = make_draft()
    now = timezone.now()

    enquiry = submit(draft=draft, at=now)

    assert (enquiry.jobcentre, enquiry.owner) == (koege.jobcentre, koege.caseworker)
    assert (enquiry.company.name, enquiry.company.from_register) == ("Tigermosens Plast ApS", True)
    assert (enquiry.person.name, enquiry.person.email) == ("Mette Bruun", "mette.bruun@tigermosen.example")
    assert enquiry.workplace.municipality == koege.municipality
    vacancy = enquiry.vacancy
    assert (vacancy.title, vacancy.positions, vacancy.hours) == ("Procesoperatør", 2, 37.5)
    assert (vacancy.occupation, vacancy.state, vacancy.jobcentre) == (
        occupation,
        Vacancy.State.SUBMITTED,
        koege.jobcentre,
    )
    assert [row.to_state for row in enquiry.log.all()] == ["received"]
    assert [row.to_state for row in vacancy.log.all()] == ["submitted"]
    assert Mail.objects.get().to == enquiry.person.email
    draft.refresh_from_db()
    assert (draft.enquiry, draft.answers) == (enquiry, {})


@pytest.mark.django_db
@pytest.mark.parametrize("days", [1, 2, 5])
def test_the_promise_is_the_jobcentres_own(koege, make_draft, days):
    koege.jobcentre.answers_within = days
    koege.jobcentre.save()
    due = {1: (20, 12), 2: (23, 12), 5: (26, 12)}[days]

    enquiry = submit(draft=make_draft(kind=Kind.OTHER), at=THURSDAY)

    assert enquiry.answer_due_at == datetime(2026, 11, *due, tzinfo=DENMARK)


@pytest.mark.django_db
def test_the_workplace_decides_which_jobcentre_is_responsible(roskilde, make_draft):
    enquiry = submit(draft=make_draft(workplace=AT_ROSKILDE), at=timezone.now())

    assert (enquiry.jobcentre, enquiry.owner) == (roskilde.jobcentre, roskilde.caseworker)


@pytest.mark.django_db
def test_another_place_goes_by_its_postcode(roskilde, make_draft):
    draft = make_draft(workplace="andet", address="Havnevej 3", postcode="4000")

    enquiry = submit(draft=draft, at=timezone.now())

    assert enquiry.jobcentre == roskilde.jobcentre
    assert (enquiry.workplace.p_number, str(enquiry.workplace)) == (None, "Havnevej 3, 4000 Roskilde")


@pytest.mark.django_db
def test_a_company_the_register_does_not_have_is_as_it_was_typed(koege, make_draft):
    draft = make_draft(
        cvr=UNKNOWN_CVR, company_name="Splinterny ApS", address="Nyvej 1", postcode="4600", workplace=""
    )

    company = submit(draft=draft, at=timezone.now()).company

    assert (company.cvr, company.name, company.from_register) == (UNKNOWN_CVR, "Splinterny ApS", False)


@pytest.mark.django_db
def test_what_somebody_types_changes_nobody_we_know(koege, make_draft):
    first = submit(draft=make_draft(), at=timezone.now())

    second = submit(draft=make_draft(name="Falsk Navn", phone="99 99 99 99"), at=timezone.now())

    assert second.person == first.person
    first.person.refresh_from_db()
    assert (first.person.name, first.person.phone) == ("Mette Bruun", "56 00 12 34")
    assert second.log.get().comment == "Falsk Navn, 99 99 99 99", "the caseworker sees who signed"
    assert (Company.objects.count(), Workplace.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_an_enquiry_of_another_kind_has_a_message_and_no_vacancy(make_draft):
    enquiry = submit(draft=make_draft(kind=Kind.RETENTION), at=timezone.now())

    assert (enquiry.vacancy, enquiry.message) == (None, "Vi mangler en, der kan pakke.")


@pytest.mark.django_db
def test_it_is_written_down_in_which_language_the_employer_writes(make_draft):
    with translation.override("en"):
        enquiry = submit(draft=make_draft(), at=timezone.now())

    assert (enquiry.language, Mail.objects.get().language) == ("en", "en")


@pytest.mark.django_db
def test_sending_a_second_time_gives_the_same_enquiry_and_no_second_mail(make_draft):
    draft = make_draft()

    first = submit(draft=draft, at=timezone.now())
    second = submit(draft=draft, at=timezone.now())

    assert second == first
    assert (Enquiry.objects.count(), Vacancy.objects.count(), Mail.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_sending_twice_at_the_same_moment_gives_one_enquiry_and_one_mail(make_draft):
    draft = make_draft()
    together = threading.Barrier(2, timeout=15)
    received: list[Enquiry] = []

    def send() -> None:
        together.wait()
        try:
            received.append(submit(draft=draft, at=timezone.now()))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()

    assert len(received) == 2
    assert received[0] == received[1]
    assert (Enquiry.objects.count(), Vacancy.objects.count(), Mail.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
def test_a_municipality_nobody_answers_for_saves_nothing_but_the_draft(koege, make_draft):
    draft = make_draft()
    Serves.objects.filter(jobcentre=koege.jobcentre).update(valid_to=timezone.localdate())

    with pytest.raises(Incomplete) as missing:
        submit(draft=draft, at=timezone.now())

    assert missing.value.step == Step.COMPANY
    assert nothing_is_saved()
    assert Draft.objects.get().answers == draft.answers


@pytest.mark.django_db
def test_without_an_owner_nothing_is_saved_but_the_draft(koege, make_draft):
    draft = make_draft()
    koege.caseworker.delete()
    koege.manager.delete()

    with pytest.raises(NobodyOwns):
        submit(draft=draft, at=timezone.now())

    assert nothing_is_saved()
    assert Draft.objects.get().answers == draft.answers


@pytest.mark.django_db
def test_a_closing_date_that_has_passed_since_it_was_typed_is_refused(make_draft):
    draft = make_draft(apply_by=str(timezone.localdate() - timedelta(days=1)))

    with pytest.raises(Incomplete) as missing:
        submit(draft=draft, at=timezone.now())

    assert missing.value.step == Step.NEED
    assert nothing_is_saved()


@pytest.fixture
def redis_away():
    """This process publishes to where nobody listens."""
    app = current_app._get_current_object()
    before = app.conf.broker_url, app._pool, app.amqp._producer_pool
    app.conf.update(broker_url="redis://127.0.0.1:1/0", broker_write_url="redis://127.0.0.1:1/0")
    app._pool, app.amqp._producer_pool = None, None
    yield
    app.conf.update(broker_url=before[0], broker_write_url=before[0])
    app._pool, app.amqp._producer_pool = before[1:]


@pytest.mark.django_db(transaction=True)
def test_while_redis_is_away_the_receipt_is_shown_and_its_mail_waits(redis_away, client, make_draft, caplog):
    draft = make_draft()

    page = client.post(f"/henvend/{draft.pk}/send/", follow=True)

    assert page.status_code == 200
    assert "Tak. Karim Holst i Jobcenter Køge svarer." in page.content.decode()
    assert "The queue is away" in caplog.text
    mail = Mail.objects.waiting().get()
    outbox.deliver(mail.pk)
    mail.refresh_from_db()
    assert mail.finished_at is not None
