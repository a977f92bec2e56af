"""Nobody finds what is not theirs, wherever they go: every page, list, search, download, feed and mail."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jobcenter.notifications.models import Mail
from tests import access
from tests.access import OPEN
from tests.crawling import crawl
from tests.regions.conftest import bottleneck_rule, flag_rule, group, law_in_force, measures, result_measure
from tests.secrets import SECRETS
from tests.world import World

__all__ = ["bottleneck_rule", "flag_rule", "group", "law_in_force", "measures", "result_measure"]

ACTORS = [
    *("anonymous", "employer", "newcomer", "competitor", "caseworker", "manager", "neighbour", "stranger"),
    *("strange_manager", "area_officer", "other_officer", "national"),
]
"""Everybody but the administrator, who keeps the tables and may read them."""

LOOKED_FOR = ("Strandmarken", "Natholdet", "Roskilde")


@pytest.fixture
def world(db, request):
    return World(request.getfixturevalue)


@pytest.fixture
def planted(world):
    """What to look for, by the secret's name."""
    return {secret.name: secret.texts(world) for secret in SECRETS}


@pytest.mark.verify
@pytest.mark.parametrize("actor", ACTORS)
def test_nobody_finds_what_is_not_theirs(world, planted, actor):
    wrong = []
    for seen in crawl(signed_in(world, actor), open_to(world, actor), words=LOOKED_FOR):
        if seen.status >= 500:
            wrong.append(f"{seen.address} is answered {seen.status}")
        wrong += [f"{seen.address} shows {name}" for name in forbidden(actor, planted, seen.text)]

    assert not wrong, "\n".join(wrong)


def signed_in(world, actor):
    client = Client()
    if user := world.actors[actor]:
        client.force_login(user)
    return client


def open_to(world, actor):
    """Every address the access matrix lets this person open."""
    return [
        reverse(row.name, kwargs=row.given(world)) + row.query
        for row in access.ROWS
        if row.data is None and row.expected(actor) == OPEN
    ]


def forbidden(actor, planted, text):
    """The secrets in a text that this person may not find."""
    return [
        secret.name
        for secret in SECRETS
        if actor not in secret.readers and any(one in text for one in planted[secret.name])
    ]


@pytest.mark.verify
def test_every_secret_is_found_by_somebody_who_may(world, planted):
    """Otherwise nobody would notice that it is planted where nothing looks."""
    found = {
        secret.name
        for actor in ("caseworker", "manager", "neighbour", "employer", "area_officer")
        for seen in crawl(signed_in(world, actor), open_to(world, actor))
        for secret in SECRETS
        if actor in secret.readers and any(one in seen.text for one in planted[secret.name])
    }

    assert found == {secret.name for secret in SECRETS}


def test_no_mail_tells_anybody_what_is_not_theirs(world, planted):
    actors = {user.email: actor for actor, user in world.actors.items() if user}
    actors |= {person.email: "employer" for person in world.company.people.all()}
    actors[world.roskilde.manager.email] = "neighbour"
    wrong = [
        f"“{mail.subject}” to {mail.to} tells {secret.name}"
        for mail in Mail.objects.all()
        for secret in SECRETS
        if actors.get(mail.to) not in secret.readers | secret.told
        and any(one in f"{mail.subject}\n{mail.body}" for one in planted[secret.name])
    ]

    assert Mail.objects.exists()
    assert not wrong, "\n".join(wrong)
