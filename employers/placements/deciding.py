"""Granting and refusing, one decision at a time at a workplace; extending; the priority access."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.companies.models import Workplace
from employers.placements import conditions, explaining, letters
from employers.placements.models import Condition, Exemption, Kind, Placement, PriorityAccess, Sector
from employers.vacancies.models import LabourConflict
from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import TransitionRefused


@transaction.atomic
def grant(
    *,
    placement: Placement,
    reason: str,
    vitas: str,
    group: str,
    exemptions: Mapping[Condition, Exemption] | None = None,
    by: User,
    organisation: Organisation,
) -> Placement:
    """Grant it when everything is met on the day it starts.

    The workplace's row is locked first: of two caseworkers who give the last place away at the same
    moment, the second counts the first one's, and is told. Raises TransitionRefused and NoRule.
    """
    Workplace.objects.select_for_update().get(pk=placement.workplace_id)
    placement = Placement.objects.select_related(
        "workplace", "company", "person", "owner", "jobcentre", "occupation"
    ).get(pk=placement.pk)
    _demand_no_conflict(placement)
    _demand_priority(placement)
    if not group:
        raise TransitionRefused(_("Say what the person lives on: it decides how long it may last."))
    findings = conditions.look(conditions.case_of(placement, group=group))
    placement.grant(
        findings,
        by=by,
        organisation=organisation,
        reason=reason,
        vitas=vitas.strip().upper(),
        group=group,
        figures=explaining.in_words(findings),
        exemptions=exemptions,
    )
    letters.send_decision(placement, reason=reason)
    return placement


@transaction.atomic
def refuse(*, placement: Placement, reason: str, by: User, organisation: Organisation) -> Placement:
    placement.refuse(by=by, organisation=organisation, reason=reason)
    letters.send_decision(placement, reason=reason)
    return placement


@transaction.atomic
def extend(*, placement: Placement, to: date, reason: str, by: User, organisation: Organisation) -> Placement:
    """Let it last longer: the ratio must hold for the whole time, and the limit of an extended one."""
    Workplace.objects.select_for_update().get(pk=placement.workplace_id)
    if placement.ends_on and to <= placement.ends_on:
        raise TransitionRefused(_("The new last day lies after the one agreed."), code="ends_on")
    _demand_no_conflict(placement)
    findings = conditions.look(conditions.case_of(placement, is_extended=True, ends_on=to))
    placement.extend(findings, to=to, by=by, organisation=organisation, reason=reason)
    letters.send_extension(placement, reason=reason)
    return placement


@transaction.atomic
def withdraw(
    *, placement: Placement, reason: str, by: User | None, organisation: Organisation | None
) -> Placement:
    placement.withdraw(by=by, organisation=organisation, reason=reason)
    if by:
        letters.send_end(placement, reason=reason)
    return placement


@transaction.atomic
def negotiate(
    *, placement: Placement, on: date, minutes: str, by: User, organisation: Organisation
) -> PriorityAccess:
    """Keep that the jobcentre has negotiated with the employer before the post is filled."""
    priority = PriorityAccess.objects.select_for_update().filter(placement=placement).first()
    if not priority:
        raise TransitionRefused(_("There is nothing to negotiate, or it was done before."))
    priority.negotiate(on=on, by=by, minutes=minutes)
    placement.note(priority.minutes, by=by, organisation=organisation, what="negotiated")
    return priority


def asks_for_priority(*, kind: str, sector: str) -> bool:
    """A post at a public employer; a work trial fills no post."""
    return kind == Kind.WAGE_SUBSIDY and sector == Sector.PUBLIC


def conflicts_at(placement: Placement) -> list[LabourConflict]:
    """The labour conflicts that cover the work today, or on the day it is to start."""
    days = {timezone.localdate(), max(timezone.localdate(), placement.starts_on or timezone.localdate())}
    found = {
        conflict.pk: conflict
        for day in days
        for conflict in LabourConflict.objects.covering(
            workplace=placement.workplace, occupation=placement.occupation, on=day
        )
    }
    return list(found.values())


def _demand_no_conflict(placement: Placement) -> None:
    if conflicts_at(placement):
        raise TransitionRefused(
            _("There is a labour conflict at the workplace: nothing is granted there while it lasts.")
        )


def _demand_priority(placement: Placement) -> None:
    if not asks_for_priority(kind=placement.kind, sector=placement.sector):
        return
    priority = PriorityAccess.objects.filter(placement=placement).first()
    if not priority:
        raise TransitionRefused(_("The employer has not answered about the priority access."))
    if priority.waits:
        raise TransitionRefused(
            _("An applicant with priority access was turned down: negotiate with the employer first.")
        )
