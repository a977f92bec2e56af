"""Whatever is typed: a clear Danish sentence at the right field, everything kept, nothing half saved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.enquiries.company_form import CompanyForm
from employers.enquiries.models import Draft, Enquiry, Kind, Step
from employers.enquiries.needs import MessageForm
from employers.vacancies.forms import VacancyForm
from jobcenter.centres.models import Serves
from jobcenter.geography.models import Postcode
from jobcenter.notifications.models import Mail
from tests.employers.enquiries.conftest import CVR, UNKNOWN_CVR

pytestmark = pytest.mark.django_db


def in_days(number: int) -> str:
    return str(timezone.localdate() + timedelta(days=number))


@pytest.mark.parametrize(
    ("cvr", "sentence"),
    [
        ("", "Skriv virksomhedens navn eller CVR-nummer"),
        ("9900001", "Et CVR-nummer har 8 cifre; I skrev 7"),
        ("990000150", "Et CVR-nummer har 8 cifre; I skrev 9"),
        ("99000016", "cifrene passer ikke sammen"),
        ("9900A015", "Ingen virksomhed i registret hedder sådan"),
        ("<script>", "Ingen virksomhed i registret hedder sådan"),
        ("9" * 300, "Der er plads til 120 tegn"),
        ("12+34", "Et CVR-nummer består kun af cifre"),
    ],
)
def test_a_wrong_cvr_number(typed_company, cvr, sentence):
    form = CompanyForm({**typed_company, "cvr": cvr}, kind=Kind.RECRUIT)

    assert sentence in " ".join(form.errors["cvr"])


@pytest.mark.parametrize("cvr", ["99 00 00 15", "DK99000015", " 99000015 ", "99-00-00-15"])
def test_a_cvr_number_as_people_write_it(typed_company, cvr):
    form = CompanyForm({**typed_company, "cvr": cvr}, kind=Kind.RECRUIT)

    assert form.is_valid()
    assert form.cleaned_data["cvr"] == CVR


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("workplace", "", "Vælg arbejdsstedet"),
        ("workplace", "1999999999", "Vælg et af virksomhedens arbejdssteder eller „Et andet sted“"),
        ("name", "", "Skriv navnet på jeres kontaktperson"),
        ("name", "x" * 121, "Der er plads til 120 tegn. Teksten har 121"),
        ("email", "", "Skriv jeres e-mailadresse"),
        ("email", "mette.bruun@strandmarken", "Ret e-mailadressen, så den har formen navn@firma.dk"),
        ("email", "a@b.dk\nBcc: alle@example.dk", "Ret e-mailadressen"),
        ("phone", "ring endelig", "Skriv telefonnummeret med cifre"),
        ("phone", "5" * 31, "Skriv telefonnummeret med cifre"),
    ],
)
def test_a_fault_in_the_first_step(typed_company, field, typed, sentence):
    form = CompanyForm({**typed_company, field: typed}, kind=Kind.RECRUIT)

    assert list(form.errors) == [field]
    assert sentence in " ".join(form.errors[field])


@pytest.mark.parametrize(
    ("postcode", "sentence"),
    [
        ("", "Skriv arbejdsstedets postnummer"),
        ("0000", "Det postnummer findes ikke"),
        ("Køge", "Det postnummer findes ikke"),
        ("46000", "Et postnummer har 4 cifre"),
    ],
)
def test_an_unknown_postcode(typed_company, postcode, sentence):
    typed = {**typed_company, "workplace": "andet", "address": "Havnevej 3", "postcode": postcode}
    form = CompanyForm(typed, kind=Kind.RECRUIT)

    assert sentence in " ".join(form.errors["postcode"])


@pytest.fixture
def shared_postcode(koege, roskilde):
    """4130 lies in both municipalities."""
    postcode = Postcode.objects.create(
        code="4130",
        name="Viby Sjælland",
        sort_key="viby",
        municipality=roskilde.municipality,
        valid_from=date(2007, 1, 1),
    )
    postcode.municipalities.set([koege.municipality, roskilde.municipality])
    return postcode


@pytest.mark.parametrize(
    ("municipality", "sentence"),
    [
        ("", "Vælg den kommune, arbejdsstedet ligger i"),
        ("0751", "Vælg en af de kommuner, postnummeret ligger i"),
        ("9999", "Vælg en af de kommuner, postnummeret ligger i"),
    ],
)
def test_an_unknown_municipality(typed_company, shared_postcode, municipality, sentence):
    typed = {**typed_company, "workplace": "andet", "address": "Havnevej 3", "postcode": "4130"}
    form = CompanyForm({**typed, "municipality": municipality}, kind=Kind.RECRUIT)

    assert sentence in " ".join(form.errors["municipality"])


def test_a_postcode_in_two_municipalities_goes_to_the_one_that_is_chosen(
    typed_company, shared_postcode, koege
):
    typed = {**typed_company, "workplace": "andet", "address": "Havnevej 3", "postcode": "4130"}
    form = CompanyForm({**typed, "municipality": "0259"}, kind=Kind.RECRUIT)

    assert form.is_valid(), form.errors
    assert form.place().municipality == koege.municipality


@pytest.mark.parametrize(("workplace", "field"), [("1999000107", "workplace"), ("andet", "postcode")])
def test_a_municipality_nobody_answers_for(typed_company, koege, workplace, field):
    Serves.objects.filter(jobcentre=koege.jobcentre).update(valid_to=timezone.localdate())
    typed = {**typed_company, "workplace": workplace, "address": "Havnevej 3", "postcode": "4600"}

    form = CompanyForm(typed, kind=Kind.RECRUIT)

    assert list(form.errors) == [field]
    assert "Intet jobcenter svarer for Køge Kommune i øjeblikket" in form.errors[field][0]


def test_a_company_the_register_does_not_have_must_be_named(typed_company):
    form = CompanyForm({**typed_company, "cvr": UNKNOWN_CVR, "workplace": ""}, kind=Kind.RECRUIT)

    assert set(form.errors) == {"company_name", "address", "postcode"}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "", "Skriv en stillingsbetegnelse"),
        ("title", "x" * 101, "Der er plads til 100 tegn. Teksten har 101"),
        ("occupation", "", "Skriv faget, og vælg det på listen"),
        ("occupation", "xyzzyx", "Intet fag hedder det"),
        ("positions", "", "Skriv, hvor mange stillinger der er"),
        ("positions", "0", "Der skal være mindst 1 stilling"),
        ("positions", "501", "Der kan højst være 500 stillinger"),
        ("positions", "to", "Skriv antallet af stillinger som et helt tal"),
        ("positions", "1,5", "Skriv antallet af stillinger som et helt tal"),
        ("hours", "", "Skriv antallet af timer om ugen"),
        ("hours", "0,9", "Der skal være mindst 1 time om ugen"),
        ("hours", "48,5", "Der kan højst være 48 timer om ugen"),
        ("hours", "370", "Der kan højst være 48 timer om ugen"),
        ("hours", "37,25", "Skriv timerne med højst én decimal"),
        ("hours", "fuld tid", "Skriv timerne om ugen som et tal, fx 37"),
        ("hours", "NaN", "Skriv timerne om ugen som et tal, fx 37"),
        ("starts_on", "", "Skriv startdatoen"),
        ("starts_on", "2026-02-30", "Skriv startdatoen som en dato, der findes"),
        ("starts_on", in_days(-1), "Startdatoen er overskredet"),
        ("starts_on", in_days(3000), "Startdatoen ligger mere end to år ude i fremtiden"),
        ("starts_on", in_days(10), "Startdatoen ligger før ansøgningsfristen. Ret en af dem."),
        ("apply_by", "", "Skriv ansøgningsfristen"),
        ("apply_by", "i morgen", "Skriv ansøgningsfristen som en dato, der findes"),
        ("apply_by", in_days(-1), "Ansøgningsfristen er overskredet"),
        ("apply_by", "20262-01-01", "Skriv ansøgningsfristen som en dato, der findes"),
        ("text", "", "Skriv, hvad jobbet går ud på"),
        ("text", "x" * 5001, "Der er plads til 5000 tegn. Teksten har 5001"),
        ("text", "Spørg efter Mette, 010180-1234.", "Det ligner et CPR-nummer: 010180-xxxx"),
    ],
)
def test_a_fault_in_the_vacancy(typed_vacancy, field, typed, sentence):
    form = VacancyForm({**typed_vacancy, field: typed})

    assert list(form.errors) == [field]
    assert sentence in " ".join(str(error) for error in form.errors[field])


@pytest.mark.parametrize(
    ("hours", "cleaned"), [("37", 37), ("37,5", 37.5), ("37.5", 37.5), ("48", 48), ("1", 1)]
)
def test_hours_with_a_comma_or_a_point(typed_vacancy, hours, cleaned):
    form = VacancyForm({**typed_vacancy, "hours": hours})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["hours"] == cleaned


def test_the_last_day_to_apply_may_be_today_and_the_start_the_same_day(typed_vacancy):
    form = VacancyForm({**typed_vacancy, "apply_by": in_days(0), "starts_on": in_days(0)})

    assert form.is_valid(), form.errors


def test_an_occupation_that_no_longer_fits_what_is_typed_must_be_chosen_again(typed_vacancy, occupation):
    other = type(occupation).objects.create(
        code="5120", level=4, title_da="Kokkearbejde", sort_key="kok", valid_from=date(2010, 1, 1)
    )

    form = VacancyForm({**typed_vacancy, "occupation": "kok", "code": occupation.code})

    assert form.is_valid()
    assert form.cleaned_data["occupation"] == other, "the only one that fits, not the one chosen before"


def test_among_several_occupations_one_must_be_chosen(typed_vacancy, occupation):
    type(occupation).objects.create(
        code="8141",
        level=4,
        title_da="Betjening af maskiner til gummi",
        sort_key="b",
        valid_from=date(2010, 1, 1),
    )

    form = VacancyForm({**typed_vacancy, "occupation": "betjening", "code": ""})

    assert form.errors["occupation"] == ["Vælg det fag på listen, der passer bedst"]


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("", "Skriv, hvad I har brug for"),
        ("x" * 5001, "Der er plads til 5000 tegn"),
        ("Det gælder 010180 1234", "Det ligner et CPR-nummer"),
    ],
)
def test_a_fault_in_the_message(message, sentence):
    form = MessageForm({"message": message}, kind=Kind.OTHER)

    assert sentence in form.errors["message"][0]


def test_the_summary_leads_to_each_field(client, make_draft, typed_vacancy):
    draft = make_draft()
    faults = {**typed_vacancy, "title": "", "hours": "50", "apply_by": in_days(-1), "action": "on"}

    page = client.post(reverse("enquiries:step", args=[draft.pk, Step.NEED]), faults)

    assertContains(page, '<a href="#id_title">Skriv en stillingsbetegnelse</a>', html=True)
    assertContains(page, '<a href="#id_hours">Der kan højst være 48 timer om ugen</a>', html=True)
    assertContains(page, 'href="#id_apply_by"')
    assertContains(page, 'aria-invalid="true"', count=3)
    assertContains(page, "3 felter skal rettes")
    assertContains(page, "<title>Fejl: ")


def test_a_text_that_bears_a_script_is_shown_and_not_run(client, make_draft):
    draft = make_draft(
        title="<script>alert(1)</script>", text='"><img src=x onerror=alert(2)>', name="<b>Mette</b>"
    )

    page = client.get(reverse("enquiries:step", args=[draft.pk, Step.SEND]))
    receipt = client.post(reverse("enquiries:step", args=[draft.pk, Step.SEND]), follow=True)

    for shown in (page, receipt):
        assertContains(shown, "&lt;script&gt;alert(1)&lt;/script&gt;")
        assertNotContains(shown, "<script>alert")
        assertNotContains(shown, "<img src=x")
        assertNotContains(shown, "<b>Mette")
    assert "\n" not in Mail.objects.get().subject


@pytest.mark.parametrize("step", [Step.COMPANY, Step.NEED])
def test_what_no_database_can_keep_is_left_out(client, make_draft, step):
    draft = make_draft()
    odd = "Smed\x00 i Køge"

    page = client.post(
        reverse("enquiries:step", args=[draft.pk, step]),
        {"name": odd, "title": odd, "action": "look"},
    )

    assert page.status_code == 200
    draft.refresh_from_db()
    kept = draft.answers[step]["name" if step == Step.COMPANY else "title"]
    assert kept == "Smed i Køge"


def test_an_endless_text_is_kept_as_far_as_there_is_room(client, make_draft):
    draft = make_draft()

    page = client.post(
        reverse("enquiries:step", args=[draft.pk, Step.NEED]), {"text": "æ" * 60_000, "action": "on"}
    )

    assertContains(page, "Teksten har 60000")
    draft.refresh_from_db()
    assert len(draft.answers[Step.NEED]["text"]) == 20_000


@pytest.mark.parametrize("path", ["/henvend/ukendt/", "/henvend/recruit%00/", "/henvend/123/"])
def test_a_choice_that_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_fault_saves_no_enquiry(client, make_draft):
    draft = make_draft(hours="50")

    client.post(reverse("enquiries:step", args=[draft.pk, Step.SEND]), follow=True)

    assert not Enquiry.objects.exists()
    assert Draft.objects.get().answers == {**draft.answers, Step.SEND: {}}
