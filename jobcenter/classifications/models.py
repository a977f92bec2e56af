"""Occupations and industries, and what is published about an occupation's outlook in an area."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcenter.geography.models import Area, Dated, DatedQuerySet

UNIT_GROUP = 4
"""Digits of ISCO's most detailed occupations, on which bottlenecks are assessed; six are Denmark's own."""


class OccupationQuerySet(DatedQuerySet["Occupation"]):
    def unit_groups(self) -> Self:
        """The level on which bottlenecks are assessed."""
        return self.filter(level=UNIT_GROUP)


class Occupation(Dated):
    """An occupation of DISCO-08: one to four digits are ISCO's, six are Denmark's own."""

    code = models.CharField(_("code"), max_length=6, unique=True)
    level = models.PositiveSmallIntegerField(_("level"))
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    title_da = models.CharField(_("Danish title"), max_length=250)
    title_en = models.CharField(_("English title"), max_length=250, blank=True)
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)

    objects = OccupationQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language; Danish where the classification has no English."""
        return self.title_en if get_language() == "en" and self.title_en else self.title_da


class EverydayTitle(models.Model):
    """What people call a job, and the occupation it is: “pedel” is an ejendomsinspektør.

    The list grows: by the reviewed file of the room, by Statistics Denmark's titles, and by ESCO's. A title
    may mean several occupations, which are then all offered.
    """

    class SourceKind(models.TextChoices):
        EVERYDAY = "everyday", _("our own reviewed list")
        STATISTICS = "statistics", _("Statistics Denmark")
        ESCO = "esco", _("ESCO")

    title = models.CharField(_("title"), max_length=250)
    folded = models.GeneratedField(
        expression=Lower("title"), output_field=models.CharField(max_length=250), db_persist=True
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="everyday_titles", verbose_name=_("occupation")
    )
    source_kind = models.CharField(_("kind of source"), max_length=10, choices=SourceKind)
    source = models.CharField(_("source"), max_length=120)
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("everyday job title")
        verbose_name_plural = _("everyday job titles")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["folded", "occupation", "source_kind"],
                name="everydaytitle_once_for_an_occupation_and_a_source",
                violation_error_message=_("The title stands there already for this occupation."),
            ),
            models.CheckConstraint(
                name="everydaytitle_is_not_empty",
                condition=~Q(title=""),
                violation_error_message=_("Write the title."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Industry(Dated):
    class Version(models.TextChoices):
        DB07 = "db07", _("DB07 (NACE Rev. 2)")
        NACE_2_1 = "nace_2_1", _("NACE Rev. 2.1")

    version = models.CharField(_("version"), max_length=10, choices=Version)
    code = models.CharField(_("code"), max_length=8)
    level = models.PositiveSmallIntegerField(_("level"))
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    title_da = models.CharField(_("Danish title"), max_length=300)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)

    objects = DatedQuerySet["Industry"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ["version", "code"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["version", "code"], name="industry_code_once_in_a_version"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_da


class OutlookQuerySet(models.QuerySet["Outlook"]):
    def hard_to_fill(self) -> Self:
        """Where employers look in vain, whether or not somebody is unemployed."""
        return self.filter(category__in=Outlook.HARD_TO_FILL)


class Outlook(models.Model):
    """The published assessment of an occupation in an area, written when a bottleneck report is published."""

    class Category(models.TextChoices):
        SHORTAGE = "shortage", _("shortage of labour")
        PARADOX = "paradox", _("recruitment problems though many are unemployed")
        GOOD = "good", _("good job prospects")
        LESS_GOOD = "less_good", _("less good job prospects")
        PROBLEMS = "problems", _("recruitment problems")
        NO_PROBLEMS = "no_problems", _("no recruitment problems")
        NOT_ASSESSED = "not_assessed", _("not assessed")

    HARD_TO_FILL = (Category.SHORTAGE, Category.PARADOX, Category.PROBLEMS)
    EASY_TO_FILL = (Category.GOOD, Category.LESS_GOOD, Category.NO_PROBLEMS)

    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="outlooks", verbose_name=_("occupation")
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="outlooks", verbose_name=_("area"))
    category = models.CharField(_("category"), max_length=20, choices=Category)
    attempts = models.PositiveIntegerField(_("recruitment attempts"))
    period = models.CharField(_("period"), max_length=10)
    published_at = models.DateTimeField(_("published"))

    objects = OutlookQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlook")
        verbose_name_plural = _("outlooks")
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "area"], name="outlook_once_for_occupation_and_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation}, {self.area}: {self.get_category_display()}"
