"""The page: a year and a result, with the mark wherever its figures go."""

from __future__ import annotations

from django.urls import reverse
from pytest_django.asserts import assertContains

from tests.regions.reading import text_of

URL = "/illustration/"
MARK = "Illustration, ikke vurdering"


def test_every_box_of_figures_carries_the_mark(client, koege):
    client.force_login(koege.caseworker)

    page = client.get(URL, {"maaling": "ledige", "aar": "2019", "kommune": "0259"})

    # The heading, the funnel, Køge over time, the table, its source and the years.
    assertContains(page, MARK, count=6)
    assertContains(page, "Køge over tid")
    text = text_of(page)
    assert "I 2019 ligger 14 af 98 kommuner uden for" in text
    assert "Ligestillede med Køge i 2019" in text


def test_without_a_choice_it_is_the_latest_year(client, koege):
    client.force_login(koege.caseworker)

    page = client.get(URL)

    assertContains(page, "Alle kommuner i 2020")
    assert page.context["over_time"] is None


def test_a_choice_that_is_none_is_told_and_nothing_is_shown(client, koege):
    client.force_login(koege.caseworker)

    page = client.get(URL, {"aar": "1999"})

    assert page.status_code == 200
    assert page.context["shown"] is None
    assert page.context["form"].errors


def test_the_file_holds_every_year_and_says_on_every_line_what_it_is(client, koege):
    client.force_login(koege.caseworker)

    page = client.get(URL, {"hent": "csv"})

    lines = b"".join(page.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 98 * 14
    assert all(line.startswith(f'"{MARK}"') for line in lines[1:])


def test_the_comparison_leads_to_it(client, koege):
    client.force_login(koege.caseworker)

    assertContains(client.get("/omraadet/sammenlign/"), f'href="{reverse("illustration:year")}"')
