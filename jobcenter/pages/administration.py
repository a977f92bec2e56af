"""What administration pages of several rooms share: who may do nothing to a row, and how a list is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString


class NeitherMadeNorDeleted(BaseModelAdmin):
    """Rows that come about elsewhere, and stay."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ToBeRead(NeitherMadeNorDeleted):
    """Rows that are changed elsewhere too: on their page, in their file, or never."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def lines(told: Iterable[str]) -> SafeString:
    """Each on a line of its own, escaped."""
    return format_html_join("", "<div>{}</div>", ((line,) for line in told))
