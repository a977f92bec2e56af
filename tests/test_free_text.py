"""Every free text that people write refuses a CPR number; words about health are pointed out to staff."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from employers.referrals.models import Referral
from employers.vacancies.models import Vacancy
from tests.addresses import addresses
from tests.making_referrals import candidate_of, complete

CPR = "010190-1234"

STOREYS = ("jobcenter", "employers", "regions")

OF_A_FORM = ("cvr", "postcode")
"""Fields that take only numbers of their own kind."""

NO_FREE_TEXT = {
    "CodeForm": "an address to send a code to",
    "ReadingsForm": "a search in the log",
    "SearchForm": "a search, which is not kept",
    "GlobalSearchForm": "a search, which is not kept",
    "DoublesForm": "a search, which is not kept",
    "ReferralsForm": "a search, which is not kept",
}
"""Forms whose text fields keep nothing that people write, and why."""


def forms_of_the_house() -> Iterator[type[forms.Form]]:
    """Those that some page uses: the addresses import them all."""
    assert list(addresses())
    waiting = [forms.BaseForm]
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        if found.__module__.split(".")[0] in STOREYS and not found.__module__.endswith(".admin"):
            yield found


def free_texts() -> Iterator[tuple[str, forms.Field]]:
    for form in forms_of_the_house():
        for name, field in getattr(form, "base_fields", {}).items():
            if type(field) is not forms.CharField or form.__name__ in NO_FREE_TEXT or name in OF_A_FORM:
                continue
            if not isinstance(field.widget, forms.HiddenInput | forms.PasswordInput):
                yield f"{form.__module__}.{form.__name__}.{name}", field


def test_a_cpr_number_is_refused_in_every_free_text():
    let_through = []
    for name, field in free_texts():
        try:
            field.run_validators(CPR[: field.max_length])
        except ValidationError as refused:
            if "cpr" in {error.code for error in refused.error_list}:
                continue
        let_through.append(name)

    assert let_through == []


@pytest.fixture
def did_not_come(koege, roskilde, make_vacancy, occupation):
    vacancy = make_vacancy(
        state=Vacancy.State.PUBLISHED, published_at=timezone.now(), jobcentre=roskilde.jobcentre
    )
    candidate = candidate_of(koege, occupation=occupation)
    return complete(vacancy=vacancy, candidate=candidate, state=Referral.State.DID_NOT_COME)


def test_words_about_health_are_pointed_out_when_they_are_saved(client, koege, did_not_come):
    client.force_login(koege.caseworker)
    page = reverse("referrals:take", args=[did_not_come.pk, "svar"])

    said = client.post(page, {f"{did_not_come.pk}-text": "Havde fået en depression."}, follow=True)

    assert did_not_come.citizens_answer.text == "Havde fået en depression."
    assert "ord om helbred: depression" in said.text


def test_other_words_are_not_pointed_out(client, koege, did_not_come):
    client.force_login(koege.caseworker)
    page = reverse("referrals:take", args=[did_not_come.pk, "svar"])

    said = client.post(page, {f"{did_not_come.pk}-text": "Bussen kørte ikke."}, follow=True)

    assert did_not_come.citizens_answer.text
    assert "ord om helbred" not in said.text


def test_what_is_not_saved_is_not_pointed_out_yet(client, koege, did_not_come):
    client.force_login(koege.caseworker)
    page = reverse("referrals:take", args=[did_not_come.pk, "svar"])

    said = client.post(page, {f"{did_not_come.pk}-text": "Depression, 010190-1234"}, follow=True)

    assert "010190-xxxx" in said.text
    assert "ord om helbred" not in said.text
