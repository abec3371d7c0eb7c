"""Whether a line is the sum of given others, and what proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.arithmetic.lines import Lines, Relation, Tally, surprise

if TYPE_CHECKING:
    from collections.abc import Sequence


def sum_of(lines: Lines, target: int, parts: tuple[int, ...], cost: float) -> Relation | None:
    tally = Tally(lines, target)
    unit = lines.units[target]
    columns = zip(*(lines.values[part] for part in parts), strict=True)
    for position, (value, numbers) in enumerate(zip(lines.values[target], columns, strict=True)):
        if value is None:
            continue
        filled = sum(map(bool, numbers))
        if not filled and value:
            continue
        error = abs(sum(filter(None, numbers)) - value)
        tally.add(
            position,
            value,
            error,
            lines.tolerance(filled, unit),
            is_evidence=filled > 1,
            size=_information(numbers, unit),
            parts=tuple(number or 0 for number in numbers),
        )
    return tally.relation("sum", parts, cost)


def _information(numbers: Sequence[int | None], unit: int) -> int:
    """What proves most of the parts but the largest, or all these: a sum of 400 and 35 proves what 35 does.

    Where a sum is the same everywhere, as 100 per cent are, it is the parts that make it a sum.
    """
    parts = sorted((abs(number) for number in numbers if number), reverse=True)[1:]
    return max([*parts, sum(parts)], key=lambda part: surprise(part // unit, 0, 0))
