"""Numbers in the digits of the language in use."""

from decimal import Decimal
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language


def digits(number: Decimal, decimals: int | None = None) -> str:
    """Write a number with so many decimals, or with those that it has."""
    if decimals is None:
        decimals = max(0, -int(number.normalize().as_tuple().exponent))
    return _digits(number, decimals, get_language())


@lru_cache(maxsize=2_000)
def _digits(number: Decimal, decimals: int, _language: str | None) -> str:
    """Kept by language: a page of hundreds of cells writes the same small numbers again and again."""
    return str(number_format(number, decimal_pos=decimals, use_l10n=True, force_grouping=True))
