"""Nothing happens to a flag outside the table of its way: by pages, administration pages, shell or SQL."""

from itertools import product

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator

from jobcenter.accounts.models import Role
from regions.oversight import deciding
from regions.oversight.models import DataCheck, Flag, FlagLog, Question, Requirement
from regions.oversight.way import WAY, Demand, State, transition
from tests.addresses import addresses
from tests.regions.making import review
from tests.regions.oversight.test_decisions import decide
from tests.regions.oversight.test_flag_admin import send

OUTSIDE = [
    (start, end) for start, end in product(State, State) if start != end and not transition(start, end)
]


def in_words(state: State) -> str:
    return state.value.replace("_", " ")


def table_of_the_way() -> str:
    """The table as `docs/flags.md` has it."""
    with override("en"):
        rows = (
            f"| {in_words(step.start)} | {in_words(step.end)} | {step.role.label} "
            f"| {'; '.join(str(demand.label) for demand in step.demands) or '–'} |"
            for step in WAY
        )
        return "\n".join(["| From | To | Who | Demands |", "|---|---|---|---|", *rows])


def test_the_table_of_the_documents_is_the_table_of_the_code():
    assert table_of_the_way() in (settings.BASE_DIR / "docs" / "flags.md").read_text()


def test_the_api_knows_neither_flags_nor_interventions(client):
    """It has no address but those of vacancies, so nothing else can be read or decided by it."""
    described = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    at_all = {one.view.rpartition(".")[0] for one in addresses() if one.route.startswith("api/")}

    assert described
    assert all(path.startswith("/api/v1/vacancies/") for path in described)
    assert {module.split(".")[0] for module in at_all} <= {"employers", "drf_spectacular"}
    for about in ("flags", "interventions"):
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(f"/api/v1/{about}/1/", {"state": "confirmed"}).status_code == 404


@pytest.fixture
def by(sjaelland):
    return {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}


@pytest.fixture
def brought_to(flag, by, koege):
    """Takes the flag by the table to a state."""

    def bring(state: State) -> Flag:
        match state:
            case State.UNDER_REVIEW:
                review(flag, **by)
            case State.HEARING | State.CONFIRMED:
                review(flag, **by).send_to_hearing(reason="Forklar", due_on=timezone.localdate(), **by)
                flag.answer("Ja", by=koege.manager, organisation=koege.jobcentre.organisation)
            case State.WATCHED:
                flag.watch(reason="Følges", **by)
            case State.DISMISSED:
                flag.dismiss(reason="Afvist", **by)
        if state == State.CONFIRMED:
            flag.confirm(reason="Bekræftet", **by)
        return Flag.objects.get(pk=flag.pk)

    return bring


