"""In English no page of the public or of an employer says anything in Danish but names and quoted texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from tests import access
from tests.access import OPEN
from tests.regions.conftest import bottleneck_rule, flag_rule, group, measures, result_measure
from tests.world import World

__all__ = ["bottleneck_rule", "flag_rule", "group", "measures", "result_measure"]

READERS = ("anonymous", "employer", "newcomer")
SPOKEN = ("aria-label", "title", "alt", "placeholder", "data-text")
"""Attributes whose words people see or hear."""

NAMES = ("Én Indgang", "Det Fælles Designsystem", "Digitaliseringsstyrelsen", "Køge", "Datatilsynet")
ADDRESSES = re.compile(r"\S+@\S+|https?://\S+")
DANISH_LETTERS = re.compile(r"\w*[æøåÆØÅ]\w*")
DANISH_WORDS = re.compile(
    r"\b(?:og|ikke|eller|hvad|hvor|hvem|jeres|jer|det|der|som|fra|kan|skal|virksomhed\w*|jobcentret|stilling\w*|"
    r"henvendelse\w*|ledige?|svar|senest|adgang|kolleger|tilbage|vis|gem|send|ingen)\b"
)
"""Words of everyday Danish that are not English as well."""
NOT_ONLY_DANISH = {"send", "vis"}


class Words(HTMLParser):
    """What a page says: its text, and the attributes that are read; not what is marked as Danish."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        is_silent = tag in ("script", "style") or values.get("lang") == "da"
        if tag not in ("input", "meta", "link", "br", "path", "use", "circle", "rect", "img", "hr"):
            self.open.append((tag, is_silent))
            self.silent += is_silent
        if not self.silent:
            self.said += [value for name in SPOKEN if (value := values.get(name))]

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            opened, was_silent = self.open.pop()
            self.silent -= was_silent
            if opened == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def data() -> list[str]:
    """Every text in the database: names, titles and advertisements stand on the page as they were written."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.CharField | models.TextField) and not field.choices:
                values = model._default_manager.order_by().values_list(field.name, flat=True)
                found |= {str(value) for value in values.distinct()[:500] if value and len(str(value)) > 2}
    return sorted(found, key=len, reverse=True)


def danish_in(page: str, *, quoted: list[str]) -> list[str]:
    """The Danish that a page says of its own accord."""
    words = Words()
    words.feed(page)
    text = ADDRESSES.sub(" ", " ".join(words.said))
    for name in [*NAMES, *quoted]:
        text = text.replace(name, " ").replace(name.lower(), " ")
    found = DANISH_LETTERS.findall(text) + DANISH_WORDS.findall(text)
    return sorted({word for word in found if word not in NOT_ONLY_DANISH})


def pages(world: World) -> Iterator[tuple[str, str]]:
    """Every page in English, for whoever may open it: its row and its text."""
    for row in access.ROWS:
        for reader in READERS:
            if row.expected(reader) != OPEN:
                continue
            address = reverse(row.name, kwargs=row.given(world)) + row.query
            client = Client()
            client.cookies["django_language"] = "en"
            if user := world.actors[reader]:
                client.force_login(user)
            with transaction.atomic():
                data = row.data(world) if row.data else None
                answer = client.get(address) if data is None else client.post(address, data)
                transaction.set_rollback(True)
            if answer.status_code == OPEN and "text/html" in answer.headers.get("Content-Type", ""):
                yield f"{row} for {reader}", answer.text
            if reader == "anonymous" and row.expected("employer") == OPEN and row.name.startswith("pages:"):
                break


@pytest.mark.django_db
def test_no_page_says_anything_in_danish_to_an_english_reader(request):
    world = World(request.getfixturevalue)
    seen = list(pages(world))
    quoted = data()

    found = {name: words for name, page in seen if (words := danish_in(page, quoted=quoted))}

    assert len(seen) > 60
    assert not found, "\n".join(f"{name}: {', '.join(words)}" for name, words in found.items())


def test_danish_is_found_where_it_stands():
    page = '<p title="Gå til siden">Køge <b lang="da">Dansk og ret</b></p><script>og</script><p>og så</p>'

    assert danish_in(page, quoted=[]) == ["Gå", "og", "så"]


def test_occupations_have_their_english_titles(client, occupation, make_vacancy):
    occupation.title_en = "Plastic products machine operators"
    occupation.save()
    vacancy = make_vacancy(state="published")
    client.cookies["django_language"] = "en"

    page = client.get(vacancy.get_absolute_url()).text

    assert "Plastic products machine operators" in page
    assert f"<dd>{occupation.title_da}" not in page
