from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.contacts.models import Contact, FollowUp, Hold, Purpose
from employers.desk.day import day_of, enquiries_waiting, things_due
from employers.desk.models import Mention, Remark
from employers.enquiries.models import Enquiry
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Role
from tests.conftest import make_user
from tests.employers.desk.conftest import KOEGES_NEXT_STEP, KOEGES_SECRETS
from tests.making_referrals import candidate_of, complete
from tests.queries import assert_same_queries


@pytest.fixture
def my_day(client, koege):
    client.force_login(koege.caseworker)
    return lambda: client.get(reverse("desk:my_day"))


def test_what_hurries_most_is_on_top(my_day, make_enquiry):
    now = timezone.now()
    calm = make_enquiry(answer_due_at=now + timedelta(days=9))
    late = make_enquiry(received_at=now - timedelta(days=5), answer_due_at=now - timedelta(days=2))

    page = my_day()

    text = page.text
    assert text.index(reverse("desk:enquiry", args=[late.pk])) < text.index(
        reverse("desk:enquiry", args=[calm.pk])
    )
    assert text.count("ei-row-alarm") == 1


def test_a_row_is_tinted_before_it_is_late_and_the_figure_says_how_many(my_day, make_enquiry, time_machine):
    time_machine.move_to("2026-11-19T11:05:00+01:00", tick=False)
    make_enquiry(received_at=timezone.now(), answer_due_at=timezone.now() + timedelta(minutes=55))
    make_enquiry(received_at=timezone.now(), answer_due_at=timezone.now() + timedelta(days=4))

    page = my_day()

    assertContains(page, "ei-row-alarm", count=1)
    assertContains(page, "55\N{NO-BREAK SPACE}min.")
    assertContains(page, "1 skal besvares nu")
    assertContains(page, "Torsdag 19. november 2026")
    assertContains(page, "1 ting har en frist i dag")


def test_what_is_answered_or_closed_waits_no_longer(my_day, make_enquiry, koege):
    organisation = koege.jobcentre.organisation
    make_enquiry(message="Besvaret").answer(by=koege.caseworker, organisation=organisation, text="Ja.")
    make_enquiry(message="Lukket").close(by=koege.caseworker, organisation=organisation, comment="Dublet")

    assertContains(my_day(), "Intet venter på svar fra dig.")


def test_the_day_is_ones_own_and_the_managers_is_the_jobcentres(client, koege, roskilde, make_enquiry):
    colleague = make_user("Nina Dahl", koege.jobcentre.organisation, Role.CASEWORKER)
    mine, hers = make_enquiry(), make_enquiry(owner=colleague)
    theirs = make_enquiry(jobcentre=roskilde.jobcentre, owner=roskilde.caseworker)

    def waiting(user, role):
        return {
            one.enquiry
            for one in day_of(
                user=user, role=role, jobcentre=koege.jobcentre, now=timezone.localtime()
            ).waiting
        }

    assert waiting(koege.caseworker, Role.CASEWORKER) == {mine}
    assert waiting(koege.manager, Role.MANAGER) == {mine, hers}
    assert theirs not in waiting(koege.manager, Role.MANAGER)


def test_follow_ups_of_yesterday_and_today_are_there_and_those_of_tomorrow_not(
    my_day, contact, koege, company
):
    for days, what in ((-1, "fra i går"), (1, "i morgen")):
        FollowUp.objects.create(
            contact=contact,
            company=company,
            jobcentre=koege.jobcentre,
            owner=koege.caseworker,
            due_on=timezone.localdate() + timedelta(days=days),
            what=f"Opfølgning {what}",
        )

    page = my_day()

    assertContains(page, "Opfølgning fra i går")
    assertContains(page, KOEGES_NEXT_STEP)
    assertNotContains(page, "Opfølgning i morgen")
    assertContains(page, "1 fra tidligere")


def test_a_vacancy_that_waits_is_there_until_it_is_published(my_day, recruiting, koege):
    assertContains(my_day(), recruiting.vacancy.title)

    recruiting.vacancy.publish(by=koege.caseworker, organisation=koege.jobcentre.organisation)

    assertContains(my_day(), "Ingen stillinger venter på at blive slået op.")


def test_a_neighbour_finds_nothing_of_it_in_their_day(client, roskilde, everything):
    client.force_login(roskilde.caseworker)

    page = client.get(reverse("desk:my_day"))

    for secret in KOEGES_SECRETS:
        assertNotContains(page, secret)


def test_the_figures_of_the_menu_are_what_the_pages_show(koege, roskilde, make_enquiry, contact):
    member = koege.caseworker.memberships.get()
    now = timezone.now()
    make_enquiry(received_at=now - timedelta(days=3), answer_due_at=now - timedelta(hours=1))
    make_enquiry(answer_due_at=now + timedelta(days=9))
    make_enquiry(jobcentre=roskilde.jobcentre, owner=roskilde.caseworker)

    day = day_of(user=koege.caseworker, role=member.role, jobcentre=koege.jobcentre, now=timezone.localtime())

    assert things_due(member) == day.due_today == 2
    assert enquiries_waiting(member) == day.jobcentre_waits == 2


@pytest.fixture
def day(koege):
    """What the caseworker's day holds now."""
    return lambda: day_of(
        user=koege.caseworker, role=Role.CASEWORKER, jobcentre=koege.jobcentre, now=timezone.localtime()
    )


def hold(workplace, centre, *, hours, purpose=Purpose.RECRUITMENT):
    now = timezone.now()
    return Hold.objects.create(
        workplace=workplace,
        jobcentre=centre.jobcentre,
        by=centre.caseworker,
        purpose=purpose,
        starts_at=now - timedelta(hours=1),
        expires_at=now + timedelta(hours=hours),
    )


