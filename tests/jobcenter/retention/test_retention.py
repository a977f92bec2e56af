"""Every night what is older than its rule allows goes, with its history; what is younger stays."""

from __future__ import annotations

from datetime import timedelta

import pghistory
import pgtrigger
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from employers.access.models import AccessRequest, RequestState
from employers.companies.models import Person
from employers.contacts.models import Contact, FollowUp
from employers.enquiries.models import Attachment, Draft, Enquiry, Message
from employers.referrals.models import Candidate, Referral
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Reading
from jobcenter.notifications.models import Mail
from jobcenter.retention import running
from jobcenter.retention.kinds import kinds
from jobcenter.retention.load import load_rules
from jobcenter.retention.models import Removed, Rule, Run
from tests.making_referrals import candidate_of, complete

SECRET = "Direktøren overvejer at lukke natholdet"


@pytest.fixture
def rules(db):
    load_rules()


@pytest.fixture
def night(rules):
    """`night()` carries today's run out, and says how many rows went of each kind."""

    def night() -> dict[str, int]:
        run = running.promise(on=timezone.localdate())
        running.carry_out(run.pk)
        assert Run.objects.get(pk=run.pk).error == ""
        return {one.kind: one.number for one in Removed.objects.filter(run=run) if one.number}

    return night


def days_ago(number: int):
    return timezone.now() - timedelta(days=number)


def history(model):
    return pghistory.core.event_models(tracks_model=model)[0].objects


def test_every_kind_has_a_rule_and_every_rule_a_kind(rules):
    assert {kind.code for kind in kinds()} == set(Rule.objects.values_list("kind", flat=True))


def test_the_record_of_processing_names_every_kind(settings):
    record = (settings.BASE_DIR / "docs/privacy/record-of-processing.md").read_text()

    assert [kind.code for kind in kinds() if f"`{kind.code}`" not in record] == []


def test_an_old_note_goes_with_its_history_and_the_contact_stays(night, make_contact):
    kept = make_contact(note=SECRET, happened_at=days_ago(729), logged_at=days_ago(729))
    gone = make_contact(note=SECRET, happened_at=days_ago(732), logged_at=days_ago(731))

    assert night() == {"contacts.note": 1}

    assert Contact.objects.get(pk=gone.pk).note == ""
    assert Contact.objects.get(pk=kept.pk).note == SECRET
    assert set(history(Contact).filter(pgh_obj_id=gone.pk).values_list("note", flat=True)) == {""}
    assert history(Contact).filter(pgh_obj_id=kept.pk, note=SECRET).exists()


def test_a_follow_up_that_is_done_goes_and_an_open_one_never(night, make_contact, koege, company):
    contact = make_contact()
    made = [
        FollowUp.objects.create(
            contact=contact,
            company=company,
            owner=koege.caseworker,
            jobcentre=koege.jobcentre,
            what=SECRET,
            due_on=days_ago(800),
            done_at=done_at,
        )
        for done_at in (None, days_ago(700), days_ago(740))
    ]

    assert night() == {"contacts.follow_up": 1}

    assert set(FollowUp.objects.all()) == set(made[:2])
    assert not history(FollowUp).filter(pgh_obj_id=made[2].pk).exists()


def test_what_stood_in_an_enquiry_goes_five_years_after_it_closed(night, make_enquiry, koege):
    made = []
    for number in (1820, 1830):
        enquiry = make_enquiry(message=SECRET, kind=Enquiry.Kind.DISMISSALS)
        message = Message.objects.create(enquiry=enquiry, is_from_employer=True, text=SECRET)
        Attachment.objects.create(message=message, name="plan.txt", kind="text", size=1)
        with pgtrigger.ignore():
            Enquiry.objects.filter(pk=enquiry.pk).update(
                state=Enquiry.State.CLOSED, received_at=days_ago(number + 1), closed_at=days_ago(number)
            )
        made.append(enquiry)
    still_open = make_enquiry(message=SECRET, received_at=days_ago(4000), answer_due_at=days_ago(3999))

    assert night() == {"enquiries.message": 1, "enquiries.conversation": 1}

    assert [Enquiry.objects.get(pk=one.pk).message for one in (*made, still_open)] == [SECRET, "–", SECRET]
    assert list(Message.objects.values_list("enquiry", flat=True)) == [made[0].pk]
    assert Attachment.objects.count() == 1
    assert not history(Enquiry).filter(pgh_obj_id=made[1].pk, message=SECRET).exists()


def test_a_draft_goes_after_thirty_days(night):
    kept, gone = Draft.objects.create(kind="recruit"), Draft.objects.create(kind="recruit")
    Draft.objects.filter(pk=kept.pk).update(saved_at=days_ago(29))
    Draft.objects.filter(pk=gone.pk).update(saved_at=days_ago(32))

    assert night() == {"enquiries.draft": 1}

    assert list(Draft.objects.all()) == [kept]


def test_a_candidate_goes_when_no_referral_needs_it_and_a_hire_stays(night, koege, make_vacancy, occupation):
    vacancy = make_vacancy(state=Vacancy.State.PUBLISHED, published_at=timezone.now())
    candidates = [candidate_of(koege, occupation=occupation) for _number in range(3)]
    declined = complete(vacancy=vacancy, candidate=candidates[0], state=Referral.State.NOT_SUITABLE)
    hired = complete(vacancy=vacancy, candidate=candidates[1], state=Referral.State.HIRED)
    with pgtrigger.ignore():
        Referral.objects.filter(pk__in=(declined.pk, hired.pk)).update(ended_at=days_ago(200))
        Candidate.objects.filter(pk__in=[one.pk for one in candidates[:2]]).update(
            state=Candidate.State.WITHDRAWN, ended_at=days_ago(200)
        )

    assert night() == {"referrals.referral": 1, "referrals.candidate": 1}

    assert list(Referral.objects.all()) == [hired]
    assert set(Candidate.objects.all()) == set(candidates[1:])
    assert not history(Candidate).filter(pgh_obj_id=candidates[0].pk).exists()


