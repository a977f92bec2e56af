"""The tables of the room: vacancies and their lives, labour conflicts, and who may publish without us."""

from employers.vacancies.models.conflict import LabourConflict, LabourConflictQuerySet
from employers.vacancies.models.external import (
    ExternalState,
    ExternalVacancy,
    ExternalVacancyQuerySet,
    Source,
    Token,
    TokenQuerySet,
)
from employers.vacancies.models.listing import Listing, ListingQuerySet
from employers.vacancies.models.vacancy import (
    Act,
    Filling,
    HeldFor,
    State,
    Terms,
    Vacancy,
    VacancyLog,
    VacancyQuerySet,
)
from employers.vacancies.models.verification import Verification, VerificationQuerySet
from employers.vacancies.outcomes import FoundThrough, Outcome

__all__ = [
    "Act",
    "ExternalState",
    "ExternalVacancy",
    "ExternalVacancyQuerySet",
    "Filling",
    "FoundThrough",
    "HeldFor",
    "LabourConflict",
    "LabourConflictQuerySet",
    "Listing",
    "ListingQuerySet",
    "Outcome",
    "Source",
    "State",
    "Terms",
    "Token",
    "TokenQuerySet",
    "Vacancy",
    "VacancyLog",
    "VacancyQuerySet",
    "Verification",
    "VerificationQuerySet",
]
