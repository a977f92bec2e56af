"""The tables of the room: vacancies and their lives, labour conflicts, and who may publish without us."""

from employers.vacancies.models.conflict import LabourConflict, LabourConflictQuerySet
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
    "Filling",
    "FoundThrough",
    "HeldFor",
    "LabourConflict",
    "LabourConflictQuerySet",
    "Outcome",
    "State",
    "Terms",
    "Vacancy",
    "VacancyLog",
    "VacancyQuerySet",
    "Verification",
    "VerificationQuerySet",
]
