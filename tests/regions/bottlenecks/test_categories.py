from jobcenter.classifications.models import Outlook
from regions.bottlenecks.indicators import Category


def test_every_category_that_can_be_proposed_can_be_published_and_the_other_way_round():
    assert {category.value for category in Category} == {category.value for category in Outlook.Category}
