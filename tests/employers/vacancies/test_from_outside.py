"""Vacancies that others tell us of, by REST and by file: whose they are, and what is told twice."""

import csv
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.vacancies.models import ExternalVacancy, LabourConflict, Source, Token, Vacancy
from employers.vacancies.receiving import are_alike
from jobcenter.classifications.models import EverydayTitle

API = "/api/v1/vacancies/"


@pytest.fixture
def source(db):
    return Source.objects.create(code="jobsiden", name="Jobsiden", covers="Stillinger på Sjælland")


@pytest.fixture
def other_source(db):
    return Source.objects.create(code="opslag", name="Opslagstavlen", covers="Hele landet")


@pytest.fixture
def token_of(administrator):
    return lambda source: Token.issue(source=source, label="Natlig overførsel", by=administrator)


@pytest.fixture
def tell(client, source, token_of, koege, occupation):
    """Tells of a vacancy by REST, with a new token of the source; the other fields are right."""

    def tell(*, of=source, secret=None, **fields):
        told = {
            "external_id": "A-1",
            "link": "https://jobsiden.example/a/1",
            "title": "Pakker til natholdet",
            "text": "Du pakker varer til hele landet.",
            "employer": "Nordhavns Varelager A/S",
            "postcode": "4600",
            "occupation": "8142",
            "apply_by": str(timezone.localdate() + timedelta(days=10)),
            **fields,
        }
        secret = token_of(of)[1] if secret is None else secret
        headers = {"Authorization": f"Bearer {secret}"}
        return client.post(API, told, content_type="application/json", headers=headers)

    return tell


# --- whose it is -------------------------------------------------------------------------------------------


def test_a_source_tells_of_a_vacancy_and_of_a_change_in_it(client, tell, source):
    first, again, changed = tell(), tell(), tell(title="Pakker til dagholdet")

    assert [answer.status_code for answer in (first, again, changed)] == [201, 200, 200]
    assert [answer.json()["fate"] for answer in (first, again, changed)] == ["added", "unchanged", "changed"]
    vacancy = ExternalVacancy.objects.get()
    assert (vacancy.source, vacancy.external_id, vacancy.title) == (source, "A-1", "Pakker til dagholdet")
    assert (vacancy.municipality.code, vacancy.town) == ("0259", "Køge")
    source.refresh_from_db()
    assert source.heard_at
    assertContains(client.get("/stillinger/"), "Pakker til dagholdet")


def test_two_sources_may_use_the_same_id(tell, other_source):
    tell()
    tell(of=other_source, title="Smed", employer="En anden")

    assert ExternalVacancy.objects.count() == 2


def test_only_the_hash_of_a_token_is_kept(token_of, source):
    token, secret = token_of(source)

    assert secret not in {str(value) for value in vars(token).values()}
    assert len(token.digest) == 64


def test_a_token_that_is_revoked_or_unknown_or_of_an_inactive_source_opens_nothing(tell, token_of, source):
    token, secret = token_of(source)
    assert tell(secret=secret).status_code == 201
    token.revoke()

    for wrong in (secret, "ei_unknown", "", "ø"):
        assert tell(secret=wrong).status_code == 401
    _token, secret = token_of(source)
    Source.objects.update(is_active=False)
    assert tell(secret=secret).status_code == 401
    assert ExternalVacancy.objects.count() == 1


def test_a_source_closes_its_own_and_finds_no_others(client, tell, token_of, source, other_source):
    tell()
    place = f"{API}own/A-1/"
    theirs = {"Authorization": f"Bearer {token_of(other_source)[1]}"}
    own = {"Authorization": f"Bearer {token_of(source)[1]}"}

    assert client.delete(place).status_code == 401
    assert client.delete(place, headers=theirs).status_code == 404
    assert ExternalVacancy.objects.get().state == "published"
    assert client.delete(place, headers=own).status_code == 204
    assert client.delete(place, headers=own).status_code == 204
    assert client.get(ExternalVacancy.objects.get().get_absolute_url()).status_code == 410
    assert tell().json()["state"] == "published", "told of again, it is open again"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("external_id", ""),
        ("link", "javascript:alert(1)"),
        ("title", "x" * 101),
        ("text", "Ring til 010190-1234"),
        ("employer", ""),
        ("cvr", "12345678"),
        ("postcode", "9999"),
        ("municipality", "0999"),
        ("occupation", "99"),
        ("terms", "whatever"),
        ("positions", 0),
        ("hours", 90),
        ("starts_on", "2027-02-30"),
        ("apply_by", "2001-01-01"),
        ("title", None),
    ],
)
def test_a_slip_is_told_at_its_field_and_nothing_is_saved(tell, field, value):
    answer = tell(**{field: value})

    assert answer.status_code == 400
    assert list(answer.json()) == [field]
    assert not ExternalVacancy.objects.exists()


