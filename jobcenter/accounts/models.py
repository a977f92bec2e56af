"""People, the organisations they act for, and in which role."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person without rights; no password means that only a mailed code lets them in."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do follows from their membership, not from themselves."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the administration pages"), default=False)
    is_demonstration = models.BooleanField(_("invented, for demonstration"), default=False, editable=False)
    date_joined = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


class Organisation(models.Model):
    """Whoever people act for: a company, a jobcentre, an area office, or the whole country's authority."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        JOBCENTRE = "jobcentre", _("jobcentre")
        AREA = "area", _("area office")
        NATIONAL = "national", _("national authority")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    EMPLOYER = "employer", _("employer")
    CASEWORKER = "caseworker", _("caseworker")
    MANAGER = "manager", _("jobcentre manager")
    AREA_OFFICER = "area_officer", _("area officer")
    NATIONAL = "national", _("national officer")


ROLES_OF: dict[str, tuple[str, ...]] = {
    Organisation.Kind.COMPANY: (Role.EMPLOYER,),
    Organisation.Kind.JOBCENTRE: (Role.CASEWORKER, Role.MANAGER),
    Organisation.Kind.AREA: (Role.AREA_OFFICER,),
    Organisation.Kind.NATIONAL: (Role.NATIONAL,),
}
"""Which roles each kind of organisation has."""


class Standing(models.TextChoices):
    """What somebody who acts for a company may do there, beside seeing all of it and writing to us."""

    ADMINISTRATOR = "administrator", _("administrator")
    RECRUITER = "recruiter", _("recruiter")
    COLLEAGUE = "colleague", _("colleague")


def _role_fits_organisation() -> str:
    allowed = " OR ".join(
        f"(kind = '{kind}' AND NEW.role IN ({', '.join(repr(str(role)) for role in roles)}))"
        for kind, roles in ((str(kind), roles) for kind, roles in ROLES_OF.items())
    )
    return f"""
        IF NOT EXISTS (
            SELECT 1 FROM accounts_organisation WHERE id = NEW.organisation_id AND ({allowed})
        ) THEN
            RAISE EXCEPTION 'the role % does not belong to this kind of organisation', NEW.role
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """


class MembershipQuerySet(models.QuerySet["Membership"]):
    def confirmed(self) -> Self:
        return self.exclude(confirmed_at=None)

    def administrators(self) -> Self:
        """Those who may invite colleagues to a company."""
        return self.confirmed().filter(standing=Standing.ADMINISTRATOR, user__is_active=True)


@pghistory.track()
class Membership(models.Model):
    """The role in which a person acts for an organisation. `standing` is for people of companies."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=14, choices=Role)
    standing = models.CharField(_("standing"), max_length=14, choices=Standing, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once_per_organisation"),
            models.CheckConstraint(
                name="membership_standing_for_employers_only",
                condition=Q(role=Role.EMPLOYER) & ~Q(standing="") | ~Q(role=Role.EMPLOYER) & Q(standing=""),
                violation_error_message=_("People of companies have a standing, others none."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="role_fits_organisation",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_role_fits_organisation(),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"

    def save(self, **options: Any) -> None:
        """Somebody of a company is an ordinary colleague until told otherwise."""
        if self.role == Role.EMPLOYER and not self.standing:
            self.standing = Standing.COLLEAGUE
        super().save(**options)

    @property
    def is_administrator(self) -> bool:
        """May invite colleagues to the company, and change what it wishes of the jobcentres."""
        return bool(self.confirmed_at) and self.standing == Standing.ADMINISTRATOR

    @property
    def may_publish(self) -> bool:
        """May publish the company's vacancies."""
        return bool(self.confirmed_at) and self.standing in (Standing.ADMINISTRATOR, Standing.RECRUITER)

    def clean(self) -> None:
        """Raises ValidationError for a role that this kind of organisation does not have."""
        if self.organisation_id and self.role and self.role not in ROLES_OF[self.organisation.kind]:
            raise ValidationError({"role": _("This kind of organisation does not have that role.")})


class SecondFactorReset(models.Model):
    """That somebody's lost second factor was reset: by whom, and how they knew who was asking."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="second_factor_resets")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("reset of a second factor")
        verbose_name_plural = _("resets of second factors")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="second_factor_reset_by_somebody_else",
                condition=~Q(user=models.F("by")),
                violation_error_message=_("Nobody resets their own second factor."),
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.user}, {self.at:%d-%m-%Y}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    def of(self, owner: Organisation) -> Self:
        """Of what the organisation keeps, the newest first."""
        return self.filter(owner=owner).select_related("by", "organisation").order_by("-at", "-pk")

    def by_others(self) -> Self:
        """By whoever does not act for the owner, like the holder of a mailed link."""
        return self.exclude(organisation=models.F("owner"), organisation__isnull=False)


class Reading(models.Model):
    """That somebody has read about a citizen, or a note of a contact. Nothing of what they read.

    `kind` and `key` name the row that was read, which may be gone since. `by` is nobody where a mailed link
    was opened, and `organisation` then whom it was sent to. Only retention deletes, when the time is over.
    """

    class Where(models.TextChoices):
        PAGE = "page", _("on its own page")
        LIST = "list", _("in a list")
        MATCHING = "matching", _("among those that fit a vacancy")
        TIMELINE = "timeline", _("on a company's page")
        SEARCH = "search", _("in a search")
        FILE = "file", _("in a file")
        LINK = "link", _("by a mailed link")

    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("acting for")
    )
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="readings", verbose_name=_("whose")
    )
    kind = models.CharField(_("kind"), max_length=60)
    key = models.BigIntegerField(_("key"))
    where = models.CharField(_("where"), max_length=8, choices=Where)
    page = models.CharField(_("page"), max_length=80)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        indexes = [
            models.Index(name="reading_of_an_owner", fields=["owner", "-at"]),
            models.Index(name="reading_of_a_row", fields=["kind", "key"]),
            models.Index(name="reading_when", fields=["at"]),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}, {self.at:%d-%m-%Y}"
