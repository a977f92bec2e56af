"""In which role a person acts, and a GET that cannot write."""

from __future__ import annotations

import pytest
from django.db import DataError, InternalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse

from jobcenter.accounts import middleware
from jobcenter.accounts.models import Membership, Organisation, Role
from jobcenter.accounts.scope import acts_as, public


@public
def act_for(request: HttpRequest) -> HttpResponse:
    membership = request.membership
    return JsonResponse({"organisation": membership and membership.organisation.name})


@public
def write(request: HttpRequest) -> HttpResponse:
    Organisation.objects.create(kind=Organisation.Kind.NATIONAL, name="Skrevet")
    return HttpResponse()


@public
def fail(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return HttpResponse()


@public
def remember(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = True
    return HttpResponse()


@acts_as(Role.CASEWORKER, Role.MANAGER)
def at_a_jobcentre(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"jobcentre": request.jobcentre.name})


@acts_as(Role.AREA_OFFICER)
def in_an_area(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"area": request.area.name})


@acts_as(Role.EMPLOYER)
def in_a_company(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"company": request.company.name})


def undecorated(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


PAGES = (act_for, write, fail, remember, at_a_jobcentre, in_an_area, in_a_company, undecorated)


@pytest.fixture
def some_pages(settings):
    """A portal of some pages and the sign-in."""
    settings.ROOT_URLCONF = (
        *(path(f"prøve/{view.__name__}", view, name=view.__name__) for view in PAGES),
        path("konto/", include("jobcenter.accounts.urls")),
        path("", include("jobcenter.accounts.sign_in")),
    )


pytestmark = pytest.mark.usefixtures("some_pages", "db")


def join(user, organisation, role) -> Membership:
    return Membership.objects.create(user=user, organisation=organisation, role=role)


def test_nobody_acts_for_anybody_before_they_sign_in(client, koege):
    assert client.get(reverse("act_for")).json() == {"organisation": None}


def test_a_person_acts_for_their_first_organisation_until_they_choose_another(client, koege, roskilde):
    join(koege.caseworker, roskilde.jobcentre.organisation, Role.CASEWORKER)
    client.force_login(koege.caseworker)

    assert client.get(reverse("act_for")).json() == {"organisation": "Jobcenter Køge"}

    theirs = koege.caseworker.memberships.get(organisation=roskilde.jobcentre.organisation)
    client.post(reverse("accounts:choose"), {"membership": theirs.pk})

    assert client.get(reverse("act_for")).json() == {"organisation": "Jobcenter Roskilde"}


def test_nobody_chooses_to_act_for_an_organisation_that_is_not_theirs(client, koege, roskilde):
    others = roskilde.caseworker.memberships.get()
    client.force_login(koege.caseworker)

    client.post(reverse("accounts:choose"), {"membership": others.pk})
    session = client.session
    session[middleware.CHOSEN] = others.pk
    session.save()

    assert client.get(reverse("act_for")).json() == {"organisation": "Jobcenter Køge"}


def test_a_membership_that_has_ended_opens_nothing(client, koege):
    client.force_login(koege.caseworker)
    koege.caseworker.memberships.all().delete()

    assert client.get(reverse("at_a_jobcentre")).status_code == 403


def test_the_memberships_are_asked_for_once(client, koege):
    client.force_login(koege.caseworker)

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("at_a_jobcentre"))

    assert len([query for query in queries if "accounts_membership" in query["sql"]]) == 1


def test_a_query_that_fails_in_a_view_is_the_error_that_is_seen(client):
    with pytest.raises(DataError, match="division by zero"):
        client.get(reverse("fail"))


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("at_a_jobcentre", {"jobcentre": "Jobcenter Køge"}),
        ("in_an_area", {"area": "Sjælland"}),
        ("in_a_company", {"company": "Strandmarkens Emballage A/S"}),
    ],
)
def test_a_view_knows_what_the_person_acts_for(client, koege, sjaelland, employer, page, found):
    people = {"at_a_jobcentre": koege.caseworker, "in_an_area": sjaelland.officer, "in_a_company": employer}

    for allowed, person in people.items():
        client.force_login(person)
        response = client.get(reverse(page))
        if allowed == page:
            assert response.json() == found
        else:
            assert response.status_code == 403


def test_an_organisation_that_stands_for_nothing_opens_nothing(client, koege):
    empty = Organisation.objects.create(kind=Organisation.Kind.JOBCENTRE, name="Jobcenter uden rækker")
    koege.caseworker.memberships.update(organisation=empty)
    client.force_login(koege.caseworker)

    assert client.get(reverse("at_a_jobcentre")).status_code == 403


@pytest.mark.parametrize("page", ["at_a_jobcentre", "undecorated"])
def test_whoever_has_not_signed_in_is_asked_to_and_comes_back(client, page):
    """Also where the decorator was forgotten: sign-in is the rule."""
    response = client.get(reverse(page) + "?side=2")

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login") + "?next=/pr%25C3%25B8ve/")
    assert response["Location"].endswith("%3Fside%3D2")


def test_a_get_that_writes_fails(client):
    with pytest.raises(InternalError, match="cannot execute INSERT in a read-only transaction"):
        client.get(reverse("write"))

    assert not Organisation.objects.filter(name="Skrevet").exists()


def test_a_post_writes(client):
    client.post(reverse("write"))

    assert Organisation.objects.filter(name="Skrevet").exists()


def test_a_get_writes_where_the_list_says_so(client, monkeypatch):
    monkeypatch.setattr(middleware, "MAY_WRITE_ON_GET", frozenset({"write"}))

    client.get(reverse("write"))

    assert Organisation.objects.filter(name="Skrevet").exists()


def test_a_session_is_saved_also_on_a_get(client):
    client.get(reverse("remember"))

    assert client.session["seen"] is True
