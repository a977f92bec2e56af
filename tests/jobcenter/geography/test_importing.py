from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jobcenter.geography import pend100
from jobcenter.geography.models import Catchment, CatchmentVersion, Commuters, CommutingMatrix, Municipality
from jobcenter.runtime.csvlines import Unreadable
from tests.conftest import LONG_AGO
from tests.making_catchments import make_rule

NAMES = {"københavn": "0101", "køge": "0259", "bornholm": "0400"}


def export(*lines, head="BOPKOM;ARBEJDSSTED;KØN;TID;INDHOLD"):
    return "\n".join([head, *lines, ""]).encode()


def read(*lines, head="BOPKOM;ARBEJDSSTED;KØN;TID;INDHOLD", **options):
    return pend100.read(export(*lines, head=head), names=NAMES, **options)


def test_men_and_women_are_added_up():
    found = read("259;101;M;2023;1200", "259;101;K;2023;800", "259;259;M;2023;5000")

    assert found.employed == {2023: {("0259", "0101"): 2000, ("0259", "0259"): 5000}}
    assert (found.counted, found.refusals) == (3, [])


def test_names_are_read_as_well_as_codes_and_both_together():
    head = '"bopælskommune";"arbejdsstedsområde";"køn";"tid";"INDHOLD"'
    by_name = read("Køge;København;Mænd;2023;7", head=head)
    by_both = read("259 Køge;101 København;M Mænd;2023;7")
    in_english = read(
        "Køge,København,Men,2023,7",
        head="municipality of residence,area of workplace,sex,time,value",
    )

    assert by_name.employed == by_both.employed == in_english.employed == {2023: {("0259", "0101"): 7}}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_letters_of_windows_and_a_mark_at_the_start_are_read(encoding):
    head = "bopælskommune;arbejdsstedsområde;køn;tid;INDHOLD"
    content = f"{head}\r\nKøge;København;Mænd;2023;7\r\n".encode(encoding)

    assert pend100.read(content, names=NAMES).employed == {2023: {("0259", "0101"): 7}}


def test_regions_provinces_and_the_country_are_sums_and_left_out():
    found = read(
        "259;084;M;2023;1", "259;01;M;2023;1", "000;101;M;2023;1", "259;Hele landet;M;2023;1",
        "Landsdel Bornholm;101;M;2023;1", "259;Region Hovedstaden;M;2023;1", "400;400;M;2023;9",
    )  # fmt: skip

    assert found.employed == {2023: {("0400", "0400"): 9}}
    assert (found.sums, found.counted, found.refusals) == (6, 1, [])


def test_a_total_is_left_out_where_there_are_its_parts_and_used_where_there_are_none():
    with_parts = read("259;101;TOT;2023;2000", "259;101;M;2023;1200", "259;101;K;2023;800")
    alone = read("259;101;I alt;2023;2000")

    assert with_parts.employed == alone.employed == {2023: {("0259", "0101"): 2000}}
    assert (with_parts.totals, alone.totals) == (1, 0)


def test_whoever_works_abroad_is_a_resident_and_residents_of_no_municipality_are_left_out():
    found = read(
        "259;950;M;2023;30", "259;Uden for Danmark;K;2023;20", "259;411;M;2023;1", "411;101;M;2023;4"
    )

    assert found.employed == {2023: {("0259", pend100.ELSEWHERE): 51}}
    assert found.beyond == 1


def test_no_figure_is_told_and_taken_for_nobody():
    found = read("259;101;M;2023;..", "259;101;K;2023;8", "259;400;M;2023;-")

    assert found.employed == {2023: {("0259", "0101"): 8, ("0259", "0400"): 0}}
    assert found.fates == ["2 counted", "1 without a figure, taken for nobody"]


def test_each_year_is_a_matrix_of_its_own():
    found = read("259;101;M;2022;7", "259;101;M;2023;8")

    assert found.employed == {2022: {("0259", "0101"): 7}, 2023: {("0259", "0101"): 8}}