def test_ones_own_holds_are_there_and_the_one_about_to_end_has_a_sign(day, my_day, koege, roskilde, company):
    workplace = company.workplaces.get()
    later = hold(workplace, koege, hours=100)
    sooner = hold(workplace, koege, hours=3, purpose=Purpose.UPSKILLING)
    hold(workplace, roskilde, hours=3, purpose=Purpose.RETENTION)

    assert [(one.hold, one.runs_out) for one in day().holds] == [(sooner, True), (later, False)]
    assertContains(my_day(), "1 udløber snart")


def test_referrals_to_decide_come_before_those_that_wait_for_others(
    day, my_day, koege, roskilde, published, occupation
):
    """One that Roskilde asks for, one of ours with the employer; not Roskilde's own, nor a colleague's."""
    ours, sent, theirs, of_colleague = (
        candidate_of(koege, occupation=occupation),
        candidate_of(koege, occupation=occupation),
        candidate_of(roskilde, occupation=occupation),
        candidate_of(koege, occupation=occupation, owner=koege.manager),
    )
    Vacancy.objects.filter(pk=published.pk).update(jobcentre=roskilde.jobcentre)
    published.refresh_from_db()
    waits = complete(vacancy=published, candidate=sent, state="sent", deadline=timezone.localdate())
    decide = complete(vacancy=published, candidate=ours, referred_by=roskilde.caseworker)
    complete(vacancy=published, candidate=theirs, state="sent")
    complete(vacancy=published, candidate=of_colleague, referred_by=roskilde.caseworker)

    assert [(one.referral, one.is_ours_to_decide) for one in day().referrals] == [
        (decide, True),
        (waits, False),
    ]
    page = my_day()
    assertContains(page, f"{ours.reference} → {published.title}")
    assertNotContains(page, theirs.reference)
    assertNotContains(page, of_colleague.reference)


def test_a_referral_to_decide_today_counts_in_the_menu_too(koege, roskilde, day, published, occupation):
    complete(
        vacancy=published,
        candidate=candidate_of(koege, occupation=occupation),
        referred_by=roskilde.caseworker,
        deadline=timezone.localdate(),
    )

    assert day().due_today == things_due(koege.caseworker.memberships.get()) == 1


def test_contacts_planned_for_today_are_there_by_the_clock_and_earlier_ones_are_asked_about(
    day, my_day, koege, company
):
    now = timezone.localtime()
    tomorrow = (now + timedelta(days=1)).replace(hour=9)

    def plan(at, **fields):
        values = {"by": koege.caseworker, "jobcentre": koege.jobcentre, "logged_at": now - timedelta(days=9)}
        return Contact.objects.create(
            company=company,
            purposes=[Purpose.RECRUITMENT],
            state=Contact.State.PLANNED,
            happened_at=at,
            **{**values, **fields},
        )

    today = plan(now.replace(hour=23, minute=59))
    forgotten = plan(now - timedelta(days=2))
    plan(tomorrow)
    plan(now, by=koege.manager)

    assert day().planned == [forgotten, today]
    assertContains(my_day(), "hvordan gik det?")


def test_a_vacancy_is_without_a_candidate_until_somebody_is_put_forward(
    day, my_day, koege, make_enquiry, make_vacancy, occupation
):
    vacancy = make_vacancy(title="Truckfører, aftenhold", state=Vacancy.State.PUBLISHED)
    make_enquiry(vacancy=vacancy)
    fits = candidate_of(koege, occupation=occupation)

    assert [(one.vacancy, one.days, one.fitting) for one in day().unmet] == [(vacancy, 1, 1)]
    assertContains(my_day(), "1 kandidat passer")

    complete(vacancy=vacancy, candidate=fits, state="sent")

    assert day().unmet == []
    assertContains(my_day(), "Der er henvist nogen til dem alle.")


def test_the_page_asks_the_database_as_often_for_three_rows_as_for_one(
    my_day, make_enquiry, make_vacancy, contact, koege, roskilde, company, occupation
):
    purposes = iter(Purpose)

    def add_one_of_everything():
        make_enquiry(kind=Enquiry.Kind.OTHER, message="Hjælp")
        make_enquiry()
        FollowUp.objects.create(
            contact=contact,
            company=company,
            jobcentre=koege.jobcentre,
            owner=koege.caseworker,
            due_on=timezone.localdate(),
            what="Ring igen",
        )
        hold(company.workplaces.get(), koege, hours=5, purpose=next(purposes))
        now = timezone.now()
        Contact.objects.create(
            company=company,
            jobcentre=koege.jobcentre,
            by=koege.caseworker,
            purposes=[Purpose.RECRUITMENT],
            state=Contact.State.PLANNED,
            happened_at=now,
            logged_at=now - timedelta(days=1),
        )
        remark = Remark.objects.create(
            enquiry=make_enquiry(), jobcentre=koege.jobcentre, by=koege.manager, text="@Karim"
        )
        Mention.objects.create(remark=remark, user=koege.caseworker)
        wanted, unmet = (make_vacancy(state=Vacancy.State.PUBLISHED) for _number in range(2))
        make_enquiry(vacancy=unmet)
        candidate = candidate_of(koege, occupation=occupation)
        complete(vacancy=wanted, candidate=candidate, referred_by=roskilde.caseworker)

    assert_same_queries(open_page=my_day, add_row=add_one_of_everything)


def test_the_day_is_read_with_few_queries(day, everything):
    with CaptureQueriesContext(connection) as queries:
        day()

    assert len(queries) <= 18, "\n".join(query["sql"] for query in queries)
