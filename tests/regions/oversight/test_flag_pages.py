"""Flags: who sees which, and what the page says."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from regions.measures.models import TargetGroup
from regions.oversight.models import Flag
from tests.regions.making import (
    AS_EXPECTED,
    FAR_OVER,
    FAR_UNDER,
    NOW,
    UNDER,
    evidence,
    figures,
    make_comparison,
)
from tests.regions.reading import text_of

FLAGS = "/flag/"


def answers_of(client, user, flag):
    """What this person is answered when they read, decide and answer."""
    client.force_login(user)
    return (
        client.get(flag.get_absolute_url()).status_code,
        client.post(reverse("oversight:decide", args=[flag.pk]), {}).status_code,
        client.post(reverse("oversight:answer", args=[flag.pk]), {}).status_code,
    )


# --- who sees which ----------------------------------------------------------------------------------


def test_the_officer_of_the_area_reads_and_decides_and_does_not_answer(client, flag, sjaelland):
    assert answers_of(client, sjaelland.officer, flag) == (200, 200, 403)


def test_the_manager_reads_and_answers_and_does_not_decide(client, flag, koege):
    assert answers_of(client, koege.manager, flag) == (200, 403, 200)


def test_for_the_officer_of_another_area_the_flag_is_not_there(client, flag, midtjylland):
    assert answers_of(client, midtjylland.officer, flag) == (404, 404, 403)


def test_for_a_manager_elsewhere_the_flag_is_not_there(client, flag, roskilde):
    """Roskilde is a neighbour, in the same area."""
    assert answers_of(client, roskilde.manager, flag) == (404, 403, 404)


def test_a_caseworker_of_the_jobcentre_itself_is_refused(client, flag, koege):
    assert answers_of(client, koege.caseworker, flag) == (403, 403, 403)


def test_for_the_national_agency_a_flag_is_there_once_it_is_confirmed(client, flag, national, confirm):
    assert answers_of(client, national, flag) == (404, 403, 403)

    confirm(flag)

    assert answers_of(client, national, flag) == (200, 403, 403)


def test_a_confirmed_flag_is_still_no_neighbours_business(client, flag, roskilde, midtjylland, confirm):
    confirm(flag)

    assert answers_of(client, roskilde.manager, flag) == (404, 403, 404)
    assert answers_of(client, midtjylland.officer, flag) == (404, 404, 403)


def test_the_administrator_has_no_page_of_a_flag(client, flag, administrator):
    assert answers_of(client, administrator, flag) == (403, 403, 403)


def test_the_national_agency_lists_what_is_confirmed_and_nothing_else(client, make_flag, national, confirm):
    confirmed = confirm(make_flag())
    undecided = make_flag(period="2025QMAT03")
    client.force_login(national)

    page = client.get(FLAGS)

    assert list(page.context["page"]) == [confirmed]
    assert undecided.get_absolute_url() not in page.text


def test_whoever_has_not_signed_in_is_asked_to(client, flag):
    answer = client.get(flag.get_absolute_url())

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_each_sees_the_flags_of_their_own_in_the_list(
    client, make_flag, sjaelland, midtjylland, koege, aarhus
):
    own, elsewhere = make_flag(), make_flag(jobcentre=aarhus.jobcentre)

    for user, sees, misses in (
        (sjaelland.officer, own, elsewhere),
        (koege.manager, own, elsewhere),
        (midtjylland.officer, elsewhere, own),
        (aarhus.manager, elsewhere, own),
    ):
        client.force_login(user)
        for state in ("open", "all"):
            page = client.get(FLAGS, {"state": state}).text
            assert sees.get_absolute_url() in page
            assert misses.get_absolute_url() not in page


def test_the_number_in_the_menu_counts_what_waits_in_the_own_area(
    client, make_flag, sjaelland, aarhus, midtjylland
):
    make_flag()
    make_flag(jobcentre=aarhus.jobcentre)
    decided = make_flag(period="2025QMAT03")
    decided.dismiss(by=sjaelland.officer, organisation=sjaelland.office.organisation, reason="Dataefterslæb")
    client.force_login(sjaelland.officer)

    page = client.get(FLAGS).text

    assert '<span class="ei-count">1</span>' in page


# --- the list ----------------------------------------------------------------------------------------


def test_the_serious_stand_before_those_to_watch_and_the_newest_first(client, make_flag, sjaelland):
    now = timezone.now()
    old = make_flag(period="2024QMAT03", raised_at=now - timedelta(days=400))
    watch = make_flag(severity=Flag.Severity.WATCH, raised_at=now)
    new = make_flag(raised_at=now - timedelta(days=1))
    client.force_login(sjaelland.officer)

    assert list(client.get(FLAGS).context["page"]) == [new, old, watch]


def test_what_is_decided_leaves_the_list_of_what_waits(client, flag, sjaelland):
    flag.dismiss(by=sjaelland.officer, organisation=sjaelland.office.organisation, reason="Dataefterslæb")
    client.force_login(sjaelland.officer)

    assert "Intet venter på en afgørelse." in text_of(client.get(FLAGS))
    assert "Afvist" in text_of(client.get(FLAGS, {"state": "all"}))


def test_what_is_decided_is_no_proposal_any_longer_but_was_raised_as_one(
    client, make_flag, sjaelland, confirm
):
    decided, open_one = confirm(make_flag()), make_flag(period="2025QMAT03")
    client.force_login(sjaelland.officer)

    text = text_of(client.get(decided.get_absolute_url()))
    listed = text_of(client.get(FLAGS, {"state": "all"}))

    assert open_one.severity_in_words == "alvorligt resultatproblem – forslag"
    assert "Alvorligt resultatproblem · resultatproblem" in text
    assert "Flag rejst: „alvorligt resultatproblem – forslag“" in text
    assert listed.count("Alvorligt resultatproblem – forslag") == 1


def test_a_watched_flag_still_waits(client, flag, sjaelland):
    flag.watch(by=sjaelland.officer, organisation=sjaelland.office.organisation, reason="Vi følger det")
    client.force_login(sjaelland.officer)

    assert flag.get_absolute_url() in client.get(FLAGS).text


def test_the_list_takes_the_same_queries_with_one_and_with_three(client, make_flag, sjaelland):
    client.force_login(sjaelland.officer)
    make_flag()
    client.get(FLAGS)
    with CaptureQueriesContext(connection) as one:
        client.get(FLAGS)
    make_flag(period="2025QMAT03")
    make_flag(period="2024QMAT03")
    with CaptureQueriesContext(connection) as three:
        client.get(FLAGS)

    assert len(three) == len(one)


# --- the page ----------------------------------------------------------------------------------------


def test_the_file_of_the_list_names_the_definition_and_the_data_of_each_flag(client, flag, sjaelland):
    client.force_login(sjaelland.officer)

    response = client.get(reverse("oversight:flags"), {"hent": "csv"})

    headings, line = csv.reader(StringIO(b"".join(response).decode("utf-8-sig")), delimiter=";")
    said = dict(zip(headings, line, strict=True))
    assert said["Jobcenter"] == flag.jobcentre.name
    assert said["Definitionsversion"] == str(flag.evidence["definition_version"])
    assert said["Datadato"] == flag.evidence["data_date"]


@pytest.fixture
def page_text(client, flag, sjaelland):
    client.force_login(sjaelland.officer)
    return text_of(client.get(flag.get_absolute_url()))


def test_the_page_says_the_figures_and_that_a_flag_is_no_verdict(page_text):
    assert "Det målte gælder for 354 af 1.346 personer." in page_text
    assert "Med vilkårene i Køge var 471 at vente: 117 personer færre." in page_text
    assert "I to perioder i træk har resultatet været dårligere, end tilfældet forklarer." in page_text
    assert "Et flag er en anledning til at se efter, ikke en dom." in page_text
    assert "Der er foretaget 510 sammenligninger" in page_text


def test_the_page_says_which_versions_it_rests_on(page_text):
    assert "Definition version 3 · regel version 1" in page_text.replace("Regel", "regel")
    assert "510 sammenligninger i perioden" in page_text


def test_more_than_expected_is_said_as_more(client, make_flag, sjaelland, measures):
    flag = make_flag(
        measure=measures["back_within_12_months"],
        evidence=evidence(direction="lower_better", periods=[figures(said=FAR_OVER)]).as_json(),
    )
    client.force_login(sjaelland.officer)

    assert "93 personer flere." in text_of(client.get(flag.get_absolute_url()))


def test_the_page_keeps_saying_what_was_known_when_figures_change(
    client, flag, sjaelland, koege, roskilde, result_measure, group
):
    make_comparison(result_measure, group, {koege.jobcentre: AS_EXPECTED, roskilde.jobcentre: AS_EXPECTED})
    client.force_login(sjaelland.officer)

    text = text_of(client.get(flag.get_absolute_url()))

    assert "354 af 1.346" in text
    assert "204 af 573" not in text


def test_other_measures_of_the_jobcentre_stand_beside_and_not_this_one(
    client, flag, sjaelland, koege, measures, group, result_measure
):
    make_comparison(result_measure, group, {koege.jobcentre: AS_EXPECTED}, period=NOW)
    make_comparison(measures["back_within_12_months"], group, {koege.jobcentre: UNDER})
    client.force_login(sjaelland.officer)

    page = client.get(flag.get_absolute_url())

    [result] = page.context["other_results"].values()
    assert result.comparison.measure.code == "back_within_12_months"


def test_of_many_other_measures_those_stand_beside_that_deserve_a_look(
    client, flag, sjaelland, koege, measures, group, result_measure
):
    others = TargetGroup.objects.exclude(pk=group.pk)[:6]
    for one in others:
        for measure in (result_measure, measures["timely_first_interview"]):
            make_comparison(measure, one, {koege.jobcentre: AS_EXPECTED})
    make_comparison(measures["back_within_12_months"], group, {koege.jobcentre: FAR_UNDER})
    make_comparison(measures["back_within_12_months"], others[0], {koege.jobcentre: FAR_OVER})
    client.force_login(sjaelland.officer)

    page = client.get(flag.get_absolute_url())

    beside = [latest.z_adjusted for latest in page.context["other_results"]]
    assert beside[:2] == [FAR_OVER.z, FAR_UNDER.z], "of those back on benefit, more is worse"
    assert len(beside) == 10
    assert "Alle jobcentrets resultater (14)" in text_of(page)


def test_the_officer_has_a_decision_to_make_and_the_manager_has_not(client, flag, sjaelland, koege):
    client.force_login(sjaelland.officer)
    assert "Afgør som Hanne Vestergaard" in text_of(client.get(flag.get_absolute_url()))
    client.force_login(koege.manager)
    text = text_of(client.get(flag.get_absolute_url()))
    assert "Afgør som" not in text
    assert "Dit svar" not in text
