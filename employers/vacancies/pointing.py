"""Pointing out words that may prefer some people: where they stand, on what ground, and in which law."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.vacancies.wording import Ground, Piece, pieces

EQUAL_TREATMENT = _("Act on equal treatment of men and women (ligebehandlingsloven) § 6")
DISCRIMINATION = _("Act against discrimination on the labour market (forskelsbehandlingsloven) § 5")

GROUNDS: dict[Ground, tuple[str | Promise, str | Promise]] = {
    Ground.SEX: (_("sex"), EQUAL_TREATMENT),
    Ground.FAMILY: (_("pregnancy or family"), EQUAL_TREATMENT),
    Ground.AGE: (_("age"), DISCRIMINATION),
    Ground.ORIGIN: (_("race or origin"), DISCRIMINATION),
    Ground.RELIGION: (_("religion or belief"), DISCRIMINATION),
    Ground.CONVICTION: (_("political conviction"), DISCRIMINATION),
    Ground.ORIENTATION: (_("sexual orientation or gender identity"), DISCRIMINATION),
    Ground.DISABILITY: (_("disability or health"), DISCRIMINATION),
}
"""What each ground is called, and the paragraph by which no advertisement may prefer somebody on it."""


@dataclass(frozen=True)
class Pointed:
    """Words, and the ground and law in words."""

    words: str
    ground: str | Promise
    law: str | Promise


@dataclass(frozen=True)
class Wording:
    """Title and advertisement in pieces, and everything that is pointed out in them, in order."""

    title: list[Piece]
    text: list[Piece]
    pointed: list[Pointed]


def wording_of(*, title: str, text: str) -> Wording:
    in_title, in_text = pieces(title), pieces(text)
    pointed = [Pointed(piece.text, *GROUNDS[piece.ground]) for piece in [*in_title, *in_text] if piece.ground]
    return Wording(title=in_title, text=in_text, pointed=pointed)
