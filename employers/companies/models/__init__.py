"""Companies and their workplaces: what the register says, and what we know of them ourselves."""

from employers.companies.models.company import ERASED, Company, CompanyQuerySet, Erasure, Person, Workplace
from employers.companies.models.merge import Former, Merge
from employers.companies.models.naming import Named, NameGram
from employers.companies.models.numbers import EIGHT_DIGITS, TEN_DIGITS
from employers.companies.models.register import (
    RegisterCompany,
    RegisterFate,
    RegisterImport,
    RegisterWorkplace,
)

__all__ = [
    "EIGHT_DIGITS",
    "ERASED",
    "TEN_DIGITS",
    "Company",
    "CompanyQuerySet",
    "Erasure",
    "Former",
    "Merge",
    "NameGram",
    "Named",
    "Person",
    "RegisterCompany",
    "RegisterFate",
    "RegisterImport",
    "RegisterWorkplace",
    "Workplace",
]
