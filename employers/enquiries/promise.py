"""Who answers an employer and by when, and how well that promise has been kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from employers.enquiries.clock import answer_due
from employers.enquiries.kinds import offered
from employers.enquiries.models import CONFIDENTIAL, AnswerTime, Enquiry, Kind, State
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre, JobcentreQuerySet
from jobcenter.centres.routing import Ground, responsible
from jobcenter.geography.models import Municipality

NAMED_NEIGHBOURS = 5
YEAR = timedelta(days=365)
ENOUGH = 20
"""Fewer enquiries than this say nothing about how well a promise is kept, and are told as they are."""


@dataclass(frozen=True)
class Promise:
    """What an employer can count on for a workplace in a municipality, if they send it now.

    is_by_municipality: False where it falls to the default owner's jobcentre.
    neighbours: the names of the other municipalities of the labour catchment, told as people tell them.
    """

    jobcentre: Jobcentre
    municipality: Municipality
    due_at: datetime
    working_days: int
    neighbours: str
    is_by_municipality: bool
    has_spoken: bool = False


def promise_for(
    municipality: Municipality, *, kind: str, at: datetime, by: Jobcentre | None = None
) -> Promise:
    """by: the jobcentre that answers wherever the workplace is, since it has spoken with the company.

    Raises NobodyAnswers when no jobcentre answers for the municipality.
    """
    today = timezone.localdate(at)
    found = responsible(municipality=municipality, on=today)
    jobcentre = by or found.jobcentre
    days = working_days(jobcentre=jobcentre, kind=kind, on=today)
    return Promise(
        jobcentre=jobcentre,
        municipality=municipality,
        due_at=answer_due(at, days),
        working_days=days,
        neighbours=neighbours_of(municipality),
        is_by_municipality=found.ground == Ground.MUNICIPALITY and jobcentre == found.jobcentre,
        has_spoken=by is not None,
    )


def working_days(*, jobcentre: Jobcentre, kind: str, on: date) -> int:
    """How many working days the jobcentre promises for a kind on a date. One query."""
    return AnswerTime.objects.promised(jobcentre=jobcentre, on=on)[kind]


def neighbours_of(municipality: Municipality) -> str:
    """“Solrød, Greve, Stevns, Faxe og Roskilde”: the nearest that share the labour, and how many more.

    Empty without neighbours. One query.
    """
    itself = Municipality.objects.filter(pk=municipality.pk)
    sharing = Municipality.objects.in_catchment_of(itself).exclude(pk=municipality.pk)
    names = list(sharing.nearest_to(municipality).values_list("name", flat=True))
    more = len(names) - NAMED_NEIGHBOURS
    parts = names[:NAMED_NEIGHBOURS]
    if more > 0:
        parts.append(ngettext("%(number)d other", "%(number)d others", more) % {"number": more})
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


@dataclass(frozen=True)
class Kept:
    """How many enquiries should have had their answer by now, and how many had it in time."""

    due: int
    in_time: int

    @property
    def is_enough(self) -> bool:
        return self.due >= ENOUGH

    @property
    def share(self) -> float | None:
        return self.in_time / self.due if self.due else None

    @property
    def of_hundred(self) -> int:
        """In time out of a hundred, rounded down, so that 100 means every one."""
        return 100 * self.in_time // self.due if self.due else 0

    @property
    def whole_percent(self) -> float:
        """The share rounded down to whole per cent."""
        return self.of_hundred / 100


def kept(*, at: datetime) -> Kept:
    """The promise of all jobcentres, over the enquiries received in the year before. One query."""
    return Kept(**_received_in_the_year(at).aggregate(**_numbers(at)))


def kept_by_jobcentre(*, at: datetime) -> dict[int, Kept]:
    """The same for each jobcentre that has received any; without the confidential kinds. One query.

    Whoever subtracted the kinds from a total that held them would learn that somebody has asked.
    """
    received = (
        _received_in_the_year(at)
        .exclude(kind__in=CONFIDENTIAL)
        .order_by()
        .values("jobcentre")
        .annotate(**_numbers(at))
    )
    rows = received.values_list("jobcentre", "due", "in_time")  # type: ignore[misc]
    return {jobcentre: Kept(due=due, in_time=in_time) for jobcentre, due, in_time in rows}


def kept_between(
    jobcentres: JobcentreQuerySet, *, since: datetime, until: datetime, at: datetime
) -> Iterable[Mapping[str, Any]]:
    """The same of some jobcentres, of enquiries received from `since` until before `until`. One query.

    Rows of `jobcentre`, `due` and `in_time`; without the confidential kinds.
    """
    received = Enquiry.objects.filter(jobcentre__in=jobcentres, received_at__gte=since, received_at__lt=until)
    return received.exclude(kind__in=CONFIDENTIAL).order_by().values("jobcentre").annotate(**_numbers(at))


def kept_by_kind(*, at: datetime, jobcentre: Jobcentre | None = None) -> dict[str, Kept | None]:
    """The same for each kind, of the whole country or of one jobcentre. One query.

    None: of a confidential kind, not even that somebody has asked is told where few have.
    """
    received = _received_in_the_year(at)
    if jobcentre:
        received = received.filter(jobcentre=jobcentre)
    rows = received.order_by().values("kind").annotate(**_numbers(at)).values_list("kind", "due", "in_time")  # type: ignore[misc]
    found = {kind: Kept(due=due, in_time=in_time) for kind, due, in_time in rows}
    told: dict[str, Kept | None] = {kind: found.get(kind, Kept(0, 0)) for kind in Kind.values}
    return {
        kind: None if kind in CONFIDENTIAL and kept and not kept.is_enough else kept
        for kind, kept in told.items()
    }


def promised_days(*, at: datetime) -> tuple[int, int] | None:
    """The fewest and the most working days that any jobcentre promises for anything; None without any."""
    spans = promised_spans(on=timezone.localdate(at)).values()
    return (min(least for least, _most in spans), max(most for _least, most in spans)) if spans else None


def promised_spans(*, on: date) -> dict[int, tuple[int, int]]:
    """The fewest and the most working days that each jobcentre promises for any kind. Three queries."""
    set_ = AnswerTime.objects.in_force(on)
    kinds = offered(on=on)
    spans = {}
    for pk, usual in Jobcentre.objects.valid(on).values_list("pk", "answers_within"):
        days = [set_.get((pk, kind), usual) for kind in kinds]
        spans[pk] = (min(days), max(days))
    return spans


@transaction.atomic
def promise(
    *, jobcentre: Jobcentre, kind: str, working_days: int | None, valid_from: date, by: User
) -> AnswerTime:
    """Promise another answer time from a day on; None: as everything else. A second one of a day replaces it.

    What was promised an employer before is not moved.
    """
    row, _is_new = AnswerTime.objects.update_or_create(
        jobcentre=jobcentre,
        kind=kind,
        valid_from=valid_from,
        defaults={"working_days": working_days, "set_by": by, "set_at": timezone.now()},
    )
    return row


def _received_in_the_year(at: datetime) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(received_at__gt=at - YEAR, received_at__lte=at)


def _numbers(at: datetime) -> dict[str, Count]:
    """An enquiry counts once it is answered, or once its time is over.

    One that was closed before its time without an answer (the employer withdrew it) does not count.
    """
    in_time = Q(answered_at__lte=F("answer_due_at"))
    withdrawn = Q(answered_at=None, state=State.CLOSED, closed_at__lte=F("answer_due_at"))
    late = (Q(answered_at__gt=F("answer_due_at")) | Q(answered_at=None, answer_due_at__lt=at)) & ~withdrawn
    return {"due": Count("pk", filter=in_time | late), "in_time": Count("pk", filter=in_time)}
