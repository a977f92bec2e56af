"""Everything about a contact person is found, and erased from every table; what stays is without them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from employers.access.models import AccessRequest, Invitation, RequestState
from employers.companies.about import about
from employers.companies.erasing import ErasureRefused, erase, find, refusals
from employers.companies.merging import merge, undo
from employers.companies.models import ERASED, Company, Erasure, Merge, Person
from employers.contacts.forms import ChangeForm, LogForm
from employers.contacts.models import Contact, Preferences
from employers.enquiries.models import Draft, Enquiry
from employers.imports.bringing import upload
from employers.imports.models import ListLine
from employers.saved_searches.models import SavedSearch
from employers.vacancies.models import Verification
from jobcenter.accounts.models import Role, Standing, User
from jobcenter.notifications.models import Mail, Recipient
from tests.conftest import make_user
from tests.making_referrals import candidate_of
from tests.making_referrals import complete as complete_referral

NAME = "Xenia Qvortrup"
EMAIL = "xenia.qvortrup@strandmarken.example"
PHONE = "99887766"
WHY = "Har bedt om det"


@pytest.fixture
def xenia(company):
    return Person.objects.create(company=company, name=NAME, email=EMAIL, phone=PHONE)


@pytest.fixture
def as_koege(koege):
    return {"jobcentre": koege.jobcentre, "by": koege.manager, "reason": WHY}


@pytest.fixture
def everywhere(company, koege, roskilde, xenia, make_contact, make_enquiry):
    """The person stands wherever a person can stand, and nothing is open."""
    now = timezone.now()
    make_contact(person=xenia, note="Vil have flere")
    make_contact(person=xenia, jobcentre=roskilde.jobcentre, by=roskilde.caseworker, note="Kun Roskildes")
    Preferences.objects.create(company=company, person=xenia)
    enquiry = make_enquiry(
        kind=Enquiry.Kind.WAGE_SUBSIDY, person=xenia, message="Kurser", state="closed", closed_at=now
    )
    typed = {"virksomhed": {"name": NAME, "email": EMAIL, "phone": PHONE}}
    Draft.objects.create(kind=Enquiry.Kind.RECRUIT, answers=typed)
    Draft.objects.create(kind=Enquiry.Kind.WAGE_SUBSIDY, answers=typed, enquiry=enquiry)
    Mail.objects.create(
        to=EMAIL, subject="Kvittering", body=f"Kære {NAME}", language="da", kind="enquiry_receipt"
    )
    recipient = Recipient.objects.create(email=EMAIL)
    recipient.notices.create(kind="x", key="1", subject=NAME, due_on=now.date())
    SavedSearch.objects.create(email=EMAIL, query="q=lager")
    Verification.objects.create(
        company=company, person=xenia, jobcentre=koege.jobcentre, by=koege.manager, how=f"{NAME} har ringet"
    )
    AccessRequest.objects.create(
        cvr=company.cvr,
        company_name=company.name,
        postcode="4600",
        name=NAME,
        title="Chef",
        email=EMAIL,
        phone=PHONE,
        jobcentre=koege.jobcentre,
        company=company,
        user=User.objects.create_user(EMAIL, name=NAME, phone=PHONE),
        state=RequestState.REFUSED,
        proven_at=now,
        decided_at=now,
    )
    Invitation.objects.create(
        company=company,
        email=EMAIL,
        standing=Standing.COLLEAGUE,
        invited_by=koege.caseworker,
        expires_at=now + timedelta(days=7),
    )
    upload(
        f"Virksomhed;CVR-nummer;Kontaktperson;E-mail\n{company.name};{company.cvr};{NAME};{EMAIL}\n".encode(),
        name="liste.csv",
        by=koege.caseworker,
        jobcentre=koege.jobcentre,
    )
    LogEntry.objects.create(
        user=koege.manager,
        content_type=ContentType.objects.get_for_model(Person),
        object_id=str(xenia.pk),
        object_repr=NAME,
        action_flag=CHANGE,
    )
    double = Person.objects.create(company=company, name=NAME + " Hansen", phone="99887755")
    merge(xenia, double, chosen={}, by=koege.caseworker, jobcentre=koege.jobcentre, why="Samme")
    return xenia


def tables_with(text: str) -> list[str]:
    """Every table, history among them, with a row in which the text stands in any column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(
                f"SELECT EXISTS (SELECT FROM {table} AS one WHERE one::text ILIKE %s)", [f"%{text}%"]
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return sorted(found)


def test_every_kind_says_what_becomes_of_it_and_why():
    kinds = list(about())

    assert len({kind.code for kind in kinds}) == len(kinds)
    assert [kind.code for kind in kinds if bool(kind.forget) == bool(kind.kept)] == []


def test_it_is_found_wherever_it_stands(everywhere, koege):
    found = {one.about.code: one for one in find(everywhere, jobcentre=koege.jobcentre, user=koege.manager)}

    assert set(found) == {
        *("companies.person", "companies.merge", "companies.administered"),
        *("contacts.contact", "contacts.preferences", "imports.line", "vacancies.verification"),
        *("enquiries.enquiry", "enquiries.draft", "saved_searches.search"),
        *("access.request", "access.invitation", "access.account"),
        *("notifications.mail", "notifications.recipient"),
    }
    assert next(iter(found)) == "companies.person"


def test_the_note_of_another_jobcentre_is_not_told_but_whose_it_is(everywhere, koege):
    found = {one.about.code: one for one in find(everywhere, jobcentre=koege.jobcentre, user=koege.manager)}
    told = json.dumps([str(one.told) for one in found.values()], ensure_ascii=False)

    assert "Vil have flere" in told
    assert "Kun Roskildes" not in told
    assert "Jobcenter Roskilde" in told


def test_what_is_another_jobcentres_own_is_not_told_but_named(xenia, koege, roskilde, company):
    Verification.objects.create(
        company=company, person=xenia, jobcentre=roskilde.jobcentre, by=roskilde.caseworker, how="Hemmeligt"
    )

    found = {one.about.code: one for one in find(xenia, jobcentre=koege.jobcentre, user=koege.manager)}

    assert not found["vacancies.verification"].told
    assert list(found["vacancies.verification"].elsewhere) == [roskilde.jobcentre.name]


def test_a_confidential_enquiry_elsewhere_is_not_even_named(xenia, koege, roskilde, make_enquiry):
    make_enquiry(
        kind=Enquiry.Kind.RETENTION,
        person=xenia,
        message="Fyring",
        jobcentre=roskilde.jobcentre,
        owner=roskilde.caseworker,
    )

    codes = {one.about.code for one in find(xenia, jobcentre=koege.jobcentre, user=koege.manager)}
    said = refusals(xenia, jobcentre=koege.jobcentre, user=koege.manager)

    assert "enquiries.enquiry" not in codes
    assert len(said) == 1
    assert "ikke må se" in said[0]


def test_nothing_is_left_in_any_table_nor_in_history(everywhere, as_koege):
    assert len(tables_with(EMAIL)) > 8
    assert "companies_personevent" in tables_with(NAME)

    done = erase(everywhere, **as_koege)

    for text in (NAME, EMAIL, PHONE, "99887755"):
        assert tables_with(text) == [], text
    assert Person.objects.get(pk=everywhere.pk).is_erased
    assert Contact.objects.filter(person=everywhere).count() == 2
    assert not ListLine.objects.exists()
    assert done.counts["enquiries.draft"] == 2
    assert done.counts["notifications.mail"] == 1


def test_that_something_was_changed_is_still_in_the_history(xenia, as_koege, make_contact):
    make_contact(person=xenia)
    xenia.phone = "11223344"
    xenia.save()
    events = xenia.events.count()

    erase(xenia, **as_koege)

    assert {(one.name, one.email, one.phone) for one in xenia.events.all()} == {(ERASED, "", "")}
    assert xenia.events.count() == events


def test_where_nothing_refers_to_the_row_it_goes(xenia, as_koege):
    erase(xenia, **as_koege)

    assert not Person.objects.filter(pk=xenia.pk).exists()
    assert tables_with(EMAIL) == []


def test_a_merge_can_be_undone_without_the_person_coming_back(everywhere, as_koege, koege):
    erase(everywhere, **as_koege)

    undo(Merge.objects.get(), by=koege.caseworker)

    assert tables_with(NAME) == []


@pytest.mark.parametrize("state", ["received", "closed"])
def test_an_open_enquiry_or_vacancy_needs_the_person(xenia, as_koege, make_enquiry, state):
    closed = {"closed_at": timezone.now()} if state == "closed" else {}
    make_enquiry(person=xenia, state=state, **closed)  # of which the vacancy is open

    with pytest.raises(ErasureRefused, match="Luk den først"):
        erase(xenia, **as_koege)

    assert Person.objects.get(pk=xenia.pk).name == NAME


def test_a_referral_that_waits_needs_the_person(xenia, as_koege, koege, make_vacancy, occupation):
    complete_referral(
        candidate=candidate_of(koege, occupation=occupation), vacancy=make_vacancy(), person=xenia
    )

    with pytest.raises(ErasureRefused, match="svar"):
        erase(xenia, **as_koege)


def test_whoever_acts_for_the_company_is_not_erased(xenia, as_koege, employer, company):
    Person.objects.filter(company=company, name="Mette Bruun").update(email=employer.email)

    with pytest.raises(ErasureRefused, match="handler"):
        erase(Person.objects.get(email=employer.email), **as_koege)


def test_an_address_known_from_another_company_keeps_its_mails_there(xenia, as_koege):
    other = Company.objects.create(cvr="99000035", name="Anden ApS")
    Person.objects.create(company=other, name="X", email=EMAIL)
    Mail.objects.create(to=EMAIL, subject="Andet", body="", language="da", kind="x")

    erase(xenia, **as_koege)

    assert Mail.objects.filter(to=EMAIL).exists()
    assert tables_with(NAME) == []


def test_the_reason_does_not_say_who_it_was(xenia, as_koege):
    with pytest.raises(ErasureRefused, match="uden"):
        erase(xenia, **{**as_koege, "reason": f"{NAME.lower()} ringede"})

    assert not Erasure.objects.exists()


def test_what_is_told_of_an_erasure_stays_as_it_is(xenia, as_koege):
    done = erase(xenia, **as_koege)

    assert (done.by, done.jobcentre, done.reason) == (as_koege["by"], as_koege["jobcentre"], WHY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Erasure.objects.filter(pk=done.pk).update(reason="Andet")
    with pytest.raises(DatabaseError), transaction.atomic():
        Erasure.objects.all().delete()


def test_nobody_is_erased_twice(xenia, as_koege, make_contact):
    make_contact(person=xenia)
    erase(xenia, **as_koege)

    with pytest.raises(ErasureRefused, match="allerede"):
        erase(xenia, **as_koege)


def test_a_fault_in_the_middle_changes_nothing(everywhere, as_koege, monkeypatch):
    monkeypatch.setattr("employers.companies.erasing.blank", lambda *fields, **_options: 1 / 0)
    before = tables_with(EMAIL)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        erase(everywhere, **as_koege)

    assert tables_with(EMAIL) == before


def test_a_caseworker_of_the_same_address_is_not_touched(xenia, as_koege, koege):
    user = make_user("Xenia Ny", koege.jobcentre.organisation, Role.CASEWORKER)
    User.objects.filter(pk=user.pk).update(email=EMAIL)

    with pytest.raises(ErasureRefused):
        erase(xenia, **as_koege)


def test_whoever_is_erased_is_not_offered_but_stays_on_the_contact_that_is_corrected(
    xenia, as_koege, koege, company, make_contact
):
    contact = make_contact(person=xenia)
    erase(xenia, **as_koege)

    who = {"jobcentre": koege.jobcentre, "user": koege.caseworker}
    contact.refresh_from_db()
    assert str(xenia.pk) not in LogForm(company=company, **who).people
    assert str(xenia.pk) in ChangeForm(contact=contact, at=timezone.now(), **who).people
    assert xenia not in company.people.known()
