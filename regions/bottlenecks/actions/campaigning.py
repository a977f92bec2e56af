"""From a line to a campaign, begun without names, and what can be told of it in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.campaigns.choosing import Choice
from employers.campaigns.effect import Effect, effects
from employers.campaigns.progress import Progress
from employers.campaigns.running import begin_without_names
from employers.campaigns.showing import how_far
from jobcenter.accounts.models import Organisation, User
from jobcenter.classifications.models import Occupation, Outlook
from jobcenter.geography.models import Area
from regions.bottlenecks.models import Line, LineCampaign, Report
from regions.measures.small_numbers import limits_on
from regions.measures.suppression import Cell, Limits, Shown, without_small


def could_begin_from(line: Line) -> bool:
    """Only from what is published and hard to fill: the jobcentres are to see the same."""
    return line.report.state == Report.State.PUBLISHED and line.category in Outlook.HARD_TO_FILL


def report_instead(line: Line) -> Report | None:
    """The report that says today what the line's report said; None where that is itself. One query."""
    today = Report.objects.in_force().filter(area=line.report.area_id).first()
    return None if today == line.report else today


@transaction.atomic
def begin(line: Line, said: Mapping[str, Any], *, by: User, organisation: Organisation) -> LineCampaign:
    """Begin a campaign about the line's occupation, by what CampaignForm holds. Raises ValidationError."""
    if report_instead(line):
        raise ValidationError(_("A newer report has been published. A campaign begins from that."))
    campaign = begin_without_names(
        Choice(said["purpose"], said["starts_on"], said["ends_on"], occupation=line.occupation),
        name=said["name"],
        text=said["text"],
        partners=list(said["partners"]),
        origin=f"{reverse('bottlenecks:reports')}?line={line.pk}#campaigns",
        organisation=organisation,
        user=by,
    )
    return LineCampaign.objects.create(line=line, campaign=campaign)


@dataclass(frozen=True)
class Told:
    """A campaign in numbers that may be told. next: the line of the first report published after its own."""

    begun_from: LineCampaign
    progress: Progress
    contacts: int
    referrals: Shown
    hires: Shown
    placements: Shown
    next: Line | None


def told(links: Sequence[LineCampaign]) -> list[Told]:
    """Five queries, however many campaigns. Needs `campaign` and `line__report` fetched along."""
    if not links:
        return []
    campaigns = [link.campaign for link in links]
    progress, effect = how_far(campaigns), effects(campaigns)
    limits = limits_on(timezone.localdate())
    later = list(
        Line.objects.filter(
            occupation__in={link.line.occupation_id for link in links},
            report__area__in={link.line.report.area_id for link in links},
            report__in=Report.objects.published(),
        )
        .select_related("report")
        .order_by("report__ends_on", "-report__published_at")
    )
    return [
        _told(link, progress[link.campaign_id], effect[link.campaign_id], later=later, limits=limits)
        for link in links
    ]


def _told(
    link: LineCampaign, progress: Progress, effect: Effect, *, later: Sequence[Line], limits: Limits
) -> Told:
    report = link.line.report
    return Told(
        begun_from=link,
        progress=progress,
        contacts=effect.contacts,
        referrals=without_small(Cell(effect.referrals), limits=limits),
        hires=without_small(Cell(effect.hires), limits=limits),
        placements=without_small(Cell(effect.placements), limits=limits),
        next=next(
            (
                line
                for line in later
                if line.occupation_id == link.line.occupation_id
                and line.report.area_id == report.area_id
                and line.report.ends_on > report.ends_on
            ),
            None,
        ),
    )


def campaigns_until(line: Line) -> list[Told]:
    """Those begun from the line or from what earlier reports say of the occupation, the newest first."""
    begun = LineCampaign.objects.until(line).select_related("campaign", "line__report")
    return told(list(begun.newest_first()))


def campaigns_about(occupation: Occupation, *, area: Area) -> list[Told]:
    """The area office's own about the occupation, the newest first."""
    begun = LineCampaign.objects.visible_to(area).filter(line__occupation=occupation)
    return told(list(begun.select_related("campaign", "line__report").newest_first()))
