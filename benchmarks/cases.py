"""What is measured. A room with something to measure adds its cases here.

Case("company-name", "the register by name", addresses=lambda: [f"/…?navn={name}" for name in names])
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from employers.companies.models import RegisterCompany
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Membership, Role, User
from jobcenter.centres.models import AreaOffice, Jobcentre
from regions.comparison.models import Comparison, Result

SEED = 20_261_119
ASKED = 172
"""So many different addresses: as many as are asked for, so that none comes twice."""


@dataclass(frozen=True)
class Case:
    """Addresses of one kind, asked for by turns. `addresses` is asked once for each size of the data.

    kilobytes: what a browser that has nothing of it yet may fetch for it; None where it is no page.
    reader: who has signed in to read it; nobody without.
    """

    name: str
    what: str
    addresses: Callable[[], Sequence[str]]
    kilobytes: int | None = None
    reader: Callable[[], User] | None = None

    def cookies(self) -> dict[str, str]:
        """Those of the session in which it is read."""
        if not self.reader:
            return {}
        client = Client()
        client.force_login(self.reader(), backend=settings.AUTHENTICATION_BACKENDS[0])
        return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


WORDS = ("lager", "operatør", "chauffør", "køkken", "pleje", "salg", "montage", "kunder", "kvalitet", "hold")
OCCUPATIONS = ("8", "5", "7", "9", "4")
PLACES = ("4600 Køge", "Aarhus", "Odense", "Aalborg", "2100 København Ø", "Roskilde", "7100 Vejle", "Esbjerg")


def searches() -> list[str]:
    """Text, occupation, and a labour catchment or a circle. No address comes twice: nothing is kept of it."""
    asked = [
        {"hvad": word, "hvor": place, "km": reach, "fag": occupation}
        for word in WORDS
        for place in PLACES
        for occupation in OCCUPATIONS
        for reach in ("opland", "50")
    ]
    return [f"/stillinger/?{urlencode(one)}" for one in random.Random(SEED).sample(asked, ASKED)]


def everything() -> list[str]:
    """The search as it is opened: nothing typed. Its numbers are kept for a minute."""
    return ["/stillinger/", "/stillinger/?km=&side=2", "/stillinger/?tid=fuld", "/stillinger/?nyt=7"]


def choices() -> list[str]:
    """Nothing typed, and choices that nobody has made in this minute: everything is counted anew."""
    asked = [
        {"ansat": terms, "tid": hours, "start": start, "nyt": days, "fag": occupation}
        for terms in ("fast", "elev", "studie", "")
        for hours in ("fuld", "deltid", "")
        for start in ("snart", "senere", "")
        for days in ("1", "7", "")
        for occupation in (*OCCUPATIONS, "")
    ]
    return [f"/stillinger/?{urlencode(one)}" for one in random.Random(SEED).sample(asked, ASKED)]


def names() -> list[str]:
    """What people type of a company's name: its beginning, its words the other way round, and a slip."""
    draw = random.Random(SEED)
    typed = []
    register = RegisterCompany.objects.order_by("cvr").values_list("name", flat=True)
    for name in draw.sample(list(register[:30_000]), ASKED):
        first, second = name.split()[:2]
        slip = draw.randrange(1, len(first) - 1)
        typed.append(
            draw.choice(
                (
                    first[: draw.randint(3, len(first))],
                    f"{first} {second[:3]}",
                    f"{second} {first}",
                    first[:slip] + first[slip + 1 :] + f" {second}",
                )
            )
        )
    return ["/find-virksomhed/?" + urlencode({"cvr": one}) for one in typed]


def vacancies() -> list[str]:
    published = Vacancy.objects.public().order_by("pk")
    return [f"/stillinger/{pk}/" for pk in islice(published.values_list("pk", flat=True), 0, 2000, 40)]


def officer() -> User:
    """Of the area with most municipalities. Invented people need no second factor."""
    areas = AreaOffice.objects.valid(timezone.localdate()).annotate(size=Count("area__areamunicipality"))
    found, is_new = User.objects.get_or_create(
        email="officer@example.dk", defaults={"name": "Officer", "is_demonstration": True}
    )
    if is_new:
        office = areas.order_by("-size", "pk")[0]
        Membership.objects.create(user=found, organisation=office.organisation, role=Role.AREA_OFFICER)
    return found


def latest() -> QuerySet[Comparison]:
    """Everything that was compared in the last month."""
    compared = Comparison.objects.order_by("measure__code", "target_group__code")
    return compared.filter(ends_on=compared.aggregate(Max("ends_on"))["ends_on__max"])


def areas() -> list[str]:
    asked = latest().values("measure__code", "target_group__code", "period")
    return [
        "/omraadet/?" + urlencode(dict(zip(("measure", "group", "period"), one.values(), strict=True)))
        for one in random.Random(SEED).sample(list(asked), ASKED)
    ]


def jobcentres() -> list[str]:
    compared = Jobcentre.objects.filter(results__comparison__in=latest()[:1]).order_by("code")
    return [reverse("dashboard:jobcentre", args=[pk]) for pk in compared.values_list("pk", flat=True)]


def results() -> list[str]:
    shown = Result.objects.select_related("comparison__measure", "comparison__target_group")
    of_latest = shown.filter(comparison__in=random.Random(SEED).sample(list(latest()), 10))
    drawn = random.Random(SEED).sample(list(of_latest.order_by("pk")), ASKED)
    return [one.get_absolute_url() for one in drawn]


WITHOUT_A_CHART, WITH_A_CHART = 400, 800
"""KB that a first visit may fetch."""

CASES = [
    Case(
        "vacancy-search",
        "public search: text, occupation and catchment, with counts",
        searches,
        WITHOUT_A_CHART,
    ),
    Case("vacancy-search-all", "public search with nothing typed; numbers up to a minute old", everything),
    Case("vacancy-search-anew", "the same, with choices nobody has made: all counted anew", choices),
    Case("vacancy", "the page of one vacancy", vacancies, WITHOUT_A_CHART),
    Case("company-name", "the register by name: beginnings, other order, slips", names),
    Case("area", "an area beside the country on one measure", areas, WITH_A_CHART, officer),
    Case("jobcentre", "a jobcentre on all measures", jobcentres, WITH_A_CHART, officer),
    Case("result", "what a result was computed from", results, WITH_A_CHART, officer),
]
