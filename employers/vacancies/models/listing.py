"""What the public search looks through: one narrow row for each vacancy that anyone may see.

The database keeps the rows itself: triggers on vacancies, and on what else they show (a company's name, a
workplace's address), call the functions of `migrations/0004_listings.sql`. So no page, task or administrator
can forget to, and a search never has to join, fold or measure anything.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import models
from django.db.models import Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from employers.vacancies.models.conflict import LabourConflict
from employers.vacancies.models.external import ExternalVacancy
from employers.vacancies.models.vacancy import Terms, Vacancy
from jobcenter.geography.models import Municipality


class ListingQuerySet(models.QuerySet["Listing"]):
    def open(self, *, on: date) -> Self:
        """Those one can still apply for, without those from outside that a labour conflict covers.

        Ours are taken off by their own state when a conflict begins. One query of its own: mostly there is
        no conflict, and then nothing else has to ask which vacancies one covers.
        """
        found = self.filter(apply_by__gte=on)
        if not LabourConflict.objects.running(on=on).exists():
            return found
        return found.exclude(external__in=ExternalVacancy.objects.exclude(company=None).in_conflict(on=on))

    def shown(self, first: int, last: int) -> list[Listing]:
        """Those from `first` and before `last`, in their order, with everything a list shows of each.

        Two queries: what is joined to the narrow rows is only joined to those that are shown.
        """
        pks = list(self.values_list("pk", flat=True)[first:last])
        found = Listing.objects.select_related(*SHOWN_WITH).only(*SHOWN).in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]


SHOWN_WITH = ("vacancy__company", "vacancy__workplace", "external__source", "municipality")
SHOWN = (
    *("municipality", "spot", "code", "terms", "starts_on", "positions", "published_at", "apply_by"),
    *("municipality__code", "municipality__name", "municipality__latitude", "municipality__longitude"),
    *(
        f"{of}__{name}"
        for of in ("vacancy", "external")
        for name in ("title", "text", "hours", "apply_by", "published_at")
    ),
    *("vacancy__company__name", "vacancy__workplace__postcode", "vacancy__workplace__town"),
    *("external__employer", "external__postcode", "external__town", "external__source__name"),
)


class Listing(models.Model):
    """A vacancy as it is searched for: ours, or one from outside.

    spot: the postcode if it has a point, else "k" and the municipality's code; distances are measured from
    it. words: all it can be found by. heading: what makes it come first: title, company, occupation, with
    every ending of each word, so that "operatør" finds "procesoperatør".
    """

    vacancy = models.OneToOneField(
        Vacancy, on_delete=models.CASCADE, null=True, related_name="listing", verbose_name=_("vacancy")
    )
    external = models.OneToOneField(
        ExternalVacancy,
        on_delete=models.CASCADE,
        null=True,
        related_name="listing",
        verbose_name=_("vacancy from outside"),
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    spot = models.CharField(max_length=5)
    code = models.CharField(_("occupation"), max_length=6)
    terms = models.CharField(_("terms"), max_length=14, choices=Terms)
    full_time = models.BooleanField(_("full time"), null=True)
    starts_on = models.DateField(_("start"), null=True)
    positions = models.PositiveSmallIntegerField(_("positions"))
    published_at = models.DateTimeField(_("published"))
    apply_by = models.DateField(_("apply by"))
    heading = SearchVectorField()
    words = SearchVectorField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("vacancy in the search")
        verbose_name_plural = _("vacancies in the search")
        indexes = [
            GinIndex(name="listing_words", fields=["words"], fastupdate=False),
            models.Index(name="listing_newest", fields=["-published_at", "-id"]),
            models.Index(name="listing_municipality", fields=["municipality", "spot"]),
            models.Index(name="listing_spot", fields=["spot"]),
            # All that a search without words counts, so that it reads this and not the words.
            models.Index(
                name="listing_counted",
                fields=["apply_by"],
                include=[
                    *("external", "municipality", "spot", "code", "terms", "full_time", "starts_on"),
                    *("positions", "published_at"),
                ],
            ),
            models.Index(name="listing_code", fields=["code"], opclasses=["varchar_pattern_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="listing_of_one_vacancy",
                condition=Q(vacancy=None, external__isnull=False) | Q(vacancy__isnull=False, external=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.of)

    def get_absolute_url(self) -> str:
        """Its page's address, without asking for the vacancy."""
        if self.vacancy_id:
            return reverse("vacancies:vacancy", args=[self.vacancy_id])
        return reverse("vacancies:external", args=[self.external_id])

    @property
    def of(self) -> Vacancy | ExternalVacancy:
        """The vacancy that is listed."""
        listed = self.vacancy or self.external
        assert listed
        return listed

    @property
    def employer(self) -> str:
        return self.vacancy.company.name if self.vacancy else self.external.employer if self.external else ""

    @property
    def source(self) -> str:
        """Who told of it, when it is from outside."""
        return self.external.source.name if self.external else ""

    @property
    def postcode_and_town(self) -> str:
        if self.vacancy:
            return f"{self.vacancy.workplace.postcode} {self.vacancy.workplace.town}".strip()
        return f"{self.external.postcode} {self.external.town}".strip() if self.external else ""


def query_of(words: list[str]) -> Func:
    """The full-text query for some words: each stemmed as Danish, or the beginning of a word or ending."""
    return Func(array_of(words), function="vacancies_query", output_field=SearchQueryField())


def array_of(texts: list[str]) -> Value:
    """Some texts as one parameter of a query, however many they are."""
    return Value(texts, output_field=ArrayField(models.TextField()))


class Among(Func):
    """Whether a text is one of an array."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = models.BooleanField()


class Fits(Func):
    """Whether a search vector fits a query."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = models.BooleanField()
