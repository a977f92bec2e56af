"""From a postcode to the municipality: the address decides who is responsible."""

from datetime import date

from jobcenter.geography.models import Municipality, Postcode


class UnknownPostcode(LookupError):
    """There is no such postcode."""


def municipalities_at(postcode: str, *, on: date) -> list[Municipality]:
    """The municipalities a postcode lies in, the one with most of its land first. Two queries.

    Raises UnknownPostcode for one that is not in force on the date.
    """
    found = Postcode.objects.valid(on).select_related("municipality").filter(code=postcode).first()
    if not found:
        raise UnknownPostcode(postcode)
    others = found.municipalities.exclude(pk=found.municipality_id).order_by("sort_key")
    return [found.municipality, *others]
