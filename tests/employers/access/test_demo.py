"""The demonstration shows every page about access with somebody on it."""

import random

from django.utils import timezone

from employers.access.demo import load
from employers.access.models import AccessRequest, Invitation
from employers.companies.models import Company
from employers.contacts.preferences import preferences_of
from jobcenter.accounts.models import Membership
from jobcenter.centres.demo import EMPLOYER
from jobcenter.runtime.demo import SEED, Demo


def test_a_colleague_an_invitation_wishes_and_a_first_user_who_waits(company, employer, koege):
    employer.email = EMPLOYER.email
    employer.save()
    other = Company.objects.create(cvr="99000027", name="Vallø Mosteri ApS")
    other.workplaces.create(address="Slotsvej 1", postcode="4600", municipality=koege.municipality)

    load(Demo(today=timezone.localdate(), now=timezone.now(), random=random.Random(SEED)))

    assert Membership.objects.confirmed().filter(organisation=company.organisation).count() == 2
    assert Invitation.objects.open().get().company == company
    assert preferences_of(company).most_contacts == 3
    assert AccessRequest.objects.to_confirm(koege.jobcentre).get().company == other
