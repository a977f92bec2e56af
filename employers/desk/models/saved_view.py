"""A named filter of a list: what stands in the address, kept under a name."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre

LONGEST = 500
"""Characters of an address's filters."""


class Listed(models.TextChoices):
    """The lists whose filters can be kept, by the names of their addresses."""

    QUEUE = "desk:queue", _("enquiries")
    FOLLOW_UPS = "desk:follow_ups", _("follow-ups")
    COMPANIES = "desk:companies", _("companies")


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def usable_by(self, user: User, jobcentre: Jobcentre) -> Self:
        """One's own, and those that colleagues share with the jobcentre; by name."""
        return self.filter(Q(owner=user) | Q(is_shared=True), jobcentre=jobcentre).order_by("name", "pk")

    def default_of(self, user: User, jobcentre: Jobcentre, listed: str) -> SavedView | None:
        return self.filter(owner=user, jobcentre=jobcentre, listed=listed, is_default=True).first()


class SavedView(models.Model):
    """A list as somebody likes to see it: their own, or shared with the jobcentre they made it in.

    It keeps what is asked for and not what was found: whoever opens it sees what the list shows them.
    """

    owner = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="saved_views", verbose_name=_("owner")
    )
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="+", verbose_name=_("jobcentre")
    )
    listed = models.CharField(_("list"), max_length=40, choices=Listed)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("what stands in the address"), max_length=LONGEST)
    is_shared = models.BooleanField(_("shared with the jobcentre"), default=False)
    is_default = models.BooleanField(_("opens with the list"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="savedview_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="savedview_list_is_known", condition=Q(listed__in=Listed.values)),
            models.UniqueConstraint(
                name="savedview_name_once_for_a_list",
                fields=["owner", "jobcentre", "listed", "name"],
                violation_error_message=_("You have a view of that name already."),
            ),
            models.UniqueConstraint(
                name="savedview_one_default_for_a_list",
                fields=["owner", "jobcentre", "listed"],
                condition=Q(is_default=True),
                violation_error_message=_("Another view opens with the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse(self.listed)}?{self.query}"
