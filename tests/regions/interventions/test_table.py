"""The table of steps: complete, the same in the documentation, and told apart from what nobody may do."""

from django.conf import settings

from jobcenter.accounts.models import Role
from regions.interventions.models import (
    AgreementState,
    AssistanceState,
    FollowUpState,
    MeetingState,
    State,
)
from regions.interventions.table import BY_CODE, NEW, STEPS, UNFINISHED, By, Thing, offered, transitions

STATES = {
    Thing.INTERVENTION: State,
    Thing.MEETING: MeetingState,
    Thing.AGREEMENT: AgreementState,
    Thing.ASSISTANCE: AssistanceState,
    Thing.FOLLOW_UP: FollowUpState,
}
NAMES = {By.OFFICER: "area officer", By.MANAGER: "jobcentre manager"}


def test_the_documentation_shows_the_table_row_by_row():
    document = (settings.BASE_DIR / "docs" / "interventions.md").read_text()
    rows = [
        tuple(cell.strip() for cell in line.strip("|\n").split("|"))
        for line in document.splitlines()
        if line.startswith("| `")
    ]

    def words(text: str) -> str:
        return text.replace("_", " ")

    assert rows == [
        (
            f"`{step.code}`",
            words(step.thing),
            words(step.start) or "–",
            words(step.end),
            ", ".join(NAMES[by] for by in step.by),
            ", ".join(words(demand) for demand in step.demands) or "–",
        )
        for step in STEPS
    ]


def test_every_state_of_every_thing_is_reached_by_a_step_and_no_step_leads_elsewhere():
    for thing, states in STATES.items():
        assert set(transitions(thing)) == set(states.values)


def test_whose_step_it_is_are_roles_that_people_have():
    assert {by.value for step in STEPS for by in step.by} == {Role.AREA_OFFICER, Role.MANAGER}


def test_each_step_has_a_name_of_its_own_and_is_known_by_where_it_goes_and_who_takes_it():
    assert len(BY_CODE) == len(STEPS)
    ways = [(step.thing, step.start, step.end, by) for step in STEPS for by in step.by]
    assert len(set(ways)) == len(ways)


def test_what_waits_for_somebody_can_be_finished_and_what_is_finished_cannot():
    for thing, unfinished in UNFINISHED.items():
        for state, onwards in transitions(thing).items():
            if state in unfinished:
                assert onwards, (thing, state)
            elif (thing, state) != (Thing.AGREEMENT, "signed"):
                assert not onwards, (thing, state)


def test_a_manager_is_offered_the_jobcentres_own_steps_and_no_other():
    of_manager = {step.code for step in offered(Thing.AGREEMENT, state="proposed", by=By.MANAGER)}
    of_officer = {step.code for step in offered(Thing.AGREEMENT, state="proposed", by=By.OFFICER)}

    assert of_manager == {"sign", "send_back"}
    assert of_officer == {"take_back"}
    assert [step.code for step in offered(Thing.INTERVENTION, state=NEW, by=By.MANAGER)] == ["ask_for_help"]
    assert not list(offered(Thing.INTERVENTION, state="open", by=By.MANAGER))
