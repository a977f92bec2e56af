"""The steps of a cooperation agreement: drafted by one, accepted by each or refused, ended by any.

Each step locks the agreement first, so of two at the same moment the second sees what the first has done.
Who may take a step (a manager of a partner) is the view's to say; what may be taken is said here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcenter.accounts.models import Membership, Role, User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres import telling
from jobcenter.centres.models import Acceptance, Agreement, Jobcentre, Partner, Wording
from jobcenter.classifications.models import Industry, Occupation

CHANGED_MEANWHILE = "changed_meanwhile"
State = Agreement.State


class TooFewPartners(ValueError):
    """An agreement is between two jobcentres or more."""


@dataclass(frozen=True)
class Proposal:
    """What somebody proposes. No industries or occupations: all of them. lead_office: one of the partners."""

    name: str
    purpose: str
    partners: Sequence[Jobcentre]
    lead_office: Jobcentre
    valid_from: date
    valid_to: date | None = None
    industries: Sequence[Industry] = ()
    occupations: Sequence[Occupation] = ()
    shared: Sequence[str] = ()
    answer_hours: int = 8
    notice_days: int = 30


@transaction.atomic
def draft(proposal: Proposal, *, jobcentre: Jobcentre, by: User) -> Agreement:
    """Put an agreement forward; whoever drafts it has accepted it. Raises TooFewPartners."""
    agreement = Agreement(drafter=jobcentre, drafted_by=by)
    _write(agreement, proposal)
    agreement.log.create(
        from_state="", to_state=State.DRAFT, by=by, organisation=jobcentre.organisation, at=timezone.now()
    )
    _put_forward(agreement, by=by)
    telling.drafted(agreement)
    return agreement


@transaction.atomic
def change(
    agreement: Agreement, proposal: Proposal, *, seen: int, jobcentre: Jobcentre, by: User
) -> Agreement:
    """Put a new wording forward: acceptance begins anew. seen: the version the form was opened with.

    Raises TransitionRefused when somebody else has changed it since, when it is no longer a draft, and for a
    partner that did not draft it.
    """
    now = _locked(agreement)
    _must_be(now, State.DRAFT, State.REFUSED)
    _must_draft(now, jobcentre)
    _must_have_read(now, seen)
    if now.state == State.REFUSED:
        now.move(State.DRAFT, by=by, organisation=jobcentre.organisation)
    else:
        now.log.create(
            from_state=now.state,
            to_state=now.state,
            by=by,
            organisation=jobcentre.organisation,
            at=timezone.now(),
        )
    now.version += 1
    _write(now, proposal)
    _put_forward(now, by=by)
    telling.changed(now)
    return now


@transaction.atomic
def accept(agreement: Agreement, *, seen: int, jobcentre: Jobcentre, by: User) -> Agreement:
    """Accept the wording one has read. When all have, it is accepted, and in force from its first day.

    Raises TransitionRefused when the wording was changed meanwhile, the jobcentre has accepted it already, it
    is no longer a draft, or its period is over.
    """
    now = _locked(agreement)
    _must_be(now, State.DRAFT)
    _must_have_read(now, seen)
    if now.valid_to and now.valid_to <= timezone.localdate():
        raise TransitionRefused(_("The period of the agreement is over. Ask for a new one."))
    wording = now.wordings.get(number=now.version)
    earlier = wording.acceptances.filter(jobcentre=jobcentre).select_related("by").first()
    if earlier:
        told = {"jobcentre": jobcentre, "name": earlier.by}
        raise TransitionRefused(_("%(name)s has already accepted it for %(jobcentre)s.") % told)
    Acceptance.objects.create(wording=wording, jobcentre=jobcentre, by=by, at=timezone.now())
    if not now.partners.exclude(jobcentre__in=wording.acceptances.values("jobcentre")).exists():
        now.move(State.ACCEPTED, by=by, organisation=jobcentre.organisation, accepted_at=timezone.now())
        telling.accepted(now, jobcentre=jobcentre)
    return now


@transaction.atomic
def refuse(agreement: Agreement, *, seen: int, reason: str, jobcentre: Jobcentre, by: User) -> Agreement:
    """Say no to a draft, and why. Whoever drafted it may change it and put it forward again.

    Raises TransitionRefused without a reason, when it was changed meanwhile, and when it is no draft.
    """
    now = _locked(agreement)
    _must_be(now, State.DRAFT)
    _must_have_read(now, seen)
    now.move(State.REFUSED, by=by, organisation=jobcentre.organisation, comment=_must_give_a_reason(reason))
    telling.refused(now, jobcentre=jobcentre, reason=reason.strip())
    return now


@transaction.atomic
def withdraw(agreement: Agreement, *, jobcentre: Jobcentre, by: User) -> Agreement:
    """Take a draft back. Raises TransitionRefused for others than the drafter, and for what is no draft."""
    now = _locked(agreement)
    _must_be(now, State.DRAFT, State.REFUSED)
    _must_draft(now, jobcentre)
    now.move(State.WITHDRAWN, by=by, organisation=jobcentre.organisation, ended_at=timezone.now())
    telling.withdrawn(now, jobcentre=jobcentre, reason="")
    return now


@transaction.atomic
def end(agreement: Agreement, *, reason: str, on: date, jobcentre: Jobcentre, by: User) -> Agreement:
    """Any partner may end it with notice, and says why. One that would not begin before then never does.

    What was asked within it stays and can be answered. Raises TransitionRefused without a reason, and when it
    is not in force or to come.
    """
    now = _locked(agreement)
    _must_be(now, State.ACCEPTED)
    comment = _must_give_a_reason(reason)
    organisation, at = jobcentre.organisation, timezone.now()
    last_day = last_day_with_notice(now, on=on)
    if last_day <= now.valid_from:
        now.move(State.WITHDRAWN, by=by, organisation=organisation, comment=comment, ended_at=at)
        telling.withdrawn(now, jobcentre=jobcentre, reason=comment)
        return now
    now.move(State.ENDED, by=by, organisation=organisation, comment=comment, ended_at=at, valid_to=last_day)
    telling.ended(now, jobcentre=jobcentre, reason=comment)
    return now


def drafts_waiting(member: Membership) -> int | None:
    """The figure beside Agreements: drafts a manager has yet to accept or refuse. One query for a manager."""
    if member.role != Role.MANAGER:
        return None
    accepted = Acceptance.objects.filter(
        jobcentre__organisation=member.organisation_id,
        wording__agreement=OuterRef("pk"),
        wording__number=OuterRef("version"),
    )
    mine = Agreement.objects.filter(
        partners__jobcentre__organisation=member.organisation_id, state=State.DRAFT
    )
    return mine.filter(~Exists(accepted)).count() or None


def last_day_with_notice(agreement: Agreement, *, on: date) -> date:
    """The first day it would no longer be in force, were it ended on the day."""
    after_notice = on + timedelta(days=agreement.notice_days)
    return min(after_notice, agreement.valid_to) if agreement.valid_to else after_notice


def _locked(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update(of=("self",)).select_related("drafter").get(pk=agreement.pk)


def _write(agreement: Agreement, proposal: Proposal) -> None:
    partners = {one.pk: one for one in proposal.partners}
    if len(partners) < 2:
        raise TooFewPartners
    for name in ("name", "purpose", "valid_from", "valid_to", "answer_hours", "notice_days"):
        setattr(agreement, name, getattr(proposal, name))
    agreement.shared = list(proposal.shared)
    agreement.save()
    agreement.industries.set(proposal.industries)
    agreement.occupations.set(proposal.occupations)
    agreement.partners.all().delete()
    Partner.objects.bulk_create(
        Partner(agreement=agreement, jobcentre=one, is_lead=one.pk == proposal.lead_office.pk)
        for one in partners.values()
    )


def _put_forward(agreement: Agreement, *, by: User) -> None:
    """Keep the wording as it is now, accepted by whoever drafts it."""
    found = Agreement.objects.with_scope().get(pk=agreement.pk)
    wording = Wording.objects.create(
        agreement=agreement, number=agreement.version, kept=found.terms.as_json(), by=by, at=timezone.now()
    )
    Acceptance.objects.create(wording=wording, jobcentre=agreement.drafter, by=by, at=timezone.now())


def _must_be(agreement: Agreement, *states: str) -> None:
    if agreement.state not in states:
        raise TransitionRefused(
            _("This was already changed to “%(state)s”, so the step was not taken."),
            params={"state": agreement.get_state_display()},
        )


def _must_draft(agreement: Agreement, jobcentre: Jobcentre) -> None:
    if agreement.drafter_id != jobcentre.pk:
        raise TransitionRefused(
            _("%(jobcentre)s has drafted it, and is the one that can do this.")
            % {"jobcentre": agreement.drafter}
        )


def _must_have_read(agreement: Agreement, seen: int) -> None:
    if agreement.version != seen:
        raise TransitionRefused(
            _("The text was changed after you opened it. Read what has changed before you go on."),
            code=CHANGED_MEANWHILE,
        )


def _must_give_a_reason(reason: str) -> str:
    if not reason.strip():
        raise TransitionRefused(_("Write why."))
    return reason.strip()
