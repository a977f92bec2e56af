"""What the law requires is the same of all: no page holds it against what was expected."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from regions.comparison.expected import Weakness
from regions.oversight.law import Keeping, law_of, laws_of
from regions.oversight.models import Requirement
from tests.regions.making import A_YEAR_AGO, AS_EXPECTED, FAR_UNDER, NOW, Said, make_comparison
from tests.regions.reading import text_of

CLEARLY_NOT_KEPT = Said(600, 1000, 700.0, -1.0)
KEPT_BY_FEW = Said(24, 27, None, None)
NOT_KEPT = Said(78, 100, 60.0, 3.3)
TOO_FEW = Said(15, 19, None, None)
ELSEWHERE = Said(950, 1000, 990.0, -4.4)

NEVER = ("forventet", "tilsiger", "Modellen er svag", "Klart under")


@pytest.fixture
def timely(measures, flag_rule):
    return measures["timely_interviews"]


@pytest.fixture
def compared(timely, group, koege, roskilde, aarhus, sjaelland, midtjylland):
    """Køge is clearly short of the 80 per cent, Roskilde above with 27 persons, Aarhus with the worst z."""
    results = {
        koege.jobcentre: CLEARLY_NOT_KEPT,
        roskilde.jobcentre: KEPT_BY_FEW,
        aarhus.jobcentre: ELSEWHERE,
    }
    return make_comparison(timely, group, results, weakness=Weakness.POOR_FIT)


@pytest.fixture
def here(timely, group):
    return {"measure": timely.code, "group": group.code, "period": NOW}


def result_of(centre, timely, group):
    return reverse("dashboard:result", args=[centre.jobcentre.pk, timely.code, group.code, NOW])


@pytest.mark.parametrize(
    ("said", "keeping"),
    [
        (CLEARLY_NOT_KEPT, Keeping.CLEARLY_NOT_KEPT),
        (NOT_KEPT, Keeping.NOT_KEPT),
        (KEPT_BY_FEW, Keeping.KEPT),
        (TOO_FEW, Keeping.TOO_FEW),
        (ELSEWHERE, Keeping.KEPT),
    ],
)
def test_a_result_keeps_the_law_or_not_whatever_was_expected(said, keeping, timely, group, koege):
    comparison = make_comparison(timely, group, {koege.jobcentre: said})

    assert law_of(comparison).keeping(comparison.results.get()) == keeping


def test_what_is_expected_has_no_law(result_measure, group, koege, django_assert_num_queries):
    comparison = make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER})

    with django_assert_num_queries(0):
        assert laws_of([comparison]) == {}


def test_what_is_required_of_a_group_goes_before_what_is_required_of_all(compared, timely, group):
    general = Requirement.objects.get(measure=timely)
    own = Requirement.objects.create(
        measure=timely,
        target_group=group,
        required_share=0.5,
        valid_from=general.valid_from,
        valid_to=compared.ends_on,
        law_reference="Prøve",
        mark="read",
        reason="Prøve",
    )
    assert law_of(compared).requirement == general

    own.valid_to = None
    own.save()

    assert law_of(compared).requirement == own


def test_the_area_is_told_how_many_keep_the_law_and_who_clearly_does_not(client, compared, here, sjaelland):
    client.force_login(sjaelland.officer)

    page = client.get(reverse("dashboard:area"), here)

    text = text_of(page)
    assert "1 af 2 jobcentre opfylder lovens krav om 80 %." in text
    assert "Kravet er klart ikke opfyldt i Køge" in text
    assert "LBK nr. 280" in text
    assert "Køge Klart ikke opfyldt 60,0 % 56,9–63,0 % 80 % 600 1.000" in text
    assert "Roskilde Opfyldt skjult skjult 80 % skjult skjult" in text
    assert not [word for word in NEVER if word in text]


def test_a_manager_reads_the_law_apart_from_the_results(client, compared, result_measure, group, koege):
    make_comparison(result_measure, group, {koege.jobcentre: AS_EXPECTED})
    client.force_login(koege.manager)

    text = text_of(client.get(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk])))

    law, results = text.split("Lovens krav Kravet er det samme for alle")[1].split("Resultater", 1)
    assert "Klart ikke opfyldt 60,0 % 56,9–63,0 % 80 % 600 1.000" in law
    assert "Lovens krav er opfyldt i 0 af 1 resultat." in text
    assert "60,0 % mod krævet 80 %" in text
    assert "600" not in results


def test_small_numbers_of_others_are_hidden_there_too(client, timely, group, koege, roskilde):
    make_comparison(timely, group, {koege.jobcentre: Said(3, 40, None, None)})
    client.force_login(roskilde.manager)

    text = text_of(client.get(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk])))

    assert "Klart ikke opfyldt skjult skjult 80 % skjult skjult" in text
    assert "tallene er for små til at blive fortalt" in text


def test_a_base_large_enough_for_the_law_is_judged_though_nothing_was_expected(
    client, compared, timely, group, roskilde
):
    client.force_login(roskilde.manager)

    text = text_of(client.get(result_of(roskilde, timely, group)))

    assert "24 af 27: 88,9 %. Lovens krav er opfyldt." in text
    assert "80 % (Lov om en aktiv beskæftigelsesindsats" in text
    assert "For få data" not in text
    assert not [word for word in NEVER if word in text]


def test_where_the_law_names_no_share_none_is_judged(client, compared, timely, group, here, koege, sjaelland):
    Requirement.objects.filter(measure=timely).delete()
    client.force_login(sjaelland.officer)

    area = text_of(client.get(reverse("dashboard:area"), here))
    result = text_of(client.get(result_of(koege, timely, group)))

    for text in (area, result):
        assert "fastsætter ingen andel" in text
        assert "opfyldt" not in text.lower().replace("opfyldt for", "")
    assert "Ingen fast andel 60,0 % 56,9–63,0 % – 600 1.000" in area


def test_jobcentres_beside_each_other_are_held_against_the_law(client, compared, here, koege):
    client.force_login(koege.manager)

    text = text_of(client.get(reverse("dashboard:compare"), {**here, "med": "alle"}))

    assert "2 af 3 jobcentre opfylder lovens krav om 80 %." in text
    assert "Aarhus Opfyldt 95,0 %" in text
    assert "I pct. af forventet" not in text
    assert "Modellen er svag" not in text


def test_the_country_counts_who_keeps_the_law(client, compared, here, national):
    client.force_login(national)

    page = client.get(reverse("dashboard:country"), here)

    text = text_of(page)
    total = page.context["country"].total
    assert (total.clearly_worse, total.worse, total.expected) == (1, 0, 2)
    assert "2 af 3 jobcentre opfylder lovens krav om 80 %." in text
    assert "Kravet er klart ikke opfyldt i Køge" in text
    assert "I pct. af forventet" not in text


def test_the_file_says_what_is_required_and_whether_it_is_kept(client, compared, here, sjaelland, koege):
    client.force_login(sjaelland.officer)

    file = client.get(reverse("dashboard:area"), {**here, "hent": "csv"})

    lines = csv.DictReader(StringIO(b"".join(file).decode("utf-8-sig")), delimiter=";")
    said = {line["Jobcenter"]: (line["Vurdering"], line["Krævet andel"]) for line in lines}
    assert said[koege.jobcentre.name] == ("Klart ikke opfyldt", "80,0")


def test_over_time_each_period_is_held_against_the_law_too_where_nothing_was_expected(
    client, compared, timely, group, koege, roskilde, figure_of
):
    make_comparison(timely, group, {koege.jobcentre: Said(30, 40, None, None)}, period=A_YEAR_AGO)
    figure_of(koege, 600, 1000, measure=timely)
    client.force_login(koege.manager)
    url = reverse("dashboard:over_time", args=[koege.jobcentre.pk, timely.code])

    page = client.get(url, {"group": group.code})

    text = text_of(page)
    assert "600 af 1.000, 60,0 %. Lovens krav: klart ikke opfyldt." in text
    assert "Klart ikke opfyldt 60,0 % 56,9–63,0 % 80 % 600 1.000" in text
    assert "Ikke opfyldt 75,0 %" in text
    assert [row["kind"] for row in page.context["law_chart"]["rows"]] == ["warn", "bad"]
    assert page.context["law_chart"]["limit"]["value"] == 80
    assert not [word for word in NEVER if word in text]


def test_the_measures_page_says_what_is_required_by_which_law(client, timely, koege):
    client.force_login(koege.manager)

    text = text_of(client.get(reverse("dashboard:measure", args=[timely.code])))

    assert "Kræves af alle: 80 % (Lov om en aktiv beskæftigelsesindsats" in text
    assert "holdes op mod, hvad deres rammevilkår tilsiger" not in text


def test_who_is_compared_with_whom_says_whether_the_law_is_kept(client, compared, here, koege):
    client.force_login(koege.manager)

    text = text_of(client.get(reverse("publications:compared_with", args=[koege.jobcentre.pk]), here))

    assert "Køge Klart ikke opfyldt" in text
    assert "Aarhus Opfyldt" in text


def test_of_many_that_do_not_keep_the_law_the_number_is_told(
    client, timely, group, make_jobcentres, here, national
):
    make_comparison(timely, group, dict.fromkeys(make_jobcentres(13), CLEARLY_NOT_KEPT))
    client.force_login(national)

    text = text_of(client.get(reverse("dashboard:country"), here))

    assert "I 13 jobcentre er det klart ikke opfyldt" in text
