"""How a company wants to be contacted: kept through every import, and never lost between two who save."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.companies.adoption import adopt_company
from employers.companies.models import Company
from employers.companies.register import Registered
from employers.contacts.models import Contact, Preferences, Purpose
from employers.contacts.preferences import change, preferences_of, wishes
from jobcenter.accounts.models import Membership, Role, Standing
from jobcenter.pages.meanwhile import ChangedMeanwhile
from tests.conftest import make_user

ADDRESS = "/min-virksomhed/kontaktoensker/"


@pytest.fixture
def save(company, employer):
    def save(seen=0, **values):
        return change(company=company, values=values, seen=seen, by=employer)

    return save


@pytest.fixture
def page(client, employer):
    client.force_login(employer)
    return lambda: client.get(ADDRESS)


def said(company):
    return [wish.text for wish in wishes(preferences_of(company), at=timezone.now())]


class TestTheForm:
    def test_what_is_chosen_is_kept_and_read_by_a_caseworker(self, client, page, company, koege):
        mette = company.people.get()
        page()

        answer = client.post(
            ADDRESS,
            {
                "most_contacts": "2",
                "channel": "email",
                "person": mette.pk,
                "paused_until": (timezone.localdate() + timedelta(days=9)).isoformat(),
                "unwanted": ["work_trial", "upskilling"],
                "version": "0",
            },
        )

        assertRedirects(answer, ADDRESS)
        client.force_login(koege.caseworker)
        shown = client.get(company.get_absolute_url())
        for text in ("Ingen kontakt før", "Højst 2 kontakter på 4 uger", "Helst via e-mail til Mette Bruun"):
            assertContains(shown, text)
        assertContains(shown, "Ikke om: virksomhedspraktik, opkvalificering")

    def test_everything_may_be_empty(self, client, page, company):
        page()
        client.post(ADDRESS, {"version": "0"})

        assert said(company) == []
        assert Preferences.objects.get().version == 1

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ({"paused_until": "2020-01-01"}, "Den dag er allerede kommet"),
            ({"paused_until": "2099-01-01"}, "En pause varer højst et år"),
            ({"paused_until": "i morgen"}, "Skriv en dato, der findes"),
            ({"most_contacts": "21"}, "21"),
            ({"unwanted": ["vejret"]}, "vejret"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_kept(self, client, page, typed, says):
        page()

        assertContains(client.post(ADDRESS, {"version": "0", "channel": "phone", **typed}), says)
        assert not Preferences.objects.exists()

    def test_a_person_of_another_company_cannot_be_chosen(self, client, page, save):
        other = Company.objects.create(cvr="99000027", name="Vallø Mosteri ApS")
        stranger = other.people.create(name="Frida Fremmed", email="frida@mosteri.example")
        page()

        assert client.post(ADDRESS, {"version": "0", "person": stranger.pk}).status_code == 200
        assert not Preferences.objects.exists()
        with pytest.raises(ValidationError):
            save(person=stranger)

    def test_the_second_of_two_sees_both_texts_and_may_save_once_more(self, client, page, save, company):
        page()
        save(most_contacts=1, channel="phone")
        typed = {"version": "0", "most_contacts": "4", "channel": "phone", "unwanted": ["work_trial"]}

        shown = client.post(ADDRESS, typed)

        assertContains(shown, "En kollega har ændret det imens")
        assertContains(shown, "<td>1</td><td>4</td>")
        assertContains(shown, "<td>ingen</td><td>Virksomhedspraktik</td>")
        assert preferences_of(company).most_contacts == 1
        client.post(ADDRESS, {**typed, "version": "1"})
        assert preferences_of(company).most_contacts == 4

    def test_a_colleague_reads_them_and_cannot_change_them(self, client, company, employer, save):
        save(most_contacts=3)
        user = make_user("Karen Kollega", company.organisation, Role.EMPLOYER)
        Membership.objects.filter(user=user).update(standing=Standing.RECRUITER)
        client.force_login(user)

        shown = client.get(ADDRESS)
        assertContains(shown, "<dd>3</dd>")
        assertNotContains(shown, "Gem kontaktønsker")
        assert client.post(ADDRESS, {"version": "1"}).status_code == 403


class TestKeeping:
    def test_they_survive_an_import_of_the_register(self, company, save):
        save(most_contacts=2)

        adopt_company(
            Registered(
                cvr=company.cvr,
                name="Strandmarken Emballage & Papir A/S",
                address="Ny vej 1",
                postcode="4600",
                town="Køge",
                industry=None,
                employees="100–199",
                is_active=True,
                advertising_protected=False,
                workplaces=(),
            )
        )

        assert preferences_of(company).most_contacts == 2

    def test_an_old_form_never_overwrites_a_newer_one(self, save):
        save(most_contacts=2)

        with pytest.raises(ChangedMeanwhile) as refusal:
            save(seen=0, most_contacts=9)
        assert refusal.value.now.most_contacts == 2

    def test_every_version_is_in_the_history(self, save):
        save(most_contacts=2)
        save(seen=1, most_contacts=5)

        history = Preferences.events.rel.related_model.objects.order_by("pgh_id")
        assert [row.most_contacts for row in history] == [2, 5]

    @pytest.mark.parametrize(
        ("wrong", "constraint"),
        [
            ({"most_contacts": 0}, "contacts_1_to_20"),
            ({"unwanted": ["vejret"]}, "topics_are_known"),
            ({"channel": "brev"}, "channel_is_known"),
        ],
    )
    def test_the_database_refuses_nonsense(self, company, wrong, constraint):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Preferences.objects.create(company=company, **wrong)


class TestWishes:
    def test_contacts_are_counted_over_four_weeks_and_calls_of_the_company_are_not(
        self, company, save, make_contact
    ):
        save(most_contacts=2)
        now = timezone.now()
        make_contact(happened_at=now - timedelta(days=27))
        make_contact(happened_at=now - timedelta(days=29))
        make_contact(direction=Contact.Direction.IN)

        (wish,) = wishes(preferences_of(company), at=now)
        assert (wish.text, wish.is_broken) == ("Højst 2 kontakter på 4 uger; der har været 1", False)
        make_contact(happened_at=now - timedelta(hours=2))
        assert wishes(preferences_of(company), at=now)[0].is_broken

    def test_a_pause_is_over_on_its_day(self, company, save):
        today = timezone.localdate()
        save(paused_until=today + timedelta(days=1))
        assert len(said(company)) == 1
        Preferences.objects.update(paused_until=today)

        assert said(company) == []

    def test_what_forbids_a_contact_comes_first(self, company, save):
        save(unwanted=[Purpose.OTHER], paused_until=timezone.localdate() + timedelta(days=3))

        assert said(company)[0].startswith("Ingen kontakt før")

    def test_nobody_sees_those_of_another_company(self, client, save, koege):
        save(unwanted=[Purpose.RETENTION])
        other = Company.objects.create(cvr="99000027", name="Vallø Mosteri ApS")
        other.workplaces.create(address="Slotsvej 1", postcode="4600", municipality=koege.municipality)
        client.force_login(koege.caseworker)

        assertNotContains(client.get(reverse("desk:company", args=[other.pk])), "Ikke om")
