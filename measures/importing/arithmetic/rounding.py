"""To what the numbers of a table are rounded, and by how much a sum of rounded numbers may differ."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_USUAL = 3
_FEW = 6


def rounding_base(declared: int, values: Sequence[Decimal]) -> int:
    """The base a file declares; where it declares none, 3 if all of enough values are multiples of 3."""
    if declared == 1 and len(values) >= _FEW and any(values) and all(not value % _USUAL for value in values):
        return _USUAL
    return declared


def tolerance(parts: int, base: int) -> Decimal:
    return Decimal((parts + 1) * (base // 2)) if base > 1 else Decimal(0)
