"""The database's own guard of the way: triggers made from the table, so that nobody comes round it.

`only` (of `accounts.workflow`) refuses a change of state that is not in the table. What is here adds that
each change stands in the log, and that each step there was taken by somebody in the role it asks for.
That a step has its reason, its data check, its deadline and its answer are constraints of the tables.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

import pgtrigger

from regions.oversight.way import WAY, State


def state_is_what_the_log_says(*, flag: str) -> pgtrigger.Trigger:
    """When the transaction ends, the flag is where its last step brought it.

    flag: the column of the row that was written, which names the flag.
    """
    return pgtrigger.Trigger(
        name="state_is_what_the_log_says",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (
                SELECT 1 FROM oversight_flag flag
                WHERE flag.id = NEW.{flag} AND flag.state IS DISTINCT FROM COALESCE((
                    SELECT step.to_state FROM oversight_flaglog step
                    WHERE step.subject_id = flag.id ORDER BY step.id DESC LIMIT 1
                ), '{State.PROPOSED}')
            ) THEN
                RAISE EXCEPTION 'the state of flag % is not what its log says', NEW.{flag}
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


def steps_are_in_the_table() -> pgtrigger.Trigger:
    """A step in the log is one of the table, taken by somebody in its role. What changes no state is said."""
    by_role = groupby(sorted(WAY, key=attrgetter("role")), key=attrgetter("role"))
    steps = " OR ".join(
        f"(member.role = '{role}' AND (NEW.from_state, NEW.to_state) IN "
        f"({', '.join(str((str(step.start), str(step.end))) for step in steps)}))"
        for role, steps in by_role
    )
    return pgtrigger.Trigger(
        name="steps_are_in_the_table",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition("NEW.from_state <> NEW.to_state"),
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM accounts_membership member
                WHERE member.user_id = NEW.by_id AND member.organisation_id = NEW.organisation_id
                    AND ({steps})
            ) THEN
                RAISE EXCEPTION 'no such step: from % to %, by this person',
                    NEW.from_state, NEW.to_state
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )
