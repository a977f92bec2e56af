"""A list as somebody likes to see it, kept under a name."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.desk.models import SavedView
from jobcenter.accounts.models import Role
from tests.conftest import make_user

QUEUE = "desk:queue"


@pytest.fixture
def save(client, koege):
    client.force_login(koege.caseworker)

    def save(name="Praktik", query="kind=work_trial", listed=QUEUE, **more):
        return client.post(
            reverse("desk:save_view"), {"name": name, "query": query, "listed": listed, **more}
        )

    return save


def test_a_view_is_saved_with_what_the_list_knows_and_opens_at_its_address(save, client):
    answer = save(query="kind=work_trial&owner=mine&side=3&state=&evil=1")

    view = SavedView.objects.get()
    assert view.query == "owner=mine&kind=work_trial"
    assertRedirects(answer, f"{reverse(QUEUE)}?{view.query}")
    page = client.get(view.get_absolute_url())
    assertContains(page, 'aria-current="page">Praktik')
    assertNotContains(page, "Gem denne visning")


def test_a_view_without_a_name_is_not_saved_and_the_list_stays(save):
    answer = save(name="  ")

    assertRedirects(answer, f"{reverse(QUEUE)}?kind=work_trial")
    assert not SavedView.objects.exists()


def test_one_of_the_same_name_is_replaced(save):
    save()
    save(query="state=all")

    assert SavedView.objects.get().query == "state=all"


def test_the_default_opens_with_the_list_and_the_usual_one_is_a_link_away(save, client):
    save(is_default="on")
    save(name="Alle", query="state=all", is_default="on")

    assert list(SavedView.objects.filter(is_default=True).values_list("name", flat=True)) == ["Alle"]
    assertRedirects(client.get(reverse(QUEUE)), f"{reverse(QUEUE)}?state=all")
    usual = client.get(f"{reverse(QUEUE)}?state=waiting")
    assertContains(usual, 'href="/henvendelser/?state=waiting" aria-current="page"')


def test_a_shared_view_is_for_the_jobcentre_and_ones_own_for_oneself(save, client, koege, roskilde):
    save(name="Fælles", is_shared="on")
    save(name="Privat", query="state=all", is_default="on")
    colleague = make_user("Nina Dahl", koege.jobcentre.organisation, Role.CASEWORKER)

    client.force_login(colleague)
    page = client.get(reverse(QUEUE))
    assertContains(page, ">Fælles<")
    assertNotContains(page, ">Privat<")

    client.force_login(roskilde.caseworker)
    assertNotContains(client.get(reverse(QUEUE)), ">Fælles<")


def test_a_view_is_deleted_by_its_owner_and_a_shared_one_by_the_manager_too(save, client, koege):
    save(name="Fælles", is_shared="on")
    save(name="Privat", query="state=all")
    shared, private = SavedView.objects.order_by("name")
    colleague = make_user("Nina Dahl", koege.jobcentre.organisation, Role.CASEWORKER)

    def forget(user, view):
        client.force_login(user)
        return client.post(reverse("desk:forget_view", args=[view.pk])).status_code

    assert forget(colleague, shared) == 404
    assert forget(koege.manager, private) == 404
    assert forget(koege.manager, shared) == forget(koege.caseworker, private) == 302
    assert not SavedView.objects.exists()
