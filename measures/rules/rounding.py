"""Rounding for people to read: half away from zero, as PostgreSQL's ``round`` of a numeric does it."""

from decimal import ROUND_HALF_UP, Decimal


def rounded(value: Decimal, places: int = 0) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
