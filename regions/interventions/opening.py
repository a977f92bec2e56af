"""How an intervention begins: from confirmed flags, or because the jobcentre asks for help; and how not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcenter.accounts.models import Membership
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.models import Jobcentre
from regions.interventions import acting
from regions.interventions.models import Concern, Ground, Intervention
from regions.measures.models import Measure, TargetGroup
from regions.oversight.models import Flag
from regions.oversight.way import State as FlagState

About = tuple[Measure, TargetGroup]


@transaction.atomic
def begin(*, flags: Sequence[Flag], by: Membership, reason: str, at: datetime | None = None) -> Intervention:
    """Begin from confirmed flags of one jobcentre, none of which has led to an intervention before.

    Raises TransitionRefused otherwise, without a reason, and for anybody but the area's officer.
    """
    locked = list(
        Flag.objects.select_for_update(of=("self",))
        .select_related("jobcentre", "measure", "target_group")
        .filter(pk__in=[flag.pk for flag in flags])
        .order_by("pk")
    )
    if not locked or any(flag.state != FlagState.CONFIRMED for flag in locked):
        raise TransitionRefused(_("An intervention begins from a confirmed flag."))
    if len({flag.jobcentre_id for flag in locked}) > 1:
        raise TransitionRefused(_("The flags are of more than one jobcentre."))
    if Ground.objects.filter(flag__in=locked).exists():
        raise TransitionRefused(_("One of the flags has led to an intervention already."))
    whole = Intervention(jobcentre=locked[0].jobcentre, officer=by.user, began_at=at or timezone.now())
    whole.rests_on = locked
    acting.take("begin", whole, by=by, reason=reason, at=at)
    Ground.objects.bulk_create(Ground(intervention=whole, flag=flag) for flag in locked)
    _concern(whole, ((flag.measure, flag.target_group) for flag in locked))
    return whole


@transaction.atomic
def ask_for_help(
    *, jobcentre: Jobcentre, about: Iterable[About], by: Membership, reason: str, at: datetime | None = None
) -> Intervention:
    """Write down the jobcentre's wish. about: measures it wants help with, or none in particular.

    Raises TransitionRefused without a word about what is wished, and for others than its manager.
    """
    whole = Intervention(jobcentre=jobcentre, at_own_wish=True, asked_at=at or timezone.now())
    acting.take("ask_for_help", whole, by=by, reason=reason, at=at)
    _concern(whole, about)
    return whole


def take_up(whole: Intervention, *, by: Membership, reason: str, at: datetime | None = None) -> Intervention:
    """Say yes to a wish: whoever does is the officer of the intervention."""
    return acting.take(
        "take_up", whole, by=by, reason=reason, at=at, officer=by.user, began_at=at or timezone.now()
    )


def turn_down(
    whole: Intervention, *, by: Membership, reason: str, at: datetime | None = None
) -> Intervention:
    return acting.take("turn_down", whole, by=by, reason=reason, at=at, ended_at=at or timezone.now())


def withdraw(whole: Intervention, *, by: Membership, reason: str, at: datetime | None = None) -> Intervention:
    return acting.take("withdraw", whole, by=by, reason=reason, at=at, ended_at=at or timezone.now())


def _concern(whole: Intervention, about: Iterable[About]) -> None:
    Concern.objects.bulk_create(
        Concern(intervention=whole, measure=measure, target_group=group)
        for measure, group in dict.fromkeys(about)
    )
