"""A vacancy's own page: open, gone or never there; what search engines read; the outlook beside it."""

import json
import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from employers.vacancies.job_posting import as_script
from employers.vacancies.models import Outcome, Vacancy
from employers.vacancies.outlook import period_in_words
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.classifications.models import Occupation, Outlook

CATEGORY = Outlook.Category


@pytest.fixture
def published(make_vacancy):
    return make_vacancy(state=Vacancy.State.PUBLISHED, positions=2, hours=Decimal(37))


def posting(page):
    script = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL
    )
    return json.loads(script[1])


def test_a_published_vacancy_is_shown_to_everyone(client, published):
    page = client.get(published.get_absolute_url())

    assertContains(page, "Strandmarkens Emballage A/S")
    assertContains(page, "Tangmosevej 88, 4600 Køge")
    assertContains(page, "37 timer om ugen")
    assertContains(page, "Jobcenter Køge")


def test_who_contacted_the_jobcentre_is_not_shown(client, published, make_enquiry):
    make_enquiry(vacancy=published)

    page = client.get(published.get_absolute_url())

    for theirs in ("Mette Bruun", "strandmarken.example", published.enquiry.reference):
        assertNotContains(page, theirs)


def test_a_vacancy_that_was_never_published_is_not_found(client, make_vacancy):
    waiting = make_vacancy()
    withdrawn = make_vacancy(state="closed", outcome=Outcome.WITHDRAWN, closed_at=timezone.now())

    for vacancy in (waiting, withdrawn):
        assert client.get(vacancy.get_absolute_url()).status_code == 404


def test_a_vacancy_that_was_closed_or_has_run_out_is_gone(client, published, make_vacancy, koege):
    run_out = make_vacancy(state="published", apply_by=timezone.localdate() - timedelta(days=1))
    published.close(
        outcome=Outcome.NOT_FILLED, by=koege.caseworker, organisation=koege.jobcentre.organisation
    )

    for vacancy in (published, run_out):
        page = client.get(vacancy.get_absolute_url())
        assertContains(page, "Stillingen er ikke længere ledig", status_code=410)
        assertNotContains(page, vacancy.text, status_code=410)


def test_search_engines_read_a_job_posting(client, published, settings):
    settings.PUBLIC_URL = "https://enindgang.example"

    told = posting(client.get(published.get_absolute_url()))

    assert told["@type"] == "JobPosting"
    assert told["url"] == f"https://enindgang.example/stillinger/{published.pk}/"
    assert (told["title"], told["totalJobOpenings"]) == ("Procesoperatør", 2)
    assert told["employmentType"] == ["FULL_TIME"]
    assert datetime.fromisoformat(told["validThrough"]).date() == published.apply_by
    assert told["hiringOrganization"]["name"] == "Strandmarkens Emballage A/S"
    address = told["jobLocation"]["address"]
    assert (address["postalCode"], address["addressCountry"]) == ("4600", "DK")


def test_a_posting_cannot_end_its_script_and_its_html_is_escaped(client, published):
    Vacancy.objects.filter(pk=published.pk).update(
        title="</script><script>alert(1)</script>", text="<b>Fed</b> & <script>alert(2)</script>"
    )

    page = client.get(published.get_absolute_url())

    assertNotContains(page, "<script>alert")
    told = posting(page)
    assert told["title"] == "</script><script>alert(1)</script>"
    assert told["description"] == "<p>&lt;b&gt;Fed&lt;/b&gt; &amp; &lt;script&gt;alert(2)&lt;/script&gt;</p>"


@given(st.text())
def test_any_text_in_a_posting_is_read_back_and_bears_no_tag(text):
    script = as_script({"title": text})

    assert json.loads(script) == {"title": text}
    assert not set(script) & set("<>&\u2028\u2029")


@pytest.fixture
def outlook(sjaelland, published):
    """Publishes an outlook for the vacancy's occupation in its area."""

    def publish(category, **fields):
        return Outlook.objects.create(
            **{
                "occupation": published.occupation,
                "area": sjaelland.area,
                "category": category,
                "attempts": 88,
                "period": "2026H01",
                "published_at": timezone.now(),
                **fields,
            }
        )

    return publish


@pytest.mark.parametrize(
    ("category", "sentence"),
    [
        (CATEGORY.PROBLEMS, "Sjælland: Arbejdsgiverne har svært ved at finde folk til dette fag"),
        (CATEGORY.NO_PROBLEMS, "Sjælland: Arbejdsgiverne finder som regel de folk, de har brug for"),
    ],
)
def test_the_outlook_is_told_with_what_it_rests_on(client, published, outlook, category, sentence):
    outlook(category)

    page = client.get(published.get_absolute_url())

    assertContains(page, sentence)
    assertContains(page, "Vurderet for 1. halvår 2026 ud fra 88 rekrutteringer.")


def test_an_occupation_of_six_digits_has_its_groups_outlook(client, published, outlook):
    outlook(CATEGORY.PROBLEMS)
    published.occupation = Occupation.objects.create(
        code="814220",
        level=5,
        parent=published.occupation,
        title_da="Betjening af plastmaskiner",
        sort_key="b",
        valid_from=published.occupation.valid_from,
    )
    published.save()

    assertContains(client.get(published.get_absolute_url()), "har svært ved at finde folk")


def test_nothing_is_said_of_another_area_or_where_nothing_is_known(client, published, outlook, midtjylland):
    outlook(CATEGORY.NOT_ASSESSED)
    outlook(CATEGORY.PROBLEMS, area=midtjylland.area)

    assertNotContains(client.get(published.get_absolute_url()), "Vurderet for")


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [
        ("2026H01", "da", "1. halvår 2026"),
        ("2025H02", "en", "the second half of 2025"),
        ("2026Q03", "da", "2026Q03"),
    ],
)
def test_a_half_year_in_words(code, language, words):
    assert period_in_words(code, language=language) == words


def test_a_vacancy_is_closed_once(published, koege):
    by = {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}
    published.close(outcome=Outcome.FILLED_AS_WANTED, **by)

    with pytest.raises(TransitionRefused):
        published.close(outcome=Outcome.NOT_FILLED, **by)

    published.refresh_from_db()
    assert published.outcome == Outcome.FILLED_AS_WANTED


def test_an_outcome_must_be_one_of_the_known(published):
    with pytest.raises(ValueError, match="nonsense"):
        published.close(outcome="nonsense", by=None, organisation=None)
