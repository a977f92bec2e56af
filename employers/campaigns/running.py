"""A campaign from its making to its end: who does what, in one transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.campaigns.choosing import MOST, Choice, known_of, of_each
from employers.campaigns.dividing import By, divide
from employers.campaigns.models import Campaign, Share, Target
from employers.campaigns.telling import ask, ask_partners, tell_of_answer
from employers.companies.models import Company
from employers.contacts import holding
from employers.contacts.models import Hold
from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.models import Jobcentre


class TakenAlready(Exception):
    """Somebody was there first: `target` says who and when."""

    def __init__(self, target: Target) -> None:
        super().__init__(str(target))
        self.target = target


@transaction.atomic
def make(
    choice: Choice,
    companies: Sequence[Company],
    *,
    name: str,
    text: str,
    partners: Sequence[Jobcentre],
    by: By,
    jobcentre: Jobcentre,
    user: User,
) -> Campaign:
    """Write a draft down with its companies, divided. The jobcentre that makes it has accepted its own share.

    A company that no partner may see stays undivided. Raises ValidationError.
    """
    campaign = _written(choice, name=name, text=text, organisation=jobcentre.organisation, user=user)
    shares = {partner.pk: _share(campaign, partner, jobcentre=jobcentre, user=user) for partner in partners}
    known = known_of(companies, partners, by=by, jobcentre=jobcentre)
    divided = divide(known, list(shares), by=by)
    Target.objects.bulk_create(
        Target(campaign=campaign, company=company, share=shares.get(divided.get(company.pk, 0)))
        for company in companies
    )
    return campaign


@transaction.atomic
def begin_without_names(
    choice: Choice,
    *,
    name: str,
    text: str,
    partners: Sequence[Jobcentre],
    origin: str,
    organisation: Organisation,
    user: User,
) -> Campaign:
    """An area office's campaign: each partner gets its own companies, and is asked; the office sees numbers.

    A partner without such companies is not asked. Raises ValidationError without any, or with too many.
    """
    whose = of_each(choice, partners)
    if not whose:
        raise ValidationError(_("These jobcentres have no company to reach."))
    if len(whose) > MOST:
        raise ValidationError(_("A campaign has at most %(most)d companies.") % {"most": MOST})
    campaign = _written(choice, name=name, text=text, organisation=organisation, user=user, origin=origin)
    having = [partner for partner in partners if partner.pk in set(whose.values())]
    shares = {
        share.jobcentre_id: share
        for share in Share.objects.bulk_create(
            Share(campaign=campaign, jobcentre=partner) for partner in having
        )
    }
    Target.objects.bulk_create(
        Target(campaign=campaign, company_id=company, share=shares[partner])
        for company, partner in whose.items()
    )
    return start(campaign, by=user)


def _written(
    choice: Choice, *, name: str, text: str, organisation: Organisation, user: User, origin: str = ""
) -> Campaign:
    now = timezone.now()
    campaign = Campaign(
        organisation=organisation,
        made_by=user,
        name=name,
        text=text,
        purpose=choice.purpose,
        starts_on=choice.starts_on,
        ends_on=choice.ends_on,
        segments=list(choice.segments),
        municipality=choice.municipality,
        occupation=choice.occupation,
        origin=origin,
        created_at=now,
    )
    campaign.full_clean()
    campaign.save()
    campaign.log.create(
        from_state="", to_state=Campaign.State.DRAFT, by=user, organisation=organisation, at=now
    )
    return campaign


def _share(campaign: Campaign, partner: Jobcentre, *, jobcentre: Jobcentre, user: User) -> Share:
    is_own = partner == jobcentre
    return Share.objects.create(
        campaign=campaign,
        jobcentre=partner,
        answer=Share.Answer.ACCEPTED if is_own else "",
        answered_by=user if is_own else None,
        answered_at=campaign.created_at if is_own else None,
    )


@transaction.atomic
def start(campaign: Campaign, *, by: User) -> Campaign:
    """The partners see it, and are asked to accept. Raises TransitionRefused, also without companies."""
    if not campaign.targets.exclude(share=None).exists():
        raise TransitionRefused(_("A campaign needs a company that a partner is to reach."))
    campaign.move(
        Campaign.State.RUNNING, by=by, organisation=campaign.organisation, started_at=timezone.now()
    )
    ask_partners(campaign)
    return campaign


@transaction.atomic
def end(campaign: Campaign, *, by: User) -> Campaign:
    """It is over today, if not before; what nobody has reached is free again, with its holds."""
    today = timezone.localdate()
    campaign.move(
        Campaign.State.ENDED,
        by=by,
        organisation=campaign.organisation,
        ended_at=timezone.now(),
        ends_on=max(campaign.starts_on, min(campaign.ends_on, today)),
    )
    left = Target.objects.filter(campaign=campaign).exclude(taken_by=None).with_contact().unreached()
    for target in left.select_related("hold"):
        _free(target, by=by, at=timezone.now())
    return campaign


@transaction.atomic
def accept(share: Share, *, by: User) -> None:
    """Raises TransitionRefused when it was answered before."""
    _answer(share, Share.Answer.ACCEPTED, by=by)
    tell_of_answer(share)


@transaction.atomic
def decline(share: Share, *, by: User, reason: str) -> None:
    """Raises TransitionRefused when it was answered before, and ValidationError without a reason.

    Its companies are in nobody's share until they are moved. Of an area office's campaign they stay in the
    share: they belong to the jobcentre that answers for them, so nobody is to contact them.
    """
    _answer(share, Share.Answer.DECLINED, by=by, reason=reason)
    if not share.campaign.origin:
        share.targets.update(share=None)
    tell_of_answer(share)


@transaction.atomic
def ask_again(share: Share, *, by: User) -> None:
    """Ask a partner that has declined an area office's campaign once more. Raises TransitionRefused."""
    asked = (
        Share.objects.select_for_update(of=("self",)).select_related("campaign", "jobcentre").get(pk=share.pk)
    )
    campaign, declined_at = asked.campaign, asked.answered_at
    if not (asked.is_declined and campaign.origin and campaign.is_running):
        raise TransitionRefused(_("Only a jobcentre that has declined a running campaign is asked again."))
    again = _("%(jobcentre)s is asked again. It had declined: %(reason)s")
    campaign.log.create(
        from_state=campaign.state,
        to_state=campaign.state,
        by=by,
        organisation=campaign.organisation,
        comment=again % {"jobcentre": asked.jobcentre, "reason": asked.reason},
    )
    asked.answer, asked.answered_by, asked.answered_at, asked.reason = "", None, None, ""
    asked.save()
    ask(asked, since=declined_at)


