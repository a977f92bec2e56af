from datetime import date

import pytest
from django.urls import reverse

from jobcenter.accounts.models import Organisation
from jobcenter.centres.models import DefaultOwner, Jobcentre, Serves
from jobcenter.geography.models import Area, AreaMunicipality, Municipality
from tests.conftest import make_centre
from tests.queries import assert_same_queries


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def posted(jobcentre: Jobcentre, **fields: str) -> dict[str, str]:
    """What the form of a jobcentre sends, with its first served municipality."""
    serves = jobcentre.serves.get()
    return {
        "code": jobcentre.code,
        "name": jobcentre.name,
        "email": jobcentre.email,
        "phone": jobcentre.phone,
        "answers_within": "2",
        "valid_from": "2007-01-01",
        "valid_to": "",
        "serves-TOTAL_FORMS": "1",
        "serves-INITIAL_FORMS": "1",
        "serves-0-id": str(serves.pk),
        "serves-0-jobcentre": str(jobcentre.pk),
        "serves-0-municipality": str(serves.municipality_id),
        "serves-0-evidence": "source",
        "serves-0-valid_from": "2007-01-01",
        "serves-0-valid_to": "",
        "events-TOTAL_FORMS": "0",
        "events-INITIAL_FORMS": "0",
        **fields,
    }


def test_a_second_jobcentre_for_a_municipality_is_refused_in_words(admin, koege, aarhus):
    answer = admin.post(
        reverse("admin:centres_serves_add"),
        {
            "jobcentre": aarhus.jobcentre.pk,
            "municipality": koege.municipality.pk,
            "evidence": "source",
            "valid_from": "2030-01-01",
            "events-TOTAL_FORMS": "0",
            "events-INITIAL_FORMS": "0",
        },
    )

    assert answer.status_code == 200
    assert "Et andet jobcenter har ansvaret for kommunen i den periode." in answer.text
    assert Serves.objects.filter(municipality=koege.municipality).count() == 1


def test_a_new_name_reaches_the_organisation_and_the_history_says_who_gave_it(admin, koege, administrator):
    url = reverse("admin:centres_jobcentre_change", args=[koege.jobcentre.pk])

    answer = admin.post(url, posted(koege.jobcentre, name="Ærø Kommune", phone="56 00 99 99"))

    assert answer.status_code == 302, answer.context["errors"]
    after = Jobcentre.objects.get(pk=koege.jobcentre.pk)
    assert after.organisation.name == "Ærø Kommune"
    assert after.sort_key > "z"
    page = admin.get(url).text
    assert administrator.email in page
    assert "56 00 11 00" in page, "the old number stands in the history"
    assert "oprettet" in page


def test_the_history_is_read_and_not_changed(admin, koege):
    event = koege.jobcentre.events.get()
    url = reverse("admin:centres_jobcentre_change", args=[koege.jobcentre.pk])

    admin.post(
        url,
        posted(
            koege.jobcentre,
            **{
                "events-TOTAL_FORMS": "1",
                "events-INITIAL_FORMS": "1",
                "events-0-pgh_id": str(event.pk),
                "events-0-pgh_obj": str(koege.jobcentre.pk),
                "events-0-name": "Forfalsket",
                "events-0-DELETE": "on",
            },
        ),
    )

    event.refresh_from_db()
    assert event.name == "Jobcenter Køge"


def test_a_jobcentre_made_here_gets_an_organisation_of_its_own(admin, db):
    ishoej = Municipality.objects.create(
        code="0183",
        name="Ishøj",
        official_name="Ishøj Kommune",
        sort_key="ishoj",
        latitude=55.6,
        longitude=12.3,
        population=23_000,
        population_year=2023,
        valid_from=date(2007, 1, 1),
    )
    fields = {
        "code": "0183",
        "name": "Jobcenter Ishøj",
        "answers_within": "3",
        "valid_from": "2022-01-01",
        "serves-TOTAL_FORMS": "1",
        "serves-INITIAL_FORMS": "0",
        "serves-0-municipality": str(ishoej.pk),
        "serves-0-evidence": "source",
        "serves-0-valid_from": "2022-01-01",
        "events-TOTAL_FORMS": "0",
        "events-INITIAL_FORMS": "0",
    }

    answer = admin.post(reverse("admin:centres_jobcentre_add"), fields)

    assert answer.status_code == 302, answer.context["errors"]
    made = Jobcentre.objects.get()
    assert (made.organisation.kind, made.organisation.name) == (
        Organisation.Kind.JOBCENTRE,
        "Jobcenter Ishøj",
    )
    assert made.municipalities().get() == ishoej


