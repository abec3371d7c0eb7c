"""A chart as data: what is drawn, its name, and its text alternative."""

from dataclasses import dataclass
from typing import Any

Specification = dict[str, Any]
"""A Vega-Lite chart as plain data: what it draws is JSON, and so it is written."""

UNDER_THE_POINTER = "pointer"
"""The name of a layer that shows nothing, and lies over others to say and lead where the pointer is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One picture of some values.

    ``code`` names it in addresses and file names. ``narrow`` is the same chart set for the width of a phone,
    where its texts would not fit otherwise; None: the specification fits any width.
    """

    code: str
    title: str
    specification: Specification
    alternative: str
    narrow: Specification | None = None
