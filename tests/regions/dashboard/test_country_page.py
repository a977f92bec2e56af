"""The country: how the jobcentres of every area lie, for the national authority and the area officers."""

import pytest
from django.urls import reverse

from tests.queries import asked
from tests.regions.making import (
    AS_EXPECTED,
    FAR_OVER,
    FAR_UNDER,
    NOW,
    TOO_FEW,
    UNDER,
    Said,
    confirm,
    make_comparison,
    make_flag,
)
from tests.regions.reading import text_of

URL = "/omraadet/landet/"


@pytest.fixture
def seen(client, national):
    """Opens the page as the national authority."""
    client.force_login(national)
    return lambda **query: client.get(URL, query)


def test_each_area_counts_its_jobcentres_by_how_they_lie(seen, compared):
    country = seen().context["country"]

    of_area = {area.name: counted for area, counted in country.areas}
    own, other = of_area["Sjælland"], of_area["Midtjylland"]
    assert (own.clearly_worse, own.worse, own.better, own.all) == (1, 1, 0, 2)
    assert (other.clearly_worse, other.worse, other.better, other.all) == (0, 0, 1, 1)
    assert (country.total.all, country.most.name) == (3, "Sjælland")


def test_the_sentence_says_how_many_and_where(seen, compared):
    text = text_of(seen())

    assert "1 af 3 jobcentre klarer sig klart dårligere, end vilkårene tilsiger; 1 dårligere." in text
    assert "De fleste af dem, der klarer sig klart dårligere, ligger i Sjælland." in text


def test_it_opens_on_the_comparison_of_most_jobcentres(seen, compared, koege, measures, group):
    make_comparison(measures["back_within_12_months"], group, {koege.jobcentre: FAR_OVER})

    assert seen().context["country"].comparison == compared


@pytest.mark.parametrize(("weakness", "is_said"), [("too_few_units", True), ("", False)])
def test_a_weak_model_is_said(seen, koege, roskilde, result_measure, group, weakness, is_said):
    both = {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED}
    make_comparison(result_measure, group, both, weakness=weakness)

    assert ("Modellen er svag for denne måling" in text_of(seen())) is is_said


def test_where_lower_is_better_those_far_over_are_the_worse(seen, compared, koege, measures, group):
    make_comparison(measures["back_within_12_months"], group, {koege.jobcentre: FAR_OVER})

    country = seen(measure="back_within_12_months", group=group.code, period=NOW).context["country"]

    assert (country.total.clearly_worse, country.total.better, country.total.without) == (1, 0, 2)


def test_too_few_and_no_figures_are_told_apart(seen, sjaelland, koege, roskilde, result_measure, group):
    make_comparison(result_measure, group, {koege.jobcentre: TOO_FEW})

    total = seen().context["country"].total

    assert (total.too_few, total.without, total.expected) == (1, 1, 0)


def test_only_confirmed_flags_are_counted(
    seen, compared, sjaelland, koege, roskilde, result_measure, group, flag_rule
):
    subject = {"measure": result_measure, "group": group, "rule": flag_rule}
    make_flag(koege.jobcentre, **subject)
    confirmed = confirm(
        make_flag(roskilde.jobcentre, **subject),
        by=sjaelland.officer,
        organisation=sjaelland.office.organisation,
    )

    page = seen()

    flags = {place.jobcentre: place.flags for place in page.context["country"].places}
    assert (flags[koege.jobcentre], flags[confirmed.jobcentre]) == (0, 1)
    assert "1 flag om dette er bekræftet." in text_of(page)


def test_small_numbers_are_hidden(seen, sjaelland, koege, roskilde, result_measure, group):
    make_comparison(result_measure, group, {koege.jobcentre: Said(3, 90, 30.0, -3.4)})

    text = text_of(seen())

    assert "Køge Sjælland Klart under skjult skjult skjult skjult" in text


def test_an_officer_sees_the_country_too_and_a_manager_does_not(client, compared, sjaelland, koege):
    client.force_login(sjaelland.officer)
    assert client.get(URL).status_code == 200

    client.force_login(koege.manager)
    assert client.get(URL).status_code == 403


def test_before_anything_is_compared_the_page_says_so(seen):
    assert "Der er endnu ikke sammenlignet noget." in text_of(seen())


def test_three_that_were_never_compared_say_so(seen, compared, measures):
    page = seen(measure=compared.measure.code, group=compared.target_group.code, period="2019QMAT03")

    assert page.context["country"] is None


def test_more_jobcentres_take_no_more_queries(
    seen, sjaelland, midtjylland, koege, roskilde, aarhus, result_measure, group
):
    comparison = make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER})
    seen()
    one = asked(seen).total()
    comparison.delete()
    make_comparison(
        result_measure,
        group,
        {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED, aarhus.jobcentre: UNDER},
    )

    assert asked(seen).total() == one


def test_the_national_authority_begins_here(client, national):
    client.force_login(national)

    assert client.get(reverse("accounts:home")).url == URL
