"""The pages of campaigns: made in two steps, shown to each partner as far as it may see, and taken from."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.campaigns.models import Campaign, Share, Target
from employers.contacts.load import load_limits
from employers.contacts.models import Hold
from tests.queries import assert_same_queries

NEW, DIVIDE = reverse("campaigns:new"), reverse("campaigns:divide")


@pytest.fixture
def signed_in(client, koege):
    client.force_login(koege.caseworker)
    return client


def page_of(campaign):
    return reverse("campaigns:campaign", args=[campaign.pk])


# --- making one --------------------------------------------------------------------------------------


def test_the_first_step_asks_before_it_shows_and_blames_nobody_meanwhile(signed_in, make_company):
    make_company("Aldrig")

    page = signed_in.get(NEW)

    assertContains(page, "Trin 1 af 2")
    assertNotContains(page, "Vælg, hvad det handler om")
    assertNotContains(page, "Næste: hvem tager hvilke")


def test_the_first_step_shows_which_companies_and_who_is_left_alone(signed_in, make_company, make_campaign):
    make_company("Aldrig")
    make_company("Beskyttet", advertising_protected=True)
    make_campaign(make_company("Med allerede"))

    page = signed_in.get(NEW, {"om": "recruitment", "udsnit": "never"})

    assertContains(page, "1 virksomhed at nå")
    assertContains(page, "er reklamebeskyttet (1)")
    assertContains(page, "Med allerede: Flere til lageret, Jobcenter Køge")
    assertContains(page, "Næste: hvem tager hvilke")


def test_a_period_that_is_over_is_refused(signed_in, make_company):
    make_company("Aldrig")
    yesterday = timezone.localdate() - timedelta(days=1)

    page = signed_in.get(NEW, {"om": "recruitment", "fra": yesterday, "til": yesterday})

    assertContains(page, "Sidste dag kan ikke ligge i fortiden")
    assertNotContains(page, "Næste: hvem tager hvilke")


def test_an_occupation_comes_along_from_where_it_was_looked_at(
    signed_in, make_company, make_vacancy, occupation
):
    make_company("Søger ingen")
    made = make_company("Søger operatører")
    make_vacancy(company=made, workplace=made.workplaces.get())

    page = signed_in.get(NEW, {"om": "recruitment", "stilling": occupation.code})

    assertContains(page, "Søger operatører")
    assertContains(page, "Betjening af maskiner til plast")
    assertNotContains(page, "Søger ingen")


def test_the_second_step_makes_a_draft_with_what_was_chosen(
    signed_in, make_company, make_vacancy, koege, roskilde, occupation
):
    made = make_company("Søger operatører")
    make_vacancy(company=made, workplace=made.workplaces.get())
    chosen = f"?om=recruitment&udsnit=never&kommune=0259&stilling={occupation.code}"
    answer = signed_in.post(
        DIVIDE + chosen,
        {
            "name": "Flere operatører",
            "text": "Spørg, hvad de mangler.",
            "partners": [koege.jobcentre.pk, roskilde.jobcentre.pk],
            "by": "responsibility",
        },
    )

    campaign = Campaign.objects.get()
    assertRedirects(answer, page_of(campaign))
    assert (campaign.segments, campaign.occupation, campaign.municipality) == (
        ["never"],
        occupation,
        koege.municipality,
    )
    assert campaign.targets.get().company == made
    page = signed_in.get(page_of(campaign))
    assertContains(page, "Sæt kampagnen i gang")
    assertContains(page, "aldrig i kontakt")


def test_what_is_missing_in_the_second_step_is_said_and_nothing_typed_is_lost(signed_in, make_company):
    make_company("Aldrig")

    page = signed_in.post(f"{DIVIDE}?om=recruitment", {"text": "Spørg om natholdet."})

    assertContains(page, "Giv kampagnen et navn")
    assertContains(page, "Vælg, hvem der er med")
    assertContains(page, "Spørg om natholdet.")
    assert not Campaign.objects.exists()


def test_the_second_step_without_companies_leads_back_to_the_first(signed_in, koege):
    answer = signed_in.get(f"{DIVIDE}?om=recruitment")

    assertRedirects(answer, f"{NEW}?om=recruitment")


# --- one campaign ------------------------------------------------------------------------------------


def test_the_page_says_how_far_each_partner_is(
    signed_in, make_company, make_campaign, make_contact, roskilde
):
    company = make_company("Nået")
    campaign = make_campaign(company, make_company("Venter"))
    make_contact(company=company, note="Kun for Køge")

    page = signed_in.get(page_of(campaign))

    assertContains(page, '<progress max="2" value="1" aria-label="Nået af Jobcenter Køge">')
    assertContains(page, "Behov noteret")
    assertContains(page, "Karim Holst, Køge")
    assertNotContains(page, "Kun for Køge")


def test_the_rows_are_filtered_by_the_address(signed_in, make_company, make_campaign, make_contact, koege):
    company = make_company("Nået ApS")
    campaign = make_campaign(company, make_company("Ventende ApS"))
    make_contact(company=company)
    share = campaign.shares.get(jobcentre=koege.jobcentre)

    reached = signed_in.get(page_of(campaign), {"stand": "reached", "andel": share.pk})
    mine = signed_in.get(page_of(campaign), {"mine": "on"})
    nobodys = signed_in.get(page_of(campaign), {"andel": "ingen"})

    assertContains(reached, "Nået ApS")
    assertNotContains(reached, "Ventende ApS")
    for page in (mine, nobodys):
        assertContains(page, "Ingen virksomhed passer")


def test_a_company_in_another_campaign_about_the_same_is_told_of(
    signed_in, make_company, make_campaign, roskilde
):
    company = make_company("Eftertragtet")
    make_campaign(company, name="Roskildes kampagne", organisation=roskilde.jobcentre.organisation)
    campaign = make_campaign(company)

    assertContains(signed_in.get(page_of(campaign)), "også i „Roskildes kampagne“, Jobcenter Roskilde")


def test_a_partner_reads_of_no_company_it_may_not_see(
    client, make_company, make_campaign, koege, roskilde, aarhus
):
    campaign = make_campaign(make_company("Køgevirksomheden"))
    Share.objects.create(campaign=campaign, jobcentre=aarhus.jobcentre)
    client.force_login(aarhus.caseworker)

    page = client.get(page_of(campaign))

    assertContains(page, "beder jer være med")
    assertNotContains(page, "Køgevirksomheden")


def test_the_page_asks_as_much_however_many_companies_there_are(
    signed_in, make_company, make_campaign, make_contact
):
    campaign = make_campaign()
    share = campaign.shares.first()

    def add():
        company = make_company("Endnu en")
        Target.objects.create(campaign=campaign, company=company, share=share)
        make_contact(company=company)

    assert_same_queries(open_page=lambda: signed_in.get(page_of(campaign)), add_row=add)


def test_the_list_asks_as_much_however_many_campaigns_there_are(signed_in, make_company, make_campaign):
    company = make_company("Den samme")
    assert_same_queries(
        open_page=lambda: signed_in.get(reverse("campaigns:campaigns")),
        add_row=lambda: make_campaign(company),
    )


def test_the_companies_are_a_file_with_their_results(signed_in, make_company, make_campaign, make_contact):
    company = make_company("=Nået ApS")
    campaign = make_campaign(company)
    make_contact(company=company)

    answer = signed_in.get(page_of(campaign), {"hent": "csv"})

    lines = b"".join(answer.streaming_content).decode()
    assert "'=Nået ApS" in lines
    assert "behov noteret" in lines


# --- the steps ---------------------------------------------------------------------------------------


def test_a_partner_declines_with_a_reason_or_is_asked_for_one(client, make_company, make_campaign, roskilde):
    campaign = make_campaign(make_company("Roskildes", centre=roskilde), share=roskilde)
    Share.objects.filter(jobcentre=roskilde.jobcentre).update(answer="", answered_by=None, answered_at=None)
    client.force_login(roskilde.caseworker)
    decline = reverse("campaigns:decline", args=[campaign.pk])

    assertContains(client.post(decline, {}), "Skriv, hvorfor I ikke kan være med")
    client.post(decline, {"reason": "Vi mangler folk."})

    assert campaign.targets.get().share is None


def test_taking_shows_the_advice_and_holds_the_company(
    signed_in, make_company, make_campaign, make_contact, koege, roskilde
):
    load_limits()
    company = make_company("Strandmarken")
    campaign = make_campaign(company)
    make_contact(
        company=company,
        jobcentre=roskilde.jobcentre,
        by=roskilde.caseworker,
        purposes=["upskilling"],
        happened_at=timezone.now() - timedelta(days=2),
    )
    take = reverse("campaigns:take", args=[campaign.pk, campaign.targets.get().pk])

    assertContains(signed_in.get(take), "Jobcenter Roskilde var i kontakt med dem")
    signed_in.post(take, {"days": 5})

    assert campaign.targets.get().taken_by == koege.caseworker
    assert Hold.objects.get().workplace.company == company


def test_whoever_comes_second_is_told_who_has_taken_it(client, make_company, make_campaign, koege):
    load_limits()
    campaign = make_campaign(make_company("Strandmarken"))
    take = reverse("campaigns:take", args=[campaign.pk, campaign.targets.get().pk])
    client.force_login(koege.caseworker)
    client.post(take, {"days": 0})

    client.force_login(koege.manager)
    page = client.post(take, {"days": 0}, follow=True)

    assertContains(page, "Karim Holst har allerede taget Strandmarken")


def test_only_whoever_has_taken_it_or_a_manager_gives_it_back(client, make_company, make_campaign, koege):
    campaign = make_campaign(make_company("Strandmarken"))
    target = campaign.targets.get()
    Target.objects.update(taken_by=koege.manager, taken_at=timezone.now())
    give_back = reverse("campaigns:give_back", args=[campaign.pk, target.pk])

    client.force_login(koege.caseworker)
    client.post(give_back)
    assert campaign.targets.get().taken_by == koege.manager

    client.force_login(koege.manager)
    client.post(give_back)
    assert campaign.targets.get().taken_by is None


def test_companies_are_moved_by_hand_and_what_could_not_be_is_said(
    signed_in, make_company, make_campaign, koege, roskilde
):
    campaign = make_campaign(make_company("Fri"), make_company("Taget"))
    free, taken = campaign.targets.order_by("company__name")
    Target.objects.filter(pk=taken.pk).update(taken_by=koege.manager, taken_at=timezone.now())
    to = campaign.shares.get(jobcentre=roskilde.jobcentre)

    page = signed_in.post(
        reverse("campaigns:move", args=[campaign.pk]),
        {"companies": [free.pk, taken.pk], "to": to.pk},
        follow=True,
    )

    assertContains(page, "1 virksomhed ligger nu hos Jobcenter Roskilde")
    assertContains(page, "1 blev ikke flyttet")
    assert campaign.targets.get(share=to) == free


def test_moving_nothing_is_said_beside_what_is_missing(signed_in, make_company, make_campaign):
    campaign = make_campaign(make_company("Fri"))

    page = signed_in.post(reverse("campaigns:move", args=[campaign.pk]), {})

    assertContains(page, "Vælg de virksomheder, der skal flyttes")
    assertContains(page, "Vælg, hvem de skal flyttes til")


def test_ones_day_shows_what_one_has_taken_and_not_reached(
    client, make_company, make_campaign, make_contact, koege
):
    mine, reached, free = (make_company(name) for name in ("Min ApS", "Nået ApS", "Fri ApS"))
    campaign = make_campaign(mine, reached, free)
    campaign.targets.exclude(company=free).update(taken_by=koege.caseworker, taken_at=timezone.now())
    make_contact(company=reached)
    client.force_login(koege.caseworker)

    page = client.get(reverse("desk:my_day"))

    assertContains(page, "Min ApS")
    assertNotContains(page, "Fri ApS")
    assertNotContains(page, "Nået ApS")
    client.force_login(koege.manager)
    assertContains(client.get(reverse("desk:my_day")), "Flere til lageret</a> · Karim Holst")


def test_the_log_opened_from_a_campaign_knows_what_it_is_about(signed_in, make_company, make_campaign, koege):
    campaign = make_campaign(make_company("Min ApS"))
    campaign.targets.update(taken_by=koege.caseworker, taken_at=timezone.now())
    log = f"{reverse('contacts:log', args=[campaign.targets.get().company_id])}?om=recruitment"

    assertContains(signed_in.get(page_of(campaign)), f'href="{log}"')
    assert signed_in.get(log).context["form"]["purposes"].value() == ["recruitment"]


def test_the_company_page_tells_of_the_campaigns_it_is_in(signed_in, make_company, make_campaign, roskilde):
    company = make_company("Eftertragtet")
    make_campaign(company, name="Flere til foråret")
    make_campaign(
        company, name="Endnu en kladde", is_running=False, organisation=roskilde.jobcentre.organisation
    )

    page = signed_in.get(company.get_absolute_url())

    assertContains(page, "Flere til foråret</a> (Køge)")
    assertNotContains(page, "Endnu en kladde")
