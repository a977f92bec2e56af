"""The pages: application with live arithmetic, representative, follow-up, the list and one placement."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from employers.placements import applying, ending
from employers.placements.models import Answer, Effect, Kind, Placement, PriorityAccess, Sector, State
from jobcenter.notifications.models import Mail
from tests.queries import assert_same_queries

CPR = "010190-1234"


@pytest.fixture
def draft(make_placement):
    def make(**fields):
        return make_placement(
            state=State.DRAFT,
            applied_at=None,
            **{
                "label": "",
                "tasks": "",
                "group": "",
                "sector": "",
                "hours": None,
                "starts_on": None,
                "ends_on": None,
                "workplace_staff": [],
                "representative_name": "",
                "representative_email": "",
                **fields,
            },
        )

    return make


@pytest.fixture
def typed(soon):
    """A whole application as an employer types it."""

    def make(**changes):
        return {
            "label": "Lagermedhjælper",
            "tasks": "Pluk og pak sammen med tre kolleger.",
            "sector": "private",
            "group": "unemployment",
            "starts_on": soon.isoformat(),
            "ends_on": (soon + timedelta(days=89)).isoformat(),
            "hours": "37",
            "staff_0": "31,4",
            "staff_1": "31.4",
            "staff_2": "31,4",
            "staff_3": "31,4",
            "company_last_month": "31,4",
            "company_average": "30,8",
            "elsewhere": "0",
            "is_new_post": "on",
            "representative_name": "Birgit Toft",
            "representative_email": "birgit.toft@strandmarken.example",
            "action": "send",
            **changes,
        }

    return make


@pytest.fixture
def at_work(client, koege):
    client.force_login(koege.caseworker)
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


# --- the application -----------------------------------------------------------------------------------


def test_the_conditions_are_worked_out_while_one_types_and_nothing_is_saved(
    client, draft, typed, make_placement
):
    placement = draft()
    for number in range(4):
        make_placement(state=State.GRANTED, starts_on=timezone.localdate() + timedelta(days=number))

    page = client.post(reverse("placements:arithmetic", args=[placement.token]), typed())

    assert "31,4 fuldtidsansatte giver plads til 6; 4 er i gang; én mere er inden for reglen." in text_of(
        page
    )
    assert "Det må vare 6 måneder" in text_of(page)
    placement.refresh_from_db()
    assert (placement.state, placement.typed) == (State.DRAFT, {})


def test_a_page_that_asks_after_the_application_was_sent_gets_nothing_to_show(client, make_placement, koege):
    sent = make_placement()
    client.force_login(koege.caseworker)

    for address in (
        reverse("placements:arithmetic", args=[sent.token]),
        reverse("placements:fill_arithmetic", args=[sent.pk]),
    ):
        answer = client.post(address, {"hours": "37"})
        assert (answer.status_code, answer.content) == (204, b"")


def test_what_is_typed_half_way_is_no_error_yet(client, draft):
    page = client.post(
        reverse("placements:arithmetic", args=[draft().token]), {"hours": "mange", "staff_0": "-1"}
    )

    assert "Udfyld dage, timer og ansatte" in text_of(page)


def test_without_script_a_button_works_the_conditions_out_and_keeps_what_was_typed(client, draft, typed):
    placement = draft()

    page = client.post(placement.link, typed(action="check", label=""))

    assert "31,4 fuldtidsansatte giver plads til 6; ingen er i gang" in text_of(page)
    assert "Skriv med få ord" not in text_of(page)
    assert "Pluk og pak sammen med tre kolleger." in text_of(client.get(placement.link))


def test_an_application_is_sent_and_then_shows_where_it_stands(client, draft, typed):
    placement = draft()

    sent = client.post(placement.link, typed(), follow=True)

    placement.refresh_from_db()
    assert placement.state == State.APPLIED
    assert placement.workplace_staff == [Decimal("31.40")] * 4
    assert (placement.was_warned, placement.typed) == (False, {})
    assert "Birgit Toft svarer for medarbejderne" in text_of(sent)
    again = client.post(placement.link, typed(label="Chef"), follow=True)
    assert "allerede sendt" in text_of(again)
    assert Placement.objects.get().label == "Lagermedhjælper"


def test_a_condition_that_is_not_met_is_a_warning_and_with_an_explanation_it_can_be_sent(
    client, draft, typed, make_placement
):
    make_placement(state=State.GRANTED, workplace_staff=[Decimal(4)])
    placement = draft()
    small = {f"staff_{number}": "4" for number in range(4)}

    warned = client.post(placement.link, typed(**small))

    assert warned.status_code == 200
    assert (
        "4 fuldtidsansatte giver plads til 1; 1 er i gang; én mere er mere, end reglen tillader."
        in text_of(warned)
    )
    assert "Skriv, hvorfor I søger alligevel" in text_of(warned)
    client.post(placement.link, typed(**small, explanation="Praktikanten stopper den 1."))
    placement.refresh_from_db()
    assert (placement.state, placement.was_warned) == (State.APPLIED, True)
    assert placement.explanation == "Praktikanten stopper den 1."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"label": ""}, "Skriv med få ord, hvad arbejdet er"),
        ({"label": "AB"}, "ligner initialer"),
        ({"label": "A.B. lager"}, "ligner initialer"),
        ({"label": f"Lager {CPR}"}, "ligner et CPR-nummer"),
        ({"label": "x" * 81}, "81"),
        ({"tasks": "x" * 2001}, "2001"),
        ({"tasks": f"Til {CPR}"}, "ligner et CPR-nummer"),
        ({"hours": "0"}, "mindst 1 time"),
        ({"hours": "en masse"}, "som et tal"),
        ({"starts_on": "2020-01-01"}, "ligger i fortiden"),
        ({"starts_on": "2099-01-01"}, "mere end et år"),
        ({"ends_on": "2020-01-01"}, "ligger før den første"),
        ({"ends_on": "31-02-2027"}, "dato, der findes"),
        ({"staff_2": ""}, "antallet af ordinært ansatte"),
        ({"staff_2": "-3"}, "færre end 0 ansatte"),
        ({"staff_2": "1,234"}, "højst to decimaler"),
        ({"company_average": ""}, "antallet af ordinært ansatte"),
        ({"elsewhere": "-1"}, "færre end 0"),
        ({"is_new_post": ""}, "kun løntilskud til en ny stilling"),
        ({"representative_name": "", "representative_email": ""}, "I har ansatte"),
        ({"representative_email": "birgit"}, "navn@virksomhed.dk"),
        ({"representative_email": "mette.bruun@strandmarken.example"}, "jeres egen adresse"),
        ({"sector": ""}, "privat eller offentlig"),
        ({"sector": "public"}, "før stillingen besættes"),
        ({"sector": "public", "situation": "not_hired"}, "tilbudt en samtale"),
        ({"occupation": "xyzzy"}, "Intet fag hedder det"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    client, draft, typed, changes, sentence
):
    placement = draft()

    page = client.post(placement.link, typed(**changes))

    assert page.status_code == 200
    assert any(one in text_of(page) for one in sentence.split("|"))
    assert "birgit" in text_of(page) or "representative_email" in changes
    placement.refresh_from_db()
    assert placement.state == State.DRAFT
    assert CPR not in str(placement.typed)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202egnittes", "🦊 pluk og pak"])
def test_odd_text_is_kept_as_text(client, draft, typed, text):
    placement = draft()

    page = client.post(placement.link, typed(tasks=text), follow=True)

    placement.refresh_from_db()
    assert placement.tasks == text
    assert "<script>alert" not in page.content.decode()


def test_a_work_trial_asks_for_less(client, draft, typed):
    placement = draft(kind=Kind.WORK_TRIAL)
    needless = ("company_last_month", "company_average", "is_new_post")
    said = {name: value for name, value in typed().items() if name not in needless}
    said["ends_on"] = (date.fromisoformat(said["starts_on"]) + timedelta(days=20)).isoformat()

    assert "fortrinsadgang" not in text_of(client.get(placement.link)).lower()
    client.post(placement.link, said)

    assert Placement.objects.get(pk=placement.pk).state == State.APPLIED


def test_a_public_employer_tells_about_the_priority_access(client, draft, typed, soon):
    placement = draft()

    client.post(
        placement.link,
        typed(
            sector="public",
            situation="not_hired",
            interview_on=timezone.localdate().isoformat(),
            priority_reason="Stillingen kræver kørekort.",
        ),
    )

    priority = PriorityAccess.objects.get(placement=placement)
    assert (priority.situation, priority.waits) == ("not_hired", True)


def test_what_the_workplace_told_this_month_is_filled_in_the_next_time(client, draft, make_placement):
    make_placement(sector=Sector.PRIVATE)

    page = client.get(draft().link)

    assert 'value="31.40"' in text_of(page)
    assert "birgit.toft@strandmarken.example" in text_of(page)


def test_an_altered_link_leads_nowhere(client, draft):
    token = draft().token

    for address in (f"/forloeb/{token}x/", f"/medarbejdere/{token}/", f"/opfoelgning/{token}/"):
        assert client.get(address).status_code == 404


# --- the representative --------------------------------------------------------------------------------


def test_the_representative_sees_the_figures_and_confirms_with_one_button(client, make_placement):
    placement = applying.ask(
        placement=make_placement(), name="Birgit Toft", email="birgit@strandmarken.example"
    )

    seen = client.get(placement.representatives_link)
    client.post(placement.representatives_link, {"answer": "confirmed"})

    assert "31,4 fuldtidsansatte giver plads til 6" in text_of(seen)
    placement.refresh_from_db()
    assert placement.answer == Answer.CONFIRMED


def test_opening_the_representatives_page_confirms_nothing(client, make_placement):
    placement = applying.ask(placement=make_placement(), name="B T", email="birgit@strandmarken.example")

    client.get(placement.representatives_link)

    placement.refresh_from_db()
    assert placement.answer == ""


def test_an_objection_needs_its_text_and_the_caseworker_reads_it(client, make_placement, koege):
    placement = applying.ask(placement=make_placement(), name="B T", email="birgit@strandmarken.example")

    without = client.post(placement.representatives_link, {"answer": "objected", "text": ""})
    client.post(placement.representatives_link, {"answer": "objected", "text": "Per blev fyret."})
    client.force_login(koege.caseworker)

    assert "Skriv, hvad du gør indsigelse mod" in text_of(without)
    assert "Per blev fyret." in text_of(client.get(placement.get_absolute_url()))


def test_a_cpr_number_in_an_objection_is_refused_with_a_sentence(client, make_placement):
    placement = applying.ask(placement=make_placement(), name="B T", email="birgit@strandmarken.example")

    page = client.post(placement.representatives_link, {"answer": "objected", "text": f"Se {CPR}"})

    assert "ligner et CPR-nummer" in text_of(page)
    assert Placement.objects.get().answer == ""


# --- what came of it -----------------------------------------------------------------------------------


@pytest.fixture
def ended(make_placement):
    today = timezone.localdate()
    placement = make_placement(
        state=State.GRANTED, starts_on=today - timedelta(days=90), ends_on=today - timedelta(weeks=3)
    )
    ending.end_those_that_are_over(on=today)
    placement.refresh_from_db()
    return placement


def test_the_employer_says_what_came_of_it_by_the_link(client, ended):
    effect = ended.effects.get(weeks=2)

    client.post(effect.link, {"outcome": "hired", "text": "Er nu fast mand."})
    again = client.post(effect.link, {"outcome": "nothing"}, follow=True)

    assert "Er nu fast mand." in text_of(again)
    assert Effect.objects.get(weeks=2).outcome == "hired"


def test_a_caseworker_answers_for_the_employer(at_work, ended, koege):
    at_work.post(reverse("placements:take", args=[ended.pk, "efter-13-uger"]), {"outcome": "elsewhere"})

    effect = ended.effects.get(weeks=13)
    assert (effect.outcome, effect.answered_by) == ("elsewhere", koege.caseworker)


# --- the caseworker ------------------------------------------------------------------------------------


def test_a_caseworker_mails_the_form_to_the_employer(at_work, company, law):
    at_work.post(
        reverse("placements:start", args=[company.pk]),
        {
            "kind": "wage_subsidy",
            "workplace": company.workplaces.get().pk,
            "person": company.people.get().pk,
            "action": "mail",
        },
    )

    placement = Placement.objects.get()
    assert placement.link in Mail.objects.get(kind="placement_form").body


def test_a_caseworker_fills_it_in_for_them(at_work, company, typed, law, koege):
    started = at_work.post(
        reverse("placements:start", args=[company.pk]),
        {
            "kind": "wage_subsidy",
            "workplace": company.workplaces.get().pk,
            "person": company.people.get().pk,
            "action": "fill",
        },
    )
    at_work.post(started.url, typed())

    placement = Placement.objects.get()
    assert placement.state == State.APPLIED
    assert placement.log.get(to_state=State.APPLIED).by == koege.caseworker


@pytest.fixture
def confirmed(make_placement):
    return make_placement(round=1, answer=Answer.CONFIRMED, answered_at=timezone.now())


def decide(client, placement, **changes):
    said = {
        "decision": "grant",
        "reason": "Betingelserne er opfyldt.",
        "vitas": "LT-2026-0042",
        "group": "unemployment",
        **changes,
    }
    return client.post(reverse("placements:take", args=[placement.pk, "afgoer"]), said, follow=True)


def test_it_is_granted_on_its_page_and_the_figures_stay(at_work, confirmed):
    page = decide(at_work, confirmed)

    confirmed.refresh_from_db()
    assert confirmed.state == State.GRANTED
    assert "31,4 fuldtidsansatte giver plads til 6" in text_of(page)
    assert "LT-2026-0042" in text_of(page)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"vitas": CPR}, "ligner et CPR-nummer"),
        ({"vitas": "0101901234"}, "ligner et CPR-nummer"),
        ({"vitas": "x"}, "4 til 20 bogstaver"),
        ({"vitas": ""}, "Skriv aftalens reference i VITAS"),
        ({"reason": ""}, "Skriv begrundelsen"),
        ({"reason": f"Vedr. {CPR}"}, "ligner et CPR-nummer"),
        ({"group": ""}, "Vælg, hvad personen lever af"),
        ({"decision": ""}, "Vælg, hvad du afgør"),
    ],
)
def test_a_decision_that_lacks_something_is_shown_again_with_all_that_was_typed(
    at_work, confirmed, changes, sentence
):
    page = decide(at_work, confirmed, **changes)

    assert sentence in text_of(page)
    assert "Betingelserne er opfyldt." in text_of(page) or "reason" in changes
    confirmed.refresh_from_db()
    assert confirmed.state == State.APPLIED


def test_what_stands_in_the_way_is_said_and_the_reason_is_kept(at_work, make_placement):
    page = decide(at_work, make_placement())

    assert "Medarbejderrepræsentanten har ikke bekræftet det." in text_of(page)
    assert "Betingelserne er opfyldt." in text_of(page)


def test_the_list_is_filtered_by_the_address(at_work, make_placement, koege):
    waiting = make_placement(label="Venter nu")
    running = make_placement(
        state=State.GRANTED, starts_on=timezone.localdate(), label="Går nu", kind=Kind.WORK_TRIAL
    )
    of_manager = make_placement(label="Lederens", owner=koege.manager)
    address = reverse("placements:placements")

    def shown(query):
        page = text_of(at_work.get(f"{address}?{query}"))
        return {one.label for one in (waiting, running, of_manager) if one.label in page}

    assert shown("") == {"Venter nu", "Lederens"}
    assert shown("tilstand=running") == {"Går nu"}
    assert shown("tilstand=all&slags=work_trial") == {"Går nu"}
    assert shown("tilstand=waiting&ejer=mig") == {"Venter nu"}
    assert shown(f"tilstand=all&hos={of_manager.reference}") == {"Lederens"}
    assert shown("tilstand=all&hos=emballage") == {"Venter nu", "Går nu", "Lederens"}
    assert shown("tilstand=noget&hos=findes ikke") == set()


def test_the_list_asks_the_same_for_three_as_for_one(at_work, make_placement):
    address = reverse("placements:placements")

    assert_same_queries(open_page=lambda: at_work.get(address), add_row=make_placement)


def test_a_placement_asks_the_same_with_a_long_history(at_work, confirmed, koege):
    def more():
        confirmed.note("Talt med dem.", by=koege.caseworker, organisation=None, what="extended")

    assert_same_queries(open_page=lambda: at_work.get(confirmed.get_absolute_url()), add_row=more)


def test_the_rules_say_where_they_stand_and_what_is_to_be_verified(client, law):
    page = text_of(client.get(reverse("placements:rules")))

    for told in (
        "§ 65",
        "LAB § 68, nr. 1",
        "86,16",
        "skal efterprøves",
        "onsdag 2. januar|lørdag 1. januar 2022",
    ):
        assert any(one in page for one in told.split("|"))


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_state_has_its_page_in_both_languages(client, make_placement, koege, language):
    client.cookies["django_language"] = language
    today = timezone.localdate()
    placements = [
        make_placement(state=State.DRAFT, applied_at=None),
        make_placement(),
        make_placement(state=State.GRANTED),
        make_placement(state=State.GRANTED, starts_on=today - timedelta(days=3)),
        make_placement(state=State.REFUSED),
        make_placement(state=State.WITHDRAWN),
        make_placement(
            state=State.ENDED,
            starts_on=today - timedelta(days=95),
            ended_on=today - timedelta(days=10),
            ending="employer",
        ),
    ]
    pages = [client.get(one.link) for one in placements]
    client.force_login(koege.caseworker)
    pages += [client.get(one.get_absolute_url()) for one in placements]

    assert {page.status_code for page in pages} == {200}
