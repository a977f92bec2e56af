"""The half-yearly report, from vacancies that ended."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from employers.vacancies.models import Vacancy
from jobcenter.classifications.models import Occupation, Outlook
from jobcenter.geography.models import Area, AreaMunicipality
from regions.bottlenecks.figures.computing import compute
from regions.bottlenecks.models import Category, Line, Report
from regions.bottlenecks.reports import drafting
from regions.measures.periods import Period, parse
from tests.queries import asked
from tests.regions.bottlenecks.conftest import MARCH
from tests.regions.making import publish_reviewed

HALF_YEAR = parse("2026H01")


def draft(*, area: Area, period: Period) -> Report | None:
    """The area's draft, after what it rests on has been computed."""
    compute(period)
    return drafting.draft(area=area, period=period)


@pytest.fixture(autouse=True)
def _rule(bottleneck_rule):
    """The rule in force."""


@pytest.fixture
def six_digits(occupation):
    return Occupation.objects.create(
        code="814210",
        level=5,
        parent=occupation,
        title_da="Ekstruderoperatør",
        sort_key="ekstruderoperatør",
        valid_from=occupation.valid_from,
    )


def test_only_vacancies_of_the_area_count(close, sjaelland, midtjylland):
    close(not_filled=5)

    assert draft(area=midtjylland.area, period=HALF_YEAR) is None


def test_the_area_is_the_one_of_the_last_day(close, sjaelland, midtjylland):
    """Køge changes area in February: on the last of June it is Midtjylland's."""
    close(not_filled=5)
    moved = AreaMunicipality.objects.get(municipality__code="0259")
    moved.valid_to = date(2026, 2, 1)
    moved.save()
    AreaMunicipality.objects.create(
        area=midtjylland.area,
        municipality=moved.municipality,
        division=moved.division,
        valid_from=moved.valid_to,
    )

    assert not draft(area=sjaelland.area, period=HALF_YEAR)
    assert draft(area=midtjylland.area, period=HALF_YEAR)


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (datetime(2025, 12, 31, 22, 59, tzinfo=UTC), False),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), False),
    ],
)
def test_the_half_year_begins_and_ends_at_midnight_in_denmark(close, sjaelland, at, counts):
    close(at=at, not_filled=1)

    assert bool(draft(area=sjaelland.area, period=HALF_YEAR)) is counts


def test_an_open_vacancy_and_a_withdrawn_one_are_no_attempts(close, make_vacancy, sjaelland):
    make_vacancy(state="published")
    close(withdrawn=2, unknown=1)

    assert draft(area=sjaelland.area, period=HALF_YEAR) is None


@pytest.mark.parametrize(
    ("filled", "of_the_rest", "counted"),
    [
        ([], "filled_as_wanted", 0),
        ([(3, "filled_as_wanted")], "not_filled", 1),
        ([(3, "filled_as_wanted")], "withdrawn", 0),
        ([(3, "filled_as_wanted")], "filled_other_profile", 1),
        ([(2, "filled_other_profile"), (1, "filled_as_wanted")], "withdrawn", 1),
        ([(2, "filled_other_profile"), (2, "filled_as_wanted")], None, 1),
        ([(4, "filled_as_wanted")], None, 0),
        ([(3, "filled_as_wanted")], "unknown", None),
        ([(3, "filled_as_wanted")], None, None),
        ([], "withdrawn", None),
    ],
)
def test_a_vacancy_of_four_positions_is_one_attempt_however_many_of_them_were_filled(
    make_vacancy, occupation, sjaelland, filled, of_the_rest, counted
):
    """The last position filled closes it; one that is still open, or whose end nobody told, is no attempt."""
    vacancy = make_vacancy(state="published", positions=4, published_at=MARCH - timedelta(days=30))
    by = {"by": None, "organisation": None}
    for number, outcome in filled:
        vacancy.fill(number=number, outcome=outcome, found_through="ourselves", **by)
    if of_the_rest:
        vacancy.close(outcome=of_the_rest, **by)
    Vacancy.objects.filter(state="closed").update(closed_at=MARCH)

    report = draft(area=sjaelland.area, period=HALF_YEAR)

    found = [(line.occupation, line.attempts, line.failed) for line in report.lines.all()] if report else []
    assert found == ([(occupation, 1, counted)] if counted is not None else [])


def test_a_draft_says_what_was_answered_and_proposes_a_category(close, occupation, sjaelland):
    close(not_filled=4, filled_other_profile=2, filled_as_wanted=4)

    report = draft(area=sjaelland.area, period=HALF_YEAR)

    assert (report.period, report.state) == ("2026H01", Report.State.DRAFT)
    assert (report.starts_on.isoformat(), report.ends_on.isoformat()) == ("2026-01-01", "2026-06-30")
    line = report.lines.get()
    assert (line.occupation, line.attempts, line.failed) == (occupation, 10, 6)
    assert line.lower == pytest.approx(0.3127, abs=1e-4)
    assert line.upper == pytest.approx(0.8318, abs=1e-4)
    assert line.proposed == line.category == Category.PROBLEMS


