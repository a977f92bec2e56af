"""Severe shortage where it is read: the matrix and its lines, the public page, monitoring and its files."""

from __future__ import annotations

import csv
import io
import random
from itertools import product

import pytest
from django.db import IntegrityError
from django.db.models import Q
from django.urls import reverse

from jobcenter.accounts.models import Organisation
from jobcenter.geography.models import Area
from regions.bottlenecks.figures.balance import Balance
from regions.bottlenecks.figures.severe import Told, severe, short_areas
from regions.bottlenecks.models import Category, Indicators, Line, Place, Report, Rule
from regions.bottlenecks.monitoring import severe as monitored
from regions.bottlenecks.reports import severe as reported
from regions.bottlenecks.reports.publishing import publish
from regions.measures.periods import parse
from tests.queries import asked
from tests.regions.bottlenecks.making import know, tree_of
from tests.regions.making import make_line, make_report
from tests.regions.reading import text_of

NOW, BEFORE = "2026H02", "2026H01"
AREAS = ("hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland")
RULE = (
    "Der var mangel i mindst fire områder både i 2. halvår 2026 og i halvåret før, "
    "højst 2,5 % er ledige, og arbejdet kræver en uddannelse."
)


@pytest.fixture(autouse=True)
def _rule(bottleneck_rule):
    """The rule in force."""


@pytest.fixture
def areas(sjaelland, midtjylland):
    """The five of today."""
    for code in AREAS:
        Area.objects.get_or_create(
            code=code,
            defaults={
                "division": Area.Division.REGIONS,
                "name": code.capitalize(),
                "sort_key": code,
                "valid_from": sjaelland.area.valid_from,
            },
        )
    return [Area.objects.get(code=code) for code in AREAS]


@pytest.fixture
def nurses(db):
    return tree_of("2221", "Sygeplejerske")


@pytest.fixture
def cashiers(db):
    return tree_of("5230", "Kasseassistent")


FEW = {"employed": 980, "unemployed": 20}
SHORT = {"failed": 20, "attempts": 40, "category": Category.SHORTAGE}


@pytest.fixture
def reports(areas, nurses, cashiers):
    """Both are short everywhere in two half-years: a nurse needs an education, and a cashier none."""
    return [
        [make_line(report, one, **SHORT, **FEW) for one in (nurses, cashiers)] and report
        for period, area in product((BEFORE, NOW), areas)
        for report in [make_report(area, period=period)]
    ]


@pytest.fixture
def known(areas, nurses, cashiers):
    """The same of the monitoring."""
    for one, period in product((nurses, cashiers), (BEFORE, NOW)):
        know(one, Place.COUNTRY, period=period, **FEW)
        for area in areas:
            know(one, Place.AREA, area.code, period=period, **FEW)
    return nurses


def publish_all(officer, reports):
    organisation = Organisation.objects.get(memberships__user=officer)
    for report in reports:
        for line in report.lines.all():
            line.look_at(by=officer)
            line.save()
        publish(report=report, by=officer, organisation=organisation, reason="Gennemgået.")


def codes(said):
    return said.codes if said else frozenset()


# --- the rule ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong", [{"severe_areas": 0}, {"severe_unemployment": 0}, {"severe_unemployment": 1}]
)
def test_the_database_refuses_cuts_that_cannot_be(bottleneck_rule, wrong):
    with pytest.raises(IntegrityError, match="severe_shortage_has_its_cuts"):
        Rule.objects.filter(pk=bottleneck_rule.pk).update(**wrong)


# --- the reports -------------------------------------------------------------------------------------


def test_the_matrix_says_it_at_the_head_of_the_row_and_in_a_sentence(client, reports, koege):
    client.force_login(koege.caseworker)

    text = text_of(client.get(reverse("bottlenecks:reports")))

    assert f"Omfattende mangel i hele landet: Sygeplejerske. {RULE}" in text
    assert "DISCO 2221 Omfattende mangel" in text
    assert "DISCO 5230 Omfattende mangel" not in text


def test_an_opened_line_says_it_with_the_rule(client, reports, sjaelland):
    nurse, cashier = reports[-1].lines.order_by("occupation__code")
    client.force_login(sjaelland.officer)

    assert f"Omfattende mangel i hele landet. {RULE}" in text_of(
        client.get(reverse("bottlenecks:reports"), {"line": nurse.pk})
    )
    assert "Omfattende mangel i hele landet." not in text_of(
        client.get(reverse("bottlenecks:reports"), {"line": cashier.pk})
    )


