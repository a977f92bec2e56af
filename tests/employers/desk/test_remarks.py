"""What colleagues write to each other about an enquiry, and whom they call upon."""

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.desk.models import Mention, Remark
from employers.desk.remarking import called_upon
from employers.enquiries.models import Enquiry, Handler
from jobcenter.accounts.models import Role
from jobcenter.notifications.models import Mail, Notice
from tests.conftest import make_user

NAMES = {1: "Karim Holst", 2: "Lone Friis", 3: "Lone Friisborg", 4: "Åse Øst"}


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Karim, ring til dem", {1}),
        ("@karim holst: ring", {1}),
        ("Spørg @Lone Friis.", {2}),
        ("Spørg @Lone Friisborg.", {3}),
        ("@Åse og @Karim", {1, 4}),
        ("@åse, @ÅSE ØST", {4}),
        ("Skriv til karim@jobcenter.example", set()),
        ("Mød os @ havnen", set()),
        ("Ingen nævnt", set()),
    ],
)
def test_whom_a_text_calls_upon(text, called):
    assert called_upon(text, NAMES) == called


@pytest.mark.parametrize("text", ["@Karimm", "@Sofie Lind", "@Karim og @ukendt", "@Lone"])
def test_a_name_that_is_nobodys_or_severals_is_pointed_out(text):
    with pytest.raises(ValidationError):
        called_upon(text, NAMES)


@pytest.fixture
def write(client, koege):
    def write(enquiry, text, *, by=koege.caseworker):
        client.force_login(by)
        return client.post(reverse("desk:write_remark", args=[enquiry.pk]), {"remark-text": text})

    return write


def my_day(client, user):
    client.force_login(user)
    return client.get(reverse("desk:my_day"))


def test_a_colleague_who_is_called_upon_is_told_and_finds_it_in_their_day_until_it_is_read(
    write, client, koege, enquiry
):
    answer = write(enquiry, "@Lone Friis, har vi lovet dem noget?")

    assertRedirects(answer, reverse("desk:enquiry", args=[enquiry.pk]) + "#remarks")
    notice = Notice.objects.get(recipient__email=koege.manager.email)
    assert notice.subject == f"Karim Holst nævner dig i henvendelse {enquiry.reference}"
    assert "lovet" not in Mail.objects.get(to=koege.manager.email).body
    assertContains(my_day(client, koege.manager), "har vi lovet dem noget?")

    read = client.post(reverse("desk:read_mention", args=[Mention.objects.get().pk]))

    assertRedirects(read, reverse("desk:enquiry", args=[enquiry.pk]) + "#remarks")
    assertNotContains(my_day(client, koege.manager), "har vi lovet dem noget?")


def test_whoever_answers_has_read_it(write, client, koege, enquiry):
    write(enquiry, "@Lone, ser du på den?")
    write(enquiry, "Ja.", by=koege.manager)

    assert not Mention.objects.filter(read_at=None).exists()


def test_nobody_is_told_of_calling_upon_themselves(write, koege, enquiry):
    write(enquiry, "@Karim husker at ringe")

    assert not Mention.objects.exists()


def test_nobody_outside_the_jobcentre_can_be_called_upon_and_the_text_is_not_lost(write, roskilde, enquiry):
    page = write(enquiry, "@Sofie Lind, kender du dem?")

    assertContains(page, "Ingen ved navn Sofie må se henvendelsen.")
    assertContains(page, "@Sofie Lind, kender du dem?")
    assert not Remark.objects.exists()


def test_in_a_confidential_enquiry_only_those_let_in_can_be_called_upon(write, client, koege, make_enquiry):
    nina = make_user("Nina Dahl", koege.jobcentre.organisation, Role.CASEWORKER)
    confidential = make_enquiry(kind=Enquiry.Kind.DISMISSALS, message="Vi lukker natholdet")

    assertContains(write(confidential, "@Nina, kan du?"), "Ingen ved navn Nina må se henvendelsen.")
    assert write(confidential, "@Lone, kan du?").status_code == 302

    handler = Handler.objects.create(enquiry=confidential, user=nina, added_by=koege.caseworker)
    assert write(confidential, "@Nina, kan du nu?").status_code == 302
    assertContains(my_day(client, nina), "kan du nu?")

    handler.delete()
    assertNotContains(my_day(client, nina), "kan du nu?")
    mention = Mention.objects.get(user=nina)
    assert client.post(reverse("desk:read_mention", args=[mention.pk])).status_code == 404


def test_a_remark_is_for_its_jobcentre_also_when_the_enquiry_moves(write, client, koege, roskilde, enquiry):
    write(enquiry, "De har lovet for meget før")
    Remark.objects.create(
        enquiry=enquiry, jobcentre=roskilde.jobcentre, by=roskilde.caseworker, text="Roskildes bemærkning"
    )

    page = client.get(reverse("desk:enquiry", args=[enquiry.pk]))

    assertContains(page, "De har lovet for meget før")
    assertNotContains(page, "Roskildes bemærkning")


def test_nothing_is_written_about_an_enquiry_that_is_closed(write, client, koege, enquiry):
    write(enquiry, "De har lovet for meget før")
    enquiry.refresh_from_db()
    enquiry.close(by=koege.caseworker, organisation=koege.jobcentre.organisation)

    write(enquiry, "Endnu en")

    assert Remark.objects.get().text == "De har lovet for meget før"
    assertContains(client.get(reverse("desk:enquiry", args=[enquiry.pk])), "De har lovet for meget før")


def test_the_employer_reads_nothing_of_it(write, client, employer, enquiry):
    write(enquiry, "De har lovet for meget før")
    client.logout()
    assertNotContains(client.get(enquiry.link), "lovet for meget")


def test_a_cpr_number_is_not_saved_in_a_remark(write, enquiry):
    assertContains(write(enquiry, "Det er 010190-1234"), "010190-xxxx")
    assert not Remark.objects.exists()


def test_a_remark_is_never_changed(koege, enquiry):
    kept = Remark.objects.create(
        enquiry=enquiry, jobcentre=koege.jobcentre, by=koege.caseworker, text="Skrevet"
    )

    with pytest.raises(ProgrammingError), transaction.atomic():
        Remark.objects.filter(pk=kept.pk).update(text="Ændret")
