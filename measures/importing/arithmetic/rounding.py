"""By how much a sum of rounded numbers may differ."""

from decimal import Decimal


def tolerance(parts: int, base: int) -> Decimal:
    return Decimal((parts + 1) * (base // 2)) if base > 1 else Decimal(0)