def test_nothing_is_said_where_nothing_is_severe(client, reports, koege):
    Line.objects.filter(report__period=BEFORE).update(category=Category.PARADOX, comment="Mange er ledige.")
    client.force_login(koege.caseworker)

    assert "Omfattende mangel" not in text_of(client.get(reverse("bottlenecks:reports")))


def test_the_public_page_says_it_of_what_is_published(client, reports, sjaelland):
    publish_all(sjaelland.officer, reports[:-2])
    assert "Omfattende mangel" not in text_of(client.get(reverse("bottlenecks:published")))

    publish_all(sjaelland.officer, reports[-2:-1])

    text = text_of(client.get(reverse("bottlenecks:published")))
    assert f"Omfattende mangel i hele landet: Sygeplejerske. {RULE}" in text
    assert "DISCO 2221 Omfattende mangel" in text


def test_while_the_first_areas_publish_the_half_year_before_is_what_is_known(areas, nurses, sjaelland):
    for period, area in product(("2025H02", BEFORE), areas):
        make_line(make_report(area, period=period), nurses, **SHORT, **FEW)
    reports = list(Report.objects.order_by("period"))
    early = make_report(areas[0], period=NOW)
    make_line(early, nurses, **SHORT, **FEW)
    publish_all(sjaelland.officer, [*reports, early])

    said = reported.severe_lately(Report.objects.published())

    assert (said.period, said.codes) == (BEFORE, {"2221"})


def test_a_correction_counts_instead_of_what_it_corrects_once_it_is_published(reports, nurses, sjaelland):
    publish_all(sjaelland.officer, reports)
    published = Report.objects.published()
    corrections = [
        make_report(report.area, period=NOW, number=2, corrects=report, correction="Tallene var forkerte.")
        for report in reports[-2:]
    ]
    for correction in corrections:
        make_line(correction, nurses, **SHORT | {"category": Category.PARADOX}, **FEW)
    assert codes(reported.severe_in(parse(NOW), among=published)) == {"2221"}

    publish_all(sjaelland.officer, corrections[:1])
    assert codes(reported.severe_in(parse(NOW), among=published)) == {"2221"}
    publish_all(sjaelland.officer, corrections[1:])

    assert codes(reported.severe_in(parse(NOW), among=published)) == frozenset()


def test_an_area_that_does_not_know_its_unemployed_is_left_out_of_the_rate(reports, nurses):
    lines = Line.objects.filter(report__period=NOW, occupation=nurses)
    of_one = lines.filter(report__area__code=AREAS[0])
    of_one.update(unemployed=400)
    assert codes(reported.severe_in(parse(NOW), among=Report.objects.all())) == frozenset()

    of_one.update(employed=None)
    assert codes(reported.severe_in(parse(NOW), among=Report.objects.all())) == {"2221"}

    lines.update(unemployed=None)
    assert codes(reported.severe_in(parse(NOW), among=Report.objects.all())) == frozenset()


def test_before_there_was_a_rule_nothing_is_said(reports):
    Rule.objects.all().delete()

    assert reported.severe_in(parse(NOW), among=Report.objects.all()) is None
    assert reported.severe_lately(Report.objects.all()) is None
    assert reported.severe_lately(Report.objects.none()) is None


# --- the monitoring ----------------------------------------------------------------------------------


def test_the_page_of_an_occupation_says_it_in_its_sentence(client, known, cashiers, koege):
    client.force_login(koege.caseworker)

    assert f"Omfattende mangel i hele landet. {RULE}" in text_of(
        client.get(reverse("bottlenecks:occupation", args=["2221"]), {"period": NOW})
    )
    assert "Omfattende mangel" not in text_of(
        client.get(reverse("bottlenecks:occupation", args=["5230"]), {"period": NOW})
    )


@pytest.mark.parametrize(
    "address",
    ["/flaskehalse/overvaagning/", "/flaskehalse/steder/landet/", "/flaskehalse/steder/omraade-sjaelland/"],
)
def test_the_matrix_of_places_and_each_place_say_it_too(client, known, koege, address):
    client.force_login(koege.caseworker)

    text = text_of(client.get(address, {"period": NOW, "digits": "4", "place": "landet"}))

    assert f"Omfattende mangel i hele landet: Sygeplejerske. {RULE}" in text
    assert "DISCO 2221 Omfattende mangel" in text
    assert "DISCO 5230 Omfattende mangel" not in text


