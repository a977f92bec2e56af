"""What goes wrong with a feed: each is told in a clear sentence, and yesterday's figures stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from jobcenter.runtime.models import MOST_ATTEMPTS
from regions.feeds import fetching
from regions.feeds.models import Arrival, Fetch, Setup, Source
from regions.feeds.receiving import digest_of
from regions.measures.models import Delivery, Measure, Measurement
from regions.measures.periods import Frequency, latest_ended, parse
from tests.jobindsats_server import NO_JSON, OTHER_SHAPE, TOKEN, TOO_DEEP, TRUNCATED, JobindsatsServer

COLUMNS = ["Område", "Periode", "Afsluttede forløb", "I job", "Andel i job"]
NOW, BEFORE = "2025QMAT03", "2025QMAT02"
GOOD = [
    ["Køge", NOW, "1.346", "547", "40,6"],
    ["Roskilde", NOW, 1199, 471, 39.3],
    ["Region Sjælland", NOW, "12.501", "4.900", "39,2"],
    ["Hele landet", NOW, "90.000", "35.000", "38,9"],
]


@pytest.fixture(autouse=True)
def _known(measures, sjaelland, midtjylland, koege, roskilde, settings):
    """The measures there are, places to measure, and our token."""
    settings.JOBINDSATS_TOKEN = TOKEN


@pytest.fixture
def server() -> Iterator[JobindsatsServer]:
    with JobindsatsServer(GOOD, columns=COLUMNS) as server:
        yield server


@pytest.fixture
def setup(server: JobindsatsServer) -> Setup:
    return Setup.objects.create(
        source=Source.objects.create(name="Jobindsats, y60b15"),
        valid_from=date(2007, 1, 1),
        address=server.url,
        table="y60b15",
        frequency=Setup.Frequency.FOUR_QUARTERS,
        withdraws=True,
        layout={
            "columns": {
                "Område": "jobcentre",
                "Periode": "period",
                "Afsluttede forløb": "denominator",
                "I job": "numerator",
                "Andel i job": "value",
            },
            "constants": {"measure": "job_after_6_months", "group": "ready_for_work"},
        },
    )


@pytest.fixture
def fetch(setup: Setup) -> Callable[[], Arrival | None]:
    """Fetch what the server says now, as another day's schedule would; None when nothing came."""
    days = iter(timezone.localdate() - timedelta(days=400 - day) for day in range(400))

    def one() -> Arrival | None:
        (pk,) = promised(next(days))
        fetching.carry_out(pk, pause=lambda seconds: None)
        return Fetch.objects.get(pk=pk).arrival

    def promised(day: date) -> list[int]:
        fetching.promise(on=day)
        return list(Fetch.objects.filter(for_day=day).values_list("pk", flat=True))

    return one


def figures() -> set[tuple[str, int, int]]:
    return set(Measurement.objects.values_list("jobcentre__code", "numerator", "denominator"))


GOOD_FIGURES = {("0259", 547, 1346), ("0265", 471, 1199)}


def refused_as(arrival: Arrival | None) -> str:
    """Why it is refused; and what stood before stands."""
    assert arrival
    assert arrival.state == Arrival.State.REFUSED
    assert figures() == GOOD_FIGURES
    assert Delivery.objects.count() == 1
    return arrival.said or "\n".join(f"{line}: {text}" for line, text in arrival.problems)


def with_row(server: JobindsatsServer, *row: Any, instead_of: int | None = None) -> None:
    server.rows = [list(each) for each in GOOD]
    if instead_of is None:
        server.rows.append(list(row))
    else:
        server.rows[instead_of] = list(row)


def test_what_is_fetched_counts_by_itself_when_there_is_nothing_to_look_at(fetch, server):
    arrival = fetch()

    assert arrival.state == Arrival.State.COUNTED
    assert (arrival.decided_by, arrival.by, arrival.area) == (None, None, None)
    assert figures() == GOOD_FIGURES
    assert arrival.came_as.startswith(f"{server.url}/v3/data/y60b15?")
    assert digest_of(bytes(arrival.content)) == arrival.digest


