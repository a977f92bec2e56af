"""What a role may do in the administration pages follows from the role, and from nothing stored."""

import pytest

from jobcenter.accounts.models import Membership, Role

REVIEW = "bottlenecks.change_report"
OTHERS = "accounts.change_user"


def test_an_area_officer_reviews_reports_and_nothing_else(sjaelland):
    assert sjaelland.officer.has_perm(REVIEW)
    assert sjaelland.officer.has_module_perms("bottlenecks")
    assert not sjaelland.officer.has_perm(OTHERS)
    assert not sjaelland.officer.has_module_perms("accounts")


@pytest.mark.parametrize("field", ["is_staff", "is_active"])
def test_a_role_gives_nothing_to_a_person_who_is_shut_out(sjaelland, field):
    setattr(sjaelland.officer, field, False)

    assert not sjaelland.officer.has_perm(REVIEW)


def test_a_role_gives_nothing_after_the_membership_has_ended(sjaelland):
    Membership.objects.filter(user=sjaelland.officer).delete()

    assert not sjaelland.officer.has_perm(REVIEW)


def test_other_staff_may_do_nothing_there(koege, national, employer):
    for person in (koege.caseworker, koege.manager, national, employer):
        person.is_staff = True
        assert not person.has_perm(REVIEW), person


def test_the_administrator_may_do_everything(administrator):
    assert administrator.has_perm(REVIEW)
    assert administrator.has_perm(OTHERS)


def test_every_permission_that_is_given_exists(db):
    from django.contrib.auth.models import Permission

    from jobcenter.accounts.permissions import ALLOWED

    known = {
        f"{label}.{name}"
        for label, name in Permission.objects.values_list("content_type__app_label", "codename")
    }
    for role, permissions in ALLOWED.items():
        assert permissions <= known, role
        assert role in Role.values
