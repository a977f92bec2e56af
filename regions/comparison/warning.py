"""Why what was expected should be read with care, in sentences."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from regions.comparison.expected import Weakness

WARNINGS: dict[Weakness, str | Promise] = {
    Weakness.TOO_FEW_UNITS: gettext_lazy("There are too few jobcentres for so many conditions."),
    Weakness.POOR_FIT: gettext_lazy("The conditions explain little of the differences between jobcentres."),
    Weakness.COLLINEAR: gettext_lazy("Some conditions say the same thing, and their weights mean little."),
}


def warnings(weakness: str) -> list[str]:
    """weakness: as a comparison has it, the names of what holds with commas between; "" for none."""
    return [str(WARNINGS[Weakness(name)]) for name in weakness.split(",") if name]
