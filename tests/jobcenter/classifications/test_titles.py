"""What people call jobs: our own list, and the files of Statistics Denmark and of ESCO."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from jobcenter.classifications.load import EVERYDAY_TITLES, load_everyday_titles, load_occupations
from jobcenter.classifications.models import EverydayTitle, Occupation
from jobcenter.classifications.titles import esco, esco_file, statistics
from jobcenter.runtime.csvlines import Unreadable

STATISTICS = """SEKVENS;KODE;NIVEAU;TITEL;GENERELLE_NOTER;INKLUDERER;PARAGRAF
1;"5";1;Service- og salgsarbejde;;;
2;"5120";4;Kokkearbejde (ekskl. køkkenchefarbejde);;;
3;"512000";5;Kokkearbejde (ekskl. køkkenchefarbejde);;;
4;"9999";4;Arbejde som ingen har;;;
"""
ESCO_COLUMNS = (
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,"
    "regulatedProfessionNote,scopeNote,definition,inScheme,description,code"
)


def bundle(*rows):
    """A file as ESCO writes it: labels on lines of their own inside a quoted field."""
    file = io.StringIO()
    writer = csv.DictWriter(file, fieldnames=ESCO_COLUMNS.split(","), lineterminator="\n", restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({"conceptType": "Occupation", "status": "released", **row})
    return file.getvalue().encode()


KOK = {
    "iscoGroup": "5120",
    "preferredLabel": "kok",
    "altLabels": "gastronom\nkøkkenkok\nKok",
    "code": "5120.1",
}


@pytest.fixture
def cooks(db):
    return Occupation.objects.create(
        code="5120", level=4, title_da="Kokkearbejde", sort_key="k", valid_from=date(2010, 1, 1)
    )


def test_each_label_of_an_occupation_is_a_title_once():
    read = esco(bundle(KOK))

    assert [(line.value.title, line.value.code) for line in read.lines] == [
        ("kok", "5120"),
        ("gastronom", "5120"),
        ("køkkenkok", "5120"),
    ]


def test_what_is_not_released_is_refused_and_what_is_no_occupation_passed_over():
    read = esco(bundle({**KOK, "status": "draft"}, {**KOK, "conceptType": "ISCOGroup"}))

    assert read.lines == []
    assert [str(refusal) for refusal in read.refusals] == ["line 4: its status is “draft”, not “released”"]


def test_statistics_denmarks_title_column_is_read_in_both_of_its_spellings():
    for content in (STATISTICS.encode(), STATISTICS.encode("cp1252")):
        read = statistics(content)
        assert [line.value.code for line in read.lines] == ["5120", "512000", "9999"]
        assert read.lines[0].value.title == "Kokkearbejde (ekskl. køkkenchefarbejde)"


@pytest.mark.parametrize("read", [esco, statistics])
def test_another_file_is_refused_with_the_column_that_is_missing(read):
    with pytest.raises(Unreadable, match="is missing"):
        read(b"a,b\n1,2\n")
    with pytest.raises(Unreadable, match="is missing"):
        read(b"")


def test_the_bundle_is_read_as_a_zip_a_folder_or_a_file(tmp_path):
    content = bundle(KOK)
    (tmp_path / "occupations_da.csv").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "esco.zip", "w") as packed:
        packed.writestr("ESCO dataset/occupations_da.csv", content)
    with zipfile.ZipFile(tmp_path / "english.zip", "w") as packed:
        packed.writestr("occupations_en.csv", content)

    for path in (tmp_path, tmp_path / "esco.zip", tmp_path / "occupations_da.csv"):
        assert esco_file(path) == content
    for wrong in (tmp_path / "english.zip", tmp_path / "nothing.csv"):
        with pytest.raises(Unreadable):
            esco_file(wrong)


def test_an_import_tells_what_was_added_changed_and_refused(cooks, tmp_path, capsys):
    file = tmp_path / "disco.csv"
    file.write_text(STATISTICS)

    call_command("import_job_titles", "statistics", str(file))

    told = capsys.readouterr()
    assert "1 added, 0 changed, 0 unchanged, 2 refused" in told.out
    assert "line 5: there is no occupation 9999" in told.err
    assert EverydayTitle.objects.get().source_kind == "statistics"


def test_a_second_import_replaces_the_first_and_leaves_other_sources_alone(cooks, tmp_path):
    EverydayTitle.objects.create(
        title="smørrebrødsjomfru",
        occupation=cooks,
        source_kind="everyday",
        source="x",
        as_of=date(2026, 1, 1),
    )
    file = tmp_path / "occupations_da.csv"
    for labels in ("gastronom\nkøkkenkok", "gastronom\nsous-chef"):
        file.write_bytes(bundle({**KOK, "altLabels": labels}))
        call_command("import_job_titles", "esco", str(file), verbosity=0)

    assert set(EverydayTitle.objects.values_list("title", flat=True)) == {
        *("smørrebrødsjomfru", "kok", "gastronom", "sous-chef"),
    }


def test_a_dry_run_changes_nothing_and_an_unreadable_file_is_said(cooks, tmp_path, capsys):
    file = tmp_path / "occupations_da.csv"
    file.write_bytes(bundle(KOK))

    call_command("import_job_titles", "esco", str(file), "--dry-run")

    assert "3 added" in capsys.readouterr().out
    assert not EverydayTitle.objects.exists()
    file.write_text("a;b")
    with pytest.raises(CommandError, match="conceptType"):
        call_command("import_job_titles", "esco", str(file))


def test_our_own_list_fits_the_classification(db):
    load_occupations()

    (loaded,) = load_everyday_titles()

    assert loaded.refusals == []
    assert loaded.added > 700
    for title, code in (("pedel", "5153"), ("sosu-hjælper", "532210"), ("lagermedarbejder", "4321")):
        assert EverydayTitle.objects.filter(folded=title, occupation__code=code).exists()


def test_our_own_list_has_no_line_twice_and_stands_in_order():
    with EVERYDAY_TITLES.open(encoding="utf-8") as file:
        lines = [(row["code"], row["title"].lower()) for row in csv.DictReader(file)]

    assert lines == sorted(set(lines))
