"""Dividing companies among jobcentres. Pure: what is known of each company in, one jobcentre for each out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """What decides who gets a company."""

    RESPONSIBILITY = "responsibility"
    LEAD = "lead"
    EVENLY = "evenly"


@dataclass(frozen=True)
class Known:
    """A company that is to be divided. Jobcentres are known by their numbers.

    seen_by: those that may see it. responsible: the one that answers for its largest workplace among them.
    lead: the one that leads it.
    """

    company: int
    seen_by: frozenset[int]
    responsible: int | None = None
    lead: int | None = None


def divide(companies: Sequence[Known], partners: Collection[int], *, by: By) -> dict[int, int]:
    """One partner for each company, or none where no partner may see it: such a company is left out.

    A company goes to the one that leads it, or else is responsible for it, where that is asked for and is a
    partner; all others go to whoever has fewest, so that nobody has more than they must. Evenly: all do, and
    of two who have equally few the responsible one gets it. In the order the companies come in.
    """
    divided: dict[int, int] = {}
    load: Counter[int] = Counter()
    left = []
    for known in companies:
        seeing = known.seen_by & frozenset(partners)
        chosen = next((one for one in _wanted(known, by=by) if one in seeing), None)
        if chosen is None:
            left.append((known, seeing))
        else:
            divided[known.company] = chosen
            load[chosen] += 1
    # Those that fewest may see first: they have least to choose among.
    for known, seeing in sorted(left, key=lambda one: len(one[1])):
        if seeing:
            chosen = min(seeing, key=lambda one: (load[one], one != known.responsible, one))
            divided[known.company] = chosen
            load[chosen] += 1
    return divided


def parts(divided: Mapping[int, int], partners: Collection[int]) -> dict[int, int]:
    """How many each partner has, also those that have none."""
    counted = Counter(divided.values())
    return {partner: counted[partner] for partner in partners}


def _wanted(known: Known, *, by: By) -> list[int | None]:
    match by:
        case By.RESPONSIBILITY:
            return [known.responsible]
        case By.LEAD:
            return [known.lead, known.responsible]
        case By.EVENLY:
            return []