def test_few_answers_are_not_assessed(close, sjaelland):
    close(not_filled=4)

    line = draft(area=sjaelland.area, period=HALF_YEAR).lines.get()

    assert (line.proposed, line.category) == (Category.NOT_ASSESSED, Category.NOT_ASSESSED)


def test_drafting_again_changes_nothing_and_leaves_no_history(close, sjaelland):
    close(not_filled=6)
    report = draft(area=sjaelland.area, period=HALF_YEAR)
    lines, events = list(Line.objects.values()), Line.pgh_event_model.objects.count()

    again = draft(area=sjaelland.area, period=HALF_YEAR)

    assert again == report
    assert list(Line.objects.values()) == lines
    assert Line.pgh_event_model.objects.count() == events
    assert Report.objects.get().computed_at == report.computed_at


def test_new_answers_change_figures_and_category_of_a_line_nobody_reviewed(close, sjaelland):
    close(not_filled=4)
    draft(area=sjaelland.area, period=HALF_YEAR)
    close(not_filled=4)

    line = draft(area=sjaelland.area, period=HALF_YEAR).lines.get()

    assert (line.attempts, line.failed, line.category) == (8, 8, Category.PROBLEMS)


def test_what_a_person_said_stays_when_the_figures_change(close, sjaelland):
    close(not_filled=6)
    line = draft(area=sjaelland.area, period=HALF_YEAR).lines.get()
    line.category, line.comment = Category.NOT_ASSESSED, "To virksomheder står for det hele"
    line.save()
    close(filled_as_wanted=30)

    line = draft(area=sjaelland.area, period=HALF_YEAR).lines.get()

    assert (line.attempts, line.failed) == (36, 6)
    assert line.proposed == Category.NOT_ASSESSED
    assert (line.category, line.comment) == (Category.NOT_ASSESSED, "To virksomheder står for det hele")


def test_a_reviewed_line_keeps_its_category_though_the_proposal_comes_to_differ(close, sjaelland):
    close(not_filled=6)
    line = draft(area=sjaelland.area, period=HALF_YEAR).lines.get()
    line.comment = "Passer med det, jobcentrene melder"
    line.save()
    close(filled_as_wanted=200)

    line = draft(area=sjaelland.area, period=HALF_YEAR).lines.get()

    assert (line.proposed, line.category) == (Category.NO_PROBLEMS, Category.PROBLEMS)


def test_a_line_without_answers_goes_unless_somebody_reviewed_it(close, six_digits, sjaelland):
    other = Occupation.objects.create(
        code="5120", level=4, title_da="Kokkearbejde", sort_key="kok", valid_from=six_digits.valid_from
    )
    close(not_filled=6)
    close(occupation=other, not_filled=6)
    draft(area=sjaelland.area, period=HALF_YEAR)
    Line.objects.filter(occupation=other).update(comment="Vi har selv spurgt")
    Vacancy.objects.update(outcome="withdrawn")

    line = draft(area=sjaelland.area, period=HALF_YEAR).lines.get()

    assert (line.occupation, line.attempts, line.lower) == (other, 0, None)
    assert (line.proposed, line.category) == (Category.NOT_ASSESSED, Category.PROBLEMS)


def test_a_published_report_is_never_touched(close, sjaelland):
    close(not_filled=6)
    report = draft(area=sjaelland.area, period=HALF_YEAR)
    publish_reviewed(
        report,
        by=sjaelland.officer,
        organisation=sjaelland.office.organisation,
        reason="Gennemgået linje for linje",
    )
    lines = list(Line.objects.values())
    close(filled_as_wanted=30)

    again = draft(area=sjaelland.area, period=HALF_YEAR)

    assert again.state == Report.State.PUBLISHED
    assert list(Line.objects.values()) == lines
    assert Outlook.objects.get().attempts == 6


def test_many_occupations_take_as_many_queries_as_one(close, occupation, sjaelland):
    close(not_filled=1)
    with_one = asked(lambda: draft(area=sjaelland.area, period=HALF_YEAR))
    Report.objects.all().delete()
    for number in range(5):
        another = Occupation.objects.create(
            code=f"51{number}0", level=4, title_da="Et fag", sort_key="fag", valid_from=occupation.valid_from
        )
        close(occupation=another, not_filled=6)

    with_six = asked(lambda: draft(area=sjaelland.area, period=HALF_YEAR))

    assert Line.objects.count() == 6
    assert with_six.total() == with_one.total()
