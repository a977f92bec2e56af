"""Several rows at once: each has its own fate, and nobody reaches what they may not see."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.contacts.models import FollowUp
from employers.enquiries.models import Enquiry
from jobcenter.accounts.models import Role
from jobcenter.centres.models import Team, TeamMember
from jobcenter.notifications.models import Mail
from tests.conftest import make_user
from tests.queries import assert_same_queries


@pytest.fixture
def nina(koege):
    return make_user("Nina Dahl", koege.jobcentre.organisation, Role.CASEWORKER)


@pytest.fixture
def post(client, koege):
    client.force_login(koege.caseworker)
    return lambda name, **data: client.post(reverse(name), data)


@pytest.fixture
def make_follow_up(contact, company, koege):
    def make(**fields):
        values = {
            "contact": contact,
            "company": company,
            "jobcentre": koege.jobcentre,
            "owner": koege.caseworker,
            "due_on": timezone.localdate(),
            "what": "Ring igen",
        }
        return FollowUp.objects.create(**{**values, **fields})

    return make


def test_several_are_given_in_two_steps_and_the_colleague_has_one_mail(post, make_enquiry, nina):
    pks = [make_enquiry().pk for _number in range(3)]

    asked = post("desk:bulk_enquiries", action="give", pk=pks, query="owner=mine")
    assertContains(asked, "3 valgt")
    assertContains(asked, '<input type="hidden" name="pk"', count=3)
    given = post("desk:bulk_enquiries", action="give", pk=pks, query="owner=mine", to=nina.pk)

    assertRedirects(given, reverse("desk:queue") + "?owner=mine")
    assert set(Enquiry.objects.filter(pk__in=pks).values_list("owner", flat=True)) == {nina.pk}
    mail = Mail.objects.get(to=nina.email)
    assert all(one.reference in mail.body for one in Enquiry.objects.filter(pk__in=pks))


def test_half_success_is_said_plainly_with_the_reason_for_each(post, make_enquiry, nina, koege):
    fine, closed, hers = make_enquiry(), make_enquiry(), make_enquiry(owner=nina)
    closed.close(by=koege.caseworker, organisation=koege.jobcentre.organisation)

    page = post("desk:bulk_enquiries", action="give", pk=[fine.pk, closed.pk, hers.pk, 999], to=nina.pk)

    assertContains(page, "1 af 4 blev gennemført")
    assertContains(page, f"{hers.reference} · Nina Dahl har den allerede.")
    assertContains(page, closed.reference)
    assertContains(page, "1, som ikke findes, eller som du ikke må se")
    owners = dict(Enquiry.objects.values_list("pk", "owner"))
    assert (owners[fine.pk], owners[closed.pk]) == (nina.pk, koege.caseworker.pk)


def test_what_may_not_be_seen_is_neither_given_nor_named(
    client, post, make_enquiry, nina, koege, roskilde, company
):
    confidential = make_enquiry(kind=Enquiry.Kind.DISMISSALS, message="Vi lukker natholdet")
    theirs = make_enquiry(jobcentre=roskilde.jobcentre, owner=roskilde.caseworker)
    own = make_enquiry(owner=nina)
    client.force_login(nina)

    page = client.post(
        reverse("desk:bulk_enquiries"),
        {"action": "give", "pk": [confidential.pk, theirs.pk, own.pk], "to": koege.manager.pk},
    )

    assertContains(page, "2, som ikke findes, eller som du ikke må se")
    assertNotContains(page, confidential.reference)
    assertNotContains(page, theirs.reference)
    assert Enquiry.objects.get(pk=confidential.pk).owner == koege.caseworker
    assert Enquiry.objects.get(pk=theirs.pk).owner == roskilde.caseworker


def test_nobody_outside_the_jobcentre_can_be_given_anything(post, make_enquiry, roskilde, koege):
    enquiry = make_enquiry()

    page = post("desk:bulk_enquiries", action="give", pk=enquiry.pk, to=roskilde.caseworker.pk)

    assertContains(page, "Vælg en kollega i jobcentret.")
    enquiry.refresh_from_db()
    assert enquiry.owner == koege.caseworker


def test_several_are_taken_up(post, make_enquiry, koege):
    new, taken = make_enquiry(), make_enquiry()
    taken.start(by=koege.caseworker, organisation=koege.jobcentre.organisation)

    page = post("desk:bulk_enquiries", action="start", pk=[new.pk, taken.pk])

    assertContains(page, "1 af 2 blev gennemført")
    new.refresh_from_db()
    assert new.state == Enquiry.State.IN_PROGRESS


@pytest.mark.parametrize("pks", [[], ["x"], ["-1"], ["9" * 30], ["²"]])
def test_without_a_row_nothing_is_done(post, pks):
    assertRedirects(post("desk:bulk_enquiries", action="give", pk=pks), reverse("desk:queue") + "?")


def test_follow_ups_are_done_and_postponed_and_what_others_did_is_told(post, make_follow_up):
    first, second, third = (make_follow_up(what=f"Ring nr. {number}") for number in (1, 2, 3))
    third.finish()
    later = timezone.localdate() + timedelta(days=6)

    asked = post("desk:bulk_follow_ups", action="postpone", pk=[first.pk, third.pk])
    assertContains(asked, "Ny dato")
    page = post("desk:bulk_follow_ups", action="postpone", pk=[first.pk, third.pk], until=later.isoformat())
    assertContains(page, "Ring nr. 3 · Den var allerede udført.")
    post("desk:bulk_follow_ups", action="done", pk=second.pk)

    first.refresh_from_db()
    second.refresh_from_db()
    third.refresh_from_db()
    assert (first.due_on, third.due_on) == (later, timezone.localdate())
    assert second.done_at is not None


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_nothing_is_postponed_to_the_past_or_out_of_sight(post, make_follow_up, days):
    step = make_follow_up()
    until = timezone.localdate() + timedelta(days=days)

    page = post("desk:bulk_follow_ups", action="postpone", pk=step.pk, until=until.isoformat())

    assertContains(page, "Vælg en dag efter i dag og inden for et år.")
    step.refresh_from_db()
    assert step.due_on == timezone.localdate()


def test_another_jobcentres_follow_up_is_left_alone(client, make_follow_up, roskilde):
    step = make_follow_up()
    client.force_login(roskilde.caseworker)

    client.post(reverse("desk:bulk_follow_ups"), {"action": "done", "pk": step.pk})

    step.refresh_from_db()
    assert step.done_at is None


def test_follow_ups_are_chosen_by_day_and_by_whose_they_are(client, koege, make_follow_up, nina):
    today = timezone.localdate()
    team = Team.objects.create(jobcentre=koege.jobcentre, name="Rekruttering", valid_from=today)
    TeamMember.objects.create(team=team, user=nina, valid_from=today)
    make_follow_up(what="Min i dag")
    make_follow_up(what="Min om en uge", due_on=today + timedelta(days=7))
    make_follow_up(what="Ninas i dag", owner=nina)
    client.force_login(koege.caseworker)

    def shown(**query):
        page = client.get(reverse("desk:follow_ups"), query).text
        return [what for what in ("Min i dag", "Min om en uge", "Ninas i dag") if what in page]

    assert shown() == ["Min i dag"]
    assert shown(due="week") == ["Min i dag", "Min om en uge"]
    assert shown(owner=nina.pk) == shown(owner=f"team-{team.pk}") == ["Ninas i dag"]
    assert shown(owner="all", due="all") == ["Min i dag", "Min om en uge", "Ninas i dag"]
    assert shown(owner="nobody", due="never") == ["Min i dag"]


def test_the_list_of_follow_ups_asks_as_often_for_three_rows_as_for_one(client, koege, make_follow_up):
    client.force_login(koege.caseworker)
    assert_same_queries(open_page=lambda: client.get(reverse("desk:follow_ups")), add_row=make_follow_up)
