"""A severe shortage is seen wherever an occupation is read: matrix, line, public page and monitoring."""

from __future__ import annotations

from itertools import product

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from jobcenter.accounts.models import Organisation
from jobcenter.geography.models import Area
from regions.bottlenecks.load import load_rules
from regions.bottlenecks.models import Category, Place
from regions.bottlenecks.reports.publishing import publish
from tests.regions.bottlenecks.making import know, tree_of
from tests.regions.making import make_line, make_report

HALF_YEARS = ("2026H01", "2026H02")
NAMES = {
    "hovedstaden": "Hovedstaden",
    "sjaelland": "Sjælland",
    "syddanmark": "Syddanmark",
    "midtjylland": "Midtjylland",
    "nordjylland": "Nordjylland",
}


@pytest.fixture
def short(db, sjaelland, midtjylland, koege):
    """Nurses and cashiers, short in all areas in two half-years, by the monitoring and what is published."""
    load_rules()
    organisation = Organisation.objects.get(memberships__user=sjaelland.officer)
    occupations = [
        tree_of("2221", "Sygeplejerskearbejde (ekskl. jordemødre)"),
        tree_of("5230", "Kasseassistentarbejde"),
    ]
    few = {"employed": 980, "unemployed": 20}
    for one, period in product(occupations, HALF_YEARS):
        know(one, Place.COUNTRY, period=period, **few)
    for period, (code, name) in product(HALF_YEARS, NAMES.items()):
        area, _made = Area.objects.get_or_create(
            code=code,
            defaults={
                "division": Area.Division.REGIONS,
                "name": name,
                "sort_key": code,
                "valid_from": sjaelland.area.valid_from,
            },
        )
        report = make_report(area, period=period)
        for one in occupations:
            know(one, Place.AREA, code, period=period, **few)
            line = make_line(report, one, failed=20, attempts=40, category=Category.SHORTAGE, **few)
            line.look_at(by=sjaelland.officer)
            line.save()
        publish(report=report, by=sjaelland.officer, organisation=organisation, reason="Gennemgået.")
    return occupations


def test_where_it_is_read(page, sign_in, short, sjaelland, axe, see):
    page.goto(reverse("bottlenecks:published"))
    expect(page.get_by_role("rowheader", name="2221")).to_contain_text("Omfattende mangel")
    expect(page.get_by_role("rowheader", name="5230")).not_to_contain_text("Omfattende mangel")
    axe(page)
    see(page, "omfattende-mangel-offentlig")

    sign_in(page, sjaelland.officer)
    page.goto(reverse("bottlenecks:reports"))
    expect(page.get_by_role("rowheader", name="2221")).to_contain_text("Omfattende mangel")
    page.locator("td .ei-cell").first.press("Enter")
    expect(page.locator("#line")).to_contain_text("Omfattende mangel i hele landet.")
    axe(page)
    see(page, "omfattende-mangel-linje")

    page.goto(reverse("bottlenecks:occupation", args=["2221"]) + "?period=2026H02")
    said = page.get_by_role("region", name="Hvad billedet siger")
    expect(said).to_contain_text("Omfattende mangel")
    axe(page)
    see(page, "omfattende-mangel-stilling")

    page.goto(reverse("bottlenecks:monitoring") + "?period=2026H02&digits=4&place=landet")
    expect(page.get_by_role("rowheader", name="2221")).to_contain_text("Omfattende mangel")
    axe(page)
    see(page, "omfattende-mangel-overvaagning")