def add_default_owner(admin, centre, *, valid_from):
    return admin.post(
        reverse("admin:centres_defaultowner_add"),
        {
            "jobcentre": centre.jobcentre.pk,
            "user": centre.manager.pk,
            "valid_from": valid_from,
            "events-TOTAL_FORMS": "0",
            "events-INITIAL_FORMS": "0",
        },
    )


def test_the_next_default_owner_takes_over_on_the_day_and_leaves_no_gap(admin, koege, aarhus):
    DefaultOwner.objects.create(jobcentre=aarhus.jobcentre, user=aarhus.manager, valid_from=date(2007, 1, 1))

    answer = add_default_owner(admin, koege, valid_from="2026-01-01")

    assert answer.status_code == 302
    assert DefaultOwner.objects.of(date(2025, 12, 31)).user == aarhus.manager
    assert DefaultOwner.objects.of(date(2026, 1, 1)).jobcentre == koege.jobcentre


def test_a_default_owner_before_the_one_there_is_is_refused_in_words(admin, koege, aarhus):
    DefaultOwner.objects.create(jobcentre=aarhus.jobcentre, user=aarhus.manager, valid_from=date(2026, 1, 1))

    answer = add_default_owner(admin, koege, valid_from="2025-01-01")

    assert "Der er en anden standardejer i den periode." in answer.text
    assert DefaultOwner.objects.get().user == aarhus.manager


def test_a_municipality_in_two_areas_of_one_division_is_refused_in_words(admin, sjaelland, koege):
    other = Area.objects.create(
        code="hovedstaden",
        division=Area.Division.REGIONS,
        name="Hovedstaden",
        sort_key="hovedstaden",
        valid_from=date(2025, 1, 1),
    )

    answer = admin.post(
        reverse("admin:geography_area_change", args=[other.pk]),
        {
            "code": "hovedstaden",
            "division": Area.Division.REGIONS,
            "name": "Hovedstaden",
            "valid_from": "2025-01-01",
            "areamunicipality_set-TOTAL_FORMS": "1",
            "areamunicipality_set-INITIAL_FORMS": "0",
            "areamunicipality_set-0-area": str(other.pk),
            "areamunicipality_set-0-municipality": str(koege.municipality.pk),
            "areamunicipality_set-0-valid_from": "2026-01-01",
        },
    )

    assert answer.status_code == 200
    assert "I hver inddeling er en kommune kun i ét område ad gangen." in answer.text
    assert AreaMunicipality.objects.filter(municipality=koege.municipality).count() == 1


def test_a_municipality_without_an_area_yet_gets_the_division_of_its_area(admin, koege):
    area = Area.objects.create(
        code="rar-sjaelland",
        division=Area.Division.LABOUR_MARKET_COUNCILS,
        name="RAR Sjælland",
        sort_key="rar",
        valid_from=date(2015, 1, 1),
    )

    made = AreaMunicipality.objects.create(
        area=area, municipality=koege.municipality, valid_from=date(2015, 1, 1)
    )

    assert made.division == Area.Division.LABOUR_MARKET_COUNCILS


@pytest.mark.parametrize("model", ["jobcentre", "serves"])
def test_the_list_asks_as_much_for_three_jobcentres_as_for_one(admin, model):
    codes = iter(range(1000, 1003))

    def add() -> None:
        code = next(codes)
        make_centre(
            code=str(code), name=f"By {code}", caseworker=f"A {code}", manager=f"B {code}", postcode=str(code)
        )

    assert_same_queries(
        open_page=lambda: admin.get(reverse(f"admin:centres_{model}_changelist")), add_row=add
    )


@pytest.mark.parametrize(
    "name",
    [
        "geography_area",
        "geography_municipality",
        "geography_postcode",
        "geography_catchment",
        "classifications_occupation",
        "classifications_industry",
        "classifications_outlook",
        "centres_jobcentre",
        "centres_serves",
        "centres_areaoffice",
        "centres_defaultowner",
    ],
)
def test_every_list_can_be_opened_and_searched(admin, sjaelland, occupation, name):
    assert admin.get(reverse(f"admin:{name}_changelist")).status_code == 200
    assert admin.get(reverse(f"admin:{name}_changelist"), {"q": "Køge"}).status_code == 200


def test_area_staff_may_look_after_their_flags_and_not_after_the_jobcentres(client, sjaelland, koege):
    client.force_login(sjaelland.officer)

    for name in ("centres_jobcentre", "geography_municipality", "classifications_occupation"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403
    url = reverse("admin:centres_jobcentre_change", args=[koege.jobcentre.pk])
    assert client.post(url, posted(koege.jobcentre, name="Overtaget")).status_code == 403
    assert Jobcentre.objects.get(pk=koege.jobcentre.pk).name == "Jobcenter Køge"


def test_what_is_published_about_an_occupation_is_not_written_here(admin, occupation):
    assert admin.get(reverse("admin:classifications_outlook_add")).status_code == 403