def test_without_a_code_the_occupation_is_found_by_what_the_job_is_called(tell, occupation):
    assert tell(occupation="").json() == {
        "occupation": ["Titlen siger ikke, hvilket fag det er: skriv fagets DISCO-08-kode."]
    }
    EverydayTitle.objects.create(
        title="pakker til natholdet",
        occupation=occupation,
        source_kind="everyday",
        source="test",
        as_of=timezone.localdate(),
    )

    assert tell(occupation="").status_code == 201


# --- the same vacancy --------------------------------------------------------------------------------------


def test_what_is_advertised_here_too_is_linked_and_shown_once(client, tell, company, make_vacancy):
    company.cvr = "99000015"  # of the range nobody has, and one that passes the check
    company.save()
    ours = make_vacancy(title="Procesoperatør til natholdet", state=Vacancy.State.PUBLISHED)

    answer = tell(title="Natholdet, procesoperatør til", cvr="99000015", employer="Strandmarken")

    assert answer.json()["shown_as"].endswith(ours.get_absolute_url())
    assert ExternalVacancy.objects.get().company == ours.company
    assertContains(client.get("/stillinger/"), "1 stilling")


def test_what_another_source_tells_too_is_linked_and_shown_once(client, tell, other_source):
    first = tell().json()
    second = tell(of=other_source, external_id="9", title="Natholdet, pakker til").json()

    assert second["shown_as"] == first["url"]
    assertContains(client.get("/stillinger/"), "1 stilling")
    assert client.get(second["url"].removeprefix("http://localhost:8000")).status_code == 302


def test_another_job_of_the_same_employer_is_another_vacancy(client, tell, other_source):
    tell()
    tell(of=other_source, external_id="9", title="Regnskabsassistent")

    assertContains(client.get("/stillinger/"), "2 stillinger")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Lagermedarbejder til nathold", "Nathold: lagermedarbejder til", True),
        ("Smed", "SMED", True),
        ("Smed", "Kok", False),
        ("Sygeplejerske til akutmodtagelsen", "Sygeplejerske til hjemmeplejen", False),
    ],
)
def test_titles_are_alike_whatever_the_order_of_their_words(one, other, alike):
    assert are_alike(one, other) is alike


def test_one_that_a_labour_conflict_covers_is_not_shown_while_it_lasts(
    client, make_external, company, koege, occupation
):
    external = make_external(company=company, cvr=company.cvr)
    today = timezone.localdate()
    conflict = LabourConflict.objects.create(
        company=company,
        starts_on=today,
        source="Fagbladet",
        jobcentre=koege.jobcentre,
        registered_by=koege.caseworker,
    )

    assertContains(client.get("/stillinger/"), "0 stillinger")
    assert client.get(external.get_absolute_url()).status_code == 410
    assertNotContains(client.get("/sitemap-stillinger.xml"), external.get_absolute_url())
    LabourConflict.objects.filter(pk=conflict.pk).update(
        starts_on=today - timedelta(days=5), ends_on=today - timedelta(days=1)
    )
    assertContains(client.get("/stillinger/"), "1 stilling")


# --- reading by REST ---------------------------------------------------------------------------------------


def test_anyone_reads_what_is_public_with_the_words_of_the_page(client, make_vacancy, make_external):
    make_vacancy(title="Procesoperatør", state=Vacancy.State.PUBLISHED)
    make_vacancy(title="Hemmelig")
    make_external()

    everything = client.get(API).json()
    some = client.get(API, {"hvad": "pakker", "kommune": "0259"}).json()

    assert (everything["number"], everything["more"], everything["pages"]) == (2, False, 1)
    (one,) = some["vacancies"]
    assert (one["title"], one["employer"], one["source"]) == (
        *("Pakker til natholdet", "Nordhavns Varelager A/S", "Jobsiden"),
    )
    assert one["municipality"] == {"code": "0259", "name": "Køge"}
    assert client.get(API, {"hvor": "Ingensteder"}).status_code == 400


