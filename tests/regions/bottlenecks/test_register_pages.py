"""A file of register figures from its arrival until it counts: tried, seen first, and taken in as a whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from regions.bottlenecks import demo, forms
from regions.bottlenecks.models import Report, StockChange, StockDelivery, StockFigure
from regions.bottlenecks.registers.receiving import Origin, arrive, let_through
from regions.measures.periods import Frequency, latest_ended
from tests.queries import assert_same_queries
from tests.regions.making import make_report
from tests.regions.reading import text_of
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

HEAD = "halvår;stilling;kommune;beskæftigede;ledige;ansættelser;kandidater"
UPLOAD = "/flaskehalse/registertal/ny/"
LIST = "/flaskehalse/registertal/"


@pytest.fixture
def half_year() -> str:
    return latest_ended(Frequency.HALF_YEAR, on=timezone.localdate()).code


@pytest.fixture
def earlier(half_year) -> str:
    return latest_ended(Frequency.HALF_YEAR, on=timezone.localdate()).previous().code


@pytest.fixture
def brought(client, sjaelland, occupation, bottleneck_rule):
    """What an upload of these lines by Sjælland's officer is answered with."""

    def bring(*lines: str, name: str = "register.csv", content: bytes | None = None):
        client.force_login(sjaelland.officer)
        text = "\n".join([HEAD, *lines, ""]).encode()
        file = SimpleUploadedFile(name, text if content is None else content, content_type="text/csv")
        sent = {
            "file": file,
            "source": "Danmarks Statistik, RAS",
            "data_date": timezone.localdate().isoformat(),
        }
        return client.post(UPLOAD, sent)

    return bring


@pytest.fixture
def counted(client, brought, half_year):
    """The same, let through."""

    def bring(*lines: str):
        brought(*lines)
        return decide(client, waiting(), reason="Set efter")

    return bring


def waiting() -> StockDelivery:
    return StockDelivery.objects.waiting().get()


def decide(client, delivery, *, step="count", **said):
    sent = {"shown": delivery.difference.digest, "reason": "", **said}
    return client.post(reverse(f"bottlenecks:register_{step}", args=[delivery.pk]), sent)


def employed() -> set[tuple[str, int]]:
    return set(StockFigure.objects.values_list("municipality__code", "employed"))


def test_a_file_waits_and_is_shown_before_it_counts(client, brought, half_year):
    page = brought(f"{half_year};8142;0259;1.412;*;38;6", f"{half_year};8142;0265;300;3;20;1")

    delivery = waiting()
    assertRedirects(page, delivery.get_absolute_url())
    text = text_of(client.get(delivery.get_absolute_url()))
    assert "2 nye linjer, 0 ændrede, 0 som før. Intet er gemt endnu." in text
    assert not StockFigure.objects.exists()
    assert not StockChange.objects.exists()


def test_let_through_it_counts_with_who_and_when_and_its_half_year_waits_to_be_computed(
    client, brought, half_year, sjaelland
):
    brought(f"{half_year};8142;0259;1.412;*;38;6")
    delivery = waiting()

    page = client.get(decide(client, delivery).url)

    assertContains(page, "Gemt: 1 linje. Indikatorerne og udkastene til rapporter følger af sig selv.")
    assertNotContains(page, "Gem tallene")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.decided_by) == ("counted", sjaelland.officer)
    told = StockFigure.objects.get()
    assert (told.employed, told.unemployed, told.hires, told.candidates) == (1412, None, 38, 6)
    assert told.delivery == delivery
    assert set(StockChange.objects.values_list("period", flat=True)) == {half_year}


def test_a_changed_line_is_shown_with_what_it_was_and_one_that_goes_as_removed(
    client, brought, counted, half_year
):
    counted(f"{half_year};8142;0259;400;9;38;6", f"{half_year};8142;0265;300;3;20;1")

    brought(f"{half_year};8142;0259;410;*;38;6")

    text = text_of(client.get(waiting().get_absolute_url()))
    assert "0 nye linjer, 1 ændrede, 0 som før. 1 linje er ikke i filen og fjernes." in text
    assert "410 før: 400 * før: 9 38 6" in text
    assert "Roskilde" in text
    assert "fjernes" in text


def test_a_number_ten_times_the_one_before_needs_a_reason(client, brought, counted, half_year):
    counted(f"{half_year};8142;0259;400;9;38;6")
    brought(f"{half_year};8142;0259;4000;9;38;6")
    delivery = waiting()

    text = text_of(client.get(delivery.get_absolute_url()))
    assert "Ét tal er så langt fra det forrige, at det holdes tilbage." in text
    refused = decide(client, delivery)
    assertContains(refused, "Skriv hvorfor.")
    assert employed() == {("0259", 400)}

    decide(client, delivery, reason="Fabrikken har ansat 3.600")

    assert employed() == {("0259", 4000)}
    delivery.refresh_from_db()
    assert delivery.reason == "Fabrikken har ansat 3.600"


