"""What anyone reads of an issue; and the analyst's way from a quarter to it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from regions.comparison.models import Comparison, Result
from regions.measures.models import Measure, TargetGroup
from regions.publications.freezing import draw_up
from regions.publications.models import Publication
from tests.queries import asked, assert_same_queries
from tests.regions.making import AS_EXPECTED, FAR_UNDER, make_comparison
from tests.regions.publications.conftest import QUARTER, TODAY
from tests.regions.publications.making import REASON, publish_quarter
from tests.regions.reading import text_of

PUBLIC = "/sammenligninger/"
CODE = "job_after_6_months.ready_for_work"


def main_of(page) -> str:
    found = re.search(r"<main.*</main>", page.text, re.DOTALL)
    assert found
    return found[0]


def test_before_anything_is_published_the_page_says_so_and_shows_no_draft(client, compared):
    draw_up(quarter=QUARTER, on=TODAY)

    page = client.get(PUBLIC)

    assert "endnu ikke offentliggjort nogen sammenligning" in text_of(page)
    assertNotContains(page, "Køge")


def test_anyone_reads_the_newest_issue_with_what_it_says_and_does_not(client, issue, compared):
    issue()

    text = text_of(client.get(PUBLIC))

    assert "Udgave 1 · 3. kvt. 2026 · offentliggjort" in text
    assert "Resultaterne for Aarhus og Køge ligger længere fra det forventede" in text
    assert "Køge Klart under 75 354 471 −117 −8,7 1.346 26,3 %" in text
    assert "Hele landet 1.105 3.150 35,1 %" in text
    assert "Den er ikke en rangliste." in text
    assert "Tallene er opdigtede" in text
    assert "flag" not in text.casefold()


def test_jobcentres_stand_by_name_and_an_area_shows_its_own(client, issue, compared, sjaelland):
    issue()

    whole = client.get(PUBLIC)
    area = client.get(PUBLIC, {"omraade": sjaelland.area.code})

    assert [str(row.participant) for row in whole.context["shown"].rows] == [
        "Jobcenter Aarhus",
        "Jobcenter Køge",
        "Jobcenter Roskilde",
    ]
    assert [row.participant.short_name for row in area.context["shown"].rows] == ["Køge", "Roskilde"]


def test_the_comparison_with_most_jobcentres_is_the_first_to_be_shown(
    client, issue, compared, koege, result_measure
):
    first_by_name = TargetGroup.objects.get(code="unemployment_benefit")
    make_comparison(
        result_measure,
        first_by_name,
        {koege.jobcentre: AS_EXPECTED},
        definition_version=result_measure.version,
        digest="2" * 64,
    )
    issue()

    page = client.get(PUBLIC)

    assert [one.compared for one in page.context["form"].comparisons.values()] == [1, 3]
    assert len(page.context["shown"].rows) == 3


@pytest.mark.parametrize("said", [{"maal": "intet.ingen"}, {"maal": CODE, "omraade": "atlantis"}])
def test_what_is_not_in_the_issue_is_told_and_shows_nothing(client, issue, compared, said):
    issue()

    page = client.get(PUBLIC, said)

    assert page.status_code == 200
    assert page.context["shown"] is None


def test_a_later_recomputation_changes_no_byte_of_what_is_published(
    client, issue, compared, koege, sjaelland, result_measure
):
    """Nor do another name of the jobcentre, of its area or of its target group, or a new definition."""
    issue()
    addresses = [PUBLIC, f"{PUBLIC}1/?omraade={sjaelland.area.code}", f"{PUBLIC}1/jobcenter/0259/"]
    files = [f"{PUBLIC}1/?hent=csv", f"{PUBLIC}1/?hent=json"]
    before = [main_of(client.get(address)) for address in addresses]
    told = [client.get(address).getvalue() for address in files]

    Result.objects.update(actual=99, expected=50.0, z_adjusted=9.0)
    Comparison.objects.update(tau2=0.5, phi=9.0, data_date="2027-01-01")
    koege.jobcentre.name = "Jobcenter Andet"
    koege.jobcentre.save()
    type(sjaelland.area).objects.filter(pk=sjaelland.area.pk).update(name="Nyt område")
    TargetGroup.objects.update(title_da="Andre")
    Measure.objects.filter(pk=result_measure.pk).update(title_da="En anden måling", version=9)

    assert [main_of(client.get(address)) for address in addresses] == before
    assert [client.get(address).getvalue() for address in files] == told


def test_an_older_issue_stays_at_its_address_and_says_that_it_was_corrected(
    client, issue, compared, recomputed, koege, result_measure
):
    issue()
    recomputed(koege.jobcentre, actual=360)
    issue("Køges tal manglede to uger.")

    old, new = text_of(client.get(f"{PUBLIC}1/")), text_of(client.get(PUBLIC))

    assert "Denne udgave er rettet Køges tal manglede to uger. Læs udgave 2 i stedet" in old
    assert "354 471" in old
    assert "Retter udgave 1 Køges tal manglede to uger." in new
    assert f"Køge, {result_measure.title_da}: 354 af 1.346 → 360 af 1.346" in new


def test_a_correction_of_an_older_quarter_does_not_come_before_the_newest(
    client, issue, compared, recomputed, koege, result_measure, group, national
):
    issue()
    make_comparison(
        result_measure,
        group,
        {koege.jobcentre: AS_EXPECTED},
        period="2026QMAT04",
        definition_version=result_measure.version,
    )
    publish_quarter("2026Q04", by=national)
    recomputed(koege.jobcentre, actual=360)
    issue("Køges tal manglede to uger.")

    assert "Udgave 2 · 4. kvt. 2026" in text_of(client.get(PUBLIC))


def test_a_jobcentres_page_says_who_is_compared_with_it_both_ways(client, issue, compared):
    issue()

    page = client.get(f"{PUBLIC}1/jobcenter/0259/")

    [line] = page.context["lines"]
    assert [one.short_name for one in line.peers] == ["Roskilde", "Aarhus"]
    assert [one.short_name for one in line.peer_of] == ["Aarhus", "Roskilde"]
    text = text_of(page)
    assert "de nærmeste først: Roskilde, Aarhus Har Køge blandt deres ligestillede: Aarhus, Roskilde" in text


def test_the_files_tell_state_peers_version_and_dates(client, issue, compared, recomputed, koege):
    recomputed(koege.jobcentre, actual=3)
    issue()

    lines = client.get(f"{PUBLIC}?hent=csv").getvalue().decode().splitlines()
    cube = client.get(f"{PUBLIC}?hent=json").json()

    koeges = next(line for line in lines if "Jobcenter Køge" in line)
    assert '"skjult: små tal"' in koeges
    assert '"Roskilde, Aarhus"' in koeges
    assert '"3"' not in koeges
    assert cube["id"] == ["period", "jobcentre", "number"]
    assert set(cube["status"].values()) == {"suppressed"}
    assert "definition" in cube["note"][0]


def test_a_hidden_number_is_nowhere_on_the_page_nor_in_its_chart(client, issue, compared, recomputed, koege):
    recomputed(koege.jobcentre, actual=3, base=1346, expected=471.7)
    issue()

    page = client.get(PUBLIC)

    for number in ("1.346", "1346", "471,7", "471.7"):
        assertNotContains(page, number)


def test_a_page_asks_as_much_for_many_jobcentres_as_for_one(
    client, compared, make_jobcentres, issue, recomputed, koege
):
    """And the public page asks little."""
    waiting = iter(make_jobcentres(6))
    issue()

    def add():
        Result.objects.bulk_create(
            Result(comparison=compared, jobcentre=one, actual=40, base=100, expected=41.0, z_adjusted=0.1)
            for one in (next(waiting), next(waiting))
        )
        recomputed(koege.jobcentre, actual=300 + Publication.objects.count())
        issue("Flere jobcentre.")

    assert_same_queries(open_page=lambda: client.get(PUBLIC), add_row=add)
    assert asked(lambda: client.get(PUBLIC)).total() <= 14


# --- the analyst ------------------------------------------------------------------------------------


@pytest.fixture
def analyst(client, national):
    client.force_login(national)
    return client


def test_an_analyst_draws_up_checks_and_publishes(analyst, compared, national, measures):
    page = analyst.post(reverse("publications:issues"), {"period": "2026Q03", "correction": ""}, follow=True)
    draft = Publication.objects.get()
    text = text_of(page)
    assert "Kontrollér kladden" in text
    assertContains(analyst.get(reverse("publications:preview", args=[draft.pk])), "Køge")

    page = analyst.post(reverse("publications:publish", args=[draft.pk]), {"reason": REASON}, follow=True)

    draft.refresh_from_db()
    assert draft.number == 1
    assert f"Offentliggjort af {national}" in text_of(page)
    assert f"„{REASON}“" in text_of(page)


def test_an_area_officer_reads_the_draft_and_neither_draws_up_nor_publishes(client, compared, sjaelland):
    draft = draw_up(quarter=QUARTER, on=TODAY)
    client.force_login(sjaelland.officer)

    assertContains(client.get(reverse("publications:issues")), "Hvem der offentliggør")
    page = client.get(reverse("publications:check", args=[draft.pk]))
    assert page.context["form"] is None
    assertContains(client.get(reverse("publications:preview", args=[draft.pk])), "Køge")
    for name, args, said in (
        ("issues", [], {"period": "2026Q03", "correction": ""}),
        ("draw_up_again", [draft.pk], {}),
        ("publish", [draft.pk], {"reason": REASON}),
    ):
        assert client.post(reverse(f"publications:{name}", args=args), said).status_code == 403
    assert Publication.objects.get().drawn_at == draft.drawn_at
    assert Publication.objects.get().is_draft


@pytest.mark.parametrize("reason", ["", "CPR 010190-1234"])
def test_without_a_fit_reason_the_check_is_shown_again(analyst, compared, reason):
    draft = draw_up(quarter=QUARTER, on=TODAY)

    page = analyst.post(reverse("publications:publish", args=[draft.pk]), {"reason": reason})

    assert page.status_code == 200
    assert page.context["form"].errors
    assert Publication.objects.get().is_draft


def test_a_draft_that_the_results_have_left_is_drawn_up_again_first(analyst, compared, recomputed, koege):
    draft = draw_up(quarter=QUARTER, on=TODAY)
    recomputed(koege.jobcentre, actual=360)
    url = reverse("publications:publish", args=[draft.pk])

    assert "Dan den igen" in text_of(analyst.post(url, {"reason": REASON}, follow=True))

    analyst.post(reverse("publications:draw_up_again", args=[draft.pk]))
    analyst.post(url, {"reason": REASON})
    assert not Publication.objects.get().is_draft


def test_a_correction_asks_what_was_wrong(analyst, issue, compared, recomputed, koege):
    issue()
    recomputed(koege.jobcentre, actual=360)
    url = reverse("publications:issues")

    refused = analyst.post(url, {"period": "2026Q03", "correction": ""})
    assert "Skriv, hvad der var forkert" in text_of(refused)

    page = analyst.post(url, {"period": "2026Q03", "correction": "To uger manglede."}, follow=True)
    assert "Retter udgave 1 To uger manglede." in text_of(page)


def test_who_is_compared_with_me_is_told_of_today_and_of_what_was_published(
    client, issue, compared, recomputed, koege, roskilde, make_jobcentres
):
    issue()
    near = make_jobcentres(1)[0]
    Result.objects.create(
        comparison=compared, jobcentre=near, actual=350, base=1000, expected=350.0, z_adjusted=0.0
    )
    client.force_login(koege.caseworker)

    page = client.get(reverse("publications:compared_with", args=[koege.jobcentre.pk]))

    now, published = page.context["now"], page.context["published"]
    assert [row.jobcentre.short_name for row in now.rows] == ["Køge", "Nr. 0", "Roskilde", "Aarhus"]
    assert [one.short_name for one in published.peers] == ["Roskilde", "Aarhus"]
    assert [one.short_name for one in published.peer_of] == ["Aarhus", "Roskilde"]


def test_who_is_compared_with_me_begins_with_the_period_that_was_published(
    client, issue, compared, koege, roskilde
):
    """A newer quarter of the same measure has other peers than the four quarters that were published."""
    issue()
    newer = {koege.jobcentre: AS_EXPECTED, roskilde.jobcentre: AS_EXPECTED}
    make_comparison(compared.measure, compared.target_group, newer, period="2026Q04")
    client.force_login(koege.caseworker)

    page = client.get(reverse("publications:compared_with", args=[koege.jobcentre.pk]))

    assert page.context["now"].comparison == compared
    assert page.context["published"].frozen.comparison.period == compared.period
    assert "Udgave 1: 3. kvt. 2026 · 4 kvartaler til 3. kvt. 2026" in text_of(page)


def test_the_jobcentres_page_leads_there(client, compared, koege, flag_rule):
    client.force_login(koege.caseworker)

    page = client.get(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk]))

    assertContains(page, reverse("publications:compared_with", args=[koege.jobcentre.pk]))


def test_a_list_of_issues_asks_as_much_for_many_as_for_one(analyst, compared, recomputed, koege, issue):
    def add():
        recomputed(koege.jobcentre, actual=340 + Publication.objects.count())
        issue("Igen." if Publication.objects.exists() else "")

    assert_same_queries(open_page=lambda: analyst.get(reverse("publications:issues")), add_row=add)


def test_far_under_is_never_told_of_a_draft_to_others(client, compared, koege):
    draft = draw_up(quarter=QUARTER, on=TODAY)
    client.force_login(koege.manager)

    assert client.get(reverse("publications:check", args=[draft.pk])).status_code == 403
    assert client.get(reverse("publications:preview", args=[draft.pk])).status_code == 403
    assert FAR_UNDER.actual == 354
