"""Register figures on the page of how fresh the figures are: what came, what waits, and what is late."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from regions.bottlenecks.awaited import awaited
from regions.bottlenecks.registers.receiving import Origin, arrive, receive
from regions.measures.periods import Frequency, latest_ended
from tests.regions.reading import text_of


@pytest.fixture
def come(occupation, koege):
    """Figures of a half-year that count, or wait."""

    def make(period: str, *, employed: int = 400, waits: bool = False):
        figures = {(period, "8142", "0259"): (employed, 9, 38, 6)}
        origin = Origin("Registret", date(2026, 7, 15), "r.csv", f"{period} {employed}".encode())
        return arrive(figures, origin=origin) if waits else receive(figures, origin=origin)

    return make


def test_the_next_half_year_is_expected_three_months_after_its_end(come):
    come("2025H02")
    come("2026H01")

    on_time, late = awaited(date(2027, 3, 31)), awaited(date(2027, 4, 1))

    assert (on_time.latest.code, on_time.following.code) == ("2026H01", "2026H02")
    assert on_time.expected_by == date(2027, 3, 31)
    assert not on_time.is_overdue
    assert late.is_overdue


def test_where_nothing_has_come_the_last_half_year_is_awaited(db):
    found = awaited(date(2026, 11, 22))

    assert (found.latest, found.received, found.following.code) == (None, None, "2026H01")
    assert found.is_overdue
    assert not awaited(date(2026, 9, 30)).is_overdue


def test_what_waits_is_counted_and_is_not_there_yet(come):
    come("2026H01", waits=True)

    assert awaited(date(2026, 8, 1)).waiting == 1
    assert awaited(date(2026, 8, 1)).latest is None


def test_the_page_tells_of_them_and_leads_to_their_files(client, sjaelland, come):
    last = latest_ended(Frequency.HALF_YEAR, on=timezone.localdate())
    come(last.code)
    come(last.code, employed=401, waits=True)
    client.force_login(sjaelland.officer)

    page = client.get(reverse("feeds:freshness"))

    said = text_of(page)
    assert f"De seneste er dem for {last.in_words(language='da')}" in said
    assert "1 fil venter på, at nogen ser på den." in said
    assert reverse("bottlenecks:registers") in page.content.decode()


def test_the_page_says_first_when_they_are_late(client, sjaelland, come):
    last = latest_ended(Frequency.HALF_YEAR, on=timezone.localdate())
    come(last.previous().previous().code)
    client.force_login(sjaelland.officer)

    said = text_of(client.get(reverse("feeds:freshness")))

    assert f"Registertal for {last.previous().in_words(language='da')} er forsinkede." in said
