"""What a file of register figures would change, in words, for the page that asks whether it is to count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality
from jobcenter.pages import words
from regions.bottlenecks.models import Report, StockDelivery
from regions.bottlenecks.monitoring.seeing import COUNTED
from regions.bottlenecks.registers.changes import Change, Difference, Jump
from regions.measures.periods import parse


@dataclass(frozen=True)
class ToldCell:
    """A number now, and what it was where that was another. Withheld is “*”."""

    now: str
    was: str = ""


@dataclass(frozen=True)
class ToldChange:
    """cells: in the order of NUMBERS; none where the line goes."""

    occupation: str
    municipality: str
    period: str
    cells: Sequence[ToldCell]


@dataclass(frozen=True)
class ToldJump:
    occupation: str
    municipality: str
    period: str
    number: str | Promise
    before: str
    after: str
    known_of: str


@dataclass(frozen=True)
class Told:
    """published: half-years of which reports are published, and stay as they are."""

    changes: Sequence[ToldChange]
    jumps: Sequence[ToldJump]
    published: Sequence[str]


def tell(found: Difference) -> Told:
    """Everything a difference is about by its name, in the reader's language. Three queries."""
    named: list[Change | Jump] = [*found.changes, *found.jumps]
    occupations = {
        one.code: one.title for one in Occupation.objects.filter(code__in={one.occupation for one in named})
    }
    places = dict(
        Municipality.objects.filter(code__in={one.municipality for one in named}).values_list("code", "name")
    )

    def where(one: Change | Jump) -> dict[str, str]:
        return {
            "occupation": occupations.get(one.occupation, one.occupation),
            "municipality": places.get(one.municipality, one.municipality),
            "period": _in_words(one.period),
        }

    published = (
        Report.objects.published()
        .filter(period__in=[part.period for part in found.parts])
        .order_by("period")
        .values_list("period", flat=True)
        .distinct()
    )
    return Told(
        changes=[ToldChange(**where(one), cells=_cells(one)) for one in found.changes],
        jumps=[
            ToldJump(
                **where(one),
                number=COUNTED[one.number][0],
                before=_number(one.before),
                after=_number(one.after),
                known_of=_in_words(one.known_of),
            )
            for one in found.jumps
        ],
        published=[_in_words(period) for period in published],
    )


def already_there(*, digest: str, lines: int) -> str:
    """What is said of a file that changes nothing: the same one again, or another with the same figures."""
    earlier = StockDelivery.objects.counted().filter(digest=digest).first()
    if earlier is None:
        return ngettext(
            "The file changes nothing: its %(count)s line is there already.",
            "The file changes nothing: all its %(count)s lines are there already.",
            lines,
        ) % {"count": lines}
    received = timezone.localtime(earlier.received_at)
    return _("This file was received already, %(when)s, and all its figures are there.") % {
        "when": words.day_time(received, today=timezone.localdate(), language=_language())
    }


def _cells(change: Change) -> list[ToldCell]:
    if change.after is None:
        return []
    return [
        ToldCell(_number(now), "" if now == was else _number(was))
        for was, now in zip(change.before, change.after, strict=True)
    ]


def _number(persons: int | None) -> str:
    return "*" if persons is None else words.number(persons, language=_language())


def _in_words(period: str) -> str:
    return parse(period).in_words(language=_language())


def _language() -> str:
    return get_language() or "da"
