"""Whatever happens, every open enquiry has exactly one responsible jobcentre and one owner at every moment.

Sequences of enquiries, absences, agreements, questions to partners, moves, people who leave and offices that
close are drawn, and carried out on the database one after the other; after each the rule is looked at.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from employers.enquiries.asking import ask
from employers.enquiries.intake import submit
from employers.enquiries.keeping import keep
from employers.enquiries.models import Draft, Enquiry, Kind
from employers.enquiries.models.assignment import Occasion
from employers.enquiries.moving import give, move_responsibility
from jobcenter.accounts.models import Membership, Role, User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.agreeing import end
from jobcenter.centres.models import Absence, Agreement, DefaultOwner, Jobcentre
from jobcenter.centres.presence import present_among
from tests.conftest import Centre, agree, make_user

some = st.integers(min_value=0, max_value=5)
STEPS = st.one_of(
    st.tuples(st.just("receive"), some),
    st.tuples(st.just("receive"), some),
    st.tuples(st.just("be_away"), some, some, some),
    st.tuples(st.just("be_back"), some),
    st.tuples(st.just("agree"), some, some),
    st.tuples(st.just("end_agreement"), some),
    st.tuples(st.just("ask"), some, some),
    st.tuples(st.just("move"), some, some),
    st.tuples(st.just("give"), some, some),
    st.tuples(st.just("take_up"), some),
    st.tuples(st.just("leave"), some),
    st.tuples(st.just("close_office"), some),
    st.tuples(st.just("close"), some),
    st.tuples(st.just("wait"), some),
)


class Story:
    """What happens, a step at a time, on a day that moves on. A step that is refused changes nothing."""

    def __init__(self, centres: list[Centre], make_draft: Callable[..., Draft]) -> None:
        self.centres, self.make_draft = centres, make_draft
        self.now = timezone.now()

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def people(self) -> list[User]:
        return [person for centre in self.centres for person in centre.jobcentre.staff()]

    def centre(self, number: int) -> Centre:
        return self.centres[number % len(self.centres)]

    def enquiry(self, number: int) -> Enquiry | None:
        known = list(Enquiry.objects.open().order_by("pk"))
        return known[number % len(known)] if known else None

    def do(self, step: tuple[Any, ...]) -> None:
        name, *numbers = step
        self.now += timedelta(minutes=7)
        with contextlib.suppress(TransitionRefused):
            getattr(self, name)(*numbers)

    def receive(self, number: int) -> None:
        """Also from a municipality whose office is closed, and so from one that nobody answers for."""
        postcode = ("4600", "4000", "8000")[number % 3]
        draft = self.make_draft(
            kind=Kind.OTHER, workplace="andet", address=f"Havnevej {number}", postcode=postcode
        )
        submit(draft=draft, at=self.now)

    def be_away(self, number: int, substitute: int, days: int) -> None:
        people = self.people()
        if not people:
            return
        person = people[number % len(people)]
        jobcentre = Jobcentre.objects.get(organisation__memberships__user=person)
        others = [one for one in jobcentre.staff() if one != person]
        if not Absence.objects.filter(user=person, valid_to=None).exists():
            Absence.objects.filter(user=person, valid_from__gte=self.today).delete()
            Absence.objects.filter(user=person, valid_to__gt=self.today).update(valid_to=self.today)
            Absence.objects.create(
                jobcentre=jobcentre,
                user=person,
                substitute=others[substitute % len(others)] if others and substitute else None,
                valid_from=self.today,
                valid_to=self.today + timedelta(days=days) if days else None,
            )

    def be_back(self, number: int) -> None:
        away = list(Absence.objects.valid(self.today).order_by("pk"))
        if away:
            absence = away[number % len(away)]
            Absence.objects.filter(pk=absence.pk, valid_from__lt=self.today).update(valid_to=self.today)

    def agree(self, one: int, other: int) -> None:
        partners = {
            self.centre(one).jobcentre.pk: self.centre(one),
            self.centre(other).jobcentre.pk: self.centre(other),
        }
        if len(partners) > 1:
            agree(
                name="Aftale",
                purpose="Hjælp",
                jobcentres=[centre.jobcentre for centre in partners.values()],
                valid_from=self.today,
            )

    def end_agreement(self, number: int) -> None:
        if agreement := self._agreement(number):
            end(
                agreement,
                reason="Slut.",
                on=self.today - timedelta(days=agreement.notice_days),
                jobcentre=agreement.drafter,
                by=agreement.drafter.managers()[0],
            )

    def ask(self, number: int, agreement: int) -> None:
        enquiry, within = self.enquiry(number), self._agreement(agreement)
        if enquiry and within:
            ask(enquiry, agreement=within, question="Kan I hjælpe?", by=enquiry.owner, at=self.now)

    def move(self, number: int, to: int) -> None:
        if enquiry := self.enquiry(number):
            move_responsibility(
                enquiry, to=self.centre(to).jobcentre, by=enquiry.owner, reason="Flyttet.", at=self.now
            )

    def give(self, number: int, to: int) -> None:
        people = self.people()
        if people and (enquiry := self.enquiry(number)):
            give(enquiry, to=people[to % len(people)], by=enquiry.owner, at=self.now)

    def take_up(self, number: int) -> None:
        if enquiry := self.enquiry(number):
            enquiry.start(by=enquiry.owner, organisation=enquiry.jobcentre.organisation)

    def leave(self, number: int) -> None:
        people = self.people()
        if people:
            Membership.objects.filter(user=people[number % len(people)]).delete()

    def close_office(self, number: int) -> None:
        """Never the default owner's: that is handed to another jobcentre first."""
        jobcentre = self.centres[number % 2].jobcentre
        if jobcentre.valid_to is None and number > 3:
            jobcentre.valid_to = self.today
            jobcentre.save()

    def close(self, number: int) -> None:
        if enquiry := self.enquiry(number):
            enquiry.close(by=None, organisation=None)

    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    def keep(self) -> None:
        """What beat does every minute, until there is nothing left to do."""
        for _time in range(6):
            if not keep(at=self.now):
                return
        pytest.fail("the enquiries go round and round")

    def _agreement(self, number: int) -> Agreement | None:
        known = list(Agreement.objects.in_force(self.today).order_by("pk"))
        return known[number % len(known)] if known else None