def test_the_schema_tells_how(client, db):
    schema = client.get("/api/v1/schema/").content.decode()

    for told in ("/api/v1/vacancies/", "vacancies_tell", "scheme: bearer", "external_id"):
        assert told in schema


# --- by file -----------------------------------------------------------------------------------------------


@pytest.fixture
def file_of(tmp_path, koege, occupation):
    def write(*lines):
        path = tmp_path / "stillinger.csv"
        names = ["external_id", "link", "title", "text", "employer", "postcode", "occupation", "apply_by"]
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=names)
            writer.writeheader()
            for line in lines:
                writer.writerow(
                    {
                        "link": "https://jobsiden.example/1",
                        "text": "Vi søger.",
                        "employer": "Nordhavns Varelager A/S",
                        "postcode": "4600",
                        "occupation": "8142",
                        "apply_by": str(timezone.localdate() + timedelta(days=9)),
                        **line,
                    }
                )
        return str(path)

    return write


def test_every_line_of_a_file_has_a_fate(source, file_of, capsys):
    call_command("import_vacancies", "jobsiden", file_of({"external_id": "1", "title": "Smed"}))
    call_command(
        "import_vacancies",
        "jobsiden",
        file_of(
            {"external_id": "1", "title": "Smed"},
            {"external_id": "2", "title": "Kok"},
            {"external_id": "2", "title": "Kok igen"},
            {"external_id": "3", "title": "Tømrer", "postcode": "9999"},
        ),
    )

    told = capsys.readouterr()
    assert "Jobsiden: 1 added, 0 changed, 1 unchanged, 0 closed, 2 refused" in told.out
    assert "line 4: it repeats line 3" in told.err
    assert "line 5: postcode:" in told.err


def test_a_whole_file_closes_what_is_not_in_it_unless_a_line_is_refused(source, file_of, capsys):
    call_command(
        "import_vacancies",
        "jobsiden",
        file_of({"external_id": "1", "title": "Smed"}, {"external_id": "2", "title": "Kok"}),
    )
    call_command("import_vacancies", "jobsiden", file_of({"external_id": "2", "title": ""}), "--whole")
    assert ExternalVacancy.objects.filter(state="closed").count() == 0
    call_command("import_vacancies", "jobsiden", file_of({"external_id": "2", "title": "Kok"}), "--whole")

    assert [one.external_id for one in ExternalVacancy.objects.filter(state="closed")] == ["1"]


def test_a_dry_run_saves_nothing_and_an_unknown_source_is_said(source, file_of):
    call_command("import_vacancies", "jobsiden", file_of({"external_id": "1", "title": "Smed"}), "--dry-run")

    assert not ExternalVacancy.objects.exists()
    with pytest.raises(CommandError, match="no active source"):
        call_command("import_vacancies", "ukendt", file_of())


# --- the administrator -------------------------------------------------------------------------------------


def test_the_administrator_issues_a_token_that_is_shown_once_and_revokes_it(client, administrator, source):
    client.force_login(administrator)

    page = client.post(
        "/admin/vacancies/token/add/", {"source": source.pk, "label": "Natlig overførsel"}, follow=True
    )
    token = Token.objects.get()
    assertContains(page, "ei_")
    assertNotContains(client.get("/admin/vacancies/token/"), "ei_")
    client.post("/admin/vacancies/token/", {"action": "revoke", "_selected_action": [token.pk]})

    token.refresh_from_db()
    assert token.revoked_at
    assert token.issued_by == administrator


def test_the_coverage_is_stated_on_the_search(client, source, other_source, make_external):
    Source.objects.filter(pk=other_source.pk).update(heard_at=timezone.now())

    page = client.get("/stillinger/")

    assertContains(page, "Jobsiden: Stillinger på Sjælland.")
    assertContains(page, "Ikke hørt fra endnu.")
    assertContains(page, "Listen er ikke alt, hvad der findes.")
