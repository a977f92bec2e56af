"""An extract of the register is taken in: every line's fate, twice the same, and nothing of ours touched."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import translation

from employers.companies.finding import find
from employers.companies.importing import carry_out, finish, promise
from employers.companies.models import (
    Company,
    NameGram,
    Person,
    RegisterCompany,
    RegisterFate,
    RegisterImport,
    RegisterWorkplace,
    Workplace,
)
from employers.contacts.models import Contact, Preferences, Purpose
from jobcenter.classifications.models import Industry
from jobcenter.runtime.models import LEASE, LeaseLost

COMPANIES = "cvr,name,address,postcode,industry,employees,is_active,advertising_protected\n"
DATED = "cvr,name,address,postcode,industry,employees,is_active,advertising_protected,status,ceased_on\n"
WORKPLACES = "p_number,cvr,name,address,postcode,municipality,employees,opened_on,closed_on\n"
LINE = "99001011,Strandmarkens Emballage A/S,Tangmosevej 88,4600,22.22,50–99,yes,no\n"
OTHER = "99001143,Bøgevang Byggeelementer A/S,Valdemarshåb 21,4600,,100–199,yes,yes\n"
PLACE = "1999000107,99001011,Lageret,Industriholmen 14,4600,0259,18,2019-05-01,\n"


@pytest.fixture(autouse=True)
def industry(koege, roskilde):
    return Industry.objects.create(
        version=Industry.Version.NACE_2_1,
        code="22.22",
        level=4,
        title_da="Fremstilling af plastemballage",
        title_en="Manufacture of plastic packing goods",
        valid_from="2025-01-01",
    )


def take(companies: str, workplaces: str = "", *, header: str = COMPANIES) -> RegisterImport:
    """Take two files in as a worker would."""
    with transaction.atomic():
        promised = promise(
            companies=(header + companies).encode(),
            workplaces=(WORKPLACES + workplaces).encode(),
            source="test",
        )
    carry_out(promised.pk)
    return RegisterImport.objects.get(pk=promised.pk)


def counts(done: RegisterImport, file: str) -> tuple[int, ...]:
    return tuple(getattr(done, f"{file}_{what}") for what in ("added", "changed", "unchanged", "refused"))


def fates(done: RegisterImport) -> list[tuple[str, int, str, str]]:
    return [(fate.file, fate.line, fate.fate, fate.reason) for fate in done.fates.order_by("file", "line")]


def test_the_register_is_copied_and_the_second_time_nothing_changes(industry, koege):
    first = take(LINE + OTHER, PLACE)
    second = take(LINE + OTHER, PLACE)

    assert (counts(first, "companies"), counts(first, "workplaces")) == ((2, 0, 0, 0), (1, 0, 0, 0))
    assert (counts(second, "companies"), counts(second, "workplaces")) == ((0, 0, 2, 0), (0, 0, 1, 0))
    assert fates(first) == [
        ("companies", 2, "added", ""),
        ("companies", 3, "added", ""),
        ("workplaces", 2, "added", ""),
    ]
    assert fates(second) == []
    company = RegisterCompany.objects.get(pk="99001011")
    assert (company.industry, company.source, company.advertising_protected) == (industry, "test", False)
    assert RegisterCompany.objects.get(pk="99001143").advertising_protected
    place = RegisterWorkplace.objects.get()
    assert (place.municipality, place.employees, place.opened_on) == (
        koege.municipality,
        18,
        date(2019, 5, 1),
    )


def test_the_files_are_forgotten_when_they_have_been_taken_in():
    done = take(LINE, PLACE)

    assert (bytes(done.companies), bytes(done.workplaces)) == (b"", b"")
    assert done.finished_at


def test_a_line_that_differs_says_what_is_new():
    take(LINE, PLACE)

    done = take(
        LINE.replace("Strandmarkens Emballage", "Strandmarkens Papkasser").replace("50–99", "100–199"),
        PLACE.replace("14", "16"),
    )

    assert fates(done) == [
        ("companies", 2, "changed", "name, employees"),
        ("workplaces", 2, "changed", "address"),
    ]
    assert find(RegisterCompany.objects.all(), "papkasser", most=1)[0].cvr == "99001011"
    assert not find(RegisterCompany.objects.all(), "emballage", most=1)


def test_a_company_that_ceases_is_changed_and_stays():
    take(LINE, PLACE)

    done = take(LINE.strip().replace("yes,no", "no,no") + ",OPLØST EFTER KONKURS,2026-06-30\n", header=DATED)

    assert fates(done) == [("companies", 2, "changed", "is_active, status, ceased_on")]
    company = RegisterCompany.objects.get()
    assert (company.is_active, company.status, company.ceased_on) == (
        False,
        "OPLØST EFTER KONKURS",
        date(2026, 6, 30),
    )
    assert RegisterWorkplace.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (LINE.replace("99001011", "99001012"), "“99001012” is no CVR number"),
        (LINE.replace("22.22", "99.99"), "there is no industry 99.99"),
        (LINE.replace("4600", "460"), "postcode must have 4 digits, not “460”"),
        (LINE.replace("yes,no", "ja,no"), "is_active must be yes or no, not “ja”"),
        (LINE.replace("Strandmarkens Emballage A/S", " "), "name is empty"),
        (LINE.replace("Strandmarkens", "S" * 201), "name has more than 200 characters"),
        (LINE.replace(",no\n", "\n"), "it has another number of fields than the first line"),
        ("99001143" + LINE[8:] + LINE, ""),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_reason_and_the_others_are_taken_in(line, reason):
    with translation.override("en"):
        done = take(line + OTHER)

    if reason:
        assert fates(done)[0] == ("companies", 2, "refused", reason)
        assert RegisterCompany.objects.get().cvr == "99001143"
    else:
        assert fates(done)[-1] == ("companies", 4, "refused", "it repeats line 2")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (PLACE.replace("99001011", "99001143"), "there is no company 99001143"),
        (PLACE.replace("0259", "0411"), "there is no municipality 0411"),
        (PLACE.replace("1999000107", "199900010"), "p_number must have 10 digits, not “199900010”"),
        (PLACE.replace(",18,", ",18.5,"), "employees must be a whole number, not “18.5”"),
        (PLACE.replace("2019-05-01", "1. maj"), "opened_on must be a date such as 2007-01-31, not “1. maj”"),
        (PLACE.replace(",\n", ",2018-05-01\n"), "a workplace must open before it closes"),
    ],
)
def test_a_workplace_that_cannot_be_is_refused_with_its_reason(line, reason):
    with translation.override("en"):
        done = take(LINE, line)

    assert fates(done)[-1] == ("workplaces", 2, "refused", reason)
    assert not RegisterWorkplace.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "byte 1"),
        (b"cvr,name\n", "address"),
        (COMPANIES.encode() + b'"99001011', "CSV"),
        (b"", "cvr"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing_and_says_why(content, sentence):
    with transaction.atomic():
        promised = promise(companies=content, workplaces=WORKPLACES.encode(), source="test")
    carry_out(promised.pk)

    done = RegisterImport.objects.get()
    assert done.finished_at
    assert done.problem
    if sentence != "CSV":
        assert sentence in done.problem
    assert not RegisterCompany.objects.exists()


def test_a_company_we_know_follows_the_register_and_keeps_what_people_wrote(koege):
    company = Company.objects.create(cvr="99001011", name="Det gamle navn ApS", employees="1")
    person = Person.objects.create(company=company, name="Mette Bruun", email="mette@strandmarken.example")
    typed = Workplace.objects.create(
        company=company, address="Havnen 3", postcode="4600", municipality=koege.municipality
    )
    others = {
        field.name: getattr(company, field.name)
        for field in Company._meta.concrete_fields
        if field.name not in FROM_THE_REGISTER
    }

    take(LINE, PLACE)
    take(LINE, PLACE)

    company.refresh_from_db()
    assert (company.name, company.employees, company.from_register) == (
        "Strandmarkens Emballage A/S",
        "50–99",
        True,
    )
    assert company.sort_key == "strandmarkens emballage a s"
    assert {name: getattr(company, name) for name in others} == others
    assert list(company.people.all()) == [person]
    assert set(company.workplaces.values_list("address", "p_number", "town", "opened_on")) == {
        (typed.address, None, "Køge", None),
        ("Industriholmen 14", "1999000107", "Køge", date(2019, 5, 1)),
    }
    assert find(Company.objects.all(), "strandmarkens embalage", most=1) == [company]


FROM_THE_REGISTER = {
    *("name", "name_key", "name_grams", "sort_key", "industry", "employees"),
    *("from_register", "has_ceased", "ceased_on", "advertising_protected"),
}
"""All that an import may change in a company: every other column is what people have written."""


def test_a_renamed_company_keeps_its_number_and_its_history_has_both_names():
    take(LINE)
    company = Company.objects.create(cvr="99001011", name="Strandmarkens Emballage A/S")

    take(LINE.replace("Emballage", "Papkasser"))

    company.refresh_from_db()
    assert (company.cvr, company.name) == ("99001011", "Strandmarkens Papkasser A/S")
    assert list(company.events.order_by("pgh_id").values_list("name", flat=True)) == [
        "Strandmarkens Emballage A/S",
        "Strandmarkens Papkasser A/S",
    ]
    assert company.events.latest("pgh_id").pgh_context.metadata["register_import"]


def test_a_ceased_and_protected_company_we_know_is_marked():
    company = Company.objects.create(cvr="99001011", name="Strandmarkens Emballage A/S")

    take(LINE.strip().replace("yes,no", "no,yes") + ",UNDER KONKURS,2026-06-30\n", header=DATED)

    company.refresh_from_db()
    assert (company.has_ceased, company.ceased_on, company.advertising_protected) == (
        True,
        date(2026, 6, 30),
        True,
    )


def test_workplaces_of_a_company_we_know_open_and_close_as_the_register_says(roskilde):
    take(LINE, PLACE)
    company = Company.objects.create(cvr="99001011", name="Strandmarkens Emballage A/S")
    take(LINE, PLACE)
    assert company.workplaces.open().get().opened_on == date(2019, 5, 1)

    take(
        LINE,
        PLACE.replace(",\n", ",2026-10-31\n") + "1999000115,99001011,Ny,Nyvej 1,4000,0265,,2026-11-01,\n",
    )

    assert list(
        company.workplaces.order_by("p_number").values_list("p_number", "closed_on", "opened_on")
    ) == [
        ("1999000107", date(2026, 10, 31), date(2019, 5, 1)),
        ("1999000115", None, date(2026, 11, 1)),
    ]
    assert company.workplaces.open().get().municipality == roskilde.municipality


def test_a_workplace_that_goes_to_another_company_follows_it_or_closes_where_nobody_knows_that_one():
    take(LINE + OTHER, PLACE)
    emballage = Company.objects.create(cvr="99001011", name="Strandmarkens Emballage A/S")
    take(LINE + OTHER, PLACE)

    take(LINE + OTHER, PLACE.replace("99001011", "99001143"))
    assert emballage.workplaces.get().closed_on

    bygge = Company.objects.create(cvr="99001143", name="Bøgevang Byggeelementer A/S")
    take(LINE + OTHER, PLACE.replace("99001011", "99001143"))
    assert bygge.workplaces.open().get().p_number == "1999000107"
    assert not emballage.workplaces.exists()


def test_an_import_whose_worker_dies_is_taken_in_once_by_the_next():
    with transaction.atomic():
        promised = promise(
            companies=(COMPANIES + LINE).encode(), workplaces=WORKPLACES.encode(), source="test"
        )
    with RegisterImport.objects.claim(promised.pk, lease=-LEASE) as work:
        assert work  # and here its worker dies

    carry_out(promised.pk)
    carry_out(promised.pk)

    done = RegisterImport.objects.get()
    assert (done.attempts, counts(done, "companies")) == (2, (1, 0, 0, 0))


def test_as_many_statements_for_many_lines_as_for_few(django_assert_max_num_queries):
    number = iter(range(10_000_000))

    def lines(count: int) -> str:
        return "".join(
            f"{cvr},Virksomhed {cvr} ApS,Nyvej 1,4600,22.22,1,yes,no\n" for cvr in _numbers(number, count)
        )

    with django_assert_max_num_queries(60):
        done = take(lines(2000))

    assert counts(done, "companies") == (2000, 0, 0, 0)
    assert NameGram.objects.exists()


def _numbers(numbers, count: int) -> list[str]:
    """CVR numbers of the range nobody has been given."""
    from stdnum.dk import cvr

    found = []
    while len(found) < count:
        candidate = str(99_000_000 + next(numbers))
        if cvr.is_valid(candidate):
            found.append(candidate)
    return found


def test_the_command_takes_an_extract_in_and_tells_what_became_of_it(tmp_path):
    files = tmp_path / "firmaer.csv", tmp_path / "steder.csv"
    files[0].write_text(COMPANIES + LINE + OTHER.replace("99001143", "99001144"))
    files[1].write_text(WORKPLACES + PLACE)
    said, complained = StringIO(), StringIO()

    call_command("import_register", *map(str, files), "--source", "test", stdout=said, stderr=complained)

    assert said.getvalue() == (
        "companies: 1 added, 0 changed, 0 unchanged, 1 refused\n"
        "workplaces: 1 added, 0 changed, 0 unchanged, 0 refused\n"
    )
    assert "firmaer.csv:3: 99001144: “99001144” is no CVR number" in complained.getvalue()
    assert RegisterFate.objects.count() == 3


def test_the_command_says_why_a_file_cannot_be_read(tmp_path):
    (tmp_path / "firmaer.csv").write_text("navn\n")

    with pytest.raises(CommandError, match="The column cvr is missing"):
        call_command("import_register", *[str(tmp_path / "firmaer.csv")] * 2, "--source", "test")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_register", *[str(tmp_path / "ingen.csv")] * 2, "--source", "test")


def test_how_a_company_wants_to_be_contacted_survives_every_import(company, employer):
    wishes = Preferences.objects.create(
        company=company,
        most_contacts=2,
        channel=Contact.Channel.EMAIL,
        person=company.people.get(),
        paused_until=date(2026, 12, 24),
        unwanted=[Purpose.RECRUITMENT],
        changed_by=employer,
    )
    before = Preferences.objects.values().get()
    Company.objects.filter(pk=company.pk).update(cvr="99001011")

    take(LINE.replace("Emballage", "Papkasser"))
    take(LINE.replace("yes,no", "no,yes"))

    assert Preferences.objects.values().get() == before
    assert wishes.company_id == Company.objects.get(has_ceased=True).pk


def test_a_worker_whose_lease_ran_out_changes_nothing_after_another_has_begun():
    with transaction.atomic():
        promised = promise(
            companies=(COMPANIES + LINE).encode(), workplaces=WORKPLACES.encode(), source="test"
        )
    with RegisterImport.objects.claim(promised.pk, lease=-LEASE) as slow:
        RegisterImport.objects.filter(pk=promised.pk).update(attempts=2)  # another has claimed it

        with pytest.raises(LeaseLost), transaction.atomic():
            finish(slow)

    assert not RegisterCompany.objects.exists()
    assert bytes(RegisterImport.objects.get().companies)
