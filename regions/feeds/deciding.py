"""Deciding about a file that waits, on the pages of whichever room it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.scope import StaffRequest
from regions.feeds.forms import DecisionForm
from regions.feeds.receiving import Changed

NO_LONGER = _("There is nothing more to decide: the delivery no longer waits.")

Counted = TypeVar("Counted")
Again = Callable[[DecisionForm], HttpResponse]
"""The page once more, with the form that is not valid."""


def count(
    request: StaffRequest,
    file: Any,
    *,
    needs_reason: bool,
    again: Again,
    let_through: Callable[..., Counted | None],
    said: Callable[[Counted], str],
) -> HttpResponse:
    """Let the file count as it was shown.

    let_through: takes the file, by, shown and reason; None where it no longer waited, and raises Changed
    where it would do something else now. said: what is told of what has counted.
    """
    form = DecisionForm(request.POST, needs_reason=needs_reason)
    if not form.is_valid():
        return again(form)
    try:
        counted = let_through(file, by=request.user, **form.cleaned_data)
    except Changed as changed:
        messages.warning(request, str(changed))
    else:
        if counted is None:
            messages.info(request, NO_LONGER)
        else:
            messages.success(request, said(counted))
    return redirect(file)


def drop(
    request: StaffRequest, file: Any, *, again: Again, put_aside: Callable[..., bool], said: str
) -> HttpResponse:
    """Put the file aside, with a reason. It stays as evidence, and changes nothing.

    put_aside: takes the file, by and reason; False where it no longer waited.
    """
    form = DecisionForm(request.POST, needs_reason=True)
    if not form.is_valid():
        return again(form)
    if put_aside(file, by=request.user, reason=form.cleaned_data["reason"]):
        messages.success(request, said)
    else:
        messages.info(request, NO_LONGER)
    return redirect(file)
