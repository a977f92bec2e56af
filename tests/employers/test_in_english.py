"""Whoever wrote in English is written to in English, and reads on in English where the mails lead."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from employers.access import letters as access_letters
from employers.enquiries import letters, ownership_letters
from employers.enquiries.intake import submit
from employers.enquiries.models import Kind, Step
from employers.placements import ending
from employers.placements import letters as placement_letters
from employers.placements.models import State
from employers.saved_searches import saving
from jobcenter.notifications.models import Mail
from tests.employers.enquiries.conftest import (
    make_draft,
    registered,
    typed_company,
    typed_need,
    typed_vacancy,
)
from tests.making_placements import complete
from tests.test_english import danish_in, data
from tests.world import World

__all__ = ["make_draft", "registered", "typed_company", "typed_need", "typed_vacancy"]

LINKS = re.compile(rf"^{re.escape(settings.PUBLIC_URL)}(/\S+)$", re.MULTILINE)
TO_STAFF = {
    "enquiries": {"escalation", "handed_over", "help_answer", "help_asked", "question"},
    "placements": {"answer", "conflict"},
}
IN_THE_DAYS_MAIL = {
    "enquiries": {"vacancy_closed", "vacancy_deadline", "now_with"},
    "placements": {"remind", "effect"},
    "saved_searches": {"found"},
}
"""Shown by the test of one mail a day."""
PARTS = {
    "enquiries": {"asked", "confirm", "information", "owner", "regards"},
    "placements": {"about", "regards"},
}
KINDS = {
    "enquiries": lambda name: name if name.startswith("vacancy_") else f"enquiry_{name}",
    "placements": lambda name: f"placement_{name}",
    "access": lambda name: f"access_{name}",
    "saved_searches": lambda name: f"saved_search_{name}",
}


@pytest.fixture
def everything_is_mailed(request, make_draft, registered):
    """Every letter to an employer, a representative or a seeker, about things asked for in English."""
    world = World(request.getfixturevalue)
    with translation.override("en"):
        draft = make_draft(Kind.RECRUIT)
        letters.send_draft(draft, to="mette@tigermosen.example")
        enquiry = submit(draft=draft, at=timezone.now())
        other = submit(draft=make_draft(Kind.RETENTION), at=timezone.now())
        saving.ask(email="seeker@example.dk", query="hvad=lager", language="en", at=timezone.now())
    for one in (world.unproven_request, world.later_request, world.invitation):
        one.language = "en"
        one.save()
    caseworker = world.koege.caseworker
    letters.send_confirmation(enquiry)
    letters.send_link(enquiry)
    letters.send_back(enquiry, by=caseworker, text="Write the pay.")
    letters.send_answer(other, by=caseworker, text="I shall call tomorrow.", files=2)
    ownership_letters.send_moved(other, reason="They know the trade.", is_new_time=True)
    access_letters.send_proof(world.unproven_request)
    access_letters.send_confirmed(world.later_request)
    access_letters.send_refused(world.later_request, reason="We do not know you.")
    access_letters.send_invitation(world.invitation)
    waiting = complete(language="en", **world._of_koege)
    placement_letters.send_form(waiting)
    placement_letters.send_receipt(waiting)
    placement_letters.send_back(waiting, reason="The hours are missing.")
    placement_letters.ask_representative(waiting)
    running = complete(language="en", state=State.GRANTED, **world._of_koege)
    placement_letters.send_decision(running, reason="It fits.")
    placement_letters.send_extension(running, reason="It goes well.")
    placement_letters.send_end(running, reason=ending.CONFLICT_BEGAN)


@pytest.mark.django_db
def test_every_letter_is_in_english(everything_is_mailed):
    mails = list(Mail.objects.all())
    quoted = data()

    assert {mail.kind for mail in mails} == letters_to_others()
    for mail in mails:
        assert mail.language == "en", mail.kind
        assert danish_in(f"{mail.subject}\n{mail.body}", quoted=quoted) == [], mail.kind


@pytest.mark.django_db
def test_where_a_letter_leads_is_in_english_unless_the_reader_has_chosen(everything_is_mailed):
    paths = {path for mail in Mail.objects.all() for path in LINKS.findall(mail.body)}
    quoted = data()
    assert len(paths) > 8

    for path in paths:
        page = Client().get(path)
        if page.status_code == 302:
            continue  # to sign in, or to the first step of a draft that is not done
        in_danish = Client(headers={"cookie": f"{settings.LANGUAGE_COOKIE_NAME}=da"}).get(path)
        assert page.headers["Content-Language"] == "en", path
        assert 'lang="en"' in page.text, path
        assert danish_in(page.text, quoted=quoted) == [], path
        assert in_danish.headers["Content-Language"] == "da", path


@pytest.mark.django_db
def test_a_draft_is_gone_on_with_in_the_language_it_was_typed_in(client, make_draft, typed_company):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    step = reverse("enquiries:step", args=[make_draft(Kind.OTHER).pk, Step.COMPANY])
    client.post(step, {**typed_company, "action": "look"})

    elsewhere = Client()

    assert elsewhere.get(step).headers["Content-Language"] == "en"
    elsewhere.post(step, {**typed_company, "name": "Bo Holm", "action": "look"})
    assert elsewhere.get(step).headers["Content-Language"] == "en"
    in_danish = Client(headers={"cookie": f"{settings.LANGUAGE_COOKIE_NAME}=da"})
    in_danish.post(step, {**typed_company, "action": "look"})
    assert elsewhere.get(step).headers["Content-Language"] == "da"


def letters_to_others() -> set[str]:
    """The kinds of mail that have a template of their own and do not go to staff."""
    return {
        kind(template.stem)
        for room, kind in KINDS.items()
        for template in (settings.BASE_DIR / "templates/employers" / room / "mail").glob("*.txt")
        if not any(template.stem in names.get(room, ()) for names in (TO_STAFF, IN_THE_DAYS_MAIL, PARTS))
    }
