"""A search of vacancies that somebody wants to hear from by e-mail, without an account."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Self

from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LINK = signing.Signer(salt="saved_searches.link")

CONFIRMED_WITHIN = timedelta(days=7)
"""A search whose link is not pressed by then is forgotten."""
RUNS_FOR = timedelta(days=180)
"""So long a search runs; each mail has a link that lets it run as long again."""
KEPT_AFTER = timedelta(days=30)
"""So long after it was stopped or ran out a search is forgotten."""


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def by_link(self, token: str) -> Self:
        """The one that a link leads to; none if the link was altered."""
        try:
            return self.filter(pk=LINK.unsign_object(token))
        except signing.BadSignature:
            return self.none()

    def running(self, *, on: date) -> Self:
        return self.filter(confirmed_at__isnull=False, stopped_at=None, runs_until__gte=on)

    def to_look_into(self, *, on: date) -> Self:
        """Those that nobody has looked into that day."""
        return self.running(on=on).filter(Q(looked_on=None) | Q(looked_on__lt=on)).order_by("pk")

    def stale(self, *, at: datetime) -> Self:
        """Those to be forgotten: never confirmed, stopped a while ago, or run out a while ago."""
        never = Q(confirmed_at=None, asked_at__lt=at - CONFIRMED_WITHIN)
        stopped = Q(stopped_at__lt=at - KEPT_AFTER)
        ran_out = Q(runs_until__lt=timezone.localdate(at) - KEPT_AFTER)
        return self.filter(never | stopped | ran_out)


class SavedSearch(models.Model):
    """The query of a search as it stands in its address, and the e-mail that new vacancies are told to.

    Nothing is sent before the link in a mail has shown that the address is theirs.
    """

    email = models.EmailField(_("e-mail"))
    query = models.CharField(_("search"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=2, default="da")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    runs_until = models.DateField(_("runs until"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    looked_at = models.DateTimeField(_("told of what was published until"), null=True, blank=True)
    looked_on = models.DateField(_("last looked into"), null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["pk"]
        indexes = [
            models.Index(
                name="savedsearch_to_look_into",
                fields=["looked_on"],
                condition=Q(confirmed_at__isnull=False, stopped_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="savedsearch_email_in_small_letters", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="savedsearch_confirmed_runs_until_a_day",
                condition=Q(confirmed_at=None, runs_until=None, looked_at=None)
                | Q(confirmed_at__isnull=False, runs_until__isnull=False, looked_at__isnull=False),
                violation_error_message=_(
                    "A confirmed search runs until a day, and tells of what comes after."
                ),
            ),
            models.UniqueConstraint(
                name="savedsearch_once_for_an_address",
                fields=["email", "query"],
                condition=Q(stopped_at=None),
                violation_error_message=_("This search is saved for this address already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.query}"

    @property
    def link(self) -> str:
        return reverse("saved_searches:saved", args=[LINK.sign_object(self.pk)])

    @property
    def address(self) -> str:
        """The search itself, as anyone may open it."""
        found = reverse("vacancies:search")
        return f"{found}?{self.query}" if self.query else found

    def is_running(self, *, on: date) -> bool:
        return bool(self.confirmed_at and not self.stopped_at and self.runs_until and self.runs_until >= on)
