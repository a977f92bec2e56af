"""What came of a quarter, counted by a definition that knows nothing of the advice.

A *double contact* is one that a company gets although another jobcentre has contacted it about the same: the
same purpose, the same workplace (or one of the two without), at most 14 days before. It is *avoidable* when
the jobcentre made it of its own accord and the earlier one already stood in the log. What must not wait (an
answer to the company, a running placement, what the law demands) is no fault, and of what nobody has logged
yet nobody could know.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median, quantiles

from employers.contacts.simulation.inventing import CALLED, OWN
from employers.contacts.simulation.playing import Made, Quarter

FORTNIGHT, WEEK = timedelta(days=14), timedelta(days=7)
CROWD = 3
"""So many jobcentres within a week are a company's complaint."""


@dataclass(frozen=True)
class Double:
    """earlier: the newest such contact, or the newest that stood in the log."""

    earlier: Made
    later: Made

    @property
    def may_wait(self) -> bool:
        return self.later.intention.began == OWN

    @property
    def was_known(self) -> bool:
        return self.earlier.logged_at <= self.later.at

    @property
    def is_avoidable(self) -> bool:
        return self.may_wait and self.was_known


@dataclass(frozen=True)
class Figures:
    """delays: of the contacts that were made later than meant, in days.

    beaten: contacts whose plan stood in the common calendar, and that were delayed or not made all the same.
    """

    contacts: int
    companies: int
    doubles: int
    avoidable: int
    must_not_wait: int
    not_logged_yet: int
    crowded: int
    delays: tuple[int, ...]
    late_answers: int
    let_go: int
    beaten: int
    overrides: Counter[str]

    @property
    def usual_delay(self) -> float:
        """In days; 0 when nothing was delayed."""
        return median(self.delays) if self.delays else 0.0

    @property
    def longest_usual_delay(self) -> float:
        """Nine of ten delayed contacts were delayed no longer, in days."""
        if len(self.delays) < 2:
            return self.usual_delay
        return quantiles(self.delays, n=10, method="inclusive")[-1]


def count(quarter: Quarter) -> Figures:
    """The contacts jobcentres made; the companies' own calls are left out."""
    outgoing = [one for one in quarter.made if one.intention.began != CALLED]
    found = list(doubles(outgoing))
    delayed = [one for one in outgoing if one.delay > timedelta(0)]
    gave_way = [*(one.intention for one in delayed), *(one.intention for one in quarter.let_go)]
    return Figures(
        contacts=len(outgoing),
        companies=len({one.intention.company for one in outgoing}),
        doubles=len(found),
        avoidable=sum(one.is_avoidable for one in found),
        must_not_wait=sum(not one.may_wait for one in found),
        not_logged_yet=sum(one.may_wait and not one.was_known for one in found),
        crowded=_crowded(outgoing),
        delays=tuple(one.delay.days for one in delayed),
        late_answers=sum(one.intention.began != OWN for one in delayed),
        let_go=len(quarter.let_go),
        beaten=sum(one.is_written for one in gave_way),
        overrides=Counter(reason.value for one in outgoing for reason in one.overridden),
    )


def doubles(outgoing: Sequence[Made]) -> Iterator[Double]:
    """Each double contact once, with one that was known rather than one that was not."""
    for contacts in _by_company(outgoing).values():
        for later in contacts:
            pairs = [Double(earlier, later) for earlier in contacts if _is_same_matter(earlier, later)]
            if pairs:
                yield max(pairs, key=lambda pair: (pair.was_known, pair.earlier.at))


def _is_same_matter(earlier: Made, later: Made) -> bool:
    one, other = earlier.intention, later.intention
    return (
        one.jobcentre != other.jobcentre
        and one.purpose == other.purpose
        and (one.workplace is None or other.workplace is None or one.workplace == other.workplace)
        and (earlier.at, one.number) < (later.at, other.number)
        and later.at - earlier.at <= FORTNIGHT
    )


def _crowded(outgoing: Sequence[Made]) -> int:
    """Companies that three jobcentres or more contacted within one week, whatever about."""
    return sum(
        any(_jobcentres_in_the_week_of(first, contacts) >= CROWD for first in contacts)
        for contacts in _by_company(outgoing).values()
    )


def _jobcentres_in_the_week_of(first: Made, contacts: Sequence[Made]) -> int:
    return len({one.intention.jobcentre for one in contacts if first.at <= one.at < first.at + WEEK})


def _by_company(outgoing: Sequence[Made]) -> dict[int, list[Made]]:
    companies: defaultdict[int, list[Made]] = defaultdict(list)
    for one in outgoing:
        companies[one.intention.company].append(one)
    return companies