def test_a_file_of_one_year_may_say_which_beside_itself():
    head = "BOPKOM;ARBEJDSSTED;INDHOLD"

    assert read("259;101;7", head=head, year=2023).employed == {2023: {("0259", "0101"): 7}}
    with pytest.raises(Unreadable, match="say which year"):
        read("259;101;7", head=head)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("999;101;M;2023;7", "there is no municipality “999”"),
        ("259;Lilleby;M;2023;7", "there is no municipality “Lilleby”"),
        ("259;101;M;2023;1.200", "the number of employed must be a whole number, not “1.200”"),
        ("259;101;M;2023;-7", "the number of employed must be a whole number, not “-7”"),
        ("259;101;M;2023;", "the number of employed must be a whole number, not “”"),
        ("259;101;M;23;7", "the year must have four digits, not “23”"),
        ("259;101;M;2023", "it has 4 fields, and the first line 5"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_number_and_a_reason(line, reason):
    found = read("259;259;M;2023;5", line)

    assert [str(refusal) for refusal in found.refusals] == [f"line 3: {reason}"]


def test_a_line_that_stands_there_twice_is_refused():
    found = read("259;101;M;2023;7", "259;101;K;2023;7", "259;101;M;2023;9")

    assert [str(refusal) for refusal in found.refusals] == ["line 4: it repeats line 2"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b"BOPKOM;TID;INDHOLD\n", "no column of workplace"),
        (b"a;b\n1;2\n", "no column of residence"),
        (b"BOPKOM;ARBEJDSSTED;TID\n", "no column of figures"),
        (b'BOPKOM;ARBEJDSSTED;TID;INDHOLD\n259;101;2023;"7\n', "Line 2 cannot be read"),
    ],
)
def test_a_file_that_is_something_else_is_said_to_be(content, told):
    with pytest.raises(Unreadable, match=told):
        pend100.read(content, names=NAMES)


@pytest.fixture
def three(db):
    """Three municipalities of a small country, and a rule."""
    make_rule()
    for number, (name, code) in enumerate(NAMES.items()):
        Municipality.objects.create(
            code=code,
            name=name.capitalize(),
            official_name=name,
            sort_key=name,
            latitude=55.5,
            longitude=10 + number,
            population=1000,
            population_year=2023,
            valid_from=LONG_AGO,
        )


COUNTRY = (
    "101;101;M;2023;90",
    "259;259;M;2023;60",
    "259;101;M;2023;40",
    "400;400;M;2023;30",
    "400;950;K;2023;3",
)


@pytest.fixture
def take_in(tmp_path):
    def take_in(*lines):
        file: Path = tmp_path / "pend100.csv"
        file.write_bytes(export(*lines))
        call_command("import_commuting", file)

    return take_in


def test_a_file_is_taken_in_and_the_catchments_are_found_from_it(three, take_in, capsys):
    take_in(*COUNTRY)

    matrix = CommutingMatrix.objects.get()
    assert (matrix.year, matrix.source, matrix.file_name) == (
        2023,
        "Danmarks Statistik, PEND100",
        "pend100.csv",
    )
    assert Commuters.objects.filter(workplace=None).get().employed == 3
    version = CatchmentVersion.objects.in_force().get()
    assert (version.basis, version.matrix, version.cause) == ("commuting", matrix, "matrix")
    linked = Catchment.objects.in_force().get(ground="linked")
    assert (linked.municipality.name, linked.centre.name, linked.share) == ("Køge", "København", 0.4)
    assert capsys.readouterr().out.splitlines() == [
        "5 counted",
        "2023: 5 pairs of municipalities taken in.",
        "The labour catchments were found anew.",
    ]


def test_the_same_file_a_second_time_changes_nothing(three, take_in, capsys):
    take_in(*COUNTRY)
    take_in(*COUNTRY)

    assert CommutingMatrix.objects.count() == CatchmentVersion.objects.count() == 1
    assert capsys.readouterr().out.endswith("2023: nothing has changed.\n")


def test_corrected_figures_are_a_matrix_of_their_own_and_the_one_that_is_used(three, take_in):
    take_in(*COUNTRY)
    first = CatchmentVersion.objects.get()
    take_in(*(line.replace(";40", ";4") for line in COUNTRY))

    assert CommutingMatrix.objects.filter(year=2023).count() == 2
    assert not Catchment.objects.in_force().filter(ground="linked").exists()
    assert first.rows.filter(ground="linked").exists()


def test_a_refused_line_stops_all_and_is_told(three, take_in, capsys):
    with pytest.raises(CommandError, match=r"Refused lines: 1\. Nothing was saved\."):
        take_in(*COUNTRY, "259;777;M;2023;5")

    assert not CommutingMatrix.objects.exists()
    assert capsys.readouterr().err == "pend100.csv, line 7: there is no municipality “777”\n"


def test_a_country_without_the_residents_of_a_municipality_is_not_taken_in(three, take_in):
    with pytest.raises(CommandError, match="In 2023 nobody lives in Køge, Bornholm"):
        take_in("101;101;M;2023;90")

    assert not CommutingMatrix.objects.exists()


def test_a_file_that_is_not_there_is_told(db, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_commuting", tmp_path / "nowhere.csv")


def test_the_number_of_queries_does_not_follow_the_number_of_lines(
    three, take_in, django_assert_max_num_queries
):
    codes = ("101", "259", "400")
    pairs = [f"{one};{other};{sex};2023;9" for one in codes for other in (*codes, "950") for sex in "MK"]

    with django_assert_max_num_queries(22):
        take_in(*pairs)

    assert Commuters.objects.count() == 12
