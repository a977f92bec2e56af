"""Companies found among others, in the database, by what people type."""

import pytest
from django.db import connection

from employers.companies.finding import count_grams, find
from employers.companies.models import Company, NameGram, RegisterCompany

NAMES = (
    "Strandmarkens Emballage A/S",
    "Strandmarkens Bageri ApS",
    "Møllers Bageri",
    "Mølholm Bageri",
    "Plastemballage Nord ApS",
    "Åkjær & Sønner I/S",
    "ISS Facility Services A/S",
    "Dansk Tagpap A/S",
)


@pytest.fixture
def register(db):
    for number, name in enumerate(NAMES):
        RegisterCompany.objects.create(
            cvr=f"9900100{number}", name=name, address="Nyvej 1", postcode="4600", source="test"
        )
    count_grams()


def names(typed: str, *, most: int = 10) -> list[str]:
    return [company.name for company in find(RegisterCompany.objects.all(), typed, most=most)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("strandmarkens emballage", "Strandmarkens Emballage A/S"),
        ("emballage strandmarkens", "Strandmarkens Emballage A/S"),
        ("EMBALLAGE STRAND", "Strandmarkens Emballage A/S"),
        ("stradnmarkens", "Strandmarkens Bageri ApS"),
        ("strandmarkens embalage", "Strandmarkens Emballage A/S"),
        ("strandmarken emballgae", "Strandmarkens Emballage A/S"),
        ("moellers", "Møllers Bageri"),
        ("mollers bageri", "Møllers Bageri"),
        ("Aakjaer", "Åkjær & Sønner I/S"),
        ("aakjær sønner", "Åkjær & Sønner I/S"),
        ("akjær", "Åkjær & Sønner I/S"),
        ("iss", "ISS Facility Services A/S"),
        ("plast", "Plastemballage Nord ApS"),
        ("tagpap", "Dansk Tagpap A/S"),
        ("99001007", "Dansk Tagpap A/S"),
        ("99 00 10 07", "Dansk Tagpap A/S"),
    ],
)
def test_a_company_is_found_first_by_what_people_type(register, typed, first):
    assert names(typed)[0] == first


def test_a_part_of_a_compound_word_finds_it_after_the_word_itself(register):
    assert names("emballage") == ["Strandmarkens Emballage A/S", "Plastemballage Nord ApS"]


@pytest.mark.parametrize("typed", ["", "  ", "&", "12", "zzzzzz", "\u202e😀", "' OR 1=1 --", "%", "_"])
def test_what_nobody_is_called_finds_nobody(register, typed):
    assert names(typed) == []


def test_no_more_than_wanted_come_back(register):
    assert len(names("bageri", most=2)) == 2


def test_only_those_that_were_handed_in_are_found(register):
    others = RegisterCompany.objects.exclude(name="Møllers Bageri")

    assert "Møllers Bageri" not in [company.name for company in find(others, "møllers", most=10)]


def test_a_known_company_is_found_by_its_new_name_and_no_longer_by_the_old(register):
    company = Company.objects.create(cvr="99001100", name="Hjørnets Kiosk")
    Company.objects.filter(pk=company.pk).get()
    company.name = "Torvets Kiosk"
    company.save(update_fields=["name"])

    assert find(Company.objects.all(), "torvets", most=5) == [company]
    assert find(Company.objects.all(), "hjørnets", most=5) == []


def test_as_many_queries_whatever_is_typed(register, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        names("strandmarken emballgae")


def test_pieces_are_counted_once_for_each_company(register):
    assert NameGram.objects.count() > 50
    assert max(NameGram.objects.values_list("companies", flat=True)) <= len(NAMES)


def test_both_ways_into_the_names_have_an_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'companies_registercompany'")
        indexes = [row[0] for row in cursor.fetchall()]

    assert any("gin (name_grams)" in index for index in indexes)
    assert any("name_key varchar_pattern_ops" in index for index in indexes)
