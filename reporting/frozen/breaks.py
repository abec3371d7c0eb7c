"""Where a series breaks: from a year on, what it counts or where it comes from is another."""

from collections.abc import Iterable


def is_parted(break_years: Iterable[int], earlier: int, later: int) -> bool:
    """Whether a break lies between two years, so that no change is to be told from one to the other."""
    return any(earlier < year <= later for year in break_years)
