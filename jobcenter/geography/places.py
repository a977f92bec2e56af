"""From a postcode to the municipality: the address decides who is responsible."""

from jobcenter.geography.models import Municipality, Postcode


class UnknownPostcode(LookupError):
    """There is no such postcode."""


def municipalities_at(postcode: str) -> list[Municipality]:
    """The municipalities a postcode lies in, the one with most of its land first. Two queries.

    Raises UnknownPostcode.
    """
    try:
        found = Postcode.objects.select_related("municipality").get(code=postcode)
    except Postcode.DoesNotExist:
        raise UnknownPostcode(postcode) from None
    others = found.municipalities.exclude(pk=found.municipality_id).order_by("sort_key")
    return [found.municipality, *others]
