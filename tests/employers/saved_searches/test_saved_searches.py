"""A search that is told by e-mail: only after its link is pressed, once a day, and until it is stopped."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.saved_searches import saving
from employers.saved_searches.looking import look
from employers.saved_searches.models import CONFIRMED_WITHIN, KEPT_AFTER, RUNS_FOR, SavedSearch
from employers.saved_searches.searching import in_words, query_of
from employers.vacancies.models import Vacancy
from jobcenter.notifications import choosing
from jobcenter.notifications.models import Mail, Notice, Recipient
from jobcenter.notifications.telling import bundle

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SEEKER = "signe.soeger@example.dk"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=COPENHAGEN)


@pytest.fixture
def saved(db):
    """A search for operators that runs since the 18th at noon."""
    with time_machine.travel(at(18, 12), tick=False):
        saving.ask(email=SEEKER, query="hvad=procesoperat%C3%B8r", language="da", at=at(18, 12))
        return saving.confirm(SavedSearch.objects.get(), at=at(18, 12))


@pytest.fixture
def publish(make_vacancy):
    def publish(title="Procesoperatør", day=18, hour=15):
        moment = at(day, hour)
        return make_vacancy(
            title=title,
            state=Vacancy.State.PUBLISHED,
            created_at=moment,
            published_at=moment,
            apply_by=at(30, 0).date(),
            starts_on=at(30, 0).date() + timedelta(days=20),
        )

    return publish


def look_on(day: int, hour: int = 6) -> int:
    with time_machine.travel(at(day, hour), tick=False):
        return look(now=at(day, hour))


@pytest.mark.django_db
class TestSaving:
    def test_nothing_is_told_before_the_link_is_pressed(self, client, publish):
        client.post(reverse("saved_searches:save") + "?hvad=proces", {"email": SEEKER.upper()})
        saved = SavedSearch.objects.get()
        mail = Mail.objects.get()
        assert (saved.email, mail.to) == (SEEKER, SEEKER)
        assert saved.link in mail.body
        publish()
        assert look_on(19) == 0

        assertContains(client.get(saved.link), "Ja, lad den løbe")
        assert SavedSearch.objects.get().confirmed_at is None
        client.post(saved.link, {"do": "confirm"})

        assert SavedSearch.objects.get().confirmed_at

    def test_a_wrong_address_is_said_and_the_search_is_kept(self, client):
        page = client.post(reverse("saved_searches:save") + "?hvad=lager", {"email": "signe"})

        assertContains(page, "Skriv en hel e-mailadresse")
        assertContains(page, "Din søgning: lager.")
        assert not SavedSearch.objects.exists()

    def test_the_same_search_is_one_and_mailed_once_in_ten_minutes(self):
        for _time in range(2):
            saving.ask(email=SEEKER, query="hvad=lager", language="da", at=timezone.now())

        assert SavedSearch.objects.count() == Mail.objects.count() == 1

    def test_an_address_has_ten_at_most(self):
        for number in range(saving.MOST_SAVED):
            SavedSearch.objects.create(email=SEEKER, query=f"hvad={number}")

        with pytest.raises(ValidationError, match="10"):
            saving.ask(email=SEEKER, query="hvad=lager", language="da", at=timezone.now())

    def test_pages_and_newness_are_no_part_of_a_search(self, koege):
        query = query_of(QueryDict("side=3&nyt=1&tid=deltid&hvad= lager &hvor=4600&km=15"))

        assert query == "hvad=lager&hvor=4600&km=15&tid=deltid"
        assert in_words(query) == "lager, inden for 15 km fra 4600 Køge, 1 valg mere"
        assert query_of(QueryDict("km=15&side=2")) == ""
        assert in_words("") == "alle stillinger"

    def test_an_altered_link_opens_nothing(self, client, saved):
        assertNotContains(client.post(saved.link[:-2] + "x/", {"do": "stop"}), SEEKER, status_code=404)
        assert SavedSearch.objects.get().stopped_at is None


class TestLooking:
    def test_new_ones_are_in_the_morning_s_mail(self, saved, publish):
        publish(hour=10, title="Procesoperatør fra før")
        new = publish()
        publish(title="Kok")
        look_on(19)
        bundle(now=at(19, 7))

        mail = Mail.objects.get(kind="digest")
        assert mail.subject == "1 ny stilling: procesoperatør"
        assert new.get_absolute_url() in mail.body
        assert saved.link in mail.body
        for other in ("fra før", "Kok"):
            assert other not in mail.body

    def test_each_vacancy_is_told_once_and_each_day_has_one_mail(self, saved, publish):
        publish()
        for hour in (6, 7, 12):
            look_on(19, hour)
        publish(day=19, hour=9)
        look_on(19, 15)
        assert Notice.objects.count() == 1

        look_on(20)
        assert [notice.due_on.day for notice in Notice.objects.order_by("pk")] == [19, 20]

    def test_nothing_new_is_no_mail(self, saved, publish):
        look_on(19)

        assert not Notice.objects.exists()

    def test_not_before_six(self, saved, publish):
        publish()

        assert look_on(19, 5) == 0

    def test_not_after_half_a_year_until_it_is_prolonged(self, saved, publish):
        SavedSearch.objects.update(runs_until=at(18, 0).date())
        publish()
        assert look_on(19) == 0

        saving.prolong(saved, at=at(19, 8))
        publish(day=19, hour=9)
        look_on(20)

        assert Notice.objects.get().subject.startswith("1 ny stilling")

    def test_one_waits_for_the_whole_country_when_two_searches_are_saved(self, saved, publish):
        with time_machine.travel(at(18, 13), tick=False):
            saving.ask(email=SEEKER, query="", language="da", at=at(18, 13))
            saving.confirm(SavedSearch.objects.get(query=""), at=at(18, 13))
        publish()
        look_on(19)
        bundle(now=at(19, 7))

        assert Mail.objects.get(kind="digest").subject == "2 beskeder til dig"


class TestStopping:
    def test_by_its_own_page_what_waits_is_taken_out(self, client, saved, publish):
        publish()
        look_on(19)

        client.post(saved.link, {"do": "stop"})

        assert not Notice.objects.exists()
        assertContains(client.get(saved.link), "Den er stoppet")
        assert look_on(20) == 0

    def test_with_one_click_in_the_mail(self, client, saved, publish):
        publish()
        look_on(19)
        bundle(now=at(19, 7))

        client.post(Recipient.objects.get().stop_link, {"List-Unsubscribe": "One-Click"})

        publish(day=19)
        look_on(20)
        assert Notice.objects.count() == 1

    def test_whoever_stopped_everything_and_saves_a_search_hears_of_that_alone(self, saved):
        choosing.stop(email=SEEKER)
        again = SavedSearch.objects.create(email=SEEKER, query="hvad=kok")

        saving.confirm(again, at=timezone.now())

        recipient = Recipient.objects.get()
        assert recipient.stopped_at is None
        assert dict(recipient.choices.values_list("kind", "how"))["colleagues"] == "off"


class TestForgetting:
    def test_by_days_that_are_said_beforehand(self, saved):
        now = timezone.now()
        never = SavedSearch.objects.create(email=SEEKER, query="a", asked_at=now - CONFIRMED_WITHIN)
        stopped = SavedSearch.objects.create(email=SEEKER, query="b", stopped_at=now - KEPT_AFTER)
        later = now + timedelta(minutes=1)

        assert saving.forget_stale(at=later) == 2
        assert SavedSearch.objects.get() == saved
        assert not {never.pk, stopped.pk} & set(SavedSearch.objects.values_list("pk", flat=True))
        assert saving.forget_stale(at=now + RUNS_FOR + KEPT_AFTER + timedelta(days=2)) == 1

    def test_the_database_refuses_one_that_runs_without_an_end(self, saved):
        with pytest.raises(IntegrityError, match="runs_until_a_day"), transaction.atomic():
            SavedSearch.objects.update(runs_until=None)


def test_the_search_page_leads_to_saving_it(client, publish):
    page = client.get("/stillinger/?hvad=lager&tid=deltid")

    assertContains(page, f"{reverse('saved_searches:save')}?hvad=lager&amp;tid=deltid")
