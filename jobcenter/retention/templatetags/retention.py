"""`{% kept_for %}`: what is kept and how long, as the rules of today say it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from jobcenter.retention.kinds import kinds
from jobcenter.retention.models import Rule

register = template.Library()


@register.inclusion_tag("jobcenter/retention/kept_for.html")
def kept_for() -> dict[str, Any]:
    rules = {rule.kind: rule for rule in Rule.objects.valid(timezone.localdate())}
    language = get_language() or "da"
    return {
        "rows": [
            {"name": kind.name, "days": rules[kind.code].days, "reason": rules[kind.code].reason(language)}
            for kind in kinds()
            if kind.code in rules
        ]
    }
