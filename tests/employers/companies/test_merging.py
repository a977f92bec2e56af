"""Two companies, or two people, made one: all of it, or nothing, and back again."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.utils import timezone

from employers.companies.adoption import adopt_company
from employers.companies.journal import Exactly
from employers.companies.merging import MergeRefused, differences, look, merge, undo
from employers.companies.models import Company, Former, Merge, Person, Workplace
from employers.companies.registered import Registered
from employers.companies.relations import relations_to, rules
from employers.contacts.models import Contact, FollowUp, Lead, Preferences, Purpose
from employers.contacts.recording import record
from employers.enquiries.models import Enquiry
from employers.vacancies.models import Verification
from jobcenter.accounts.models import Organisation, Role
from tests.conftest import make_user

WHY = "De har ringet og sagt det"


@pytest.fixture
def double(koege):
    """The same company once more, typed in by hand by its German owner."""
    made = Company.objects.create(country="DE", foreign_number="HRB 12345", name="Strandmarkens Emballage")
    Workplace.objects.create(
        company=made, address="Tangmosevej 90", postcode="4600", municipality=koege.municipality
    )
    Person.objects.create(
        company=made, name="Mette B.", email="mette.bruun@strandmarken.example", phone="56 00"
    )
    Person.objects.create(company=made, name="Jens Lager", phone="20 00 00 01")
    return made


@pytest.fixture
def by_koege(koege):
    return {"by": koege.caseworker, "jobcentre": koege.jobcentre, "why": WHY}


def everything():
    """Every row of every table that a merge may touch, as it is written."""
    touched = {each.model for kind in (Company, Workplace, Person) for each in relations_to(kind)}
    touched = (touched | {Company, Workplace, Person, Former}) - {Merge}
    return {
        one._meta.label: serialize("json", one._base_manager.order_by("pk"), cls=Exactly) for one in touched
    }


@pytest.mark.parametrize("kind", [Company, Workplace, Person])
def test_every_relation_is_spoken_of_and_none_that_is_gone(kind):
    """A table made later is not forgotten: say in its room's merges.py what becomes of its rows."""
    there = {each.label for each in relations_to(kind)}
    assert there - set(rules()) == set()


def test_no_rule_is_about_something_there_is_not():
    there = {each.label for kind in (Company, Workplace, Person) for each in relations_to(kind)}
    assert set(rules()) - there == set()


def test_everything_of_the_double_is_the_companys_afterwards(
    company, double, by_koege, make_contact, make_enquiry, make_vacancy, koege
):
    contact = make_contact(company=double, workplace=double.workplaces.get(), person=double.people.last())
    step = FollowUp.objects.create(
        contact=contact,
        company=double,
        jobcentre=koege.jobcentre,
        owner=koege.caseworker,
        due_on=timezone.localdate(),
        what="Ring igen",
    )
    enquiry = make_enquiry(company=double, person=double.people.get(name="Mette B."))

    done = merge(company, double, chosen={}, **by_koege)

    assert not Company.objects.filter(pk=double.pk).exists()
    for row in (contact, step, enquiry, enquiry.vacancy):
        row.refresh_from_db()
        assert row.company == company
    assert enquiry.person == company.people.get(email="mette.bruun@strandmarken.example")
    assert {one.address for one in company.workplaces.all()} == {"Tangmosevej 88", "Tangmosevej 90"}
    assert {one.name for one in company.people.all()} == {"Mette Bruun", "Jens Lager"}
    assert (done.gone_name, done.by, done.why) == (
        "Strandmarkens Emballage (Tyskland, HRB 12345)",
        by_koege["by"],
        WHY,
    )


def test_what_the_register_says_is_never_overwritten(company, double, by_koege):
    merge(company, double, chosen={"name": "goes", "employees": "goes"}, **by_koege)

    company.refresh_from_db()
    assert (company.name, company.cvr, company.from_register) == (
        "Strandmarkens Emballage A/S",
        "99000019",
        True,
    )
    assert differences(company, double) == []


def test_of_two_typed_in_by_hand_one_chooses_and_what_is_missing_is_filled_in(double, by_koege, koege):
    other = Company.objects.create(
        country="DE", foreign_number="HRB12345", name="Strandmarken GmbH", employees="50–99"
    )

    merge(double, other, chosen={"name": "goes"}, **by_koege)

    double.refresh_from_db()
    assert (double.name, double.employees, double.foreign_number) == (
        "Strandmarken GmbH",
        "50–99",
        "HRB 12345",
    )


def test_looking_changes_nothing_and_counts_what_will_move(company, double, make_contact):
    make_contact(company=double)
    before = everything()

    seen = look(company, double)

    assert everything() == before
    assert len(seen.moved["contacts.Contact.company"]) == 1
    assert len(seen.moved["companies.Person.company"]) == 1
    assert "Mette B. og Mette Bruun" in " ".join(seen.notes)


