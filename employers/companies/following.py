"""Where a company, a workplace or a person is now: itself, or the one it was merged into."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.http import Http404

from employers.companies.models import Company, CompanyQuerySet, Former

Followed = TypeVar("Followed", bound=models.Model)


def now(row: Followed) -> Followed:
    """The row as it is now, or the one it was merged into. Raises DoesNotExist for one that was deleted."""
    rows = type(row)._base_manager
    return rows.filter(pk=row.pk).first() or rows.get(pk=_now_of(row))


def locked(company: Company) -> Company:
    """The company, or the one it was merged into, which nobody merges before the transaction ends.

    Whoever writes something for a company by its row, and not by a number, locks it so first: what is
    written while two are merged is then the survivor's.
    """
    rows = Company.objects.select_for_update()
    return rows.filter(pk=company.pk).first() or rows.get(pk=_now_of(company))


def company_or_404(visible: CompanyQuerySet, pk: int) -> Company:
    """The company of an address, among those one may see; of an old address, the one it is now."""
    found = visible.filter(pk=pk).first()
    if found is None:
        former = Former.objects.filter(kind=Former.Kind.COMPANY, gone=pk).first()
        found = visible.filter(pk=former.now).first() if former else None
    if found is None:
        raise Http404
    return found


def _now_of(row: models.Model) -> int:
    """The primary key of the one it was merged into; 0, which nothing has, if it was not."""
    kind = Former.Kind(type(row)._meta.model_name or "")
    former = Former.objects.filter(kind=kind, gone=row.pk).first()
    return former.now if former else 0
