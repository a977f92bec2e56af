from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from jobcenter.accounts.models import Organisation
from jobcenter.centres import load, reading
from jobcenter.centres.models import AreaOffice, Jobcentre, Serves
from jobcenter.centres.routing import responsible_jobcentre
from jobcenter.geography.load import load_areas, load_municipalities
from jobcenter.geography.models import Municipality

HEAD = "municipality,jobcentre,jobcentre_name,valid_from,valid_to,evidence,note\n"


@pytest.fixture(autouse=True)
def _municipalities(db):
    load_areas()
    load_municipalities()


@pytest.fixture
def jobcentres():
    load.load_jobcentres()


def responsible(name: str, *, on: date) -> str:
    return responsible_jobcentre(municipality=Municipality.objects.get(name=name), on=on).name


def test_there_were_94_jobcentres_until_2021_and_are_95_since(jobcentres):
    assert Municipality.objects.count() == 98
    assert Jobcentre.objects.valid(date(2021, 12, 31)).count() == 94
    assert Jobcentre.objects.valid(date(2022, 1, 1)).count() == 95


def test_each_municipality_has_exactly_one_jobcentre_then_and_now(jobcentres):
    for on in (date(2007, 1, 1), date(2021, 12, 31), date(2022, 1, 1), date(2026, 11, 22)):
        served = Serves.objects.valid(on).values_list("municipality", flat=True)
        assert len(served) == len(set(served)) == 98


def test_ishoej_is_served_by_vallensbaek_until_2021_and_by_itself_since_marked_as_derived(jobcentres):
    assert responsible("Ishøj", on=date(2021, 12, 31)) == "Jobcenter Vallensbæk"
    assert responsible("Ishøj", on=date(2022, 1, 1)) == "Jobcenter Ishøj"
    assert [
        (one.jobcentre.name, one.evidence)
        for one in Serves.objects.filter(municipality__name="Ishøj").order_by("pk")
    ] == [("Jobcenter Vallensbæk", "source"), ("Jobcenter Ishøj", "derived")]


def test_three_small_municipalities_are_served_by_a_neighbour(jobcentres):
    today = date(2026, 11, 22)

    assert responsible("Dragør", on=today) == "Jobcenter Tårnby"
    assert responsible("Fanø", on=today) == "Jobcenter Esbjerg"
    assert responsible("Læsø", on=today) == "Jobcenter Frederikshavn"
    assert Serves.objects.get(municipality__name="Langeland").evidence == "memory-uncertain"


def test_each_jobcentre_has_an_organisation_of_its_own_and_its_name(jobcentres):
    assert Organisation.objects.filter(kind=Organisation.Kind.JOBCENTRE).count() == 95
    for jobcentre in Jobcentre.objects.select_related("organisation"):
        assert jobcentre.organisation.name == jobcentre.name


def test_jobcentres_come_in_danish_order_of_their_towns(jobcentres):
    names = [jobcentre.name for jobcentre in Jobcentre.objects.all()]

    assert names[0] == "Jobcenter Albertslund"
    assert names[-3:] == ["Jobcenter Aabenraa", "Jobcenter Aalborg", "Jobcenter Aarhus"]


def test_the_five_areas_of_today_have_an_office_each():
    load.load_area_offices()

    assert sorted(str(office) for office in AreaOffice.objects.all()) == [
        "Område Hovedstaden",
        "Område Midtjylland",
        "Område Nordjylland",
        "Område Sjælland",
        "Område Syddanmark",
    ]
    assert {*Organisation.objects.values_list("kind", flat=True)} == {Organisation.Kind.AREA}


def test_a_second_load_finds_everything_unchanged(jobcentres):
    load.load_area_offices()

    tables = [*load.load_jobcentres(), *load.load_area_offices()]

    assert [(table.added, table.changed, table.unchanged) for table in tables] == [
        (0, 0, 95),
        (0, 0, 99),
        (0, 0, 5),
    ]
    assert Organisation.objects.count() == 100


def test_what_a_jobcentre_has_chosen_for_itself_is_left_alone(jobcentres):
    Jobcentre.objects.filter(code="0259").update(email="job@koege.example", answers_within=3)

    load.load_jobcentres()

    koege = Jobcentre.objects.get(code="0259")
    assert (koege.email, koege.answers_within) == ("job@koege.example", 3)


def test_a_new_name_reaches_the_organisation_too(jobcentres, tmp_path):
    before = Jobcentre.objects.get(code="0259")
    file = tmp_path / "jobcentres.csv"
    file.write_text(load.JOBCENTRES.read_text().replace("Jobcenter Køge", "Køge Kommune"))

    load.load_jobcentres(file)

    after = Jobcentre.objects.get(code="0259")
    assert (after.pk, after.name) == (before.pk, "Køge Kommune")
    assert (after.organisation_id, after.organisation.name) == (before.organisation_id, "Køge Kommune")


