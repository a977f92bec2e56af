"""Employers of the demonstration all over the country: two in every municipality, each of one sector.

Names, streets and people are invented; postcodes and municipalities are real.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from django.core.exceptions import ValidationError

from employers.companies.cvr import checked
from employers.companies.models import Company, Person, Workplace
from employers.companies.names import folded, grams
from jobcenter.accounts.models import Membership, Role, User
from jobcenter.centres.models import Jobcentre, Serves
from jobcenter.geography.models import Area, AreaMunicipality, Postcode
from jobcenter.geography.ordering import danish_sort_key
from jobcenter.runtime.demo import Demo, address_of

FIRST_CVR = 99_020_000
"""Above those of the fictional register, in the same range that nobody has been given."""

FIRST_P_NUMBER = 1_999_200_000
IN_EACH_MUNICIPALITY = 2

BEGINNINGS = (
    *("Birke", "Brombær", "Bæk", "Ege", "Elle", "Eng", "Gran", "Hassel", "Hede", "Hylde", "Isfugle"),
    *("Kløver", "Lærke", "Lyng", "Måge", "Pile", "Rav", "Rug", "Ræve", "Sand", "Skov", "Sol", "Sten"),
    *("Tjørne", "Ugle", "Valmue", "Vibe"),
)
ENDINGS = ("bakken", "dalen", "engen", "gården", "holmen", "høj", "klitten", "krogen", "sundet", "toften")

NAMES: Mapping[str, tuple[str, ...]] = {
    "boern": ("Børnehuset {}", "Vuggestuen {}"),
    "bygge": ("{}s Tømrerforretning ApS", "{} Entreprise A/S", "{}s Installation ApS"),
    "handel": ("{}s Byggemarked A/S", "Købmandsgården {}"),
    "hotel": ("Hotel {} ApS", "{} Kro"),
    "industri": ("{} Plast A/S", "{}s Maskinfabrik A/S", "{} Fødevarer A/S"),
    "kontor": ("{} Data A/S", "{}s Administration ApS"),
    "lager": ("{} Logistik A/S", "{}s Transport ApS"),
    "pleje": ("Plejecentret {}", "{}s Hjemmepleje ApS"),
    "service": ("{}s Ejendomsservice ApS", "{}s Anlægsgartnere ApS"),
}
"""What an employer of a sector may be called."""

SECTOR_OF_INDUSTRY = (
    *(("87", "pleje"), ("86", "pleje"), ("55", "hotel"), ("56", "hotel"), ("41", "bygge"), ("43", "bygge")),
    *(
        ("23", "bygge"),
        ("52", "lager"),
        ("49", "lager"),
        ("46", "handel"),
        ("47", "handel"),
        ("62", "kontor"),
    ),
    *(("69", "kontor"), ("71", "kontor"), ("78", "kontor"), ("88", "boern"), ("81", "service")),
)
"""NACE 2.1's beginning and the sector of a company we know; whoever makes things is industry."""


@dataclass(frozen=True)
class Employer:
    """A workplace, its sector and area, the jobcentre responsible for it, and a caseworker there."""

    workplace: Workplace
    sector: str
    area: str
    jobcentre: Jobcentre
    caseworker: User

    @property
    def company(self) -> Company:
        return self.workplace.company


@dataclass
class Places:
    """Who answers where, read once. `jobcentres` and `areas` by municipality, `caseworkers` by jobcentre."""

    jobcentres: dict[int, Jobcentre]
    areas: dict[int, str]
    caseworkers: dict[int, User]
    towns: dict[int, list[Postcode]] = field(default_factory=dict)


def employers(world: Demo) -> list[Employer]:
    """Every workplace of the demonstration, in the order they were made."""
    places = _places(world)
    workplaces = Workplace.objects.select_related("company__industry", "municipality").order_by("pk")
    return [
        Employer(
            workplace=workplace,
            sector=sector_of(workplace.company),
            area=places.areas[workplace.municipality_id],
            jobcentre=places.jobcentres[workplace.municipality_id],
            caseworker=places.caseworkers[places.jobcentres[workplace.municipality_id].pk],
        )
        for workplace in workplaces
    ]