def test_undoing_gives_everything_back_to_the_last_letter(
    company, double, by_koege, make_contact, make_enquiry, make_hold, koege, roskilde
):
    today = timezone.localdate()
    at = timezone.now() - timedelta(hours=2)
    for one in (company, double):
        make_contact(company=one, happened_at=at)
        Preferences.objects.create(
            company=one, most_contacts=2, unwanted=[Purpose.OTHER], person=one.people.first()
        )
        Lead.objects.create(
            company=one, jobcentre=koege.jobcentre, user=koege.caseworker, agreed="Aftalt", valid_from=today
        )
        Verification.objects.create(
            company=one,
            person=one.people.first(),
            jobcentre=koege.jobcentre,
            by=koege.manager,
            how="Ringet",
        )
        make_hold(workplace=one.workplaces.first())
        Workplace.objects.create(
            company=one, address="Havnen 1", postcode="4600", municipality=koege.municipality
        )
    make_enquiry(company=double)
    before = everything()

    done = merge(company, double, chosen={}, **by_koege)
    assert everything() != before
    said = undo(done, by=koege.manager)

    assert everything() == before
    assert said == []
    done.refresh_from_db()
    assert done.undone_by == koege.manager


def test_the_stricter_of_two_wishes_holds(company, double, by_koege):
    soon, later = (timezone.localdate() + timedelta(days=days) for days in (3, 30))
    Preferences.objects.create(company=company, most_contacts=4, paused_until=later, unwanted=[Purpose.OTHER])
    Preferences.objects.create(
        company=double, most_contacts=2, paused_until=soon, unwanted=[Purpose.RETENTION, Purpose.OTHER]
    )

    merge(company, double, chosen={}, **by_koege)

    now = Preferences.objects.get()
    assert (now.company, now.most_contacts, now.paused_until) == (company, 2, later)
    assert now.unwanted == [Purpose.OTHER, Purpose.RETENTION]


def test_two_contacts_logged_at_the_same_moment_are_both_kept(company, double, by_koege, make_contact):
    at = timezone.now() - timedelta(hours=2)
    for one, note in ((company, "Hos os"), (double, "Hos dem")):
        make_contact(company=one, happened_at=at, note=note)

    merge(company, double, chosen={}, **by_koege)

    notes = dict(Contact.objects.filter(company=company).values_list("note", "happened_at"))
    assert notes == {"Hos os": at, "Hos dem": at - timedelta(seconds=1)}


def test_what_came_since_stays_unless_it_names_what_goes_back(company, double, by_koege, make_contact, koege):
    done = merge(company, double, chosen={}, **by_koege)
    about_all = make_contact(company=company, happened_at=timezone.now())
    jens = company.people.get(name="Jens Lager")
    with_jens = make_contact(company=company, person=jens)

    said = undo(done, by=koege.caseworker)

    about_all.refresh_from_db()
    with_jens.refresh_from_db()
    assert about_all.company == company
    assert with_jens.company == double
    assert "fulgte med" in " ".join(said)


def test_what_names_something_of_each_must_be_put_right_first(company, double, by_koege, make_contact, koege):
    done = merge(company, double, chosen={}, **by_koege)
    jens = company.people.get(name="Jens Lager")
    make_contact(company=company, person=jens, workplace=company.workplaces.get(address="Tangmosevej 88"))

    with pytest.raises(MergeRefused, match="en arbejdsplads eller en person fra hver"):
        undo(done, by=koege.caseworker)
    assert not Company.objects.filter(pk=double.pk).exists()


def test_what_somebody_changed_since_is_left_and_said(double, by_koege, koege):
    other = Company.objects.create(country="DE", foreign_number="HRB12345", name="Strandmarken GmbH")
    done = merge(double, other, chosen={"name": "goes"}, **by_koege)
    double.refresh_from_db()
    double.name = "Strandmarken SE"
    double.save()

    said = undo(done, by=koege.caseworker)

    double.refresh_from_db()
    assert double.name == "Strandmarken SE"
    assert len(said) == 1
    assert Company.objects.get(pk=other.pk).name == "Strandmarken GmbH"


def test_the_last_merge_is_undone_first(company, double, by_koege, koege):
    third = Company.objects.create(country="DE", foreign_number="HRB 12-345", name="Strandmarken")
    first = merge(double, third, chosen={}, **by_koege)
    merge(company, double, chosen={}, **by_koege)
    first.refresh_from_db()

    assert Former.objects.company(country="DE", foreign_number="HRB 12-345") == company
    with pytest.raises(MergeRefused, match="senere"):
        undo(first, by=koege.caseworker)
    for one in Merge.objects.order_by("-pk"):
        undo(one, by=koege.caseworker)
    assert set(Company.objects.all()) == {company, double, third}
    assert not Former.objects.exists()
    with pytest.raises(MergeRefused, match="allerede"):
        undo(first, by=koege.caseworker)


