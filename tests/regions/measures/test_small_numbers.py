"""From how many persons a number is told stands in dated rows, as the portal comes with them."""

from datetime import date

from regions.measures import load
from regions.measures.models import SmallNumberRule
from regions.measures.small_numbers import limits_on
from regions.measures.suppression import Limits

TODAY = date(2026, 11, 26)


def test_the_first_version_says_what_is_used_where_no_version_is_loaded(db):
    assert limits_on(TODAY) == Limits()
    load.load_small_numbers()

    assert limits_on(TODAY) == Limits()
    assert "Statistics Denmark" in SmallNumberRule.objects.get().reason


def test_a_new_version_counts_from_its_first_day(db):
    new = date(2027, 1, 1)
    SmallNumberRule.objects.create(
        version=1, min_cell=5, min_base=20, reason="før", valid_from=date(2007, 1, 1), valid_to=new
    )
    SmallNumberRule.objects.create(version=2, min_cell=10, min_base=50, reason="nu", valid_from=new)

    assert limits_on(TODAY) == Limits(min_cell=5, min_base=20)
    assert limits_on(new) == Limits(min_cell=10, min_base=50)
