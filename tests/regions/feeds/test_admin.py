"""Deliveries in the administration pages: the same evidence, reasons and refusals as on their page."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from regions.feeds.models import Arrival, Setup, Source
from regions.feeds.receiving import Origin, arrive, receive
from regions.measures.models import Measurement
from tests.regions.feeds.test_freshness import figure_of, origin_of

LIST = "/admin/feeds/arrival/"


@pytest.fixture(autouse=True)
def _known(measures, sjaelland, midtjylland, koege, roskilde, aarhus):
    """The measures there are, two areas, and places to measure."""


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


@pytest.fixture
def waiting(sjaelland) -> Arrival:
    """A delivery with nothing out of the ordinary, of Sjælland's office."""
    return arrive(origin_of([figure_of("2025QMAT03")], area=sjaelland.area))


@pytest.fixture
def held(sjaelland) -> Arrival:
    """A delivery whose figure is a tenth of the one before."""
    before = [figure_of("2025QMAT02")]
    receive(before, origin=origin_of(before))
    return arrive(origin_of([figure_of("2025QMAT03", part=50, base=1300)], area=sjaelland.area))


def address(arrival: Arrival) -> str:
    return reverse("admin:feeds_arrival_change", args=[arrival.pk])


def send(client, arrival: Arrival, **fields: str):
    data = {"decision": "count", "reason": "", "shown": arrival.shown, **fields}
    return client.post(address(arrival), data, follow=True)


def state_of(arrival: Arrival) -> str:
    return Arrival.objects.get(pk=arrival.pk).state


def test_a_delivery_is_let_through_here_and_counts(officer, waiting, sjaelland):
    page = send(officer, waiting)

    assertContains(page, "Gemt: 1 nyt tal, 0 ændrede.")
    assert Measurement.objects.get().numerator == 547
    assert Arrival.objects.get().decided_by == sjaelland.officer


def test_what_is_held_back_counts_for_no_reason_but_a_written_one(officer, held):
    page = send(officer, held)

    assertContains(page, "Skriv hvorfor.")
    assert (state_of(held), Measurement.objects.count()) == ("waiting", 1)

    send(officer, held, reason="Kommunen har bekræftet tallet.")

    assert (state_of(held), Measurement.objects.count()) == ("counted", 2)


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_put_aside_without_a_reason(officer, waiting, reason):
    page = send(officer, waiting, decision="drop", reason=reason)

    assertContains(page, "Skriv hvorfor.")
    assert state_of(waiting) == "waiting"


def test_what_is_put_aside_keeps_its_reason_and_changes_nothing(officer, waiting):
    page = send(officer, waiting, decision="drop", reason="Trukket tilbage af kommunen.")

    assertContains(page, "Trukket tilbage af kommunen.")
    assertNotContains(page, 'name="_save"')
    assert state_of(waiting) == "dropped"
    assert not Measurement.objects.exists()


def test_what_has_changed_since_it_was_read_is_shown_before_it_counts(officer, waiting):
    meanwhile = [figure_of("2025QMAT03", part=500)]
    receive(meanwhile, origin=origin_of(meanwhile))

    page = send(officer, waiting)

    assertContains(page, "Der er kommet andre tal siden.")
    assert state_of(waiting) == "waiting"
    assert Measurement.objects.get().numerator == 500


def test_the_difference_and_the_evidence_can_be_read_and_not_written(officer, held):
    page = officer.get(address(held))
    assertContains(page, "Jobcenter Køge: I job seks måneder efter afsluttet forløb")
    assertContains(page, "40,6 (547 / 1.346)")
    assertContains(page, held.digest)

    send(officer, held, decision="drop", reason="Forkert", source="En anden", state="counted", held="0")

    kept = Arrival.objects.get(pk=held.pk)
    assert (kept.source, kept.state, kept.held) == ("Kommunens tal", "dropped", 1)


def test_what_arrived_is_handed_out_byte_for_byte(officer, waiting):
    file = officer.get(reverse("admin:feeds_arrival_evidence", args=[waiting.pk]))

    assert file.content == bytes(waiting.content)
    assert "tal.csv" in file["Content-Disposition"]


