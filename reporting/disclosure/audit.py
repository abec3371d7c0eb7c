"""The audit of an edition: whatever it and earlier releases print is used to attack what is withheld.

It knows nothing of the values withheld, and nothing of how they were chosen: it reads the frozen data as any
reader could. A finding blocks the release.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from reporting.disclosure.cells import CellKey, is_small
from reporting.disclosure.printed import Key, PrintedTables, printed_tables, protected_codes
from reporting.disclosure.side_doors import reveals
from reporting.frozen.schema import SnapshotData


class Leak(StrEnum):
    """What is wrong with an edition."""

    NOT_PROTECTED = "not_protected"  # taken before tables were protected
    SMALL = "small"  # a small number is printed
    SMALL_REST = "small_rest"  # a small number is the difference of two that are printed
    NARROW = "narrow"  # a withheld value can be worked out, or is known to be small
    REVEALED = "revealed"  # a withheld value shows in something other than a table
    CONTRADICTORY = "contradictory"  # the printed tables do not add up


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakFinding:
    """``low`` and ``high``: between which bounds the value of the cell must lie."""

    leak: Leak
    indicator: str = ""
    year: int = 0
    cell: CellKey = field(default_factory=CellKey)
    low: Decimal | None = None
    high: Decimal | None = None


def audit_edition(snapshot: SnapshotData, earlier: Sequence[SnapshotData] = ()) -> list[LeakFinding]:
    """Attack an edition. ``earlier``: what has been released, in the order of release."""
    codes = protected_codes(snapshot)
    if snapshot.disclosure is None:
        return [LeakFinding(leak=Leak.NOT_PROTECTED)]
    now = printed_tables(snapshot, codes)
    before = [printed_tables(each, codes) for each in earlier]
    found = [
        LeakFinding(leak=Leak.REVEALED, indicator=indicator, year=year)
        for indicator, year in reveals(snapshot)
    ]
    for key, tables in now.items():
        found += _audited(key, tables, [each[key] for each in before if key in each])
    return found


def _audited(key: Key, now: PrintedTables, before: Sequence[PrintedTables]) -> Iterator[LeakFinding]:
    indicator, year = key
    known = {cell for cell in now.values for tables in before if tables.values.get(cell) == now.values[cell]}
    for cell, value in sorted(now.values.items()):
        if is_small(value) and cell not in known:
            yield LeakFinding(
                leak=Leak.SMALL, indicator=indicator, year=year, cell=cell, low=value, high=value
            )
        total = now.values.get(cell.without_group)
        if cell.group and total is not None and is_small(total - value):
            if cell in known and cell.without_group in known:
                continue
            beside = total - value
            yield LeakFinding(
                leak=Leak.SMALL_REST, indicator=indicator, year=year, cell=cell.rest, low=beside, high=beside
            )
    if not now.withheld and not any(tables.withheld for tables in before):
        return
    from reporting.disclosure.reading import JointReading, narrow  # noqa: PLC0415  # HiGHS takes its time to load

    attacked = narrow(JointReading([*before, now]))
    if attacked is None:
        yield LeakFinding(leak=Leak.CONTRADICTORY, indicator=indicator, year=year)
        return
    already = narrow(JointReading(before)) if attacked and before else None
    known_before = {name for name, *_bounds in already or ()}  # no reason to hold this one back
    for name, cell, low, high in attacked:
        if name not in known_before:
            yield LeakFinding(
                leak=Leak.NARROW,
                indicator=indicator,
                year=year,
                cell=cell,
                low=_bound(low),
                high=_bound(high),
            )


def _bound(value: float) -> Decimal | None:
    return None if abs(value) == float("inf") else Decimal(str(round(value, 3)))
