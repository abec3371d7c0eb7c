"""Whether a value lies on the way from a target's baseline to what was promised."""

from dataclasses import dataclass
from decimal import Decimal

from measures.enums import Favourable
from measures.models import Target


@dataclass(frozen=True, slots=True)
class Path:
    """Where a value should stand in a year: on the straight line from the baseline to the target.

    In the year of the target, and without a baseline, that is the target itself.
    """

    target: Target
    year: int
    expected: Decimal
    is_falling: bool

    def is_kept_by(self, value: Decimal) -> bool:
        """A ceiling and a falling target are kept from below, every other from above."""
        if self.target.is_ceiling or self.is_falling:
            return value <= self.expected
        return value >= self.expected


def path_to(target: Target, year: int, favourable: str) -> Path | None:
    """None where the year lies before the baseline or after the target."""
    start, end = target.baseline_year, target.year
    if year == end:
        expected = target.value
    elif target.baseline is not None and start is not None and start <= year < end:
        expected = target.baseline + (target.value - target.baseline) * (year - start) / (end - start)
    else:
        return None
    return Path(target, year, expected, favourable == Favourable.DOWN)