def assert_one_at_every_moment(enquiry: Enquiry) -> None:
    """The assignments follow each other without gap or overlap, from the day it came until now."""
    rows = list(enquiry.assignments.order_by("pk"))
    assert (rows[0].occasion, rows[0].at) == (Occasion.RECEIVED, enquiry.received_at)
    for before, after in itertools.pairwise(rows):
        assert (after.from_jobcentre_id, after.from_owner_id) == (before.jobcentre_id, before.owner_id)
        assert after.at >= before.at
        if after.jobcentre_id != before.jobcentre_id:
            assert after.occasion in (Occasion.MOVED, Occasion.CLOSED, Occasion.LEFT)
    assert (rows[-1].jobcentre_id, rows[-1].owner_id) == (enquiry.jobcentre_id, enquiry.owner_id)


def assert_somebody_who_is_there(enquiry: Enquiry, on: date) -> None:
    """An open office, and somebody of it: who is not away, unless everybody is."""
    jobcentre = enquiry.jobcentre
    assert jobcentre.valid_to is None or jobcentre.valid_to > on
    default = DefaultOwner.objects.of(on)
    assert default
    people = jobcentre.staff() | jobcentre.managers()
    if (default.jobcentre, default.user) == (jobcentre, enquiry.owner):
        return
    assert people.filter(pk=enquiry.owner_id).exists()
    present = present_among(people, jobcentre=jobcentre, on=on)
    assert present.filter(pk=enquiry.owner_id).exists() or not present.exists()


@pytest.fixture
def centres(koege: Centre, roskilde: Centre, aarhus: Centre) -> list[Centre]:
    for centre, name in ((koege, "Nadia Berg"), (roskilde, "Ulla Vang")):
        make_user(name, centre.jobcentre.organisation, Role.CASEWORKER)
    DefaultOwner.objects.create(jobcentre=aarhus.jobcentre, user=aarhus.manager, valid_from=date(2007, 1, 1))
    return [koege, roskilde, aarhus]


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=4, max_size=12))
def test_every_open_enquiry_has_one_responsible_jobcentre_and_one_owner_at_every_moment(
    centres, make_draft, steps
):
    with transaction.atomic():
        story = Story(centres, make_draft)
        for step in steps:
            story.do(step)
            for enquiry in Enquiry.objects.all():
                assert_one_at_every_moment(enquiry)
            story.keep()
            for enquiry in Enquiry.objects.open().select_related("jobcentre", "owner"):
                assert_one_at_every_moment(enquiry)
                assert_somebody_who_is_there(enquiry, story.today)
        transaction.set_rollback(True)
    for centre in centres:
        centre.jobcentre.refresh_from_db()
