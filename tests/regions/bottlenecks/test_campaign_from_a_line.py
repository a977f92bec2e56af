"""From a line to a campaign: begun without names, carried out by the jobcentres, told in numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from employers.campaigns.choosing import Choice, of_each
from employers.campaigns.models import Campaign, Share, Target
from employers.campaigns.running import accept, decline, end, take
from jobcenter.notifications.models import Notice
from regions.bottlenecks.actions.campaigning import begin, campaigns_until, report_instead
from regions.bottlenecks.models import Category, Line, LineCampaign, Place, Report
from tests.making_campaigns import campaign_of
from tests.queries import asked, assert_same_queries
from tests.regions.bottlenecks.making import know
from tests.regions.making import make_line, make_report, publish_reviewed
from tests.regions.reading import text_of


@pytest.fixture
def published(sjaelland, occupation, bottleneck_rule):
    """The line of a published report about what `make_vacancy` advertises."""
    report = make_report(sjaelland.area)
    line = make_line(report, occupation, failed=27, attempts=61, category=Category.SHORTAGE)
    publish_reviewed(
        report, by=sjaelland.officer, organisation=sjaelland.office.organisation, reason="Gennemgået."
    )
    line.report.refresh_from_db()
    return line


@pytest.fixture
def advertising(published, make_vacancy):
    return make_vacancy(state="published", published_at=timezone.now() - timedelta(days=20)).company


@pytest.fixture
def begun(client, sjaelland, koege, published, advertising) -> Campaign:
    """By the officer, with Køge; nobody has answered yet."""
    client.force_login(sjaelland.officer)
    today = timezone.localdate()
    page = client.post(
        reverse("bottlenecks:begin_campaign", args=[published.pk]),
        {
            "name": "Plads til flere",
            "purpose": "bottleneck",
            "text": "Spørg, hvad de mangler.",
            "starts_on": today.isoformat(),
            "ends_on": (today + timedelta(days=30)).isoformat(),
            "partners": [koege.jobcentre.pk],
        },
    )
    assert page.status_code == 302, page.text
    return Campaign.objects.get()


def test_the_form_says_how_many_companies_each_jobcentre_has_and_names_none(
    client, sjaelland, published, advertising
):
    client.force_login(sjaelland.officer)

    page = client.get(reverse("bottlenecks:begin_campaign", args=[published.pk]))

    assert "Jobcenter Køge 1 virksomhed" in text_of(page)
    assert "Jobcenter Roskilde 0 virksomheder" in text_of(page)
    assert advertising.name not in page.text


def test_the_campaign_runs_asks_the_jobcentre_and_belongs_to_the_line(begun, koege, published, advertising):
    assert begun.is_running
    assert [share.jobcentre for share in begun.shares.all()] == [koege.jobcentre]
    assert [target.company for target in begun.targets.all()] == [advertising]
    assert begun.begun_from.line == published


def test_the_officer_sees_numbers_on_every_page_and_no_name(client, begun, published, advertising, koege):
    accept(begun.shares.get(), by=koege.caseworker)

    pages = [
        client.get(reverse("bottlenecks:campaign", args=[begun.pk])),
        client.get(reverse("bottlenecks:reports"), {"line": published.pk}),
    ]

    assert "Jobcenter Køge er med 1 0 0 0" in text_of(pages[0])
    assert "0 af 1" in text_of(pages[1])
    assert not any(advertising.name in page.text for page in pages)
    for name in ("campaigns:campaign", "campaigns:start", "campaigns:take"):
        arguments = [begun.pk, begun.targets.get().pk] if name == "campaigns:take" else [begun.pk]
        assert client.get(reverse(name, args=arguments)).status_code == 403


def test_a_contact_is_counted_and_the_next_report_stands_beside_the_first(
    client, begun, published, advertising, koege, sjaelland, make_contact, occupation
):
    accept(begun.shares.get(), by=koege.caseworker)
    make_contact(
        company=advertising, happened_at=timezone.now(), purposes=["bottleneck"], outcome="agreement"
    )
    later = make_report(sjaelland.area, period="2026H02")
    following = make_line(later, occupation, failed=2, attempts=61, category=Category.GOOD)
    assert campaigns_until(published)[0].next is None
    publish_reviewed(
        later, by=sjaelland.officer, organisation=sjaelland.office.organisation, reason="Gennemgået."
    )

    (told,) = campaigns_until(following)

    assert (told.progress.reached, told.contacts) == (1, 1)
    assert (told.begun_from.line.category, told.next) == (Category.SHORTAGE, following)
    assert campaigns_until(published)[0].next == following


def test_the_jobcentre_sees_why_and_its_own_companies(client, begun, koege, advertising):
    client.force_login(koege.caseworker)

    page = client.get(begun.get_absolute_url())

    assert advertising.name in page.text
    assert "Hvorfor denne kampagne" in text_of(page)
    assert begun.origin in page.text


def test_a_partner_of_the_same_catchment_has_its_own_companies_alone(client, begun, roskilde, advertising):
    Share.objects.create(campaign=begun, jobcentre=roskilde.jobcentre)
    client.force_login(roskilde.caseworker)

    page = client.get(begun.get_absolute_url())

    assert begun.name in page.text
    assert advertising.name not in page.text
    sheet = client.get(begun.get_absolute_url(), {"hent": "csv"})
    assert advertising.name not in b"".join(sheet.streaming_content).decode()


def test_an_answer_is_told_where_the_officer_may_read_it(begun, koege, sjaelland, client):
    accept(begun.shares.get(), by=koege.caseworker)

    assert client.get(begun.origin).status_code == 200


def test_another_area_finds_neither_line_nor_campaign(client, begun, published, midtjylland):
    client.force_login(midtjylland.officer)

    for name, pk in (
        ("bottlenecks:begin_campaign", published.pk),
        ("bottlenecks:campaign", begun.pk),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    assert client.post(reverse("bottlenecks:end_campaign", args=[begun.pk])).status_code == 404
    ask = reverse("bottlenecks:ask_again", args=[begun.pk, begun.shares.get().pk])
    assert client.post(ask).status_code == 404
    page = client.get(reverse("bottlenecks:reports"), {"line": published.pk})
    assert "Plads til flere" not in page.text


def test_what_a_jobcentre_declines_stays_its_own_and_the_office_sees_how_many(
    client, begun, koege, advertising
):
    decline(begun.shares.get(), by=koege.manager, reason="Vi mangler folk.")

    page = client.get(reverse("bottlenecks:campaign", args=[begun.pk]))

    assert begun.targets.get().share == begun.shares.get()
    assert "1 virksomhed bliver ikke kontaktet: Jobcenter Køge har takket nej." in text_of(page)
    assert "Vi mangler folk." in page.text
    assert advertising.name not in page.text
    with pytest.raises(ValidationError):
        take(begun.targets.get(), by=koege.caseworker, jobcentre=koege.jobcentre, days=0, at=timezone.now())


def test_nothing_is_said_of_what_the_jobcentre_reached_before_it_declined(
    client, begun, koege, advertising, make_contact
):
    make_contact(
        company=advertising, happened_at=timezone.now(), purposes=["bottleneck"], outcome="agreement"
    )
    decline(begun.shares.get(), by=koege.manager, reason="Vi mangler folk.")

    assert "bliver ikke kontaktet" not in text_of(
        client.get(reverse("bottlenecks:campaign", args=[begun.pk]))
    )


def test_a_company_nobody_contacts_is_shown_in_no_campaign_and_may_be_in_another(
    begun, koege, published, advertising
):
    today = timezone.localdate()
    again = Choice("bottleneck", today, today, occupation=published.occupation)
    assert Target.objects.running_for(advertising, koege.jobcentre).exists()
    assert of_each(again, [koege.jobcentre]) == {}

    decline(begun.shares.get(), by=koege.manager, reason="Vi mangler folk.")

    assert not Target.objects.running_for(advertising, koege.jobcentre).exists()
    assert of_each(again, [koege.jobcentre]) == {advertising.pk: koege.jobcentre.pk}


def test_a_jobcentre_that_declined_is_asked_again_and_may_accept(client, begun, koege, sjaelland):
    share = begun.shares.get()
    ask = reverse("bottlenecks:ask_again", args=[begun.pk, share.pk])
    decline(share, by=koege.manager, reason="Vi mangler folk.")
    told = Notice.objects.filter(kind="campaign_asked").count()

    assert "Jobcenter Køge er spurgt igen." in client.post(ask, follow=True).text
    share.refresh_from_db()
    assert (share.answer, share.reason, share.answered_by) == ("", "", None)
    assert Notice.objects.filter(kind="campaign_asked").count() == told + 1
    assert "Vi mangler folk." in begun.log.last().comment
    assert begun.log.last().by == sjaelland.officer

    accept(share, by=koege.manager)
    taken = take(
        begun.targets.get(), by=koege.caseworker, jobcentre=koege.jobcentre, days=0, at=timezone.now()
    )
    assert taken.taken_by == koege.caseworker


def test_each_refusal_is_told(client, begun, koege):
    share = begun.shares.get()
    for _time in range(2):
        decline(share, by=koege.manager, reason="Vi mangler folk.")
        client.post(reverse("bottlenecks:ask_again", args=[begun.pk, share.pk]))
        share.refresh_from_db()

    assert Notice.objects.filter(kind="campaign_answered").count() == 2


@pytest.mark.parametrize("is_ended", [False, True])
def test_only_who_has_declined_a_campaign_that_runs_is_asked_again(client, begun, koege, is_ended):
    share = begun.shares.get()
    if is_ended:
        decline(share, by=koege.manager, reason="Vi mangler folk.")
        end(begun, by=begun.made_by)
    else:
        accept(share, by=koege.manager)
    answer = share.answer

    page = client.post(reverse("bottlenecks:ask_again", args=[begun.pk, share.pk]), follow=True)

    share.refresh_from_db()
    assert (share.answer, "Jobcenter Køge er spurgt igen" in page.text) == (answer, False)


def test_the_officer_ends_it(client, begun):
    client.post(reverse("bottlenecks:end_campaign", args=[begun.pk]))

    begun.refresh_from_db()
    assert begun.state == Campaign.State.ENDED


def test_a_draft_and_an_easy_line_begin_nothing(client, sjaelland, drafts):
    client.force_login(sjaelland.officer)
    assert client.get(reverse("bottlenecks:begin_campaign", args=[drafts.drivers.pk])).status_code == 404
    publish_reviewed(
        drafts.report,
        by=sjaelland.officer,
        organisation=sjaelland.office.organisation,
        reason="Gennemgået.",
    )
    assert client.get(reverse("bottlenecks:begin_campaign", args=[drafts.cooks.pk])).status_code == 404
    assert client.get(reverse("bottlenecks:begin_campaign", args=[drafts.drivers.pk])).status_code == 200


@pytest.fixture
def newer(published, sjaelland):
    """Publishes what the area says instead: the next issue, or of the next half-year."""

    def make(category=Category.SHORTAGE, **fields) -> Line:
        report = make_report(sjaelland.area, **fields)
        line = make_line(report, published.occupation, failed=27, attempts=61, category=category)
        publish_reviewed(report, by=sjaelland.officer, organisation=sjaelland.office.organisation)
        return line

    return make


def as_issue_two_of(report) -> dict:
    return {"number": 2, "corrects": report, "correction": "Et svar var talt to gange."}


def test_what_has_been_corrected_begins_nothing_and_leads_to_the_newest(
    client, sjaelland, koege, published, advertising, newer
):
    instead = newer(**as_issue_two_of(published.report))
    client.force_login(sjaelland.officer)

    old = reverse("bottlenecks:begin_campaign", args=[published.pk])
    said = {"name": "Plads til flere", "purpose": "bottleneck", "partners": [koege.jobcentre.pk]}
    days = {"starts_on": timezone.localdate().isoformat(), "ends_on": timezone.localdate().isoformat()}
    for page in (client.get(old), client.post(old, {**said, **days})):
        assert "1. halvår 2026, udgave 2" in text_of(page)
        assert reverse("bottlenecks:begin_campaign", args=[instead.pk]) in page.text
    assert not Campaign.objects.exists()
    assert client.get(reverse("bottlenecks:begin_campaign", args=[instead.pk])).context["form"]


def test_an_earlier_half_year_begins_nothing_either(client, sjaelland, published, newer):
    later = newer(Category.GOOD, period="2026H02")
    client.force_login(sjaelland.officer)

    page = client.get(reverse("bottlenecks:begin_campaign", args=[published.pk]))

    assert "2. halvår 2026, udgave 1" in text_of(page)
    assert reverse("bottlenecks:begin_campaign", args=[later.pk]) not in page.text
    assert f"?line={later.pk}#line" in page.text


def test_the_line_of_an_earlier_report_says_where_a_campaign_begins(client, sjaelland, published, newer):
    lines = reverse("bottlenecks:reports")
    client.force_login(sjaelland.officer)
    assert "Begynd en kampagne" in text_of(client.get(lines, {"line": published.pk}))
    newer(**as_issue_two_of(published.report))

    said = text_of(client.get(lines, {"line": published.pk}))

    assert "Begynd en kampagne" not in said
    assert "Her begynder ingen kampagne længere: 1. halvår 2026, udgave 2" in said


def test_a_form_that_was_open_while_the_correction_came_out_begins_nothing(
    sjaelland, koege, published, advertising, newer
):
    newer(**as_issue_two_of(published.report))
    today = timezone.localdate()
    said = {"name": "x", "text": "", "purpose": "bottleneck", "starts_on": today, "ends_on": today}

    with pytest.raises(ValidationError):
        begin(
            published,
            {**said, "partners": [koege.jobcentre]},
            by=sjaelland.officer,
            organisation=sjaelland.office.organisation,
        )


def test_the_database_refuses_what_has_been_corrected(koege, roskilde, sjaelland, published, newer):
    newest = newer(**as_issue_two_of(published.report))
    campaign = campaign_of(
        koege, roskilde, occupation=published.occupation, organisation=sjaelland.office.organisation
    )

    with pytest.raises(DatabaseError), transaction.atomic():
        LineCampaign.objects.create(line=published, campaign=campaign)
    LineCampaign.objects.create(line=newest, campaign=campaign)


def test_another_areas_newer_report_and_a_draft_change_nothing(client, sjaelland, midtjylland, published):
    theirs = make_report(midtjylland.area, period="2026H02")
    make_line(theirs, published.occupation, failed=1, attempts=61, category=Category.GOOD)
    publish_reviewed(theirs, by=midtjylland.officer, organisation=midtjylland.office.organisation)
    make_report(sjaelland.area, **as_issue_two_of(published.report))
    make_report(sjaelland.area, period="2026H02")
    client.force_login(sjaelland.officer)

    assert report_instead(published) is None
    assert client.get(reverse("bottlenecks:begin_campaign", args=[published.pk])).context["form"]


def test_the_database_refuses_a_jobcentres_campaign_and_a_line_of_a_draft(koege, roskilde, sjaelland, drafts):
    theirs, areas = (
        campaign_of(koege, roskilde, occupation=drafts.drivers.occupation, organisation=organisation)
        for organisation in (koege.jobcentre.organisation, sjaelland.office.organisation)
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        LineCampaign.objects.create(line=drafts.drivers, campaign=areas)
    publish_reviewed(
        drafts.report,
        by=sjaelland.officer,
        organisation=sjaelland.office.organisation,
        reason="Gennemgået.",
    )
    for line, campaign in ((drafts.drivers, theirs), (drafts.nurses, areas)):
        with pytest.raises(DatabaseError), transaction.atomic():
            LineCampaign.objects.create(line=line, campaign=campaign)
    LineCampaign.objects.create(line=drafts.drivers, campaign=areas)


def test_numbers_are_read_for_all_campaigns_at_once(begun, published, sjaelland):
    few = asked(lambda: campaigns_until(published))
    again = Campaign.objects.create(
        organisation=sjaelland.office.organisation,
        made_by=sjaelland.officer,
        name="En til",
        purpose="bottleneck",
        starts_on=begun.starts_on,
        ends_on=begun.ends_on,
        occupation=published.occupation,
    )
    LineCampaign.objects.create(line=published, campaign=again)

    assert asked(lambda: campaigns_until(published)).total() == few.total()
    assert Report.objects.count() == 1


def test_the_list_has_the_areas_own_with_answers_contacts_and_hires(
    client, begun, koege, advertising, midtjylland, make_contact
):
    accept(begun.shares.get(), by=koege.caseworker)
    make_contact(company=advertising, happened_at=timezone.now(), purposes=["bottleneck"], outcome="need")
    said = text_of(client.get(reverse("bottlenecks:campaigns")))

    assert "1 kampagne, 1 i gang" in said
    assert "1 af 1 er med 1 af 1 1 0" in said
    assert advertising.name not in said
    client.force_login(midtjylland.officer)
    assert "Der er ingen kampagner endnu." in text_of(client.get(reverse("bottlenecks:campaigns")))


def test_the_list_tells_who_declined_and_who_has_not_answered(client, begun, koege):
    assert "1 mangler at svare" in text_of(client.get(reverse("bottlenecks:campaigns")))
    decline(begun.shares.get(), by=koege.manager, reason="Vi mangler folk.")

    assert "0 af 1 er med 1 har takket nej" in text_of(client.get(reverse("bottlenecks:campaigns")))


@pytest.fixture
def another(begun, published, sjaelland):
    """Makes one more of the line's campaigns, without companies."""

    def make(name: str = "En til", **fields) -> Campaign:
        campaign = Campaign.objects.create(
            **{
                "organisation": sjaelland.office.organisation,
                "made_by": sjaelland.officer,
                "name": name,
                "purpose": "bottleneck",
                "starts_on": begun.starts_on,
                "ends_on": begun.ends_on,
                "occupation": published.occupation,
                "state": "running",
                "started_at": timezone.now(),
                **fields,
            }
        )
        LineCampaign.objects.create(line=published, campaign=campaign)
        return campaign

    return make


