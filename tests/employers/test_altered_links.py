"""A mailed link that was cut, lengthened or changed: nothing opens, and the page says what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.test_english import danish_in
from tests.world import World

LINKS: dict[str, Callable[[World], str]] = {
    "an enquiry": lambda world: world.enquiry.link,
    "the confirmation of an address": lambda world: world.enquiry.confirmation_link,
    "closing a vacancy": lambda world: f"{world.published_enquiry.link}luk/",
    "changing a vacancy": lambda world: f"{world.enquiry.link}ret/",
    "a step of a vacancy": lambda world: f"{world.published_enquiry.link}stilling/pause/",
    "a file": lambda world: f"{world.attachment.message.enquiry.link}fil/{world.attachment.pk}/",
    "an application": lambda world: world.placement_draft.link,
    "the representative's answer": lambda world: world.placement.representatives_link,
    "what came of it": lambda world: world.effect.link,
    "the questions about a vacancy": lambda world: world.survey.link,
    "a referral": lambda world: world.referral.link,
    "an answer about a candidate": lambda world: f"{world.referral.link}ansat/",
    "the proof of who asks for access": lambda world: world.unproven_request.link,
    "an invitation": lambda world: world.invitation.link,
    "a saved search": lambda world: world.saved_search.link,
    "what to be told": lambda world: world.recipient.choices_link,
    "stopping it": lambda world: world.recipient.stop_link,
}
ALTERED: dict[str, Callable[[str], str]] = {
    "cut": lambda token: token[:-1],
    "cut in half": lambda token: token[: len(token) // 2],
    "lengthened": lambda token: f"{token}A",
    "in capitals": str.upper,
    "with another beginning": lambda token: f"9{token[1:]}" if token[0] != "9" else f"8{token[1:]}",
    "with another ending": lambda token: token[:-2] + ("xy" if token[-2:] != "xy" else "yx"),
    "without its signature": lambda token: token.rpartition(":")[0] or "1",
    "with what no database can keep": lambda token: f"%00{token}",
    "with letters of another alphabet": lambda token: f"%D9%85{token}",
    "with a script": lambda token: "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "endless": lambda token: token * 80,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", LINKS)
def test_an_altered_link_opens_nothing_and_the_page_says_what_to_do(request, name):
    world = World(request.getfixturevalue)
    link = LINKS[name](world)
    _empty, door, token, *rest = link.split("/")
    client = Client()
    assert client.get(link).status_code in (200, 302)

    for how, alter in ALTERED.items():
        page = client.get("/".join(["", door, alter(token), *rest]))

        assert page.status_code == 404, how
        assert "<h1" in page.text, how
        assert "<script>alert" not in page.text, how
        assert "linket" in page.text.lower() or "adressen" in page.text.lower(), how
        assert danish_in(page.text, quoted=[]), how
