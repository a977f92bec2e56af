"""No step outside the table, and no decision without a reason: by the acts, and past them in SQL."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.utils import timezone

from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Notice
from regions.interventions import acting, agreeing, closing, opening
from regions.interventions.models import Happened, Intervention, Meeting, Signature, Target
from regions.interventions.table import BY_CODE, STEPS, Demand, Thing, transitions
from tests.regions.interventions.conftest import REASON
from tests.regions.making import make_flag

REFUSED = (IntegrityError, InternalError, ProgrammingError)


def sql(statement: str, *values: object) -> None:
    """As somebody at a database prompt: the statement, and the end of its transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture(autouse=True)
def _what_was_made_is_whole(db):
    """What is checked at the end of a transaction is checked for every test here too."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


REASONED = [step for step in STEPS if Demand.REASON in step.demands]


@pytest.mark.parametrize("empty", ["", "   \n"])
@pytest.mark.parametrize("step", REASONED, ids=lambda step: step.code)
def test_a_step_that_demands_a_reason_is_not_taken_without(
    request, step, empty, officer, manager, flag, koege
):
    things = {
        Thing.MEETING: "plan_meeting",
        Thing.AGREEMENT: "draft",
        Thing.ASSISTANCE: "offer",
        Thing.FOLLOW_UP: "due",
    }
    if step.code == "begin":
        thing = Intervention(jobcentre=koege.jobcentre, officer=officer.user, began_at=timezone.now())
        thing.rests_on = [flag]
    elif step.code == "ask_for_help":
        thing = Intervention(jobcentre=koege.jobcentre, at_own_wish=True, asked_at=timezone.now())
    elif step.thing == Thing.INTERVENTION:
        thing = request.getfixturevalue("asked" if step.start == "requested" else "begun")
    else:
        made = request.getfixturevalue(things[step.thing])
        thing = _brought_to(step.start, made() if callable(made) else made, officer, manager)
    by = officer if officer.role in step.by else manager
    before = Happened.objects.count()

    with pytest.raises(TransitionRefused, match=r"begrundelsen|reason"):
        acting.take(step.code, thing, by=by, reason=empty)

    assert Happened.objects.count() == before


def _brought_to(state, thing, officer, manager):
    """A part in the state a step begins in."""
    today = timezone.localdate()
    match thing.THING, state:
        case Thing.MEETING, "held":
            return acting.take("hold_meeting", thing, by=officer, notes="Enige om billedet.")
        case Thing.AGREEMENT, "proposed":
            return agreeing.put_forward(thing, answer_by=today, by=officer)
        case Thing.AGREEMENT, "signed":
            agreeing.put_forward(thing, answer_by=today, by=officer)
            return agreeing.sign(thing, seen=1, by=manager)
        case Thing.ASSISTANCE, "accepted":
            return acting.take("accept_assistance", thing, by=manager)
    assert thing.state == state
    return thing


@pytest.mark.parametrize("code", [step.code for step in STEPS if step.thing == Thing.INTERVENTION])
def test_nobody_takes_a_step_that_is_another_roles(code, asked, begun, officer, manager):
    step = BY_CODE[code]
    thing = asked if step.start == "requested" else begun
    for other in (officer, manager):
        if other.role not in step.by:
            with pytest.raises(TransitionRefused):
                acting.take(code, thing, by=other, reason=REASON)


def test_neither_another_areas_officer_nor_another_manager_takes_a_step(
    begun, plan_meeting, midtjylland, roskilde, aarhus
):
    held = plan_meeting()
    for stranger, code, thing in (
        (midtjylland.officer, "escalate", begun),
        (midtjylland.officer, "cancel_meeting", held),
        (roskilde.manager, "agree_notes", held),
        (aarhus.manager, "agree_notes", held),
    ):
        with pytest.raises(TransitionRefused, match=r"yours|dit"):
            acting.take(code, thing, by=stranger.memberships.get(), reason=REASON)


def test_a_step_from_another_state_is_refused_and_says_which_it_is_in(asked, officer):
    opening.turn_down(asked, by=officer, reason=REASON)

    with pytest.raises(TransitionRefused) as refused:
        opening.take_up(asked, by=officer, reason=REASON)

    assert "turned down" in str(refused.value) or "afslået" in str(refused.value)


WAYS = [
    (thing, start, end)
    for thing in Thing
    for start, end in product(transitions(thing), repeat=2)
    if start != end and end not in transitions(thing)[start]
]


@pytest.mark.parametrize("thing", list(Thing))
def test_sql_cannot_bring_anything_into_a_state_that_no_step_leads_to(
    thing, request, begun, plan_meeting, draft, offer, due
):
    row = {
        Thing.INTERVENTION: lambda: begun,
        Thing.MEETING: plan_meeting,
        Thing.AGREEMENT: draft,
        Thing.ASSISTANCE: offer,
        Thing.FOLLOW_UP: lambda: due,
    }[thing]()
    table = row._meta.db_table
    outside = [end for one, start, end in WAYS if one == thing and start == row.state]
    assert outside or thing == Thing.FOLLOW_UP
    for end in [*outside, "nowhere"]:
        with pytest.raises(REFUSED, match=r"no transition|both have not"):
            sql(f"UPDATE {table} SET state = %s WHERE id = %s", end, row.pk)


def test_sql_cannot_take_a_step_of_the_table_without_its_line_in_the_log(begun, due):
    for statement, pk in (
        ("UPDATE interventions_intervention SET state='escalated', ended_at=now() WHERE id=%s", begun.pk),
        ("UPDATE interventions_followup SET state='dropped' WHERE id=%s", due.pk),
    ):
        with pytest.raises(REFUSED, match="without a line"):
            sql(statement, pk)


def test_sql_cannot_begin_anything_without_its_line_in_the_log(begun, koege, officer):
    with pytest.raises(REFUSED, match=r"without a line|rests on"):
        sql(
            "INSERT INTO interventions_intervention (jobcentre_id, at_own_wish, state, officer_id, began_at) "
            "VALUES (%s, false, 'open', %s, now())",
            koege.jobcentre.pk,
            officer.user.pk,
        )
    with pytest.raises(REFUSED, match="without a line"):
        sql(
            "INSERT INTO interventions_meeting "
            "(intervention_id, state, starts_at, place, participants, agenda, notes) "
            "VALUES (%s, 'agreed', now(), '', 'chef', 'alt', 'enige')",
            begun.pk,
        )


def line(begun, **fields):
    values = {
        "subject_id": begun.pk,
        "thing": "intervention",
        "from_state": "open",
        "to_state": "escalated",
        "comment": REASON,
        **fields,
    }
    names = ", ".join(values)
    places = ", ".join(["%s"] * len(values))
    sql(f"INSERT INTO interventions_happened ({names}, at) VALUES ({places}, now())", *values.values())


def test_sql_cannot_write_a_line_that_is_no_step(begun, officer, manager, roskilde):
    of_officer = {"by_id": officer.user_id, "organisation_id": officer.organisation_id}
    of_manager = {"by_id": manager.user_id, "organisation_id": manager.organisation_id}
    for fields in (
        {**of_officer, "comment": ""},
        {**of_officer, "comment": "  "},
        {**of_officer, "to_state": "withdrawn"},
        {**of_officer, "from_state": "requested", "to_state": "turned_down"},
        of_manager,
        {"by_id": None, "organisation_id": None},
        {"by_id": manager.user_id, "organisation_id": officer.organisation_id},
    ):
        with pytest.raises(REFUSED, match="step"):
            line(begun, **fields)


def test_another_jobcentres_manager_cannot_write_in_the_log(proposed, roskilde):
    other = roskilde.manager.memberships.get()
    with pytest.raises(REFUSED, match="step"):
        line(
            proposed.intervention,
            thing="agreement",
            agreement_id=proposed.pk,
            from_state="proposed",
            to_state="draft",
            by_id=other.user_id,
            organisation_id=other.organisation_id,
        )


def test_the_log_is_never_changed(begun):
    for statement in (
        "UPDATE interventions_happened SET comment = 'andet' WHERE subject_id = %s",
        "DELETE FROM interventions_happened WHERE subject_id = %s",
    ):
        with pytest.raises(REFUSED):
            sql(statement, begun.pk)


def test_an_intervention_rests_on_a_confirmed_flag_of_its_own_jobcentre(
    flag, koege, roskilde, result_measure, group, flag_rule, officer
):
    proposed = make_flag(
        koege.jobcentre, measure=result_measure, group=group, rule=flag_rule, period="2025QMAT03"
    )
    with pytest.raises(TransitionRefused, match=r"confirmed|bekræftet"):
        opening.begin(flags=[proposed], by=officer, reason=REASON)
    with pytest.raises(TransitionRefused, match=r"confirmed|bekræftet"):
        opening.begin(flags=[], by=officer, reason=REASON)

    begun = opening.begin(flags=[flag], by=officer, reason=REASON)

    with pytest.raises(TransitionRefused, match=r"already|allerede"):
        opening.begin(flags=[flag], by=officer, reason=REASON)
    with pytest.raises(REFUSED, match="confirmed flag"):
        sql(
            "INSERT INTO interventions_ground (intervention_id, flag_id) VALUES (%s, %s)",
            begun.pk,
            proposed.pk,
        )


def test_an_agreement_is_not_signed_by_one_side(proposed, officer, manager):
    with pytest.raises(TransitionRefused, match=r"signed|underskrevet"):
        acting.take("sign", proposed, by=manager)
    with pytest.raises(REFUSED, match="both have not signed"):
        sql("UPDATE interventions_agreement SET state = 'signed' WHERE id = %s", proposed.pk)
    with pytest.raises(REFUSED, match="other side"):
        sql(
            "INSERT INTO interventions_signature (wording_id, side, by_id, organisation_id, at) "
            "VALUES (%s, 'manager', %s, %s, now())",
            proposed.wordings.get().pk,
            officer.user_id,
            officer.organisation_id,
        )


def test_what_was_put_forward_is_not_changed(proposed, result_measure, group):
    for statement in (
        "UPDATE interventions_target SET to_value = 1 WHERE agreement_id = %s",
        "DELETE FROM interventions_action WHERE agreement_id = %s",
        "UPDATE interventions_agreement SET purpose = 'andet' WHERE id = %s",
        "UPDATE interventions_wording SET kept = '{}' WHERE agreement_id = %s",
        "DELETE FROM interventions_wording WHERE agreement_id = %s",
    ):
        with pytest.raises(REFUSED):
            sql(statement, proposed.pk)
    with pytest.raises(REFUSED), transaction.atomic():
        Target.objects.create(
            agreement=proposed,
            measure=result_measure,
            target_group=group,
            from_value=1,
            to_value=2,
            period="2028Y01",
        )


def test_a_change_is_a_new_version_that_both_sign_again(signed, officer, manager):
    changed = agreeing.change(signed, by=officer, reason="Målet var sat for højt.")
    agreeing.put_forward(changed, answer_by=timezone.localdate(), by=officer)

    assert changed.version == 2
    assert not changed.is_signed_by_both()
    with pytest.raises(TransitionRefused, match=r"changed|ændret"):
        agreeing.sign(changed, seen=1, by=manager)

    again = agreeing.sign(changed, seen=2, by=manager)

    assert again.state == "signed"
    assert Signature.objects.count() == 4


def test_signing_plans_a_follow_up_on_the_last_day_of_each_targets_period(signed):
    [follow_up] = signed.intervention.follow_ups.all()

    assert follow_up.due_on.isoformat() == "2027-09-30"
    assert follow_up.log.get().to_state == "due"


def test_resolved_without_evidence_is_refused_and_without_a_reason_nothing_is_closed(begun, officer):
    with pytest.raises(TransitionRefused, match=r"back within|tilbage"):
        closing.resolve(begun, by=officer, reason=REASON)

    left = closing.leave(begun, by=officer, reason="Målingen er udgået.")

    assert left.state == "not_resolved"
    assert left.effects[0]["difference"] is None


def test_sql_cannot_close_as_resolved_without_evidence(begun, officer):
    with pytest.raises(REFUSED, match="resolved_has_evidence"):
        sql(
            "UPDATE interventions_intervention SET state='resolved', ended_at=now(), effects='[]' "
            "WHERE id=%s",
            begun.pk,
        )


def test_nothing_is_closed_while_a_part_waits_for_somebody(begun, plan_meeting, officer):
    meeting = plan_meeting()
    with pytest.raises(TransitionRefused, match=r"waits|venter"):
        closing.leave(begun, by=officer, reason=REASON)

    acting.take("cancel_meeting", meeting, by=officer, reason="Ikke nødvendigt.")

    assert closing.leave(Intervention.objects.get(), by=officer, reason=REASON).state == "not_resolved"


def test_no_part_takes_a_step_in_a_closed_intervention(begun, plan_meeting, officer):
    meeting = plan_meeting()
    closing.escalate(begun, by=officer, reason=REASON)
    another = Meeting(intervention=begun, starts_at=timezone.now(), participants="chef", agenda="alt")

    for code, thing in (("cancel_meeting", meeting), ("plan_meeting", another)):
        with pytest.raises(TransitionRefused, match=r"open|i gang"):
            acting.take(code, thing, by=officer, reason=REASON)
    with pytest.raises(REFUSED, match="not open"):
        line(
            begun,
            thing="meeting",
            meeting_id=meeting.pk,
            from_state="planned",
            to_state="cancelled",
            by_id=officer.user_id,
            organisation_id=officer.organisation_id,
        )


def test_the_other_side_is_told_of_a_step_and_nobody_else(begun, plan_meeting, officer, manager, national):
    plan_meeting()
    told = dict(Notice.objects.values_list("recipient__email", "subject"))
    assert set(told) == {manager.user.email}

    closing.escalate(begun, by=officer, reason=REASON)

    to_national = Notice.objects.get(recipient__email=national.email)
    assert to_national.link == ""
    assert REASON not in to_national.text


@pytest.mark.parametrize(("says", "hears"), [("officer", "manager"), ("manager", "officer")])
def test_the_other_side_is_told_that_something_agreed_is_done(signed, officer, manager, says, hears):
    sides = {"officer": officer, "manager": manager}
    Notice.objects.all().delete()

    agreeing.say_done(signed, what="Alle forløb gennemgås", by=sides[says])

    told = Notice.objects.get()
    assert told.recipient.email == sides[hears].user.email
    assert str(sides[says].organisation) in told.subject
    assert told.text == "Alle forløb gennemgås"
    assert told.link == signed.get_absolute_url()


def test_what_was_done_in_the_past_is_told_without_a_mail(signed, manager):
    Notice.objects.all().delete()

    agreeing.say_done(signed, what="Alle forløb gennemgås", by=manager, at=timezone.now())

    assert not Notice.objects.exists()


def test_everything_that_happens_stands_in_one_log(begun, signed, plan_meeting):
    plan_meeting()

    assert [(line.thing, line.to_state) for line in begun.log.all()] == [
        ("intervention", "open"),
        ("agreement", "draft"),
        ("agreement", "proposed"),
        ("agreement", "signed"),
        ("follow_up", "due"),
        ("meeting", "planned"),
    ]


def test_an_action_is_done_when_either_side_says_so_once_and_only_what_both_have_signed(
    signed, officer, manager, roskilde
):
    with pytest.raises(TransitionRefused, match=r"no such|ingen"):
        agreeing.say_done(signed, what="Noget helt andet", by=manager)
    with pytest.raises(TransitionRefused, match=r"not yours|ikke dit"):
        agreeing.say_done(signed, what="Alle forløb gennemgås", by=roskilde.manager.memberships.get())

    agreeing.say_done(signed, what="Alle forløb gennemgås", by=manager)

    again = type(signed).objects.get(pk=signed.pk)
    assert again.undone() == []
    with pytest.raises(TransitionRefused, match=r"no such|ingen"):
        agreeing.say_done(again, what="Alle forløb gennemgås", by=officer)


def test_sql_cannot_say_that_something_is_done_which_nobody_agreed_to(signed, officer, roskilde):
    statement = (
        "INSERT INTO interventions_done (agreement_id, what, by_id, organisation_id, at) "
        "VALUES (%s, %s, %s, %s, now())"
    )
    with pytest.raises(REFUSED, match="not agreed"):
        sql(statement, signed.pk, "Noget helt andet", officer.user_id, officer.organisation_id)
    stranger = roskilde.manager.memberships.get()
    with pytest.raises(REFUSED, match="neither side"):
        sql(statement, signed.pk, "Alle forløb gennemgås", stranger.user_id, stranger.organisation_id)


def test_sql_cannot_say_that_what_waits_to_be_signed_is_done(proposed, manager):
    with pytest.raises(REFUSED, match="not agreed"):
        sql(
            "INSERT INTO interventions_done (agreement_id, what, by_id, organisation_id, at) "
            "VALUES (%s, 'Alle forløb gennemgås', %s, %s, now())",
            proposed.pk,
            manager.user_id,
            manager.organisation_id,
        )
