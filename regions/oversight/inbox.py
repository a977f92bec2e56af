"""The inbox of flags: which are shown, and how much was compared to find them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from statistics import NormalDist
from typing import Self
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from regions.comparison.models import Comparison, Result
from regions.measures.models import Measure
from regions.oversight.models import Flag, FlagQuerySet, Ground, RuleParameters, Severity
from regions.oversight.rule import FlagRule

STATES = ("open", "mine", "overdue", "all", "too_few")


@dataclass(frozen=True)
class Choice:
    """A filter's one choice: its name, the address that takes it, and whether it is taken."""

    name: str | Promise
    address: str
    is_taken: bool


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What of the inbox is asked for. Each is "" where it narrows nothing."""

    state: str
    ground: str
    severity: str

    @classmethod
    def of(cls, asked: QueryDict, *, state: str = "") -> Self:
        """From the address; what is no choice narrows nothing. state: for those who have no choice of it."""

        def one_of(name: str, known: tuple[str, ...] | list[str], otherwise: str) -> str:
            said = asked.get(name, "")
            return said if said in known else otherwise

        return cls(
            state=state or one_of("state", STATES, "open"),
            ground=one_of("ground", Ground.values, ""),
            severity=one_of("severity", Severity.values, ""),
        )

    def flags(self, flags: FlagQuerySet, *, by: User, on: date) -> FlagQuerySet:
        """Those that are late first, then the serious, then the newest."""
        match self.state:
            case "open":
                flags = flags.open()
            case "mine":
                flags = flags.waiting().filter(officer=by)
            case "overdue":
                flags = flags.overdue(on=on)
        if self.ground:
            flags = flags.filter(ground=self.ground)
        if self.severity:
            flags = flags.filter(severity=self.severity)
        is_late = Exists(Flag.objects.overdue(on=on).filter(pk=OuterRef("pk")))
        return flags.annotate(is_late=is_late).order_by("-is_late", "severity", "-raised_at", "-pk")

    @property
    def states(self) -> dict[str, str]:
        """The address of each, with the rest as it is chosen."""
        return {state: replace(self, state=state).address for state in STATES}

    @property
    def grounds(self) -> Iterator[Choice]:
        for value, name in (("", _("both grounds")), *Ground.choices):
            yield Choice(name, replace(self, ground=value).address, self.ground == value)

    @property
    def severities(self) -> Iterator[Choice]:
        names = {"": _("serious and watch"), Severity.SERIOUS: _("serious"), Severity.WATCH: _("watch")}
        for value, name in names.items():
            yield Choice(name, replace(self, severity=value).address, self.severity == value)

    @property
    def address(self) -> str:
        return "?" + urlencode({name: value for name, value in asdict(self).items() if value})


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The latest results of some jobcentres, on every measure and target group that can be flagged.

    results: how many were held against what was expected. too_few: those with too few data to say
    anything of. by_chance: how many of the results would be to watch if nothing were wrong anywhere.
    """

    results: int
    too_few: QuerySet[Result]
    by_chance: float
    false_discovery_rate: float

    @classmethod
    def read(cls, jobcentres: QuerySet[Jobcentre], *, on: date) -> Self:
        """Three queries; the list of those with too few data is asked for when it is shown."""
        rule = RuleParameters.objects.valid(on).first() or FlagRule()
        latest = Comparison.objects.filter(measure__in=Measure.objects.assessable()).newest()
        results = Result.objects.filter(
            comparison__in=list(latest.values_list("pk", flat=True)), jobcentre__in=jobcentres
        )
        is_required = Q(comparison__measure__kind=Measure.Kind.LEGAL_REQUIREMENT)
        is_small = Q(base__lt=F("comparison__measure__least_base"))
        # What the law requires is asked of each by itself: nothing need be expected.
        is_too_few = is_small | (~is_required & Q(p_adjusted=None))
        compared = results.exclude(is_required).exclude(is_too_few).count()
        return cls(
            results=compared,
            too_few=results.filter(is_too_few)
            .select_related("jobcentre", "comparison__measure", "comparison__target_group")
            .order_by("comparison__measure__code", "comparison__target_group__code", "jobcentre__name"),
            by_chance=compared * NormalDist().cdf(-rule.watch_z),
            false_discovery_rate=rule.false_discovery_rate,
        )
