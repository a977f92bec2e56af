"""Teams, absences and leads, as a manager writes them down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from employers.enquiries.kinds import WORDS
from employers.vacancies.fields import Line
from jobcenter.accounts.models import User
from jobcenter.centres.models import Absence, Authority, Jobcentre, Team, TeamMember
from jobcenter.classifications.models import Industry
from jobcenter.pages.fields import TOO_LONG, DateInput, Labelled, capitalised
from jobcenter.pages.privacy import without_cpr

CHOOSE = _("Choose")


class TeamForm(forms.Form):
    """A team: who is in it, and what it takes. Nothing chosen under kinds or industries is all of them."""

    name = Line(
        label=_("Name"),
        max_length=80,
        error_messages={"required": _("Write the name of the team"), "max_length": TOO_LONG},
    )
    authority = forms.ChoiceField(
        label=_("Whom does the team work for?"),
        help_text=_("All teams share the jobcentre's queue and contact log, whoever they work for."),
        choices=capitalised(Authority.choices),
        initial=Authority.MUNICIPAL,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom the team works for")},
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Who is in the team?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who is in the team")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which enquiries does it take?"),
        help_text=_("Choose nothing if it takes all kinds."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    industries = forms.ModelMultipleChoiceField(
        label=_("From which industries?"),
        help_text=_("Choose nothing if it takes all industries."),
        required=False,
        queryset=Industry.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, jobcentre: Jobcentre, team: Team | None = None) -> None:
        super().__init__(data, initial=_said(team) if team else None)
        self.jobcentre, self.team = jobcentre, team
        self.fields["members"].queryset = jobcentre.staff().order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [(kind, words.name) for kind, words in WORDS.items()]  # type: ignore[attr-defined]
        self.fields["industries"].queryset = _sections()  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        others = Team.objects.filter(jobcentre=self.jobcentre, name=name, valid_to=None)
        if others.exclude(pk=self.team.pk if self.team else 0).exists():
            raise forms.ValidationError(_("There is a team of that name already."))
        return name


class AbsenceForm(forms.ModelForm):
    """Who is away, from when, until when, and who stands in. Why is not asked."""

    class Meta:
        model = Absence
        fields = ("user", "substitute", "valid_from", "valid_to")

    def __init__(self, data: Any = None, *, jobcentre: Jobcentre) -> None:
        absence = Absence(jobcentre=jobcentre, valid_from=timezone.localdate())
        super().__init__(data, instance=absence)
        staff = jobcentre.staff().order_by("name", "pk")
        self._ask("user", _("Who is away?"), staff, required=_("Choose who is away"))
        self._ask("substitute", _("Substitute"), staff)
        self.fields["substitute"].help_text = _(
            "Without a substitute the work goes round among those who are there."
        )
        self._date("valid_from", _("First day away"))
        self._date("valid_to", _("First day back"))
        self.fields["valid_from"].error_messages["required"] = _("Write the first day away")
        self.fields["valid_to"].help_text = _("Leave it empty if it is not known yet.")

    def _ask(self, name: str, label: Any, staff: QuerySet[User], *, required: Any = None) -> None:
        field = self.fields[name]
        field.label, field.queryset, field.empty_label = label, staff, CHOOSE  # type: ignore[attr-defined]
        if required:
            field.error_messages["required"] = required

    def _date(self, name: str, label: Any) -> None:
        self.fields[name].label = label
        self.fields[name].widget = DateInput()


class LeadForm(forms.Form):
    """Whom the company deals with, and how that was agreed; or that the jobcentre names them itself."""

    AGREED, NAMED = "agreed", "named"

    user = forms.ModelChoiceField(
        label=_("Lead"),
        queryset=User.objects.none(),
        empty_label=CHOOSE,
        error_messages={"required": _("Choose who the company deals with")},
    )
    how = forms.ChoiceField(
        label=_("Has the company agreed to it?"),
        initial=AGREED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the company has agreed to it")},
    )
    agreed = Line(
        label=_("How was it agreed?"),
        help_text=_("For example: agreed with the director at the visit on 12 November."),
        required=False,
        max_length=200,
        validators=[without_cpr],
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, jobcentre: Jobcentre, **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["user"].queryset = jobcentre.staff().order_by("name", "pk")  # type: ignore[attr-defined]
        while_by_rule = gettext(
            "It holds in the labour catchment as long as your jobcentre leads by the rule."
        )
        self.fields["how"].choices = [  # type: ignore[attr-defined]
            (
                self.AGREED,
                Labelled(gettext("Yes, it is agreed with them"), gettext("It comes before every rule.")),
            ),
            (self.NAMED, Labelled(gettext("No, we name somebody ourselves"), while_by_rule)),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["is_agreed"] = cleaned.pop("how", self.AGREED) == self.AGREED
        if cleaned["is_agreed"] and "agreed" in cleaned and not cleaned["agreed"]:
            self.add_error("agreed", _("Write how it was agreed with the company"))
        return cleaned


def _sections() -> QuerySet[Industry]:
    return Industry.objects.filter(version=Industry.Version.NACE_2_1, level=1).order_by("code")


def _said(team: Team) -> dict[str, Any]:
    today = timezone.localdate()
    members = TeamMember.objects.valid(today).filter(team=team)
    authority = team.authorities.valid(today).first()
    return {
        "authority": authority.authority if authority else Authority.MUNICIPAL,
        "name": team.name,
        "members": list(members.values_list("user", flat=True)),
        "kinds": team.kinds,
        "industries": list(team.industries.values_list("pk", flat=True)),
    }
