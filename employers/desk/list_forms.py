"""The filters of the desk's lists, and what is asked when something is done to several rows at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from employers.contacts.models import FollowUpQuerySet
from employers.enquiries.models import EnquiryQuerySet, Kind, State
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre, TeamMember
from jobcenter.pages.fields import DateInput, capitalised
from jobcenter.pages.privacy import without_cpr

WAITING, UNPUBLISHED, ALL = "waiting", "unpublished", "all"
EVERYBODY, MINE, OF_TEAM = "all", "mine", "team-"
DUE, WEEK = "due", "week"
AT_MOST_AHEAD = timedelta(days=366)


def colleagues_of(jobcentre: Jobcentre) -> QuerySet[User]:
    """Those who can own something there."""
    return (jobcentre.staff() | jobcentre.managers()).distinct().order_by("name", "pk")


class OwnerField(forms.ChoiceField):
    """Whose: everybody's, one's own, a team's or a colleague's."""

    def offer(self, jobcentre: Jobcentre, *, first: tuple[str, ...] = (EVERYBODY, MINE)) -> None:
        names = {EVERYBODY: _("Everybody"), MINE: _("Mine")}
        teams = jobcentre.teams.valid(timezone.localdate()).order_by("name", "pk")
        choices: list[Any] = [(value, names[value]) for value in first]
        if teams:
            choices.append((_("Teams"), [(f"{OF_TEAM}{team.pk}", team.name) for team in teams]))
        choices.append((_("Colleagues"), [(str(user.pk), str(user)) for user in colleagues_of(jobcentre)]))
        self.choices = choices


def owners(chosen: str, *, user: User) -> list[int] | QuerySet[Any] | None:
    """The primary keys of those a choice stands for; None is everybody."""
    if chosen in ("", EVERYBODY):
        return None
    if chosen == MINE:
        return [user.pk]
    if chosen.startswith(OF_TEAM):
        members = TeamMember.objects.valid(timezone.localdate())
        return members.filter(team=int(chosen.removeprefix(OF_TEAM))).values("user")
    return [int(chosen)]


class QueueForm(forms.Form):
    """Which enquiries; the values stand in the address. What is not understood is as if it was not said."""

    state = forms.ChoiceField(label=_("State"), required=False)
    owner = OwnerField(label=_("Owner"), required=False)
    kind = forms.ChoiceField(label=_("What about"), required=False)

    def __init__(self, data: Any, *, jobcentre: Jobcentre) -> None:
        super().__init__(data)
        choices: dict[str, list[tuple[str, Any]]] = {
            "state": [
                (WAITING, _("Waiting for an answer")),
                *capitalised(State.choices),
                (UNPUBLISHED, _("Vacancy waits to be published")),
                (ALL, _("All")),
            ],
            "kind": [("", _("Everything")), *capitalised(Kind.choices)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        self.fields["owner"].offer(jobcentre)  # type: ignore[attr-defined]

    def chosen(self, enquiries: EnquiryQuerySet, *, user: User) -> EnquiryQuerySet:
        """Those that wait by the clock, the others by when they came."""
        self.is_valid()
        state = self.cleaned_data.get("state") or WAITING
        whose = owners(self.cleaned_data.get("owner", ""), user=user)
        if whose is not None:
            enquiries = enquiries.filter(owner__in=whose)
        if kind := self.cleaned_data.get("kind"):
            enquiries = enquiries.filter(kind=kind)
        if state == WAITING:
            return enquiries.waiting()
        if state == UNPUBLISHED:
            enquiries = enquiries.filter(vacancy__in=Vacancy.objects.to_look_at())
        elif state != ALL:
            enquiries = enquiries.filter(state=state)
        return enquiries.order_by("-received_at", "-pk")


class FollowUpsForm(forms.Form):
    """Which follow-ups; the values stand in the address, and nonsense asks for what is usual."""

    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[(DUE, _("Today or earlier")), (WEEK, _("Within a week")), (ALL, _("All"))],
    )
    owner = OwnerField(label=_("Owner"), required=False)

    def __init__(self, data: Any, *, jobcentre: Jobcentre) -> None:
        super().__init__(data)
        self.fields["owner"].offer(jobcentre, first=(MINE, EVERYBODY))  # type: ignore[attr-defined]

    def chosen(self, follow_ups: FollowUpQuerySet, *, user: User, today: date) -> FollowUpQuerySet:
        """Those that are open, the earliest first; without a choice one's own that are due."""
        self.is_valid()
        whose = owners(self.cleaned_data.get("owner") or MINE, user=user)
        if whose is not None:
            follow_ups = follow_ups.filter(owner__in=whose)
        due = self.cleaned_data.get("due") or DUE
        if due == ALL:
            return follow_ups.open()
        return follow_ups.due(on=today + timedelta(days=7) if due == WEEK else today)


class GiveSeveralForm(forms.Form):
    """Which colleague gets them."""

    to = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose a colleague"),
            "invalid_choice": _("Choose a colleague of the jobcentre."),
        },
    )

    def __init__(self, data: Any = None, *, jobcentre: Jobcentre) -> None:
        super().__init__(data)
        self.fields["to"].queryset = colleagues_of(jobcentre)  # type: ignore[attr-defined]


class PostponeForm(forms.Form):
    """Until which day."""

    until = forms.DateField(
        label=_("New date"),
        widget=DateInput(),
        error_messages={"required": _("Choose the new date"), "invalid": _("Choose the new date")},
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today < until <= today + AT_MOST_AHEAD:
            raise forms.ValidationError(_("Choose a day after today, and within a year."))
        return until


class SaveViewForm(forms.Form):
    """The name of a view, and for whom it is."""

    name = forms.CharField(
        label=_("Name of the view"),
        max_length=60,
        validators=[without_cpr],
        error_messages={"required": _("Write a name for the view")},
    )
    is_shared = forms.BooleanField(label=_("Share it with the jobcentre"), required=False)
    is_default = forms.BooleanField(label=_("Open the list with it"), required=False)

    def clean_name(self) -> str:
        return capfirst(str(self.cleaned_data["name"]).strip())
