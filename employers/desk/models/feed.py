"""A private address at which a calendar program reads somebody's own plans."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def in_use(self) -> Self:
        return self.filter(revoked_at=None)

    def of(self, user: User, jobcentre: Jobcentre) -> CalendarFeed | None:
        return self.in_use().filter(user=user, jobcentre=jobcentre).first()

    def by_token(self, token: str) -> Self:
        """The one whose secret it is, while it is in use and its owner still works in the jobcentre."""
        works_there = Q(user__memberships__organisation=F("jobcentre__organisation"))
        return self.in_use().filter(works_there, token_hash=hashed(token), user__is_active=True).distinct()

    @transaction.atomic
    def renew(self, user: User, jobcentre: Jobcentre, *, at: datetime) -> str:
        """A new secret, told once; the one before leads nowhere from now on."""
        token = secrets.token_urlsafe(32)
        self.revoke(user, jobcentre, at=at)
        self.create(user=user, jobcentre=jobcentre, token_hash=hashed(token), made_at=at)
        return token

    def revoke(self, user: User, jobcentre: Jobcentre, *, at: datetime) -> None:
        self.in_use().filter(user=user, jobcentre=jobcentre).update(revoked_at=at)


class CalendarFeed(models.Model):
    """Somebody's calendar address in a jobcentre. Only a digest of the secret is kept, so it is told once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("person"))
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="+", verbose_name=_("jobcentre")
    )
    token_hash = models.CharField(_("digest of the secret"), max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="calendarfeed_one_in_use_for_a_person",
                fields=["user", "jobcentre"],
                condition=Q(revoked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.made_at:%d-%m-%Y}"


def hashed(token: str) -> str:
    """256 random bits need no salt and no slow hash: nobody can try them all."""
    return sha256(token.encode()).hexdigest()