def test_why_a_file_was_refused_stands_here(officer, sjaelland):
    content = "måling;målgruppe;jobcenter;periode;tæller;nævner\n"
    content += "job_after_6_months;ready_for_work;9999;2025QMAT03;5;10\n"
    refused = arrive(
        Origin(
            source="Kommunens tal",
            data_date=timezone.localdate(),
            file_name="tal.csv",
            content=content.encode(),
            area=sjaelland.area,
        )
    )

    page = officer.get(address(refused))

    assertContains(page, "2: der er intet jobcenter med koden 9999")
    assertNotContains(page, 'name="_save"')


def test_a_delivery_of_another_area_is_not_found_and_not_decided(client, waiting, midtjylland):
    client.force_login(midtjylland.officer)

    assert address(waiting) not in client.get(LIST).text
    send(client, waiting)

    assert state_of(waiting) == "waiting"
    file = client.get(reverse("admin:feeds_arrival_evidence", args=[waiting.pk]))
    assert file.status_code == 404


def test_the_administrator_sees_every_delivery_and_decides_nothing(client, administrator, waiting):
    client.force_login(administrator)

    page = client.get(address(waiting))
    assertContains(page, "tal.csv")
    assertNotContains(page, 'name="decision"')
    assert client.post(address(waiting), {"decision": "count", "shown": waiting.shown}).status_code == 403

    assert state_of(waiting) == "waiting"
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(reverse("admin:feeds_arrival_delete", args=[waiting.pk])).status_code == 403


LAYOUT = {"columns": {"Område": "jobcentre", "Periode": "period", "Andel": "value"}}
RESULT = {"measure": "job_after_6_months", "group": "ready_for_work"}


def setup_of(source: Source, **fields: object) -> dict[str, object]:
    return {
        "source": source.pk,
        "valid_from": "2026-01-01",
        "layout": json.dumps({**LAYOUT, "constants": RESULT}),
        "jump": 10,
        "latest": 12,
        "every_days": 1,
        "asked": "{}",
        "address": "https://api.jobindsats.example",
        "table": "y60b15",
        "frequency": "QMAT",
        **fields,
    }


def test_the_administrator_says_how_a_table_is_fetched_and_read(client, administrator):
    client.force_login(administrator)
    source = Source.objects.create(name="Jobindsats, y60b15")

    client.post("/admin/feeds/setup/add/", setup_of(source))

    setup = Setup.objects.get()
    assert (setup.by, setup.is_fetched, setup.as_layout.constants) == (administrator, True, RESULT)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"layout": json.dumps(LAYOUT)}, "Kolonnen „måling“ mangler."),
        ({"layout": '["Område"]'}, "Skriv kolonnerne som"),
        ({"table": ""}, "Det, der hentes, har en adresse, en tabel og en slags periode."),
    ],
)
def test_a_source_that_could_not_be_read_is_not_kept(client, administrator, fields, said):
    client.force_login(administrator)
    source = Source.objects.create(name="Jobindsats, y60b15")

    page = client.post("/admin/feeds/setup/add/", setup_of(source, **fields))

    assertContains(page, said)
    assert not Setup.objects.exists()


def test_how_something_was_read_stays_when_it_has_come_and_can_only_end(client, administrator):
    client.force_login(administrator)
    source = Source.objects.create(name="Kommunens tal")
    setup = Setup.objects.create(
        source=source, valid_from=date(2026, 1, 1), layout={**LAYOUT, "constants": RESULT}
    )
    content = "Område;Periode;Andel\nKøge;2025QMAT03;40,6\n".encode()
    arrive(Origin("Kommunens tal", date(2026, 1, 2), "tal.csv", content, setup=setup))

    client.post(
        reverse("admin:feeds_setup_change", args=[setup.pk]),
        setup_of(source, valid_to="2026-07-01", jump=50),
    )

    setup.refresh_from_db()
    assert (setup.valid_to, setup.jump, setup.address) == (date(2026, 7, 1), 10, "")
