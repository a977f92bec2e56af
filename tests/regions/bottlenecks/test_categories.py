from jobcenter.classifications.models import Outlook
from regions.bottlenecks.figures.balance import Balance
from regions.bottlenecks.figures.indicators import Recruitment


def test_every_category_that_can_be_proposed_can_be_published_and_the_other_way_round():
    assert {category.value for category in Balance} == {category.value for category in Outlook.Category}


def test_what_employers_say_alone_is_a_category_too():
    assert {said.value for said in Recruitment} < {category.value for category in Balance}


def test_every_category_is_hard_to_fill_or_easy_or_not_assessed():
    hard, easy = set(Outlook.HARD_TO_FILL), set(Outlook.EASY_TO_FILL)

    assert not hard & easy
    assert hard | easy | {Outlook.Category.NOT_ASSESSED} == set(Outlook.Category)
