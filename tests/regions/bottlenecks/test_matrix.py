"""Occupation by area: what each cell says, what the sentence makes of them, and what earlier reports said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regions.bottlenecks.figures import over_time
from regions.bottlenecks.models import Category, Report
from regions.bottlenecks.reports import matrix
from tests.regions.making import make_line, make_occupation, make_report
from tests.regions.reading import text_of

URL = "/flaskehalse/rapporter/"


def read():
    return matrix.read(matrix.latest(Report.objects.all()))


def test_each_cell_is_the_line_of_its_area_and_nobody_recruiting_is_no_line(drafts, sjaelland, midtjylland):
    shown = read()

    assert shown.areas == [midtjylland.area, sjaelland.area]
    cells = {row.occupation.title: [line and line.attempts for line in row.lines] for row in shown.rows}
    assert cells == {"Sygeplejerske": [97, 58], "Truckfører": [120, 61], "Kok": [None, 3]}


def test_occupations_short_in_most_areas_come_first(drafts):
    assert [row.occupation.title for row in read().rows] == ["Sygeplejerske", "Truckfører", "Kok"]


def test_only_the_latest_half_year_is_shown(drafts, sjaelland):
    make_line(
        make_report(sjaelland.area, period="2025H02"),
        make_occupation("7115", "Tømrer"),
        failed=9,
        attempts=10,
        category=Category.PROBLEMS,
    )

    assert "Tømrer" not in [row.occupation.title for row in read().rows]


def test_the_sentence_counts_names_what_is_short_everywhere_and_what_only_here(
    drafts, sjaelland, midtjylland
):
    said = matrix.say(read(), area=sjaelland.area)

    assert (len(said.short), said.shown) == (2, 3)
    assert [str(one) for one in said.everywhere] == ["Sygeplejerske"]
    assert (str(said.only_here[0]), said.only_here[1]) == ("Truckfører", [midtjylland.area])
    assert said.short[0] == drafts.drivers


def test_one_area_alone_is_not_everywhere(drafts, sjaelland):
    drafts.elsewhere.lines.all().delete()
    drafts.elsewhere.delete()

    assert matrix.say(read(), area=sjaelland.area).everywhere == []


def test_the_lines_before_and_after_are_those_of_the_same_report(drafts):
    shown = read()

    assert shown.beside(drafts.nurses) == (None, drafts.drivers)
    assert shown.beside(drafts.drivers) == (drafts.nurses, drafts.cooks)
    assert shown.beside(drafts.cooks) == (drafts.drivers, None)


def test_the_history_is_of_the_same_occupation_and_area_and_ends_with_the_line(
    drafts, sjaelland, midtjylland
):
    occupation = drafts.drivers.occupation
    earlier = make_line(
        make_report(sjaelland.area, period="2025H02"),
        occupation,
        failed=9,
        attempts=83,
        category=Category.NO_PROBLEMS,
    )
    make_line(
        make_report(sjaelland.area, period="2026H02"),
        occupation,
        failed=9,
        attempts=9,
        category=Category.PROBLEMS,
    )
    make_line(
        make_report(midtjylland.area, period="2025H02"),
        occupation,
        failed=9,
        attempts=9,
        category=Category.PROBLEMS,
    )

    assert matrix.history(line=drafts.drivers, reports=Report.objects.all()) == [earlier, drafts.drivers]


def test_the_chart_keeps_every_interval_within_its_axis_and_shows_the_limit(drafts):
    data = over_time.intervals([("2026H01", drafts.drivers)], cut=0.2)

    [row] = data["rows"]
    assert data["limit"] == {"value": 20.0, "label": "20"}
    assert row["name"] == "1. halvår 2026"
    assert 0 <= row["low"] < row["value"] < row["high"] <= data["y_max"] <= 100


def test_a_line_without_attempts_has_no_point(drafts):
    drafts.cooks.attempts = drafts.cooks.failed = 0
    drafts.cooks.lower = drafts.cooks.upper = None

    assert over_time.intervals([("2026H01", drafts.cooks)], cut=0.2)["rows"] == []


# --- the page ----------------------------------------------------------------------------------------


def test_the_officer_reads_the_sentence_of_the_own_area(client, drafts, sjaelland):
    client.force_login(sjaelland.officer)

    text = text_of(client.get(URL))

    assert "I Sjælland har arbejdsgiverne rekrutteringsproblemer i to af 3 fag." in text
    assert "Sygeplejerske: problemer i alle to områder." in text
    assert "Truckfører: problemer i Sjælland, men ikke i Midtjylland." in text
    assert "Sjælland (jer)" in text
    assert "0 af 3 linjer i Sjælland er gennemgået" in text


def test_every_cell_says_category_and_number_of_answers(client, drafts, koege):
    client.force_login(koege.caseworker)

    text = text_of(client.get(URL))

    assert "Truckfører DISCO 8344 Ingen problemer 120 svar" in text
    assert "Problemer 61 svar" in text
    assert "Kok DISCO 5120 Ingen svar Ikke vurderet 3 svar" in text


def test_an_opened_cell_says_what_it_rests_on(client, drafts, koege):
    client.force_login(koege.caseworker)

    text = text_of(client.get(URL, {"line": drafts.drivers.pk}))

    assert "Truckfører i Sjælland" in text
    assert "Arbejdsgiverne ledte forgæves i 27 af 61 forsøg (44,3" in text
    assert "Grænsen er 20" in text


def test_too_few_answers_and_answers_to_both_sides_are_told_apart(client, drafts, koege):
    client.force_login(koege.caseworker)
    between = make_line(
        drafts.report,
        make_occupation("7411", "Elektriker"),
        failed=3,
        attempts=12,
        category=Category.NOT_ASSESSED,
    )

    few = text_of(client.get(URL, {"line": drafts.cooks.pk}))
    either = text_of(client.get(URL, {"line": between.pk}))

    assert "Færre end 5 forsøg vurderes aldrig." in few
    assert "95 pct.-intervallet når til begge sider af grænsen" in either


def test_last_times_assessment_is_told(client, drafts, koege, sjaelland):
    make_line(
        make_report(sjaelland.area, period="2025H02"),
        drafts.drivers.occupation,
        failed=2,
        attempts=83,
        category=Category.NO_PROBLEMS,
    )
    client.force_login(koege.caseworker)

    text = text_of(client.get(URL, {"line": drafts.drivers.pk}))

    assert "Sidste gang var vurderingen „ingen rekrutteringsproblemer“." in text


@pytest.mark.parametrize("asked", ["0", "-1", "abc", "1 OR 1=1", "99999999"])
def test_a_cell_that_is_not_there_is_not_found(client, drafts, koege, asked):
    client.force_login(koege.caseworker)

    assert client.get(URL, {"line": asked}).status_code == 404


def test_before_any_report_the_page_says_what_comes(client, koege):
    client.force_login(koege.caseworker)

    assert "udkast" in text_of(client.get(URL)).lower()


def test_the_page_takes_the_same_queries_with_one_and_with_three_occupations(client, drafts, sjaelland):
    client.force_login(sjaelland.officer)
    drafts.cooks.delete()
    client.get(URL)
    with CaptureQueriesContext(connection) as two:
        client.get(URL)
    for code in ("7115", "7114", "2342"):
        make_line(
            drafts.report,
            make_occupation(code, f"Stilling {code}"),
            failed=1,
            attempts=9,
            category=Category.PROBLEMS,
        )
    with CaptureQueriesContext(connection) as five:
        client.get(URL)

    assert len(five) == len(two)


def test_an_employer_has_no_matrix_of_drafts(client, drafts, employer):
    client.force_login(employer)

    assert client.get(URL).status_code == 403
