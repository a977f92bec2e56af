"""The database's own guard of the table of steps: triggers made from it, so that nobody comes round it.

`only` (of `accounts.workflow`) refuses a change of state that no step makes. What is here adds that each
change has its line in the log; and that each line is a step of the table, taken from where the thing was,
by somebody with the role it asks for, with the reason it demands, while the intervention is open.
"""

from __future__ import annotations

import pgtrigger

from regions.interventions.table import STEPS, By, Demand, Step, Thing

LOG = "interventions_happened"
COLUMN = {
    Thing.INTERVENTION: "subject_id",
    Thing.MEETING: "meeting_id",
    Thing.AGREEMENT: "agreement_id",
    Thing.ASSISTANCE: "assistance_id",
    Thing.FOLLOW_UP: "follow_up_id",
}
"""Of a line in the log: what points to the thing that took the step."""


def told(thing: Thing) -> pgtrigger.Trigger:
    """When the transaction ends, a thing is in the state its last line says; without a line it is refused."""
    return pgtrigger.Trigger(
        name="state_is_what_the_log_says",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (
                SELECT 1 FROM interventions_{thing.replace("_", "")} thing
                WHERE thing.id = NEW.id AND thing.state IS DISTINCT FROM (
                    SELECT line.to_state FROM {LOG} line
                    WHERE line.{COLUMN[thing]} = thing.id AND line.thing = '{thing}'
                    ORDER BY line.id DESC LIMIT 1
                )
            ) THEN
                RAISE EXCEPTION 'a step of % % without a line in the log', '{thing}', NEW.id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


def known_steps_only() -> pgtrigger.Trigger:
    """A line in the log is a step of the table, or it is refused."""
    last = " ".join(
        f"WHEN '{thing}' THEN (SELECT to_state FROM {LOG} WHERE {column} = NEW.{column} "
        f"AND thing = NEW.thing ORDER BY id DESC LIMIT 1)"
        for thing, column in COLUMN.items()
    )
    steps = "\n OR ".join(_condition(step) for step in STEPS)
    return pgtrigger.Trigger(
        name="known_steps_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NEW.from_state IS DISTINCT FROM COALESCE(CASE NEW.thing {last} END, '') THEN
                RAISE EXCEPTION 'the step does not begin where % was left', NEW.thing
                    USING ERRCODE = 'check_violation';
            END IF;
            IF NEW.thing <> 'intervention' AND NOT EXISTS (
                SELECT 1 FROM interventions_intervention WHERE id = NEW.subject_id AND state = 'open'
            ) THEN
                RAISE EXCEPTION 'the intervention is not open' USING ERRCODE = 'check_violation';
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM accounts_membership member
                WHERE member.user_id = NEW.by_id AND member.organisation_id = NEW.organisation_id
                    AND ({steps})
                    AND (member.role <> '{By.MANAGER}' OR member.organisation_id = (
                        SELECT centre.organisation_id FROM centres_jobcentre centre
                        JOIN interventions_intervention one ON one.jobcentre_id = centre.id
                        WHERE one.id = NEW.subject_id
                    ))
            ) THEN
                RAISE EXCEPTION 'no such step of %: from % to %, by this person, with this reason',
                    NEW.thing, NEW.from_state, NEW.to_state
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def _condition(step: Step) -> str:
    roles = ", ".join(f"'{role}'" for role in step.by)
    reason = " AND btrim(NEW.comment) <> ''" if Demand.REASON in step.demands else ""
    return (
        f"(NEW.thing = '{step.thing}' AND NEW.from_state = '{step.start}' AND NEW.to_state = '{step.end}'"
        f" AND member.role IN ({roles}){reason})"
    )


def grounded() -> pgtrigger.Trigger:
    """An intervention rests on a confirmed flag of its jobcentre, or on the jobcentre's own wish."""
    return pgtrigger.Trigger(
        name="rests_on_a_flag_or_a_wish",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("at_own_wish"),
        timing=pgtrigger.Deferred,
        func="""
            IF NOT NEW.at_own_wish AND NOT EXISTS (
                SELECT 1 FROM interventions_ground WHERE intervention_id = NEW.id
            ) THEN
                RAISE EXCEPTION 'an intervention rests on a confirmed flag or on the jobcentre''s own wish'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


def confirmed_flag_of_the_same() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="confirmed_flag_of_the_same",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM oversight_flag flag
                JOIN interventions_intervention one ON one.jobcentre_id = flag.jobcentre_id
                WHERE flag.id = NEW.flag_id AND one.id = NEW.intervention_id AND flag.state = 'confirmed'
            ) THEN
                RAISE EXCEPTION 'only a confirmed flag of the same jobcentre is a ground'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def both_have_signed() -> pgtrigger.Trigger:
    """An agreement is signed when the area office and the jobcentre have signed the wording there is now."""
    return pgtrigger.Trigger(
        name="both_have_signed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
        condition=pgtrigger.Q(new__state="signed"),
        func="""
            IF (
                SELECT count(DISTINCT signature.side) FROM interventions_signature signature
                JOIN interventions_wording wording ON wording.id = signature.wording_id
                WHERE wording.agreement_id = NEW.id AND wording.number = NEW.version
            ) < 2 THEN
                RAISE EXCEPTION 'both have not signed this wording' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def terms_stand_outside_a_draft() -> pgtrigger.Trigger:
    """Targets and actions are written while the agreement is a draft; what was put forward stands."""
    return pgtrigger.Trigger(
        name="terms_stand_outside_a_draft",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF EXISTS (
                SELECT 1 FROM interventions_agreement
                WHERE id = COALESCE(NEW.agreement_id, OLD.agreement_id) AND state <> 'draft'
            ) THEN
                RAISE EXCEPTION 'what was put forward to be signed is not changed'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


def signed_by_its_side() -> pgtrigger.Trigger:
    """A side's signature is given by somebody who acts for it, on the intervention it is about."""
    return pgtrigger.Trigger(
        name="signed_by_its_side",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM accounts_membership member
                WHERE member.user_id = NEW.by_id AND member.organisation_id = NEW.organisation_id
                    AND member.role = NEW.side
            ) THEN
                RAISE EXCEPTION 'signed for the other side' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def agreed_by_both() -> pgtrigger.Trigger:
    """What is said to be done is an action that both have signed, and it is said by one of the two sides."""
    return pgtrigger.Trigger(
        name="agreed_by_both",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM interventions_wording wording,
                    jsonb_array_elements(wording.kept -> 'actions') action
                WHERE wording.agreement_id = NEW.agreement_id AND action ->> 'what' = NEW.what
                    AND (SELECT count(*) FROM interventions_signature WHERE wording_id = wording.id) = 2
            ) THEN
                RAISE EXCEPTION 'both have not agreed to this' USING ERRCODE = 'check_violation';
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM accounts_membership member
                WHERE member.user_id = NEW.by_id AND member.organisation_id = NEW.organisation_id
                    AND (member.role = '{By.OFFICER}' OR member.role = '{By.MANAGER}'
                        AND member.organisation_id = (
                            SELECT centre.organisation_id FROM centres_jobcentre centre
                            JOIN interventions_intervention one ON one.jobcentre_id = centre.id
                            JOIN interventions_agreement agreed ON agreed.intervention_id = one.id
                            WHERE agreed.id = NEW.agreement_id
                        ))
            ) THEN
                RAISE EXCEPTION 'said by somebody of neither side' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )
