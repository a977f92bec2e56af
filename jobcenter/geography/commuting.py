"""Who shares labour with whom: the rule that makes catchments of commuting. Pure.

Places are rows and columns: residence × workplace. A catchment is a column: a centre and the places whose
residents work there in numbers. A place may belong to several, so catchments overlap.
"""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


def out_shares(employed: FloatArray, residents: FloatArray) -> FloatArray:
    """The share of each place's employed residents who work in each place; shape (places, places).

    employed: persons by residence and workplace, shape (places, places). residents: all employed residents,
    those who work abroad included, shape (places,). The shares of a place without employed residents are 0.
    Raises ValueError on other shapes, on negative figures, and where more work than there are.
    """
    if employed.ndim != 2 or employed.shape != (residents.size, residents.size) or residents.ndim != 1:
        raise ValueError("employed must have the shape (places, places), and residents (places,)")
    if not ((employed >= 0).all() and (residents >= 0).all()):
        raise ValueError("no figure may be negative")
    if (employed.sum(axis=1) > residents * (1 + 1e-9)).any():
        raise ValueError("more residents of a place work than it has")
    shares: FloatArray = np.divide(
        employed, residents[:, None], out=np.zeros_like(employed), where=residents[:, None] > 0
    )
    return shares


def catchments(shares: FloatArray, *, limit: float) -> BoolArray:
    """Which places (rows) belong to the catchment of which centres (columns); shape (places, places).

    A place is linked to a centre when at least `limit` of its employed residents work there; every place
    belongs to its own. Raises ValueError on a matrix that is not square and a limit outside 0–1.
    """
    if shares.ndim != 2 or shares.shape[0] != shares.shape[1]:
        raise ValueError("shares must have the shape (places, places)")
    if not 0 < limit <= 1:
        raise ValueError("the limit must be above 0 and at most 1")
    belongs: BoolArray = (shares >= limit) | np.eye(len(shares), dtype=bool)
    return belongs


def sharing(belongs: BoolArray) -> BoolArray:
    """Which places share labour: those with a catchment in common. Mutual; shape (places, places).

    belongs: as from `catchments`.
    """
    shared: BoolArray = belongs.astype(np.int64) @ belongs.T.astype(np.int64) > 0
    return shared


def self_containment(shares: FloatArray, residents: FloatArray, *, belongs: BoolArray) -> FloatArray:
    """The share of each catchment's employed residents who work within it; shape (places,).

    residents: the weight of each place, shape (places,). A catchment without residents has 0. Of a
    travel-to-work area 65–75 per cent or more is asked (Coombes and Bond, Travel-to-Work Areas, ONS 2008);
    here it is a figure to judge by, not a condition.
    """
    if shares.shape != belongs.shape or residents.shape != shares.shape[:1]:
        raise ValueError("shares and belongs must have the shape (places, places), and residents (places,)")
    members = belongs.astype(np.float64)
    staying = ((shares * residents[:, None]) @ members * members).sum(axis=0)
    living = residents @ members
    contained: FloatArray = np.divide(staying, living, out=np.zeros_like(living), where=living > 0)
    return contained
