"""The coordination figures: what each is called, what it counts, and of what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.cooperation.rates import Ratio, overlap

Words = str | Promise


@dataclass(frozen=True)
class Numbers:
    """What is counted for a jobcentre, or for several with each thing once, in a period.

    companies: with a workplace there. own, other, either: of these, those with a placement from a
    jobcentre of theirs, from another, from any. `hires` are counted by the dated rules of shared credit.
    """

    companies: int = 0
    contacted: int = 0
    by_several: int = 0
    never: int = 0
    own: int = 0
    other: int = 0
    either: int = 0
    holds: int = 0
    overridden: int = 0
    contacts: int = 0
    against: int = 0
    due: int = 0
    in_time: int = 0
    hires: int = 0
    across: int = 0


@dataclass(frozen=True)
class Figure:
    """A figure with its definition in words, as it stands beside it.

    is_part: the numerator is counted among the denominator, so that the value is a share. names: which
    companies are behind it can be listed for the jobcentre itself.
    """

    name: Words
    says: Words
    numerator: Words
    denominator: Words
    of: Callable[[Numbers], Ratio]
    is_part: bool = True
    lists_companies: bool = True


COMPANIES = _("companies with a workplace there")

COOPERATION = ("eget", "andre", "mindst-et", "begge")
"""Told together or not at all: from three of them the fourth can be worked out."""

FIGURES: dict[str, Figure] = {
    "flere-jobcentre": Figure(
        name=_("Contacted by two or more jobcentres"),
        says=_(
            "Companies that a jobcentre contacted in the period although another had contacted them in the "
            "30 days before. Answers to the company, and its own calls, do not count."
        ),
        numerator=_("contacted by two or more within 30 days"),
        denominator=_("companies contacted"),
        of=lambda count: Ratio(count.by_several, count.contacted),
    ),
    "tilsidesatte-reservationer": Figure(
        name=_("Holds that were overridden"),
        says=_("Holds that began in the period, and those of them that another jobcentre went against."),
        numerator=_("holds overridden"),
        denominator=_("holds"),
        of=lambda count: Ratio(count.overridden, count.holds),
    ),
    "imod-raadet": Figure(
        name=_("Contacts against the other advice"),
        says=_(
            "Contacts made with a reason although the company had asked for a pause, its cap was reached, it "
            "did not want the topic, or another jobcentre had just asked about the same."
        ),
        numerator=_("contacts against the advice"),
        denominator=_("contacts"),
        of=lambda count: Ratio(count.against, count.contacts),
    ),
    "svar-til-tiden": Figure(
        name=_("Answers within the promise"),
        says=_(
            "Enquiries received in the period that have been answered, or should have been by now; and those "
            "answered in time. Without the confidential kinds."
        ),
        numerator=_("answered in time"),
        denominator=_("should have been answered"),
        of=lambda count: Ratio(count.in_time, count.due),
        lists_companies=False,
    ),
    "aldrig-kontaktet": Figure(
        name=_("Never in contact with a jobcentre"),
        says=_("Companies that no jobcentre has ever been in contact with until the end of the period."),
        numerator=_("never in contact"),
        denominator=COMPANIES,
        of=lambda count: Ratio(count.never, count.companies),
    ),
    "kontakter-pr-ansaettelse": Figure(
        name=_("Contacts for each hire"),
        says=_(
            "Contacts the jobcentre made, for each hire of a candidate that counts for it. A hire across a "
            "border counts for both jobcentres and once for several together."
        ),
        numerator=_("contacts"),
        denominator=_("hires"),
        of=lambda count: Ratio(count.contacts, count.hires),
        is_part=False,
        lists_companies=False,
    ),
    "ansaettelser-over-graensen": Figure(
        name=_("Hires across a border"),
        says=_("Hires where the citizen's and the company's jobcentre are not the same."),
        numerator=_("hires across a border"),
        denominator=_("hires"),
        of=lambda count: Ratio(count.across, count.hires),
        lists_companies=False,
    ),
    "eget": Figure(
        name=_("Cooperation with their own jobcentre"),
        says=_(
            "Companies with at least one wage subsidy or work trial in the period from a jobcentre that "
            "answers for a municipality they have a workplace in. The portal's own placements alone are "
            "counted."
        ),
        numerator=_("work with their own"),
        denominator=COMPANIES,
        of=lambda count: Ratio(count.own, count.companies),
    ),
    "andre": Figure(
        name=_("Cooperation with other jobcentres"),
        says=_("The same with any other jobcentre. Which companies they are is between them."),
        numerator=_("work with others"),
        denominator=COMPANIES,
        of=lambda count: Ratio(count.other, count.companies),
        lists_companies=False,
    ),
    "mindst-et": Figure(
        name=_("Cooperation with any jobcentre"),
        says=_("Companies that work with their own jobcentre, with others, or with both; each once."),
        numerator=_("work with at least one"),
        denominator=COMPANIES,
        of=lambda count: Ratio(count.either, count.companies),
        lists_companies=False,
    ),
    "begge": Figure(
        name=_("Cooperation with both"),
        says=_("The overlap: with their own, plus with others, minus with any."),
        numerator=_("work with both"),
        denominator=COMPANIES,
        of=lambda count: Ratio(
            overlap(own=count.own, other=count.other, either=count.either), count.companies
        ),
        lists_companies=False,
    ),
}
"""By the word that stands in addresses, in the order they are shown."""
