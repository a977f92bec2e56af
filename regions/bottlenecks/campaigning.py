"""From a line to a campaign, begun without names, and what can be told of it in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from employers.campaigns.choosing import Choice, of_each
from employers.campaigns.effect import Effect, effects
from employers.campaigns.forms import USUAL_LENGTH
from employers.campaigns.progress import Progress
from employers.campaigns.running import begin_without_names
from employers.campaigns.showing import how_far
from employers.contacts.models import Purpose
from jobcenter.accounts.models import Organisation, User
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Outlook
from jobcenter.pages.fields import DateInput, Labelled, capitalised
from jobcenter.pages.privacy import without_cpr
from regions.bottlenecks.models import Line, LineCampaign, Report
from regions.measures.small_numbers import limits_on
from regions.measures.suppression import Cell, Limits, Shown, without_small


def can_begin_from(line: Line) -> bool:
    """Only from what is published and hard to fill: the jobcentres are to see the same."""
    return line.report.state == Report.State.PUBLISHED and line.category in Outlook.HARD_TO_FILL


class CampaignForm(forms.Form):
    """What the campaign is about, when, and which of the area's jobcentres take part, with what they have."""

    name = forms.CharField(
        label=_("Name of the campaign"),
        max_length=100,
        validators=[without_cpr],
        error_messages={"required": _("Give the campaign a name")},
    )
    purpose = forms.ChoiceField(label=_("What about"))
    text = forms.CharField(
        label=_("What the companies are to be told and asked"),
        help_text=_("Read by everybody who takes a company."),
        max_length=2000,
        required=False,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    starts_on = forms.DateField(
        label=_("First day"), widget=DateInput, error_messages={"required": _("Write the first day")}
    )
    ends_on = forms.DateField(
        label=_("Last day"), widget=DateInput, error_messages={"required": _("Write the last day")}
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Which jobcentres take part"),
        help_text=_("They are asked, and accept or decline. Each sees its own companies; you see numbers."),
        queryset=Jobcentre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who takes part")},
    )

    def __init__(self, data: Any, *, line: Line) -> None:
        self.line, self.today = line, timezone.localdate()
        usual = Choice(Purpose.BOTTLENECK, self.today, self.today + USUAL_LENGTH, occupation=line.occupation)
        jobcentres = Jobcentre.objects.in_area(line.report.area).order_by("sort_key")
        companies = Counter(of_each(usual, list(jobcentres)).values())
        super().__init__(
            data,
            initial={
                "name": line.occupation.title[:100],
                "purpose": usual.purpose,
                "starts_on": usual.starts_on,
                "ends_on": usual.ends_on,
                "partners": [one.pk for one in jobcentres if companies[one.pk]],
            },
        )
        self.fields["purpose"].choices = capitalised(Purpose.choices)  # type: ignore[attr-defined]
        self.fields["partners"].queryset = jobcentres  # type: ignore[attr-defined]
        self.fields["partners"].choices = [  # type: ignore[attr-defined]
            (one.pk, Labelled(one.name, hint=_in_words(companies[one.pk]))) for one in jobcentres
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if last and last < self.today:
            self.add_error("ends_on", _("The last day cannot lie in the past"))
        elif first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first"))
        return cleaned


def _in_words(companies: int) -> str:
    return ngettext("%(number)d company", "%(number)d companies", companies) % {"number": companies}


@transaction.atomic
def begin(line: Line, said: Mapping[str, Any], *, by: User, organisation: Organisation) -> LineCampaign:
    """Begin a campaign about the line's occupation, by what CampaignForm holds. Raises ValidationError."""
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
    return told(list(begun.order_by("-campaign__created_at", "-pk")))
