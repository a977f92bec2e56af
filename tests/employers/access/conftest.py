"""Somebody who asks for access, and colleagues of the company."""

from __future__ import annotations

import pytest
from django.utils import timezone

from employers.access import asking
from employers.access.asking import Asked
from employers.access.models import AccessRequest
from jobcenter.accounts.models import Membership, Role, Standing
from tests.conftest import make_user

NIELS = "niels.ny@strandmarken.example"


@pytest.fixture
def asked(company, koege):
    """Niels has asked for access to the company; the mail with the link is in the outbox."""
    asking.ask(
        Asked(
            cvr=company.cvr,
            company=company.name,
            postcode="4600",
            name="Niels Ny",
            title="Produktionschef",
            email=NIELS,
            phone="56 00 50 99",
        ),
        jobcentre=koege.jobcentre,
        language="da",
    )
    return AccessRequest.objects.get()


@pytest.fixture
def waiting(asked):
    """And has pressed the link."""
    asking.prove(asked, registered=None, at=timezone.now())
    asked.refresh_from_db()
    return asked


@pytest.fixture
def colleague(employer, company):
    """An ordinary colleague of the administrator Mette."""
    user = make_user("Karen Kollega", company.organisation, Role.EMPLOYER)
    Membership.objects.filter(user=user).update(standing=Standing.COLLEAGUE)
    return user
