"""Every row of the access matrix is tried, and every address has a row."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import clear_url_caches, path, reverse

from jobcenter import urls as portal
from jobcenter.accounts.middleware import MAY_WRITE_ON_GET
from jobcenter.accounts.models import Reading
from jobcenter.accounts.second_factor import OPEN_WITHOUT
from tests import access
from tests.access import GONE_ON, MISSING, OPEN, REFUSED, SIGN_IN, WRONG_METHOD, Row
from tests.addresses import addresses
from tests.regions.conftest import bottleneck_rule, flag_rule, group, law_in_force, measures, result_measure
from tests.world import World

__all__ = ["bottleneck_rule", "flag_rule", "group", "law_in_force", "measures", "result_measure"]

NAMES_ALONE = (
    "accounts:readings",
    "desk:my_day",
    "search",
    "admin:referrals_candidate_changelist",
    "admin:referrals_referral_changelist",
)
"""Pages that name a candidate by its reference, and tell nothing that it offers."""

REFUSALS = (SIGN_IN, REFUSED, MISSING)


@pytest.fixture
def world(db, request):
    return World(request.getfixturevalue)


@pytest.mark.parametrize("row", access.rows(), ids=str)
def test_each_person_is_answered_as_the_matrix_says(row: Row, world: World) -> None:
    url = reverse(row.name, kwargs=row.given(world)) + row.query
    data = row.data(world) if row.data else None
    wrong: list[str] = []

    for actor in world.actors:
        expected = row.expected(actor)
        response, logged = ask(world, actor, url, data=data)
        if told(response) != expected:
            wrong.append(f"{actor} is answered {told(response)}, not {expected}")
        if expected == OPEN:
            text = b"".join(response).decode(errors="replace")
            wrong += [
                f"{actor} reads {kind} {key}, and the read log says nothing of it"
                for (kind, key), shown in world.notes_and_candidates().items()
                if shown in text and (kind, key) not in logged and row.name not in NAMES_ALONE
            ]
            wrong += [
                f"{actor} reads {secret!r}" for secret in row.hidden_from(actor, world) if secret in text
            ]
        if expected in REFUSALS and data is None:
            posted = told(ask(world, actor, url, data={})[0])
            if posted not in (*REFUSALS, WRONG_METHOD):
                wrong.append(f"{actor} may not read, but a POST is answered {posted}")

    if row.name not in (*OPEN_WITHOUT, "runtime:healthz", "runtime:readyz"):
        wrong += [
            f"{actor} is answered without a second factor"
            for actor in ("manager", "administrator")
            if ask_without_second_factor(world, actor, url)["Location"] != reverse("mfa_activate_totp")
        ]

    assert not wrong, f"{row} at {url}: " + "; ".join(wrong)


def ask(world: World, actor: str, url: str, *, data: dict | None) -> tuple[HttpResponse, set]:
    """Ask as this person: the answer, and of what the read log got a line. Whatever is written is undone."""
    client = Client()
    if user := world.actors[actor]:
        client.force_login(user)
    with transaction.atomic():
        response = client.get(url) if data is None else client.post(url, data)
        logged = set(Reading.objects.values_list("kind", "key"))
        transaction.set_rollback(True)
    return response, logged


def ask_without_second_factor(world: World, actor: str, url: str) -> Mapping[str, str]:
    """The headers of the answer to one who must have a second factor, and has none."""
    user = world.actors[actor]
    assert user
    user.is_demonstration = False
    user.save()
    headers = ask(world, actor, url, data=None)[0].headers
    user.is_demonstration = True
    user.save()
    return {"Location": "", **headers}


def told(response: HttpResponse) -> access.Answer:
    """The answer in the matrix's own words."""
    if response.status_code not in (301, 302, 303):
        return response.status_code
    to_sign_in = (resolve_url("account_login"), reverse("admin:login"))
    return SIGN_IN if response["Location"].split("?")[0] in to_sign_in else GONE_ON


def test_every_address_has_a_row():
    assert access.undeclared() == []


def test_every_row_has_an_address():
    """An address that is gone takes its row with it."""
    names = {address.name for address in addresses()}

    assert [row.name for row in access.ROWS if row.name not in names] == []


def test_an_address_without_a_row_is_found(monkeypatch):
    def view(request):
        return HttpResponse()

    before = access.undeclared()
    added = [path("hemmeligt/", view, name="secret"), path("uden-navn/", view)]
    monkeypatch.setattr(portal, "urlpatterns", [*portal.urlpatterns, *added])
    clear_url_caches()
    try:
        found = [address for address in access.undeclared() if address not in before]
        assert found == ["/hemmeligt/ (secret)", "/uden-navn/ (without a name)"]
    finally:
        monkeypatch.undo()
        clear_url_caches()


def test_few_views_write_on_a_get():
    names = {address.name for address in addresses()}

    assert len(MAY_WRITE_ON_GET) <= 3
    assert names >= MAY_WRITE_ON_GET


def test_a_group_names_only_people_there_are(world):
    for row in access.rows():
        for people in [*row.answers, *row.hides]:
            assert set(people.split()) <= set(world.actors), row


def test_nobody_is_answered_twice():
    for row in access.rows():
        people = " ".join(row.answers).split()
        assert len(people) == len(set(people)), row
