"""The balance on invented markets: precise where it claims, silent where there is nothing to go by."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from regions.bottlenecks.figures.balance import Balance, Cuts
from regions.bottlenecks.management.commands.try_bottleneck_rule import HARDER
from regions.bottlenecks.simulation.inventing import DAYS, NONE, invent
from regions.bottlenecks.simulation.trial import judged, outcomes_by, tally

DOCS = Path(__file__).parents[3] / "docs" / "bottleneck-rule.md"


@pytest.fixture(scope="module")
def found():
    return [cell for seed in (11, 12, 13) for cell in judged(invent(seed), cuts=Cuts())]


def test_with_fifty_answers_nine_claims_of_ten_are_right_and_seven_shortages_of_ten_are_found(found):
    counted = tally([cell for cell in found if cell.attempts >= 50])

    assert counted.claimed > 30
    assert counted.right / counted.claimed >= 0.9
    assert counted.right / counted.planted >= 0.7


def test_with_fewer_than_five_answers_nothing_is_claimed(found):
    few = [cell for cell in found if cell.attempts < 5]

    assert {cell.attempts for cell in few} == {0, 1, 2, 3, 4}
    assert {cell.claimed for cell in few} == {Balance.NOT_ASSESSED}


def test_a_vacancy_counts_once_and_what_is_not_told_yet_is_unknown():
    market = invent(4)
    now, later = (outcomes_by(market, day=day) for day in (DAYS, 100_000))

    assert sum(now.values()).sum() == sum(later.values()).sum() == (market.vacancies.closed != NONE).sum()
    assert now["unknown"].sum() > later["unknown"].sum()


@pytest.mark.parametrize(
    "options",
    [
        [],
        pytest.param(["--harder"], marks=pytest.mark.verify),
    ],
)
def test_the_tables_of_the_docs_are_what_the_command_prints(options):
    out = StringIO()
    call_command("try_bottleneck_rule", *options, stdout=out)

    assert out.getvalue() in DOCS.read_text(encoding="utf-8")


@pytest.mark.verify
def test_in_countries_nobody_had_looked_at_it_finds_what_the_docs_say():
    out = StringIO()
    call_command("try_bottleneck_rule", "--first", "31", stdout=out)

    assert out.getvalue().splitlines()[-1] in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize("world", list(HARDER.values()), ids=list(HARDER))
def test_in_no_harder_world_is_anything_claimed_of_few_answers_or_much_of_it_wrong(world):
    cells = list(judged(invent(11, world=world), cuts=Cuts()))
    counted = tally([cell for cell in cells if cell.attempts >= 50])

    assert {cell.claimed for cell in cells if cell.attempts < 5} == {Balance.NOT_ASSESSED}
    assert counted.claimed > 3
    assert counted.right / counted.claimed >= 0.9


def test_who_looked_in_vain_and_is_silent_or_denies_it_hides_shortages(found):
    """What is missing and wrong not at random costs what is found, and makes no false claim."""
    silent = [
        cell
        for seed in (11, 12, 13)
        for cell in judged(
            invent(seed, world=HARDER["who looked in vain answers half as often as who did not"]), cuts=Cuts()
        )
    ]

    before, after = (tally([cell for cell in cells if cell.attempts >= 50]) for cells in (found, silent))
    assert after.right / after.planted < before.right / before.planted
