"""What the search does beyond words: parts of words, the occupations' tree, places, the map, the feed."""

from datetime import date, timedelta
from decimal import Decimal
from time import monotonic
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import Workplace
from employers.vacancies.distance import find_place
from employers.vacancies.forms import address_of, wish_of
from employers.vacancies.models import ExternalVacancy, Listing, Outcome, Vacancy
from employers.vacancies.search import NEWER, STARTS, TERMS, Wish, count, find
from jobcenter.classifications.models import EverydayTitle, Occupation
from jobcenter.geography.models import Outline, Postcode
from tests.queries import assert_same_queries

SEARCH = "/stillinger/"
ATOM = {"atom": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def publish(make_vacancy):
    def publish(title="Procesoperatør", **fields):
        return make_vacancy(title=title, state=Vacancy.State.PUBLISHED, **fields)

    return publish


@pytest.fixture
def in_roskilde(company, roskilde):
    Postcode.objects.filter(code="4000").update(latitude=55.64, longitude=12.08)
    return Workplace.objects.create(
        company=company, address="Havnevej 3", postcode="4000", municipality=roskilde.municipality
    )


@pytest.fixture
def in_aarhus(company, aarhus):
    Postcode.objects.filter(code="8000").update(latitude=56.15, longitude=10.21)
    return Workplace.objects.create(
        company=company, address="Åboulevarden 1", postcode="8000", municipality=aarhus.municipality
    )


def titles(wish):
    return [one.of.title for one in find(wish, at=timezone.now())]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lager", {"Lagermedarbejder", "Skolelagermand"}),
        ("medarbejder", {"Lagermedarbejder"}),
        ("mand", {"Skolelagermand"}),
        ("sosu", {"SOSU-assistent"}),
        ("assistent", {"SOSU-assistent"}),
        ("koekken", {"Køkkenleder"}),
        ("KØKKEN", {"Køkkenleder"}),
        ("lager medarbejder", {"Lagermedarbejder"}),
        ("ager", {"Lagermedarbejder", "Skolelagermand"}),
        ("zz", set()),
    ],
)
def test_a_part_of_a_compound_finds_it(publish, typed, found):
    for title in ("Lagermedarbejder", "Skolelagermand", "SOSU-assistent", "Køkkenleder"):
        publish(title, text="Vi er glade for vores arbejde.")

    assert set(titles(Wish(text=typed))) == found


def test_what_people_call_the_job_finds_the_occupation(publish, occupation):
    EverydayTitle.objects.create(
        title="Plastmager",
        occupation=occupation,
        source_kind="everyday",
        source="test",
        as_of=timezone.localdate(),
    )
    publish("Medarbejder til støberiet")

    assert titles(Wish(text="plastmager")) == ["Medarbejder til støberiet"]


@pytest.fixture
def tree(db):
    made = {}
    for code in ("5", "51", "512", "5120", "512000", "8", "81", "814", "8142"):
        made[code] = Occupation.objects.get_or_create(
            code=code,
            defaults={
                "level": min(len(code), 5),
                "title_da": f"Fag {code}",
                "sort_key": code,
                "valid_from": date(2010, 1, 1),
            },
        )[0]
    return made


def test_the_occupations_are_a_tree_one_can_go_down_in(client, publish, occupation, tree):
    publish("Kok", occupation=tree["512000"])
    publish("Operatør")

    top = count(Wish(), at=timezone.now())
    inside = count(Wish(fields=["5"]), at=timezone.now())
    deeper = count(Wish(fields=["5", "51"]), at=timezone.now())

    assert top.fields == {"5": 1, "8": 1}
    assert inside.fields == {"5": 1, "51": 1, "8": 1}
    assert deeper.fields == {"5": 1, "51": 1, "512": 1, "8": 1}
    assert titles(Wish(fields=["5", "51"])) == ["Kok"]
    assert titles(Wish(fields=["5", "8142"])) == ["Operatør", "Kok"]
    assertContains(client.get(f"{SEARCH}?fag=5"), "Fag 51")
    assertNotContains(client.get(SEARCH), "Fag 51")


def test_terms_and_start_narrow_and_are_counted(publish):
    today = timezone.localdate()
    publish("Snart", starts_on=today + timedelta(days=25))
    publish("Senere", starts_on=today + timedelta(days=90), terms=Vacancy.Terms.STUDENT)

    assert titles(Wish(starts=["snart"])) == ["Snart"]
    assert titles(Wish(terms=["student"])) == ["Senere"]
    numbers = count(Wish(starts=["senere"]), at=timezone.now())
    assert numbers.starts == {"snart": 1, "senere": 1}
    assert (numbers.terms["student"], numbers.terms["ordinary"]) == (1, 0)


