"""A jobcentre's right of reply: its manager's word beside its result, for all who may see the result."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from regions.comparison import replying
from regions.comparison.models import Reply, Result
from tests.regions.making import FAR_UNDER, NOW, make_comparison, make_flag

SAID = "Tre sagsbehandlere var væk i foråret; de er tilbage nu."


@pytest.fixture
def result(compared, koege) -> Result:
    return Result.objects.get(comparison=compared, jobcentre=koege.jobcentre)


def post(client, person, result, text):
    client.force_login(person)
    return client.post(f"{result.get_absolute_url()}kommentar/", {"text": text})


def test_the_managers_word_stands_beside_the_result_wherever_it_is_shown(
    client, result, koege, roskilde, sjaelland
):
    assertRedirects(post(client, koege.manager, result, SAID), result.get_absolute_url())

    jobcentre = reverse("dashboard:jobcentre", args=[koege.jobcentre.pk])
    pages = [
        (roskilde.caseworker, result.get_absolute_url()),
        (roskilde.caseworker, jobcentre),
        (roskilde.caseworker, f"{reverse('dashboard:compare')}?med=alle"),
        (sjaelland.officer, reverse("dashboard:area")),
        (sjaelland.officer, reverse("dashboard:country")),
    ]
    for person, page in pages:
        client.force_login(person)
        shown = client.get(page)
        assertContains(shown, "de er tilbage nu", msg_prefix=page)
        assertContains(shown, "Lone Friis", msg_prefix=page)
        file = b"".join(client.get(page, {"hent": "csv", "med": "alle"})).decode()
        assert f"{SAID} (Lone Friis, " in file, page


def test_a_newer_word_takes_its_place_and_the_older_stays_to_be_read(client, result, koege):
    post(client, koege.manager, result, SAID)
    post(client, koege.manager, result, "Andelen er steget siden.")

    page = client.get(result.get_absolute_url())
    assertContains(page, "Andelen er steget siden.")
    assertContains(page, SAID)
    assertContains(page, "1 tidligere kommentar")
    client.force_login(koege.caseworker)
    assertNotContains(client.get(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk])), SAID)


def test_a_word_is_of_one_period_alone(client, result, koege, result_measure, group):
    post(client, koege.manager, result, SAID)
    other = make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER}, period="2024QMAT03")

    assert replying.beside([result]) == {result.pk: Reply.objects.get()}
    assert replying.beside(other.results.all()) == {}


def test_the_word_outlives_the_rows_of_a_recomputation(result, koege, compared):
    replying.reply(to=result, text=SAID, by=koege.manager)
    result.delete()
    anew = Result.objects.create(
        comparison=compared, jobcentre=koege.jobcentre, actual=354, base=1346, expected=470.0
    )

    assert replying.beside([anew])[anew.pk].text == SAID


@pytest.mark.parametrize(
    ("text", "said"), [("", "Skriv, hvad jobcentret"), ("Se sag 010190-1234", "CPR-nummer")]
)
def test_nothing_is_saved_of_an_empty_word_or_one_with_a_cpr_number(client, result, koege, text, said):
    response = post(client, koege.manager, result, text)

    assertContains(response, said)
    assert not Reply.objects.exists()
    with pytest.raises(ValidationError):
        replying.reply(to=result, text=text, by=koege.manager)


@pytest.mark.parametrize(("who", "status"), [("neighbour", 404), ("caseworker", 403), ("officer", 403)])
def test_nobody_else_can_reply_for_a_jobcentre(client, result, koege, roskilde, sjaelland, who, status):
    person = {
        "neighbour": roskilde.manager,
        "caseworker": koege.caseworker,
        "officer": sjaelland.officer,
    }[who]

    assert post(client, person, result, SAID).status_code == status
    assertNotContains(client.get(result.get_absolute_url()), "<textarea")


def test_the_database_keeps_every_word_as_it_was(result, koege):
    said = replying.reply(to=result, text=SAID, by=koege.manager)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Reply.objects.update(text="Noget andet")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Reply.objects.all().delete()
    with pytest.raises(IntegrityError, match="reply_says_something"), transaction.atomic():
        Reply.objects.create(
            jobcentre=said.jobcentre,
            measure=said.measure,
            target_group=said.target_group,
            period=NOW,
            text=" ",
            by=koege.manager,
        )


def test_the_word_stands_on_the_page_of_a_flag_about_the_result(
    client, result, koege, sjaelland, result_measure, group, flag_rule
):
    flag = make_flag(koege.jobcentre, measure=result_measure, group=group, rule=flag_rule)
    replying.reply(to=result, text=SAID, by=koege.manager)
    client.force_login(sjaelland.officer)

    assertContains(client.get(flag.get_absolute_url()), SAID)
