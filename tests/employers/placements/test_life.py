"""A placement's life, and what its model and the database refuse."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from employers.placements import applying, deciding, ending, following_up
from employers.placements.applying import Application
from employers.placements.models import (
    Answer,
    Condition,
    Effect,
    Ending,
    Exemption,
    Kind,
    Placement,
    PriorityAccess,
    Sector,
    State,
)
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Mail, Notice


@pytest.fixture
def who(koege):
    return {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}


@pytest.fixture
def confirmed(make_placement):
    def make(**fields):
        return make_placement(
            round=1, answer=Answer.CONFIRMED, answered_at=timezone.now(), asked_at=timezone.now(), **fields
        )

    return make


def grant(placement, who, **said):
    said = {"reason": "Opfylder betingelserne.", "vitas": "lt-2026-77", "group": "unemployment", **said}
    return deciding.grant(placement=placement, **said, **who)


def said_of(placement, **changes):
    """What an application says, as the form hands it on."""
    names = ("label", "tasks", "sector", "group", "starts_on", "ends_on", "hours", "workplace_staff")
    said = {name: getattr(placement, name) for name in names}
    return {**said, "company_last_month": Decimal(31), "company_average": Decimal(30), **changes}


def application(placement, **changes):
    values = {
        "said": said_of(placement),
        "representative_name": "Birgit Toft",
        "representative_email": "birgit.toft@strandmarken.example",
        "was_warned": False,
    }
    return Application(**{**values, **changes})


def test_an_application_asks_the_representative_and_sends_a_receipt(make_placement, company):
    draft = make_placement(state=State.DRAFT, applied_at=None)

    applying.apply(placement=draft, application=application(draft), by=None, organisation=None)

    draft.refresh_from_db()
    assert (draft.state, draft.round, draft.answer) == (State.APPLIED, 1, "")
    ask, receipt = Mail.objects.order_by("pk")
    assert ask.to == "birgit.toft@strandmarken.example"
    assert draft.representatives_link in ask.body
    assert receipt.to == company.people.get().email
    assert draft.link in receipt.body
    assert draft.representatives_link not in receipt.body


def test_a_condition_that_is_not_met_needs_the_employers_explanation(make_placement):
    draft = make_placement(state=State.DRAFT, applied_at=None)

    with pytest.raises(TransitionRefused, match="Forklar"):
        applying.apply(
            placement=draft, application=application(draft, was_warned=True), by=None, organisation=None
        )
    assert Placement.objects.get().state == State.DRAFT
    with pytest.raises(IntegrityError, match="placement_warned_is_explained"), transaction.atomic():
        make_placement(was_warned=True, explanation="")


def test_an_objection_is_logged_and_stops_the_grant_until_it_is_confirmed(make_placement, who, koege):
    placement = make_placement()
    applying.ask(placement=placement, name="Birgit Toft", email="birgit@strandmarken.example")

    applying.hear(placement=placement, answer=Answer.OBJECTED, text="Per blev fyret fra samme job.")
    with pytest.raises(TransitionRefused, match="indsigelse"):
        grant(placement, who)
    applying.hear(placement=placement, answer=Answer.CONFIRMED)
    granted = grant(placement, who)

    assert granted.state == State.GRANTED
    comments = [row.comment for row in granted.log.order_by("pk")]
    assert comments == ["Per blev fyret fra samme job.", "", "Opfylder betingelserne."]
    told = Mail.objects.filter(kind="placement_answer", to=koege.caseworker.email)
    assert "Per blev fyret" in told.order_by("pk")[0].body


def test_an_objection_without_a_text_is_none(make_placement):
    placement = make_placement(round=1)

    with pytest.raises(TransitionRefused):
        placement.hear(Answer.OBJECTED, text="  ")


def test_the_representative_cannot_answer_once_it_is_decided_or_somebody_else_is_asked(confirmed, who):
    decided = confirmed()
    stale = Placement.objects.get(pk=decided.pk)
    grant(decided, who)
    asked_anew = confirmed()
    old_link = Placement.objects.get(pk=asked_anew.pk)
    token = old_link.representatives_link.split("/")[-2]
    applying.ask(placement=asked_anew, name="Ole Friis", email="ole@strandmarken.example")

    for placement in (stale, old_link):
        with pytest.raises(TransitionRefused, match="ikke længere"):
            placement.hear(Answer.OBJECTED, text="For sent.")
    assert not Placement.objects.by_representatives_link(token).exists()
    assert Placement.objects.get(pk=asked_anew.pk).answer == ""


def test_a_grant_keeps_the_figures_the_rule_and_the_reference_in_vitas(confirmed, who, law):
    granted = grant(confirmed(), who)

    granted.refresh_from_db()
    assert granted.vitas == "LT-2026-77"
    assert granted.rule == law
    assert "31,4 fuldtidsansatte giver plads til 6; ingen er i gang; én mere er inden for reglen." in (
        granted.decided_on_figures
    )
    assert Mail.objects.get(kind="placement_decision").to == granted.person.email


def test_each_condition_that_is_not_met_stops_the_grant_and_can_be_answered_by_its_own_exemption(
    confirmed, make_placement, who, pensioner
):
    make_placement(state=State.GRANTED)
    placement = confirmed(workplace_staff=[Decimal(4)] * 4, company_last_month=Decimal(3), group="pension")
    exemptions = {one.condition: one for one in Exemption.objects.all()}

    with pytest.raises(TransitionRefused, match="rimelighedskrav"):
        grant(placement, who, group="pension")
    with pytest.raises(TransitionRefused, match="merbeskæftigelse"):
        grant(placement, who, group="pension", exemptions={Condition.RATIO: pensioner})
    with pytest.raises(TransitionRefused, match="gælder ikke"):
        grant(
            placement,
            who,
            group="pension",
            exemptions={Condition.RATIO: pensioner, Condition.INCREASE: pensioner},
        )
    granted = grant(
        placement,
        who,
        group="pension",
        exemptions={Condition.RATIO: pensioner, Condition.INCREASE: exemptions["increase"]},
    )

    assert (granted.ratio_met, granted.increase_met, granted.duration_met) == (False, False, True)
    assert granted.ratio_exemption == pensioner


def test_without_an_answer_of_the_employees_nothing_is_granted_unless_there_are_none(make_placement, who):
    placement = make_placement(representative_name="", representative_email="")

    with pytest.raises(TransitionRefused, match="ikke bekræftet"):
        grant(placement, who)
    nobody = Exemption.objects.get(code="no-staff")
    assert grant(placement, who, exemptions={Condition.REPRESENTATIVE: nobody}).state == State.GRANTED


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ratio_met": False}, "placement_granted_meets_the_conditions"),
        ({"increase_met": False}, "placement_granted_meets_the_conditions"),
        ({"duration_met": None}, "placement_granted_meets_the_conditions"),
        ({"rule": None}, "placement_granted_meets_the_conditions"),
        ({"group": ""}, "placement_granted_meets_the_conditions"),
        ({"answer": "", "answered_at": None}, "placement_granted_is_confirmed_by_the_employees"),
        ({"vitas": ""}, "placement_granted_stands_in_vitas"),
        ({"vitas": "1-2"}, "placement_granted_stands_in_vitas"),
        ({"decided_at": None}, "placement_decided_has_time"),
        ({"ended_on": timezone.localdate()}, "placement_ended_has_real_day_and_reason"),
        ({"hours": Decimal(49)}, "placement_hours_1_to_48"),
        ({"label": ""}, "placement_applied_for_is_whole"),
        ({"answer": "objected"}, "placement_answer_has_time_and_objection_a_text"),
    ],
)
def test_the_database_refuses_what_no_decision_may_be(make_placement, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_placement(state=State.GRANTED, **fields)


def test_a_step_outside_the_table_is_refused_by_the_database_too(make_placement):
    placement = make_placement(state=State.REFUSED)

    with pytest.raises(IntegrityError, match="no transition"), transaction.atomic():
        Placement.objects.filter(pk=placement.pk).update(state=State.APPLIED)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_the_last_place_away_at_the_same_moment_one_gets_it_and_the_other_sees_why(
    confirmed, who, roskilde
):
    """At one workplace, by two jobcentres, on the real database."""
    staff = [Decimal(4)] * 4
    mine = confirmed(workplace_staff=staff)
    theirs = confirmed(workplace_staff=staff, jobcentre=roskilde.jobcentre, owner=roskilde.caseworker)
    of_roskilde = {"by": roskilde.caseworker, "organisation": roskilde.jobcentre.organisation}
    ready = threading.Barrier(2, timeout=60)
    said: list[str] = []

    def decide(placement, who):
        try:
            ready.wait()
            grant(placement, who)
            said.append("granted")
        except TransitionRefused as refusal:
            said.append(refusal.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=pair) for pair in ((mine, who), (theirs, of_roskilde))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == [
        "granted",
        "„rimelighedskrav på arbejdsstedet“ er ikke opfyldt, og der er ikke henvist til en undtagelse.",
    ]
    assert Placement.objects.filter(state=State.GRANTED).count() == 1


def test_the_second_decision_about_one_placement_is_refused(confirmed, who):
    placement = confirmed()
    seen_by_another = Placement.objects.get(pk=placement.pk)
    grant(placement, who)

    with pytest.raises(TransitionRefused, match="allerede"):
        deciding.refuse(placement=seen_by_another, reason="Nej", **who)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_decision_has_a_reason(confirmed, who, reason):
    with pytest.raises(TransitionRefused, match="begrundelse"):
        deciding.refuse(placement=confirmed(), reason=reason, **who)


def test_what_is_sent_back_can_be_put_right_and_the_employees_are_asked_anew(confirmed, who):
    placement = confirmed()

    applying.send_back(placement=placement, reason="Antal ansatte i august mangler.", **who)

    placement.refresh_from_db()
    assert placement.state == State.DRAFT
    assert placement.typed["label"] == "Lagermedhjælper"
    assert Decimal(placement.typed["staff_0"]) == Decimal("31.4")
    assert "Antal ansatte i august" in Mail.objects.get(kind="placement_back").body
    applying.apply(placement=placement, application=application(placement), by=None, organisation=None)
    placement.refresh_from_db()
    assert (placement.state, placement.answer, placement.round) == (State.APPLIED, "", 2)


def test_a_public_employer_answers_about_the_priority_access_before_the_post_is_filled(confirmed, who):
    placement = confirmed(sector=Sector.PUBLIC, ends_on=timezone.localdate() + timedelta(days=60))

    with pytest.raises(TransitionRefused, match="fortrinsadgang"):
        grant(placement, who)
    PriorityAccess.objects.create(
        placement=placement,
        situation="not_hired",
        interview_on=timezone.localdate(),
        reason="Stillingen kræver kørekort.",
    )
    with pytest.raises(TransitionRefused, match="forhandl"):
        grant(placement, who)
    deciding.negotiate(
        placement=placement, on=timezone.localdate(), minutes="Personlig assistance blev drøftet.", **who
    )
    assert grant(placement, who).state == State.GRANTED


def test_a_refused_applicant_with_priority_access_has_interview_and_reason(make_placement):
    with pytest.raises(IntegrityError, match="priority_refusal"), transaction.atomic():
        PriorityAccess.objects.create(placement=make_placement(), situation="not_hired")


def test_a_work_trial_at_a_public_employer_fills_no_post(confirmed, who):
    trial = confirmed(
        kind=Kind.WORK_TRIAL,
        sector=Sector.PUBLIC,
        ends_on=timezone.localdate() + timedelta(days=40),
    )

    assert grant(trial, who).state == State.GRANTED


def test_it_is_extended_within_the_limit_and_no_further(make_placement, who):
    today = timezone.localdate()
    placement = make_placement(
        kind=Kind.WORK_TRIAL,
        group="supported",
        state=State.GRANTED,
        starts_on=today - timedelta(weeks=10),
        ends_on=today + timedelta(weeks=2),
    )
    said = {"placement": placement, "reason": "Er godt i gang.", **who}

    with pytest.raises(TransitionRefused, match="varighed"):
        deciding.extend(to=placement.starts_on + timedelta(weeks=26), **said)
    with pytest.raises(TransitionRefused, match="efter den aftalte"):
        deciding.extend(to=today, **said)
    placement = Placement.objects.get()
    longest = placement.starts_on + timedelta(weeks=26, days=-1)
    deciding.extend(**{**said, "placement": placement, "to": longest})

    placement = Placement.objects.get()
    assert placement.ends_on == longest
    assert placement.extensions.get().from_day == today + timedelta(weeks=2)
    assert placement.log.get().comment == "Er godt i gang."


def test_an_early_end_has_its_real_day_frees_the_place_and_asks_twice_what_came_of_it(
    make_placement, confirmed, who
):
    today = timezone.localdate()
    running = make_placement(
        state=State.GRANTED, starts_on=today - timedelta(days=30), workplace_staff=[Decimal(4)]
    )
    waiting = confirmed(starts_on=today, workplace_staff=[Decimal(4)])
    with pytest.raises(TransitionRefused):
        grant(waiting, who)

    ending.end(
        placement=running,
        on=today - timedelta(days=1),
        ending=Ending.HIRED,
        reason="Ansat på ordinære vilkår.",
        **who,
    )

    assert grant(waiting, who).state == State.GRANTED
    assert [(effect.weeks, effect.due_on) for effect in running.effects.all()] == [
        (2, today + timedelta(days=13)),
        (13, today + timedelta(days=90)),
    ]


def test_it_cannot_have_ended_before_it_began_or_after_the_agreed_last_day(make_placement, who):
    today = timezone.localdate()
    placement = make_placement(state=State.GRANTED, starts_on=today - timedelta(days=10))

    for day in (today - timedelta(days=11), placement.ends_on + timedelta(days=1)):
        with pytest.raises(TransitionRefused, match="faktiske sidste dag"):
            ending.end(placement=placement, on=day, ending=Ending.EMPLOYER, reason="Lukker.", **who)


def test_what_has_begun_is_ended_and_not_withdrawn(make_placement, who):
    begun = make_placement(state=State.GRANTED, starts_on=timezone.localdate())
    not_begun = make_placement(state=State.GRANTED)

    with pytest.raises(TransitionRefused, match="begyndt"):
        deciding.withdraw(placement=begun, reason="Fortrudt.", **who)
    assert deciding.withdraw(placement=not_begun, reason="Fortrudt.", **who).state == State.WITHDRAWN


def test_the_calendar_ends_what_is_over_once_and_by_nobody(make_placement):
    today = timezone.localdate()
    over = make_placement(
        state=State.GRANTED, starts_on=today - timedelta(days=30), ends_on=today - timedelta(days=1)
    )
    make_placement(state=State.GRANTED, starts_on=today - timedelta(days=30), ends_on=today)

    assert ending.end_those_that_are_over(on=today) == 1
    assert ending.end_those_that_are_over(on=today) == 0

    over.refresh_from_db()
    assert (over.state, over.ended_on, over.ending) == (State.ENDED, over.ends_on, Ending.AS_PLANNED)
    assert over.log.get().by is None
    assert over.effects.count() == 2


def test_what_came_of_it_is_asked_once_when_due_and_answered_once(make_placement, koege):
    today = timezone.localdate()
    placement = make_placement(
        state=State.GRANTED, starts_on=today - timedelta(days=60), ends_on=today - timedelta(weeks=2)
    )
    ending.end_those_that_are_over(on=today)

    assert following_up.ask(on=today) == 1
    assert following_up.ask(on=today) == 0

    notice = Notice.objects.get()
    effect = Effect.objects.get(weeks=2)
    assert (notice.recipient.email, notice.link) == (placement.person.email, effect.link)
    assert "hvad kom der ud af" in notice.subject
    following_up.answer(effect=effect, outcome="hired", text="", by=None)
    with pytest.raises(TransitionRefused, match="allerede"):
        following_up.answer(effect=effect, outcome="nothing", text="", by=koege.caseworker)
    assert Effect.objects.get(weeks=2).outcome == "hired"


def test_one_that_the_caseworker_answered_is_not_asked_about(make_placement, koege):
    today = timezone.localdate()
    make_placement(
        state=State.GRANTED, starts_on=today - timedelta(days=60), ends_on=today - timedelta(weeks=2)
    )
    ending.end_those_that_are_over(on=today)
    following_up.answer(effect=Effect.objects.get(weeks=2), outcome="elsewhere", text="", by=koege.caseworker)

    assert following_up.ask(on=today) == 0
