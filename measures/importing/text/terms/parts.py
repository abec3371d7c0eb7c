"""Some words of a text and what they are taken for: names, periods, what narrows or says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from measures.importing.text.periods import Period

INDICATOR, ORGANISATION, REGION = "indicator", "organisation", "region"
TARGET_GROUP, OCCUPATION, PERIOD = "target_group", "occupation", "period"
FACTOR, STATUS, NARROWING, SILENT, UNKNOWN = "factor", "status", "narrowing", "silent", "unknown"
NAMED = (INDICATOR, ORGANISATION, REGION, TARGET_GROUP, OCCUPATION)


class Part(NamedTuple):
    """Some words of a text, at ``start`` to ``end``, and what they are taken for."""

    kind: str
    text: str
    start: int
    end: int
    codes: tuple[str, ...] = ()
    period: Period | None = None
