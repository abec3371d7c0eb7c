"""The numbers of a view for programs: one row a number, under columns that do not change."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from measures.enums import TOTAL
from reporting.frozen.schema import Amount, AmountState

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRow:
    """A number with its key, codes as in the catalogue. Shares and attainment are in per cent, unrounded.

    ``value`` is None wherever ``state`` is not ``value``. An empty region, organisation or measure stands
    for all of them.
    """

    view: str
    indicator: str
    year: int
    region: str = ""
    organisation: str = ""
    target_group: str = TOTAL
    occupation: str = TOTAL
    measure: str = ""
    value: Decimal | None = None
    state: str = AmountState.VALUE.value
    basis: str = ""
    reported: int = 0
    due: int = 0
    target: Decimal | None = None
    attainment: Decimal | None = None
    quality: str = ""

    def __post_init__(self):
        if (self.state == AmountState.VALUE.value) is (self.value is None):
            raise ValueError("A row has either a value or the reason why it has none.")


COLUMNS = tuple(field.name for field in fields(ViewRow))
"""The contract of the CSV export: these columns, in this order."""


def amount_columns(amount: Amount, *, is_share: bool = False) -> dict[str, Any]:
    """The columns of a row that an amount fills; a share is given in per cent."""
    value = amount.value
    return {
        "value": value * HUNDRED if is_share and value is not None else value,
        "state": amount.state.value,
        "basis": amount.basis.value if amount.basis else "",
        "reported": amount.reported,
        "due": amount.due,
        "quality": " ".join(amount.qualities),
    }


def in_per_cent(share: Decimal | None) -> Decimal | None:
    return None if share is None else share * HUNDRED
