"""Every line has a fate before anything is kept, the same one afterwards, and none the second time."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from employers.companies.merging import merge
from employers.companies.models import Company, Person, RegisterCompany, Workplace
from employers.imports import bringing
from employers.imports.bringing import carry_out, confirm, upload
from employers.imports.models import Fate, ListImport, ListLine
from jobcenter.notifications.models import Mail
from tests.queries import assert_same_queries
from tests.worker import Worker

HEAD = "CVR-nummer;Land;Udenlandsk nummer;Virksomhed;Adresse;Postnummer;Kontaktperson;E-mail;Telefon"
LINES = {
    "a new person": ("99000019;;;;;;Jens Lager;jens@strandmarken.example;56000001", Fate.NEW),
    "the same once more": ("99000019;;;;;;Jens Lager;jens@strandmarken.example;56000001", Fate.UNCHANGED),
    "a telephone number": (";;;Strandmarkens emballage A/S;;;Mette Bruun;;56001100", Fate.CHANGED),
    "a like name": ("99000019;;;;;;Mette Brun;mb@strandmarken.example;", Fate.DUPLICATE),
    "the company alone": ("99000019;;;Et andet navn;;;;;", Fate.UNCHANGED),
    "a new foreign company": (
        ";Tyskland;HRB 777;Hansa GmbH;Kaj 1;4600;Anke Vogt;av@hansa.example;",
        Fate.NEW,
    ),
    "its second person": (";DE;HRB-777;Hansa;;;Bodo Vogt;;56000002", Fate.NEW),
    "a wrong number": ("12345678;;;Ukendt ApS;;;;;", Fate.REFUSED),
    "a wrong postcode": (";SE;55-1;Svensk AB;Gatan 1;0001;;;", Fate.REFUSED),
    "a wrong address": ("99000019;;;;;;Ole Post;ikke-en-adresse;", Fate.REFUSED),
    "no company": (";;;Findes ikke ApS;;;Ole Post;;", Fate.REFUSED),
    "a CPR number": ("99000019;;;;;;Ole Post;ole@strandmarken.example;010190-1234", Fate.REFUSED),
    "far away": ("99000043;;;;;;Frida Fjern;frida@risskov.example;", Fate.REFUSED),
}
FATES = [fate for _line, fate in LINES.values()]


@pytest.fixture
def far_company(aarhus):
    made = Company.objects.create(cvr="99000043", name="Risskov Emballage A/S")
    Workplace.objects.create(
        company=made, address="Strandvej 1", postcode="8240", municipality=aarhus.municipality
    )


@pytest.fixture
def uploaded(koege, company, far_company):
    content = "\n".join([HEAD, *(line for line, _fate in LINES.values())]).encode()
    return upload(content, name="liste.csv", by=koege.caseworker, jobcentre=koege.jobcentre)


def fates(made):
    return [Fate(line.fate) for line in made.lines.order_by("number")]


def kept():
    return (
        list(Company.objects.order_by("pk").values("name", "cvr", "foreign_number")),
        list(Person.objects.order_by("pk").values("name", "email", "phone", "company__name")),
    )


def test_every_line_has_its_fate_before_anything_is_kept(uploaded, company):
    assert dict(zip(LINES, fates(uploaded), strict=True)) == dict(zip(LINES, FATES, strict=True))
    assert [one.name for one in Person.objects.all()] == ["Mette Bruun"]
    assert not Company.objects.filter(country="DE").exists()


def test_a_refused_line_names_its_column_and_a_like_one_whom(uploaded):
    said = dict(zip(LINES, uploaded.lines.order_by("number"), strict=True))

    assert said["a wrong postcode"].column == "postcode"
    assert said["a wrong address"].column == "email"
    assert said["a telephone number"].said == "telefon"
    assert "Mette Bruun" in said["a like name"].said


def test_a_cpr_number_is_not_kept_anywhere(uploaded):
    assert "010190" not in str(list(ListLine.objects.values_list("values", "said")))


def test_what_is_done_is_what_was_foretold_and_the_register_is_not_overwritten(uploaded, company):
    confirm(uploaded)
    carry_out(uploaded.pk)

    uploaded.refresh_from_db()
    assert uploaded.finished_at
    assert fates(uploaded) == FATES
    company.refresh_from_db()
    assert company.name == "Strandmarkens Emballage A/S"
    assert {one.name for one in company.people.all()} == {"Mette Bruun", "Jens Lager"}
    assert company.people.get(name="Mette Bruun").phone == "56001100"
    hansa = Company.objects.get(country="DE")
    assert {one.name for one in hansa.people.all()} == {"Anke Vogt", "Bodo Vogt"}
    assert hansa.workplaces.get().address == "Kaj 1"


def test_whoever_is_new_and_has_an_address_is_told_once_that_they_are_registered(uploaded, koege):
    confirm(uploaded)
    carry_out(uploaded.pk)

    told = Mail.objects.filter(kind="information")
    assert {mail.to for mail in told} == {"jens@strandmarken.example", "av@hansa.example"}
    mail = told.get(to="jens@strandmarken.example")
    assert "Jobcenter Køge har registreret dig" in mail.subject
    assert "dataansvarlig" in mail.body
    assert reverse("pages:data") in mail.body


def test_the_same_list_once_more_changes_nothing(uploaded, koege):
    confirm(uploaded)
    carry_out(uploaded.pk)
    before = kept()
    content = "\n".join([HEAD, *(line for line, _fate in LINES.values())]).encode()

    again = upload(content, name="igen.csv", by=koege.caseworker, jobcentre=koege.jobcentre)
    confirm(again)
    carry_out(again.pk)

    assert kept() == before
    assert not set(fates(again)) & {Fate.NEW, Fate.CHANGED}


def test_a_list_that_is_not_confirmed_is_not_brought_in(uploaded):
    before = kept()
    carry_out(uploaded.pk)
    bringing.sweep()

    assert kept() == before
    uploaded.refresh_from_db()
    assert uploaded.finished_at is None


def test_a_crash_in_the_middle_loses_and_doubles_nothing(uploaded, monkeypatch):
    monkeypatch.setattr(bringing, "BATCH", 4)
    real, done = bringing.judge, []

    def stumbling(values, *, jobcentre):
        done.append(values)
        if len(done) == 6:
            raise RuntimeError("the machine is gone")
        return real(values, jobcentre=jobcentre)

    confirm(uploaded)
    monkeypatch.setattr(bringing, "judge", stumbling)
    carry_out(uploaded.pk)
    uploaded.refresh_from_db()
    assert uploaded.finished_at is None
    assert uploaded.lines.exclude(done_at=None).count() == 4

    ListImport.objects.filter(pk=uploaded.pk).update(due_at=uploaded.created_at)
    carry_out(uploaded.pk)

    uploaded.refresh_from_db()
    assert uploaded.finished_at
    assert fates(uploaded) == FATES
    assert Person.objects.filter(name="Jens Lager").count() == 1


def test_a_company_of_the_register_comes_with_what_the_register_says(koege, company):
    RegisterCompany.objects.create(
        cvr="99000023", name="Fra Registret A/S", address="Vej 1", postcode="4600", source="test"
    )
    made = upload(
        b"CVR;Virksomhed;Adresse;Postnr\n99000023;Kaldt noget andet;Havnen 2;4600\n",
        name="x.csv",
        by=koege.caseworker,
        jobcentre=koege.jobcentre,
    )

    assert fates(made) == [Fate.REFUSED]
    assert "opland" in made.lines.get().said


def test_the_number_of_a_company_that_was_merged_away_leads_to_the_one_that_stayed(koege, company):
    double = Company.objects.create(country="DE", foreign_number="HRB 1", name="Dobbelt")
    merge(company, double, chosen={}, by=koege.caseworker, jobcentre=koege.jobcentre, why="De har ringet")
    line = "Land;Udenlandsk nummer;Virksomhed;Kontaktperson\nDE;HRB 1;Dobbelt;Ny Person\n"

    made = upload(line.encode(), name="x.csv", by=koege.caseworker, jobcentre=koege.jobcentre)
    confirm(made)
    carry_out(made.pk)

    assert company.people.filter(name="Ny Person").exists()


def test_outdated_lists_are_forgotten(uploaded, time_machine):
    bringing.forget()
    assert ListImport.objects.exists()
    time_machine.move_to(timezone.now() + timedelta(days=8))
    bringing.forget()
    assert not ListLine.objects.exists()


def test_the_pages_from_the_file_to_the_report(client, koege, company):
    client.force_login(koege.caseworker)
    template = b"".join(client.get(reverse("imports:template"), {"hent": "csv"}))

    page = client.post(
        reverse("imports:lists"), {"file": SimpleUploadedFile("liste.csv", template)}, follow=True
    )
    assertContains(page, "Intet er gemt endnu")
    made = ListImport.objects.get()
    assertContains(client.post(made.get_absolute_url(), follow=True), "hentes ind")
    assertContains(client.post(made.get_absolute_url(), follow=True), "bekræftet før")
    carry_out(made.pk)

    report = b"".join(client.get(made.get_absolute_url(), {"hent": "csv"})).decode("utf-8-sig")
    [line] = csv.DictReader(io.StringIO(report), delimiter=";")
    assert (line["Skæbne"], line["Kontaktperson"]) == ("ændret", "Mette Bruun")
    assertContains(client.get(made.get_absolute_url()), "Listen er hentet ind")


def test_a_long_list_asks_no_more_than_a_short_one(client, koege, company):
    client.force_login(koege.caseworker)
    made = upload(b"CVR\n99000019\n", name="x.csv", by=koege.caseworker, jobcentre=koege.jobcentre)
    numbers = iter(range(10, 20))

    def add_row():
        ListLine.objects.create(
            list_import=made, number=next(numbers), values={"cvr": "1"}, fate=Fate.UNCHANGED
        )
        ListImport.objects.create(jobcentre=koege.jobcentre, by=koege.caseworker, file_name="y.csv")

    assert_same_queries(open_page=lambda: client.get(made.get_absolute_url()), add_row=add_row)
    assert_same_queries(open_page=lambda: client.get(reverse("imports:lists")), add_row=add_row)


def test_a_file_that_cannot_be_read_is_answered_with_why(client, koege):
    client.force_login(koege.caseworker)
    page = client.post(reverse("imports:lists"), {"file": SimpleUploadedFile("x.csv", b"Farve\nblaa\n")})
    assertContains(page, "Den første linje skal")


def test_a_real_worker_brings_the_list_in(worker: Worker, koege, company):
    made = upload(
        f"{HEAD}\n{LINES['a new person'][0]}\n".encode(),
        name="x.csv",
        by=koege.caseworker,
        jobcentre=koege.jobcentre,
    )
    confirm(made)

    worker.wait_until(lambda: ListImport.objects.filter(pk=made.pk, finished_at__isnull=False).exists())
    assert company.people.filter(name="Jens Lager").exists()
