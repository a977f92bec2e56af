"""The demonstration of the ground floor and the register. Each room tries its own on top of it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from stdnum.dk import cvr

from employers.companies import demo as companies
from employers.companies.models import Company, Person, RegisterCompany, RegisterWorkplace
from jobcenter.accounts.models import Membership, Role, User
from jobcenter.centres import demo as people
from jobcenter.centres.models import DefaultOwner, Jobcentre
from jobcenter.geography.models import Postcode
from jobcenter.runtime import demo
from jobcenter.runtime.demo import address_of, in_an_address, rooms

pytestmark = pytest.mark.django_db


@pytest.fixture
def denmark(db):
    call_command("load_reference_data", "geography", "classifications", "centres")


@pytest.fixture
def invented(denmark, monkeypatch):
    """The demonstration of jobcentres and companies, without the later rooms'."""
    monkeypatch.setattr(demo, "rooms", lambda: [people.load, companies.load])
    return demo.invent()


def test_every_jobcentre_has_an_invented_caseworker_who_can_be_named_and_reached(invented):
    assert Jobcentre.objects.count() == 95
    for jobcentre in Jobcentre.objects.all():
        (caseworker,) = jobcentre.staff()
        assert " " in caseworker.name
        assert caseworker.title
        assert caseworker.phone
        assert caseworker.email.endswith(".example")
        assert jobcentre.email.endswith(".example")
        assert jobcentre.managers().count() == 1


def test_everybody_is_marked_as_invented_and_nobody_has_anothers_name_or_telephone(invented):
    users = User.objects.all()

    assert not users.filter(is_demonstration=False).exists()
    assert len({user.name for user in users}) == len(users)
    assert len({user.phone for user in users}) == len(users)


def test_the_people_one_can_sign_in_as_have_their_places(invented):
    def place(person):
        return Membership.objects.get(user__email=person.email)

    assert (place(people.CASEWORKER).organisation.name, place(people.CASEWORKER).role) == (
        "Jobcenter Køge",
        Role.CASEWORKER,
    )
    assert place(people.NEIGHBOUR).organisation.name == "Jobcenter Roskilde"
    assert (place(people.MANAGER).organisation.name, place(people.MANAGER).role) == (
        "Jobcenter Slagelse",
        Role.MANAGER,
    )
    assert place(people.AREA_OFFICER).organisation.name == "Område Sjælland"
    assert place(people.EMPLOYER).organisation.company.name == "Strandmarkens Emballage A/S"
    assert place(people.EMPLOYER).confirmed_at
    assert User.objects.get(is_superuser=True).email == people.ADMINISTRATOR.email
    assert place(people.NATIONAL_OFFICER).role == Role.NATIONAL
    for person in (people.AREA_OFFICER, people.NATIONAL_OFFICER):
        assert User.objects.get(email=person.email).is_staff


def test_only_the_staff_one_can_sign_in_as_have_a_password_and_only_its_hash_is_kept(invented):
    with_password = {user.email for user in User.objects.all() if user.has_usable_password()}

    assert with_password == {person.email for person in people.STAFF}
    assert people.EMPLOYER.email not in with_password
    for person in people.STAFF:
        user = User.objects.get(email=person.email)
        assert user.check_password(people.PASSWORD)
        assert people.PASSWORD not in user.password
    assert len(people.PASSWORD) > 15


def test_the_sign_ins_that_are_told_name_everybody_once_and_the_password_where_there_is_one(invented):
    for (_who, how), person in zip(people.SIGN_INS, (people.EMPLOYER, *people.STAFF), strict=True):
        user = User.objects.get(email=person.email)
        assert person.email in how
        assert (people.PASSWORD in how) == user.has_usable_password()


def test_there_is_a_default_owner_at_every_moment(invented):
    owner = DefaultOwner.objects.get()

    assert owner.user in owner.jobcentre.managers()
    assert owner.valid_to is None


def test_the_register_is_fictional_down_to_its_numbers(invented):
    assert RegisterCompany.objects.count() >= 60
    for company in RegisterCompany.objects.all():
        assert cvr.is_valid(company.cvr)
        assert company.cvr.startswith("99")
        assert company.industry
    assert not RegisterWorkplace.objects.exclude(p_number__startswith="1999").exists()


def test_the_register_has_real_places_and_every_kind_of_company(invented):
    for workplace in RegisterWorkplace.objects.select_related("municipality"):
        postcode = Postcode.objects.get(code=workplace.postcode)
        assert workplace.municipality in postcode.municipalities.all()
    municipalities = {
        company.cvr: {place.municipality_id for place in company.workplaces.all()}
        for company in RegisterCompany.objects.prefetch_related("workplaces")
    }
    assert sum(len(places) > 1 for places in municipalities.values()) >= 5
    assert RegisterCompany.objects.filter(is_active=False).count() >= 1
    assert RegisterCompany.objects.filter(advertising_protected=True).count() >= 1


def test_the_companies_that_are_known_have_workplaces_and_somebody_to_talk_to(invented):
    assert Company.objects.count() == companies.KNOWN >= 25
    for company in Company.objects.all():
        assert company.workplaces.exists()
        assert company.people.exists()
        assert company.from_register
    assert not Person.objects.exclude(email__endswith=".example").exists()
    assert {"Anne Toft", "Lars Fink"} == {
        *Company.objects.get(name="Bøgevang Byggeelementer A/S").people.values_list("name", flat=True)
    }


def test_the_same_seed_invents_the_same_people(denmark, monkeypatch):
    monkeypatch.setattr(demo, "rooms", lambda: [people.load, companies.load])
    names = []
    for _time in range(2):
        demo.invent()
        names.append(list(User.objects.order_by("email").values_list("email", "name", "title")))
        for model in (DefaultOwner, Person):
            model.objects.all().delete()
        Company.objects.update(organisation=None)
        User.objects.all().delete()
        for company in Company.objects.all():
            company.workplaces.all().delete()
            company.delete()

    assert names[0] == names[1]


def test_the_command_tells_what_was_made_in_one_line(denmark, monkeypatch):
    monkeypatch.setattr(demo, "rooms", lambda: [people.load, companies.load])
    said = StringIO()

    call_command("demo", stdout=said)

    assert said.getvalue() == (
        "Demonstration data: 197 people in 95 jobcentres and 5 area offices; "
        "62 companies in the register, 28 of them known.\n"
    )


def test_a_database_with_somebody_in_it_is_left_alone(denmark, administrator):
    with pytest.raises(CommandError, match="into an empty one only"):
        call_command("demo")

    assert User.objects.get() == administrator


def test_without_jobcentres_it_says_what_to_do_first(monkeypatch):
    monkeypatch.setattr(demo, "rooms", lambda: [people.load])

    with pytest.raises(CommandError, match="load_reference_data"):
        call_command("demo")


def test_a_room_that_fails_takes_the_others_with_it(denmark, monkeypatch):
    def fail(world):
        raise RuntimeError("the cellar is flooded")

    monkeypatch.setattr(demo, "rooms", lambda: [people.load, companies.load, fail])

    with pytest.raises(RuntimeError):
        demo.invent()

    assert not User.objects.exists()
    assert not RegisterCompany.objects.exists()


def test_the_rooms_are_found_and_carried_out_in_their_order():
    found = rooms()

    assert found.index(people.load) < found.index(companies.load)


def test_names_become_addresses_that_nobody_has():
    assert in_an_address("Høje-Taastrup") == "hoeje-taastrup"
    assert address_of("Åse Østerby", "Jobcenter Ærø") == "aase.oesterby@jobcenter-aeroe.example"
