"""Delivering a file on the pages: seen before it is saved, saved once, and all or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from regions.feeds.figures import Figure
from regions.feeds.models import Arrival
from regions.feeds.receiving import Origin, arrive, let_through, receive
from regions.feeds.writing import as_file
from regions.measures.models import Delivery, Measure, Measurement
from regions.measures.periods import parse
from tests.queries import assert_same_queries
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

HEADER = "måling;målgruppe;jobcenter;periode;tæller;nævner"
KOEGE = "job_after_6_months;ready_for_work;0259;2025QMAT03;547;1.346"
ROSKILDE = "job_after_6_months;ready_for_work;0265;2025QMAT03;471;1.199"
AARHUS = "job_after_6_months;ready_for_work;0751;2025QMAT03;900;2.600"


@pytest.fixture(autouse=True)
def _known(measures, sjaelland, midtjylland):
    """The measures there are, and three places to measure."""


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


def file_of(*lines: str, name: str = "resultater.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([HEADER, *lines, ""]).encode(), content_type="text/csv")


def choose(client, file: SimpleUploadedFile | None, **fields: str):
    data = {"source": "Jobindsats, y60b15", "data_date": "2025-11-12", **fields}
    return client.post(reverse("feeds:upload"), {**data, **({"file": file} if file else {})})


def waiting() -> Arrival:
    return Arrival.objects.waiting().get()


def save(client, arrival: Arrival | None = None, reason: str = ""):
    arrival = arrival or waiting()
    answer = {"shown": arrival.shown, "reason": reason}
    return client.post(reverse("feeds:count", args=[arrival.pk]), answer, follow=True)


def test_a_file_is_first_shown_and_then_saved(officer, sjaelland):
    chosen = choose(officer, file_of(KOEGE, ROSKILDE))

    assertRedirects(chosen, waiting().get_absolute_url())
    assert not Measurement.objects.exists()
    page = officer.get(waiting().get_absolute_url())
    assertContains(page, "<strong>2</strong> nye tal", html=False)
    assertContains(page, "I job seks måneder efter afsluttet forløb")
    assertContains(page, "4 kvartaler til 3. kvt. 2025")
    assertContains(page, "Intet er gemt endnu")

    saved = save(officer)

    assertContains(saved, "Gemt: 2 nye tal, 0 ændrede")
    assert Measurement.objects.count() == 2
    arrival = Arrival.objects.get()
    assert arrival.state == Arrival.State.COUNTED
    assert arrival.by == arrival.decided_by == arrival.delivery.by == sjaelland.officer
    assert (arrival.delivery.source, arrival.delivery.file_name) == ("Jobindsats, y60b15", "resultater.csv")


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(*lines: str) -> SimpleUploadedFile:
    """The lines of a file as a spreadsheet has them: numbers as numbers, and codes without their zero."""
    book, content = Workbook(), BytesIO()
    book.active.append(HEADER.split(";"))
    for line in lines:
        cells = (cell.replace(".", "") for cell in line.split(";"))
        book.active.append([int(cell) if cell.isdigit() else cell for cell in cells])
    book.save(content)
    return SimpleUploadedFile("resultater.xlsx", content.getvalue(), content_type=XLSX)


def test_a_spreadsheet_is_delivered_as_a_file_is(officer):
    choose(officer, workbook(KOEGE, ROSKILDE))

    save(officer)

    assert set(Measurement.objects.values_list("jobcentre__code", "numerator", "denominator")) == {
        ("0259", 547, 1346),
        ("0265", 471, 1199),
    }
    assert Arrival.objects.get().came_as == "resultater.xlsx"


def test_a_fault_in_a_spreadsheet_is_told_with_its_row_and_nothing_is_kept(officer):
    page = choose(officer, workbook(KOEGE, ROSKILDE, KOEGE))

    assertContains(page, '<th scope="row">4</th>', html=True)
    assertContains(page, "Linjen giver det samme tal som linje 2")
    assert not Arrival.objects.exists()


def test_a_damaged_spreadsheet_is_told_in_one_sentence(officer):
    whole = workbook(KOEGE).read()

    page = choose(officer, SimpleUploadedFile("resultater.xlsx", whole[: len(whole) // 2]))

    assertContains(page, "kan ikke læses som XLSX")
    assert not Arrival.objects.exists()


def test_the_file_is_kept_as_evidence_byte_for_byte(officer):
    file = file_of(KOEGE, name='måling "1".csv')
    content = file.read()
    file.seek(0)
    choose(officer, file)

    answer = officer.get(reverse("feeds:evidence", args=[waiting().pk]))

    assert answer.content == content
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assertContains(officer.get(waiting().get_absolute_url()), sha256(content).hexdigest())


def test_evidence_cannot_be_changed_by_anybody(officer):
    choose(officer, file_of(KOEGE))
    arrival = waiting()
    arrival.content = b"another"

    with pytest.raises(Exception, match="Cannot update rows"), transaction.atomic():
        arrival.save()


def test_what_changes_is_shown_before_and_after(officer):
    choose(officer, file_of(KOEGE, ROSKILDE))
    save(officer)

    choose(officer, file_of(KOEGE.replace("547", "560"), ROSKILDE))

    page = officer.get(waiting().get_absolute_url())
    assertContains(page, "<strong>0</strong> nye tal, <strong>1</strong> ændrede, 1 som før", html=False)
    assertContains(page, "Jobcenter Køge")
    assertContains(page, "40,6 (547 / 1.346)")
    assertContains(page, "41,6 (560 / 1.346)")
    assertNotContains(page, "Jobcenter Roskilde")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEADER.encode("windows-1252") + b"\n", "Filen er ikke gemt som UTF-8: Linje 1"),
        (b"measure,period,jobcentre,value\nunemployed,2020Y01,0259,12,5\n", "Gem den med semikolon"),
        ("måling;jobcenter;tæller;nævner\n".encode(), "Kolonnen „periode“ mangler."),
        (b"", "Filen er tom."),
        (b"\x00\x01\x02", "Filen er ikke en tekstfil."),
        (HEADER.encode(), "Der er ingen tal i filen."),
    ],
    ids=["encoding", "decimal commas", "missing column", "empty", "no text", "only a header"],
)
def test_a_broken_file_is_told_at_its_field_and_nothing_is_kept(officer, content, said):
    page = choose(officer, SimpleUploadedFile("tal.csv", content))

    assert page.status_code == 200
    assertContains(page, said, count=2)  # in the summary and at the field
    assertContains(page, 'href="#id_file"')
    assertContains(page, "<title>Fejl: Levér en fil", html=False)
    assert not Arrival.objects.waiting().exists()
    assert not Delivery.objects.exists()


def test_every_problem_is_listed_with_its_line(officer):
    page = choose(
        officer,
        file_of(
            KOEGE, KOEGE, "job_after_6_months;ready_for_work;0265;2025QMAT03;12;10", "ukendt;;0265;2020;1;2"
        ),
    )

    assertContains(page, "3 linjer i filen kan ikke bruges, så intet er gemt.")
    assertContains(page, "Linjen giver det samme tal som linje 2")
    assertContains(page, "„tæller“ (12) er større end „nævner“ (10)")
    assertContains(page, "Der er ingen måling „ukendt“")
    assert [line for line, _text in page.context["problems"]] == [3, 4, 5]
    assert not Arrival.objects.waiting().exists()


def test_very_many_problems_are_counted(officer):
    page = choose(
        officer, file_of(KOEGE, *[KOEGE.replace("0259", f"{number}") for number in range(7000, 7150)])
    )

    assert len(page.context["problems"]) == 100
    assertContains(page, "Og 50 linjer mere.")


def test_a_figure_of_another_area_is_refused(officer):
    page = choose(officer, file_of(KOEGE, AARHUS))

    assertContains(page, "0751 ligger uden for jeres område")
    assert not Arrival.objects.waiting().exists()


def test_what_must_be_said_about_the_file_is_asked_for(officer):
    tomorrow = timezone.localdate() + timedelta(days=1)

    page = choose(officer, None, source="", data_date=tomorrow.isoformat())

    assertContains(page, "Vælg filen med tallene.")
    assertContains(page, "Skriv, hvis tal det er.")
    assertContains(page, "Datadatoen kan ikke ligge i fremtiden.")


def test_a_file_larger_than_two_megabytes_is_refused(officer):
    page = choose(officer, SimpleUploadedFile("tal.csv", b"x" * (2 * 1024 * 1024 + 1)))

    assertContains(page, "Filen er større end 2 MB.")


def test_the_same_file_again_is_recognised(officer):
    choose(officer, file_of(KOEGE))
    save(officer)

    page = choose(officer, file_of(KOEGE, name="kopi.csv"))

    assertContains(page, "Filen er allerede modtaget")
    assert Delivery.objects.count() == 1
    assert not Arrival.objects.waiting().exists()


def test_another_file_with_the_same_figures_changes_nothing(officer):
    choose(officer, file_of(KOEGE))
    save(officer)

    page = choose(officer, file_of(KOEGE.replace("1.346", "1346")))

    assertContains(page, "Filen ændrer ikke noget: Dens 1 tal er der i forvejen.")


def test_an_old_file_that_would_change_something_back_is_a_delivery(officer):
    choose(officer, file_of(KOEGE))
    save(officer)
    choose(officer, file_of(KOEGE.replace("547", "560")))
    save(officer)

    choose(officer, file_of(KOEGE))
    save(officer)

    assert Delivery.objects.count() == 3
    assert Measurement.objects.get().numerator == 547


def test_the_button_pressed_twice_saves_once(officer):
    choose(officer, file_of(KOEGE))
    arrival = waiting()
    save(officer, arrival)

    again = save(officer, arrival)

    assertContains(again, "Der er ikke mere at tage stilling til")
    assert Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_button_pressed_twice_at_once_saves_once(officer):
    choose(officer, file_of(KOEGE))
    arrival = waiting()
    other_tab = type(officer)()
    other_tab.cookies = officer.cookies

    with transaction.atomic():
        Arrival.objects.select_for_update().get()
        pressed = [Beside(lambda: save(other_tab, arrival)), Beside(lambda: save(other_tab, arrival))]
        wait_until_somebody_is_locked_out()

    assert {press.outcome().status_code for press in pressed} == {200}
    assert Delivery.objects.count() == 1


def test_what_others_have_delivered_meanwhile_is_shown_before_it_counts(officer):
    choose(officer, file_of(KOEGE, ROSKILDE))
    first = waiting()
    choose(officer, file_of(KOEGE, name="kun-koege.csv"))
    save(officer, Arrival.objects.waiting().exclude(pk=first.pk).get())

    page = save(officer, first)

    assertContains(page, "Der er kommet andre tal siden.")
    assertContains(page, "<strong>1</strong> nye tal, <strong>0</strong> ændrede, 1 som før", html=False)
    assert Measurement.objects.count() == 1
    assertContains(save(officer), "Gemt: 1 nyt tal")
    assert Measurement.objects.count() == 2


def test_a_delivery_waits_for_its_office_alone(officer, client, sjaelland, midtjylland):
    choose(officer, file_of(KOEGE))
    arrival = waiting()
    client.force_login(midtjylland.officer)

    for name in ("delivery", "evidence"):
        assert client.get(reverse(f"feeds:{name}", args=[arrival.pk])).status_code == 404
    for name in ("count", "drop"):
        assert client.post(reverse(f"feeds:{name}", args=[arrival.pk])).status_code == 404
    assertNotContains(client.get(reverse("feeds:deliveries")), "resultater.csv")
    assert not Measurement.objects.exists()


def test_what_is_put_aside_has_a_reason_and_changes_nothing(officer, sjaelland):
    choose(officer, file_of(KOEGE))
    arrival = waiting()

    page = officer.post(reverse("feeds:drop", args=[arrival.pk]), {"shown": arrival.shown})
    assertContains(page, "Skriv hvorfor.")
    assert waiting() == arrival

    page = officer.post(
        reverse("feeds:drop", args=[arrival.pk]),
        {"shown": arrival.shown, "reason": "Den gamle fil"},
        follow=True,
    )
    assertContains(page, "Den gamle fil")
    assertContains(page, "lagt til side")
    arrival.refresh_from_db()
    assert (arrival.state, arrival.decided_by) == (Arrival.State.DROPPED, sjaelland.officer)
    assert not Measurement.objects.exists()
    assertContains(save(officer, arrival), "Der er ikke mere at tage stilling til")


def test_a_figure_ten_times_the_one_before_is_held_back_until_somebody_says_why_it_is_right(officer):
    choose(officer, file_of(KOEGE.replace("547", "53")))
    save(officer)

    choose(officer, file_of(KOEGE))
    page = officer.get(waiting().get_absolute_url())
    assertContains(page, "3,9 (53 / 1.346)")
    assertContains(page, "40,6 (547 / 1.346)")
    assertContains(page, "Et tal ligger så langt fra det forrige, at det holdes tilbage.")

    assertContains(save(officer), "Skriv hvorfor.")
    assert Measurement.objects.get().numerator == 53

    save(officer, reason="Kilden har rettet en tastefejl")
    assert Measurement.objects.get().numerator == 547
    assertContains(officer.get(Arrival.objects.first().get_absolute_url()), "Kilden har rettet en tastefejl")


def test_what_was_held_back_counts_for_no_reason_not_even_in_the_shell(officer):
    choose(officer, file_of(KOEGE.replace("547", "53")))
    save(officer)
    choose(officer, file_of(KOEGE))
    arrival = waiting()

    with (
        pytest.raises(Exception, match="arrival_counts_against_a_warning_for_a_reason"),
        transaction.atomic(),
    ):
        let_through(arrival, by=arrival.by, shown=arrival.shown)

    assert Measurement.objects.get().numerator == 53


def test_a_file_that_no_longer_fits_is_refused_when_it_is_to_count(officer):
    choose(officer, file_of(KOEGE))
    Measure.objects.filter(code="job_after_6_months").update(code="job_later")

    page = save(officer)

    assertContains(page, "Målinger eller steder er ændret")
    assertContains(page, "Der er ingen måling „job_after_6_months“")
    assert Arrival.objects.get().state == Arrival.State.REFUSED
    assert not Delivery.objects.exists()


def test_deliveries_say_what_each_changed_and_who_brought_it(officer):
    choose(officer, file_of(KOEGE, ROSKILDE))
    save(officer)

    page = officer.get(reverse("feeds:deliveries"))

    assertContains(page, "Jobindsats, y60b15")
    assertContains(page, "resultater.csv")
    assertContains(page, "Hanne Vestergaard")
    assertContains(page, reverse("dashboard:recompute"))


def test_before_anything_has_come_that_is_said(officer):
    assertContains(officer.get(reverse("feeds:deliveries")), "Der er ikke leveret noget endnu.")


def test_the_list_asks_as_much_for_three_deliveries_as_for_one(officer, sjaelland):
    def add_row() -> None:
        figures = [Figure(2, "unemployed", None, "0259", None, parse(f"{2000 + len(made)}Y01"), 5.0)]
        origin = Origin("Test", date(2025, 11, 12), "a.csv", as_file(figures), by=sjaelland.officer)
        made.append(receive(figures, origin=origin))
        arrive(replace(origin, content=as_file([figures[0]._replace(value=7.0)]), area=sjaelland.area))

    made: list[object] = []
    assert_same_queries(open_page=lambda: officer.get(reverse("feeds:deliveries")), add_row=add_row)


def test_the_difference_asks_as_much_for_many_figures_as_for_one(officer):
    def queries(*lines: str) -> int:
        choose(officer, file_of(*lines))
        with CaptureQueriesContext(connection) as captured:
            officer.get(Arrival.objects.waiting().latest("pk").get_absolute_url())
        return len(captured)

    years = [KOEGE.replace("2025QMAT03", f"{year}QMAT03") for year in range(1990, 2025)]

    assert queries(KOEGE) == queries(*years)


def test_those_who_run_the_portal_deliver_for_the_whole_country(tmp_path, capsys):
    file = tmp_path / "landet.csv"
    file.write_text("\n".join([HEADER, KOEGE, AARHUS]), encoding="utf-8")

    call_command("deliver", file, source="Jobindsats", data_date="2025-11-12")
    call_command("deliver", file, source="Jobindsats", data_date="2025-11-12")

    assert Measurement.objects.count() == 2
    assert capsys.readouterr().out.splitlines() == [
        "2 added, 0 changed, 0 unchanged.",
        "Nothing has changed.",
    ]


def test_a_broken_file_stops_their_command_with_each_line(tmp_path, capsys):
    file = tmp_path / "landet.csv"
    file.write_text("\n".join([HEADER, KOEGE, KOEGE]), encoding="utf-8")

    with pytest.raises(CommandError, match="Nothing was saved"):
        call_command("deliver", file, source="Jobindsats", data_date="2025-11-12")

    assert "landet.csv:3: it gives the same figure as line 2" in capsys.readouterr().err
    assert not Measurement.objects.exists()
