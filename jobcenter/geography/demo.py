"""Two corrections of the estimated catchments: what the figures do not know, officers do."""

from __future__ import annotations

from jobcenter.accounts.models import Role, User
from jobcenter.geography.correcting import correct
from jobcenter.geography.models import Area, Correction, Municipality
from jobcenter.runtime.demo import Demo

ORDER = 12

SEEN_FROM_THE_MIDDLE = (
    "De to kommuner ligger lige ved siden af hinanden, og mange fra Lolland arbejder i Nykøbing. "
    "Skønnet måler mellem kommunernes midtpunkter og ser det ikke."
)
OVER_WATER = "Der er færge imellem. Skønnet kender ikke vand, og næsten ingen rejser den vej hver dag."

CORRECTIONS = (
    ("sjaelland", "Guldborgsund", "Lolland", Correction.Effect.INCLUDE, SEEN_FROM_THE_MIDDLE),
    ("midtjylland", "Aarhus", "Samsø", Correction.Effect.EXCLUDE, OVER_WATER),
)


def load(world: Demo) -> None:
    for area, centre, municipality, effect, reason in CORRECTIONS:
        correct(
            centre=Municipality.objects.get(name=centre),
            municipality=Municipality.objects.get(name=municipality),
            effect=effect,
            reason=reason,
            by=_officer(Area.objects.get(code=area)),
        )
    world.tell(f"{len(CORRECTIONS)} corrections of labour catchments")


def _officer(area: Area) -> User:
    return User.objects.filter(
        memberships__role=Role.AREA_OFFICER, memberships__organisation__area_office__area=area
    ).earliest("pk")