def test_a_municipality_and_a_catchment_are_places_too(client, publish, company, in_roskilde, in_aarhus):
    publish("I Køge", workplace=company.workplaces.get(postcode="4600"))
    publish("I Roskilde", workplace=in_roskilde)
    publish("I Aarhus", workplace=in_aarhus)
    koege = find_place("Køge", on=timezone.localdate())

    assert titles(Wish(place=koege, reach="kommune")) == ["I Køge"]
    assert set(titles(Wish(place=koege, reach="opland"))) == {"I Køge", "I Roskilde"}
    assert titles(Wish(municipalities=["0751"])) == ["I Aarhus"]
    numbers = count(Wish(municipalities=["0751"]), at=timezone.now())
    assert numbers.vacancies == 1
    assert numbers.municipalities == {"0259": 1, "0265": 1, "0751": 1}, "whichever is chosen"
    assertContains(client.get(SEARCH, {"hvor": "Køge", "km": "opland"}), "i arbejdskraftoplandet for Køge")


@pytest.fixture
def more_than_a_thousand(publish):
    first = publish()
    Vacancy.objects.bulk_create(
        Vacancy(
            **{
                name: getattr(first, name)
                for name in (
                    *("company", "workplace", "jobcentre", "occupation", "title", "text", "hours"),
                    *("starts_on", "apply_by", "state", "published_at"),
                )
            }
        )
        for _ in range(1000)
    )


def test_a_number_beyond_a_thousand_is_told_as_more(client, more_than_a_thousand):
    page = client.get(SEARCH)

    assertContains(page, "1.000+ stillinger")
    assertContains(page, "Listen viser de første 1.000")
    assert client.get(f"{SEARCH}?side=999").context["page"].number == 100


def test_numbers_beyond_a_thousand_are_a_minute_old_at_most_and_the_list_is_not(
    client, publish, more_than_a_thousand, monkeypatch
):
    first = client.get(SEARCH)
    publish("Slået op lige nu")
    second = client.get(SEARCH)

    assertNotContains(first, "Tallene er talt op")
    assertContains(second, "Tallene er talt op kl.")
    assertContains(second, "Slået op lige nu")
    assert [page.context["counts"].vacancies for page in (first, second)] == [1001, 1001]

    later = monotonic() + 60
    monkeypatch.setattr("jobcenter.runtime.kept.monotonic", lambda: later)
    assert client.get(SEARCH).context["counts"].vacancies == 1002


def test_numbers_up_to_a_thousand_are_counted_each_time(client, publish, more_than_a_thousand):
    for expected in (1, 2):
        publish("Smed")
        assert client.get(f"{SEARCH}?hvad=smed").context["counts"].vacancies == expected


# --- the rows that the database keeps ----------------------------------------------------------------------


def test_a_vacancy_is_listed_as_long_as_it_is_published(publish, make_vacancy, koege):
    waiting, published = make_vacancy(title="Venter"), publish()
    assert [one.vacancy for one in Listing.objects.all()] == [published]

    by = {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}
    waiting.publish(**by)
    assert Listing.objects.count() == 2
    published.close(outcome=Outcome.NOT_FILLED, **by)
    assert [one.vacancy for one in Listing.objects.all()] == [waiting]


def test_a_company_that_changes_its_name_is_found_by_the_new_one(publish, company):
    publish()
    company.name = "Havnens Tapperi ApS"
    company.save()

    assert titles(Wish(text="tapperi")) == ["Procesoperatør"]
    assert titles(Wish(text="strandmarkens")) == []


def test_a_workplace_that_moves_is_found_where_it_is(publish, company, aarhus):
    publish()
    place = company.workplaces.get()
    place.postcode, place.municipality = "8000", aarhus.municipality
    place.save()

    assert titles(Wish(municipalities=["0751"])) == ["Procesoperatør"]


def test_many_written_at_once_are_listed_at_once(publish):
    first = publish()
    Vacancy.objects.filter(pk=first.pk).update(title="Ny titel")

    assert titles(Wish(text="titel")) == ["Ny titel"]


# --- from outside ------------------------------------------------------------------------------------------


def test_a_vacancy_from_outside_is_found_with_its_source(client, publish, make_external):
    publish()
    external = make_external()

    page = client.get(SEARCH)
    own = client.get(external.get_absolute_url())

    assertContains(page, "2 stillinger")
    assertContains(page, "fra Jobsiden")
    assertContains(own, 'href="https://jobsiden.example/a/1"')
    assertContains(own, "Nordhavns Varelager A/S")


@pytest.mark.parametrize("state", ["held", "closed"])
def test_one_that_is_held_or_closed_is_not_found(client, make_external, state):
    make_external(state=state)

    assertContains(client.get(SEARCH), "0 stillinger")


def test_one_that_is_over_is_gone_and_one_that_repeats_another_leads_to_it(client, publish, make_external):
    closed, ours = make_external(), publish()
    closed.close()
    repeated = make_external(same_vacancy=ours)

    assertContains(client.get(closed.get_absolute_url()), "ikke længere ledig", status_code=410)
    assert client.get(repeated.get_absolute_url()).url == ours.get_absolute_url()
    assertContains(client.get(SEARCH), "1 stilling")


