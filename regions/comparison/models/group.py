"""Whom a jobcentre is held beside: groups that a source lists under a name, and what somebody has chosen."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, User
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Dated, DatedQuerySet, Municipality
from jobcenter.pages.privacy import without_cpr


class NamedGroup(Dated):
    """Municipalities that are compared with each other under a name, as a reviewed source lists them."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title_da = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    source = models.CharField(_("source"), max_length=300)
    municipalities = models.ManyToManyField(Municipality, related_name="+", verbose_name=_("municipalities"))

    objects = DatedQuerySet["NamedGroup"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("named group")
        verbose_name_plural = _("named groups")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_da


class SelectionQuerySet(models.QuerySet["Selection"]):
    def usable_by(self, user: User, organisation: Organisation) -> Self:
        """One's own, and those that colleagues share; by name."""
        return self.filter(Q(owner=user) | Q(is_shared=True), organisation=organisation)


class Selection(models.Model):
    """Jobcentres that somebody compares with again and again, under a name: one's own, or shared."""

    owner = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="selections", verbose_name=_("owner")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=60, validators=[without_cpr])
    is_shared = models.BooleanField(_("shared with colleagues"), default=False)
    jobcentres = models.ManyToManyField(Jobcentre, related_name="+", verbose_name=_("jobcentres"))

    objects = SelectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="selection_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(
                name="selection_name_once",
                fields=["owner", "organisation", "name"],
                violation_error_message=_("You have a selection of that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
