"""Publishing a report: it freezes, and its outlook is written where everyone reads it."""

from __future__ import annotations

from django.db import transaction

from jobcenter.accounts.models import Organisation, User
from jobcenter.classifications.models import Outlook
from regions.bottlenecks.models import Report


@transaction.atomic
def publish(*, report: Report, by: User, organisation: Organisation, reason: str) -> Report:
    """Freeze the report with a reason, and replace the area's outlook by it, in one transaction.

    The outlook is the newest published half-year's: publishing an older report afterwards leaves it
    alone, and an occupation that the new report does not name has none any more.
    Raises TransitionRefused without a reason, while lines have not been reviewed, or when the report is
    published already.
    """
    report.mark_published(by=by, organisation=organisation, reason=reason)
    published_at = report.published_at
    assert published_at, "a published report has its time"
    if Report.objects.published().filter(area=report.area_id, ends_on__gt=report.ends_on).exists():
        return report
    outlook = [
        Outlook(
            occupation_id=line.occupation_id,
            area_id=report.area_id,
            category=line.category,
            attempts=line.attempts,
            period=report.period,
            published_at=published_at,
        )
        for line in report.lines.all()
    ]
    Outlook.objects.filter(area=report.area_id).delete()
    Outlook.objects.bulk_create(outlook)
    return report