def test_an_overlap_is_refused_with_its_line_and_the_other_lines_are_loaded(tmp_path):
    file = tmp_path / "jobcentres.csv"
    file.write_text(
        f"{HEAD}0259,0259,Jobcenter Køge,2007-01-01,,derived,\n"
        "0269,0269,Jobcenter Solrød,2007-01-01,,derived,\n"
        "0269,0259,Jobcenter Køge,2020-01-01,,memory,\n"
        "0265,0265,Jobcenter Roskilde,2007-01-01,,derived,\n"
    )

    with translation.override("en"):
        _jobcentres, serves = load.load_jobcentres(file)

    assert serves.added == 3
    assert [str(refusal) for refusal in serves.refusals] == [
        "line 4: Another jobcentre answers for this municipality in that period."
    ]
    assert responsible("Solrød", on=date(2026, 1, 1)) == "Jobcenter Solrød"


def test_a_period_that_ends_makes_room_for_the_next_in_the_same_load(tmp_path):
    file = tmp_path / "jobcentres.csv"
    file.write_text(f"{HEAD}0183,0187,Jobcenter Vallensbæk,2007-01-01,,source,\n")
    load.load_jobcentres(file)
    file.write_text(
        f"{HEAD}0183,0187,Jobcenter Vallensbæk,2007-01-01,2022-01-01,source,\n"
        "0183,0183,Jobcenter Ishøj,2022-01-01,,derived,\n"
    )

    _jobcentres, serves = load.load_jobcentres(file)

    assert (serves.added, serves.changed, serves.refusals) == (1, 1, [])
    assert Jobcentre.objects.get(code="0187").valid_to == date(2022, 1, 1)


def test_two_names_for_one_jobcentre_are_refused(tmp_path):
    file = tmp_path / "jobcentres.csv"
    file.write_text(
        f"{HEAD}0259,0259,Jobcenter Køge,2007-01-01,,derived,\n"
        "0269,0259,Jobcenter Kjøge,2007-01-01,,derived,\n"
    )

    _jobcentres, serves = load.load_jobcentres(file)

    assert [str(refusal) for refusal in serves.refusals] == [
        "line 3: line 2 calls the jobcentre something else"
    ]


def test_a_jobcentre_that_the_database_refuses_leaves_no_organisation_behind(tmp_path):
    file = tmp_path / "jobcentres.csv"
    file.write_text(f"{HEAD}0259,0259,{'Jobcenter ' * 9}Køge,2007-01-01,,derived,\n")

    jobcentres, serves = load.load_jobcentres(file)

    assert [refusal.line for refusal in jobcentres.refusals] == [2]
    assert [str(refusal) for refusal in serves.refusals] == ["line 2: the jobcentre 0259 was refused"]
    assert not Organisation.objects.exists()


def test_evidence_of_a_kind_nobody_knows_is_refused(tmp_path):
    file = tmp_path / "jobcentres.csv"
    file.write_text(f"{HEAD}0259,0259,Jobcenter Køge,2007-01-01,,hearsay,\n")

    _jobcentres, serves = load.load_jobcentres(file)

    assert [str(refusal) for refusal in serves.refusals] == ["line 2: there is no evidence called “hearsay”"]
    assert set(reading.EVIDENCE) == set(Serves.Evidence.values)


def test_an_unknown_municipality_is_refused(tmp_path):
    file = tmp_path / "jobcentres.csv"
    file.write_text(f"{HEAD}0411,0400,Jobcenter Bornholm,2007-01-01,,derived,\n")

    _jobcentres, serves = load.load_jobcentres(file)

    assert [str(refusal) for refusal in serves.refusals] == ["line 2: there is no municipality 0411"]


def test_nobody_is_missing_in_the_whole_country(jobcentres):
    assert load.unanswered() == []


def test_a_municipality_and_period_that_nobody_answers_for_is_told(jobcentres):
    Serves.objects.filter(municipality__name="Ishøj", valid_from=date(2022, 1, 1)).delete()
    Serves.objects.filter(municipality__name="Køge").update(valid_from=date(2010, 1, 1))

    assert load.unanswered() == [
        "nobody answers for Ishøj (0183) from 2022-01-01",
        "nobody answers for Køge (0259) from 2007-01-01 until 2010-01-01",
    ]


def test_the_database_refuses_two_jobcentres_for_a_municipality_at_a_time(jobcentres):
    roskilde = Jobcentre.objects.get(code="0265")
    koege = Municipality.objects.get(code="0259")

    with (
        pytest.raises(IntegrityError, match="serves_one_jobcentre_per_municipality_at_a_time"),
        transaction.atomic(),
    ):
        Serves.objects.create(
            jobcentre=roskilde,
            municipality=koege,
            evidence="test",
            valid_from=date(2030, 1, 1),
            valid_to=date(2031, 1, 1),
        )


def test_the_database_lets_the_next_begin_on_the_day_the_first_ends(jobcentres):
    Serves.objects.filter(municipality__name="Køge").update(valid_to=date(2030, 1, 1))

    Serves.objects.create(
        jobcentre=Jobcentre.objects.get(code="0265"),
        municipality=Municipality.objects.get(code="0259"),
        evidence="test",
        valid_from=date(2030, 1, 1),
    )

    assert responsible("Køge", on=date(2029, 12, 31)) == "Jobcenter Køge"
    assert responsible("Køge", on=date(2030, 1, 1)) == "Jobcenter Roskilde"