def test_the_same_reply_again_is_not_kept_twice(fetch):
    first = fetch()

    assert fetch() == first
    assert Arrival.objects.count() == 1


def test_a_table_is_promised_once_for_each_of_its_days(setup):
    today = date(2026, 11, 26)

    assert [fetching.promise(on=today), fetching.promise(on=today)] == [1, 0]
    Fetch.objects.get().finish()
    setup.every_days = 7
    setup.save()

    assert fetching.promise(on=today + timedelta(days=6)) == 0
    assert fetching.promise(on=today + timedelta(days=7)) == 1


@pytest.mark.parametrize(
    ("illness", "said"),
    [
        (TRUNCATED, "Svaret er ikke helt: Det slutter efter"),
        (OTHER_SHAPE, "Svaret har en anden form"),
        (NO_JSON, "Svaret er ikke JSON: Tegn 1 kan ikke læses."),
        (TOO_DEEP, "Svaret er for dybt indlejret til at være en tabel."),
    ],
)
def test_a_reply_that_is_no_table_is_kept_and_told(fetch, server, illness, said):
    fetch()
    server.ill.append(illness)

    arrival = fetch()

    assert said in refused_as(arrival)
    assert arrival.content


def test_shares_where_per_cents_are_due_are_held_back_with_the_old_and_the_new(setup, fetch, server):
    """A wrong unit is a figure a hundredth of the one before."""
    setup.layout["columns"] |= {"Afsluttede forløb": "", "I job": ""}
    setup.save()
    fetch()
    server.rows = [["Køge", NOW, "", "", "0,406"], ["Roskilde", NOW, "", "", "39,3"]]

    arrival = fetch()

    assert arrival.state == Arrival.State.WAITING
    (jump,) = arrival.difference.jumps
    assert (jump.jobcentre, jump.before.value, jump.after.value) == ("0259", 40.6, 0.406)
    assert set(Measurement.objects.values_list("value", flat=True)) == {40.6, 39.3}


def test_a_per_cent_above_a_hundred_is_refused(setup, fetch, server):
    fetch()
    setup.layout["columns"] |= {"Afsluttede forløb": "", "I job": ""}
    setup.save()
    with_row(server, "Køge", NOW, "", "", "406", instead_of=0)

    assert refused_as(fetch()) == "1: 406 er mere end 100 procent"


def test_counts_that_do_not_give_the_per_cent_are_refused(fetch, server):
    """Counts in thousands, beside a per cent that is right."""
    fetch()
    with_row(server, "Køge", NOW, "1.346", "1", "40,6", instead_of=0)

    assert "1 af 1346 er 0,1 procent" in refused_as(fetch())


def test_a_row_that_comes_twice_is_refused(fetch, server):
    fetch()
    with_row(server, *GOOD[0])

    assert refused_as(fetch()) == "5: linjen giver det samme tal som linje 1"


def test_an_area_nobody_knows_is_refused(fetch, server):
    fetch()
    with_row(server, "Atlantis", NOW, "10", "5", "50")

    assert refused_as(fetch()) == "5: der er intet jobcenter med koden Atlantis"


def test_a_period_that_is_not_mature_is_refused(fetch, server):
    fetch()
    Measure.objects.update(mature_after=6)
    latest = latest_ended(Frequency.FOUR_QUARTERS, on=timezone.localdate())
    with_row(server, "Køge", latest.code, "10", "5", "50")

    assert f"perioden {latest.code} er ikke moden" in refused_as(fetch())


def test_a_column_that_is_new_is_refused(fetch, server):
    fetch()
    server.columns = [*COLUMNS, "Køn"]
    server.rows = [[*row, "I alt"] for row in GOOD]

    assert refused_as(fetch()) == "Kolonnen „Køn“ er ny: Det vides ikke, hvad den indeholder."


