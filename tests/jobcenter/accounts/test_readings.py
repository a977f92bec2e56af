"""Every reading of a candidate or a note is a line that nobody changes; without it there is no page.

That no page is without its line, the access matrix tries for every address (`tests/test_access.py`).
"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Reading
from tests.making_referrals import candidate_of, complete

CANDIDATE, CONTACT = "referrals.candidate", "contacts.contact"


@pytest.fixture
def candidate(koege, occupation):
    return candidate_of(koege, occupation=occupation)


@pytest.fixture
def vacancy_of_roskilde(make_vacancy, roskilde):
    return make_vacancy(
        state=Vacancy.State.PUBLISHED, published_at=timezone.now(), jobcentre=roskilde.jobcentre
    )


def reader(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_line_says_who_for_whom_what_whose_where_and_when(koege, candidate):
    before = timezone.now()

    reader(koege.caseworker).get(reverse("referrals:candidate", args=[candidate.pk]))

    line = Reading.objects.get()
    assert (line.by, line.organisation) == (koege.caseworker, koege.jobcentre.organisation)
    assert (line.kind, line.key, line.owner) == (CANDIDATE, candidate.pk, koege.jobcentre.organisation)
    assert (line.where, line.page) == (Reading.Where.PAGE, "referrals:candidate")
    assert before <= line.at <= timezone.now()


def test_another_jobcentre_that_matches_is_seen_by_the_owner(koege, roskilde, candidate, vacancy_of_roskilde):
    client = reader(roskilde.caseworker)
    page = client.get(reverse("referrals:matches", args=[vacancy_of_roskilde.pk]))
    assert candidate.reference in page.text

    seen = reader(koege.manager).get(reverse("accounts:readings"))

    assert "Sofie Lind" in seen.text
    assert "Jobcenter Roskilde" in seen.text
    assert candidate.reference in seen.text
    assert "blandt dem, der passer" in seen.text.lower()
    assert "Sofie Lind" not in reader(roskilde.manager).get(reverse("accounts:readings")).text


def test_the_employers_link_is_a_reading_by_whoever_has_it(koege, candidate, vacancy_of_roskilde, employer):
    referral = complete(vacancy=vacancy_of_roskilde, candidate=candidate, state="sent")

    Client().get(referral.link)

    line = Reading.objects.get()
    assert line.by is None
    assert line.organisation == employer.memberships.get().organisation
    assert line.where == Reading.Where.LINK


def test_a_note_is_read_and_a_contact_without_one_is_not(koege, roskilde, make_contact, company):
    with_note = make_contact(note="Ring om natholdet")
    make_contact(happened_at=timezone.now())
    for person in (koege.caseworker, roskilde.caseworker):
        reader(person).get(reverse("desk:company", args=[company.pk]))

    line = Reading.objects.get()
    assert (line.kind, line.key, line.by) == (CONTACT, with_note.pk, koege.caseworker)


def test_a_file_is_a_reading_of_all_that_is_in_it(koege, occupation):
    made = [candidate_of(koege, occupation=occupation) for _number in range(3)]

    reader(koege.caseworker).get(reverse("referrals:candidates"), {"hent": "csv"})

    assert set(Reading.objects.values_list("key", "where")) == {(one.pk, Reading.Where.FILE) for one in made}


def test_a_list_is_written_down_in_one_statement(koege, occupation):
    for _number in range(5):
        candidate_of(koege, occupation=occupation)
    client = reader(koege.caseworker)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(reverse("referrals:candidates"))

    inserts = [one["sql"] for one in asked if 'INSERT INTO "accounts_reading"' in one["sql"]]
    assert len(inserts) == 1
    assert Reading.objects.count() == 5


def test_without_a_line_there_is_no_page(koege, candidate):
    """The table is locked away from the log: what cannot be written down is not shown."""
    client = reader(koege.caseworker)
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_reading ADD CONSTRAINT full_disk CHECK (false)")

    page = client.get(reverse("referrals:candidate", args=[candidate.pk]))

    assert page.status_code == 500
    assert candidate.reference not in page.text


def test_who_is_refused_has_read_nothing(roskilde, candidate):
    page = reader(roskilde.caseworker).get(reverse("referrals:candidate", args=[candidate.pk]))

    assert page.status_code == 404
    assert not Reading.objects.exists()


def test_nobody_changes_or_deletes_a_line(koege, candidate):
    reader(koege.caseworker).get(reverse("referrals:candidate", args=[candidate.pk]))

    for act in (lambda: Reading.objects.update(by=None), Reading.objects.all().delete):
        with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
            act()


def test_the_manager_chooses_what_to_see(koege, roskilde, candidate, vacancy_of_roskilde):
    reader(koege.caseworker).get(reverse("referrals:candidate", args=[candidate.pk]))
    reader(roskilde.caseworker).get(reverse("referrals:matches", args=[vacancy_of_roskilde.pk]))
    manager = reader(koege.manager)

    def shown(**chosen: str) -> set[str]:
        page = manager.get(reverse("accounts:readings"), chosen)
        return {str(row["reading"].by) for row in page.context["rows"]}

    assert shown() == {"Karim Holst", "Sofie Lind"}
    assert shown(others="on") == {"Sofie Lind"}
    assert shown(who="karim") == {"Karim Holst"}
    assert shown(until="2020-01-01") == set()
    assert shown(since="2020-01-01") == {"Karim Holst", "Sofie Lind"}
    assert manager.get(reverse("accounts:readings"), {"since": "i går"}).status_code == 200


def test_the_file_of_the_log_holds_the_same_lines(koege, roskilde, candidate, vacancy_of_roskilde):
    reader(roskilde.caseworker).get(reverse("referrals:matches", args=[vacancy_of_roskilde.pk]))

    file = reader(koege.manager).get(reverse("accounts:readings"), {"hent": "csv"})

    assert "Sofie Lind" in file.getvalue().decode()
