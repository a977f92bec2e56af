"""The arrays this room calculates with: one value per unit (jobcentre), in the caller's order.

Many comparisons of the same units are one calculation: their arrays have the shape (…, units).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


def per_unit(values: ArrayLike, *, name: str, units: int | None = None) -> FloatArray:
    """`values` as floats of shape (units,).

    Raises ValueError, naming the argument, if they are empty, ragged, not numbers or too many or few.
    """
    array = per_units(values, name=name, shape=None if units is None else (units,))
    if array.ndim != 1:
        raise ValueError(f"{name} must hold one value per unit, and at least one")
    return array


def per_units(values: ArrayLike, *, name: str, shape: tuple[int, ...] | None = None) -> FloatArray:
    """`values` as floats of shape (…, units): one comparison, or many beside each other.

    Raises ValueError as above.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim == 0 or array.size == 0 or (shape is not None and array.shape != shape):
        raise ValueError(f"{name} must hold one value per unit, and at least one")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must hold numbers: a unit without a figure is left out, not guessed")
    return array
