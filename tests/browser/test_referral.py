"""Two jobcentres of one catchment share a vacancy: from the match across the border to the shared credit."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from employers.referrals.figures import counts
from employers.referrals.load import load_credit
from employers.referrals.models import Candidate, Referral, State
from employers.vacancies.models import Vacancy
from jobcenter.notifications.models import Mail
from tests.making_referrals import candidate_of

EMPLOYER = "mette.bruun@strandmarken.example"


@pytest.mark.parametrize("page", [1280, 390], indirect=True)
def test_two_jobcentres_share_a_vacancy_a_candidate_and_the_credit(
    page: Page, sign_in, axe, see, koege, roskilde, employer, make_enquiry, make_vacancy, occupation
):
    load_credit()
    vacancy = make_vacancy(state=Vacancy.State.PUBLISHED, published_at=timezone.now())
    enquiry = make_enquiry(vacancy=vacancy)
    rival = candidate_of(koege, occupation=occupation, skills=[])
    another = candidate_of(koege, occupation=occupation, skills=["forklift"])
    main = page.get_by_role("main")

    sign_in(page, roskilde.caseworker)
    page.goto(reverse("referrals:new"))
    page.locator("#id_occupation").press_sequentially("8142")
    main.get_by_label(re.compile("Betjening af maskiner til plast")).check(force=True)
    main.get_by_label("Maskinbetjening").check(force=True)
    page.locator("#id_reach_km").fill("40")
    page.locator("#id_basis").select_option("consent")
    axe(page)
    see(page, "ny-kandidat")
    main.get_by_role("button", name="Gem kandidaten").click()
    expect(page.get_by_role("status").first).to_contain_text("Kandidaten er gemt som K-")
    candidate = Candidate.objects.get(jobcentre=roskilde.jobcentre)
    axe(page)
    see(page, "kandidat")
    page.goto(reverse("referrals:candidates"))
    axe(page)
    see(page, "kandidater")

    sign_in(page, koege.caseworker)
    page.goto(reverse("referrals:matches", args=[vacancy.pk]))
    expect(main.get_by_role("row").nth(1)).to_contain_text(candidate.reference)
    axe(page)
    see(page, "passer")
    for one in (rival, another):
        main.get_by_label(one.reference, exact=True).check(force=True)
    page.locator("#id_person").select_option(label="Mette Bruun")
    see(page, "vaelg-flere")
    main.get_by_role("button", name="Henvis de valgte").click()
    expect(main).to_contain_text(": Arbejdsgiveren er spurgt.")
    main.get_by_role("link", name=re.compile(candidate.reference)).click()
    page.locator("#id_person").select_option(label="Mette Bruun")
    axe(page)
    see(page, "henvis")
    main.get_by_role("button", name="Spørg Jobcenter Roskilde").click()
    expect(page.get_by_role("status").first).to_contain_text("Jobcenter Roskilde er spurgt")

    sign_in(page, roskilde.caseworker)
    page.goto(reverse("referrals:referrals"))
    axe(page)
    see(page, "koe")
    main.get_by_role("button", name=f"Acceptér {candidate.reference}").click()
    expect(page.get_by_role("status").first).to_contain_text("arbejdsgiveren er spurgt")

    sign_in(page, employer)
    page.goto(reverse("desk:my_company"))
    expect(main).to_contain_text("3 kandidater venter på jeres svar.")
    see(page, "min-virksomhed-kandidater")
    page.goto(reverse("referrals:put_forward"))
    axe(page)
    see(page, "jeres-kandidater")
    suitable = main.get_by_role("region", name=another.reference)
    suitable.get_by_text("Kandidaten er ikke egnet til jobbet").click()
    suitable.get_by_label("Kan ikke begynde").check(force=True)
    see(page, "jeres-kandidater-hvorfor")
    suitable.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_role("status").first).to_contain_text("Jobcentret har fået dit svar")

    page.context.clear_cookies()
    page.goto(enquiry.link)
    expect(main).to_contain_text(candidate.reference)
    see(page, "privat-side")
    body = Mail.objects.filter(to=EMPLOYER).latest("pk").body
    hire = re.search(r"^http\S+/ansat/$", body, re.MULTILINE)
    assert hire
    page.goto(hire[0].removesuffix("ansat/"))
    axe(page)
    see(page, "arbejdsgiver")
    page.goto(hire[0].replace("/ansat/", "/ikke-egnet/"))
    axe(page)
    see(page, "ikke-egnet")
    page.goto(hire[0])
    axe(page)
    see(page, "ansat")
    assert Referral.objects.get(candidate=candidate).state == State.SENT
    main.get_by_role("button", name="Send svaret").click()
    expect(main).to_contain_text("Ansat.")
    see(page, "tak")

    sign_in(page, employer)
    page.goto(reverse("referrals:put_forward"))
    expect(main).to_contain_text("Ingen venter på jeres svar")
    axe(page)
    see(page, "jeres-kandidater-efter")

    for centre in (koege, roskilde):
        sign_in(page, centre.caseworker)
        page.goto(reverse("referrals:referrals", query={"vis": "afsluttet"}))
        expect(main).to_contain_text("1 ansættelse tæller hos os i år, 1 af dem over en kommunegrænse")
        axe(page)
        see(page, f"henvisninger-{centre.municipality.code}")
    today = timezone.localdate()
    assert counts(first=today, last=today).national == 1
    sign_in(page, koege.caseworker)
    page.goto(reverse("referrals:referrals", query={"vis": "afsluttet", "q": rival.reference}))
    expect(main).to_contain_text("Den sidste plads blev besat med en anden")
    told = Mail.objects.filter(to=koege.caseworker.email, subject__startswith=rival.reference)
    assert "den sidste plads blev besat" in told.get().body
    vacancy.refresh_from_db()
    assert vacancy.state == Vacancy.State.CLOSED
