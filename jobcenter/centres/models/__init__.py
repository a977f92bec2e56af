"""Jobcentres, their people and their agreements with each other, a file for each subject."""

from jobcenter.centres.models.agreement import Agreement, Partner
from jobcenter.centres.models.default import DefaultOwner
from jobcenter.centres.models.jobcentre import AreaOffice, Jobcentre, JobcentreQuerySet, Serves
from jobcenter.centres.models.staffing import Absence, Team, TeamMember, Turn

__all__ = [
    "Absence",
    "Agreement",
    "AreaOffice",
    "DefaultOwner",
    "Jobcentre",
    "JobcentreQuerySet",
    "Partner",
    "Serves",
    "Team",
    "TeamMember",
    "Turn",
]