def test_an_older_half_year_that_would_change_needs_a_reason_too(client, brought, counted, earlier):
    counted(f"{earlier};8142;0259;400;9;38;6")
    brought(f"{earlier};8142;0259;401;9;38;6")

    assertContains(client.get(waiting().get_absolute_url()), "ældre halvår")
    assertContains(decide(client, waiting()), "Skriv hvorfor.")
    decide(client, waiting(), reason="Registret er rettet")

    assert employed() == {("0259", 401)}


def test_a_published_report_is_told_to_stay_as_it_is(client, brought, half_year, published):
    brought(f"{half_year};8142;0259;400;9;38;6")

    assertContains(client.get(waiting().get_absolute_url()), "forbliver, som de er")


@pytest.fixture
def published(sjaelland, half_year) -> Report:
    return make_report(sjaelland.area, period=half_year, state="published", published_at=timezone.now())


def test_figures_that_came_meanwhile_are_shown_before_anything_counts(
    client, brought, half_year, occupation, sjaelland
):
    brought(f"{half_year};8142;0259;400;9;38;6")
    delivery = waiting()
    other = Origin(
        source="Andre", data_date=timezone.localdate(), file_name="a.csv", content=b"a", by=sjaelland.officer
    )
    arrive({(half_year, "8142", "0259"): (390, 9, 38, 6)}, origin=other, may_count=True)

    page = client.get(decide(client, delivery).url)

    assertContains(page, "Der er kommet andre tal siden")
    assert "0 nye linjer, 1 ændrede" in text_of(page)
    assert employed() == {("0259", 390)}
    decide(client, waiting())
    assert employed() == {("0259", 400)}


def test_the_second_decision_finds_nothing_more_to_decide(client, counted, half_year):
    counted(f"{half_year};8142;0259;400;9;38;6")
    delivery = StockDelivery.objects.get()

    page = client.get(decide(client, delivery, step="drop", reason="For sent").url)

    assertContains(page, "Der er ikke mere at tage stilling til")
    delivery.refresh_from_db()
    assert delivery.state == "counted"


def test_put_aside_it_needs_a_reason_and_changes_nothing(client, brought, half_year):
    brought(f"{half_year};8142;0259;400;9;38;6")
    delivery = waiting()

    assertContains(decide(client, delivery, step="drop"), "Skriv hvorfor.")
    decide(client, delivery, step="drop", reason="Tallene er fra et andet register")

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("dropped", "Tallene er fra et andet register")
    assert not StockFigure.objects.exists()


def test_the_same_file_again_is_told_to_be_there_and_while_it_waits_is_the_one_that_waits(
    client, brought, half_year
):
    line = f"{half_year};8142;0259;400;9;38;6"
    brought(line)
    assertRedirects(brought(line), waiting().get_absolute_url())
    decide(client, waiting())

    assertContains(brought(line), "Filen er allerede modtaget")
    assertContains(brought(line, ""), "Filen ændrer intet: Dens 1 linje er der allerede.")
    assert StockDelivery.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{};9999;0259;1;1;1;1", "„9999“ er ikke en stilling med fire cifre."),
        ("{};8142;0999;1;1;1;1", "„0999“ er ikke en kommunes kode."),
        ("{};8142;0259;-3;1;1;1", "„-3“ er ikke et antal personer."),
        ("2003H01;8142;0259;3;1;1;1", "2003H01 er for gammelt"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_by_its_number_and_nothing_typed_is_lost(
    brought, half_year, line, said
):
    page = brought(f"{half_year};8142;0265;1;1;1;1", line.format(half_year))

    assertContains(page, "En linje i filen kan ikke bruges, så intet er gemt.")
    assert f"3 {said}" in text_of(page)
    assertContains(page, 'value="Danmarks Statistik, RAS"')
    assertContains(page, f'value="{timezone.localdate().isoformat()}"')
    assert not StockDelivery.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD.encode("windows-1252"), "Filen er ikke gemt som UTF-8: Linje 1"),
        (HEAD.replace("ledige", "arbejdsløse").encode(), "Kolonnen „ledige“ skal være der én gang."),
        (HEAD.encode(), "Filen har ingen linje med tal."),
        (b"", "Filen er tom."),
        (b"PK\x03\x04 and no more", "Filen kan ikke læses som XLSX."),
    ],
)
def test_a_file_that_is_no_such_table_is_told_at_the_file(brought, content, said):
    page = brought(content=content)

    assert page.context["form"].errors["file"][0].startswith(said)
    assertContains(page, said)
    assert not StockDelivery.objects.exists()


def test_a_huge_file_is_refused_before_it_is_read(brought, half_year, monkeypatch):
    monkeypatch.setattr(forms.RegisterForm.base_fields["file"], "largest", 10)

    assertContains(brought(f"{half_year};8142;0259;400;9;38;6"), "Filen er større end 8 MB.")


def test_figures_cannot_be_drawn_in_the_future(client, sjaelland, half_year):
    client.force_login(sjaelland.officer)
    tomorrow = timezone.localdate() + timedelta(days=1)

    page = client.post(UPLOAD, {"source": "Registret", "data_date": tomorrow.isoformat()})

    assertContains(page, "Datadatoen kan ikke ligge i fremtiden.")
    assertContains(page, "Vælg filen med registertallene.")