def test_the_one_in_the_register_stays(company, double, by_koege):
    with pytest.raises(MergeRefused, match="registret"):
        merge(double, company, chosen={}, **by_koege)


def test_two_numbers_in_force_are_two_companies_and_a_ceased_one_goes(company, by_koege):
    older = Company.objects.create(cvr="99000043", name="Strandmarken I/S", from_register=True)
    with pytest.raises(MergeRefused, match="to virksomheder"):
        merge(company, older, chosen={}, **by_koege)
    Company.objects.filter(pk=older.pk).update(has_ceased=True)
    with pytest.raises(MergeRefused):
        merge(older, company, chosen={}, **by_koege)

    merge(company, older, chosen={}, **by_koege)

    again = adopt_company(told("99000043", name="Strandmarken I/S"))
    assert again == company
    company.refresh_from_db()
    assert (company.cvr, company.name) == ("99000019", "Strandmarkens Emballage A/S")


def test_a_company_for_which_people_act_is_not_merged_away(company, double, by_koege):
    double.organisation = Organisation.objects.create(kind=Organisation.Kind.COMPANY, name=double.name)
    double.save()
    make_user("Klaus Eigner", double.organisation, Role.EMPLOYER)

    with pytest.raises(MergeRefused, match="handler på vegne af"):
        merge(company, double, chosen={}, **by_koege)


def test_nobody_gets_to_see_a_confidential_enquiry_by_it(
    company, double, by_koege, make_enquiry, employer, koege, roskilde
):
    secret = make_enquiry(
        kind=Enquiry.Kind.RETENTION, company=double, person=double.people.first(), message="En medarbejder"
    )
    other = make_user("Karen Ny", koege.jobcentre.organisation, Role.CASEWORKER)
    readers = (other, roskilde.caseworker, roskilde.manager, by_koege["by"], koege.manager)

    def seen():
        company.refresh_from_db()
        return (
            [Enquiry.objects.open_to(reader).filter(pk=secret.pk).exists() for reader in readers],
            Enquiry.objects.visible_to_employer(company, user=employer).filter(pk=secret.pk).exists(),
        )

    before = seen()
    merge(company, double, chosen={}, **by_koege)

    assert seen() == before == ([False, False, False, True, True], False)


def test_two_people_with_an_address_each_stay_two(company, by_koege):
    mette = company.people.get()
    other = company.people.create(name="Mette Bruun", email="mb@strandmarken.example")
    with pytest.raises(MergeRefused, match="hver sin e-mailadresse"):
        merge(mette, other, chosen={}, **by_koege)


def test_two_people_are_made_one_and_two_again(company, by_koege, make_contact, koege):
    mette = company.people.get()
    other = company.people.create(name="Mette Brun", phone="56 00 00 01")
    contact = make_contact(person=other)
    before = everything()

    done = merge(mette, other, chosen={}, **by_koege)

    contact.refresh_from_db()
    mette.refresh_from_db()
    assert contact.person == mette
    assert (mette.name, mette.phone) == ("Mette Bruun", "56 00 00 01")
    undo(done, by=koege.caseworker)
    assert everything() == before


def test_a_person_of_another_company_is_another_person(company, double, by_koege):
    with pytest.raises(MergeRefused):
        merge(company.people.get(), double.people.last(), chosen={}, **by_koege)


def test_whoever_opened_the_log_before_logs_on_the_one_that_stays(company, double, by_koege, koege):
    place, mette = double.workplaces.get(), double.people.get(name="Mette B.")
    merge(company, double, chosen={}, **by_koege)

    logged = record(
        company=double,
        workplace=place,
        person=mette,
        channel=Contact.Channel.PHONE,
        direction=Contact.Direction.IN,
        purposes=[Purpose.RECRUITMENT],
        outcome=Contact.Outcome.NEED,
        happened_at=timezone.now(),
        by=koege.caseworker,
        jobcentre=koege.jobcentre,
    )

    assert (logged.company, logged.workplace, logged.person.name) == (company, place, "Mette Bruun")


def told(cvr, *, name):
    return Registered(
        cvr=cvr,
        name=name,
        address="Havnen 1",
        postcode="4600",
        town="Køge",
        industry=None,
        employees="",
        is_active=True,
        advertising_protected=False,
        workplaces=[],
    )


def test_nothing_that_points_to_a_company_was_overlooked():
    """What Django itself knows of, beside history, is what a merge goes through."""
    known = {
        (field.related_model, field.field.name)
        for field in Company._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and "Event" not in field.related_model.__name__
    }
    assert known == {(each.model, each.field.name) for each in relations_to(Company)}
    assert apps.get_model("contacts.Contact") in {model for model, _name in known}
