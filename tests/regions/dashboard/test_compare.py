"""The comparison tool: with whom is chosen, what was expected is not."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from jobcenter.centres.models import Jobcentre
from regions.comparison import beside, load
from regions.comparison.models import NamedGroup, Selection
from tests.pages import without_tokens
from tests.queries import assert_same_queries
from tests.regions.making import AS_EXPECTED, FAR_UNDER, TOO_FEW, Said, make_comparison
from tests.regions.reading import text_of

URL = "/omraadet/sammenlign/"


@pytest.fixture
def many(make_jobcentres, koege, roskilde, result_measure, group, flag_rule):
    """Køge and eleven jobcentres whose expected shares lie further and further from Køge's."""
    others = make_jobcentres(11)
    said = {koege.jobcentre: Said(100, 400, 120.0, -2.4), roskilde.jobcentre: TOO_FEW}
    said |= {one: Said(100, 400, 120.0 + 2 * number, 0.1) for number, one in enumerate(others, 1)}
    return make_comparison(result_measure, group, said, coefficients={"intercept": 0.2, "population": 0.01})


def open_for(client, user, **said):
    client.force_login(user)
    return client.get(URL, said)


def rows_of(page) -> list[str]:
    return [row.jobcentre.short_name for row in page.context["shown"].rows]


def test_a_jobcentre_first_sees_itself_among_its_seven_peers_the_nearest_first(client, many, koege):
    page = open_for(client, koege.caseworker)

    assert rows_of(page) == ["Køge", *(f"Nr. {number}" for number in range(7))]
    assertContains(page, "Ligestillede: der kan ventes det samme af dem")
    text = text_of(page)
    assert "Køge når 83 pct. af det forventede: 100 mod 120. Vurdering: under." in text


def test_an_office_first_sees_its_area_and_the_agency_all(client, many, sjaelland, national, koege):
    assert rows_of(open_for(client, sjaelland.officer)) == ["Køge", "Roskilde"]
    assert len(rows_of(open_for(client, national))) == 13


def test_how_many_peers_is_chosen_within_bounds(client, many, koege):
    assert len(rows_of(open_for(client, koege.caseworker, antal="10"))) == 11
    assert open_for(client, koege.caseworker, antal="11").context["shown"] is None


def test_the_table_has_persons_points_ratio_and_interval(client, many, koege):
    row = open_for(client, koege.caseworker).context["shown"].rows[0]

    assert (row.figures.difference, row.figures.points) == (-20, -5)
    assert row.figures.ratio == pytest.approx(100 * 100 / 120)
    assert row.interval.lower < 0.25 < row.interval.upper


def test_together_is_what_they_are_as_one(client, many, koege):
    shown = open_for(client, koege.caseworker).context["shown"]

    assert (shown.together.actual, shown.together.base) == (800, 3200)
    assert shown.together.expected == pytest.approx(8 * 120 + 2 * sum(range(1, 8)))


def test_who_is_compared_with_me_goes_the_other_way(client, many, koege):
    """Those further out have each other, and no room for Køge."""
    shown = open_for(client, koege.caseworker).context["shown"]

    assert [one.short_name for one in shown.is_compared_with] == [f"Nr. {number}" for number in range(4)]


def test_ones_own_choice_stands_in_the_address_with_the_one_in_focus(client, many, koege, sjaelland):
    page = open_for(client, sjaelland.officer, med="valgte", valgt=["9003", "9001"], jobcenter="0259")

    assert rows_of(page) == ["Køge", "Nr. 1", "Nr. 3"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"med": "ligestillede"}, "Vælg, hvis ligestillede det skal være."),
        ({"med": "valgte"}, "Vælg mindst ét jobcenter."),
    ],
)
def test_what_is_left_open_is_asked_for(client, many, sjaelland, said, sentence):
    assertContains(open_for(client, sjaelland.officer, **said), sentence)


def test_a_named_group_is_the_jobcentres_that_serve_its_municipalities(
    client, many, koege, roskilde, sjaelland
):
    group = NamedGroup.objects.create(
        code="to", title_da="De to", title_en="The two", source="test", valid_from="2007-01-01"
    )
    group.municipalities.set([koege.municipality, roskilde.municipality])

    page = open_for(client, sjaelland.officer, med="gruppe-to")

    assert rows_of(page) == ["Køge", "Roskilde"]
    assertContains(page, "De to")


