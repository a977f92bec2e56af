"""What few answers may borrow from many: a rate drawn towards its occupation's in the whole country. Pure.

Three answers of five in vain need not mean 60 per cent. How much areas truly differ is learnt from all
occupations at once; the less they do, and the fewer the answers, the more an area's rate is drawn to its
occupation's:

    shrunk = (failed + k m) / (attempts + k)
        m   failed rate of the occupation in the country
        k   so many answers is the country's rate worth in an area: (1 − ρ) / ρ
        ρ   share of a rate's variance that lies between areas and not in chance, from

            Σ n (p − m)²  =  Σ m (1 − m) [(A − 1) + ρ (N − Σ n² / N − (A − 1))]

            summed over occupations, each with A areas of n attempts and rate p, and N attempts in all.

The raw rate is shown beside the shrunk one, and no category is claimed on what was borrowed: a claim about
an area rests on answers from it.

Source: empirical Bayes with a beta prior, moments as in Kleinman, Journal of the American Statistical
Association 68 (1973), 46–54.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def shrunk_rates(*, failed: ArrayLike, attempts: ArrayLike) -> NDArray[np.float64]:
    """Failed rates drawn towards the occupation's own in the country, shape (occupations, areas).

    failed, attempts: counts of that shape, 0 ≤ failed ≤ attempts. NaN where the whole country has no attempt.
    Raises ValueError on counts that cannot be.
    """
    failures, tries = np.asarray(failed, dtype=np.float64), np.asarray(attempts, dtype=np.float64)
    if failures.ndim != 2 or failures.shape != tries.shape:
        raise ValueError("failed and attempts must both have the shape (occupations, areas)")
    if not ((failures >= 0).all() and (failures <= tries).all()):
        raise ValueError("failed must lie between 0 and attempts")
    of_occupation = _divided(failures.sum(axis=1), tries.sum(axis=1))[:, np.newaxis]
    between = _between_areas(failures, tries, of_occupation)
    if between == 0:
        return np.where(tries >= 0, of_occupation, np.nan)
    worth = (1 - between) / between
    shrunk: NDArray[np.float64] = (failures + worth * of_occupation) / (tries + worth)
    return shrunk


def _between_areas(
    failed: NDArray[np.float64], attempts: NDArray[np.float64], rate: NDArray[np.float64]
) -> float:
    """ρ of the formula above, at least 0 and below 1."""
    chance = np.nan_to_num(rate[:, 0] * (1 - rate[:, 0]))
    total = attempts.sum(axis=1)
    beyond_one = np.maximum((attempts > 0).sum(axis=1) - 1, 0)
    apart = np.nansum(attempts * (_divided(failed, attempts) - rate) ** 2)
    room = np.sum(chance * (total - np.nan_to_num(_divided((attempts**2).sum(axis=1), total)) - beyond_one))
    if room <= 0:
        return 0.0
    return float(np.clip((apart - np.sum(chance * beyond_one)) / room, 0, 0.999))


def _divided(upper: NDArray[np.float64], lower: NDArray[np.float64]) -> NDArray[np.float64]:
    """Element by element; NaN where nothing is divided by nothing."""
    return np.divide(upper, lower, out=np.full_like(lower, np.nan), where=lower > 0)
