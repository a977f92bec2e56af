"""A result opened: its figures, delivery, definition, model and peers, and what others are not told."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from regions.comparison import opening
from regions.comparison.models import Result
from regions.feeds.models import Arrival
from tests.pages import without_tokens
from tests.queries import assert_same_queries
from tests.regions.making import AS_EXPECTED, FAR_UNDER, NOW, Said, give_conditions, make_comparison
from tests.regions.reading import text_of

FEW = Said(3, 417, 30.0, -4.4)

QUERIES = 17
"""What an officer's reading asks of the database, the beginning and end of its transaction among it."""


def address_of(centre):
    here = [centre.jobcentre.pk, "job_after_6_months", "ready_for_work", NOW]
    return reverse("dashboard:result", args=here)


def test_a_result_opens_to_its_figures_its_delivery_and_its_definition(
    client, koege, roskilde, result_measure, group, flag_rule, figure_of
):
    figure = figure_of(koege, 354, 1346)
    make_comparison(
        result_measure,
        group,
        {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED},
        definition_version=result_measure.version,
    )
    client.force_login(roskilde.caseworker)

    page = client.get(address_of(koege))

    text = text_of(page)
    assert "354 af 1.346, mod 471 forventet: 75 pct. af det" in text
    assertContains(page, figure.delivery.digest)
    assertContains(page, figure.delivery.source)
    assertContains(page, f"#version-{result_measure.version}")
    assert result_measure.numerator in text


def test_the_expected_value_is_told_as_the_line_it_was_read_from(
    client, defined_conditions, koege, roskilde, result_measure, group, flag_rule
):
    give_conditions([koege.jobcentre])
    value = koege.jobcentre.conditions.get(condition="population").value
    comparison = make_comparison(
        result_measure,
        group,
        {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED},
        coefficients={"intercept": 0.3, "population": 0.01},
    )

    koeges, roskildes = (
        opening.opened(comparison.results.get(jobcentre=one.jobcentre), share=0.3)
        for one in (koege, roskilde)
    )

    assert koeges.line_share == pytest.approx(0.3 + 0.01 * value)
    assert koeges.expected_share == pytest.approx(471 / 1346)
    assert roskildes.line_share is None  # nothing is known of its conditions
    client.force_login(koege.manager)
    assertContains(client.get(address_of(koege)), "Indbyggertal")


def test_what_a_share_among_the_conditions_counts_is_said_of_one_percentage_point(
    client, defined_conditions, koege, roskilde, result_measure, group, flag_rule
):
    """It lies between 0 and 1, and nobody has one more of it."""
    give_conditions([koege.jobcentre])
    known = koege.jobcentre.conditions.get(condition="long_commute")
    make_comparison(
        result_measure,
        group,
        {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED},
        coefficients={"intercept": 0.3, "long_commute": 0.2531, "population": 0.01},
    )
    client.force_login(koege.manager)

    text = text_of(client.get(address_of(koege)))

    share = f"{100 * known.value:.1f}".replace(".", ",")
    assert f"{share} % +0,25 for ét procentpoint mere" in text
    assert "25,31" not in text
    assert "+1,00 for ét" not in text
    tool = text_of(client.get(reverse("dashboard:compare")))
    assert "pendler mere end 30 km +0,25 for ét procentpoint mere" in tool
    assert "Udgangspunkt +30,00" in tool


def test_small_numbers_open_to_the_jobcentre_alone(
    client, koege, roskilde, result_measure, group, flag_rule, figure_of
):
    figure_of(koege, 3, 417)
    make_comparison(result_measure, group, {koege.jobcentre: FEW, roskilde.jobcentre: AS_EXPECTED})

    client.force_login(koege.caseworker)
    assert "417" in without_tokens(client.get(address_of(koege)))
    client.force_login(roskilde.manager)
    for page in (address_of(koege), address_of(roskilde)):
        assert "417" not in without_tokens(client.get(page))


def test_the_evidence_is_a_link_for_an_officer_and_a_name_for_others(
    client, sjaelland, koege, result_measure, group, flag_rule, figure_of
):
    figure = figure_of(koege, 354, 1346)
    arrival = Arrival.objects.create(
        source=figure.delivery.source,
        data_date=figure.delivery.data_date,
        came_as=figure.delivery.file_name,
        content=b"",
        digest=figure.delivery.digest,
        state=Arrival.State.COUNTED,
        decided_at=timezone.now(),
        decided_by=sjaelland.officer,
        delivery=figure.delivery,
    )
    make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER})

    client.force_login(sjaelland.officer)
    assertContains(client.get(address_of(koege)), arrival.get_absolute_url())
    client.force_login(koege.manager)
    assertNotContains(client.get(address_of(koege)), arrival.get_absolute_url())


def test_a_figure_that_is_no_longer_there_is_said_to_be_replaced(
    client, koege, result_measure, group, flag_rule
):
    make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER})
    client.force_login(koege.manager)

    assertContains(client.get(address_of(koege)), "Tallet er erstattet")


def test_what_was_never_compared_is_not_there(client, koege, result_measure, group):
    client.force_login(koege.manager)

    assert client.get(address_of(koege)).status_code == 404


def test_more_peers_take_no_more_queries(client, koege, result_measure, group, flag_rule, make_jobcentres):
    comparison = make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER})
    others = iter(make_jobcentres(3))
    client.force_login(koege.manager)

    def add_peer():
        Result.objects.create(
            comparison=comparison,
            jobcentre=next(others),
            actual=200,
            base=573,
            expected=199.0,
            z_adjusted=0.4,
        )

    assert_same_queries(open_page=lambda: client.get(address_of(koege)), add_row=add_peer)


def test_what_the_peers_are_read_from_is_not_read_again(
    client, koege, roskilde, sjaelland, compared, django_assert_num_queries
):
    client.force_login(sjaelland.officer)
    client.get(address_of(koege))

    with django_assert_num_queries(QUERIES):
        client.get(address_of(roskilde))


def test_every_table_of_results_leads_to_what_each_was_computed_from(client, sjaelland, koege, compared):
    client.force_login(sjaelland.officer)
    jobcentre = reverse("dashboard:jobcentre", args=[koege.jobcentre.pk])
    compare = f"{reverse('dashboard:compare')}?med=alle"

    for page in (reverse("dashboard:area"), reverse("dashboard:country"), jobcentre, compare):
        assertContains(client.get(page), f'href="{address_of(koege)}"')