def by_hand(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def write_by_hand(flag, start, end, *, comment, by):
    """A line of the log, past the portal."""
    by_hand(
        "INSERT INTO oversight_flaglog "
        "(subject_id, from_state, to_state, comment, by_id, organisation_id, at) "
        "VALUES (%s, %s, %s, %s, %s, %s, now())",
        *(flag.pk, start, end, comment, by["by"].pk, by["organisation"].pk),
    )


def complete():
    """Fields with which no constraint would refuse a state, save that of a confirmation."""
    now = timezone.now()
    return {"decided_at": now, "due_on": now.date(), "checked_at": now, "hearing_due_on": now.date()}


@pytest.mark.parametrize(("start", "end"), OUTSIDE)
def test_a_step_outside_the_table_is_refused_everywhere(client, brought_to, by, start, end):
    flag = brought_to(start)
    steps = flag.log.count()
    client.force_login(by["by"])

    with pytest.raises(ValidationError):
        flag.step(end, reason="Fordi", **by)
    with pytest.raises(DatabaseError, match="no transition"), transaction.atomic():
        Flag.objects.filter(pk=flag.pk).update(state=end, **complete())
    with pytest.raises(DatabaseError, match="no such step"), transaction.atomic():
        FlagLog.objects.create(subject=flag, from_state=start, to_state=end, comment="Fordi", **by)
    with pytest.raises(DatabaseError, match="no transition"), transaction.atomic():
        by_hand("UPDATE oversight_flag SET state = %s WHERE id = %s", end, flag.pk)
    with pytest.raises(DatabaseError, match="no such step"), transaction.atomic():
        write_by_hand(flag, start, end, comment="Fordi", by=by)
    for decision in deciding.Decision:
        if decision.state == end and decision != deciding.Decision.CHECK:
            decide(client, flag, decision=decision)
            send(client, flag, decision=decision)

    assert (Flag.objects.get(pk=flag.pk).state, flag.log.count()) == (start, steps)


@pytest.mark.parametrize(
    "step",
    [step for step in WAY if Demand.REASON in step.demands],
    ids=lambda step: f"{step.start}-{step.end}",
)
def test_nothing_is_decided_without_a_reason_whoever_tries(client, brought_to, by, step):
    flag = brought_to(step.start)
    steps = flag.log.count()
    client.force_login(by["by"])

    for reason in ("", " \n"):
        with pytest.raises(ValidationError):
            flag.step(step.end, reason=reason, hearing_due_on=timezone.localdate(), **by)
        for decision in deciding.Decision:
            if decision.state == step.end:
                decide(client, flag, decision=decision, reason=reason)
                send(client, flag, decision=decision, reason=reason)
    with pytest.raises(IntegrityError, match="a_person_with_a_reason"), transaction.atomic():
        FlagLog.objects.create(subject=flag, from_state=step.start, to_state=step.end, **by)
    with pytest.raises(IntegrityError, match="a_person_with_a_reason"), transaction.atomic():
        write_by_hand(flag, step.start, step.end, comment="", by=by)

    assert (Flag.objects.get(pk=flag.pk).state, flag.log.count()) == (step.start, steps)


@pytest.mark.parametrize("step", WAY, ids=lambda step: f"{step.start}-{step.end}")
def test_a_step_of_the_table_is_no_step_without_its_line_in_the_log(brought_to, step):
    flag = brought_to(step.start)

    with pytest.raises(IntegrityError, match="is not what its log says"), transaction.atomic():
        Flag.objects.filter(pk=flag.pk).update(state=step.end, **complete())
        connection.check_constraints()


def test_a_flag_does_not_begin_in_the_middle(make_flag):
    with pytest.raises(IntegrityError, match="is not what its log says"), transaction.atomic():
        make_flag(state=State.WATCHED, decided_at=timezone.now())
        connection.check_constraints()


def test_the_log_says_nothing_that_did_not_happen(flag, by):
    with pytest.raises(IntegrityError, match="is not what its log says"), transaction.atomic():
        FlagLog.objects.create(
            subject=flag, from_state="proposed", to_state="dismissed", comment="Fordi", **by
        )
        connection.check_constraints()


@pytest.mark.parametrize("step", WAY, ids=lambda step: f"{step.start}-{step.end}")
@pytest.mark.parametrize("who", ["manager", "caseworker", "other_officer"])
def test_only_the_office_of_the_area_takes_a_step(brought_to, step, who, koege, midtjylland):
    flag = brought_to(step.start)
    user, organisation = {
        "manager": (koege.manager, koege.jobcentre.organisation),
        "caseworker": (koege.caseworker, koege.jobcentre.organisation),
        "other_officer": (midtjylland.officer, midtjylland.office.organisation),
    }[who]

    with pytest.raises(ValidationError, match="områdets kontor"):
        flag.step(step.end, by=user, organisation=organisation, reason="Fordi")
    if who != "other_officer":
        with pytest.raises(DatabaseError, match="no such step"), transaction.atomic():
            FlagLog.objects.create(
                subject=flag,
                from_state=step.start,
                to_state=step.end,
                by=user,
                organisation=organisation,
                comment="Fordi",
            )


def test_a_membership_of_the_right_office_in_no_name_is_not_enough(flag, sjaelland, koege):
    """The officer's office, said by somebody who does not work there."""
    with pytest.raises(ValidationError, match="områdets kontor"):
        flag.dismiss(by=koege.manager, organisation=sjaelland.office.organisation, reason="Fordi")
    assert {step.role for step in WAY} == {Role.AREA_OFFICER}


# --- the data check ----------------------------------------------------------------------------------------


def checked(flag, **changed):
    """What the form sends of a data check."""
    said = {f"finding_{question}": "fine" for question in Question}
    return {"decision": "check", "seen": "under_review", **said, **changed}


def test_nobody_is_heard_before_the_data_have_been_checked(client, flag, by):
    flag.review(**by)
    client.force_login(by["by"])

    decide(client, flag, decision="hearing")

    with pytest.raises(ValidationError, match="data"):
        flag.send_to_hearing(reason="Forklar", due_on=timezone.localdate(), **by)
    with pytest.raises(IntegrityError, match="flag_heard_after_a_data_check"), transaction.atomic():
        Flag.objects.filter(pk=flag.pk).update(state="hearing", hearing_due_on=timezone.localdate())
    assert Flag.objects.get(pk=flag.pk).state == State.UNDER_REVIEW


@pytest.mark.parametrize("how", [decide, send], ids=["page", "admin"])
def test_the_data_check_is_kept_question_by_question(client, flag, by, how):
    flag.review(**by)
    client.force_login(by["by"])

    how(client, flag, **checked(flag, finding_mature="doubt", remark_mature="Juni kan stige."))

    flag.refresh_from_db()
    assert [(one.question, one.finding, one.remark) for one in flag.data_check] == [
        ("complete", "fine", ""),
        ("mature", "doubt", "Juni kan stige."),
        ("same_definition", "fine", ""),
        ("conditions", "fine", ""),
        ("one_event", "fine", ""),
    ]
    assert flag.log.last().what == "Data kontrolleret"
    assert deciding.Decision.HEARING in deciding.possible(flag)


@pytest.mark.parametrize("wrong", [{"finding_mature": ""}, {"finding_mature": "fault"}], ids=["open", "bare"])
@pytest.mark.parametrize("how", [decide, send], ids=["page", "admin"])
def test_an_open_question_or_a_bare_no_is_no_data_check(client, flag, by, how, wrong):
    flag.review(**by)
    client.force_login(by["by"])

    how(client, flag, **checked(flag, **wrong))

    flag.refresh_from_db()
    assert flag.checked_at is None
    assert not DataCheck.objects.exists()


def test_a_new_review_asks_of_the_data_anew(reviewed, by):
    reviewed.watch(reason="Følges", **by)

    reviewed.review(**by)

    assert (reviewed.checked_at, list(reviewed.data_check)) == (None, [])
    assert DataCheck.objects.count() == len(Question)


def test_what_a_data_check_found_is_never_changed(reviewed):
    with pytest.raises(DatabaseError, match="never_changed"), transaction.atomic():
        DataCheck.objects.update(finding="fault", remark="Nej")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM oversight_flag",
        "UPDATE oversight_ruleparameters SET serious_z = 1",
        "UPDATE oversight_ruleparameters SET consecutive_periods = 1",
        "UPDATE oversight_requirement SET required_share = 0.1",
    ],
)
def test_nobody_takes_a_flag_away_or_changes_what_flags_were_raised_by(flag, statement):
    """A threshold or a share that is to be another is a version of its own, from its own day."""
    assert Requirement.objects.exists()

    with pytest.raises(DatabaseError, match=r"Cannot (delete|update)"), transaction.atomic():
        by_hand(statement)
    by_hand("UPDATE oversight_ruleparameters SET valid_to = '2999-01-01'")
