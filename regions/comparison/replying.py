"""A jobcentre's right of reply: its word beside its result, under a name and a date.

Who may reply is for the caller to say: the manager of the jobcentre the result is of.
"""

from __future__ import annotations

from collections.abc import Iterable

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from regions.comparison.models import Reply, ReplyQuerySet, Result
from regions.measures.models import Measure, TargetGroup

Replies = dict[int, Reply]
"""What stands, by the result it is shown beside."""


def reply(*, to: Result, text: str, by: User) -> Reply:
    """Say something of a result; it takes the place of what was said before, which stays in the history.

    Raises ValidationError on an empty text, and on one with a CPR number in it.
    """
    said = Reply(
        jobcentre=to.jobcentre,
        measure=to.comparison.measure,
        target_group=to.comparison.target_group,
        period=to.comparison.period,
        text=text.strip(),
        by=by,
    )
    said.full_clean()
    said.save()
    return said


def beside(results: Iterable[Result]) -> Replies:
    """What stands beside each result; one that nothing was said of is not there. One query."""
    of = {_subject(result): result.pk for result in results}
    standing = (
        Reply.objects.filter(
            jobcentre__in={subject[0] for subject in of},
            measure__in={subject[1] for subject in of},
            target_group__in={subject[2] for subject in of},
            period__in={subject[3] for subject in of},
        )
        .standing()
        .select_related("by")
    )
    found = {
        (said.jobcentre_id, said.measure_id, said.target_group_id, said.period): said for said in standing
    }
    return {of[subject]: said for subject, said in found.items() if subject in of}


def latest(*, jobcentre: Jobcentre, measure: Measure, target_group: TargetGroup, period: str) -> Reply | None:
    """What stands beside the result of that period, whether its row is still there or not. One query."""
    said = Reply.objects.filter(
        jobcentre=jobcentre, measure=measure, target_group=target_group, period=period
    )
    return said.select_related("by").first()


def history(result: Result) -> ReplyQuerySet:
    """All that was said of a result, the newest first."""
    jobcentre, measure, target_group, period = _subject(result)
    said = Reply.objects.filter(
        jobcentre=jobcentre, measure=measure, target_group=target_group, period=period
    )
    return said.select_related("by")


def _subject(result: Result) -> tuple[int, int, int, str]:
    one = result.comparison
    return result.jobcentre_id, one.measure_id, one.target_group_id, one.period
