"""What a new employer must do: counted from the front page to the receipt, by keyboard alone, on a telephone.

The figures stand in docs/effort.md, and the test fails when they are others. `EFFORT=1` writes them anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.enquiries.models import Enquiry
from jobcenter.classifications.models import Occupation
from tests.browser.watch import wait_for_scripts
from tests.conftest import Centre

WRITTEN = Path(django_settings.BASE_DIR) / "docs/effort.md"
CVR = "99001011"
MOST_TABS = 60


@dataclass
class Hand:
    """A person at a keyboard. Keys that move and choose are counted apart from the text that is told."""

    page: Page
    keys: int = 0
    characters: int = 0
    fields: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def go_to(self, wanted: Locator) -> None:
        """By Tab, as often as it takes."""
        expect(wanted).to_be_visible()
        for _time in range(MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"{wanted} is not reached by {MOST_TABS} tabs")

    def write(self, wanted: Locator, text: str) -> None:
        self.go_to(wanted)
        self.page.keyboard.type(text)
        self.characters += len(text)
        self.fields.append(str(wanted.get_attribute("name")))

    def choose(self, wanted: Locator) -> None:
        """Among radio buttons: Space on the first that Tab reaches, else the arrows to another."""
        self.go_to(wanted)
        self.press("Space")
        self.fields.append(str(wanted.get_attribute("name")))


@pytest.fixture
def register(transactional_db: None, koege: Centre) -> None:
    company = RegisterCompany.objects.create(
        cvr=CVR,
        name="Strandmarkens Emballage A/S",
        address="Tangmosevej 88",
        postcode="4600",
        employees="50–99",
        source="test",
    )
    RegisterWorkplace.objects.create(
        p_number="1999000107",
        company=company,
        name=company.name,
        address="Tangmosevej 88",
        postcode="4600",
        municipality=koege.municipality,
        employees=61,
    )


def a_day_whose_day_and_month_are_alike(*, after: date) -> date:
    """Typed the same way whichever of the two the browser's date field asks for first."""
    day = after + timedelta(days=1)
    while day.day != day.month:
        day += timedelta(days=1)
    return day


@pytest.mark.parametrize("page", [390], indirect=True)
def test_what_a_new_employer_must_do_is_what_is_written(
    page: Page, register: None, occupation: Occupation, see: Callable[[Page, str], Path]
) -> None:
    hand = Hand(page)
    apply_by = a_day_whose_day_and_month_are_alike(after=timezone.localdate() + timedelta(days=7))
    starts_on = a_day_whose_day_and_month_are_alike(after=apply_by)

    page.goto("/")
    hand.go_to(page.get_by_role("link", name=re.compile("Ansætte medarbejdere")))
    hand.press("Enter")

    expect(page.locator("#id_cvr")).to_be_visible()
    wait_for_scripts(page)
    hand.write(page.locator("#id_cvr"), CVR)
    expect(page.locator(".ei-register-name")).to_be_visible()
    expect(page.get_by_role("radio", name="Tangmosevej 88")).to_be_checked()
    hand.write(page.locator("#id_name"), "Mette Bruun")
    hand.write(page.locator("#id_email"), "mette@strandmarken.example")
    hand.press("Enter")

    expect(page.locator("#id_title")).to_be_visible()
    wait_for_scripts(page)
    hand.write(page.locator("#id_title"), "Procesoperatør")
    hand.write(page.locator("#id_occupation"), "plast")
    hand.choose(page.get_by_role("radio", name=re.compile("8142")))
    hand.write(page.locator("#id_hours"), "37")
    hand.write(page.locator("#id_starts_on"), starts_on.strftime("%d%m%Y"))
    hand.write(page.locator("#id_apply_by"), apply_by.strftime("%d%m%Y"))
    hand.write(page.locator("#id_text"), "Du kører ekstruderingslinjer sammen med tre kolleger.")
    hand.go_to(page.get_by_role("button", name=re.compile("Videre")).last)
    hand.press("Enter")

    hand.go_to(page.get_by_role("button", name=re.compile("Send")))
    hand.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tak")
    see(page, "kvittering-med-tastatur")

    enquiry = Enquiry.objects.get()
    assert (enquiry.vacancy.starts_on, enquiry.vacancy.apply_by) == (starts_on, apply_by)  # type: ignore[union-attr]
    counted = {"fields": len(hand.fields), "keys": hand.keys, "clicks": 0, "steps": 3}
    if os.environ.get("EFFORT") == "1":
        write(counted)
    assert counted == written(), f"counted {counted}: run with EFFORT=1 and say in docs/effort.md why"


FIGURE = re.compile(r"^\| (fields|keys|clicks|steps) \|([^|]*)\| (\d+) \|$", re.MULTILINE)


def written() -> dict[str, int]:
    return {name: int(figure) for name, _what, figure in FIGURE.findall(WRITTEN.read_text(encoding="utf-8"))}


def write(counted: dict[str, int]) -> None:
    def line(found: Any) -> str:
        return f"| {found[1]} |{found[2]}| {counted[found[1]]} |"

    WRITTEN.write_text(FIGURE.sub(line, WRITTEN.read_text(encoding="utf-8")), encoding="utf-8")
