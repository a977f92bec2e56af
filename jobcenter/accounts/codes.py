"""Sign-in codes: a code opens only the session that asked for it, and only for ten minutes."""

import re
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from jobcenter.accounts.models import User
from jobcenter.notifications.models import SIGN_IN, Mail

CODE = re.compile(r"^\s*([A-Z]{4}-[A-Z]{4})\s*$", re.MULTILINE)
"""A code as allauth makes it, on a line of its own in the mail."""


def newest_code(user: User) -> str | None:
    """The code last mailed to the person, if it still works; None if none does."""
    since = timezone.now() - timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    mails = Mail.objects.filter(to__iexact=user.email, kind=SIGN_IN, created_at__gt=since)
    newest = mails.order_by("-created_at", "-pk").first()
    found = CODE.search(newest.body) if newest else None
    return found[1] if found else None
