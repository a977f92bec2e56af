from celery import shared_task

from jobcenter.geography import finding
from jobcenter.geography.models import CatchmentVersion


@shared_task(name="geography.find_catchments")
def find_catchments() -> None:
    """A rule, and a municipality, begin and end on a day: the night finds what that changes, if anything."""
    finding.find_catchments(cause=CatchmentVersion.Cause.REFERENCE)
