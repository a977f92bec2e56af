"""The register over the network: what it tells, what is kept of it, and what happens when it is ill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from employers.companies.distribution import FRESH, LEFT_ALONE, PAUSES, Distribution
from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.companies.register import RegisterAway, lookup
from jobcenter.classifications.models import Industry
from tests import register_server as server
from tests.register_server import BROKEN, OTHER_SHAPE, PASSWORD, SILENT, USER, RegisterServer, period

CVR = "99000015"
AT_KOEGE, AT_ROSKILDE = 1999000107, 1999000115


@pytest.fixture
def register(koege: Any, roskilde: Any) -> Iterator[RegisterServer]:
    Industry.objects.create(
        version=Industry.Version.NACE_2_1,
        code="22.22",
        level=4,
        title_da="Fremstilling af plastemballage",
        valid_from=date(2025, 1, 1),
    )
    at_koege = server.address("Tigermosen", 7, 4600, "Køge", 259)
    at_roskilde = server.address(
        "Industriholmen", 14, 4000, "Roskilde", 265, bogstavFra="B", etage="2", sidedoer="th"
    )
    with RegisterServer(
        [
            server.company(
                int(CVR),
                "Tigermosens Plast ApS",
                penheder=[
                    server.unit(AT_ROSKILDE),
                    server.unit(AT_KOEGE),
                    server.unit(1999000123, until="2020-01-31"),
                ],
            ),
            server.company(99000023, "Uden Sted ApS"),
            server.company(
                99000031,
                "Ophørt Handel ApS",
                reklamebeskyttet=True,
                livsforloeb=[{"periode": period("2014-03-01", "2024-06-30")}],
                virksomhedsstatus=[
                    {"status": "NORMAL", "periode": period("2014-03-01", "2023-12-31")},
                    {"status": "OPLØST EFTER KONKURS", "periode": period("2024-01-01", "2024-06-30")},
                ],
            ),
        ],
        [
            server.workplace(AT_KOEGE, "Tigermosens Plast ApS", at_koege, employees=61),
            server.workplace(AT_ROSKILDE, "Lageret", at_roskilde),
        ],
    ) as running:
        yield running


@pytest.fixture
def asking(register: RegisterServer) -> Callable[..., Distribution]:
    """The portal's side of it; `pauses` keeps how long it would have waited."""

    def make(**fields: Any) -> Distribution:
        values = {"url": register.url, "user": USER, "password": PASSWORD, "timeout": 5.0, **fields}
        return Distribution(**{"pause": lambda seconds: None, **values})

    return make


def test_a_company_is_told_as_it_is_today_with_its_open_workplaces(asking, koege):
    found = asking().company(CVR)

    assert (found.name, found.address, found.postcode, found.town) == (
        "Tigermosens Plast ApS",
        "Tigermosen 7",
        "4600",
        "Køge",
    )
    assert (found.industry.code, found.employees, found.status, found.is_active) == (
        "22.22",
        "20–49",
        "NORMAL",
        True,
    )
    assert [(place.p_number, place.name, place.employees) for place in found.workplaces] == [
        (str(AT_KOEGE), "", 61),
        (str(AT_ROSKILDE), "Lageret", 18),
    ]
    assert found.workplaces[0].municipality == koege.municipality
    assert found.workplaces[1].whole_address == "Lageret, Industriholmen 14B, 2. th, 4000 Roskilde"
    assert found.workplaces[1].opened_on == date(2014, 3, 1)


def test_a_company_without_workplaces_is_told_without_a_second_question(asking, register):
    found = asking().company("99000023")

    assert (found.name, list(found.workplaces)) == ("Uden Sted ApS", [])
    assert len(register.questions) == 1


def test_a_company_that_has_ceased_is_told_with_its_last_state_and_the_day(asking):
    found = asking().company("99000031")

    assert (found.is_active, found.ceased_on, found.status) == (
        False,
        date(2024, 6, 30),
        "OPLØST EFTER KONKURS",
    )
    assert found.advertising_protected


def test_a_number_nobody_has_is_nobody(asking):
    assert asking().company("99000066") is None
    assert not RegisterCompany.objects.exists()


def test_what_was_asked_once_is_kept_with_its_date_and_not_asked_again_that_day(asking, register):
    portal = asking()
    first = portal.company(CVR)
    second = portal.company(CVR)

    assert len(register.questions) == 2  # the company, and its workplaces
    assert first == second
    kept = RegisterCompany.objects.get()
    assert (kept.source, kept.name_key) == ("CVR", "tigermosens plast aps")
    assert timezone.now() - kept.told_at < timedelta(minutes=1)


