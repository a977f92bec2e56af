"""Two companies in one campaign that turn out to be one: the place somebody has taken is the one left."""

import pytest
from django.utils import timezone

from employers.campaigns.models import Target
from employers.companies.merging import merge, undo


@pytest.mark.parametrize("is_theirs_taken", [False, True])
def test_a_campaign_that_has_both_has_one_afterwards_and_both_again_when_it_is_undone(
    make_company, make_campaign, koege, is_theirs_taken
):
    stays, goes = make_company("Bliver ApS"), make_company("Dublet ApS")
    both, only_theirs = make_campaign(stays, goes), make_campaign(goes)
    if is_theirs_taken:
        Target.objects.filter(campaign=both, company=goes).update(
            taken_by=koege.caseworker, taken_at=timezone.now()
        )
    before = list(Target.objects.order_by("pk").values())

    made = merge(
        stays, goes, chosen={"name": "stays"}, by=koege.caseworker, jobcentre=koege.jobcentre, why="Samme"
    )

    left = both.targets.get()
    assert left.company == only_theirs.targets.get().company == stays
    assert (left.taken_by == koege.caseworker) is is_theirs_taken

    undo(made, by=koege.caseworker)
    assert list(Target.objects.order_by("pk").values()) == before
