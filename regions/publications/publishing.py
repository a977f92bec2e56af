"""Publishing an issue: it gets the next number, a named person and a reason, and never changes again.

An issue is the whole country's, so it is published by the national authority. An area office reads the draft;
its own area is a choice on the page of the issue. An issue of an area alone would be a second set of totals
beside the country's, from which a hidden number could be found.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, Role, User
from jobcenter.accounts.workflow import TransitionRefused
from regions.publications.checking import OBSTACLES, obstacles
from regions.publications.models import Publication, State


@transaction.atomic
def publish(
    *,
    publication: Publication,
    by: User,
    organisation: Organisation,
    reason: str,
    at: datetime | None = None,
) -> Publication:
    """Freeze a draft for good.

    Raises TransitionRefused for whoever does not act for the national authority, without a reason, when it is
    published already, and when what it holds is not what stands today: what was checked is what is published.
    """
    if not by.memberships.filter(organisation=organisation, role=Role.NATIONAL).exists():
        raise TransitionRefused(_("The country's comparison is published by the national authority."))
    if not reason.strip():
        raise TransitionRefused(_("Write why the comparison can be published: it stands in the history."))
    publication.refresh_from_db(from_queryset=Publication.objects.select_for_update())
    with connection.cursor() as cursor:
        # Numbers follow each other without a gap, so of two who publish at once the second waits.
        cursor.execute("LOCK TABLE publications_publication IN SHARE ROW EXCLUSIVE MODE")
    if publication.is_draft and (found := obstacles(publication)):
        raise TransitionRefused(" ".join(str(OBSTACLES[obstacle]) for obstacle in found))
    last = Publication.objects.aggregate(last=Max("number"))["last"] or 0
    at = at or timezone.now()
    return publication.move(
        State.PUBLISHED,
        by=by,
        organisation=organisation,
        comment=reason,
        at=at,
        number=last + 1,
        published_at=at,
    )
