"""Numbers in the words of a finding, as the reader's language writes them."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language

from measures.rules.rounding import rounded

_MOST_PLACES = 3


def written(value: Decimal | int) -> str:
    decimals = max(0, -int(Decimal(value).normalize().as_tuple().exponent))
    return str(number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True))


def percent(ratio: Decimal) -> str:
    """A change with its sign."""
    sign = "±" if not ratio else "+" if ratio > 0 else "−"
    return f"{sign}{share(abs(ratio))}"


def share(ratio: Decimal) -> str:
    """In whole per cent, and only of what is less with as many places as show that it is not nothing."""
    space = "" if (get_language() or "").startswith("en") else "\u202f"
    found = [rounded(ratio * 100, places) for places in range(_MOST_PLACES + 1)]
    return f"{written(next(filter(None, found), Decimal(0)))}{space}%"


def score(value: Decimal) -> str:
    """A modified z-score with one decimal place and a real minus."""
    found = rounded(value, 1)
    return f"{'−' if found < 0 else ''}{number_format(abs(found), decimal_pos=1, use_l10n=True)}"
