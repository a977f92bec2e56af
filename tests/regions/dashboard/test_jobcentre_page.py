"""A jobcentre on every measure: results for all who work in the system, flags only for those they concern."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from regions.dashboard import views
from regions.measures.models import Measurement
from tests.regions.making import AS_EXPECTED, FAR_OVER, FAR_UNDER, Said, make_comparison, make_flag, review
from tests.regions.reading import text_of

QUERIES = 24
"""What a caseworker's reading asks of the database, the beginning and end of its transaction among it."""


@pytest.fixture
def flag(compared, koege, result_measure, group, flag_rule):
    return make_flag(koege.jobcentre, measure=result_measure, group=group, rule=flag_rule)


def page(client, user, centre):
    client.force_login(user)
    return client.get(reverse("dashboard:jobcentre", args=[centre.jobcentre.pk]))


def test_small_numbers_are_the_jobcentres_own_to_read(
    client, koege, roskilde, result_measure, group, sjaelland
):
    make_comparison(
        result_measure, group, {koege.jobcentre: Said(3, 417, 30.0, -4.4), roskilde.jobcentre: AS_EXPECTED}
    )

    own, neighbours, officers = (
        text_of(page(client, user, koege))
        for user in (koege.caseworker, roskilde.caseworker, sjaelland.officer)
    )

    assert "417" in own
    for seen in (neighbours, officers):
        assert "417" not in seen
        assert "skjult" in seen
        assert "tallene er for små til at blive fortalt" in seen


def test_a_caseworker_sees_results_but_no_flags(client, flag, koege):
    seen = page(client, koege.caseworker, koege)

    assert "I job seks måneder efter afsluttet forløb" in text_of(seen)
    assert "354" in text_of(seen)
    assert flag.get_absolute_url() not in seen.text


def test_a_neighbour_sees_the_results_of_another_jobcentre(client, flag, koege, roskilde):
    assert "Klart under" in text_of(page(client, roskilde.caseworker, koege))


def test_the_manager_sees_the_flags_of_the_own_jobcentre(client, flag, koege):
    seen = page(client, koege.manager, koege)

    assert "Jeres egne resultater" in text_of(seen)
    assert flag.get_absolute_url() in seen.text


def test_another_jobcentres_manager_sees_no_flags(client, flag, koege, roskilde):
    seen = page(client, roskilde.manager, koege)

    assert "Jeres egne resultater" not in text_of(seen)
    assert flag.get_absolute_url() not in seen.text


def test_the_officer_of_the_area_sees_flags_and_the_officer_of_another_does_not(
    client, flag, koege, sjaelland, midtjylland
):
    assert flag.get_absolute_url() in page(client, sjaelland.officer, koege).text
    assert flag.get_absolute_url() not in page(client, midtjylland.officer, koege).text


def test_the_national_agency_sees_results_and_no_unconfirmed_flag(client, flag, koege, national):
    seen = page(client, national, koege)

    assert "354" in text_of(seen)
    assert flag.get_absolute_url() not in seen.text


def test_every_measure_is_shown_with_its_latest_result_beside_the_one_before(
    client, compared, koege, measures, group
):
    make_comparison(measures["back_within_12_months"], group, {koege.jobcentre: AS_EXPECTED})
    make_comparison(measures["job_after_6_months"], group, {koege.jobcentre: FAR_OVER}, period="2025QMAT04")

    seen = page(client, koege.caseworker, koege)

    assert [line.comparison.measure.code for line in seen.context["lines"]] == [
        "back_within_12_months",
        "job_after_6_months",
    ]
    jobs = seen.context["lines"][1]
    assert jobs.comparison.period == "2026QMAT03"
    # Not the window of three months ago, which shares three quarters with this one.
    assert jobs.before.comparison.period == "2025QMAT03"


def test_what_was_compared_last_without_the_jobcentre_is_shown_as_it_was_before(
    client, compared, koege, roskilde, result_measure, group
):
    make_comparison(result_measure, group, {roskilde.jobcentre: AS_EXPECTED}, period="2027QMAT03")

    [line] = page(client, koege.caseworker, koege).context["lines"]

    assert line.comparison.period == "2026QMAT03"


def test_many_measures_fill_several_pages_and_the_sentence_names_all_that_are_worse(
    client, compared, koege, measures, group, monkeypatch
):
    monkeypatch.setattr(views, "LINES_ON_A_PAGE", 1)
    make_comparison(measures["back_within_12_months"], group, {koege.jobcentre: AS_EXPECTED})

    first = page(client, koege.caseworker, koege)
    second = client.get(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk]), {"side": 2})

    assert [line.comparison.measure.code for seen in (first, second) for line in seen.context["lines"]] == [
        "back_within_12_months",
        "job_after_6_months",
    ]
    for seen in (first, second):
        assert "ligger klart under det forventede: 75 pct. af det." in text_of(seen)


