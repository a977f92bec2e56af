"""The way back: the link is mailed to whom it belongs, and the page tells nobody whether it was."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains

from employers.enquiries.models import Enquiry
from jobcenter.notifications.models import Mail

pytestmark = pytest.mark.django_db

FIND = "/find-henvendelse/"
EMAIL = "mette.bruun@strandmarken.example"


def without_tokens(page: str) -> str:
    """The page without the tokens of its forms, which are new each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("as_typed", [str, str.lower, lambda one: one.replace("-", " ")])
def test_the_link_is_mailed_again_however_the_reference_is_typed(client, make_enquiry, as_typed):
    enquiry = make_enquiry()

    client.post(FIND, {"reference": as_typed(enquiry.reference), "email": EMAIL.title()})

    mail = Mail.objects.get()
    assert mail.to == EMAIL
    token = mail.body.split("/h/")[1].split("/")[0]
    assert Enquiry.objects.by_link(token).get() == enquiry


def test_the_page_is_the_same_whether_they_belong_together_or_not(client, make_enquiry):
    enquiry = make_enquiry()
    answers = {
        without_tokens(client.post(FIND, {"reference": reference, "email": email}).content.decode())
        for reference, email in (
            (enquiry.reference, EMAIL),
            (enquiry.reference, "en.anden@example.dk"),
            ("2222-2222", EMAIL),
            ("0", EMAIL),
        )
    }

    assert len(answers) == 1
    assert Mail.objects.count() == 1


def test_asking_again_and_again_mails_once_in_ten_minutes(client, make_enquiry):
    enquiry = make_enquiry()
    for _time in range(3):
        client.post(FIND, {"reference": enquiry.reference, "email": EMAIL})
    assert Mail.objects.count() == 1

    Mail.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    client.post(FIND, {"reference": enquiry.reference, "email": EMAIL})
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reference": "", "email": EMAIL}, "Skriv referencen fra kvitteringen"),
        ({"reference": "4K7Q-92FD", "email": ""}, "Skriv jeres e-mailadresse"),
        ({"reference": "4K7Q-92FD", "email": "mette@"}, "Ret e-mailadressen"),
        ({"reference": "\x00", "email": EMAIL}, "Fejl: "),
    ],
)
def test_what_is_missing_is_said(client, db, typed, sentence):
    assertContains(client.post(FIND, typed), sentence)
    assert not Mail.objects.exists()
