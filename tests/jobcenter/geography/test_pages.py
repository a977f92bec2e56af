"""The page of a municipality's catchment, and correcting it."""

import csv
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from jobcenter.geography import load
from jobcenter.geography.correcting import AlreadyCorrected, AlreadyEnded, correct, end
from jobcenter.geography.models import (
    Catchment,
    CatchmentVersion,
    CommutingMatrix,
    Correction,
    Municipality,
)
from tests.conftest import LONG_AGO
from tests.making_catchments import make_correction, make_rule, make_version, share_labour
from tests.queries import assert_same_queries
from tests.regions.making import outline
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

pytestmark = pytest.mark.django_db

REASON = "Broen har halveret rejsetiden"


def page_of(centre):
    return reverse("geography:catchment", args=[centre.municipality.code])


def place(number):
    return Municipality.objects.create(
        code=f"98{number:02}",
        name=f"By {number}",
        official_name=f"By {number} Kommune",
        sort_key=f"by {number}",
        latitude=55.2,
        longitude=11 + number / 10,
        population=9_000,
        population_year=2023,
        valid_from=LONG_AGO,
    )


@pytest.fixture
def found(koege, roskilde, aarhus):
    """Aarhus belongs to nobody's; Køge and Roskilde to each other's."""
    make_rule()
    for number, centre in enumerate((koege, roskilde, aarhus)):
        outline(centre.municipality, at=(40.0 * number, 0))


def test_a_catchment_is_told_in_a_sentence_on_a_map_and_in_tables(client, koege, roskilde, found):
    client.force_login(koege.caseworker)

    page = client.get(page_of(koege))

    assertContains(page, "<strong>Køge</strong> deler arbejdskraft med 1 anden kommune")
    assertContains(page, "Roskilde: 20\xa0% af de beskæftigede i Køge arbejder her")
    assertContains(page, "skønnet ud fra afstand og størrelse")
    assertContains(page, 'aria-label="Aarhus: deler ikke arbejdskraft med Køge"')
    assertNotContains(page, "Ret oplandet")


def test_a_municipality_is_chosen_without_script(client, koege, roskilde, found):
    client.force_login(koege.caseworker)

    assertRedirects(client.get("/oplande/", {"kommune": "0265"}), page_of(roskilde))
    assertRedirects(client.get("/oplande/"), page_of(koege))
    assertRedirects(client.get("/oplande/", {"kommune": "0999"}), page_of(koege))


def test_an_officer_begins_with_the_largest_of_the_area_and_the_national_office_of_the_country(
    client, aarhus, roskilde, sjaelland, national, found
):
    Municipality.objects.filter(pk=roskilde.municipality.pk).update(population=90_000)
    Municipality.objects.filter(pk=aarhus.municipality.pk).update(population=350_000)

    client.force_login(sjaelland.officer)
    assertRedirects(client.get("/oplande/"), page_of(roskilde))
    client.force_login(national)
    assertRedirects(client.get("/oplande/"), page_of(aarhus))


def test_a_municipality_that_falls_short_is_shown_with_how_much(client, koege, aarhus, found):
    share_labour(
        centre=koege.municipality,
        municipality=aarhus.municipality,
        share=0.072,
        ground="too_few",
        belongs=False,
    )
    client.force_login(koege.caseworker)

    page = client.get(page_of(koege))

    assertContains(page, "7,2\xa0%")
    assertContains(page, "for få arbejder der")
    assertContains(page, 'aria-label="Aarhus: deler ikke arbejdskraft med Køge"')


def test_the_numbers_of_a_matrix_are_shown_and_those_of_an_estimate_are_not_made_up(client, koege, found):
    client.force_login(koege.caseworker)
    persons = '<th scope="col" class="ei-num">Personer</th>'
    assertNotContains(client.get(page_of(koege)), persons)

    matrix = CommutingMatrix.objects.create(
        year=2024, source="Danmarks Statistik, PEND100", file_name="p.csv", imported_at=timezone.now()
    )
    make_version(basis="commuting", matrix=matrix, year=2024)
    share_labour(centre=koege.municipality, municipality=koege.municipality, commuters=14_321)

    page = client.get(page_of(koege))
    assertContains(page, persons)
    assertContains(page, "14.321")
    assertContains(page, "pendling i november 2024")
    assertContains(page, "Kilde: Danmarks Statistik, PEND100, november 2024")


