"""Beginning an application, sending it, and the representative's answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import translation

from employers.companies.models import Person, Workplace
from employers.placements import letters
from employers.placements.models import Placement, PriorityAccess, State
from jobcenter.accounts.models import Organisation, User
from jobcenter.centres.models import Jobcentre
from jobcenter.notifications.telling import language_of


@dataclass(frozen=True)
class Application:
    """What was applied for. priority: the fields of the priority access; empty where none is asked for."""

    said: dict[str, Any]
    representative_name: str
    representative_email: str
    was_warned: bool
    priority: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def begin(
    *,
    kind: str,
    workplace: Workplace,
    person: Person,
    jobcentre: Jobcentre,
    owner: User,
    by: User | None,
    language: str = "",
) -> Placement:
    """A form to be filled in, by the employer or by the caseworker for them.

    language: the one the employer writes in, as far as it is known; else the one they last had mail in.
    """
    placement = Placement.objects.create(
        kind=kind,
        company=workplace.company,
        workplace=workplace,
        person=person,
        jobcentre=jobcentre,
        owner=owner,
        language=language or language_of(person.email),
    )
    placement.log.create(
        from_state="",
        to_state=placement.state,
        by=by,
        organisation=jobcentre.organisation if by else workplace.company.organisation,
    )
    return placement


@transaction.atomic
def mail_form(placement: Placement) -> None:
    """Send the employer the link to the form."""
    letters.send_form(placement)


@transaction.atomic
def apply(
    *, placement: Placement, application: Application, by: User | None, organisation: Organisation | None
) -> Placement:
    """Send it: the employer has a receipt, and the representative is asked. Raises TransitionRefused.

    Everybody is written to in the language the employer sent it in.
    """
    said = dict(application.said)
    if not by:
        said["language"] = (translation.get_language() or "da")[:2]
    placement.apply(by=by, organisation=organisation, was_warned=application.was_warned, **said)
    PriorityAccess.objects.filter(placement=placement).delete()
    if application.priority:
        PriorityAccess.objects.create(placement=placement, **application.priority)
    if application.representative_email:
        ask(
            placement=placement,
            name=application.representative_name,
            email=application.representative_email,
        )
    letters.send_receipt(placement)
    return placement


@transaction.atomic
def ask(*, placement: Placement, name: str, email: str) -> Placement:
    """Ask the representative, or ask once more. Raises TransitionRefused once it is decided."""
    placement.ask_representative(name=name, email=email)
    letters.ask_representative(placement)
    return placement


@transaction.atomic
def hear(*, placement: Placement, answer: str, text: str = "") -> Placement:
    """The representative's answer; the caseworker is told. Raises TransitionRefused once it is decided."""
    placement.hear(answer, text=text)
    letters.tell_owner_of_answer(placement)
    return placement


@transaction.atomic
def send_back(*, placement: Placement, reason: str, by: User, organisation: Organisation) -> Placement:
    """Have the employer put the application right: what they wrote stands in the form."""
    placement.typed = typed_from(placement)
    placement.send_back(by=by, organisation=organisation, reason=reason)
    placement.save(update_fields=["typed"])
    letters.send_back(placement, reason=reason)
    return placement


def typed_from(placement: Placement) -> dict[str, Any]:
    """What the form shows of an application that was sent, as it would have been typed."""
    names = (
        *("label", "tasks", "group", "sector", "hours", "starts_on", "ends_on", "company_last_month"),
        *("company_average", "elsewhere", "explanation", "representative_name", "representative_email"),
    )
    typed: dict[str, Any] = {name: _text(getattr(placement, name)) for name in names}
    typed |= {f"staff_{number}": _text(value) for number, value in enumerate(placement.workplace_staff)}
    typed["is_new_post"] = "on" if placement.is_new_post else ""
    if placement.occupation:
        typed |= {"occupation": placement.occupation.title, "code": placement.occupation.code}
    priority = PriorityAccess.objects.filter(placement=placement).first()
    if priority:
        typed |= {
            "situation": priority.situation,
            "interview_on": _text(priority.interview_on),
            "priority_reason": priority.reason,
        }
    return typed


def remembered(workplace: Workplace) -> dict[str, Any]:
    """What the workplace told the last time and need not tell again: sector and representative.

    Staff only when they were told this month: they are those of the latest whole months.
    """
    earlier = (
        Placement.objects.filter(workplace=workplace, applied_at__isnull=False)
        .exclude(state=State.DRAFT)
        .order_by("-applied_at")
        .first()
    )
    if not earlier:
        return {}
    typed = typed_from(earlier)
    kept = ["sector", "representative_name", "representative_email"]
    if earlier.told_this_month:
        kept += [*(name for name in typed if name.startswith("staff_"))]
        kept += ["company_last_month", "company_average", "elsewhere"]
    return {name: typed[name] for name in kept if typed.get(name)}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
