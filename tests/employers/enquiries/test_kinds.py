"""Every kind of enquiry from start to receipt, with the fields it asks, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.enquiries.forms import need_form
from employers.enquiries.intake import submit
from employers.enquiries.kinds import WORDS, offered
from employers.enquiries.load import load_offers
from employers.enquiries.models import OF_KIND, Draft, Enquiry, Kind, Offer, Step
from employers.enquiries.models.details import WageSubsidyDetails
from employers.vacancies.models import Vacancy
from jobcenter.notifications.models import Mail
from jobcenter.pages.health import health_words

pytestmark = pytest.mark.django_db

OTHERS = [kind for kind in Kind if kind != Kind.RECRUIT]
IN_WORDS = {
    Kind.RECRUIT: ("Procesoperatør", "Procesoperatør"),
    Kind.WAGE_SUBSIDY: ("Timer om ugen", "Hours a week"),
    Kind.WORK_TRIAL: ("Bo fra pakkeriet", "Who looks after the person"),
    Kind.INCLUSIVE: ("Ordning", "Scheme"),
    Kind.RETENTION: ("beholde en medarbejder", "keep an employee"),
    Kind.DISMISSALS: ("Så mange mister jobbet", "How many lose their job"),
    Kind.JOB_ROTATION: ("Medarbejdere på uddannelse", "Employees in training"),
    Kind.OTHER: ("Noget andet", "Something else"),
}


def in_days(number: int) -> str:
    return str(timezone.localdate() + timedelta(days=number))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", Kind)
def test_from_start_to_receipt(client, koege, typed_company, typed_need, kind, language):
    client.cookies["django_language"] = language
    words = IN_WORDS[kind][language == "en"]

    page = client.post(f"/henvend/{kind}/", {**typed_company, "action": "on"}, follow=True)
    for name in set(typed_need(kind)) - {"code"}:  # the occupation's, once it is found
        assertContains(page, f'name="{name}"')
    page = client.post(page.request["PATH_INFO"], {**typed_need(kind), "action": "on"}, follow=True)
    assertContains(page, "Er det rigtigt?" if language == "da" else "Is this right?")
    assertContains(page, words)
    page = client.post(page.request["PATH_INFO"], follow=True)

    enquiry = Enquiry.objects.get()
    assertContains(page, enquiry.reference)
    assertContains(page, words)
    assertContains(page, "Bekræft jeres adresse" if language == "da" else "Confirm your address")
    mail = Mail.objects.get()
    assert (mail.language, words in mail.body) == (language, True)
    client.cookies.clear()
    client.cookies["django_language"] = language
    client.force_login(koege.caseworker)
    assertContains(client.get(reverse("desk:enquiry", args=[enquiry.pk])), words)


@pytest.mark.parametrize("kind", OTHERS)
def test_its_answers_are_kept_in_its_own_table(make_draft, kind):
    enquiry = submit(draft=make_draft(kind), at=timezone.now())

    table = OF_KIND.get(kind)
    assert isinstance(enquiry.details, table) if table else enquiry.details is None
    if kind == Kind.WAGE_SUBSIDY:
        details = WageSubsidyDetails.objects.get()
        assert (details.positions, details.hours, details.person_is_known) == (2, 32.5, False)


FAULTS = [
    (Kind.WAGE_SUBSIDY, "message", "", "Skriv, hvad I har brug for"),
    (Kind.WAGE_SUBSIDY, "message", "x" * 5001, "Der er plads til 5000 tegn"),
    (Kind.WAGE_SUBSIDY, "message", "Det er 010180-1234", "Det ligner et CPR-nummer: 010180-xxxx"),
    (Kind.WAGE_SUBSIDY, "positions", "", "Skriv, hvor mange stillinger der er"),
    (Kind.WAGE_SUBSIDY, "positions", "0", "Skriv mindst 1"),
    (Kind.WAGE_SUBSIDY, "positions", "51", "Skriv højst 50"),
    (Kind.WAGE_SUBSIDY, "positions", "to", "Skriv et helt tal, fx 2"),
    (Kind.WAGE_SUBSIDY, "positions", "٣x", "Skriv et helt tal, fx 2"),
    (Kind.WAGE_SUBSIDY, "hours", "", "Skriv antallet af timer om ugen"),
    (Kind.WAGE_SUBSIDY, "hours", "48,5", "Der kan højst være 48 timer om ugen"),
    (Kind.WAGE_SUBSIDY, "hours", "NaN", "Skriv timerne om ugen som et tal"),
    (Kind.WAGE_SUBSIDY, "starts_on", "", "Skriv, hvornår det kan begynde"),
    (Kind.WAGE_SUBSIDY, "starts_on", in_days(-1), "Datoen ligger i fortiden"),
    (Kind.WAGE_SUBSIDY, "starts_on", in_days(900), "Datoen ligger mere end to år ude i fremtiden"),
    (Kind.WAGE_SUBSIDY, "starts_on", "2026-02-30", "Skriv en dato, der findes"),
    (Kind.WAGE_SUBSIDY, "person_is_known", "", "Vælg, om I kender personen i forvejen"),
    (Kind.WAGE_SUBSIDY, "person_is_known", "<script>", "Vælg et af svarene"),
    (Kind.WAGE_SUBSIDY, "sector", "", "Vælg, om arbejdspladsen er privat eller offentlig"),
    (Kind.WAGE_SUBSIDY, "sector", "x" * 300, "Vælg et af svarene"),
    (Kind.WORK_TRIAL, "weeks", "", "Skriv, hvor mange uger"),
    (Kind.WORK_TRIAL, "weeks", "27", "Skriv højst 26"),
    (Kind.WORK_TRIAL, "starts_on", in_days(-1), "Datoen ligger i fortiden"),
    (Kind.WORK_TRIAL, "mentor", "x" * 121, "Der er plads til 120 tegn. Teksten har 121"),
    (Kind.WORK_TRIAL, "mentor", "Bo 010180-1234", "Det ligner et CPR-nummer"),
    (Kind.INCLUSIVE, "scheme", "", "Vælg, hvad I har i tankerne"),
    (Kind.INCLUSIVE, "scheme", "skånejob", "Vælg et af svarene"),
    (Kind.INCLUSIVE, "hours", "0,5", "Der skal være mindst 1 time om ugen"),
    (Kind.RETENTION, "need", "", "Vælg, hvad I har mest brug for"),
    (Kind.RETENTION, "job", "", "Skriv, hvilket job det er"),
    (Kind.RETENTION, "job", "x" * 121, "Der er plads til 120 tegn"),
    (Kind.RETENTION, "job", "010180 1234", "Det ligner et CPR-nummer"),
    (Kind.RETENTION, "since", in_days(1), "Datoen ligger ude i fremtiden"),
    (Kind.RETENTION, "since", "1026-01-01", "Datoen ligger mere end ti år tilbage"),
    (Kind.DISMISSALS, "affected", "", "Skriv, hvor mange der mister jobbet"),
    (Kind.DISMISSALS, "affected", "20001", "Skriv højst 20000"),
    (Kind.DISMISSALS, "ends_on", "", "Skriv, hvornår de første stopper"),
    (Kind.DISMISSALS, "ends_on", in_days(-1), "Datoen ligger i fortiden"),
    (Kind.DISMISSALS, "contact", "x" * 201, "Der er plads til 200 tegn"),
    (Kind.JOB_ROTATION, "employees", "501", "Skriv højst 500"),
    (Kind.JOB_ROTATION, "substitutes", "", "Skriv, hvor mange vikarer"),
    (Kind.JOB_ROTATION, "starts_on", "", "Skriv, hvornår uddannelsen begynder"),
    (Kind.JOB_ROTATION, "ends_on", in_days(29), "Uddannelsen slutter, før den begynder"),
    (Kind.OTHER, "message", "", "Skriv, hvad I har brug for"),
]


@pytest.mark.parametrize(("kind", "field", "typed", "sentence"), FAULTS)
def test_a_fault_is_told_at_its_field_and_nothing_typed_is_lost(
    client, make_draft, typed_need, kind, field, typed, sentence
):
    draft = make_draft(kind)
    posted = {**typed_need(kind), field: typed, "action": "on"}

    page = client.post(reverse("enquiries:step", args=[draft.pk, Step.NEED]), posted)

    form = page.context["form"]
    assert list(form.errors) == [field]
    assert sentence in " ".join(str(error) for error in form.errors[field])
    kept = Draft.objects.get().answers[Step.NEED]
    assert {name: kept[name] for name in typed_need(kind)} == {
        **{name: str(value) for name, value in typed_need(kind).items()},
        field: typed,
    }
    assert not Enquiry.objects.exists()


ODD = ['<script>alert("æ")</script>', "مرحبا بكم في العمل", "👷‍♀️🧑🏽‍🍳 søges"]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, "message") for kind in OTHERS]
    + [(Kind.WORK_TRIAL, "mentor"), (Kind.RETENTION, "job"), (Kind.DISMISSALS, "contact")],
)
def test_odd_text_is_shown_as_it_is(client, koege, make_draft, kind, field, text):
    draft = make_draft(kind, **{field: text})

    page = client.post(reverse("enquiries:step", args=[draft.pk, Step.SEND]), follow=True)

    enquiry = Enquiry.objects.get()
    assert text in (enquiry.message, str(getattr(enquiry.details, field, "")))
    assertNotContains(page, "<script>alert")
    client.force_login(koege.caseworker)
    desk = client.get(reverse("desk:enquiry", args=[enquiry.pk]))
    assertNotContains(desk, "<script>alert")
    if "<" not in text:
        assertContains(desk, text)


@pytest.mark.parametrize("field", ["name", "company_name", "address", "phone"])
def test_a_cpr_number_in_the_first_step_is_refused_too(typed_company, field):
    from employers.enquiries.company_form import CompanyForm
    from tests.employers.enquiries.conftest import UNKNOWN_CVR

    typed = {
        **typed_company,
        "cvr": UNKNOWN_CVR,
        "company_name": "Ny ApS",
        "address": "Nyvej 1",
        "postcode": "4600",
        field: "010180-1234",
    }

    form = CompanyForm(typed, kind=Kind.OTHER)

    assert "Det ligner et CPR-nummer" in " ".join(str(error) for error in form.errors[field])


def test_words_about_health_are_pointed_out_and_may_be_sent_all_the_same(client, make_draft):
    draft = make_draft(Kind.RETENTION, message="Hun har Depression og stress og er stresset igen.")

    page = client.get(reverse("enquiries:step", args=[draft.pk, Step.SEND]))
    assertContains(page, "Handler det om nogens helbred?")
    assertContains(page, "Depression, stress, stresset")
    client.post(reverse("enquiries:step", args=[draft.pk, Step.SEND]))

    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("En medarbejder har været væk i otte uger", []),
        ("KRÆFT, og kræft igen", ["KRÆFT"]),
        ("Medicinskabet skal flyttes", ["Medicinskabet"]),
        ("He has anxiety", ["anxiety"]),
        ("Kraftig person til tungt arbejde", []),
        ("", []),
    ],
)
def test_which_words_tell_of_health(text, found):
    assert health_words(text) == found


def test_dismissals_say_before_and_after_that_it_is_no_notice_and_whom_that_goes_to(client, make_draft):
    draft = make_draft(Kind.DISMISSALS)
    before = client.get(reverse("enquiries:step", args=[draft.pk, Step.NEED]))
    asked = client.get(reverse("enquiries:step", args=[draft.pk, Step.SEND]))
    after = client.post(reverse("enquiries:step", args=[draft.pk, Step.SEND]), follow=True)

    for page in (before, asked, after):
        assertContains(page, "ikke en varsling efter varslingsloven")
        assertContains(page, "Det Regionale Beskæftigelsesråd")
    assert "ikke en varsling efter varslingsloven" in Mail.objects.get().body


def test_retention_asks_for_no_diagnosis(client, make_draft):
    page = client.get(reverse("enquiries:step", args=[make_draft(Kind.RETENTION).pk, Step.NEED]))

    assertContains(page, "Vi skal ikke bruge en diagnose")


# --- the database itself ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (Kind.WAGE_SUBSIDY, {"positions": 0}),
        (Kind.WAGE_SUBSIDY, {"hours": 49}),
        (Kind.WORK_TRIAL, {"weeks": 27}),
        (Kind.RETENTION, {"job": ""}),
        (Kind.DISMISSALS, {"affected": 0}),
        (Kind.JOB_ROTATION, {"ends_on": date(2020, 1, 1)}),
    ],
)
def test_the_database_refuses_what_no_form_would_send(make_draft, kind, wrong):
    details = submit(draft=make_draft(kind), at=timezone.now()).details

    with pytest.raises(IntegrityError), transaction.atomic():
        type(details).objects.update(**wrong)


def test_details_belong_to_an_enquiry_of_their_kind(make_enquiry):
    other = make_enquiry(kind=Kind.OTHER, message="Hej")

    with pytest.raises(IntegrityError, match="wage_subsidy"), transaction.atomic():
        WageSubsidyDetails.objects.create(
            enquiry=other,
            positions=1,
            hours=37,
            starts_on=timezone.localdate(),
            person_is_known=False,
            sector="private",
        )


# --- kinds that end with their law -----------------------------------------------------------------------


@pytest.fixture
def laws():
    load_offers()


def test_job_rotation_is_offered_until_its_law_ends(laws):
    assert Kind.JOB_ROTATION in offered(on=date(2026, 6, 30))
    assert Kind.JOB_ROTATION not in offered(on=date(2026, 7, 1))
    assert Kind.JOB_ROTATION not in offered(on=date(2019, 12, 31))
    assert set(offered(on=date(2026, 7, 1))) == set(WORDS) - {Kind.JOB_ROTATION}


def test_a_kind_that_has_ended_says_so_and_is_not_on_the_front_page(client, laws, make_draft):
    Offer.objects.update(valid_to=timezone.localdate())
    draft = make_draft(Kind.JOB_ROTATION)

    assertNotContains(client.get("/"), "/henvend/job_rotation/")
    for page in (
        client.get("/henvend/job_rotation/"),
        client.post("/henvend/job_rotation/", {"cvr": "99000015"}),
        client.post(reverse("enquiries:step", args=[draft.pk, Step.SEND])),
    ):
        assertContains(page, "Jobrotation tilbydes ikke længere", status_code=410)
        assertContains(page, "lov om en aktiv beskæftigelsesindsats", status_code=410)
    assert not Enquiry.objects.exists()


def test_a_kind_can_come_back_with_a_new_period(client, laws):
    today = timezone.localdate()
    Offer.objects.create(kind=Kind.JOB_ROTATION, law="en ny lov", valid_from=today)

    assertContains(client.get("/"), "/henvend/job_rotation/")


def test_two_periods_of_a_kind_do_not_overlap_and_those_of_two_kinds_may(laws):
    Offer.objects.create(kind=Kind.OTHER, law="x", valid_from=date(2021, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(kind=Kind.JOB_ROTATION, law="x", valid_from=date(2021, 1, 1))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_words_and_a_form(kind):
    assert kind in WORDS
    assert need_form(kind)
    assert (kind == Kind.RECRUIT) == (not hasattr(need_form(kind), "details"))


def test_recruiting_still_has_its_vacancy(make_draft):
    enquiry = submit(draft=make_draft(), at=timezone.now())

    assert enquiry.details is None
    assert Vacancy.objects.get().enquiry == enquiry
