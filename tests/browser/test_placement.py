"""The whole life of a wage subsidy: from the mailed form to what came of it, in both languages."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from employers.placements import following_up
from employers.placements.models import Effect, Placement, State
from jobcenter.notifications.models import Mail
from jobcenter.notifications.telling import bundle
from tests.making_placements import complete, make_law

WORDS = {
    "da": {
        "kind": "Løntilskud",
        "mail": "Send skemaet til arbejdsgiveren",
        "label": "Arbejdet i få ord",
        "tasks": "Opgaver, og hvem der tager sig af personen",
        "private": "Privat arbejdsgiver",
        "benefit": "Hvad lever personen af? (frivilligt)",
        "dagpenge": "Dagpenge",
        "first": "Første dag",
        "last": "Sidste dag",
        "hours": "Timer om ugen",
        "company_month": re.compile("Hele virksomheden, (?!gennemsnit)"),
        "company_average": "Hele virksomheden, gennemsnit af de seneste 12 måneder",
        "others": "Andre i en ordning på arbejdsstedet",
        "new_post": re.compile("Stillingen erstatter ikke"),
        "representative": "Medarbejdernes repræsentant",
        "representatives_mail": "Repræsentantens e-mail",
        "staff": "31,4",
        "crowded": "4 fuldtidsansatte giver plads til 1; 4 er i gang; én mere er mere, end reglen tillader.",
        "room": "31,4 fuldtidsansatte giver plads til 6; 4 er i gang; én mere er inden for reglen.",
        "send": "Send ansøgningen",
        "decides": "afgør jeres ansøgning",
        "confirm": "Jeg bekræfter",
        "confirmed": "Du bekræftede",
        "grant": re.compile("^Bevilg"),
        "reason": "Begrundelse",
        "vitas": "Reference i VITAS",
        "decide": re.compile("^Afgør som"),
        "granted": "Sagen er afgjort",
        "real_day": "Faktisk sidste dag",
        "hired": "Ansat, før tiden var gået",
        "why": "Hvorfor",
        "end": "Afslut",
        "ended": "Det er afsluttet",
        "outcome": "Ansat her på ordinære vilkår",
        "answer": "Send svaret",
        "thanks": "Tak for jeres svar",
    },
    "en": {
        "kind": "Wage subsidy",
        "mail": "Mail the form to the employer",
        "label": "The work in a few words",
        "tasks": "Tasks, and who looks after the person",
        "private": "Private employer",
        "benefit": "What does the person live on? (optional)",
        "dagpenge": "Unemployment benefit",
        "first": "First day",
        "last": "Last day",
        "hours": "Hours a week",
        "company_month": re.compile("All of the company, (?!average)"),
        "company_average": "All of the company, average of the last 12 months",
        "others": "Others in a scheme at the workplace",
        "new_post": re.compile("The post replaces nobody"),
        "representative": "The employees' representative",
        "representatives_mail": "The representative's e-mail",
        "staff": "31.4",
        "crowded": (
            "4 full-time employees give room for 1; 4 are running; one more is more than the rule allows."
        ),
        "room": "31.4 full-time employees give room for 6; 4 are running; one more is within the rule.",
        "send": "Send the application",
        "decides": "decides your application",
        "confirm": "I confirm",
        "confirmed": "You confirmed it",
        "grant": re.compile("^Grant it"),
        "reason": "Reason",
        "vitas": "Reference in VITAS",
        "decide": re.compile("^Decide as"),
        "granted": "It is decided",
        "real_day": "Real last day",
        "hired": "Hired before the time was over",
        "why": "Why",
        "end": "End it",
        "ended": "It has ended",
        "outcome": "Hired here on ordinary terms",
        "answer": "Send the answer",
        "thanks": "Thank you for your answer",
    },
}


@pytest.mark.parametrize(("page", "language"), [(390, "da"), (1280, "en")], indirect=["page"])
def test_the_whole_life_of_a_wage_subsidy(
    page: Page, language, sign_in, axe, see, live_server, koege, company
):
    words = WORDS[language]
    make_law()
    _four_are_running(company, koege)
    speak(page, language, live_server.url)
    main = page.get_by_role("main")

    sign_in(page, koege.caseworker)
    page.goto(reverse("placements:start", args=[company.pk]))
    page.get_by_role("radio", name=words["kind"]).check(force=True)
    see(page, f"start-{language}")
    main.get_by_role("button", name=words["mail"]).click()
    placement = Placement.objects.get(state=State.DRAFT)

    page.context.clear_cookies()
    speak(page, language, live_server.url)
    page.goto(linked("placement_form"))
    fill_in(page, words)
    expect(page.locator("#arithmetic")).to_contain_text(words["crowded"])
    see(page, f"ansoegning-advarsel-{language}")
    for month in range(4):
        page.locator(f"#id_staff_{month}").fill(words["staff"])
    expect(page.locator("#arithmetic")).to_contain_text(words["room"])
    axe(page)
    see(page, f"ansoegning-{language}")
    main.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["decides"])
    axe(page)
    see(page, f"ansoegt-{language}")

    page.goto(linked("placement_ask"))
    expect(main).to_contain_text(words["room"])
    axe(page)
    see(page, f"repraesentant-{language}")
    main.get_by_role("button", name=words["confirm"]).click()
    expect(main).to_contain_text(words["confirmed"])

    sign_in(page, koege.caseworker)
    page.goto(reverse("placements:placements"))
    axe(page)
    see(page, f"liste-{language}")
    main.get_by_role("link", name=re.compile(placement.reference)).click()
    expect(main).to_contain_text(words["room"])
    see(page, f"afgoerelse-{language}")
    axe(page)
    main.get_by_role("radio", name=words["grant"]).check(force=True)
    page.locator("#afgoer-reason").fill("Opgaverne passer til planen.")
    page.locator("#afgoer-vitas").fill("LT-2026-0042")
    main.get_by_role("button", name=words["decide"]).click()
    expect(page.get_by_role("status").first).to_contain_text(words["granted"])
    see(page, f"bevilget-{language}")

    today = timezone.localdate()
    Placement.objects.filter(pk=placement.pk).update(starts_on=today - timedelta(days=30))
    page.reload()
    page.locator("#afslut-ended_on").fill((today - timedelta(days=1)).isoformat())
    main.get_by_role("radio", name=words["hired"]).check(force=True)
    page.locator("#afslut-reason").fill("Ansat fra den første.")
    main.get_by_role("button", name=words["end"], exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(words["ended"])
    following_up.ask(on=today + timedelta(weeks=2))

    bundle(now=timezone.now().replace(hour=12) + timedelta(days=1))  # the next daily mail
    page.goto(linked("digest"))
    axe(page)
    page.get_by_label(words["outcome"]).check(force=True)
    see(page, f"opfoelgning-{language}")
    main.get_by_role("button", name=words["answer"]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["thanks"])

    placement.refresh_from_db()
    assert (placement.state, placement.ended_on) == (State.ENDED, today - timedelta(days=1))
    assert Effect.objects.get(placement=placement, weeks=2).outcome == "hired"
    page.goto(placement.get_absolute_url())
    see(page, f"slut-{language}")
    page.goto(reverse("placements:rules"))
    axe(page)
    see(page, f"regler-{language}")


def speak(page: Page, language: str, url: str) -> None:
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}])


def linked(kind: str) -> str:
    """The address in the newest mail of a kind."""
    body = Mail.objects.filter(kind=kind).latest("pk").body
    found = re.search(r"^http\S+$", body, re.MULTILINE)
    assert found, body
    return found[0]


def _four_are_running(company, koege) -> None:
    for _number in range(4):
        complete(
            company=company,
            jobcentre=koege.jobcentre,
            owner=koege.caseworker,
            state=State.GRANTED,
            starts_on=timezone.localdate() - timedelta(days=5),
            workplace_staff=[Decimal(20)],
            applied_at=timezone.now() - timedelta(days=60),
        )


def fill_in(page: Page, words) -> None:
    """Everything but the right number of staff: four are typed at first."""
    starts_on = timezone.localdate() + timedelta(days=20)
    page.get_by_label(words["label"]).fill("Lagermedhjælper")
    page.get_by_label(words["tasks"]).fill("Pluk og pak sammen med tre kolleger.")
    page.get_by_label(words["first"]).fill(starts_on.isoformat())
    page.get_by_label(words["last"], exact=True).fill((starts_on + timedelta(days=60)).isoformat())
    page.get_by_label(words["hours"]).fill("37")
    page.get_by_label(words["benefit"]).select_option(label=words["dagpenge"])
    page.get_by_label(words["private"]).check(force=True)
    page.get_by_label(words["company_month"]).fill(words["staff"])
    page.get_by_label(words["company_average"]).fill(words["staff"])
    page.get_by_label(words["new_post"]).check(force=True)
    page.get_by_label(words["representative"], exact=True).fill("Birgit Toft")
    page.get_by_label(words["representatives_mail"]).fill("birgit.toft@strandmarken.example")
    for month in range(4):
        page.locator(f"#id_staff_{month}").fill("4")
