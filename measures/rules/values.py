"""What a value has to be by its indicator, stated once for the reader of spreadsheets and the database.

Knows no model and nothing of the portal, so that the reading of spreadsheets can use it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class ValueRule:
    """``code`` is that of the problem. ``sql`` and ``is_broken`` say the same of a broken rule.

    ``is_broken`` takes a value, the decimal places of its indicator, and whether that may be negative.
    """

    code: str
    sql: str
    is_broken: Callable[[Decimal, int, bool], bool]


NOT_NEGATIVE = ValueRule(
    code="negative",
    sql="{value} < 0 AND NOT {indicator}.may_be_negative",
    is_broken=lambda value, _decimals, may_be_negative: value < 0 and not may_be_negative,
)
DECIMALS_KEPT = ValueRule(
    code="too_precise",
    sql="{value} <> round({value}, {indicator}.decimals)",
    is_broken=lambda value, decimals, _may_be_negative: value != round(value, decimals),
)
