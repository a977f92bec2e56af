"""What a jobcentre was too late with, one by one: for itself, by the keys of its own case system."""

from __future__ import annotations

from dataclasses import dataclass

from jobcenter.centres.models import Jobcentre
from regions.measures.periods import parse
from regions.timeliness import counting
from regions.timeliness.counting import Deadline
from regions.timeliness.models import DeadlineRule, Duty, Spell


@dataclass(frozen=True)
class Late:
    """A deadline of the jobcentre's own that was not kept. The person is a key that names nobody here."""

    deadline: Deadline
    spell: Spell
    rule: DeadlineRule

    @property
    def is_done(self) -> bool:
        return self.deadline.days_late is not None


def late_of(jobcentre: Jobcentre, *, period: str) -> list[Late]:
    """What came due in a quarter and was not done in time: what is not done yet first, the oldest first.

    Three queries, of which one is the statement the quarter was counted by.
    """
    days = parse(period)
    rules = {
        rule.pk: rule
        for rule in DeadlineRule.objects.filter(duty=Duty.JOBCENTRE).select_related("target_group")
    }
    found = counting.each(
        rules=list(rules), first=days.starts_on, last=days.ends_on, jobcentres=[jobcentre.pk]
    )
    missed = [one for one in found if not one.is_timely]
    spells = Spell.objects.visible_to(jobcentre).in_bulk([one.spell for one in missed])
    late = [Late(one, spells[one.spell], rules[one.rule]) for one in missed]
    return sorted(late, key=lambda one: (one.is_done, one.deadline.due_on, one.spell.person))
