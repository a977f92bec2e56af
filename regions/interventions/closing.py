"""Following up with the measure beside its target; and closing, with what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from jobcenter.accounts.models import Membership
from regions.interventions import acting, measuring
from regions.interventions.models import AgreementState, FollowUp, Intervention
from regions.measures.models import Measure, TargetGroup


def follow_up(due: FollowUp, *, by: Membership, reason: str, at: datetime | None = None) -> FollowUp:
    """Say what one sees; the figures of the day are frozen with it."""
    return acting.take("do_follow_up", due, by=by, reason=reason, at=at, figures=figures(due.intervention))


@transaction.atomic
def resolve(whole: Intervention, *, by: Membership, reason: str, at: datetime | None = None) -> Intervention:
    """Close as resolved. Raises TransitionRefused unless each measure is back within its limits."""
    return _end("resolve", whole, by=by, reason=reason, at=at)


@transaction.atomic
def leave(whole: Intervention, *, by: Membership, reason: str, at: datetime | None = None) -> Intervention:
    """Close though it is not resolved, and say why."""
    return _end("leave", whole, by=by, reason=reason, at=at)


@transaction.atomic
def escalate(whole: Intervention, *, by: Membership, reason: str, at: datetime | None = None) -> Intervention:
    """Hand it to the national authority. What still waited for somebody stands as it was."""
    return _end("escalate", whole, by=by, reason=reason, at=at)


def figures(whole: Intervention) -> list[dict[str, Any]]:
    """The newest figure of each target, beside it; of each measure where nothing is agreed."""
    agreement = whole.agreements.filter(state=AgreementState.SIGNED).first()
    if agreement and (targets := list(agreement.targets.select_related("measure", "target_group"))):
        return [
            _beside(whole, one.measure, one.target_group, from_value=one.from_value, to_value=one.to_value)
            for one in targets
        ]
    return [
        _beside(whole, one.measure, one.target_group)
        for one in whole.concerns.select_related("measure", "target_group")
    ]


def _beside(
    whole: Intervention,
    measure: Measure,
    group: TargetGroup,
    *,
    from_value: float | None = None,
    to_value: float | None = None,
) -> dict[str, Any]:
    newest = measuring.latest(jobcentre=whole.jobcentre, measure=measure, group=group)
    return {
        "measure": measure.code,
        "group": group.code,
        "from_value": from_value,
        "to_value": to_value,
        "period": newest.period if newest else "",
        "value": newest.value if newest else None,
    }


def _end(code: str, whole: Intervention, *, by: Membership, reason: str, at: datetime | None) -> Intervention:
    return acting.take(
        code,
        whole,
        by=by,
        reason=reason,
        at=at,
        ended_at=at or timezone.now(),
        evidence=measuring.back_inside(whole),
        effects=[effect.as_json() for effect in measuring.effects(whole)],
    )
