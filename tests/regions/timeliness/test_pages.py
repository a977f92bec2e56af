"""The pages: deadlines kept, to the jobcentre and to others; the rule; a delivery seen before it is saved."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from regions.timeliness import deadlines
from regions.timeliness.models import Counting, Kept, Spell, SpellDelivery, SpellDraft
from tests.queries import assert_same_queries
from tests.regions.timeliness.making import deliver, store_spells
from tests.regions.timeliness.test_lines import HEADER, INTERVIEW, KEY, OFFER, SPELL

PERIOD = "2026Q01"
DAYS = {"first": "2026-01-01", "last": "2026-06-30"}


@pytest.fixture
def keep(law_in_force):
    """Stores how a jobcentre kept a deadline: so many in time of so many, the rest two days late."""

    def do(centre, timely: int, due: int, *, code: str = "interviews", group: str = "ready_for_work") -> Kept:
        deliver(centre.jobcentre, until=date(2026, 6, 30))
        return Kept.objects.create(
            rule=law_in_force[code, group, 2024],
            jobcentre=centre.jobcentre,
            period=PERIOD,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 3, 31),
            due=due,
            timely=timely,
            late_a_week=due - timely,
            late_a_month=0,
            late_more=0,
            not_done=0,
        )

    return do


def jobcentre_page(client, person, centre):
    client.force_login(person)
    return client.get(reverse("timeliness:jobcentre", args=[centre.jobcentre.pk]))


def test_the_jobcentre_sees_how_late_and_others_only_how_many(client, koege, roskilde, sjaelland, keep):
    keep(koege, 113, 160)

    own = jobcentre_page(client, koege.caseworker, koege)
    assertContains(own, "70,6\N{NO-BREAK SPACE}%")
    assertContains(own, "Op til en uge for sent")
    assertContains(own, ">47<")

    for other in (roskilde.caseworker, sjaelland.officer):
        page = jobcentre_page(client, other, koege)
        assertContains(page, "70,6\N{NO-BREAK SPACE}%")
        assertNotContains(page, "Op til en uge for sent")
        assertNotContains(page, ">47<")


@pytest.mark.parametrize(("timely", "due"), [(11, 13), (157, 160), (3, 160)])
def test_small_numbers_are_told_to_the_jobcentre_alone(client, koege, sjaelland, keep, timely, due):
    keep(koege, timely, due)

    assertContains(jobcentre_page(client, koege.caseworker, koege), f">{due}<")
    page = jobcentre_page(client, sjaelland.officer, koege)
    assertContains(page, "skjult")
    assertNotContains(page, f">{due}<")
    assertNotContains(page, f">{timely}<")


def test_a_line_that_alone_is_hidden_cannot_be_worked_out_from_the_total(client, koege, sjaelland, keep):
    keep(koege, 157, 160)
    keep(koege, 90, 120, group="ready_for_activity")
    keep(koege, 80, 110, group="ready_for_education")

    page = jobcentre_page(client, sjaelland.officer, koege)

    assertContains(page, ">120<")
    assertContains(page, "skjult</td>", count=2)
    assertNotContains(page, ">110<")


def test_everything_in_time_is_said_as_that(client, koege, keep):
    keep(koege, 40, 40)

    assertContains(
        jobcentre_page(client, koege.manager, koege), "I 1. kvt. 2026 blev alt, der vises, gjort til tiden."
    )


def test_the_funds_duty_is_shown_as_the_funds(client, koege, keep):
    keep(koege, 90, 100, code="fund_interviews", group="unemployment_benefit")

    assertContains(jobcentre_page(client, koege.caseworker, koege), "a-kassens pligt")


def test_an_officer_sees_the_areas_jobcentres_with_the_least_kept_first(
    client, koege, roskilde, aarhus, sjaelland, midtjylland, national, keep
):
    keep(koege, 150, 160)
    keep(roskilde, 90, 160)
    keep(aarhus, 100, 160)
    client.force_login(sjaelland.officer)

    page = client.get(reverse("timeliness:overview"))

    assert page.content.index(b"Roskilde</a>") < page.content.index("Køge</a>".encode())
    assertNotContains(page, "Aarhus")
    assertContains(page, "overholdt den mindste del: 56,2\N{NO-BREAK SPACE}% af 160")
    client.force_login(national)
    assertContains(client.get(reverse("timeliness:overview")), "Aarhus")


def test_nothing_delivered_is_said(client, koege, sjaelland):
    assertContains(jobcentre_page(client, koege.caseworker, koege), "Der er ikke afleveret forløb")
    client.force_login(sjaelland.officer)
    assertContains(client.get(reverse("timeliness:overview")), "Intet jobcenter har afleveret")


def test_the_jobcentres_page_asks_no_more_for_more_lines(client, koege, keep, law_in_force):
    client.force_login(koege.caseworker)
    keep(koege, 100, 160)
    groups = iter(["ready_for_activity", "ready_for_education", "rehabilitation", "resource_course"])

    assert_same_queries(
        open_page=lambda: client.get(reverse("timeliness:jobcentre", args=[koege.jobcentre.pk])),
        add_row=lambda: keep(koege, 100, 160, group=next(groups)),
    )


def file_of(response):
    headings, *lines = csv.reader(StringIO(b"".join(response).decode("utf-8-sig")), delimiter=";")
    return [dict(zip(headings, line, strict=True)) for line in lines]


def test_the_file_of_a_jobcentre_tells_its_own_how_late_and_others_no_small_numbers(
    client, koege, sjaelland, keep
):
    keep(koege, 157, 160)
    address = reverse("timeliness:jobcentre", args=[koege.jobcentre.pk])

    client.force_login(koege.caseworker)
    [own] = file_of(client.get(address, {"hent": "csv"}))
    client.force_login(sjaelland.officer)
    [others] = file_of(client.get(address, {"hent": "csv"}))

    said = ("Forfaldne", "Op til en uge for sent", "Status")
    assert tuple(own[one] for one in said) == ("160", "3", "vist")
    assert tuple(others[one] for one in said) == ("", "", "skjult: små tal")
    assert own["Datadato"] == "2026-06-30"
    assert own["Reglen gælder fra"] == "2024-03-01"


def test_the_areas_file_and_cube_tell_zero_hidden_and_missing_apart(client, sjaelland, koege, roskilde, keep):
    keep(koege, 0, 160)
    client.force_login(sjaelland.officer)

    lines = file_of(client.get(reverse("timeliness:overview"), {"hent": "csv"}))
    cube = client.get(reverse("timeliness:overview"), {"hent": "json"}).json()

    assert {line["Jobcenter"]: line["Status"] for line in lines} == {
        "Jobcenter Køge": "nul",
        "Jobcenter Roskilde": "mangler",
    }
    assert cube["value"] == [0, 0, 160, None, None, None]
    assert set(cube["status"].values()) == {"missing"}
    assert cube["updated"] == "2026-06-30"


@pytest.fixture
def two_owed(koege, roskilde, law_in_force):
    """Whoever is ready for work is owed an offer in the first six months: one had it late, one never."""
    rule = law_in_force["offer", "ready_for_work", 2024]
    began = date(2025, 8, 4)
    had_it_late = deadlines.Activity(
        event=deadlines.Event.OFFER, kind="work_trial", starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 29)
    )
    for centre, first in ((koege, 1), (roskilde, 8)):
        store_spells(
            [deadlines.Spell(starts_on=began, activities=[had_it_late]), deadlines.Spell(starts_on=began)],
            delivery=deliver(centre.jobcentre, until=date(2026, 6, 30)),
            group=rule.target_group,
            first=first,
        )
        keeping_of(rule, centre)
    return rule


def keeping_of(rule, centre):
    Kept.objects.create(
        rule=rule,
        jobcentre=centre.jobcentre,
        period=PERIOD,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 3, 31),
        due=2,
        timely=0,
        late_a_week=0,
        late_a_month=0,
        late_more=1,
        not_done=1,
    )


def test_a_jobcentre_finds_what_was_late_by_its_own_keys_and_no_one_elses(client, koege, two_owed):
    client.force_login(koege.caseworker)

    page = client.get(reverse("timeliness:late"), {"period": PERIOD})

    assertContains(page, "invented-person-000001")
    assertContains(page, "invented-person-000002")
    assertNotContains(page, "invented-person-000008")
    lines = file_of(client.get(reverse("timeliness:late"), {"period": PERIOD, "hent": "csv"}))
    offers = [line for line in lines if line["Frist"] == two_owed.title]
    assert [(line["Nøgle"][-1], line["Dage for sent"]) for line in offers] == [("2", ""), ("1", "26")]


def test_nobody_outside_a_jobcentre_has_the_list(client, sjaelland, national):
    for other in (sjaelland.officer, national):
        client.force_login(other)
        assert client.get(reverse("timeliness:late")).status_code == 403


def test_a_rule_says_its_law_its_dates_and_that_the_adopted_text_must_be_checked(client, koege, law_in_force):
    client.force_login(koege.caseworker)
    rule = law_in_force["offer", "ready_for_work", 2024]

    page = client.get(reverse("timeliness:rule", args=[rule.pk]))

    assertContains(page, "§ 102 (LBK nr. 280 af 1. marts 2024)")
    assertContains(page, "fra fredag 1. marts 2024 og før onsdag 1. juli 2026")
    assertContains(page, "Den vedtagne lovtekst skal efterses")
    assertContains(
        client.get(reverse("timeliness:rules")), "Ret og pligt: tilbud begyndt inden for 6 måneder"
    )


# --- deliveries --------------------------------------------------------------------------------------------


@pytest.fixture
def caseworker(client, koege, measures):
    client.force_login(koege.caseworker)
    return client


def choose(client, *lines: str, **fields: str):
    file = SimpleUploadedFile("forløb.csv", "\n".join([HEADER, *lines, ""]).encode(), content_type="text/csv")
    return client.post(reverse("timeliness:deliveries"), {**DAYS, **fields, "file": file})


def save(client):
    draft = SpellDraft.objects.get()
    return client.post(reverse("timeliness:check"), {"digest": draft.digest}, follow=True)


def test_a_file_is_first_shown_and_then_saved_and_counted_by_promised_work(caseworker, koege):
    assertRedirects(choose(caseworker, SPELL, INTERVIEW, OFFER), reverse("timeliness:check"))
    assert not Spell.objects.exists()
    page = caseworker.get(reverse("timeliness:check"))
    assertContains(page, "Intet er gemt endnu")
    assertNotContains(page, KEY)

    saved = save(caseworker)

    assertContains(saved, "Forløbene er gemt")
    assertNotContains(saved, KEY)
    assert Spell.objects.visible_to(koege.jobcentre).get().activities.count() == 2
    assert SpellDelivery.objects.get().by == koege.caseworker
    assert Counting.objects.get().jobcentre == koege.jobcentre
    assert not SpellDraft.objects.exists()


def test_a_second_press_of_the_button_saves_nothing_more(caseworker):
    choose(caseworker, SPELL)
    digest = SpellDraft.objects.get().digest
    save(caseworker)

    again = caseworker.post(reverse("timeliness:check"), {"digest": digest}, follow=True)

    assertContains(again, "Der er ikke mere at gemme")
    assert SpellDelivery.objects.count() == 1


def test_another_file_chosen_meanwhile_is_shown_before_it_is_saved(caseworker):
    choose(caseworker, SPELL)
    first = SpellDraft.objects.get().digest
    choose(caseworker, SPELL, INTERVIEW)

    shown = caseworker.post(reverse("timeliness:check"), {"digest": first}, follow=True)

    assertContains(shown, "Du har valgt en anden fil siden")
    assert not Spell.objects.exists()


def test_a_file_with_a_cpr_number_is_kept_nowhere(caseworker):
    page = choose(caseworker, SPELL, SPELL.replace(KEY, "010180-1234"))

    assertContains(page, "Nøglen ligner et CPR-nummer")
    assertNotContains(page, "1234")
    assert not SpellDraft.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"last": "2025-12-31"}, "Den sidste dag må ikke ligge før den første."),
        ({"last": "2999-12-31"}, "Den sidste dag skal være forbi."),
        ({"first": ""}, "Skriv den første dag, filen fortæller om."),
    ],
)
def test_days_that_cannot_be_are_refused(caseworker, fields, said):
    assertContains(choose(caseworker, SPELL, **fields), said)
    assert not SpellDraft.objects.exists()


def test_what_waits_is_its_deliverers_alone(client, caseworker, roskilde):
    choose(caseworker, SPELL)
    client.force_login(roskilde.caseworker)

    assertRedirects(client.get(reverse("timeliness:check")), reverse("timeliness:deliveries"))


def test_a_large_file_comes_by_a_command_all_or_nothing(koege, measures, tmp_path, capsys):
    file = tmp_path / "forløb.csv"
    days = ["--first", DAYS["first"], "--last", DAYS["last"]]
    file.write_text(f"{HEADER}\n{SPELL}\n{INTERVIEW.replace(KEY, KEY[::-1])}\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Nothing was saved"):
        call_command("deliver_spells", koege.jobcentre.code, str(file), *days)
    assert ":3:" in capsys.readouterr().err

    file.write_text(f"{HEADER}\n{SPELL}\n{INTERVIEW}\n", encoding="utf-8")
    call_command("deliver_spells", koege.jobcentre.code, str(file), *days)

    assert "1 added, 0 changed, 0 removed, 0 unchanged." in capsys.readouterr().out
    assert Spell.objects.count() == 1