def test_small_numbers_hide_the_sum_and_are_the_readers_own_to_see(
    client, koege, roskilde, aarhus, result_measure, group, flag_rule
):
    """With whom one compares is free: two sums that differ by one would tell of that one."""
    make_comparison(
        result_measure,
        group,
        {
            koege.jobcentre: Said(3, 417, 30.0, -4.4),
            roskilde.jobcentre: AS_EXPECTED,
            aarhus.jobcentre: FAR_UNDER,
        },
    )

    neighbours = open_for(client, roskilde.caseworker, med="alle", jobcenter="")
    own = open_for(client, koege.caseworker, med="alle", jobcenter="")

    assert "417" not in without_tokens(neighbours)
    assert neighbours.context["shown"].together.is_hidden
    assert "417" in without_tokens(own)
    assert own.context["shown"].together.base == 417 + 573 + 1346


def test_the_file_is_the_table_and_hides_the_same(client, koege, roskilde, result_measure, group, flag_rule):
    make_comparison(
        result_measure, group, {koege.jobcentre: Said(3, 417, 30.0, -4.4), roskilde.jobcentre: AS_EXPECTED}
    )

    file = b"".join(open_for(client, roskilde.caseworker, med="alle", jobcenter="", hent="csv")).decode()

    assert "Jobcenter Køge" in file
    assert "417" not in file
    assert '"skjult: små tal"' in file
    assert '"573"' in file


def test_the_model_is_told_with_its_weights_and_its_weakness(
    client, defined_conditions, koege, roskilde, result_measure, group, flag_rule
):
    make_comparison(
        result_measure,
        group,
        {koege.jobcentre: AS_EXPECTED, roskilde.jobcentre: AS_EXPECTED},
        coefficients={"intercept": 0.2, "long_commute": -0.31},
        weakness="poor_fit,collinear",
    )

    text = text_of(open_for(client, koege.caseworker))

    assert "Andel af beboere, der pendler mere end 30 km −0,31 for ét procentpoint mere" in text
    assert "Vilkårene forklarer kun lidt af forskellene mellem jobcentre." in text
    assert "Rammevilkårene forklarer 62 % af forskellene" in text


def test_before_anything_is_compared_the_page_says_so(client, flag_rule, koege):
    assertContains(open_for(client, koege.caseworker), "Der er ikke sammenlignet noget endnu")


def test_the_page_takes_the_same_queries_with_more_jobcentres(
    client, many, national, make_jobcentres, result_measure
):
    client.force_login(national)
    from regions.comparison.models import Result

    assert_same_queries(
        open_page=lambda: client.get(URL),
        add_row=lambda: Result.objects.filter(comparison=many, jobcentre__code="9000").delete(),
    )


def test_a_selection_is_kept_shared_and_deleted_by_its_owner(client, many, koege, roskilde):
    chosen = Jobcentre.objects.filter(code__in=["9001", "9003"])
    client.force_login(koege.caseworker)

    saved = client.post(
        reverse("dashboard:save_selection"),
        {
            "name": "Kyst",
            "is_shared": "on",
            "jobcentres": [one.pk for one in chosen],
            "here": "jobcenter=0259",
        },
        follow=True,
    )

    assertContains(saved, "Valget „Kyst“ er gemt.")
    assert rows_of(saved) == ["Køge", "Nr. 1", "Nr. 3"]
    selection = Selection.objects.get()
    assertContains(open_for(client, koege.manager), "Kyst")
    assertNotContains(open_for(client, roskilde.manager), "Kyst")
    client.force_login(koege.manager)
    assert client.post(reverse("dashboard:forget_selection", args=[selection.pk])).status_code == 404
    client.force_login(koege.caseworker)
    client.post(reverse("dashboard:forget_selection", args=[selection.pk]))
    assert not Selection.objects.exists()


def test_a_selection_without_a_name_is_not_saved_and_the_choice_not_lost(client, many, koege):
    client.force_login(koege.caseworker)
    chosen = Jobcentre.objects.get(code="9003")

    page = client.post(
        reverse("dashboard:save_selection"), {"name": "", "jobcentres": [chosen.pk]}, follow=True
    )

    assertContains(page, "Skriv, hvad valget hedder.")
    assert rows_of(page) == ["Køge", "Nr. 3"]
    assert not Selection.objects.exists()


def test_without_expectations_nobody_has_peers(result_measure, group, koege, roskilde):
    comparison = make_comparison(
        result_measure, group, {koege.jobcentre: TOO_FEW, roskilde.jobcentre: TOO_FEW}
    )

    shown = beside.read(comparison=comparison, members=None, focus=koege.jobcentre, reader=None)

    assert [row.jobcentre for row in shown.rows] == [koege.jobcentre]
    assert shown.together.actual is None


def test_the_historic_groups_name_only_municipalities_that_are_there(db):
    from django.core.management import call_command

    call_command("load_reference_data")

    sizes = sorted(one.municipalities.count() for one in NamedGroup.objects.all())
    assert sizes == [6, 6, 7, 8]
    assert all("SFI 06:15" in one.source for one in NamedGroup.objects.all())
    assert load.NAMED_GROUPS.exists()
