from collections import Counter
from datetime import date

import pytest

from jobcenter.classifications import load
from jobcenter.classifications.models import Industry, Occupation

pytestmark = pytest.mark.django_db

HEAD = "code,level,parent,title_da,title_en\n"


def test_disco_has_1171_occupations_on_five_levels():
    (table,) = load.load_occupations()

    assert (table.added, table.refusals) == (1171, [])
    assert Counter(Occupation.objects.values_list("level", flat=True)) == {
        1: 10,
        2: 42,
        3: 126,
        4: 429,
        5: 564,
    }


def test_every_occupation_but_the_highest_has_a_parent_that_its_code_begins_with():
    load.load_occupations()

    for occupation in Occupation.objects.select_related("parent"):
        if occupation.level == 1:
            assert occupation.parent is None
        else:
            assert occupation.code.startswith(occupation.parent.code)
            assert occupation.parent.level == occupation.level - 1


def test_an_occupation_has_its_danish_and_where_there_is_one_its_english_title():
    load.load_occupations()

    nurses = Occupation.objects.get(code="2221")
    assert (nurses.title_da, nurses.title_en) == ("Sygeplejerskearbejde", "Nursing professionals")
    assert not Occupation.objects.unit_groups().filter(title_da="").exists()
    assert {*Occupation.objects.unit_groups().filter(title_en="").values_list("code", flat=True)} == {
        "2343",
        "2357",
    }
    assert not Occupation.objects.filter(level=5).exclude(title_en="").exists()


def test_both_versions_of_the_industries_are_there_each_in_its_time():
    load.load_db07()
    load.load_nace()

    by_version = Counter(Industry.objects.values_list("version", "level"))
    assert by_version == {
        ("db07", 2): 88,
        ("db07", 3): 272,
        ("nace_2_1", 1): 22,
        ("nace_2_1", 2): 87,
        ("nace_2_1", 3): 287,
        ("nace_2_1", 4): 651,
    }
    assert {*Industry.objects.valid(date(2024, 12, 31)).values_list("version", flat=True)} == {"db07"}
    assert {*Industry.objects.valid(date(2025, 1, 1)).values_list("version", flat=True)} == {"nace_2_1"}
    assert Industry.objects.get(version="nace_2_1", code="22.22").title_da == "Fremstilling af plastemballage"
    assert Industry.objects.get(version="nace_2_1", code="C").title_da == "Fremstillingsaktiviteter"


def test_a_second_load_finds_everything_unchanged():
    load.load_occupations()
    load.load_db07()
    load.load_nace()

    tables = [*load.load_occupations(), *load.load_db07(), *load.load_nace()]

    assert [(table.added, table.changed, table.unchanged) for table in tables] == [
        (0, 0, 1171),
        (0, 0, 360),
        (0, 0, 1047),
    ]


def test_the_same_code_in_both_versions_is_two_industries():
    load.load_db07()
    load.load_nace()

    assert Industry.objects.filter(code="01").count() == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("21,2,1,Arbejde,", "the parent of 21 cannot be “1”"),
        ("11,3,1,Arbejde,", "a code on level 3 cannot be “11”"),
        ("1A,2,1,Arbejde,", "a code on level 2 cannot be “1A”"),
        ("11,2,,Arbejde,", "the parent of 11 cannot be “”"),
        ("11,2,1,,Work", "title_da is empty"),
        ("11,6,1,Arbejde,", "level must lie between 1 and 5, not 6"),
    ],
)
def test_a_line_that_does_not_fit_the_classification_is_refused(tmp_path, line, reason):
    file = tmp_path / "disco.csv"
    file.write_text(f"{HEAD}1,1,,Ledelsesarbejde,Managers\n{line}\n")

    (table,) = load.load_occupations(file)

    assert [(refusal.line, refusal.reason) for refusal in table.refusals] == [(3, reason)]
    assert [occupation.code for occupation in Occupation.objects.all()] == ["1"]


def test_an_entry_without_its_parent_is_refused_whatever_the_order_of_the_lines(tmp_path):
    file = tmp_path / "disco.csv"
    file.write_text(
        f"{HEAD}111,3,11,Topledelse,\n11,2,1,Ledelse,\n1,1,,Ledelsesarbejde,\n221,3,22,Lægearbejde,\n"
    )

    (table,) = load.load_occupations(file)

    assert table.added == 3
    assert [str(refusal) for refusal in table.refusals] == ["line 5: its parent 22 is not there"]


def test_a_title_too_long_for_the_database_is_refused_alone(tmp_path):
    file = tmp_path / "disco.csv"
    file.write_text(f"{HEAD}1,1,,Ledelsesarbejde,\n2,1,,{'Langt ' * 50},\n3,1,,Teknikerarbejde,\n")

    (table,) = load.load_occupations(file)

    assert table.added == 2
    assert [refusal.line for refusal in table.refusals] == [3]
    assert [occupation.code for occupation in Occupation.objects.all()] == ["1", "3"]