def test_the_sentence_names_what_is_worse_than_expected(client, compared, koege):
    text = text_of(page(client, koege.caseworker, koege))

    assert "ligger klart under det forventede: 75 pct. af det." in text


def test_each_line_says_how_old_its_data_are_and_which_definition_they_follow(client, compared, koege):
    text = text_of(page(client, koege.caseworker, koege))

    assert re.search(r"data fra 12\. nov\.( 2026)? · definition version 3", text)


def test_a_jobcentre_that_was_never_compared_says_so(client, koege, aarhus):
    text = text_of(page(client, koege.caseworker, aarhus))

    assert "Der er endnu ikke sammenlignet noget for dette jobcenter." in text


def test_a_jobcentre_that_is_not_there_is_not_found(client, koege):
    client.force_login(koege.caseworker)

    assert client.get(reverse("dashboard:jobcentre", args=[0])).status_code == 404


def test_the_menu_leads_staff_to_their_own_jobcentre(client, koege):
    client.force_login(koege.caseworker)

    answer = client.get(reverse("dashboard:my_jobcentre"))

    assert answer.url == reverse("dashboard:jobcentre", args=[koege.jobcentre.pk])


def test_the_page_takes_the_same_queries_with_one_measure_and_with_three(
    client, koege, measures, group, flag_rule, django_assert_num_queries
):
    make_comparison(measures["job_after_6_months"], group, {koege.jobcentre: FAR_UNDER})
    url = page(client, koege.caseworker, koege).request["PATH_INFO"]
    with django_assert_num_queries(QUERIES):
        client.get(url)
    make_comparison(measures["back_within_12_months"], group, {koege.jobcentre: FAR_UNDER})
    make_comparison(measures["job_after_6_months"], group, {koege.jobcentre: FAR_UNDER}, period="2025QMAT03")
    with django_assert_num_queries(QUERIES):
        client.get(url)


def test_a_flag_is_shown_with_the_next_step_of_its_way(client, flag, koege):
    assert "Næste: Datakontrol, forfalder" in text_of(page(client, koege.manager, koege))


def test_a_hearing_waits_on_top_until_the_manager_has_answered(client, flag, koege, sjaelland):
    who = {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}
    due_on = timezone.localdate() + timedelta(days=14)
    asked = review(flag, **who).send_to_hearing(reason="Forklar faldet", due_on=due_on, **who)

    assertContains(page(client, koege.manager, koege), "Partshøringer, der skal besvares")
    assertNotContains(page(client, sjaelland.officer, koege), "Partshøringer, der skal besvares")
    asked.answer("Det passer.", by=koege.manager, organisation=koege.jobcentre.organisation)
    assertNotContains(page(client, koege.manager, koege), "Partshøringer, der skal besvares")


def test_the_results_say_the_place_among_peers(client, compared, koege):
    assert "3 af 3" in text_of(page(client, koege.manager, koege))


def test_the_portals_own_figures_stand_apart_and_lead_to_their_months(client, koege, measures, delivery):
    for period, value in ((date(2026, 7, 1), 81.0), (date(2026, 8, 1), 84.0)):
        Measurement.objects.create(
            measure=measures["answers_in_time"],
            jobcentre=koege.jobcentre,
            period=f"{period:%YM%m}",
            starts_on=period,
            ends_on=period + timedelta(days=30),
            value=value,
            numerator=int(value),
            denominator=100,
            delivery=delivery,
        )

    shown = page(client, koege.manager, koege)

    assert "Svar til virksomheder inden for det lovede 84,0" in text_of(shown)
    assertContains(shown, reverse("dashboard:over_time", args=[koege.jobcentre.pk, "answers_in_time"]))


def test_only_the_jobcentre_itself_is_led_to_what_was_late(client, koege, roskilde, sjaelland):
    late = reverse("timeliness:late")

    assertContains(page(client, koege.caseworker, koege), late)
    for other in (roskilde.manager, sjaelland.officer):
        assertNotContains(page(client, other, koege), late)


@pytest.mark.parametrize(("weakness", "said"), [("poor_fit", True), ("", False)])
def test_a_weak_model_is_said_beside_the_result(
    client, koege, roskilde, result_measure, group, weakness, said
):
    both = {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED}
    make_comparison(result_measure, group, both, weakness=weakness)

    assert ("Svag model" in text_of(page(client, koege.caseworker, koege))) is said
