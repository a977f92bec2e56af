"""How fresh the figures are: when each measure's next period is due, and what is in its way."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from regions.bottlenecks.registers import receiving as registers
from regions.feeds import freshness
from regions.feeds.fetching import carry_out, promise
from regions.feeds.figures import Figure
from regions.feeds.freshness import OfMeasure
from regions.feeds.models import Arrival, Fetch, Setup, Source
from regions.feeds.receiving import Origin, arrive, receive
from regions.feeds.writing import as_file
from regions.measures.models import Measure
from regions.measures.periods import Frequency, latest_ended, parse
from tests.jobindsats_server import TOKEN, TRUNCATED, JobindsatsServer
from tests.queries import assert_same_queries


@pytest.fixture(autouse=True)
def _known(measures, sjaelland, midtjylland, koege, roskilde):
    """The measures there are, two areas, and places to measure."""


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


def figure_of(
    period: str, *, part: int = 547, base: int = 1346, measure: str = "job_after_6_months"
) -> Figure:
    """One of Køge; the measures that are no result have no target group."""
    group = "ready_for_work" if Measure.objects.get(code=measure).is_assessable else None
    return Figure(2, measure, group, None, "0259", parse(period), 100 * part / base, part, base)


def origin_of(figures: list[Figure], *, source: str = "Kommunens tal", area=None) -> Origin:
    return Origin(
        source=source,
        data_date=timezone.localdate(),
        file_name="tal.csv",
        content=as_file(figures),
        area=area,
    )


def tell(period: str, *, source: str = "Kommunens tal", measure: str = "job_after_6_months") -> None:
    """A figure of Køge for a period, that counts."""
    figures = [figure_of(period, measure=measure)]
    receive(figures, origin=origin_of(figures, source=source))


def source_named(name: str, *, area, today: date) -> freshness.OfSource:
    return next(one for one in freshness.look(area=area, today=today).sources if one.name == name)


def of_measure(*, today: date, lag: int = 1, is_awaited: bool = True) -> OfMeasure:
    return OfMeasure(
        measure=Measure(code="job", mature_after=lag),
        latest=parse("2026QMAT02"),
        received=datetime(2026, 8, 12, tzinfo=timezone.get_current_timezone()),
        today=today,
        is_awaited=is_awaited,
    )


def test_the_next_period_is_expected_in_the_month_in_which_it_becomes_final():
    one = of_measure(today=date(2026, 11, 30))

    assert one.final_from == date(2026, 8, 1)
    assert one.following.code == "2026QMAT03"
    assert one.expected_by == date(2026, 11, 30)
    assert not one.is_overdue
    assert of_measure(today=date(2026, 12, 1)).is_overdue
    assert not of_measure(today=date(2026, 12, 1), lag=2).is_overdue


def test_figures_that_came_before_they_are_final_are_held_back():
    assert of_measure(today=date(2026, 7, 31)).is_held_back
    assert not of_measure(today=date(2026, 8, 1)).is_held_back


def test_what_comes_with_the_portal_is_never_overdue():
    assert not of_measure(today=date(2030, 1, 1), is_awaited=False).is_overdue


def test_a_measure_stands_under_the_source_of_its_latest_period(sjaelland):
    tell("2025QMAT02", source="Den gamle kilde")
    tell("2025QMAT03", source="Den nye kilde")
    tell("2025Q03", source="En anden slags periode")

    fresh = freshness.look(area=sjaelland.area, today=date(2025, 12, 31))

    told = {source.name: [one.latest.code for one in source.measures] for source in fresh.sources}
    assert told == {"Den nye kilde": ["2025QMAT03"]}
    assert "job_after_6_months" not in {measure.code for measure in fresh.unseen}
    assert "exit_to_job_6_months" in {measure.code for measure in fresh.unseen}


def test_the_page_marks_what_is_overdue_and_says_when_it_was_expected(officer):
    tell("2020QMAT03")

    page = officer.get(reverse("feeds:freshness"))

    assertContains(page, "<strong>1</strong> måling er forsinket.", html=False)
    assertContains(page, "4 kvartaler til 3. kvt. 2020")
    assertContains(page, "4 kvartaler til 4. kvt. 2020")
    assertContains(page, "skulle være kommet senest 28. feb. 2021")


def test_what_is_up_to_date_is_said_to_be(officer, occupation):
    half_year = latest_ended(Frequency.HALF_YEAR, on=timezone.localdate()).code
    register = registers.Origin("Registret", timezone.localdate(), "register.csv", b"")
    registers.receive({(half_year, occupation.code, "0259"): (400, 9, 38, 6)}, origin=register)
    tell(latest_ended(Frequency.FOUR_QUARTERS, on=timezone.localdate()).code)

    page = officer.get(reverse("feeds:freshness"))

    assertContains(page, "Alt, hvad der skulle være kommet, er her.")
    assertNotContains(page, "forsinket")


def test_what_is_held_back_is_told_with_its_reason_to_its_own_area_alone(
    officer, client, sjaelland, midtjylland
):
    tell("2025QMAT02")
    few = [figure_of("2025QMAT03", part=50, base=1300)]
    arrival = arrive(origin_of(few, source="Kommunens tal", area=sjaelland.area))
    assert (arrival.state, arrival.held) == (Arrival.State.WAITING, 1)

    page = officer.get(reverse("feeds:freshness"))
    assertContains(page, "1 tal er holdt tilbage, langt fra det før.")
    assertContains(page, arrival.get_absolute_url())

    client.force_login(midtjylland.officer)
    elsewhere = client.get(reverse("feeds:freshness"))
    assertNotContains(elsewhere, arrival.get_absolute_url())
    assertNotContains(elsewhere, "holdt tilbage, langt fra")


@pytest.fixture
def fetched(settings):
    """A table that is fetched from a server that speaks as Jobindsats does, and the server."""
    settings.JOBINDSATS_TOKEN = TOKEN
    columns = ["Område", "Periode", "Andel"]
    with JobindsatsServer([["Køge", "2025QMAT03", "40,6"]], columns=columns) as server:
        layout = {
            "columns": {"Område": "jobcentre", "Periode": "period", "Andel": "value"},
            "constants": {"measure": "job_after_6_months", "group": "ready_for_work"},
        }
        Setup.objects.create(
            source=Source.objects.create(name="Jobindsats, y60b15"),
            valid_from=date(2007, 1, 1),
            address=server.url,
            table="y60b15",
            frequency=Setup.Frequency.FOUR_QUARTERS,
            layout=layout,
        )
        yield server


def fetch() -> None:
    Fetch.objects.filter(finished_at=None).update(due_at=timezone.now())
    promise(on=timezone.localdate())
    carry_out(Fetch.objects.latest("pk").pk, pause=lambda seconds: None)


def test_a_server_that_gave_no_figures_is_told_in_words_and_when_it_is_asked_again(officer, fetched):
    fetched.ill.extend([500] * 5)
    fetch()

    page = officer.get(reverse("feeds:freshness"))

    assertContains(page, "Jobindsats er spurgt 5 gange: Den svarer 500.")
    assertContains(page, "Der spørges igen")
    assertContains(page, "Tallene står, som de var, indtil da.")

    fetch()

    assertNotContains(officer.get(reverse("feeds:freshness")), "Den svarer 500")


def test_the_deliveries_page_tells_the_same_beside_the_source_and_fetches_at_once(officer, fetched):
    fetched.ill.extend([500] * 5)
    fetch()

    page = officer.get(reverse("feeds:deliveries"))
    assertContains(page, "Jobindsats er spurgt 5 gange: Den svarer 500.")
    assertContains(page, "Hent nu")

    asked = officer.post(reverse("feeds:fetch", args=[Setup.objects.get().pk]), follow=True)
    assertContains(asked, "Den hentes allerede; der spørges igen med det samme.")


def test_a_reply_that_could_not_be_read_is_told_in_words_with_the_delivery(officer, fetched):
    fetched.ill.append(TRUNCATED)
    fetch()

    page = officer.get(reverse("feeds:freshness"))

    assertContains(page, "Svaret er ikke helt: Det slutter efter")
    assertContains(page, Arrival.objects.get().get_absolute_url())


def test_a_table_that_nobody_has_fetched_yet_is_due_today(sjaelland, fetched):
    today = timezone.localdate()

    source = source_named("Jobindsats, y60b15", area=sjaelland.area, today=today)

    assert (source.next_fetch, source.needs_somebody) == (today, False)


def test_the_page_asks_as_much_for_three_sources_as_for_one(officer):
    measures = iter(["job_after_6_months", "back_within_12_months", "exit_to_job_6_months"])

    def add() -> None:
        code = next(measures)
        frequency = Frequency(Measure.objects.get(code=code).period_type)
        period = latest_ended(frequency, on=date(2025, 3, 1))
        tell(period.code, measure=code, source=f"Kilde til {code}")

    assert_same_queries(open_page=lambda: officer.get(reverse("feeds:freshness")), add_row=add)
