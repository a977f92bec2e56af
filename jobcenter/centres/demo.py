"""The people of the demonstration: in every jobcentre and area office, and those one can sign in as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.crypto import salted_hmac

from jobcenter.accounts.models import Membership, Organisation, Role, Standing, User
from jobcenter.centres.models import AreaOffice, DefaultOwner, Jobcentre
from jobcenter.runtime.demo import Demo, NotNow, address_of

ORDER = 10

TITLES = ("Virksomhedskonsulent", "Virksomhedskonsulent", "Jobkonsulent", "Erhvervskonsulent")


@dataclass(frozen=True)
class SignIn:
    """Somebody one can sign in as. `who`: what they are, as it is shown to whoever tries the portal."""

    who: str
    name: str
    email: str
    title: str
    phone: str


EMPLOYER = SignIn(
    "Employer, Strandmarkens Emballage",
    "Mette Bruun",
    "mette.bruun@strandmarken.example",
    "Produktionschef",
    "56 00 12 34",
)
CASEWORKER = SignIn(
    "Caseworker, Jobcenter Køge",
    "Karim Holst",
    "karim.holst@koege.example",
    "Virksomhedskonsulent",
    "56 00 11 00",
)
NEIGHBOUR = SignIn(
    "Caseworker, Jobcenter Roskilde",
    "Sofie Lind",
    "sofie.lind@roskilde.example",
    "Virksomhedskonsulent",
    "56 00 14 20",
)
MANAGER = SignIn(
    "Manager, Jobcenter Slagelse",
    "Birgitte Lund",
    "birgitte.lund@slagelse.example",
    "Jobchef",
    "56 00 15 10",
)
AREA_OFFICER = SignIn(
    "Area officer, Område Sjælland",
    "Hanne Vestergaard",
    "hanne.vestergaard@omraade-sjaelland.example",
    "Specialkonsulent",
    "56 00 16 05",
)
NATIONAL_OFFICER = SignIn(
    "National officer, Styrelsen for Jobcentre",
    "Bodil Storm",
    "bodil.storm@styrelsen.example",
    "Kontorchef",
    "56 00 18 00",
)
ADMINISTRATOR = SignIn(
    "Administrator",
    "Jonna Krag",
    "administrator@enindgang.example",
    "Systemadministrator",
    "56 00 17 00",
)

PASSWORD = "-".join(
    salted_hmac("demonstration", settings.SECRET_KEY).hexdigest()[start : start + 4]
    for start in (0, 4, 8, 12)
)
"""Of the staff one can sign in as. It follows from the secret key, so that it can be shown at every start
though only its hash is stored, and is another one in every installation."""

STAFF = (CASEWORKER, NEIGHBOUR, MANAGER, AREA_OFFICER, NATIONAL_OFFICER, ADMINISTRATOR)

SIGN_INS = [
    (EMPLOYER.who, f"{EMPLOYER.email} (a mailed code)"),
    *((person.who, f"{person.email} (a mailed code, or {PASSWORD})") for person in STAFF),
]

CASEWORKERS = {"0259": CASEWORKER, "0265": NEIGHBOUR}
MANAGERS = {"0330": MANAGER}
OFFICERS = {"sjaelland": AREA_OFFICER}
"""Those whose names are given, by the code of their jobcentre or area."""


def load(world: Demo) -> None:
    jobcentres = list(Jobcentre.objects.valid(world.today).select_related("organisation"))
    offices = list(AreaOffice.objects.valid(world.today).select_related("organisation", "area"))
    if not (jobcentres and offices):
        raise NotNow("There are no jobcentres yet: run `manage.py load_reference_data` first.")
    world.named |= {person.name for person in (EMPLOYER, *STAFF)}
    staff = [*_jobcentre_staff(world, jobcentres), *_area_staff(world, offices), _national_officer()]
    _save(world, staff)
    _give_addresses(jobcentres)
    _user(ADMINISTRATOR, is_staff=True, is_superuser=True).save()
    User.objects.filter(email__in=[person.email for person in STAFF]).update(password=make_password(PASSWORD))
    first = jobcentres[0]
    of_first = [member.user for member in staff if member.organisation_id == first.organisation_id]
    # The caseworker and the manager of the first: what no municipality decides falls to the manager.
    DefaultOwner.objects.create(jobcentre=first, user=of_first[-1], valid_from=date(2007, 1, 1))
    world.tell(f"{len(staff) + 1} people in {len(jobcentres)} jobcentres and {len(offices)} area offices")


def _jobcentre_staff(world: Demo, jobcentres: Iterable[Jobcentre]) -> Iterable[Membership]:
    """A caseworker in every jobcentre, so that an enquiry always has a named owner, and a manager."""
    for number, jobcentre in enumerate(jobcentres):
        town = jobcentre.name.removeprefix("Jobcenter ")
        caseworker = CASEWORKERS.get(jobcentre.code) or _invented(
            world, town, world.random.choice(TITLES), f"56 00 {20 + number // 50} {number % 50:02}"
        )
        manager = MANAGERS.get(jobcentre.code) or _invented(
            world, town, "Jobcenterchef", f"56 00 {20 + number // 50} {50 + number % 50}"
        )
        for person, role in ((caseworker, Role.CASEWORKER), (manager, Role.MANAGER)):
            yield Membership(user=_user(person), organisation=jobcentre.organisation, role=role)


def _area_staff(world: Demo, offices: Iterable[AreaOffice]) -> Iterable[Membership]:
    """An officer in every area office."""
    for number, office in enumerate(offices):
        officer = OFFICERS.get(office.area.code) or _invented(
            world, office.organisation.name, "Specialkonsulent", f"56 00 30 {number:02}"
        )
        user = _user(officer, is_staff=True)
        yield Membership(user=user, organisation=office.organisation, role=Role.AREA_OFFICER)


def _national_officer() -> Membership:
    """One for the country, in an authority that is invented too."""
    name = NATIONAL_OFFICER.who.split(", ")[1]
    authority = Organisation.objects.create(kind=Organisation.Kind.NATIONAL, name=name)
    return Membership(user=_user(NATIONAL_OFFICER, is_staff=True), organisation=authority, role=Role.NATIONAL)


def _invented(world: Demo, domain: str, title: str, phone: str) -> SignIn:
    name = world.somebody()
    return SignIn(who="", name=name, email=address_of(name, domain), title=title, phone=phone)


def _user(person: SignIn, **fields: Any) -> User:
    """Without a password: only a mailed code lets them in."""
    return User(
        email=person.email,
        name=person.name,
        title=person.title,
        phone=person.phone,
        is_demonstration=True,
        password=make_password(None),
        **fields,
    )


def _save(world: Demo, memberships: Iterable[Membership]) -> None:
    """The memberships and their people."""
    found = list(memberships)
    User.objects.bulk_create([membership.user for membership in found])
    for membership in found:
        membership.user_id = membership.user.pk
        membership.confirmed_at = world.now
    Membership.objects.bulk_create(found)


def _give_addresses(jobcentres: Iterable[Jobcentre]) -> None:
    found = list(jobcentres)
    for number, jobcentre in enumerate(found):
        jobcentre.email = address_of("virksomheder", jobcentre.name.removeprefix("Jobcenter "))
        jobcentre.phone = f"56 00 {40 + number // 100} {number % 100:02}"
    Jobcentre.objects.bulk_update(found, ["email", "phone"])


def join(world: Demo, person: SignIn, *, organisation: Organisation, role: str) -> User:
    """Somebody one can sign in as, who acts for an organisation of a later room."""
    user = _user(person)
    user.save()
    standing = Standing.ADMINISTRATOR if role == Role.EMPLOYER else ""
    Membership.objects.create(
        user=user, organisation=organisation, role=role, standing=standing, confirmed_at=world.now
    )
    return user
