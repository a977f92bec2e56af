"""Jobcentres, their people and their agreements with each other, a file for each subject."""

from jobcenter.centres.models.agreement import Acceptance, Agreement, AgreementLog, Partner, Shared, Wording
from jobcenter.centres.models.default import DefaultOwner
from jobcenter.centres.models.jobcentre import AreaOffice, Jobcentre, JobcentreQuerySet, Serves
from jobcenter.centres.models.staffing import Absence, Authority, Team, TeamAuthority, TeamMember, Turn

__all__ = [
    "Absence",
    "Acceptance",
    "Agreement",
    "AgreementLog",
    "AreaOffice",
    "Authority",
    "DefaultOwner",
    "Jobcentre",
    "JobcentreQuerySet",
    "Partner",
    "Serves",
    "Shared",
    "Team",
    "TeamAuthority",
    "TeamMember",
    "Turn",
    "Wording",
]