def test_an_old_answer_is_asked_for_again_and_a_workplace_that_has_gone_is_closed(asking, register):
    portal = asking()
    portal.company(CVR)
    RegisterCompany.objects.update(told_at=timezone.now() - FRESH)
    register.companies[0]["penheder"] = [server.unit(AT_KOEGE)]
    register.companies[0]["navne"][0]["navn"] = "Tigermosens Papir ApS"

    found = portal.company(CVR)

    assert found.name == "Tigermosens Papir ApS"
    assert [place.p_number for place in found.workplaces] == [str(AT_KOEGE)]
    assert RegisterWorkplace.objects.get(pk=str(AT_ROSKILDE)).closed_on == timezone.localdate()


def test_in_a_page_that_may_only_read_the_answer_is_shown_and_not_kept(asking):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        found = asking().company(CVR)
        transaction.set_rollback(True)

    assert (found.name, len(found.workplaces)) == ("Tigermosens Plast ApS", 2)
    assert not RegisterCompany.objects.exists()


@pytest.mark.parametrize("illness", [429, 500, 502, 503, 504, BROKEN])
def test_an_illness_that_passes_is_waited_out_with_growing_pauses(asking, register, illness):
    pauses: list[float] = []
    register.ill.extend([illness, illness])

    found = asking(pause=pauses.append).company(CVR)

    assert found.name == "Tigermosens Plast ApS"
    assert pauses == list(PAUSES)
    assert pauses == sorted(pauses)


@pytest.mark.parametrize(
    ("illness", "attempts"),
    [(500, 3), (429, 3), (BROKEN, 3), (403, 1), (404, 1), (OTHER_SHAPE, 1)],
)
def test_a_lasting_illness_is_told_after_few_attempts_and_then_left_alone(
    asking, register, illness, attempts
):
    now = [1000.0]
    register.ill.extend([illness] * 9)
    portal = asking(clock=lambda: now[0])

    for _time in range(2):
        with pytest.raises(RegisterAway):
            portal.company(CVR)

    assert len(register.questions) == attempts
    register.ill.clear()
    now[0] += LEFT_ALONE
    assert portal.company(CVR).name == "Tigermosens Plast ApS"


def test_wrong_credentials_are_not_tried_again_and_are_told_to_the_administrators(asking, register, caplog):
    with pytest.raises(RegisterAway):
        asking(password="forkert").company(CVR)

    assert len(register.questions) == 1
    assert "it answers 401" in caplog.text
    assert "forkert" not in caplog.text


def test_a_register_that_says_nothing_is_given_up(asking, register):
    register.ill.extend([SILENT] * 3)

    with pytest.raises(RegisterAway, match="ReadTimeout"):
        asking(timeout=0.05).company(CVR)


def test_a_register_that_is_not_there_is_away(asking, register):
    with pytest.raises(RegisterAway, match="ConnectError"):
        asking(url="http://127.0.0.1:9").company(CVR)


def test_no_attempt_is_begun_after_those_who_wait_have_lost_patience(asking, register):
    seconds = iter([0.0, 5.9, 9.0])
    register.ill.extend([500] * 3)

    with pytest.raises(RegisterAway):
        asking(clock=lambda: next(seconds)).company(CVR)

    assert len(register.questions) == 1


def test_an_old_answer_is_better_than_none_and_says_how_old_it_is(asking, register):
    asking().company(CVR)
    RegisterCompany.objects.update(told_at=timezone.now() - timedelta(days=9))
    register.ill.extend([500] * 3)

    found = asking().company(CVR)

    assert found.name == "Tigermosens Plast ApS"
    assert timezone.now() - found.told_at > timedelta(days=8)


def test_a_name_is_looked_for_in_the_copy_and_in_the_register(asking, register):
    RegisterCompany.objects.create(
        cvr="99000058", name="Tigerplast Nord ApS", address="Nyvej 1", postcode="4600", source="test"
    )

    found = asking().named("tigermosens plast", most=5)

    assert [company.cvr for company in found] == [CVR]
    assert [company.cvr for company in asking().named("tigerplast", most=5)] == ["99000058"]
    assert RegisterCompany.objects.count() == 1  # what is only looked through is not kept


def test_a_name_is_looked_for_in_the_copy_alone_when_the_register_is_away(asking, register):
    asking().company(CVR)
    register.ill.extend([500] * 9)

    assert [company.cvr for company in asking().named("tigermosen plast", most=5)] == [CVR]


def test_the_settings_choose_the_register(register, settings):
    assert lookup(CVR) is None

    settings.REGISTER_URL, settings.REGISTER_USER, settings.REGISTER_PASSWORD = register.url, USER, PASSWORD

    assert lookup(CVR).name == "Tigermosens Plast ApS"