def test_lines_of_the_read_log_and_mails_go(night, koege):
    for number in (364, 367):
        Reading.objects.create(
            by=koege.caseworker, owner=koege.jobcentre.organisation, kind="x", key=1, at=days_ago(number)
        )
    for number in (179, 182):
        Mail.objects.create(
            to="a@b.example",
            subject=SECRET,
            body="",
            language="da",
            kind="receipt",
            finished_at=days_ago(number),
        )
    waits = Mail.objects.create(to="a@b.example", subject="x", body="", language="da", kind="receipt")
    Mail.objects.filter(pk=waits.pk).update(created_at=days_ago(400))

    assert night() == {"accounts.reading": 1, "notifications.mail": 1}

    assert Reading.objects.get().at > days_ago(365)
    assert Mail.objects.count() == 2


def test_a_contact_person_goes_when_nothing_refers_to_them(night, company, make_contact):
    used = company.people.get()
    make_contact(person=used)
    unused = Person.objects.create(company=company, name="Uno Ubrugt")
    lately = Person.objects.create(company=company, name="Nelly Ny")
    history(Person).filter(pgh_obj_id__in=(used.pk, unused.pk)).update(pgh_created_at=days_ago(400))

    assert night() == {"companies.person": 1}

    assert set(Person.objects.all()) == {used, lately}
    assert not history(Person).filter(pgh_obj_id=unused.pk).exists()


def test_a_refused_request_for_access_goes_and_a_waiting_one_never(night, koege, company, employer):
    for state, number in (("refused", 400), ("refused", 300), ("waiting", 4000)):
        with pgtrigger.ignore():
            AccessRequest.objects.create(
                company=company,
                user=employer,
                proven_at=days_ago(number),
                cvr="99000015",
                company_name="Tigermosen",
                postcode="4600",
                name=SECRET,
                title="Leder",
                email=f"{state}{number}@venter.example",
                phone="56 00 50 98",
                jobcentre=koege.jobcentre,
                state=state,
                asked_at=days_ago(number),
                decided_at=days_ago(number - 1) if state == "refused" else None,
            )

    assert night() == {"access.request": 1}
    assert AccessRequest.objects.filter(state=RequestState.REFUSED).count() == 1


def test_in_parts_and_again_it_removes_everything_once(night, make_contact, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 2)
    for number in range(5):
        make_contact(note=SECRET, happened_at=days_ago(800 + number), logged_at=days_ago(799))

    assert night() == {"contacts.note": 5}
    assert night() == {"contacts.note": 5}, "the day's run is one"
    assert Run.objects.count() == 1


def test_a_run_that_is_broken_off_goes_on_where_it_was(rules, make_contact, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 1)
    for number in range(2):
        make_contact(note=SECRET, happened_at=days_ago(800 + number), logged_at=days_ago(799))
    run = running.promise(on=timezone.localdate())
    parts = iter([None])
    held = running._hold_on_to

    def power_cut(run: Run) -> None:
        next(parts)
        held(run)

    monkeypatch.setattr(running, "_hold_on_to", power_cut)
    running.carry_out(run.pk)
    run.refresh_from_db()
    assert run.finished_at is None
    assert "StopIteration" in run.error

    monkeypatch.setattr(running, "_hold_on_to", held)
    Run.objects.filter(pk=run.pk).update(due_at=timezone.now())
    running.carry_out(run.pk)

    run.refresh_from_db()
    assert run.finished_at
    assert not Contact.objects.exclude(note="").exists()
    assert Removed.objects.get(run=run, kind="contacts.note").number == 2


def test_the_rule_of_the_day_decides(make_contact):
    made = make_contact(note=SECRET, happened_at=days_ago(40), logged_at=days_ago(40))
    today = timezone.localdate()
    common = {"kind": "contacts.note", "reason_da": "x", "reason_en": "x"}
    Rule.objects.create(days=365, valid_from=today - timedelta(days=90), valid_to=today, **common)
    running.carry_out(running.promise(on=today - timedelta(days=1)).pk)
    assert Contact.objects.get(pk=made.pk).note == SECRET

    Rule.objects.create(days=30, valid_from=today, **common)
    running.carry_out(running.promise(on=today).pk)

    assert Contact.objects.get(pk=made.pk).note == ""


def test_what_was_removed_stays_told(night, make_contact):
    make_contact(note=SECRET, happened_at=days_ago(800), logged_at=days_ago(799))
    night()

    with pytest.raises(DatabaseError), transaction.atomic():
        Removed.objects.all().delete()


def test_the_report_and_the_public_page_say_numbers_and_rules(client, night, make_contact, koege):
    make_contact(note=SECRET, happened_at=days_ago(800), logged_at=days_ago(799))
    night()
    client.force_login(koege.manager)

    report = client.get(reverse("accounts:removals"))
    public = client.get(reverse("pages:data"))

    assert "Notater om kontakter med virksomheder: 1" in report.text
    assert SECRET not in report.text
    assert "730 dage" in public.text
