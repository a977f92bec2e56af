"""Where a company stands in a campaign, and how many stand where."""

import pytest

from employers.campaigns.progress import Place, Result, Standing, by_share, progress
from employers.contacts.models import Contact


@pytest.mark.parametrize(
    ("is_taken", "outcome", "standing"),
    [
        (False, None, Standing.WAITING),
        (True, None, Standing.TAKEN),
        (True, "no_answer", Standing.IN_VAIN),
        (False, "no_answer", Standing.IN_VAIN),
        (True, "need", Standing.REACHED),
        (False, "declined", Standing.REACHED),
    ],
)
def test_a_company_stands_where_the_log_says_it_does(is_taken, outcome, standing):
    assert Place(share=1, is_taken=is_taken, outcome=outcome).standing == standing


def test_every_outcome_of_the_log_is_a_result_or_in_vain():
    assert {*Result, "no_answer"} == set(Contact.Outcome.values)


def test_each_share_is_counted_by_itself_and_what_is_in_none():
    places = [
        Place(1, is_taken=True, outcome="agreement"),
        Place(1, is_taken=True, outcome=None),
        Place(2, is_taken=False, outcome="need"),
        Place(None, is_taken=False, outcome=None),
    ]

    found, whole = by_share(places), progress(places)

    assert (found[1].total, found[1].reached, found[1].agreements, found[1].taken) == (2, 1, 1, 1)
    assert (found[2].reached, found[2].needs) == (1, 1)
    assert found[None].waiting == 1
    assert (whole.total, whole.reached, whole.waiting) == (4, 2, 1)


def test_nothing_is_far():
    assert (progress([]).total, progress([]).reached) == (0, 0)
