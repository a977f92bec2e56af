"""A campaign as its page shows it: how far each partner is, and each company with what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from employers.campaigns.forms import NOBODY, STANDINGS, RowsForm
from employers.campaigns.models import Campaign, Share, Target
from employers.campaigns.progress import Place, Progress, Standing, by_share, progress
from employers.contacts.models import Contact
from employers.referrals.models import Candidate
from employers.vacancies.outlook import in_a_sentence, period_in_words
from jobcenter.accounts.models import Role, User
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Outlook

SIGNS = {
    Standing.WAITING: "too_few",
    Standing.TAKEN: "clock",
    Standing.IN_VAIN: "warn",
    Standing.REACHED: "good",
}


@dataclass(frozen=True)
class Part:
    """A partner's share; None is what is in nobody's."""

    share: Share | None
    progress: Progress

    @property
    def unreached(self) -> int:
        return self.progress.total - self.progress.reached


@dataclass(frozen=True)
class Far:
    """How far a campaign is, in all and in each share."""

    whole: Progress
    parts: list[Part]

    @property
    def declined(self) -> list[Part]:
        """Of partners that do not take part and have companies that nobody contacts."""
        return [part for part in self.parts if part.share and part.share.is_declined and part.unreached]

    @property
    def uncovered(self) -> int:
        """Companies that nobody contacts, because their jobcentre has declined."""
        return sum(part.unreached for part in self.declined)


@dataclass(frozen=True)
class Row:
    """A company of a campaign. elsewhere: other running campaigns about the same that it is in."""

    target: Target
    place: Place
    contact: Contact | None
    elsewhere: list[Campaign]
    may_take: bool
    may_give_back: bool

    @property
    def sign(self) -> str:
        return SIGNS[self.place.standing]

    @property
    def standing(self) -> str:
        return str(STANDINGS[self.place.standing])

    @property
    def is_reached(self) -> bool:
        return self.place.standing == Standing.REACHED

    @property
    def is_movable(self) -> bool:
        return not self.place.is_taken and not self.is_reached


@dataclass(frozen=True)
class Background:
    """Why an area office began a campaign: what is published of its occupation there, and who could fill it.

    candidates: the reader's own that seek such work now.
    """

    says: str
    period: str
    candidates: int


def background(campaign: Campaign, *, reader: Jobcentre) -> Background | None:
    """None of a campaign that a jobcentre made. Two queries."""
    if not campaign.origin or not campaign.occupation:
        return None
    outlook = (
        Outlook.objects.filter(
            occupation=campaign.occupation, area__offices__organisation=campaign.organisation
        )
        .select_related("area", "occupation")
        .first()
    )
    own = Candidate.objects.visible_to(reader).active()
    return Background(
        says=in_a_sentence(outlook) if outlook else "",
        period=period_in_words(outlook.period, language=get_language() or "da") if outlook else "",
        candidates=own.filter(occupation__code__startswith=campaign.occupation.code).count(),
    )


def how_far(campaigns: Iterable[Campaign]) -> dict[int, Progress]:
    """Of several campaigns at once. One query."""
    places: dict[int, list[Place]] = {campaign.pk: [] for campaign in campaigns}
    for target in Target.objects.filter(campaign__in=places).order_by("pk").with_contact():
        places[target.campaign_id].append(place_of(target))
    return {campaign: progress(theirs) for campaign, theirs in places.items()}


def far(campaign: Campaign, shares: Sequence[Share]) -> Far:
    """One query. What is in nobody's share comes last, where there is any."""
    targets = Target.objects.filter(campaign=campaign).order_by("pk").with_contact()
    places = [place_of(target) for target in targets]
    found = by_share(places)
    parts = [Part(share, found.get(share.pk, progress([]))) for share in shares]
    if None in found:
        parts.append(Part(None, found[None]))
    return Far(whole=progress(places), parts=parts)


def chosen(campaign: Campaign, form: RowsForm, *, reader: Jobcentre, user: User) -> list[Target]:
    """The companies the filters leave, of those the jobcentre may see. One query.

    Of an area office's campaign that is its own share: each partner is to know its own companies there.
    """
    targets = Target.objects.filter(campaign=campaign).seen_by(reader).with_contact()
    if campaign.origin:
        targets = targets.filter(share__jobcentre=reader)
    if form.share:
        share = None if form.share == NOBODY else int(form.share)
        targets = targets.filter(share=share)
    if form.is_mine:
        targets = targets.filter(taken_by=user)
    found = targets.select_related("company", "share__jobcentre", "taken_by", "hold").order_by(
        "company__sort_key", "pk"
    )
    return [
        target
        for target in found.prefetch_related("company__workplaces__municipality")
        if not form.standing or place_of(target).standing == form.standing
    ]


def place_of(target: Target) -> Place:
    """Needs `with_contact`."""
    return Place(target.share_id, target.taken_by_id is not None, target.outcome)


def rows(
    campaign: Campaign, targets: Iterable[Target], *, reader: Jobcentre, user: User, role: str
) -> list[Row]:
    """The companies of one page, each with its contact and the other campaigns it is in. Two queries.

    Of another jobcentre's contact: that, when, by whom and what came of it; never the note.
    """
    targets = list(targets)
    contacts = (
        Contact.objects.select_related("jobcentre", "by")
        .defer("note")
        .in_bulk([target.contact_pk for target in targets if target.contact_pk])
    )
    elsewhere: dict[int, list[Campaign]] = defaultdict(list)
    others = (
        Target.objects.about_the_same(purpose=campaign.purpose, jobcentre=reader)
        .filter(company__in=[target.company_id for target in targets])
        .exclude(campaign=campaign)
        .select_related("campaign__organisation")
        .order_by("campaign__created_at", "pk")
    )
    for other in others:
        elsewhere[other.company_id].append(other.campaign)
    return [
        _row(
            target,
            contact=contacts.get(target.contact_pk),
            elsewhere=elsewhere[target.company_id],
            is_own=campaign.is_running
            and target.share is not None
            and target.share.jobcentre_id == reader.pk,
            is_theirs=target.taken_by_id == user.pk or role == Role.MANAGER,
        )
        for target in targets
    ]


def _row(
    target: Target, *, contact: Contact | None, elsewhere: list[Campaign], is_own: bool, is_theirs: bool
) -> Row:
    place = place_of(target)
    is_reached = place.standing == Standing.REACHED
    is_open = is_own and target.share is not None and target.share.is_accepted and not is_reached
    return Row(
        target=target,
        place=place,
        contact=contact,
        elsewhere=elsewhere,
        may_take=is_open and not place.is_taken,
        may_give_back=is_open and place.is_taken and is_theirs,
    )