def test_of_the_half_year_before_it_is_judged_by_itself(client, known, koege):
    """Nothing is known of the one before that."""
    client.force_login(koege.caseworker)

    page = client.get("/flaskehalse/overvaagning/", {"period": BEFORE, "digits": "4", "place": "landet"})

    assert "Omfattende mangel" not in text_of(page)


def test_five_occupations_are_judged_with_as_many_queries_as_two(known, areas):
    def ask():
        return monitored.severe_in(parse(NOW), among=Q())

    with_two = asked(ask)
    for number in range(3):
        more = tree_of(f"231{number}", f"Lærer {number}")
        for period, area in product((BEFORE, NOW), areas):
            know(more, Place.AREA, area.code, period=period)

    assert asked(ask).total() == with_two.total() == 3


def test_lines_of_five_occupations_are_judged_with_as_many_queries_as_of_two(reports, areas):
    def ask():
        return reported.severe_lately(Report.objects.all())

    with_two = asked(ask)
    for number in range(3):
        more = tree_of(f"231{number}", f"Lærer {number}")
        for report in reports:
            make_line(report, more, **SHORT)

    assert asked(ask).total() == with_two.total() == 5


def test_after_a_rule_that_knew_no_unemployment_the_page_says_how_it_is_judged(client, areas, nurses, koege):
    """In the first half of 2026 the half-year before has another rule, which said "problems" alone."""
    know(nurses, Place.COUNTRY, period=BEFORE, **FEW)
    for area in areas:
        know(nurses, Place.AREA, area.code, period=BEFORE, **FEW)
        know(nurses, Place.AREA, area.code, period="2025H02", category=Category.PROBLEMS, **FEW)
    client.force_login(koege.caseworker)
    address = reverse("bottlenecks:occupation", args=["2221"])

    assert "Reglen for halvåret før kendte ikke ledigheden" in text_of(
        client.get(address, {"period": BEFORE})
    )

    Indicators.objects.filter(period="2025H02").update(unemployed=400)
    assert "Omfattende mangel" not in text_of(client.get(address, {"period": BEFORE}))


# --- page, file and rule agree -----------------------------------------------------------------------


LEAVES = ("2221", "2222", "5120", "5230", "7212", "9112")


@pytest.mark.parametrize("seed", range(4))
def test_page_file_cube_and_rule_say_the_same_in_any_country(client, areas, koege, bottleneck_rule, seed):
    drawn = random.Random(seed)
    occupations = [tree_of(code, f"Fag {code}") for code in LEAVES]
    for one, period in product(occupations, (BEFORE, NOW)):
        know(one, Place.COUNTRY, period=period, employed=1000, unemployed=drawn.choice([10, 20, 30]))
        for area in areas:
            category = drawn.choices(list(Category), weights=[40, 1, 1, 1, 1, 1, 1])[0]
            know(one, Place.AREA, area.code, period=period, category=category)
    expected = severe(
        *(
            short_areas(
                [
                    Told(one.occupation.code, one.code, Balance(one.category), one.stock.unemployment_rate)
                    for one in Indicators.objects.filter(period=period, place=Place.AREA)
                ],
                then=bottleneck_rule.cuts,
                now=bottleneck_rule.cuts,
            )
            for period in (NOW, BEFORE)
        ),
        unemployment={
            one.occupation.code: one.stock.unemployment_rate
            for one in Indicators.objects.filter(period=NOW, place=Place.COUNTRY)
        },
        cuts=bottleneck_rule.severe_cuts,
    )
    client.force_login(koege.caseworker)
    chosen = {"period": NOW, "digits": "4", "place": "landet"}
    address = reverse("bottlenecks:monitoring")

    on_page = {row.occupation.code for row in client.get(address, chosen).context["page"] if row.is_severe}
    file = b"".join(client.get(address, {**chosen, "hent": "csv"}).streaming_content).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(file), delimiter=";")
    in_file = {row["DISCO"] for row in rows if row["Omfattende mangel i hele landet"] == "ja"}
    cube = client.get(address, {**chosen, "hent": "json"}).json()

    assert on_page == in_file == severe_in_cube(cube) == expected


def severe_in_cube(cube):
    """Codes of the occupations of which any cell says 1."""
    codes, places, numbers = (
        list(cube["dimension"][name]["category"]["index"]) for name in ("occupation", "place", "number")
    )
    at = numbers.index("severe_shortage")
    found = set()
    for row, code in enumerate(codes):
        told = {
            cube["value"][(row * len(places) + column) * len(numbers) + at] for column in range(len(places))
        }
        assert told <= {0, 1}
        assert len(told) == 1
        found |= {code} if told == {1} else set()
    return found
