"""The page that says how far a recomputation is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from jobcenter.runtime.models import LEASE
from regions.comparison.models import Recomputation, Step
from regions.dashboard.progress import Progress
from tests.queries import assert_same_queries

ABOUT = {"period": "2026QMAT03", "on": "2026-11-22"}


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


@pytest.fixture
def running(sjaelland, measures) -> Recomputation:
    """Ten steps, of which four are done since two minutes ago, and one is being done."""
    now = timezone.now()
    recomputation = Recomputation.objects.create(
        started_at=now - timedelta(minutes=2),
        started_by=sjaelland.officer,
        organisation=sjaelland.office.organisation,
    )
    for number in range(10):
        Step.objects.create(
            recomputation=recomputation,
            stage=1 if number == 0 else 2,
            task="comparison.run_step",
            about={"conditions_on": "2026-11-22"} if number == 0 else ABOUT,
            finished_at=now if number < 4 else None,
            leased_until=now + LEASE if number == 4 else None,
            attempts=int(number <= 4),
        )
    return recomputation


def url_of(recomputation: Recomputation) -> str:
    return reverse("dashboard:recomputation", args=[recomputation.pk])


def test_pressing_the_button_starts_one_and_shows_how_far_it_is(officer, sjaelland):
    response = officer.post(reverse("dashboard:recompute"))

    started = Recomputation.objects.get()
    assertRedirects(response, url_of(started))
    assert started.started_by == sjaelland.officer
    assert started.organisation == sjaelland.office.organisation
    assert started.steps.exists()


def test_pressing_it_while_one_is_running_shows_that_one(officer, running):
    response = officer.post(reverse("dashboard:recompute"), follow=True)

    assert Recomputation.objects.count() == 1
    assertContains(response, "En genberegning var allerede i gang.")
    assertContains(response, "Område Sjælland")


def test_the_bar_is_counted_from_the_stored_steps(officer, running):
    page = officer.get(url_of(running))

    assertContains(page, '<progress max="10" value="4"', html=False)
    assertContains(
        page,
        "Nu: Sammenligning af jobcentre: 4 kvartaler til 3. kvt. 2026",
    )
    assertContains(page, "Den resterende tid kan ikke siges endnu.")

    Step.objects.filter(pk__in=running.steps.filter(finished_at=None)[:1]).update(finished_at=timezone.now())

    page = officer.get(url_of(running))
    assertContains(page, '<progress max="10" value="5"', html=False)
    assertContains(page, "Cirka 2 minutter tilbage.")


def test_while_it_runs_the_middle_of_the_page_asks_again_by_itself(officer, running):
    page = officer.get(url_of(running))
    assertContains(page, f'hx-get="{url_of(running)}"')
    assertContains(page, "Vis, hvor langt den er nu")  # without script, a link does the same

    middle = officer.get(url_of(running), headers={"HX-Request": "true"})
    assertContains(middle, 'id="progress"')
    assertNotContains(middle, "<html")


def test_when_it_is_done_the_page_asks_no_more(officer, running):
    running.steps.update(finished_at=timezone.now(), leased_until=None)

    page = officer.get(url_of(running), headers={"HX-Request": "true"})

    assertContains(page, "Alt er opdateret.")
    assertNotContains(page, "hx-get")
    assertContains(page, reverse("dashboard:area"))


def test_when_a_step_was_given_up_that_is_said_with_its_reason(officer, running):
    running.steps.filter(leased_until__isnull=False).update(
        given_up_at=timezone.now(), leased_until=None, attempts=10, error="OperationalError: disken er fuld"
    )

    page = officer.get(url_of(running))

    assertContains(page, "Efter 10 forsøg kunne dette ikke beregnes")
    assertContains(page, "disken er fuld")
    assertContains(page, "Start igen")
    assertNotContains(page, "every 2s")


def test_after_a_worker_died_the_page_says_what_comes_next_and_keeps_asking(officer, running):
    running.steps.filter(leased_until__isnull=False).update(leased_until=timezone.now() - LEASE)

    page = officer.get(url_of(running))

    assertContains(page, "Nu: Sammenligning af jobcentre")
    assertContains(page, "every 2s")


def test_one_that_had_nothing_to_do_is_done(officer, sjaelland):
    page = officer.get(url_of(Recomputation.objects.create()))

    assertContains(page, "Alt er opdateret.")
    assertContains(page, "af portalen selv, som hver nat")


@pytest.mark.parametrize(
    ("minutes_ago", "done", "said"),
    [
        (2, 4, "Den resterende tid"),
        (1, 9, "Under et minut"),
        (10, 5, "Cirka 10 minutter"),
        (1, 5, "Cirka 1 minut "),
    ],
)
def test_the_time_left_follows_the_pace_so_far(running, minutes_ago, done, said):
    Recomputation.objects.update(started_at=timezone.now() - timedelta(minutes=minutes_ago))
    running.steps.update(finished_at=None)
    Step.objects.filter(pk__in=running.steps.all()[:done]).update(finished_at=timezone.now())
    running.refresh_from_db()

    with translation.override("da"):
        assert said in Progress.of(running).time_left


def test_many_steps_take_as_many_queries_as_few(officer, running):
    def add_row() -> None:
        Step.objects.create(recomputation=running, stage=2, task="comparison.run_step", about=ABOUT)

    assert_same_queries(open_page=lambda: officer.get(url_of(running)), add_row=add_row)


def test_the_button_needs_a_post(officer):
    assert officer.get(reverse("dashboard:recompute")).status_code == 405
    assert not Recomputation.objects.exists()
