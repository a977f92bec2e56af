"""Telling the holder of a hold that somebody has gone on against it."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from employers.contacts.models import Override
from employers.contacts.notices import OVERRIDDEN
from jobcenter.notifications.telling import language_of, notify


def tell_holder(override: Override) -> None:
    """In the transaction of the contact: who contacted the company, about what, and the reason given."""
    hold, contact = override.hold, override.contact
    if hold is None:
        return
    language = language_of(hold.by.email)
    with translation.override(language):
        told = {
            "jobcentre": contact.jobcentre,
            "company": contact.company,
            "by": contact.by,
            "purpose": contact.get_purposes_display(),
            "reason": override.reason,
        }
        notify(
            to=hold.by.email,
            kind=OVERRIDDEN,
            key=f"override {override.pk}",
            subject=_("%(jobcentre)s has contacted %(company)s, which you hold") % told,
            text=_(
                "%(by)s, %(jobcentre)s, has contacted %(company)s about %(purpose)s although you hold the "
                "company. The reason given: %(reason)s"
            )
            % told,
            link=contact.company.get_absolute_url(),
            language=language,
        )
