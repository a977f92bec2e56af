"""What belongs to a quarter: of each measure and target group the latest comparison that ends in it.

Not what the law requires: that is the same for all, and is held against no expectation.
"""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from regions.comparison.models import Comparison
from regions.measures.models import Measure
from regions.measures.periods import Period


def chosen(quarter: Period) -> QuerySet[Comparison]:
    """Of a monthly measure that is the quarter's last month with figures; of a measure told both for the
    quarter and for the four that end with it, the four, which rest on more. What ended earlier stands in its
    own quarter's publication.
    """
    of_quarter = Comparison.objects.filter(
        ends_on__range=(quarter.starts_on, quarter.ends_on), compared__gt=0
    ).exclude(measure__kind=Measure.Kind.LEGAL_REQUIREMENT)
    of_the_same = of_quarter.filter(measure=OuterRef("measure"), target_group=OuterRef("target_group"))
    latest = of_the_same.order_by("-ends_on", "starts_on", "-pk").values("pk")[:1]
    return of_quarter.filter(pk=Subquery(latest)).order_by("pk")
