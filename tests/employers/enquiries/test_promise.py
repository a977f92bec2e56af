"""How well the promise is kept, on the front page and jobcentre by jobcentre."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.enquiries.models import Kind, State
from employers.enquiries.promise import Kept, kept, kept_by_jobcentre, promise_for
from jobcenter.centres.routing import NobodyAnswers
from jobcenter.geography.models import Municipality
from tests.conftest import LONG_AGO
from tests.making_catchments import share_labour
from tests.pages import without_tokens
from tests.queries import asked, assert_same_queries

pytestmark = pytest.mark.django_db

TIMES = "/svarfrister/"


@pytest.fixture
def earlier(make_enquiry):
    """Makes enquiries received some days ago, due a day later; `answered_after` in hours, None: not yet."""

    def make(*, days_ago=10, answered_after=None, **fields):
        received_at = timezone.now() - timedelta(days=days_ago)
        if answered_after is not None:
            fields.setdefault("state", State.ANSWERED)
            fields["answered_at"] = received_at + timedelta(hours=answered_after)
        return make_enquiry(
            kind=Kind.OTHER,
            message="Hvem taler vi med?",
            received_at=received_at,
            answer_due_at=received_at + timedelta(days=1),
            **fields,
        )

    return make


def test_an_enquiry_counts_once_it_is_answered_or_its_time_is_over(earlier):
    now = timezone.now()
    earlier(answered_after=3)
    earlier(answered_after=24)
    earlier(answered_after=25)
    earlier(answered_after=None)
    earlier(days_ago=0, answered_after=None)
    earlier(state=State.CLOSED, closed_at=now - timedelta(days=9, hours=12))
    earlier(state=State.CLOSED, closed_at=now - timedelta(days=8))
    earlier(days_ago=366, answered_after=99)

    # In time: the first two. Late: 25 hours, none yet, closed without an answer after its time.
    assert kept(at=now) == Kept(due=5, in_time=2)


def test_each_jobcentre_is_counted_for_itself(earlier, koege, roskilde):
    earlier(answered_after=1)
    earlier(answered_after=30, jobcentre=roskilde.jobcentre, owner=roskilde.caseworker)

    assert kept_by_jobcentre(at=timezone.now()) == {
        koege.jobcentre.pk: Kept(due=1, in_time=1),
        roskilde.jobcentre.pk: Kept(due=1, in_time=0),
    }


def test_the_share_is_rounded_down():
    assert Kept(due=1000, in_time=999).of_hundred == 99
    assert Kept(due=1000, in_time=1000).of_hundred == 100
    assert Kept(due=0, in_time=0).share is None


def test_the_front_page_tells_the_share_only_when_there_are_enough(client, earlier):
    for number in range(19):
        earlier(answered_after=2 if number else 30)
    assertNotContains(client.get("/"), "af 100 henvendelser")

    earlier(answered_after=2)

    assertContains(client.get("/"), "De seneste 12 måneder blev 95 af 100 henvendelser besvaret til tiden.")


def test_the_front_page_tells_the_working_days_that_are_promised(client, koege, roskilde):
    assertContains(client.get("/"), "Svar inden for 2 hverdage")

    koege.jobcentre.answers_within = 1
    koege.jobcentre.save()

    assertContains(client.get("/"), "Svar inden for 1 til 2 hverdage")


def test_the_front_page_stands_before_there_is_any_jobcentre(client):
    assertContains(client.get("/"), "En dato for svaret")


def test_the_front_page_counts_what_is_open_to_apply_for(client, make_vacancy):
    today = timezone.localdate()
    make_vacancy(state="published")
    make_vacancy(state="published", apply_by=today - timedelta(days=1))
    make_vacancy()

    assertContains(client.get("/"), "Se den 1 ledige stilling, som en virksomhed har slået op her.")


def test_every_choice_on_the_front_page_leads_to_its_form(client, koege):
    page = client.get("/").content.decode()

    for kind in Kind:
        assert page.count(f'href="/henvend/{kind}/"') == 1
        assert client.get(f"/henvend/{kind}/").status_code == 200


def test_answer_times_say_small_numbers_as_they_are(client, earlier, roskilde):
    earlier(answered_after=2)
    earlier(answered_after=30)

    page = client.get(TIMES)

    assertContains(page, "1 af 2")
    assertContains(page, '<td class="ei-num">ingen endnu</td>', count=1 + len(Kind) - 3)
    assertContains(page, "Det er for få til at sige, hvor godt løftet holdes.")
    assert "50" not in without_tokens(page)


def test_answer_times_give_a_share_from_twenty(client, earlier):
    for number in range(20):
        earlier(answered_after=2 if number % 4 else 30)

    assert "75" in without_tokens(client.get(TIMES))


def test_answer_times_ask_the_database_as_often_whatever_there_is_to_tell(client, earlier, roskilde):
    earlier(answered_after=2)
    client.get(TIMES)

    queries = [sql for sql in asked(lambda: client.get(TIMES)) if "FROM" in sql]

    assert len(queries) == 6


def test_the_private_page_asks_as_much_with_one_answer_as_with_three(client, make_enquiry, koege):
    enquiry = make_enquiry()
    by = {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}

    def add_answer():
        if enquiry.state == State.ANSWERED:
            enquiry.start(**by)
        enquiry.answer(text="Et svar", **by)

    assert_same_queries(open_page=lambda: client.get(enquiry.link), add_row=add_answer)


def test_the_promise_names_the_nearest_of_the_labour_catchment(koege, roskilde):
    Municipality.objects.filter(pk=roskilde.municipality.pk).update(latitude=56)
    for number in range(6):
        neighbour = Municipality.objects.create(
            code=f"99{number}0",
            name=f"By {number}",
            official_name=f"By {number} Kommune",
            sort_key=f"by {number}",
            latitude=55.49 - number / 100,
            longitude=12.1,
            population=1,
            population_year=2023,
            valid_from=LONG_AGO,
        )
        share_labour(centre=koege.municipality, municipality=neighbour)

    promise = promise_for(koege.municipality, kind=Kind.OTHER, at=timezone.now())

    assert promise.neighbours == "By 0, By 1, By 2, By 3, By 4 og 2 andre"


def test_no_promise_is_made_where_nobody_answers(koege):
    nowhere = Municipality.objects.create(
        code="0411",
        name="Ingensteder",
        official_name="Ingensteder Kommune",
        sort_key="i",
        latitude=55,
        longitude=15,
        population=90,
        population_year=2023,
        valid_from=LONG_AGO,
    )

    with pytest.raises(NobodyAnswers):
        promise_for(nowhere, kind=Kind.OTHER, at=timezone.now())
