"""Colleagues: invited, taken back, accepted once, and a company is never without an administrator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.access import colleagues
from employers.access.colleagues import LastAdministrator
from employers.access.models import INVITATION_WORKS, AccessRequest, Invitation, InvitationState, RequestState
from employers.companies.models import Company
from jobcenter.accounts.models import Membership, Organisation, Role, Standing, User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Mail, Notice
from tests.conftest import make_user
from tests.employers.access.conftest import NIELS
from tests.queries import assert_same_queries
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

ADDRESS = "/min-virksomhed/kolleger/"
BENTE = "bente.ny@strandmarken.example"


@pytest.fixture
def invite(company, employer):
    def invite(email=BENTE, standing=Standing.RECRUITER, at=None):
        return colleagues.invite(
            company=company,
            email=email,
            standing=standing,
            by=employer,
            language="da",
            at=at or timezone.now(),
        )

    return invite


@pytest.fixture
def page(client, employer):
    client.force_login(employer)
    return lambda: client.get(ADDRESS)


@pytest.fixture
def strangers(koege):
    """Another company with an administrator of its own."""
    organisation = Organisation.objects.create(kind=Organisation.Kind.COMPANY, name="Vallø Mosteri ApS")
    Company.objects.create(cvr="99000027", name=organisation.name, organisation=organisation)
    return make_user("Hans Holm", organisation, Role.EMPLOYER)


class TestInviting:
    def test_an_administrator_invites_by_mail(self, client, page):
        answer = client.post(ADDRESS, {"email": BENTE.upper(), "standing": "recruiter"})

        assertRedirects(answer, ADDRESS)
        assertContains(page(), BENTE)
        mail = Mail.objects.get()
        assert mail.to == BENTE
        assert Invitation.objects.get().link in mail.body

    def test_a_colleague_without_that_right_neither_invites_nor_changes(
        self, client, colleague, employer, invite
    ):
        invitation = invite()
        theirs = employer.memberships.get()
        client.force_login(colleague)

        shown = client.get(ADDRESS)
        assertContains(shown, "Mette Bruun")
        assertNotContains(shown, "Send invitationen")
        for name, pk in (("revoke", invitation.pk), ("remove", theirs.pk), ("colleague", theirs.pk)):
            assert (
                client.post(reverse(f"access:{name}", args=[pk]), {"standing": "colleague"}).status_code
                == 403
            )
        assert client.post(ADDRESS, {"email": "x@y.example", "standing": "administrator"}).status_code == 403
        assert Invitation.objects.get().state == InvitationState.SENT

    @pytest.mark.parametrize(
        ("email", "says"),
        [
            ("", "Skriv din kollegas e-mail"),
            ("bente", "Skriv en hel e-mailadresse"),
            ("mette.bruun@example.dk", "har allerede adgang"),
        ],
    )
    def test_what_is_wrong_is_said_at_the_field(self, client, page, email, says):
        assertContains(client.post(ADDRESS, {"email": email, "standing": "colleague"}), says)
        assert not Invitation.objects.exists()

    def test_an_address_has_one_open_invitation(self, invite):
        invite()

        with pytest.raises(ValidationError, match="åben invitation"):
            invite()

    def test_one_that_ran_out_gives_way(self, invite):
        old = invite(at=timezone.now() - INVITATION_WORKS - timedelta(hours=1))
        new = invite()

        old.refresh_from_db()
        assert (old.state, new.state) == (InvitationState.REVOKED, InvitationState.SENT)

    def test_the_database_refuses_a_second_open_one(self, invite, company, employer):
        first = invite()

        with pytest.raises(IntegrityError, match="invitation_open_once"), transaction.atomic():
            Invitation.objects.create(
                company=company, email=BENTE, invited_by=employer, expires_at=first.expires_at
            )


class TestAccepting:
    def test_by_a_button_and_with_the_standing_of_the_invitation(self, client, invite, employer):
        invitation = invite()
        assertContains(client.get(invitation.link), "Sig ja til invitationen")
        assert not User.objects.filter(email=BENTE).exists()

        client.post(invitation.link)

        membership = Membership.objects.get(user__email=BENTE)
        assert membership.may_publish
        assert not membership.is_administrator
        assert Notice.objects.get().recipient.email == employer.email

    def test_only_once(self, client, invite):
        invitation = invite()
        client.post(invitation.link)
        Membership.objects.filter(user__email=BENTE).delete()

        answer = client.post(invitation.link)

        assertContains(answer, "Invitationen virker ikke længere", status_code=410)
        assert not Membership.objects.filter(user__email=BENTE).exists()

    def test_not_when_it_is_taken_back(self, client, page, invite):
        invitation = invite()
        client.post(reverse("access:revoke", args=[invitation.pk]))

        assertContains(client.get(invitation.link), "trukket tilbage", status_code=410)
        assert client.post(invitation.link).status_code == 410
        assert not User.objects.filter(email=BENTE).exists()

    def test_not_after_two_weeks(self, client, invite):
        invitation = invite(at=timezone.now() - INVITATION_WORKS - timedelta(minutes=1))

        assertContains(client.post(invitation.link), "virkede i to uger", status_code=410)
        with pytest.raises(TransitionRefused, match="udløbet"):
            colleagues.accept(invitation, at=timezone.now())
        assert not User.objects.filter(email=BENTE).exists()

    def test_not_by_an_altered_link(self, client, invite):
        assert client.post(invite().link[:-2] + "x/").status_code == 404
        assert not User.objects.filter(email=BENTE).exists()

    def test_it_confirms_whoever_waited(self, employer, waiting, invite):
        invitation = invite(email=NIELS)

        colleagues.accept(invitation, at=timezone.now())

        assert Membership.objects.get(user__email=NIELS).confirmed_at
        assert AccessRequest.objects.get().state == RequestState.CONFIRMED

    def test_somebody_of_two_companies_keeps_both(self, invite, strangers):
        colleagues.accept(invite(email=strangers.email), at=timezone.now())

        assert strangers.memberships.count() == 2


class TestAnotherCompany:
    def test_sees_and_touches_nothing(self, client, invite, colleague, strangers, waiting):
        invitation = invite()
        theirs = colleague.memberships.get()
        client.force_login(strangers)

        shown = client.get(ADDRESS)
        for secret in (BENTE, "Mette Bruun", "Karen Kollega", "Niels"):
            assertNotContains(shown, secret)
        addresses = {
            reverse("access:revoke", args=[invitation.pk]): {},
            reverse("access:colleague", args=[theirs.pk]): {"standing": "administrator"},
            reverse("access:remove", args=[theirs.pk]): {},
            reverse("access:decide", args=[waiting.pk]): {"confirm": "1"},
        }
        for address, data in addresses.items():
            assert client.post(address, data).status_code == 404, address
        theirs.refresh_from_db()
        assert theirs.standing == Standing.COLLEAGUE


class TestLeaving:
    def test_a_colleague_leaves_and_sees_nothing_more(self, client, colleague):
        client.force_login(colleague)

        assertRedirects(client.post(reverse("access:leave")), "/")

        assert client.get(ADDRESS).status_code == 403

    def test_the_last_administrator_can_neither_leave_nor_step_down(self, client, employer, colleague):
        own = employer.memberships.get()
        client.force_login(employer)

        assertContains(client.post(reverse("access:leave")), "skal have en administrator")
        for change in (
            lambda: colleagues.leave(own),
            lambda: colleagues.change_standing(own, to="colleague"),
        ):
            with pytest.raises(LastAdministrator):
                change()
        assert employer.memberships.get().is_administrator

    def test_with_another_administrator_one_can(self, client, employer, colleague):
        theirs = colleague.memberships.get()
        client.force_login(employer)
        client.post(reverse("access:colleague", args=[theirs.pk]), {"standing": "administrator"})

        client.post(reverse("access:leave"))

        assert not employer.memberships.exists()

    def test_an_administrator_who_cannot_sign_in_does_not_count(self, employer, colleague):
        colleagues.change_standing(colleague.memberships.get(), to="administrator")
        User.objects.filter(pk=colleague.pk).update(is_active=False)

        with pytest.raises(LastAdministrator):
            colleagues.leave(employer.memberships.get())

    def test_an_administrator_removes_a_colleague(self, client, page, colleague):
        page()
        client.post(reverse("access:remove", args=[colleague.memberships.get().pk]))

        assertNotContains(client.get(ADDRESS), colleague.email)


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_leave_at_once_one_stays(employer, colleague):
    theirs = colleagues.change_standing(colleague.memberships.get(), to="administrator")
    own = employer.memberships.get()
    with transaction.atomic():
        colleagues.leave(own)
        other = Beside(lambda: colleagues.leave(theirs))
        wait_until_somebody_is_locked_out()

    with pytest.raises(LastAdministrator):
        other.outcome()
    assert Membership.objects.administrators().count() == 1


def test_the_page_asks_as_often_for_three_colleagues_as_for_one(page, company, invite):
    numbers = iter(range(10))

    def add_one_of_each():
        number = next(numbers)
        make_user(f"Kollega {number}", company.organisation, Role.EMPLOYER)
        invite(email=f"nr{number}@strandmarken.example")

    assert_same_queries(open_page=page, add_row=add_one_of_each)


@pytest.mark.django_db
def test_only_people_of_companies_have_a_standing(koege):
    with pytest.raises(IntegrityError, match="standing_for_employers_only"), transaction.atomic():
        Membership.objects.filter(user=koege.caseworker).update(standing=Standing.ADMINISTRATOR)