def _answer(share: Share, answer: str, *, by: User, reason: str = "") -> None:
    now = Share.objects.select_for_update(of=("self",)).select_related("answered_by").get(pk=share.pk)
    if now.answer:
        raise TransitionRefused(
            _("%(name)s has already answered: %(answer)s.")
            % {"name": now.answered_by, "answer": now.get_answer_display()}
        )
    if not share.campaign.is_running:
        raise TransitionRefused(_("The campaign is not running."))
    share.answer, share.answered_by, share.answered_at, share.reason = answer, by, timezone.now(), reason
    share.full_clean()
    share.save()


@transaction.atomic
def move(campaign: Campaign, targets: Sequence[int], *, to: Share) -> int:
    """Put companies nobody has taken into another share, by hand; how many were moved.

    A company that the other jobcentre may not see stays where it is.
    """
    free = Target.objects.filter(campaign=campaign, pk__in=targets, taken_by=None)
    return free.seen_by(to.jobcentre).update(share=to)


@transaction.atomic
def take(target: Target, *, by: User, jobcentre: Jobcentre, days: int, at: datetime) -> Target:
    """Take a company of one's own jobcentre's share on, and hold it for so many days; 0 is without a hold.

    Of two at the same time one gets it. Raises TakenAlready, holding.HeldAlready and ValidationError.
    """
    locked = Target.objects.select_for_update(of=("self",)).select_related(
        "campaign", "company", "share", "taken_by"
    )
    now = locked.get(pk=target.pk)
    if now.taken_by:
        raise TakenAlready(now)
    share = now.share
    if not (now.campaign.is_running and share and share.is_accepted and share.jobcentre_id == jobcentre.pk):
        raise ValidationError(_("The company is not in your jobcentre's share of a running campaign."))
    now.hold = _held(now, by=by, jobcentre=jobcentre, days=days, at=at) if days else None
    now.taken_by, now.taken_at = by, at
    now.save(update_fields=["taken_by", "taken_at", "hold"])
    return now


def _held(target: Target, *, by: User, jobcentre: Jobcentre, days: int, at: datetime) -> Hold:
    workplace = target.company.workplaces.open().order_by("-employees", "pk").first()
    if workplace is None:
        raise ValidationError(_("The company has no open workplace to reserve."))
    return holding.take(
        workplace=workplace, jobcentre=jobcentre, by=by, purpose=target.campaign.purpose, days=days, at=at
    )


@transaction.atomic
def give_back(target: Target, *, by: User, at: datetime) -> None:
    """It is free for a colleague, and the hold that went with it ends."""
    now = Target.objects.select_for_update(of=("self",)).select_related("hold").get(pk=target.pk)
    _free(now, by=by, at=at)


def _free(target: Target, *, by: User, at: datetime) -> None:
    if target.hold:
        target.hold.release(by=by, at=at)
    target.taken_by = target.taken_at = target.hold = None
    target.save(update_fields=["taken_by", "taken_at", "hold"])