def test_what_jumps_tenfold_against_the_period_before_waits_with_both_figures(fetch, server, sjaelland):
    server.rows = [["Køge", BEFORE, "1.300", "50", "3,8"]]
    fetch()
    server.rows = [["Køge", NOW, "1.346", "547", "40,6"], ["Roskilde", NOW, "1.199", "471", "39,3"]]

    arrival = fetch()

    assert arrival.state == Arrival.State.WAITING
    (jump,) = arrival.difference.jumps
    assert (jump.jobcentre, jump.period, jump.known_of) == ("0259", NOW, BEFORE)
    assert (jump.before.numerator, jump.after.numerator) == (50, 547)
    assert figures() == {("0259", 50, 1300)}


def test_a_jump_inside_one_delivery_is_seen_too(fetch, server):
    server.rows = [["Køge", BEFORE, "1.300", "50", "3,8"], ["Køge", NOW, "1.346", "547", "40,6"]]

    arrival = fetch()

    assert (arrival.state, arrival.held) == (Arrival.State.WAITING, 1)
    assert figures() == set()


def test_few_persons_may_become_ten_times_as_many(fetch, server):
    server.rows = [["Køge", BEFORE, "21", "1", "4,8"], ["Køge", NOW, "25", "13", "52"]]

    assert fetch().state == Arrival.State.COUNTED


def test_a_base_that_jumps_is_held_back_though_the_per_cent_is_the_same(fetch, server):
    server.rows = [["Køge", BEFORE, "130", "50", "38,5"], ["Køge", NOW, "1.300", "500", "38,5"]]

    arrival = fetch()

    assert (arrival.state, arrival.held) == (Arrival.State.WAITING, 1)


@pytest.mark.parametrize("marker", ["", "-", "..", ".", None])
def test_a_place_without_a_figure_is_counted_and_is_no_zero(fetch, server, marker):
    with_row(server, "Roskilde", NOW, marker, marker, marker, instead_of=1)

    arrival = fetch()

    assert (arrival.state, arrival.missing, arrival.rows) == (Arrival.State.COUNTED, 1, 2)
    assert figures() == {("0259", 547, 1346)}


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2024M02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024Q02", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024H02", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024Y01", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024QMAT02", date(2023, 7, 1), date(2024, 6, 30)),
        ("2024MMAT02", date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_every_code_of_a_period_is_read_with_the_days_it_covers(fetch, server, code, first, last):
    server.rows = [["Køge", code, "1.346", "547", "40,6"]]
    Measure.objects.update(period_type=parse(code).frequency)

    fetch()

    assert Measurement.objects.values_list("period", "starts_on", "ends_on").get() == (code, first, last)


@pytest.mark.parametrize("code", ["2024Q05", "2024M13", "1. kvartal 2024", "2024"])
def test_a_period_that_cannot_be_is_refused(fetch, server, code):
    fetch()
    with_row(server, "Køge", code, "10", "5", "50")

    assert f"„{code}“ er ikke en periode" in refused_as(fetch())


@pytest.mark.parametrize("whole", ["Hele landet", "Region Sjælland", "Sjælland"])
def test_the_country_and_its_regions_are_left_out_and_are_no_places(fetch, server, whole):
    server.rows = [GOOD[0], [whole, NOW, "12.501", "4.900", "39,2"]]

    assert fetch().rows == 1
    assert figures() == {("0259", 547, 1346)}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["Atlantis", NOW, "10", "5", "50"], "Der er intet jobcenter med koden Atlantis"),
        (GOOD[0], "Linjen giver det samme tal som linje 1"),
        (["Køge", BEFORE, "1.346", "1", "40,6"], "„værdi“ passer ikke: 1 af 1346 er 0,1 procent"),
    ],
)
def test_the_page_says_what_is_wrong_with_which_line_and_that_the_figures_stand(
    fetch, server, client, sjaelland, row, said
):
    fetch()
    with_row(server, *row)
    arrival = fetch()
    client.force_login(sjaelland.officer)

    page = client.get(arrival.get_absolute_url())

    assertContains(page, '<th scope="row">5</th>', html=True)
    assertContains(page, said)
    assertContains(page, "Intet af den tæller; tallene står, som de var.")
    assert figures() == GOOD_FIGURES


