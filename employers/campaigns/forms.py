"""What is asked about campaigns, and the choice of companies they share with the list of companies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from employers.campaigns.choosing import Choice
from employers.campaigns.dividing import By
from employers.campaigns.models import Campaign, Share, Target
from employers.campaigns.progress import Standing
from employers.campaigns.segments import SEGMENTS, counted, in_all
from employers.companies.models import CompanyQuerySet, Workplace
from employers.contacts.models import HoldLimit, Purpose
from jobcenter.centres.models import Agreement, Jobcentre
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality
from jobcenter.pages.fields import DateInput, Labelled, capitalised
from jobcenter.pages.privacy import without_cpr

NOBODY = "ingen"
USUAL_HOLD = 5
"""So many days a company is proposed to be held for when it is taken."""
USUAL_LENGTH = timedelta(weeks=6)
STANDINGS = {
    Standing.WAITING: _("Nobody has taken it"),
    Standing.TAKEN: _("Taken"),
    Standing.IN_VAIN: _("No answer yet"),
    Standing.REACHED: _("Reached"),
}


class SegmentForm(forms.Form):
    """Which companies: those in all the segments, and with a workplace in the municipality.

    The values stand in the address; what is not understood is as if it was not said.
    """

    udsnit = forms.MultipleChoiceField(
        label=_("Segments"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kommune = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        required=False,
        to_field_name="code",
        empty_label=_("The whole catchment"),
    )

    def __init__(self, data: Any, *, jobcentre: Jobcentre) -> None:
        super().__init__(data)
        self.jobcentre = jobcentre
        self.fields["kommune"].queryset = Municipality.objects.in_catchment_of(  # type: ignore[attr-defined]
            jobcentre.municipalities()
        ).order_by("sort_key")
        self.fields["udsnit"].choices = [  # type: ignore[attr-defined]
            (key, capfirst(str(segment.name))) for key, segment in SEGMENTS.items()
        ]

    def chosen(self, companies: CompanyQuerySet) -> CompanyQuerySet:
        """Narrow the companies, and put beside each segment how many of the municipality's it has."""
        self.is_valid()
        if municipality := self.cleaned_data.get("kommune"):
            there = Workplace.objects.open().filter(municipality=municipality)
            companies = companies.filter(pk__in=there.values("company"))
        counts = counted(companies, jobcentre=self.jobcentre)
        self.fields["udsnit"].choices = [  # type: ignore[attr-defined]
            (key, f"{capfirst(str(segment.name))} ({counts[key]})") for key, segment in SEGMENTS.items()
        ]
        return companies.filter(in_all(self.segments, jobcentre=self.jobcentre))

    @property
    def segments(self) -> list[str]:
        return self.cleaned_data.get("udsnit") or []


class AboutForm(SegmentForm):
    """What a campaign is about, when, and which companies; all of it stands in the address.

    `stilling` comes along from where an occupation was looked at, such as a bottleneck report.
    """

    om = forms.ChoiceField(label=_("What about"), error_messages={"required": _("Choose what it is about")})
    fra = forms.DateField(
        label=_("First day"), widget=DateInput, error_messages={"required": _("Write the first day")}
    )
    til = forms.DateField(
        label=_("Last day"), widget=DateInput, error_messages={"required": _("Write the last day")}
    )
    stilling = forms.ModelChoiceField(
        queryset=Occupation.objects.all(), to_field_name="code", required=False, widget=forms.HiddenInput
    )
    ogsaa = forms.BooleanField(
        label=_("Also those that are in another campaign about the same"), required=False
    )

    def __init__(self, data: Any, *, jobcentre: Jobcentre, today: date) -> None:
        usual = {"fra": today.isoformat(), "til": (today + USUAL_LENGTH).isoformat()}
        super().__init__(usual | data.dict() | {"udsnit": data.getlist("udsnit")}, jobcentre=jobcentre)
        self.today = today
        self.fields["om"].choices = [("", _("Choose")), *capitalised(Purpose.choices)]  # type: ignore[attr-defined]

    def clean_til(self) -> date:
        last: date = self.cleaned_data["til"]
        if last < self.today:
            raise forms.ValidationError(_("The last day cannot lie in the past"))
        if (first := self.cleaned_data.get("fra")) and last < first:
            raise forms.ValidationError(_("The last day cannot be before the first"))
        return last

    @property
    def occupation(self) -> Occupation | None:
        return self.cleaned_data.get("stilling")

    def choice(self) -> Choice:
        said = self.cleaned_data
        return Choice(
            purpose=said["om"],
            starts_on=said["fra"],
            ends_on=said["til"],
            segments=self.segments,
            municipality=said["kommune"],
            occupation=self.occupation,
            also_elsewhere=said["ogsaa"],
        )


class DivideForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the campaign"),
        max_length=100,
        validators=[without_cpr],
        error_messages={"required": _("Give the campaign a name")},
    )
    text = forms.CharField(
        label=_("What we want to say and ask"),
        help_text=_("Read by everybody who takes a company."),
        max_length=2000,
        required=False,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Who takes part"),
        help_text=_("The others are asked when the campaign starts, and accept or decline their share."),
        queryset=Jobcentre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who takes part")},
    )
    by = forms.ChoiceField(
        label=_("Who gets which company"), widget=forms.RadioSelect, initial=By.RESPONSIBILITY.value
    )

    def __init__(self, data: Any, *, jobcentre: Jobcentre, today: date) -> None:
        super().__init__(data, initial={"partners": [jobcentre.pk]})
        sharing = Jobcentre.objects.sharing_labour_with(jobcentre, on=today).order_by("sort_key")
        agreed = set(
            Agreement.objects.in_force(today).of(jobcentre).values_list("partners__jobcentre", flat=True)
        )
        partners = self.fields["partners"]
        partners.queryset = sharing  # type: ignore[attr-defined]
        partners.choices = [  # type: ignore[attr-defined]
            (one.pk, Labelled(one.name, hint=_beside(one, jobcentre, agreed))) for one in sharing
        ]
        self.fields["by"].choices = [  # type: ignore[attr-defined]
            (
                By.RESPONSIBILITY.value,
                Labelled(
                    str(_("The one responsible")),
                    hint=str(_("The jobcentre that answers for the company's largest workplace")),
                ),
            ),
            (
                By.LEAD.value,
                Labelled(
                    str(_("The one that leads")),
                    hint=str(_("The jobcentre the company has agreed on, or knows best")),
                ),
            ),
            (By.EVENLY.value, Labelled(str(_("Evenly")), hint=str(_("Equally many for each")))),
        ]


def _beside(partner: Jobcentre, own: Jobcentre, agreed: set[int]) -> str:
    if partner == own:
        return str(_("your own jobcentre"))
    return str(_("in an agreement with you")) if partner.pk in agreed else ""


class RowsForm(forms.Form):
    """Which companies of a campaign; what is not understood is as if it was not said."""

    andel = forms.ChoiceField(label=_("Share of"), required=False)
    stand = forms.ChoiceField(label=_("State"), required=False)
    mine = forms.BooleanField(label=_("Only those I have taken"), required=False)

    def __init__(self, data: Any, *, shares: Iterable[Share]) -> None:
        super().__init__(data)
        self.fields["andel"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *((str(share.pk), share.jobcentre.name) for share in shares),
            (NOBODY, _("Nobody")),
        ]
        self.fields["stand"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *((standing.value, label) for standing, label in STANDINGS.items()),
        ]
        self.is_valid()

    @property
    def share(self) -> str:
        return self.cleaned_data.get("andel") or ""

    @property
    def standing(self) -> str:
        return self.cleaned_data.get("stand") or ""

    @property
    def is_mine(self) -> bool:
        return bool(self.cleaned_data.get("mine"))


class MoveForm(forms.Form):
    """Companies that nobody has taken, and the share they are to go to."""

    companies = forms.ModelMultipleChoiceField(
        queryset=Target.objects.none(),
        error_messages={"required": _("Choose the companies that are to be moved")},
    )
    to = forms.ModelChoiceField(
        label=_("Move the chosen ones to"),
        queryset=Share.objects.none(),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose who they are to be moved to")},
    )

    def __init__(self, data: Any, *, campaign: Campaign) -> None:
        super().__init__(data)
        self.fields["companies"].queryset = campaign.targets.all()  # type: ignore[attr-defined]
        self.fields["to"].queryset = campaign.shares.exclude(  # type: ignore[attr-defined]
            answer=Share.Answer.DECLINED
        ).select_related("jobcentre")
        self.fields["to"].label_from_instance = lambda share: share.jobcentre.name  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you cannot take part"),
        max_length=300,
        validators=[without_cpr],
        error_messages={"required": _("Write why you cannot take part")},
    )


class TakeForm(forms.Form):
    """Whether the company is held as well, within the limits of the day."""

    days = forms.TypedChoiceField(
        label=_("Reserve the company for this purpose"),
        help_text=_("The other jobcentres of the catchment see that you are about to contact it."),
        coerce=int,
    )

    def __init__(self, data: Any, *, today: date) -> None:
        limit = HoldLimit.objects.of(today)
        most = limit.most_days if limit else 0
        super().__init__(data, initial={"days": min(USUAL_HOLD, most)})
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (0, _("No")),
            *((days, ngettext("%d day", "%d days", days) % days) for days in range(1, most + 1)),
        ]