def test_what_came_is_handed_out_byte_for_byte_and_cannot_be_changed(client, brought, half_year):
    brought(f"{half_year};8142;0259;400;9;38;6")
    delivery = waiting()

    reply = client.get(reverse("bottlenecks:register_evidence", args=[delivery.pk]))

    assert reply.content == f"{HEAD}\n{half_year};8142;0259;400;9;38;6\n".encode()
    assert 'attachment; filename="register.csv"' in reply["Content-Disposition"]
    for wrong in ({"content": b"andet"}, {"source": "En anden"}, {"by": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            StockDelivery.objects.filter(pk=delivery.pk).update(**wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        delivery.delete()


def test_the_database_refuses_a_decision_without_a_day_a_name_or_a_reason(
    client, brought, sjaelland, half_year
):
    brought(f"{half_year};8142;0259;400;9;38;6")
    deliveries, now = StockDelivery.objects.filter(pk=waiting().pk), timezone.now()

    for wrong in (
        {"state": "counted"},
        {"state": "counted", "decided_at": now, "held": 1},
        {"state": "dropped", "decided_at": now, "decided_by": sjaelland.officer},
        {"state": "dropped", "decided_at": now, "reason": "Uden navn"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            deliveries.update(**wrong)
    deliveries.update(state="dropped", decided_at=now, decided_by=sjaelland.officer, reason="Forkert")
    with pytest.raises(IntegrityError, match="no transition"), transaction.atomic():
        deliveries.update(state="counted")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_let_the_same_file_through_at_once_one_does(brought, half_year, sjaelland):
    brought(f"{half_year};8142;0259;400;9;38;6")
    delivery = waiting()
    shown = delivery.difference.digest

    with transaction.atomic():
        first = let_through(delivery, by=sjaelland.officer, shown=shown)
        other = Beside(lambda: let_through(delivery, by=sjaelland.officer, shown=shown))
        wait_until_somebody_is_locked_out()

    assert first == delivery
    assert other.outcome() is None
    assert StockFigure.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_file_brought_by_two_at_once_waits_once(occupation, bottleneck_rule, sjaelland, half_year):
    figures = {(half_year, "8142", "0259"): (400, 9, 38, 6)}
    origin = Origin("Registret", timezone.localdate(), "r.csv", demo.as_file(figures), by=sjaelland.officer)

    with transaction.atomic():
        first = arrive(figures, origin=origin)
        other = Beside(lambda: arrive(figures, origin=origin))
        wait_until_somebody_is_locked_out()

    assert other.outcome() == first == waiting()


def test_the_list_tells_what_waits_what_came_and_what_is_known(client, brought, counted, half_year, national):
    counted(f"{half_year};8142;0259;400;9;38;6", f"{half_year};8142;0265;300;3;20;1")
    brought(f"{half_year};8142;0259;410;9;38;6")
    client.force_login(national)

    text = text_of(client.get(LIST))

    assert "Venter på, at nogen ser på det Danmarks Statistik, RAS" in text
    assert "register.csv" in text
    assert "halvår 20" in text
    assert " 1 2 2 " in text


def test_the_list_costs_the_same_with_more_files(client, sjaelland, counted, half_year):
    counted(f"{half_year};8142;0259;400;9;38;6")
    numbers = iter(range(401, 500))

    assert_same_queries(
        open_page=lambda: client.get(LIST),
        add_row=lambda: counted(f"{half_year};8142;0259;{next(numbers)};9;38;6"),
    )


def test_the_page_of_a_file_that_can_no_longer_be_used_says_so(client, brought, half_year, occupation):
    brought(f"{half_year};8142;0259;400;9;38;6")
    occupation.code = "8143"
    occupation.save(update_fields=["code"])

    page = client.get(decide(client, waiting()).url)

    assertContains(page, "den kan ikke længere bruges")
    assert not StockFigure.objects.exists()


def test_officers_read_deliveries_in_the_administration_and_change_nothing(client, brought, half_year):
    brought(f"{half_year};8142;0259;400;9;38;6")

    page = client.get("/admin/bottlenecks/stockdelivery/")
    one = client.get(f"/admin/bottlenecks/stockdelivery/{waiting().pk}/change/")

    assertContains(page, "register.csv")
    assertContains(one, "Danmarks Statistik, RAS")
    assertNotContains(one, 'name="_save"')


def test_the_demonstration_has_a_correction_that_waits_with_a_nought_too_many(
    sjaelland, occupation, half_year
):
    figures = {(half_year, "8142", "0259"): (400, 9, 38, 6)}
    origin = Origin("Opdigtet", timezone.localdate(), f"register-{half_year}.csv", demo.as_file(figures))
    arrive(figures, origin=origin, may_count=True)

    demo.bring_a_correction(figures, origin)

    assert [(jump.before, jump.after) for jump in waiting().difference.jumps] == [(400, 4000)]