def test_the_table_is_a_file_too(client, koege, roskilde, found):
    client.force_login(koege.caseworker)

    file = client.get(page_of(koege), {"hent": "csv"})

    lines = file.getvalue().decode("utf-8-sig").splitlines()
    rows = list(csv.DictReader(lines, delimiter=";"))
    assert [(row["Center"], row["Kommune"], row["Hører til"]) for row in rows] == [
        ("Køge", "Køge", "ja"),
        ("Køge", "Roskilde", "ja"),
        ("Roskilde", "Køge", "ja"),
    ]
    assert rows[1]["Andel, der arbejder der"] == "0,2"


def test_an_earlier_version_is_read_as_it_stood_and_said_to_be_one(client, koege, roskilde, found):
    earlier = CatchmentVersion.objects.get()
    make_version(made_at=earlier.made_at + timedelta(seconds=1))
    share_labour(centre=koege.municipality, municipality=koege.municipality)
    client.force_login(koege.caseworker)

    assertContains(client.get(page_of(koege)), "deler ikke arbejdskraft med nogen anden kommune")
    page = client.get(page_of(koege), {"udgave": earlier.pk})

    assertContains(page, "deler arbejdskraft med 1 anden kommune")
    assertContains(page, "Dette er en tidligere udgave")
    assertContains(page, f"{page_of(roskilde)}?udgave={earlier.pk}")


@pytest.mark.parametrize("asked", ["999999", "x", "²", "1" * 30])
def test_a_version_that_is_not_there_is_not_found(client, koege, found, asked):
    client.force_login(koege.caseworker)

    assert client.get(page_of(koege), {"udgave": asked}).status_code == 404


def test_before_anything_is_found_the_page_says_so(client, koege):
    CatchmentVersion.objects.all().delete()
    client.force_login(koege.caseworker)

    assertContains(client.get(page_of(koege)), "Der er ikke fundet arbejdskraftoplande endnu")


def test_the_page_asks_as_much_for_many_as_for_few(client, koege, found, national):
    client.force_login(koege.caseworker)
    numbers = iter(range(10))

    def add_row():
        number = next(numbers)
        neighbour = place(number)
        outline(neighbour, at=(40.0 * number, 50))
        correction = make_correction(centre=koege.municipality, municipality=neighbour, made_by=national)
        for one, other in ((koege.municipality, neighbour), (neighbour, koege.municipality)):
            is_corrected = one == koege.municipality
            share_labour(
                centre=one,
                municipality=other,
                ground="included" if is_corrected else "linked",
                correction=correction if is_corrected else None,
            )

    assert_same_queries(open_page=lambda: client.get(page_of(koege)), add_row=add_row)


def test_an_officer_of_the_area_corrects_the_catchment_of_a_centre_in_it(
    client, koege, aarhus, sjaelland, found
):
    client.force_login(sjaelland.officer)
    address = reverse("geography:correct", args=["0259"])
    assertContains(client.get(page_of(koege)), address)

    asked = {"municipality": "0751", "effect": "include", "reason": REASON}
    page = client.post(address, asked, follow=True)

    assertContains(page, "Oplandet er rettet")
    assertContains(page, REASON)
    correction = Correction.objects.get()
    assert (correction.made_by, correction.effect, correction.ended_at) == (
        sjaelland.officer,
        "include",
        None,
    )
    version = CatchmentVersion.objects.in_force().get()
    assert (version.cause, version.made_by) == ("correction", sjaelland.officer)
    shared = Municipality.objects.in_catchment_of(Municipality.objects.filter(code="0751"))
    assert "Køge" in {one.name for one in shared}


def test_a_correction_without_a_reason_is_refused_and_loses_nothing(client, sjaelland, aarhus, found):
    client.force_login(sjaelland.officer)

    page = client.post(
        reverse("geography:correct", args=["0259"]),
        {"municipality": "0751", "effect": "include", "reason": "  "},
    )

    assertContains(page, "Skriv begrundelsen for rettelsen")
    assertContains(page, '<option value="0751" selected>Aarhus</option>', html=True)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("municipality", "effect", "told"),
    [
        ("0265", "include", "Roskilde hører allerede til oplandet."),
        ("0751", "exclude", "Aarhus hører ikke til oplandet nu."),
        ("0259", "exclude", "Vælg en af mulighederne"),
    ],
)
def test_a_correction_that_would_change_nothing_is_refused(
    client, sjaelland, aarhus, found, municipality, effect, told
):
    client.force_login(sjaelland.officer)

    page = client.post(
        reverse("geography:correct", args=["0259"]),
        {"municipality": municipality, "effect": effect, "reason": REASON},
    )

    assertContains(page, told)
    assert not Correction.objects.exists()


