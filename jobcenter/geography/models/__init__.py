"""Where things are, and which places share their labour, a file for each subject."""

from jobcenter.geography.models.catchments import (
    Catchment,
    CatchmentRule,
    CatchmentVersion,
    Correction,
)
from jobcenter.geography.models.commuting import Commuters, CommutingMatrix
from jobcenter.geography.models.dated import Dated, DatedQuerySet, ids, validity
from jobcenter.geography.models.places import (
    Area,
    AreaMunicipality,
    Municipality,
    MunicipalityQuerySet,
    Outline,
    Postcode,
)

__all__ = [
    "Area",
    "AreaMunicipality",
    "Catchment",
    "CatchmentRule",
    "CatchmentVersion",
    "Commuters",
    "CommutingMatrix",
    "Correction",
    "Dated",
    "DatedQuerySet",
    "Municipality",
    "MunicipalityQuerySet",
    "Outline",
    "Postcode",
    "ids",
    "validity",
]
