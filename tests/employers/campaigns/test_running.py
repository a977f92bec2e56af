"""A campaign from its making to its end, and what the contact log says of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.campaigns import running
from employers.campaigns.choosing import Choice
from employers.campaigns.dividing import By
from employers.campaigns.models import Campaign, Share, Target
from employers.campaigns.running import TakenAlready
from employers.contacts.holding import HeldAlready
from employers.contacts.load import load_limits
from employers.contacts.models import Contact, Hold
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Notice
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

NOW = timezone.now
NAMES = ("ok", "roskildes", "andet", "flere", "planlagt", "før", "fremmed", "ingen")


@pytest.fixture
def limits(db):
    load_limits()


def take(target, centre, *, days=0):
    return running.take(target, by=centre.caseworker, jobcentre=centre.jobcentre, days=days, at=NOW())


def standing_of(campaign):
    return dict(
        Target.objects.filter(campaign=campaign).with_contact().values_list("company__name", "outcome")
    )


# --- making, starting, answering ---------------------------------------------------------------------


def made(koege, roskilde, *companies, by=By.RESPONSIBILITY):
    today = timezone.localdate()
    choice = Choice("recruitment", starts_on=today, ends_on=today + timedelta(days=30), segments=["never"])
    return running.make(
        choice,
        companies,
        name="Flere til lageret",
        text="Spørg, hvad de mangler.",
        partners=[koege.jobcentre, roskilde.jobcentre],
        by=by,
        jobcentre=koege.jobcentre,
        user=koege.caseworker,
    )


def test_a_draft_is_divided_and_seen_by_nobody_else(make_company, koege, roskilde, aarhus):
    campaign = made(koege, roskilde, make_company("K"), make_company("R", centre=roskilde))

    shares = dict(campaign.targets.values_list("company__name", "share__jobcentre__name"))
    seeing = [Campaign.objects.visible_to(centre.jobcentre).count() for centre in (koege, roskilde, aarhus)]
    assert shares == {"K": "Jobcenter Køge", "R": "Jobcenter Roskilde"}
    assert seeing == [1, 0, 0]
    assert list(campaign.shares.values_list("jobcentre__name", "answer")) == [
        ("Jobcenter Køge", "accepted"),
        ("Jobcenter Roskilde", ""),
    ]
    assert campaign.log.get().to_state == "draft"


def test_when_it_starts_the_partners_see_it_and_their_managers_are_told_once(
    make_company, koege, roskilde, aarhus
):
    campaign = made(koege, roskilde, make_company("R", centre=roskilde))

    running.start(campaign, by=koege.caseworker)

    notices = Notice.objects.filter(kind="campaign_asked")
    assert [one.recipient.email for one in notices] == [roskilde.manager.email]
    assert Campaign.objects.visible_to(roskilde.jobcentre).get() == campaign
    assert not Campaign.objects.visible_to(aarhus.jobcentre).exists()
    with pytest.raises(TransitionRefused):
        running.start(Campaign.objects.get(), by=koege.caseworker)


def test_a_campaign_without_companies_does_not_start(koege, roskilde):
    with pytest.raises(TransitionRefused, match=r"kræver|skal have"):
        running.start(made(koege, roskilde), by=koege.caseworker)


def test_nobody_takes_a_company_before_the_jobcentre_has_accepted(make_company, koege, roskilde):
    campaign = made(koege, roskilde, make_company("R", centre=roskilde))
    running.start(campaign, by=koege.caseworker)
    target = campaign.targets.get()

    with pytest.raises(ValidationError):
        take(target, roskilde)
    running.accept(share_of(campaign, roskilde), by=roskilde.caseworker)

    assert take(target, roskilde).taken_by == roskilde.caseworker
    assert Notice.objects.filter(kind="campaign_answered").count() == 1


def share_of(campaign, centre):
    return campaign.shares.select_related("campaign", "jobcentre").get(jobcentre=centre.jobcentre)


def test_what_a_partner_declines_is_in_nobodys_share_until_it_is_moved(make_company, koege, roskilde):
    campaign = made(koege, roskilde, make_company("R", centre=roskilde))
    running.start(campaign, by=koege.caseworker)
    share = share_of(campaign, roskilde)

    running.decline(share, by=roskilde.caseworker, reason="Vi mangler folk.")

    target = campaign.targets.get()
    assert target.share is None
    assert running.move(campaign, [target.pk], to=share_of(campaign, koege)) == 1
    with pytest.raises(TransitionRefused):
        running.accept(share_of(campaign, roskilde), by=roskilde.manager)


def test_declining_needs_a_reason(make_company, koege, roskilde):
    campaign = made(koege, roskilde, make_company("R", centre=roskilde))
    running.start(campaign, by=koege.caseworker)

    with pytest.raises(ValidationError):
        running.decline(share_of(campaign, roskilde), by=roskilde.caseworker, reason="")


def test_what_is_taken_or_out_of_sight_is_not_moved(make_company, make_campaign, koege, roskilde, aarhus):
    campaign = make_campaign(make_company("Taget"), make_company("Fri"))
    taken, free = campaign.targets.order_by("-company__name")
    take(taken, koege)
    stranger = Share.objects.create(campaign=campaign, jobcentre=aarhus.jobcentre)

    assert running.move(campaign, [taken.pk, free.pk], to=stranger) == 0
    assert running.move(campaign, [taken.pk, free.pk], to=share_of(campaign, roskilde)) == 1


# --- taking ------------------------------------------------------------------------------------------


def test_the_second_who_takes_a_company_is_told_who_has_it(make_company, make_campaign, koege):
    target = make_campaign(make_company("Eftertragtet")).targets.get()
    take(target, koege)

    with pytest.raises(TakenAlready) as refused:
        running.take(target, by=koege.manager, jobcentre=koege.jobcentre, days=0, at=NOW())

    assert refused.value.target.taken_by == koege.caseworker


def test_a_company_of_anothers_share_is_not_taken(make_company, make_campaign, koege, roskilde):
    target = make_campaign(make_company("Køges")).targets.get()

    with pytest.raises(ValidationError):
        take(target, roskilde)


def test_taking_may_hold_the_company_and_giving_back_ends_the_hold(
    limits, make_company, make_campaign, koege
):
    target = make_campaign(make_company("Holdt")).targets.get()

    taken = take(target, koege, days=5)
    running.give_back(taken, by=koege.caseworker, at=NOW() + timedelta(minutes=1))

    target.refresh_from_db()
    hold = Hold.objects.get()
    assert (hold.purpose, hold.jobcentre, hold.by) == ("recruitment", koege.jobcentre, koege.caseworker)
    assert hold.expires_at <= NOW() + timedelta(minutes=2)
    assert (target.taken_by, target.taken_at, target.hold) == (None, None, None)


def test_what_another_jobcentre_holds_is_not_taken_with_a_hold_and_nothing_is_half_done(
    limits, make_company, make_campaign, make_hold, koege
):
    company = make_company("Holdt af Roskilde")
    make_hold(workplace=company.workplaces.get())
    target = make_campaign(company).targets.get()

    with pytest.raises(HeldAlready):
        take(target, koege, days=5)

    target.refresh_from_db()
    assert target.taken_by is None
    assert take(target, koege, days=0).taken_by == koege.caseworker


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_same_company_at_once_one_gets_it_and_the_other_is_told(
    make_company, make_campaign, koege
):
    target = make_campaign(make_company("Eftertragtet")).targets.get()
    with transaction.atomic():
        Target.objects.select_for_update().get(pk=target.pk)
        first = Beside(lambda: take(target, koege))
        wait_until_somebody_is_locked_out()
        second = Beside(
            lambda: running.take(target, by=koege.manager, jobcentre=koege.jobcentre, days=0, at=NOW())
        )

    outcomes = []
    for one in (first, second):
        try:
            outcomes.append(one.outcome().taken_by)
        except TakenAlready as refused:
            outcomes.append(refused)

    target.refresh_from_db()
    (winner,) = [one for one in outcomes if not isinstance(one, TakenAlready)]
    (loser,) = [one for one in outcomes if isinstance(one, TakenAlready)]
    assert target.taken_by == winner == loser.target.taken_by


# --- what the log says -------------------------------------------------------------------------------


def test_a_contact_about_it_by_a_partner_within_the_period_counts_by_itself(
    make_company, make_campaign, make_contact, koege, roskilde, aarhus
):
    days = timedelta(days=1)
    companies = {name: make_company(name) for name in NAMES}
    campaign = make_campaign(*companies.values())
    make_contact(company=companies["ok"])
    make_contact(company=companies["roskildes"], jobcentre=roskilde.jobcentre, by=roskilde.caseworker)
    make_contact(company=companies["andet"], purposes=["upskilling"])
    make_contact(company=companies["flere"], purposes=["upskilling", "recruitment"])
    make_contact(company=companies["planlagt"], state="planned", outcome="", happened_at=NOW() + days)
    make_contact(company=companies["før"], happened_at=NOW() - 9 * days)
    make_contact(company=companies["fremmed"], jobcentre=aarhus.jobcentre, by=aarhus.caseworker)

    assert standing_of(campaign) == {
        "ok": "need",
        "roskildes": "need",
        "andet": None,
        "flere": "need",
        "planlagt": None,
        "før": None,
        "fremmed": None,
        "ingen": None,
    }


def test_an_attempt_nobody_answered_counts_until_somebody_does(
    make_company, make_campaign, make_contact, koege
):
    company = make_company("Svær at få fat i")
    campaign = make_campaign(company)
    hours = timedelta(hours=1)
    make_contact(company=company, outcome=Contact.Outcome.AGREEMENT, happened_at=NOW() - 5 * hours)
    make_contact(company=company, outcome=Contact.Outcome.NO_ANSWER, happened_at=NOW() - 2 * hours)

    assert standing_of(campaign) == {"Svær at få fat i": "agreement"}

    Contact.objects.filter(outcome=Contact.Outcome.AGREEMENT).delete()
    assert standing_of(campaign) == {"Svær at få fat i": "no_answer"}


def test_what_somebody_has_taken_is_theirs_to_call_until_it_is_reached(
    make_company, make_campaign, make_contact, koege, roskilde
):
    company = make_company("Min")
    campaign = make_campaign(company, make_company("Ingens"))
    take(campaign.targets.get(company=company), koege)

    assert [one.company.name for one in Target.objects.to_call(koege.jobcentre)] == ["Min"]
    assert not Target.objects.to_call(roskilde.jobcentre).exists()

    make_contact(company=company)
    assert not Target.objects.to_call(koege.jobcentre).exists()


# --- the end -----------------------------------------------------------------------------------------


def test_ending_frees_what_nobody_reached_and_keeps_what_was_reached(
    limits, make_company, make_campaign, make_contact, koege
):
    reached, left = make_company("Nået"), make_company("Ikke nået")
    campaign = make_campaign(reached, left)
    for target in campaign.targets.all():
        take(target, koege, days=3)
    make_contact(company=reached)

    running.end(campaign, by=koege.caseworker)

    campaign.refresh_from_db()
    taken = dict(campaign.targets.values_list("company__name", "taken_by"))
    assert (campaign.state, campaign.ends_on) == ("ended", timezone.localdate())
    assert taken == {"Nået": koege.caseworker.pk, "Ikke nået": None}
    assert Hold.objects.running(at=NOW()).get().workplace.company == reached
    assert standing_of(campaign)["Nået"] == "need"


def test_a_campaign_that_has_ended_does_not_begin_again(make_campaign, koege):
    campaign = running.end(make_campaign(), by=koege.caseworker)

    with pytest.raises(TransitionRefused):
        running.start(campaign, by=koege.caseworker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(state="running", ended_at=None)


@pytest.mark.parametrize(
    "broken",
    [{"taken_at": NOW()}, {"taken_by": True}, {"taken_by": True, "taken_at": NOW(), "share": None}],
    ids=["a time without a person", "a person without a time", "in nobody's share"],
)
def test_the_database_refuses_a_company_that_is_half_taken(make_company, make_campaign, koege, broken):
    target = make_campaign(make_company("Halv")).targets.get()
    values = {key: koege.caseworker if value is True else value for key, value in broken.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=target.pk).update(**values)
