"""Asking to act for a company: proven by mail, confirmed by the jobcentre, telling nothing before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.access import asking
from employers.access.asking import LinkRanOut
from employers.access.models import PROOF_WORKS, AccessRequest, RequestState
from employers.companies.models import Company, RegisterCompany, RegisterWorkplace
from jobcenter.accounts.models import Membership, Standing, User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Mail, Notice
from tests.employers.access.conftest import NIELS
from tests.employers.desk.conftest import KOEGES_MESSAGE, KOEGES_NOTE, contact, enquiry
from tests.queries import assert_same_queries

__all__ = ["contact", "enquiry"]

TYPED = {
    "cvr": "99 00 00 15",
    "company": "Strandmarken",
    "postcode": "4600",
    "name": "Niels Ny",
    "title": "Produktionschef",
    "email": NIELS,
    "phone": "56 00 50 99",
}


@pytest.fixture
def registered(koege):
    """The register knows the company, with its workplace at Køge."""
    Company.objects.update(cvr="99000015")
    known = RegisterCompany.objects.create(
        cvr="99000015", name="Strandmarkens Emballage A/S", address="Tangmosevej 88", postcode="4600"
    )
    RegisterWorkplace.objects.create(
        p_number="1999900001",
        company=known,
        name=known.name,
        address=known.address,
        postcode="4600",
        municipality=koege.municipality,
    )
    return known


class TestAsking:
    def test_the_page_says_the_same_whatever_company_is_named(self, client, contact, enquiry, registered):
        known = client.post(reverse("access:ask"), TYPED)
        other = client.post(
            reverse("access:ask"), {**TYPED, "cvr": "99000023", "email": "anden@firma.example"}
        )

        for page in (known, other):
            assertContains(page, "Se i din mail")
            for secret in ("Mette", KOEGES_NOTE, KOEGES_MESSAGE, "Karim", enquiry.reference):
                assertNotContains(page, secret)

    def test_nothing_is_made_before_the_link_is_pressed(self, client, registered):
        client.post(reverse("access:ask"), TYPED)

        assert not User.objects.filter(email=NIELS).exists()
        assert not Company.objects.exists()
        assert "/adgang/" in Mail.objects.get().body

    def test_an_address_is_mailed_once_in_ten_minutes(self, client, registered):
        client.post(reverse("access:ask"), TYPED)
        client.post(reverse("access:ask"), TYPED)

        assert Mail.objects.count() == 1
        assert AccessRequest.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"cvr": "99000018"}, "cifrene passer ikke sammen"),
            ({"name": ""}, "Skriv dit navn"),
            ({"email": "niels"}, "Skriv en hel e-mailadresse"),
            ({"title": "010190-1234"}, "CPR-nummer"),
            ({"name": "x" * 121}, "120"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, client, registered, wrong, says):
        page = client.post(reverse("access:ask"), {**TYPED, **wrong})

        assertContains(page, says)
        assertContains(page, 'value="56 00 50 99"')
        assert not AccessRequest.objects.exists()

    def test_a_number_the_register_does_not_know_needs_name_and_place(self, client, koege):
        page = client.post(reverse("access:ask"), {**TYPED, "company": "", "postcode": ""})

        assertContains(page, "Registret kender ikke nummeret. Skriv virksomhedens navn")
        assertContains(page, "Skriv arbejdsstedets postnummer")
        page = client.post(reverse("access:ask"), {**TYPED, "postcode": "9999"})
        assertContains(page, "Det postnummer findes ikke")
        client.post(reverse("access:ask"), TYPED)
        assert AccessRequest.objects.get().jobcentre == koege.jobcentre

    def test_a_ceased_company_has_no_users(self, client, registered):
        RegisterCompany.objects.update(is_active=False)

        assertContains(client.post(reverse("access:ask"), TYPED), "er ophørt")


class TestProving:
    def test_looking_at_the_link_does_nothing(self, client, asked):
        assertContains(client.get(asked.link), "Var det dig, der bad om adgang?")

        assert AccessRequest.objects.get().state == RequestState.UNPROVEN

    def test_pressing_it_opens_sign_in_and_nothing_of_the_company(self, client, asked, contact, enquiry):
        client.post(asked.link)

        user = User.objects.get(email=NIELS)
        membership = user.memberships.get()
        assert (membership.confirmed_at, membership.standing) == (None, Standing.COLLEAGUE)
        client.force_login(user)
        page = client.get(reverse("desk:my_company"))
        assertContains(page, "har endnu ikke bekræftet")
        for secret in (enquiry.reference, "Mette Bruun", "Karim Holst", KOEGES_NOTE):
            assertNotContains(page, secret)
        for name in ("desk:who_contacted_us", "desk:preferences", "access:colleagues"):
            assert client.get(reverse(name)).status_code == 403

    def test_pressed_twice_it_is_one_request(self, client, asked):
        client.post(asked.link)
        client.post(asked.link)

        assert AccessRequest.objects.get().state == RequestState.WAITING
        assertContains(client.get(asked.link), "venter på at blive bekræftet")

    def test_an_altered_link_opens_nothing(self, client, asked):
        assert client.post(asked.link[:-2] + "x/").status_code == 404
        assert AccessRequest.objects.get().state == RequestState.UNPROVEN

    def test_it_works_for_three_days(self, client, asked):
        later = timezone.now() + PROOF_WORKS + timedelta(minutes=1)
        with pytest.raises(LinkRanOut):
            asking.prove(asked, registered=None, at=later)
        AccessRequest.objects.update(asked_at=timezone.now() - PROOF_WORKS - timedelta(minutes=1))

        answer = client.post(asked.link)

        assertContains(answer, "Linket er udløbet", status_code=410)
        assert asking.forget_stale(at=timezone.now()) == 1
        assert not User.objects.filter(email=NIELS).exists()

    def test_a_caseworker_who_is_named_keeps_their_own_page(self, client, company, koege):
        asking.ask(
            asking.Asked(company.cvr, company.name, "4600", "Karim", "x", koege.caseworker.email, "1"),
            jobcentre=koege.jobcentre,
            language="da",
        )
        asking.prove(AccessRequest.objects.get(), registered=None, at=timezone.now())
        client.force_login(koege.caseworker)

        assertRedirects(client.get("/konto/"), reverse("desk:my_day"))
        koege.caseworker.refresh_from_db()
        assert koege.caseworker.name == "Karim Holst"

    def test_the_managers_of_the_jobcentre_are_told(self, waiting, koege):
        notice = Notice.objects.get()

        assert notice.recipient.email == koege.manager.email
        assert notice.subject == "Niels Ny beder om at handle for Strandmarkens Emballage A/S"


class TestTheJobcentre:
    @pytest.fixture
    def page(self, client, koege, waiting):
        client.force_login(koege.caseworker)
        return reverse("desk:first_user", args=[waiting.pk])

    def test_it_is_on_my_day_in_the_menu_and_on_the_list(self, client, page):
        for address in (reverse("desk:my_day"), reverse("desk:first_users")):
            assertContains(client.get(address), page)

    def test_what_is_known_is_shown(self, client, page, company, make_enquiry):
        assertContains(client.get(page), "Andre fra virksomheden, som vi kender, har også adresser på")
        me = company.people.create(name="Niels Ny", email=NIELS)
        sent = make_enquiry(person=me)

        shown = client.get(page)

        assertContains(shown, f"Vi kender allerede {NIELS}")
        assertContains(shown, sent.reference)

    def test_a_stranger_s_address_is_warned_of(self, client, page):
        AccessRequest.objects.update(email="niels@et-andet-sted.example")

        assertContains(client.get(page), "Ring til virksomheden på et nummer, du selv finder")

    def test_confirming_opens_everything_and_makes_the_administrator(self, client, page, waiting):
        assertRedirects(client.post(page, {"confirm": "1"}), reverse("desk:first_users"))

        membership = Membership.objects.get(user__email=NIELS)
        assert membership.is_administrator
        assert Mail.objects.get(kind="access_confirmed").to == NIELS
        client.force_login(membership.user)
        assertContains(client.get(reverse("desk:who_contacted_us")), "Hvem har kontaktet")

    def test_refusing_needs_a_reason_which_the_person_is_told(self, client, page, waiting):
        assertContains(client.post(page, {"refuse": "1", "reason": " "}), "Skriv hvorfor")
        assert AccessRequest.objects.get().state == RequestState.WAITING

        client.post(page, {"refuse": "1", "reason": "Virksomheden kender dig ikke."})

        assert "Virksomheden kender dig ikke." in Mail.objects.get(kind="access_refused").body
        assert not Membership.objects.filter(user__email=NIELS).exists()

    def test_the_second_of_two_who_decide_is_told(self, waiting, koege):
        mine, theirs = AccessRequest.objects.get(), AccessRequest.objects.get()
        decided = {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}
        asking.confirm(mine, **decided)

        with pytest.raises(TransitionRefused):
            asking.refuse(theirs, reason="Nej", **decided)
        assert Membership.objects.get(user__email=NIELS).confirmed_at

    def test_another_jobcentre_sees_nothing_of_it(self, client, waiting, roskilde):
        client.force_login(roskilde.caseworker)

        assert client.get(reverse("desk:first_user", args=[waiting.pk])).status_code == 404
        assertNotContains(client.get(reverse("desk:first_users")), "Niels")

    def test_a_company_with_an_administrator_confirms_its_own(self, client, employer, waiting, koege):
        client.force_login(koege.caseworker)
        assertNotContains(client.get(reverse("desk:first_users")), "Niels")
        assert client.post(reverse("desk:first_user", args=[waiting.pk]), {"confirm": "1"}).status_code == 404
        client.force_login(employer)
        assertContains(client.get(reverse("access:colleagues")), "Niels Ny")

        client.post(reverse("access:decide", args=[waiting.pk]), {"confirm": "1"})

        membership = Membership.objects.get(user__email=NIELS)
        assert membership.confirmed_at
        assert membership.standing == Standing.COLLEAGUE


@pytest.mark.django_db
def test_the_database_refuses_a_proven_request_of_nobody(asked):
    with pytest.raises(IntegrityError, match="proven_has_time"), transaction.atomic():
        AccessRequest.objects.update(proven_at=timezone.now())


def test_the_list_asks_as_often_for_three_as_for_one(client, koege, company):
    client.force_login(koege.caseworker)
    numbers = iter(range(10))

    def add_one():
        number = next(numbers)
        email = f"nr{number}@strandmarken.example"
        asking.ask(
            asking.Asked(company.cvr, company.name, "4600", f"Nr {number}", "x", email, "1"),
            jobcentre=koege.jobcentre,
            language="da",
        )
        asking.prove(AccessRequest.objects.get(email=email), registered=None, at=timezone.now())

    assert_same_queries(open_page=lambda: client.get(reverse("desk:first_users")), add_row=add_one)
