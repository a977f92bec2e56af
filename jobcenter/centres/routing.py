"""Which jobcentre is responsible."""

from datetime import date

from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Municipality


class NobodyAnswers(LookupError):
    """No jobcentre answers for the municipality on that date."""


def responsible_jobcentre(*, municipality: Municipality, on: date) -> Jobcentre:
    """The one jobcentre that answers for the workplace's municipality on the date.

    Source: answer 88 to L 22 (2005): each jobcentre keeps the responsibility for the employers of
    its own municipalities, however many cooperate. Raises NobodyAnswers.
    """
    try:
        return Jobcentre.objects.serving(municipality, on=on).get()
    except Jobcentre.DoesNotExist:
        raise NobodyAnswers(f"No jobcentre answers for {municipality} on {on}") from None