def test_the_second_who_corrects_the_same_is_told_who_was_first(
    client, koege, aarhus, sjaelland, national, found
):
    correct(
        centre=koege.municipality,
        municipality=aarhus.municipality,
        effect="exclude",
        reason=REASON,
        by=national,
    )
    client.force_login(sjaelland.officer)

    page = client.post(
        reverse("geography:correct", args=["0259"]),
        {"municipality": "0751", "effect": "include", "reason": REASON},
    )

    assertContains(page, "Bodil Storm har allerede rettet dette")
    assert Correction.objects.count() == 1


def test_a_correction_is_ended_with_a_reason_and_the_figures_decide_again(
    client, koege, aarhus, sjaelland, found
):
    correction = correct(
        centre=koege.municipality,
        municipality=aarhus.municipality,
        effect="include",
        reason=REASON,
        by=sjaelland.officer,
    )
    client.force_login(sjaelland.officer)
    address = reverse("geography:end_correction", args=[correction.pk])
    assertContains(client.get(address), REASON)
    assertContains(client.post(address, {"reason": ""}), "Skriv, hvorfor rettelsen afsluttes")

    page = client.post(address, {"reason": "Færgen er genåbnet"}, follow=True)

    assertContains(page, "Rettelsen er afsluttet")
    assertContains(page, "Færgen er genåbnet")
    correction.refresh_from_db()
    assert (correction.ended_by, correction.end_reason) == (sjaelland.officer, "Færgen er genåbnet")
    assert not Catchment.objects.in_force().filter(correction=correction).exists()
    assertContains(client.post(address, {"reason": "Igen"}, follow=True), "Rettelsen var allerede afsluttet")


def test_what_is_ended_can_be_corrected_anew(koege, aarhus, national, found):
    same = {"centre": koege.municipality, "municipality": aarhus.municipality, "by": national}
    first = correct(effect="include", reason=REASON, **same)
    with pytest.raises(AlreadyCorrected):
        correct(effect="exclude", reason=REASON, **same)
    end(first, reason="Nye tal", by=national)
    with pytest.raises(AlreadyEnded):
        end(first, reason="Nye tal", by=national)

    assert correct(effect="include", reason=REASON, **same).pk != first.pk


@pytest.mark.django_db(transaction=True)
def test_of_two_who_correct_the_same_at_once_one_does_and_the_other_is_told_who(
    koege, aarhus, sjaelland, national, found
):
    same = {"centre": koege.municipality, "municipality": aarhus.municipality, "reason": REASON}
    with transaction.atomic():
        correct(effect="include", by=national, **same)
        other = Beside(lambda: correct(effect="exclude", by=sjaelland.officer, **same))
        wait_until_somebody_is_locked_out()

    with pytest.raises(AlreadyCorrected) as refused:
        other.outcome()
    assert refused.value.standing.made_by == national
    assert Correction.objects.get().effect == "include"
    assert CatchmentVersion.objects.count() == 2


@pytest.mark.parametrize("who", ["caseworker", "manager"])
def test_a_jobcentre_corrects_nothing(client, koege, aarhus, sjaelland, found, who):
    client.force_login(getattr(koege, who))
    asked = {"municipality": "0751", "effect": "include", "reason": REASON}

    assert client.post(reverse("geography:correct", args=["0259"]), asked).status_code == 403
    assert not Correction.objects.exists()


def test_an_officer_of_another_area_does_not_find_the_centre_to_correct(
    client, koege, aarhus, sjaelland, midtjylland, found
):
    correction = make_correction(centre=koege.municipality, municipality=aarhus.municipality)
    client.force_login(midtjylland.officer)
    asked = {"municipality": "0751", "effect": "include", "reason": REASON}

    assert client.post(reverse("geography:correct", args=["0259"]), asked).status_code == 404
    ended = client.post(reverse("geography:end_correction", args=[correction.pk]), {"reason": "Nej"})
    assert ended.status_code == 404
    assertNotContains(client.get(page_of(koege)), "Ret oplandet")
    correction.refresh_from_db()
    assert correction.ended_at is None


def test_the_country_is_drawn_with_a_way_to_every_municipality(client, koege, national):
    for reference in (load.load_areas, load.load_municipalities, load.load_outlines, load.load_catchments):
        reference()
    client.force_login(national)

    page = client.get("/oplande/0101/")

    for code in Municipality.objects.values_list("code", flat=True):
        assertContains(page, f'href="/oplande/{code}/"')
    assertContains(page, "København</strong> deler arbejdskraft med 34 andre kommuner")
