"""An enquiry and its vacancy together: the days that pass, and what the employer is told and may do."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import Workplace
from employers.enquiries.models import Draft, Enquiry, Step
from employers.enquiries.vacancy_life import close_after_deadline, remind_of_deadlines
from employers.vacancies.models import Outcome, State, Terms, Vacancy
from jobcenter.notifications import choosing
from jobcenter.notifications.models import Mail, Notice
from jobcenter.notifications.telling import bundle


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def advertised(make_enquiry, make_vacancy, today):
    """Makes an enquiry whose vacancy is published."""

    def make(**fields):
        fields = {"state": State.PUBLISHED, "apply_by": today + timedelta(days=20), **fields}
        return make_enquiry(vacancy=make_vacancy(**fields))

    return make


def of(enquiry):
    return Vacancy.objects.get(enquiry=enquiry)


def url(enquiry, ending):
    return f"{enquiry.link}{ending}"


# --- the days that pass ------------------------------------------------------------------------------------


def test_the_employer_is_reminded_once_of_each_last_day(advertised, today):
    near = advertised(apply_by=today + timedelta(days=3))
    advertised(apply_by=today + timedelta(days=4))

    assert [remind_of_deadlines(on=today), remind_of_deadlines(on=today)] == [1, 0]

    notice = Notice.objects.get()
    assert notice.recipient.email == near.person.email
    assert notice.link == near.link
    assert "Har I fundet en" in notice.text
    of(near).extend(
        apply_by=today + timedelta(days=30), starts_on=today + timedelta(days=60), by=None, organisation=None
    )
    assert remind_of_deadlines(on=today + timedelta(days=28)) == 1


def test_after_the_last_day_it_closes_as_unknown_and_the_employer_is_asked(advertised, today):
    over = advertised(apply_by=today - timedelta(days=1), state=State.PAUSED, published_at=timezone.now())
    last_day = advertised(apply_by=today)

    assert [close_after_deadline(on=today), close_after_deadline(on=today)] == [1, 0]

    assert (of(over).state, of(over).outcome) == (State.CLOSED, Outcome.UNKNOWN)
    assert of(last_day).state == State.PUBLISHED
    assert Notice.objects.get().link == over.link
    assert of(over).log.count() == 1


def test_what_was_never_published_is_not_closed_by_the_days(make_enquiry, make_vacancy, today):
    waiting = make_enquiry(vacancy=make_vacancy(apply_by=today - timedelta(days=9)))

    assert close_after_deadline(on=today) == 0
    assert of(waiting).state == State.SUBMITTED


def test_a_vacancy_without_an_enquiry_closes_and_mails_nobody(make_vacancy, today):
    make_vacancy(state=State.PUBLISHED, apply_by=today - timedelta(days=1))

    assert close_after_deadline(on=today) == 1
    assert not Notice.objects.exists()


def test_several_of_a_day_are_one_mail_and_none_when_it_is_turned_off(advertised, today):
    for days in (1, 2, 3):
        mine = advertised(apply_by=today + timedelta(days=days))
    remind_of_deadlines(on=today)
    bundle(now=timezone.localtime().replace(hour=9))

    mail = Mail.objects.get(kind="digest")
    assert mail.subject == "3 beskeder til dig"
    assert mail.unsubscribe
    choosing.stop(email=mine.person.email)
    advertised(apply_by=today + timedelta(days=2))
    assert remind_of_deadlines(on=today) == 1
    assert Notice.objects.count() == 3


def test_the_outcome_may_be_told_afterwards(client, advertised, today):
    enquiry = advertised(apply_by=today - timedelta(days=1))
    close_after_deadline(on=today)
    assertContains(client.get(enquiry.link), "Fortæl, hvad der blev ud af den")

    client.post(url(enquiry, "luk/"), {"outcome": "filled_as_wanted", "found_through": "jobcentre"})

    assert of(enquiry).outcome == Outcome.FILLED_AS_WANTED
    assert of(enquiry).fillings.get().found_through == "jobcentre"
    assert Enquiry.objects.get(pk=enquiry.pk).state == Enquiry.State.CLOSED


# --- what the employer does


def test_pausing_and_showing_again(client, advertised):
    enquiry = advertised()

    client.post(url(enquiry, "stilling/pause/"))
    assert of(enquiry).state == State.PAUSED
    page = client.get(of(enquiry).get_absolute_url())
    assertContains(page, "nok kandidater lige nu")
    assertNotContains(page, "ld+json")

    client.post(url(enquiry, "stilling/genoptag/"))
    assert of(enquiry).state == State.PUBLISHED


def test_a_get_changes_nothing(client, advertised):
    enquiry = advertised()

    for slug in ("pause", "forlaeng"):
        assertContains(client.get(url(enquiry, f"stilling/{slug}/")), of(enquiry).title)

    assert of(enquiry).state == State.PUBLISHED


def test_a_step_that_does_not_fit_any_more_says_so(client, advertised):
    enquiry = advertised(state=State.PAUSED, published_at=timezone.now())

    assertContains(client.get(url(enquiry, "stilling/pause/")), "Det kan ikke gøres")
    page = client.post(url(enquiry, "stilling/pause/"), follow=True)

    assertContains(page, "Den er allerede ændret")
    assert of(enquiry).state == State.PAUSED


@pytest.mark.parametrize(
    ("apply_by", "starts_on", "fault"),
    [
        ("", "2027-01-01", "Skriv den nye ansøgningsfrist"),
        ("2026-02-30", "2027-01-01", "som en dato, der findes"),
        ("31-12-26😀", "2027-01-01", "som en dato, der findes"),
        ("2020-01-01", "2027-01-01", "skal ligge efter den gamle"),
    ],
)
def test_days_that_do_not_fit_are_told_at_the_field(client, advertised, apply_by, starts_on, fault):
    enquiry = advertised()

    page = client.post(url(enquiry, "stilling/forlaeng/"), {"apply_by": apply_by, "starts_on": starts_on})

    assertContains(page, fault)
    assertContains(page, starts_on)
    assert of(enquiry).log.count() == 0


def test_extending_asks_for_a_start_that_is_not_before(client, advertised, today):
    enquiry = advertised()
    later = today + timedelta(days=90)

    page = client.post(
        url(enquiry, "stilling/forlaeng/"), {"apply_by": later, "starts_on": later - timedelta(days=1)}
    )
    assertContains(page, "Startdatoen ligger før ansøgningsfristen")

    client.post(url(enquiry, "stilling/forlaeng/"), {"apply_by": later, "starts_on": later})
    assert of(enquiry).apply_by == later


def test_filling_some_and_then_the_rest(client, advertised):
    enquiry = advertised(positions=3)
    answer = {"outcome": "filled_as_wanted", "found_through": "ourselves"}

    page = client.post(url(enquiry, "stilling/besat/"), {**answer, "number": "4"})
    assertContains(page, "Der er kun 3 stillinger tilbage")
    client.post(url(enquiry, "stilling/besat/"), {**answer, "number": "2"})
    assertContains(client.get(enquiry.link), "2 ×")
    client.post(url(enquiry, "luk/"), {"outcome": "not_filled"})

    vacancy = of(enquiry)
    assert (vacancy.state, vacancy.outcome) == (State.CLOSED, Outcome.NOT_FILLED)
    assert vacancy.positions_filled == 2


def test_filling_the_last_closes_vacancy_and_enquiry(client, advertised):
    enquiry = advertised(positions=2)

    client.post(
        url(enquiry, "stilling/besat/"),
        {"number": "2", "outcome": "filled_other_profile", "found_through": "jobcentre"},
    )

    assert of(enquiry).outcome == Outcome.FILLED_OTHER_PROFILE
    assert Enquiry.objects.get(pk=enquiry.pk).state == Enquiry.State.CLOSED


def test_an_altered_link_changes_nothing(client, advertised):
    enquiry = advertised()
    altered = enquiry.link[:-2] + ("A" if enquiry.link[-2] != "A" else "B") + "/"

    for ending in ("stilling/pause/", "luk/", "ret/", "kopi/"):
        assert client.post(f"{altered}{ending}", {"outcome": "withdrawn"}).status_code == 404

    assert of(enquiry).state == State.PUBLISHED


# --- words, changing and copying


@pytest.fixture
def held(make_enquiry, make_vacancy):
    vacancy = make_vacancy(title="Ung medarbejder til lageret").hold()
    return make_enquiry(vacancy=vacancy)


def typed(vacancy, **otherwise):
    return {
        "title": vacancy.title,
        "occupation": "plast",
        "code": vacancy.occupation.code,
        "terms": vacancy.terms,
        "positions": vacancy.positions,
        "hours": "37",
        "starts_on": vacancy.starts_on,
        "apply_by": vacancy.apply_by,
        "text": vacancy.text,
        **otherwise,
    }


def test_the_employer_sees_the_words_and_the_law(client, held):
    page = client.get(held.link)

    assertContains(page, "<mark>Ung medarbejder</mark>", html=True)
    assertContains(page, "Forskelsbehandlingsloven § 5")


def test_changing_the_words_lets_it_wait_like_any_other(client, held):
    page = client.post(url(held, "ret/"), typed(held.vacancy, title="Medarbejder til lageret"), follow=True)

    assertContains(page, "Rettelsen er gemt. En sagsbehandler ser på stillingen.")
    assert (of(held).state, of(held).title) == (State.SUBMITTED, "Medarbejder til lageret")


def test_what_is_wrong_in_a_change_is_told_and_kept(client, held):
    page = client.post(url(held, "ret/"), typed(held.vacancy, hours="99", text="<script>x</script>"))

    assertContains(page, "højst være 48 timer")
    assertContains(page, "&lt;script&gt;x&lt;/script&gt;")
    assert of(held).title == "Ung medarbejder til lageret"


def test_a_published_vacancy_is_not_changed_by_its_link(client, advertised):
    enquiry = advertised()

    client.post(url(enquiry, "ret/"), typed(enquiry.vacancy, title="Noget helt andet"))

    assert of(enquiry).title == "Procesoperatør"


def test_a_copy_is_a_draft_with_all_but_the_days(client, advertised, today):
    enquiry = advertised(
        terms=Terms.TEMPORARY, ends_on=today + timedelta(days=200), positions=3, title="Operatør, nathold"
    )

    answer = client.post(url(enquiry, "kopi/"))

    draft = Draft.objects.get()
    need = draft.answers[Step.NEED]
    assert str(draft.key) in answer.url
    assert (need["title"], need["positions"], need["terms"]) == ("Operatør, nathold", "3", "temporary")
    assert not {"apply_by", "starts_on", "ends_on"} & set(need)
    assert draft.answers[Step.COMPANY]["workplace"] == Workplace.objects.get().p_number
