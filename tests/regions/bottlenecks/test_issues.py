"""Published issues, for anyone to read: each at its own address, and as files."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from regions.bottlenecks.models import Category, Report
from regions.bottlenecks.reports import correcting
from regions.bottlenecks.reports.correcting import Basis
from tests.queries import asked, assert_same_queries
from tests.regions.making import make_line, make_occupation, make_report, publish_reviewed
from tests.regions.reading import text_of

REMARK = "Ringede til lagerchefen, der var sur"
WRONG = "Tre stillinger var talt to gange."


@pytest.fixture
def who(sjaelland):
    return {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}


@pytest.fixture
def published(drafts, who) -> Report:
    """Sjælland's, with a remark, another category than proposed, and few persons."""
    drafts.drivers.withdrawn, drafts.drivers.unknown = 4, 35
    drafts.drivers.employed, drafts.drivers.unemployed, drafts.drivers.candidates = 4711, 3, 2
    drafts.drivers.category, drafts.drivers.comment = Category.SHORTAGE, REMARK
    drafts.drivers.save()
    return publish_reviewed(drafts.report, reason="Gennemgået med rådet", **who)


@pytest.fixture
def corrected(published, who) -> Report:
    """Issue 2, published too."""
    draft = correcting.begin(report=published, reason=WRONG, basis=Basis.AS_PUBLISHED, **who)
    return publish_reviewed(draft, **who)


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_anyone_reads_an_issue_with_the_share_of_answers_beside_each_rate(client, published):
    text = text_of(client.get(published.get_public_url())).replace("\N{WORD JOINER}", "")

    assert published.get_public_url() == "/flaskehalse/udgivelser/sjaelland/2026H01/1/"
    assert "Flaskehalse i Sjælland" in text
    assert "1. halvår 2026 · Udgave 1" in text
    assert "27 af 61 44 % 33–57 % 65 % af 100 lukkede" in text


@pytest.mark.parametrize("kind", ["", "?hent=csv", "?hent=json"])
def test_names_remarks_and_persons_are_on_no_page_and_in_no_file(client, published, sjaelland, kind):
    answer = client.get(published.get_public_url() + kind)
    said = b"".join(answer.streaming_content).decode() if answer.streaming else answer.text

    assert "Truckfører" in said
    for secret in (REMARK, sjaelland.officer.name, "Gennemgået med rådet", "4711", "foreslået"):
        assert secret not in said


def test_a_draft_is_not_found(client, drafts, published, who):
    draft = correcting.begin(report=published, reason=WRONG, basis=Basis.AS_PUBLISHED, **who)

    assert client.get(draft.get_public_url()).status_code == 404
    assert client.get(drafts.elsewhere.get_public_url()).status_code == 404
    page = text_of(client.get(published.get_public_url()))
    assert WRONG not in page
    assert "Erstattet" not in page


def test_an_issue_that_was_corrected_says_by_which_and_what_was_wrong(client, published, corrected):
    old, new = client.get(published.get_public_url()), client.get(corrected.get_public_url())

    assert "Erstattet af udgave 2" in text_of(old)
    assert corrected.get_public_url() in old.text
    assert WRONG in text_of(old)
    assert WRONG in text_of(new)
    assert "Erstattet" not in text_of(new)
    assert [row["Erstattet"] for row in rows_of(client.get(f"{published.get_public_url()}?hent=csv"))] == [
        "ja",
        "ja",
        "ja",
    ]


def test_without_a_number_the_newest_issue_is_shown(client, published, corrected):
    answer = client.get(reverse("bottlenecks:newest_issue", args=["sjaelland", "2026H01"]))

    assert answer.url == corrected.get_public_url()


def test_without_a_number_there_is_nothing_before_the_first_is_published(client, drafts):
    assert client.get(reverse("bottlenecks:newest_issue", args=["sjaelland", "2026H01"])).status_code == 404


