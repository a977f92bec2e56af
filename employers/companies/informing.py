"""Telling people that somebody else has registered them here, the first time it happens.

Source: the data protection regulation, article 14: whoever did not give the data is told by whom and what
for, where the data come from and what rights there are, at the latest at the first contact. Whoever writes
to us is told on the form and in the receipt (article 13).
"""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from employers.companies.models import Person
from jobcenter.centres.models import Jobcentre
from jobcenter.notifications import outbox

KIND = "information"


def inform(person: Person, *, jobcentre: Jobcentre) -> None:
    """Promise the mail to a person who is new here.

    Whoever has no address is told by the caseworker, when they are spoken to.
    """
    if not person.email:
        return
    body = render_to_string(
        "employers/companies/mail/information.txt",
        {
            "person": person,
            "jobcentre": jobcentre,
            "address": settings.PUBLIC_URL + reverse("pages:data"),
        },
    )
    outbox.put(
        to=person.email,
        subject=_("%(jobcentre)s has registered you as a contact person") % {"jobcentre": jobcentre.name},
        body=body.strip() + "\n",
        language=(get_language() or "da")[:2],
        kind=KIND,
    )
