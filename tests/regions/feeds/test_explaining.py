"""A source's columns explained on its own file: tried before they are kept, and dated."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from regions.feeds.models import Arrival, Setup, Source
from regions.measures.models import Measurement
from tests.regions.reading import text_of

WIDE = "Område;2024QMAT03;2025QMAT03\nKøge;0,406;0,412\nRoskilde;0,393;..\nHele landet;0,4;0,4\n"

SAYS = {
    "column_0": "jobcentre",
    "column_1": "value of 2024QMAT03",
    "column_2": "value of 2025QMAT03",
    "constant_measure": "job_after_6_months",
    "constant_group": "ready_for_work",
    "factor": "100",
    "jump": "10",
}


@pytest.fixture(autouse=True)
def _known(measures, koege, roskilde):
    """The measures there are, and two places to measure."""


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


@pytest.fixture
def unread(officer) -> Arrival:
    """A wide table with shares, brought by somebody who is to explain it."""
    file = SimpleUploadedFile("bred.csv", WIDE.encode())
    data = {"source": "Kommunens tal", "data_date": "2025-11-12", "file": file, "explain": "on"}
    officer.post(reverse("feeds:upload"), data)
    return Arrival.objects.get()


def address(arrival: Arrival) -> str:
    return reverse("feeds:explain", args=[arrival.pk])


def keep(officer, arrival: Arrival, **says: str):
    """Try it, and keep what was tried."""
    tried = officer.post(address(arrival), {**SAYS, **says})
    return officer.post(
        address(arrival), {**SAYS, **says, "tried": tried.context["form"].digest}, follow=True
    )


def test_it_is_tried_on_the_file_before_it_is_kept(officer, unread):
    assertContains(officer.get(address(unread)), "Roskilde")

    page = officer.post(address(unread), SAYS)

    assertContains(page, "<strong>3</strong> tal kan læses. 1 sted er uden tal. 2 for landet eller en region")
    assertContains(page, "Jobcenter Køge")
    assertContains(page, "4 kvartaler til 3. kvt. 2025")
    assertContains(page, "41,2")
    assert not Source.objects.exists()


def test_what_was_tried_is_kept_and_the_file_waits_to_count(officer, unread, sjaelland):
    page = keep(officer, unread)

    setup = Setup.objects.get()
    assert (setup.source.name, setup.valid_from, setup.by) == (
        "Kommunens tal",
        timezone.localdate(),
        sjaelland.officer,
    )
    arrival = Arrival.objects.waiting().get()
    assert (arrival.added, arrival.missing, arrival.setup) == (3, 1, setup)
    assertContains(page, "<strong>3</strong> nye tal", html=False)
    officer.post(reverse("feeds:count", args=[arrival.pk]), {"shown": arrival.shown})
    assert set(Measurement.objects.values_list("jobcentre__code", "value")) == {
        ("0259", 40.6),
        ("0259", 41.2),
        ("0265", 39.3),
    }


def test_what_was_refused_says_that_the_file_was_explained_afterwards(officer, unread):
    list_of = reverse("feeds:deliveries")
    assert "Afvist" in text_of(officer.get(list_of))

    keep(officer, unread)

    page = text_of(officer.get(list_of))
    assert "Erstattet" in page
    assert "Afvist" not in page
    unread.refresh_from_db()
    assert unread.replaced_by == Arrival.objects.waiting().get()
    page = officer.get(unread.get_absolute_url())
    assertContains(page, unread.replaced_by.get_absolute_url())
    assertNotContains(page, address(unread))


def test_only_what_is_refused_is_replaced(officer, unread):
    keep(officer, unread)
    counts = Arrival.objects.waiting().get()

    with pytest.raises(IntegrityError, match="arrival_replaced_when_it_is_refused"), transaction.atomic():
        Arrival.objects.filter(pk=counts.pk).update(replaced_by=unread)


def test_another_explanation_than_the_one_tried_is_tried_first(officer, unread):
    tried = officer.post(address(unread), SAYS).context["form"].digest

    page = officer.post(address(unread), {**SAYS, "factor": "1", "tried": tried})

    assertContains(page, "tal kan læses")
    assert not Source.objects.exists()


def test_what_is_wrong_is_told_and_nothing_is_kept(officer, unread):
    page = keep(officer, unread, column_0="period")

    assertContains(page, "Kolonnen „kommune“ eller „jobcenter“ mangler.")
    page = keep(officer, unread, factor="1000")
    assertContains(page, "406 er mere end 100 procent")
    assertNotContains(page, "Gem forklaringen")
    assert not Source.objects.exists()


def test_the_next_file_of_the_source_is_read_in_the_same_way(officer, unread):
    keep(officer, unread)
    file = SimpleUploadedFile("naeste.csv", WIDE.replace("0,412", "0,42").encode())

    officer.post(
        reverse("feeds:upload"),
        {"known_source": Source.objects.get().pk, "data_date": "2025-11-13", "file": file},
    )

    arrival = Arrival.objects.waiting().first()
    assert (arrival.source, arrival.came_as, arrival.added) == ("Kommunens tal", "naeste.csv", 3)


def test_explained_anew_how_it_was_read_before_stays_until_today(officer, unread):
    keep(officer, unread)
    today = timezone.localdate()
    Setup.objects.update(valid_from=today - timedelta(days=30))

    keep(officer, unread, jump="20")
    keep(officer, unread, jump="30")

    before, now = Setup.objects.order_by("valid_from")
    assert (before.jump, before.valid_to) == (10, today)
    assert (now.jump, now.valid_from, now.valid_to) == (30, today, None)


def test_words_of_a_source_are_explained_one_by_one(officer):
    text = "Sted;Periode;Gruppe;Andel\nKøge;2025QMAT03;Jobparate;40,6\n"
    file = SimpleUploadedFile("ord.csv", text.encode())
    officer.post(
        reverse("feeds:upload"),
        {"source": "Tal med ord", "data_date": "2025-11-12", "file": file, "explain": "on"},
    )
    arrival = Arrival.objects.get()
    says = {
        "column_0": "jobcentre",
        "column_1": "period",
        "column_2": "group",
        "column_3": "value",
        "constant_group": "",
        "factor": "1",
    }

    page = officer.post(address(arrival), {**SAYS, **says})
    assertContains(page, "Der er ingen målgruppe „Jobparate“")

    keep(officer, arrival, **says, word_group_0="ready_for_work")
    assert Arrival.objects.waiting().get().added == 1
    assert Setup.objects.get().layout["words"]["group"] == {"Jobparate": "ready_for_work"}


def test_a_file_that_counts_is_not_explained_any_more(officer, unread):
    keep(officer, unread)

    assert officer.get(address(Arrival.objects.waiting().get())).status_code == 404
