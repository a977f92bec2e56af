"""The inbox: the late first, each severity by itself, and how much was compared to find the flags."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from regions.oversight.models import Question
from tests.regions.making import AS_EXPECTED, FAR_UNDER, TOO_FEW, Said, make_comparison
from tests.regions.reading import text_of

FLAGS = "/flag/"


def test_what_is_late_stands_before_what_is_serious(client, make_flag, sjaelland):
    yesterday = timezone.localdate() - timedelta(days=1)
    serious = make_flag()
    late = make_flag(period="2025QMAT03", severity="watch", due_on=yesterday)
    client.force_login(sjaelland.officer)

    assert list(client.get(FLAGS).context["page"]) == [late, serious]


def test_those_to_watch_can_be_looked_at_by_themselves_and_the_choice_is_kept(client, make_flag, sjaelland):
    make_flag()
    watched = make_flag(period="2025QMAT03", severity="watch")
    client.force_login(sjaelland.officer)

    page = client.get(FLAGS, {"severity": "watch", "state": "all"})

    assert list(page.context["page"]) == [watched]
    assert 'href="?state=all&amp;ground=result&amp;severity=watch"' in page.content.decode()
    assert list(client.get(FLAGS, {"severity": "nonsense", "state": "nonsense"}).context["page"])


def test_it_says_how_many_were_compared_and_how_many_chance_alone_puts_there(
    client, flag_rule, sjaelland, koege, roskilde, aarhus, result_measure, group
):
    results = {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED, aarhus.jobcentre: AS_EXPECTED}
    make_comparison(result_measure, group, results)
    make_comparison(result_measure, group, results, period="2025QMAT03")
    client.force_login(sjaelland.officer)

    page = client.get(FLAGS)

    compared = page.context["compared"]
    assert compared.results == 2, "only the latest, and only of the area"
    assert round(compared.by_chance, 3) == 0.05
    assert "holdt op mod det forventede: 2." in text_of(page)


def test_too_few_data_is_counted_and_listed(
    client, flag_rule, sjaelland, koege, roskilde, aarhus, result_measure, group
):
    small = Said(9, 18, 9.0, 0.1)
    make_comparison(
        result_measure,
        group,
        {koege.jobcentre: TOO_FEW, roskilde.jobcentre: small, aarhus.jobcentre: TOO_FEW},
    )
    client.force_login(sjaelland.officer)

    page = client.get(FLAGS, {"state": "too_few"})

    assert [result.jobcentre for result in page.context["page"]] == [koege.jobcentre, roskilde.jobcentre]
    assert page.context["compared"].results == 0
    assert "For få data (2)" in text_of(page)


def test_a_legal_requirement_needs_no_expectation_to_be_judged(
    client, flag_rule, sjaelland, koege, measures, group
):
    timely = measures["timely_first_interview"]
    make_comparison(timely, group, {koege.jobcentre: Said(30, 60, None, None)})
    client.force_login(sjaelland.officer)

    compared = client.get(FLAGS).context["compared"]

    assert (compared.results, compared.too_few.count()) == (0, 0)


def test_a_manager_is_told_of_the_own_jobcentre(client, flag_rule, koege, roskilde, result_measure, group):
    make_comparison(result_measure, group, {koege.jobcentre: TOO_FEW, roskilde.jobcentre: TOO_FEW})
    client.force_login(koege.manager)

    page = client.get(FLAGS, {"state": "too_few"})

    assert [result.jobcentre for result in page.context["page"]] == [koege.jobcentre]


def test_the_list_asks_as_much_for_many_flags_as_for_few(
    client, make_flag, sjaelland, django_assert_max_num_queries
):
    for year in range(2014, 2024):
        make_flag(period=f"{year}QMAT03", due_on=timezone.localdate() - timedelta(days=1))
    client.force_login(sjaelland.officer)

    with django_assert_max_num_queries(17):
        client.get(FLAGS)


def test_each_remark_of_the_data_check_says_what_it_is_about(client, flag, sjaelland):
    flag.review(by=sjaelland.officer, organisation=sjaelland.office.organisation)
    client.force_login(sjaelland.officer)

    page = client.get(reverse("oversight:flag", args=[flag.pk])).content.decode()

    for question in Question:
        assert f'aria-label="Bemærkning: {question.label}"' in page
