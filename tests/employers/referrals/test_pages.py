"""The pages: candidates, matches, the queue, and the employer's answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from employers.referrals.models import Candidate, Referral, State
from employers.referrals.models.candidate import CandidateLog
from employers.vacancies.models import Vacancy
from jobcenter.classifications.models import Occupation
from tests.queries import assert_same_queries

ENDED = "/henvisninger/?vis=afsluttet"


@pytest.fixture
def at_work(client, koege):
    client.force_login(koege.caseworker)
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


def typed(**changes):
    return {
        "occupation": "8142",
        "code": "8142",
        "skills": ["forklift"],
        "reach_km": "25",
        "fewest_hours": "30",
        "most_hours": "37",
        "from_day": timezone.localdate().isoformat(),
        "basis": "consent",
        "shown_since": "",
        "version": "",
        **changes,
    }


def test_a_candidate_is_kept_and_shown_outside_from_today(at_work, koege, occupation):
    answer = at_work.post(reverse("referrals:new"), typed(municipality=koege.municipality.pk))

    made = Candidate.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.jobcentre, made.owner) == (koege.jobcentre, koege.caseworker)
    assert (made.shown_since, made.skills) == (timezone.localdate(), ["forklift"])


def test_a_fault_while_a_candidate_is_kept_saves_nothing(at_work, koege, occupation, monkeypatch):
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("the log cannot be written")

    monkeypatch.setattr(CandidateLog, "save", fail)

    with pytest.raises(RuntimeError):
        at_work.post(reverse("referrals:new"), typed(municipality=koege.municipality.pk))

    assert not Candidate.objects.exists()


def test_the_second_who_saves_sees_what_the_first_has_saved(at_work, make_candidate, koege):
    candidate = make_candidate()
    address = reverse("referrals:change", args=[candidate.pk])
    said = typed(municipality=koege.municipality.pk, version="1")
    at_work.post(address, said)

    page = text_of(at_work.post(address, {**said, "reach_km": "90"}))

    assert "En anden har ændret dette imens" in page
    assert "rejser op til 25 km" in page
    assert 'value="90"' in page


def test_matches_are_ranked_with_reasons_across_the_catchment(
    at_work, make_candidate, vacancy, roskilde, aarhus
):
    near = make_candidate(roskilde)
    less = make_candidate(skills=[], from_day=vacancy.starts_on + timedelta(days=30))
    foreign = make_candidate(aarhus)

    page = text_of(at_work.get(reverse("referrals:matches", args=[vacancy.pk])))

    assert page.index(near.reference) < page.index(less.reference)
    assert foreign.reference not in page
    assert "Samme fag; efterspurgt: maskinbetjening" in page
    assert "kan begynde 30 dage efter starten" in page


@pytest.mark.parametrize(
    ("language", "same", "less"),
    [
        (
            "da",
            "Samme fag; efterspurgt: maskinbetjening, truckcertifikat; 0 km hjemmefra; timerne passer; kan",
            [
                "Andet arbejde på samme niveau; 1 af de 2 efterspurgte kompetencer: truckcertifikat",
                "0 km hjemmefra; 17 timer om ugen fra det ønskede; kan begynde 30 dage efter starten",
            ],
        ),
        (
            "en",
            "The same occupation; asked for: fork-lift certificate, operating machines; 0 km from home; the",
            [
                "Other work at the same level; 1 of the 2 skills asked for: fork-lift certificate",
                "0 km from home; 17 hours a week from what is wanted; can begin 30 days after the start",
            ],
        ),
    ],
)
def test_every_ground_is_said_in_words_in_both_languages(
    at_work, make_candidate, make_vacancy, vacancy, language, same, less
):
    Vacancy.objects.filter(pk=vacancy.pk).update(text="Maskinbetjening. Du har truckcertifikat.")
    make_candidate()
    make_candidate(
        occupation=Occupation.objects.create(
            code="8322", level=4, title_da="Chauffør", sort_key="chauffør", valid_from=date(2010, 1, 1)
        ),
        skills=["forklift"],
        fewest_hours=10,
        most_hours=20,
        from_day=vacancy.starts_on + timedelta(days=30),
    )
    at_work.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    page = text_of(at_work.get(reverse("referrals:matches", args=[vacancy.pk])))

    assert same in page
    assert "; ".join(less) in page


def test_what_the_employer_said_of_earlier_referrals_changes_no_match(
    at_work, make_candidate, make_referral, make_vacancy, vacancy
):
    candidate = make_candidate()
    address = reverse("referrals:matches", args=[vacancy.pk])
    before = at_work.get(address).context["proposals"][0].match
    other = make_vacancy(state="published")
    make_referral(candidate=candidate, vacancy=other, state=State.DID_NOT_COME)

    assert at_work.get(address).context["proposals"][0].match == before


def test_opening_the_mailed_link_answers_nothing_and_the_button_does(client, make_referral):
    referral = make_referral()
    address = reverse("referrals:answer", args=[referral.token, "samtale"])

    page = client.get(address)

    referral.refresh_from_db()
    assert (page.status_code, referral.state) == (200, State.SENT)
    assert client.post(address).url == referral.link
    referral.refresh_from_db()
    assert referral.state == State.INTERVIEW


def test_not_suitable_needs_a_reason_of_the_list(client, make_referral):
    referral = make_referral()
    address = reverse("referrals:answer", args=[referral.token, "ikke-egnet"])

    for said in ({}, {"reason": "for gammel"}):
        assert client.post(address, said).status_code == 200
    client.post(address, {"reason": "hours"})

    referral.refresh_from_db()
    assert (referral.state, referral.reason) == (State.NOT_SUITABLE, "hours")


def test_whoever_is_withdrawn_is_hidden_at_once(client, make_referral):
    referral = make_referral()
    Candidate.objects.update(state="withdrawn", ended_at=timezone.now())

    page = text_of(client.get(referral.link))

    assert referral.candidate.reference not in page
    assert "ikke længere til rådighed" in page


def test_an_answer_that_comes_too_late_is_met_with_what_became_of_it(client, make_referral):
    referral = make_referral(state=State.OBSOLETE, sent_at=timezone.now(), why_obsolete="other_hired")

    answer = client.post(reverse("referrals:answer", args=[referral.token, "ansat"]), follow=True)

    assert "den sidste plads blev besat med en anden" in text_of(answer)


def test_did_not_come_and_its_answer_are_for_the_citizens_jobcentre_alone(
    client, make_referral, make_candidate, koege, roskilde
):
    referral = make_referral(candidate=make_candidate(roskilde), state=State.DID_NOT_COME)
    client.force_login(roskilde.caseworker)
    client.post(
        reverse("referrals:take", args=[referral.pk, "svar"]), {f"{referral.pk}-text": "Toget var aflyst."}
    )
    own = text_of(client.get(ENDED))
    client.force_login(koege.caseworker)
    other = text_of(client.get(ENDED))

    assert "Toget var aflyst." in own
    assert referral.candidate.reference in other
    assert "Toget var aflyst." not in other
    assert "deblev" not in other


def test_a_neighbour_cannot_tell_who_did_not_come_from_who_was_not_suitable(
    at_work, make_referral, make_candidate, roskilde
):
    """Else a wording, a reason or the absence of one would say it all the same."""
    pages = []
    for state in (State.DID_NOT_COME, State.NOT_SUITABLE):
        referral = make_referral(candidate=make_candidate(roskilde), state=state)
        page = text_of(at_work.get(ENDED, {"vis": "afsluttet", "q": referral.candidate.reference}))
        pages.append(page[page.index("<main") :].replace(referral.candidate.reference, "K-"))

    assert pages[0] == pages[1]
    sheet = b"".join(at_work.get(ENDED, {"vis": "afsluttet", "hent": "csv"}).streaming_content).decode()
    first, second = (
        [cell for cell in line.split(";") if "K-" not in cell] for line in sheet.splitlines()[1:]
    )
    assert first == second


def test_the_three_heaps_are_narrowed_by_the_address(
    at_work, make_referral, make_candidate, make_vacancy, roskilde
):
    waiting = make_referral(state=State.PROPOSED)
    across = make_referral(candidate=make_candidate(roskilde), state=State.INTERVIEW)
    sent = make_referral(
        vacancy=make_vacancy(title="Truckfører", state="published", published_at=timezone.now())
    )
    ended = make_referral(state=State.OBSOLETE)
    references = {one: one.candidate.reference for one in (waiting, across, sent, ended)}

    for asked, expected in (
        ({}, [waiting]),
        ({"vis": "nonsens"}, [waiting]),
        ({"vis": "hos-arbejdsgiver"}, [across, sent]),
        ({"vis": "hos-arbejdsgiver", "hvis": "graense"}, [across]),
        ({"vis": "hos-arbejdsgiver", "hvis": "kandidater"}, [sent]),
        ({"vis": "hos-arbejdsgiver", "q": "truck"}, [sent]),
        ({"vis": "hos-arbejdsgiver", "q": references[across]}, [across]),
        ({"vis": "afsluttet"}, [ended]),
    ):
        page = text_of(at_work.get(reverse("referrals:referrals"), asked))
        rows = page[page.index('id="found"') :]
        shown = {one for one, reference in references.items() if reference in rows}
        assert shown == set(expected), asked


def test_a_withdrawn_candidate_of_a_neighbour_is_neither_shown_nor_found(
    at_work, make_referral, make_candidate, roskilde
):
    referral = make_referral(candidate=make_candidate(roskilde), state=State.OBSOLETE)
    Candidate.objects.update(state="withdrawn", ended_at=timezone.now())

    assert referral.candidate.reference not in text_of(at_work.get(ENDED))
    found = at_work.get(ENDED, {"vis": "afsluttet", "q": referral.candidate.reference})
    assert not found.context["rows"]
    everywhere = at_work.get(reverse("search"), {"q": referral.candidate.reference})
    assert "→" not in text_of(everywhere)


def test_several_are_put_forward_at_once_and_the_fate_of_each_is_told(
    at_work, make_candidate, vacancy, roskilde
):
    own, theirs = make_candidate(), make_candidate(roskilde)
    hidden = make_candidate(basis="", shown_since=None)
    address = reverse("referrals:matches", args=[vacancy.pk])
    said = {
        "candidates": [own.pk, theirs.pk, hidden.pk],
        "person": vacancy.company.people.get().pk,
        "deadline": timezone.localdate().isoformat(),
    }

    page = text_of(at_work.post(address, said, follow=True))

    assert f"{own.reference}: Arbejdsgiveren er spurgt." in page
    assert f"{theirs.reference}: Jobcenter Roskilde er spurgt." in page
    assert f"{hidden.reference}: Der er intet grundlag" in page
    assert Referral.objects.count() == 2


def test_several_need_somebody_chosen_and_keep_what_was_ticked(at_work, make_candidate, vacancy):
    candidate = make_candidate()
    address = reverse("referrals:matches", args=[vacancy.pk])

    nobody = text_of(at_work.post(address, {"deadline": timezone.localdate().isoformat()}))
    without_person = text_of(at_work.post(address, {"candidates": [candidate.pk]}))

    assert "Vælg mindst én kandidat" in nobody
    assert f'id="candidate-{candidate.pk}" checked' in without_person
    assert not Referral.objects.exists()


def test_another_catchments_candidate_cannot_be_smuggled_among_several(
    at_work, make_candidate, vacancy, aarhus
):
    said = {
        "candidates": [make_candidate(aarhus).pk],
        "person": vacancy.company.people.get().pk,
        "deadline": timezone.localdate().isoformat(),
    }

    at_work.post(reverse("referrals:matches", args=[vacancy.pk]), said)

    assert not Referral.objects.exists()


def test_several_are_accepted_at_once_and_only_ones_own(
    client, make_referral, make_candidate, koege, roskilde
):
    first, second = (make_referral(candidate=make_candidate(roskilde), state=State.PROPOSED) for _ in "ab")
    gone = make_referral(candidate=make_candidate(roskilde, state="withdrawn"), state=State.PROPOSED)
    said = {"referrals": [first.pk, second.pk, gone.pk]}
    address = reverse("referrals:accept_several")

    client.force_login(koege.caseworker)
    client.post(address, said)
    assert not Referral.objects.filter(state=State.SENT).exists()
    client.force_login(roskilde.caseworker)
    page = text_of(client.post(address, said, follow=True))

    assert set(Referral.objects.filter(state=State.SENT)) == {first, second}
    assert f"{gone.candidate.reference}: Kandidaten er ikke længere til rådighed" in page


def test_the_lists_ask_as_much_for_three_as_for_one(
    at_work, make_candidate, make_referral, vacancy, roskilde
):
    for name, arguments, add in (
        ("referrals:candidates", [], make_candidate),
        ("referrals:matches", [vacancy.pk], make_candidate),
        ("referrals:referrals", [], lambda: make_referral(state=State.PROPOSED)),
        (ENDED, None, lambda: make_referral(state=State.DID_NOT_COME)),
        (ENDED, None, lambda: make_referral(candidate=make_candidate(roskilde), state=State.NOT_SUITABLE)),
    ):
        address = name if arguments is None else reverse(name, args=arguments)
        assert_same_queries(open_page=lambda: at_work.get(address), add_row=add)  # noqa: B023


def test_the_vacancys_private_page_lists_who_was_put_forward(client, make_enquiry, make_referral, vacancy):
    enquiry = make_enquiry(vacancy=vacancy)
    sent = make_referral()
    waiting = make_referral(state=State.PROPOSED)

    page = text_of(client.get(enquiry.link))

    assert sent.candidate.reference in page
    assert sent.link in page
    assert waiting.candidate.reference not in page
    assert Referral.objects.count() == 2