def test_the_list_asks_as_much_with_one_from_outside_as_with_three(client, make_external):
    assert_same_queries(open_page=lambda: client.get(f"{SEARCH}?hvor=4600"), add_row=make_external)


# --- the map -----------------------------------------------------------------------------------------------


@pytest.fixture
def outlines(koege, roskilde, aarhus):
    for number, centre in enumerate((koege, roskilde, aarhus)):
        left = 100 * number
        Outline.objects.create(
            municipality=centre.municipality,
            path=f"M{left},0L{left + 90},0L{left + 90},90L{left},90Z",
        )


def test_the_map_holds_what_the_list_holds(client, publish, company, in_roskilde, outlines):
    publish("I Køge", workplace=company.workplaces.get(postcode="4600"))
    publish("Deltid i Roskilde", workplace=in_roskilde, hours=Decimal(20))

    page = client.get(f"{SEARCH}?vis=kort&tid=fuld&km=")

    assertContains(page, 'aria-label="Køge: 1 stilling"')
    assertNotContains(page, "Roskilde: ")
    assertContains(page, "vis=kort&amp;tid=fuld&amp;km=&amp;kommune=0259")
    assertNotContains(client.get(SEARCH), "ei-map-wrap")


def test_a_map_of_nothing_is_left_out(client, outlines):
    assertNotContains(client.get(f"{SEARCH}?vis=kort"), "ei-map-wrap")


# --- feed, sitemap, robots ---------------------------------------------------------------------------------


def test_the_feed_has_what_the_search_has(client, publish, make_vacancy, settings):
    settings.PUBLIC_URL = "https://enindgang.example"
    kok = publish("Kok & opvasker", text="<script>alert(1)</script>")
    publish("Smed")
    make_vacancy(title="Venter")

    answer = client.get(f"{SEARCH}feed.atom?hvad=kok")
    feed = ET.fromstring(answer.content)

    assert answer["Content-Type"].startswith("application/atom+xml")
    (entry,) = feed.findall("atom:entry", ATOM)
    assert entry.findtext("atom:title", namespaces=ATOM) == "Kok & opvasker, Strandmarkens Emballage A/S"
    assert entry.findtext("atom:id", namespaces=ATOM) == f"https://enindgang.example/stillinger/{kok.pk}/"
    assert "&lt;script&gt;" in entry.findtext("atom:summary", namespaces=ATOM)


def test_a_closed_vacancy_is_out_of_the_sitemap_and_the_feed(client, publish, koege, settings):
    settings.PUBLIC_URL = "https://enindgang.example"
    vacancy = publish()
    place = f"https://enindgang.example/stillinger/{vacancy.pk}/"
    assertContains(client.get("/sitemap-stillinger.xml"), place)

    vacancy.close(outcome="withdrawn", by=None, organisation=koege.jobcentre.organisation)

    assertNotContains(client.get("/sitemap-stillinger.xml"), place)
    assertNotContains(client.get(f"{SEARCH}feed.atom"), place)
    assert client.get(vacancy.get_absolute_url()).status_code == 410


def test_robots_are_told_where_the_sitemap_is(db, client, settings):
    settings.PUBLIC_URL = "https://enindgang.example"

    told = client.get("/robots.txt").content.decode()

    assert "Sitemap: https://enindgang.example/sitemap.xml" in told
    assert "Disallow: /h/" in told


# --- a wish and its address --------------------------------------------------------------------------------


class WrittenBack(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(
        text=st.text(st.characters(categories=["L", "N"]), max_size=30),
        terms=st.lists(st.sampled_from(list(TERMS.values())), unique=True),
        hours=st.lists(st.sampled_from(["fuld", "deltid"]), unique=True),
        starts=st.lists(st.sampled_from(STARTS), unique=True),
        newer=st.sampled_from([None, *NEWER]),
    )
    def test_a_wish_is_read_again_as_it_was_written(self, text, terms, hours, starts, newer):
        wish = Wish(text=text, terms=terms, hours=hours, starts=starts, newer_than_days=newer)

        assert wish_of(address_of(wish)) == wish


def test_a_wish_with_a_place_and_codes_is_read_again(koege, occupation):
    place = find_place("4600 Køge", on=timezone.localdate())
    wish = Wish(
        where="4600 Køge", place=place, reach="opland", fields=["8142"], municipalities=["0259"], text="smed"
    )

    assert wish_of(address_of(wish)) == wish


def test_external_is_not_shown_twice_in_database_terms(make_external):
    from django.db import IntegrityError, transaction

    make_external(external_id="X")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_external(external_id="X")
    assert ExternalVacancy.objects.count() == 1
