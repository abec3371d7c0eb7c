"""The modified z-score of Iglewicz and Hoaglin (1993): how far a value lies from the median of others."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

NORMAL = Decimal("0.6745")
"""The 0.75 quantile of the standard normal distribution: makes the MAD comparable to a standard deviation."""

MEAN_NORMAL = Decimal("1.253314")
"""The same for the mean absolute deviation, which stands in where more than half of the values are equal."""


def modified_z_score(value: Decimal, others: Sequence[Decimal]) -> Decimal | None:
    """0.6745 · (value − median) / MAD of the others; None where all others are equal and nothing can be said.

    Where the MAD is 0 because more than half are equal, the mean absolute deviation takes its place.
    """
    if not others:
        return None
    middle = median(others)
    deviations = [abs(each - middle) for each in others]
    if spread := median(deviations):
        return NORMAL * (value - middle) / spread
    if mean := sum(deviations, Decimal(0)) / len(deviations):
        return (value - middle) / (MEAN_NORMAL * mean)
    return None
