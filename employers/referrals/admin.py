"""Candidates and referrals to be looked at: what is done with them is done on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from employers.referrals.models import CreditRule


@admin.register(CreditRule)
class CreditRuleAdmin(admin.ModelAdmin):
    """Candidates and referrals are not here: only the jobcentres that own them open them."""

    list_display = ("counts_for", "valid_from", "valid_to", "reason")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