def settle(world: Demo) -> int:
    """Two employers in every municipality, so that every area has all sectors. Returns how many."""
    places = _places(world)
    sectors = sorted(NAMES)
    municipalities = sorted(places.towns, key=lambda pk: (places.areas[pk], pk))
    numbers, names = _cvr_numbers(), _names(world)
    made = []
    for place, municipality in enumerate(pk for pk in municipalities for _one in range(IN_EACH_MUNICIPALITY)):
        name = world.random.choice(NAMES[sectors[place % len(sectors)]]).format(next(names))
        postcode = world.random.choice(places.towns[municipality])
        company = Company(
            cvr=next(numbers),
            name=name,
            sort_key=danish_sort_key(name),
            name_key=(key := folded(name)),
            name_grams=grams(key),
            employees=world.random.choice(("10–19", "20–49", "50–99")),
        )
        workplace = Workplace(
            company=company,
            p_number=str(FIRST_P_NUMBER + place),
            address=f"{world.random.choice(BEGINNINGS)}vænget {world.random.randint(1, 90)}",
            postcode=postcode.code,
            town=postcode.name,
            municipality_id=municipality,
            employees=world.random.randint(8, 95),
        )
        person_name = world.somebody()
        person = Person(
            company=company,
            name=person_name,
            email=address_of(person_name, name.removesuffix(" A/S").removesuffix(" ApS")),
            phone=f"56 01 {place // 100:02} {place % 100:02}",
        )
        made.append((company, workplace, person))
    Company.objects.bulk_create([company for company, _workplace, _person in made])
    Workplace.objects.bulk_create([workplace for _company, workplace, _person in made])
    Person.objects.bulk_create([person for _company, _workplace, person in made])
    return len(made)


def sector_of(company: Company) -> str:
    """The sector a company belongs to: by its industry in the register, else by the name it was given."""
    if company.industry:
        code = company.industry.code
        return next((sector for start, sector in SECTOR_OF_INDUSTRY if code.startswith(start)), "industri")
    for sector, patterns in NAMES.items():
        for pattern in patterns:
            before, _name, after = pattern.partition("{}")
            if company.name.startswith(before) and company.name.endswith(after):
                return sector
    return "industri"


def _places(world: Demo) -> Places:
    serves = Serves.objects.valid(world.today).select_related("jobcentre")
    areas = AreaMunicipality.objects.valid(world.today).filter(division=Area.Division.REGIONS)
    members = Membership.objects.filter(role=Role.CASEWORKER, organisation__jobcentre__isnull=False)
    # The first caseworker of each jobcentre stands last, and so remains.
    in_order = members.select_related("user").order_by("-pk")
    places = Places(
        jobcentres={one.municipality_id: one.jobcentre for one in serves},
        areas=dict(areas.values_list("municipality", "area__code")),
        caseworkers={
            pk: one.user
            for one, pk in zip(
                in_order, in_order.values_list("organisation__jobcentre", flat=True), strict=True
            )
        },
    )
    for postcode in Postcode.objects.valid(world.today).exclude(latitude=None).order_by("code"):
        if postcode.municipality_id in places.jobcentres:
            places.towns.setdefault(postcode.municipality_id, []).append(postcode)
    return places


def _cvr_numbers() -> Iterator[str]:
    """Numbers that pass the check digit."""
    for number in count(FIRST_CVR):
        try:
            yield checked(str(number))
        except ValidationError:
            continue


def _names(world: Demo) -> Iterator[str]:
    """Every beginning with every ending, in an order that is drawn."""
    pairs = [f"{beginning}{ending}" for beginning in BEGINNINGS for ending in ENDINGS]
    world.random.shuffle(pairs)
    yield from pairs
