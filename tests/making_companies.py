"""A company with what coordination figures read of it: a workplace in a municipality, and a person."""

from employers.companies.models import Company, Person, Workplace
from jobcenter.geography.models import Municipality


def complete(cvr: str, municipality: Municipality, **fields: object) -> Company:
    """fields: of its workplace."""
    company = Company.objects.create(cvr=cvr, name=f"Firma {cvr}")
    Workplace.objects.create(
        company=company, address="Havnen 1", postcode="4600", municipality=municipality, **fields
    )
    Person.objects.create(company=company, name="Kim", email=f"kim@{cvr}.example")
    return company
