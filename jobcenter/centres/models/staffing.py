"""Who does the work of a jobcentre: its teams, whose turn it is, and who is away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models.jobcentre import Jobcentre
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import Dated, DatedQuerySet, ids, validity


class Authority(models.TextChoices):
    """Whom the people of a team work for.

    From 2007 a jobcentre had a part of the state and one of the municipality under one roof (lov 522/2005);
    from 1 August 2009 it was the municipality's alone (lov 483/2009).
    """

    MUNICIPAL = "municipal", _("the municipality")
    STATE = "state", _("the state")
    FUND = "fund", _("an unemployment fund")


class TeamQuerySet(DatedQuerySet["Team"]):
    def taking(self, *, kind: str, industry: Industry | None) -> list[Team]:
        """The teams that take enquiries of a kind from an industry, the most particular first.

        A team for an industry comes before one for a kind alone, and both together before either.
        """
        above = {found.pk for found in with_those_above(industry)}
        found = [
            team
            for team in self.prefetch_related("industries").order_by("pk")
            if (not team.kinds or kind in team.kinds)
            and (not team.industries.all() or above & {one.pk for one in team.industries.all()})
        ]
        return sorted(found, key=lambda team: (not team.industries.all(), not team.kinds, team.pk))


@pghistory.track()
class Team(Dated):
    """Those in a jobcentre who take enquiries of some kinds, or from some industries.

    `kinds`: the kinds of enquiry by the names the one entrance gives them; none is all of them.
    `industries`: sections or groups of the industry classification; none is all of them.
    """

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="teams", verbose_name=_("jobcentre")
    )
    name = models.CharField(_("name"), max_length=80)
    kinds: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=20), verbose_name=_("kinds of enquiry"), default=list, blank=True
    )
    industries: models.ManyToManyField[Industry, models.Model] = models.ManyToManyField(
        Industry, related_name="+", blank=True, verbose_name=_("industries")
    )

    objects = TeamQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="team_name_once_in_a_jobcentre",
                fields=["jobcentre", "name"],
                condition=Q(valid_to=None),
                violation_error_message=_("There is a team of that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class TeamAuthority(Dated):
    """Whom a team works for in a period: one at a time. All teams of a jobcentre share its queue and log."""

    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, related_name="authorities", verbose_name=_("team")
    )
    authority = models.CharField(_("authority"), max_length=10, choices=Authority)

    objects = DatedQuerySet["TeamAuthority"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("authority of a team")
        verbose_name_plural = _("authorities of teams")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="team_authority_is_on_the_list", condition=Q(authority__in=Authority.values)
            ),
            ExclusionConstraint(
                name="team_one_authority_at_a_time",
                expressions=[
                    (ids("team"), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The team works for another authority in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.get_authority_display()}"


@pghistory.track()
class TeamMember(Dated):
    """That a person belongs to a team in a period."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members", verbose_name=_("team"))
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("person"))

    objects = DatedQuerySet["TeamMember"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="team_member_once_at_a_time",
                expressions=[
                    (ids("team"), RangeOperators.OVERLAPS),
                    (ids("user"), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person is in the team already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.team}"


class Turn(models.Model):
    """Whose turn it was last, in a team or, without one, in the whole jobcentre: the next comes after.

    Whoever gives out an enquiry locks the row, so two at the same moment go to two people.
    """

    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="+")
    last = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        constraints = [
            models.UniqueConstraint(
                name="turn_once_for_a_jobcentre_or_team", fields=["jobcentre", "team"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team or self.jobcentre}: {self.last or '–'}"


class AbsenceQuerySet(DatedQuerySet["Absence"]):
    def of(self, jobcentre: Jobcentre) -> Self:
        return self.filter(jobcentre=jobcentre)

    def not_over(self, on: date) -> Self:
        """Those that last, and those to come."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on))


@pghistory.track()
class Absence(Dated):
    """That somebody is away from a jobcentre. `valid_to` is the day they are back; none is not known yet.

    No reason is asked for: why somebody is away is nobody's business here.
    """

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="absences", verbose_name=_("jobcentre")
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="absences", verbose_name=_("who is away")
    )
    substitute = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("substitute")
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["valid_from", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="absence_substitute_is_somebody_else",
                condition=Q(substitute=None) | ~Q(substitute=F("user")),
                violation_error_message=_("Somebody else must stand in."),
            ),
            ExclusionConstraint(
                name="absence_once_at_a_time",
                expressions=[
                    (ids("jobcentre"), RangeOperators.OVERLAPS),
                    (ids("user"), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person is away in that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.valid_from:%d-%m-%Y}"

    def clean(self) -> None:
        """Raises ValidationError when somebody is not of the jobcentre."""
        staff = set(self.jobcentre.staff().values_list("pk", flat=True))
        if self.user_id and self.user_id not in staff:
            raise ValidationError({"user": _("This person does not work in the jobcentre.")})
        if self.substitute_id and self.substitute_id not in staff:
            raise ValidationError({"substitute": _("A substitute works in the same jobcentre.")})

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """A form leaves the jobcentre out, the manager's own; the constraints need it all the same.

        Dates out of order are said first: of them the database can make no period to compare.
        """
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValidationError({"valid_to": _("The last date must be after the first.")})
        super().validate_constraints({*(exclude or ())} - {"jobcentre"})

    @property
    def is_on(self) -> bool:
        today = timezone.localdate()
        return self.valid_from <= today and (self.valid_to is None or self.valid_to > today)


def with_those_above(industry: Industry | None) -> list[Industry]:
    """The industry and everything it belongs to, from itself upwards."""
    found: list[Industry] = []
    while industry:
        found.append(industry)
        industry = industry.parent
    return found
