"""Asking to act for a company, and having it confirmed.

A company's first user is confirmed by the jobcentre responsible for it; later ones by the company's own
administrator. Until then they see only what they have sent themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from employers.access import letters
from employers.access.models import AccessRequest, RequestState
from employers.access.notices import COLLEAGUES, FIRST_USERS
from employers.companies.adoption import adopt_company, adopt_workplace
from employers.companies.models import Company
from employers.companies.register import Registered
from jobcenter.accounts.models import Membership, Organisation, Role, Standing, User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.models import Jobcentre
from jobcenter.notifications.kinds import Kind
from jobcenter.notifications.telling import language_of, notify


@dataclass(frozen=True)
class Asked:
    """What somebody types who asks for access. `company` and `postcode` are the register's where it knows."""

    cvr: str
    company: str
    postcode: str
    name: str
    title: str
    email: str
    phone: str


@transaction.atomic
def ask(asked: Asked, *, jobcentre: Jobcentre, language: str) -> None:
    """Keep the request and mail the link that proves the address; asked again at once, nothing is mailed.

    A request of the same address that was not proven gives way to the new one.
    """
    email = asked.email.strip().lower()
    if letters.proof_was_just_sent(email):
        return
    AccessRequest.objects.unproven(email=email).delete()
    request = AccessRequest.objects.create(
        cvr=asked.cvr,
        company_name=asked.company,
        postcode=asked.postcode,
        name=asked.name,
        title=asked.title,
        email=email,
        phone=asked.phone,
        jobcentre=jobcentre,
        language=language,
    )
    letters.send_proof(request)


class LinkRanOut(Exception):
    """The link was not pressed in time; the request is as if it was never made."""


@transaction.atomic
def prove(request: AccessRequest, *, registered: Registered | None, at: datetime) -> Company:
    """The address is theirs: from now on they may sign in, and somebody is to confirm who they are.

    registered: what the register says of the company. Pressed a second time it changes nothing.
    Raises LinkRanOut.
    """
    request = AccessRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.company:
        return request.company
    if request.is_stale(at=at):
        raise LinkRanOut
    company = _company(request, registered)
    organisation = organisation_of(company)
    user = user_of(request.email, name=request.name, title=request.title, phone=request.phone)
    membership, _is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation, defaults={"role": Role.EMPLOYER}
    )
    if membership.confirmed_at or AccessRequest.objects.of_company(company).filter(user=user).exists():
        # They have access, or wait for it already: nothing more is to be decided.
        request.delete()
        return company
    request.move(RequestState.WAITING, by=None, organisation=None, company=company, user=user, proven_at=at)
    _tell_who_decides(request)
    return company


@transaction.atomic
def confirm(request: AccessRequest, *, by: User, organisation: Organisation) -> AccessRequest:
    """They act for the company from now on; the first as its administrator. Raises TransitionRefused."""
    acts_for = Organisation.objects.select_for_update().get(company=request.company)
    is_first = not Membership.objects.administrators().filter(organisation=acts_for).exists()
    request.move(RequestState.CONFIRMED, by=by, organisation=organisation, decided_at=timezone.now())
    membership = Membership.objects.get(user=request.user, organisation=acts_for)
    membership.confirmed_at = timezone.now()
    membership.standing = Standing.ADMINISTRATOR if is_first else Standing.COLLEAGUE
    membership.save()
    letters.send_confirmed(request)
    return request


@transaction.atomic
def refuse(request: AccessRequest, *, by: User, organisation: Organisation, reason: str) -> AccessRequest:
    """They do not act for the company, and are told why. Raises TransitionRefused, also without a reason."""
    if not reason.strip():
        raise TransitionRefused(_("Write why, so that the person can be told."))
    request.move(
        RequestState.REFUSED,
        by=by,
        organisation=organisation,
        comment=reason.strip(),
        decided_at=timezone.now(),
    )
    assert request.company
    Membership.objects.filter(
        user=request.user, organisation=request.company.organisation, confirmed_at=None
    ).delete()
    letters.send_refused(request, reason=reason.strip())
    return request


def forget_stale(*, at: datetime) -> int:
    """Delete requests whose link was never pressed. Returns how many."""
    gone, _of_each_table = AccessRequest.objects.stale(at=at).delete()
    return gone


def organisation_of(company: Company) -> Organisation:
    """Whom the company's people act for; made with the first of them. Needs a transaction."""
    locked = Company.objects.select_for_update(of=("self",)).get(pk=company.pk)
    if not locked.organisation:
        locked.organisation = Organisation.objects.create(kind=Organisation.Kind.COMPANY, name=locked.name)
        locked.save(update_fields=["organisation"])
    company.organisation = locked.organisation
    return locked.organisation


def user_of(email: str, *, name: str = "", title: str = "", phone: str = "") -> User:
    """The person of an address, as we know them; a new one as they were typed."""
    known = User.objects.filter(email__iexact=email).first()
    return known or User.objects.create_user(email, name=name, title=title, phone=phone)


def _company(request: AccessRequest, registered: Registered | None) -> Company:
    """As the register has it, with its main workplace; else the one we know by its number, or a new one."""
    if not registered:
        company, _is_new = Company.objects.get_or_create(
            cvr=request.cvr, defaults={"name": request.company_name}
        )
        return company
    company = adopt_company(registered)
    for workplace in registered.workplaces[:1]:
        adopt_workplace(company, workplace)
    return company


def _tell_who_decides(request: AccessRequest) -> None:
    """The company's administrators, or the managers of the jobcentre for its first user."""
    assert request.company
    administrators = Membership.objects.administrators().filter(
        organisation=request.company.organisation, user__is_active=True
    )
    for membership in administrators.select_related("user"):
        tell(
            membership.user.email,
            COLLEAGUES,
            key=f"request {request.pk}",
            says=lambda: (
                _("%(person)s asks to act for %(company)s")
                % {"person": request.name, "company": request.company},
                _("Confirm or refuse it on your company's page:"),
            ),
            link=reverse("access:colleagues"),
        )
    if not administrators:
        for manager in request.jobcentre.managers():
            tell(
                manager.email,
                FIRST_USERS,
                key=f"request {request.pk}",
                says=lambda: (
                    _("%(person)s asks to act for %(company)s")
                    % {"person": request.name, "company": request.company},
                    _("You are responsible for the company, and confirm its first user:"),
                ),
                link=reverse("desk:first_user", args=[request.pk]),
            )


def tell(to: str, kind: Kind, *, key: str, says: Callable[[], tuple[str, str]], link: str) -> None:
    """A notice in the language its reader last had mail in."""
    language = language_of(to)
    with translation.override(language):
        subject, text = says()
    notify(to=to, kind=kind, key=key, subject=subject[:200], text=text, link=link, language=language)
