"""What happens to a vacancy that is sent or changed: held, published, or waiting for a caseworker."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from employers.companies.models import Company
from employers.vacancies.duplicates import resembling
from employers.vacancies.models import State, Vacancy, Verification
from jobcenter.accounts.models import Membership, Role

COMPARED = 50
"""So many open advertisements of a workplace are looked at: the newest."""


@transaction.atomic
def settle(vacancy: Vacancy, *, email: str) -> Vacancy:
    """Decide what becomes of a vacancy that waits, now that it is sent, changed, or its sender confirmed.

    Words in it that may be unlawful hold it for a caseworker. Without any it is published at once when its
    sender is verified: `email` is the address they have shown to be theirs. Everybody else's waits. While
    people cannot apply any more, or a labour conflict covers the work, nothing is published by itself.
    Once it is published or closed, nothing changes.
    """
    vacancy = Vacancy.objects.select_for_update(of=("self",)).get(pk=vacancy.pk)
    if vacancy.published_at or vacancy.state == State.CLOSED:
        return vacancy
    if vacancy.unlawful_preferences:
        return vacancy if vacancy.state == State.HELD else vacancy.hold()
    if vacancy.state != State.SUBMITTED:
        vacancy.wait()
    if may_publish_itself(vacancy, email=email):
        vacancy.publish(by=None, organisation=vacancy.company.organisation)
    return vacancy


def may_publish_itself(vacancy: Vacancy, *, email: str) -> bool:
    """Whether nobody needs to look at it first."""
    return (
        not vacancy.awaits_confirmation
        and vacancy.apply_by >= timezone.localdate()
        and is_verified(vacancy.company, email=email)
        and not vacancy.conflict()
    )


def is_verified(company: Company, *, email: str) -> bool:
    """Whether whoever has this address speaks for the company: by its own word, or a jobcentre's.

    Its own word is a membership that was confirmed and lets them publish. Two queries.
    """
    if Verification.objects.in_force().filter(company=company, person__email__iexact=email).exists():
        return True
    memberships = Membership.objects.confirmed().filter(
        organisation=company.organisation_id,
        role=Role.EMPLOYER,
        user__email__iexact=email,
        user__is_active=True,
    )
    return company.organisation_id is not None and any(one.may_publish for one in memberships)


def like_it(vacancy: Vacancy) -> list[Vacancy]:
    """Open vacancies of the same workplace that are near-duplicates of it, whoever may see them."""
    others = Vacancy.objects.open().filter(workplace=vacancy.workplace_id).exclude(pk=vacancy.pk)
    newest = others.order_by("-created_at", "-pk")[:COMPARED]
    return [one.other for one in resembling(title=vacancy.title, text=vacancy.text, among=newest)]
