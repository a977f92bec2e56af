"""The arrays this room calculates with: one value per unit (jobcentre), in the caller's order."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


def per_unit(values: ArrayLike, *, name: str, units: int | None = None) -> FloatArray:
    """`values` as floats of shape (units,).

    Raises ValueError, naming the argument, if they are empty, ragged, not numbers or too many or few.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or array.size == 0 or (units is not None and array.size != units):
        raise ValueError(f"{name} must hold one value per unit, and at least one")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must hold numbers: a unit without a figure is left out, not guessed")
    return array