def test_a_workbook_of_an_issue_has_its_lines_and_no_remarks(client, published):
    content = client.get(f"{published.get_public_url()}?hent=xlsx").content

    headings, *lines = load_workbook(io.BytesIO(content)).active.values
    [drivers] = [dict(zip(headings, line, strict=True)) for line in lines if "8344" in line]
    assert (drivers["Rekrutteringsforsøg"], drivers["Regelversion"], drivers["Erstattet"]) == (61, 2, "nej")
    assert REMARK not in str(lines)


def test_all_issues_are_listed_with_those_that_are_replaced(client, drafts, published, corrected):
    page = client.get("/flaskehalse/")

    assert published.get_public_url() in page.text
    assert corrected.get_public_url() in page.text
    assert drafts.elsewhere.get_public_url() not in page.text
    assert text_of(page).count("erstattet") == 1


def test_the_file_of_the_matrix_has_the_newest_issues_alone(client, drafts, published, corrected):
    rows = rows_of(client.get("/flaskehalse/?hent=csv"))

    assert {(row["Område"], row["Udgave"], row["Erstattet"]) for row in rows} == {("Sjælland", "2", "nej")}
    assert len(rows) == 3


def test_the_cube_tells_where_it_is_hard_and_where_nothing_is_said(client, published):
    cube = client.get(f"{published.get_public_url()}?hent=json").json()
    numbers = list(cube["dimension"]["number"]["category"]["index"])
    hard = cube["value"][numbers.index("hard") :: len(numbers)]

    assert sorted(hard, key=str) == [1, 1, None]
    assert "udgave 1" in str(cube["note"])
    assert "regelversion 2" in str(cube["note"])


def test_the_list_of_issues_asks_the_database_as_much_with_many(client, drafts, published, midtjylland):
    who = {"by": midtjylland.officer, "organisation": midtjylland.office.organisation}
    half_years = iter(("2023H01", "2023H02", "2024H01", "2024H02"))

    def add_issue():
        report = make_report(midtjylland.area, period=next(half_years))
        for number in range(3):
            code = f"9{report.pk % 100:02d}{number}"
            make_line(
                report,
                make_occupation(code, f"Fag {code}"),
                failed=1,
                attempts=2,
                category=Category.NOT_ASSESSED,
            )
        publish_reviewed(report, **who)

    assert_same_queries(open_page=lambda: client.get("/flaskehalse/"), add_row=add_issue)


def test_an_issue_asks_the_database_as_much_with_many_lines(client, midtjylland, bottleneck_rule):
    who = {"by": midtjylland.officer, "organisation": midtjylland.office.organisation}
    occupations = [make_occupation(f"900{number}", f"Fag {number}") for number in range(3)]
    half_years = iter(("2023H01", "2024H01"))

    def issue_of(lines: int) -> Report:
        report = make_report(midtjylland.area, period=next(half_years))
        for occupation in occupations[:lines]:
            make_line(report, occupation, failed=1, attempts=2, category=Category.NOT_ASSESSED)
        return publish_reviewed(report, **who)

    short, long = issue_of(1), issue_of(3)
    client.get(short.get_public_url())
    few = asked(lambda: client.get(f"{short.get_public_url()}?hent=json"))
    many = asked(lambda: client.get(f"{long.get_public_url()}?hent=json"))

    assert few.total() == many.total()


def test_the_file_of_staff_has_remarks_and_what_was_proposed_of_a_draft_too(client, drafts, sjaelland):
    drafts.drivers.category, drafts.drivers.comment = Category.SHORTAGE, REMARK
    drafts.drivers.save()
    client.force_login(sjaelland.officer)

    rows = rows_of(client.get(f"{drafts.report.get_absolute_url()}?hent=csv"))
    cube = client.get(f"{drafts.report.get_absolute_url()}?hent=json").json()

    [drivers] = [row for row in rows if row["DISCO"] == "8344"]
    assert drivers["Bemærkning"] == REMARK
    assert (drivers["Kategori"], drivers["Foreslået kategori"]) == (
        "mangel på arbejdskraft",
        "rekrutteringsproblemer",
    )
    assert drivers["Offentliggjort"] == ""
    assert cube["note"] == ["Sjælland, 2026H01: udkast, regelversion 2"]