def test_the_page_says_that_a_reply_broke_off(fetch, server, client, sjaelland):
    fetch()
    server.ill.append(TRUNCATED)
    arrival = fetch()
    client.force_login(sjaelland.officer)

    page = client.get(arrival.get_absolute_url())

    assertContains(page, "Svaret er ikke helt: Det slutter efter")
    assertContains(page, "Intet af den tæller; tallene står, som de var.")
    assert client.get(reverse("feeds:evidence", args=[arrival.pk])).content == bytes(arrival.content)


def test_the_page_shows_a_jump_with_both_figures_and_what_it_is_held_against(
    fetch, server, client, sjaelland
):
    server.rows = [["Køge", BEFORE, "1.300", "50", "3,8"]]
    fetch()
    server.rows = [GOOD[0]]
    arrival = fetch()
    client.force_login(sjaelland.officer)

    page = client.get(arrival.get_absolute_url())

    assertContains(page, "Tal, der holdes tilbage")
    assertContains(page, "3,8 (50 / 1.300)")
    assertContains(page, "40,6 (547 / 1.346)")
    assertContains(page, "4 kvartaler til 2. kvt. 2025")


def test_what_the_source_no_longer_tells_waits_to_be_removed(fetch, server):
    fetch()
    server.rows = GOOD[1:]

    arrival = fetch()

    assert (arrival.state, arrival.removed) == (Arrival.State.WAITING, 1)
    (change,) = arrival.difference.changes
    assert (change.jobcentre, change.before.numerator, change.after) == ("0259", 547, None)
    assert figures() == GOOD_FIGURES


@pytest.mark.parametrize("illness", [500, 502, 503, 504, (429, "20")])
def test_a_server_that_is_ill_or_busy_and_then_well_is_simply_asked_again(fetch, server, illness):
    server.ill.append(illness)

    assert fetch().state == Arrival.State.COUNTED
    assert figures() == GOOD_FIGURES


def test_a_server_that_stays_ill_leaves_the_figures_and_says_when_it_is_asked_again(fetch, server):
    fetch()
    server.ill.extend([500] * 5)

    assert fetch() is None

    waits = Fetch.objects.first()
    assert waits.said == "Jobindsats er spurgt 5 gange: Den svarer 500."
    assert waits.due_at > timezone.now()
    assert figures() == GOOD_FIGURES


def test_one_that_never_recovers_is_given_up_that_day_and_tried_the_next(setup, server):
    fetching.promise(on=date(2026, 11, 25))
    pk = Fetch.objects.get().pk
    for _attempt in range(MOST_ATTEMPTS):
        server.ill.extend([500] * 5)
        Fetch.objects.update(due_at=timezone.now())
        fetching.carry_out(pk, pause=lambda seconds: None)

    assert Fetch.objects.get().given_up_at
    assert not figures()
    assert fetching.promise(on=date(2026, 11, 26)) == 1


def test_where_version_3_is_gone_the_figures_come_from_version_2(fetch, server):
    server.versions = ("v2",)

    arrival = fetch()

    assert arrival.state == Arrival.State.COUNTED
    assert "/v2/data/y60b15/json/" in arrival.came_as
    assert figures() == GOOD_FIGURES


def test_columns_that_version_2_calls_otherwise_are_read_by_their_other_name(setup, fetch, server):
    setup.layout["aliases"] = {"Area": "Område"}
    setup.save()
    server.columns = ["Area", *COLUMNS[1:]]

    assert fetch().state == Arrival.State.COUNTED
