"""The balance on invented markets: precise where it claims, silent where there is nothing to go by."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from regions.bottlenecks.balance import Balance, Cuts
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


def test_the_table_of_the_docs_is_what_the_command_prints():
    out = StringIO()
    call_command("try_bottleneck_rule", stdout=out)

    assert out.getvalue() in DOCS.read_text(encoding="utf-8")
