"""What an agreement in force lets its partners see of each other, as a condition on rows of other rooms."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from jobcenter.centres.models import Agreement, Jobcentre
from jobcenter.classifications.models import Industry

NOTHING = Q(pk__in=[])


def agreements_sharing(what: str, *, jobcentre: Jobcentre, on: date) -> list[Agreement]:
    """Those in force in which the jobcentre is a partner and `what` is shared, the oldest first."""
    found = Agreement.objects.in_force(on).of(jobcentre).sharing(what)
    return list(found.with_scope().order_by("valid_from", "pk"))


def shared_rows(what: str, *, jobcentre: Jobcentre, on: date, industry: str = "", occupation: str = "") -> Q:
    """The partners' rows that agreements let the jobcentre see. The row says whose it is in `jobcentre`.

    industry, occupation: the way from a row to its own, where it has one. Four queries at most.
    """
    found = NOTHING
    for agreement in agreements_sharing(what, jobcentre=jobcentre, on=on):
        found |= rows_within(agreement, jobcentre=jobcentre, industry=industry, occupation=occupation)
    return found


def rows_within(agreement: Agreement, *, jobcentre: Jobcentre, industry: str = "", occupation: str = "") -> Q:
    """The same for one agreement."""
    partners = [one.jobcentre_id for one in agreement.partners.all() if one.jobcentre_id != jobcentre.pk]
    return Q(jobcentre__in=partners) & agreement.covers(industry=industry, occupation=occupation)


def shared_candidates(*, jobcentre: Jobcentre, industry: Industry | None, on: date) -> Q:
    """The partners' candidates that may be put forward where the work is in an industry.

    A candidate has an occupation and no industry, so the industry is that of the company with the vacancy.
    """
    found = NOTHING
    for agreement in agreements_sharing(Agreement.Shared.CANDIDATES, jobcentre=jobcentre, on=on):
        if agreement.is_about(industry):
            found |= rows_within(agreement, jobcentre=jobcentre, occupation="occupation")
    return found
