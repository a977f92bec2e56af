"""Which jobcentre is responsible, and what falls to the default owner."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from jobcenter.centres.models import DefaultOwner, Serves
from jobcenter.centres.routing import Ground, NobodyAnswers, responsible

TODAY = date(2026, 11, 19)
YESTERDAY = TODAY - timedelta(days=1)


def check_at_the_end() -> None:
    """What the database judges when a transaction ends is judged now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def default(aarhus):
    return DefaultOwner.objects.create(
        jobcentre=aarhus.jobcentre, user=aarhus.manager, valid_from=date(2007, 1, 1)
    )


def test_the_municipality_decides_on_the_date(koege, aarhus, default):
    Serves.objects.filter(jobcentre=koege.jobcentre).update(valid_to=TODAY)
    Serves.objects.create(
        jobcentre=aarhus.jobcentre, municipality=koege.municipality, evidence="test", valid_from=TODAY
    )

    before = responsible(municipality=koege.municipality, on=YESTERDAY)
    after = responsible(municipality=koege.municipality, on=TODAY)

    assert (before.jobcentre, before.ground, before.default) == (koege.jobcentre, Ground.MUNICIPALITY, None)
    assert (after.jobcentre, after.ground, after.default) == (aarhus.jobcentre, Ground.MUNICIPALITY, None)


def test_without_a_workplace_it_falls_to_the_default_owner(aarhus, default):
    found = responsible(municipality=None, on=TODAY)

    assert (found.jobcentre, found.ground, found.default) == (
        aarhus.jobcentre,
        Ground.NO_WORKPLACE,
        aarhus.manager,
    )


def test_a_closed_office_answers_for_nothing(koege, aarhus, default):
    koege.jobcentre.valid_to = TODAY
    koege.jobcentre.save()

    assert responsible(municipality=koege.municipality, on=YESTERDAY).jobcentre == koege.jobcentre
    found = responsible(municipality=koege.municipality, on=TODAY)
    assert (found.jobcentre, found.ground, found.default) == (aarhus.jobcentre, Ground.NOBODY, aarhus.manager)


def test_it_is_the_default_owner_of_the_date(koege, aarhus, default):
    DefaultOwner.objects.hand_to(jobcentre=koege.jobcentre, user=koege.manager, on=TODAY)
    check_at_the_end()

    assert responsible(municipality=None, on=YESTERDAY).default == aarhus.manager
    assert responsible(municipality=None, on=TODAY).default == koege.manager


def test_before_the_first_default_owner_nobody_answers(koege):
    with pytest.raises(NobodyAnswers):
        responsible(municipality=None, on=TODAY)


@pytest.mark.parametrize("leave", ["ended", "deleted", "later"])
def test_a_default_owner_leaves_no_gap(koege, aarhus, default, leave):
    DefaultOwner.objects.hand_to(jobcentre=koege.jobcentre, user=koege.manager, on=TODAY)
    last = DefaultOwner.objects.filter(user=koege.manager)
    if leave == "ended":
        last.update(valid_to=TODAY + timedelta(days=10))
    elif leave == "deleted":
        last.delete()
    else:
        last.update(valid_from=TODAY + timedelta(days=1))

    with pytest.raises(IntegrityError, match="at every moment"):
        check_at_the_end()