def test_those_that_run_stand_before_those_that_ended_last(client, begun, another):
    now = timezone.now()
    another("Sluttet før", state="ended", ended_at=now - timedelta(days=9))
    another("Sluttet sidst", state="ended", ended_at=now - timedelta(days=2))
    another("Yngst")

    said = text_of(client.get(reverse("bottlenecks:campaigns")))

    names = ["Yngst", begun.name, "Sluttet sidst", "Sluttet før"]
    assert sorted(names, key=said.index) == names


def test_the_list_is_turned_page_by_page_and_asks_as_much_for_many(client, another):
    address = reverse("bottlenecks:campaigns")
    assert_same_queries(open_page=lambda: client.get(address), add_row=another)
    for _time in range(20):
        another()

    assert [len(client.get(address, {"side": side}).context["rows"]) for side in (1, 2)] == [20, 4]


def test_the_occupations_page_has_the_own_areas_campaigns_for_its_office_alone(
    client, begun, published, koege, midtjylland
):
    know(published.occupation, Place.COUNTRY)
    know(published.occupation, Place.AREA, published.report.area.code)
    address = reverse("bottlenecks:occupation", args=[published.occupation.code])

    assert begun.name in text_of(client.get(address))
    for user in (midtjylland.officer, koege.caseworker):
        client.force_login(user)
        assert begun.name not in text_of(client.get(address))
