"""Publishing in the administration pages: the same rows, and the same refusals."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from regions.publications.freezing import draw_up
from regions.publications.models import Publication
from tests.regions.publications.conftest import QUARTER, TODAY
from tests.regions.publications.making import REASON


def address(publication):
    return reverse("admin:publications_publication_change", args=[publication.pk])


def form_of(reason):
    return {"log-TOTAL_FORMS": 0, "log-INITIAL_FORMS": 0, "reason": reason}


@pytest.fixture
def draft(compared):
    return draw_up(quarter=QUARTER, on=TODAY)


@pytest.fixture
def publisher(client, national):
    """Somebody of the national authority who may use the administration pages."""
    national.is_staff = True
    national.save()
    client.force_login(national)
    return client


def test_the_national_authority_publishes_here_as_on_the_page(publisher, draft, national):
    publisher.post(address(draft), form_of(REASON))

    published = Publication.objects.get()
    [step] = published.log.all()
    assert published.number == 1
    assert (step.by, step.organisation.kind, step.comment) == (national, "national", REASON)
    assertContains(publisher.get("/admin/publications/publication/"), "3. kvt. 2026")


def test_without_a_reason_nothing_is_published(publisher, draft):
    assertContains(publisher.post(address(draft), form_of("")), "Skriv, hvorfor")

    assert Publication.objects.get().is_draft


def test_a_draft_the_results_have_left_is_refused(publisher, draft, recomputed, koege):
    recomputed(koege.jobcentre, actual=360)

    assertContains(publisher.post(address(draft), form_of(REASON)), "Dan den igen")

    assert Publication.objects.get().is_draft


def test_what_is_published_is_only_to_be_read(publisher, issue, compared):
    published = issue()

    assertNotContains(publisher.get(address(published)), "Hvorfor sammenligningen")
    assert publisher.post(address(published), form_of(REASON)).status_code == 403


def test_an_area_officer_reads_and_publishes_nothing(client, draft, sjaelland):
    client.force_login(sjaelland.officer)

    assertContains(client.get(address(draft)), "3. kvt. 2026")
    assertNotContains(client.get(address(draft)), "Hvorfor sammenligningen")
    assert client.post(address(draft), form_of(REASON)).status_code == 403
    assert Publication.objects.get().is_draft


def test_the_administrator_reads_and_publishes_nothing(client, draft, administrator):
    client.force_login(administrator)

    assertNotContains(client.get(address(draft)), "Hvorfor sammenligningen")
    assert client.post(address(draft), form_of(REASON)).status_code == 403
    assert Publication.objects.get().is_draft
