"""The audit of an edition: whatever it and earlier releases print is used to attack what is withheld.

It knows nothing of the values withheld, and nothing of how they were chosen: it reads the frozen data as any
reader could. A finding blocks the release.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from itertools import product

from reporting.disclosure.cells import CellKey, small_numbers
from reporting.disclosure.printed import Key, PrintedTables, printed_tables, protected_codes
from reporting.disclosure.side_doors import reveals
from reporting.disclosure.tied import taken_together, tied
from reporting.frozen.schema import RelationData, SnapshotData


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
    """Attack an edition. ``earlier``: what has been released, in the order of release.

    Two readers attack: everybody, who reads the releases that were protected, and those who have read the
    older ones as well.
    """
    if snapshot.disclosure is None or snapshot.disclosure.relations is None:
        return [LeakFinding(leak=Leak.NOT_PROTECTED)]
    relations = snapshot.disclosure.relations
    codes = protected_codes(snapshot)
    before = [printed_tables(each, codes) for each in earlier]
    public_tables = [
        tables for tables, each in zip(before, earlier, strict=True) if each.disclosure is not None
    ]
    found = [
        LeakFinding(leak=Leak.REVEALED, indicator=indicator, year=year)
        for indicator, year in dict.fromkeys(reveals(snapshot, public_tables))
    ]
    now = printed_tables(snapshot, codes)
    for key, tables in now.items():
        found += _printed(key, tables, [each[key] for each in public_tables if key in each])
    groups = tied(sorted(codes), relations)
    for group, year in product(groups, sorted({year for _code, year in now})):
        every = [taken_together(group, year, each) for each in before]
        found += _attacked(
            year,
            taken_together(group, year, now),
            [each for each in every if each.cells or each.nobody],
            relations,
        )
    return found


def _printed(key: Key, now: PrintedTables, public: Sequence[PrintedTables]) -> Iterator[LeakFinding]:
    """Small numbers in the tables that everybody has not read already."""
    indicator, year = key
    known = {cell for cell in now.values for tables in public if tables.values.get(cell) == now.values[cell]}
    for cell, number in small_numbers(now.values):
        if {cell.part, cell.without_group} <= known if cell.is_rest else cell in known:
            continue
        leak = Leak.SMALL_REST if cell.is_rest else Leak.SMALL
        yield LeakFinding(leak=leak, indicator=indicator, year=year, cell=cell, low=number, high=number)


def _attacked(
    year: int, now: PrintedTables, every: Sequence[PrintedTables], relations: Sequence[RelationData]
) -> Iterator[LeakFinding]:
    """What can be worked out. What earlier releases give away by themselves does not hold this one back."""
    if not now.withheld and not any(tables.withheld for tables in every):
        return
    from reporting.disclosure.reading import JointReading, narrow  # noqa: PLC0415  # HiGHS takes its time to load

    def read(*releases: PrintedTables) -> JointReading:
        return JointReading(releases, relations)

    public = [tables for tables in every if tables.is_public]
    attacked = narrow(read(*public, now))
    if attacked is None:
        for indicator in sorted({cell.indicator for cell in now.withheld or now.cells}):
            yield LeakFinding(leak=Leak.CONTRADICTORY, indicator=indicator, year=year)
        return
    known = {name for name, *_bounds in narrow(read(*public)) or ()} if attacked and public else set()
    found = {name.cell: bounds for name, *bounds in attacked if name not in known}
    if len(every) > len(public):
        attacked = narrow(read(*every, now)) or []
        before = read(*every)
        asked = {name for name, *_bounds in attacked}
        known = {*before.printed, *(name for name, *_bounds in narrow(before, asked) or ())}
        found = {name.cell: bounds for name, *bounds in attacked if name not in known} | found
    for cell, (low, high) in sorted(found.items()):
        yield LeakFinding(
            leak=Leak.NARROW,
            indicator=cell.indicator,
            year=year,
            cell=replace(cell, indicator=""),
            low=_bound(low),
            high=_bound(high),
        )


def _bound(value: float) -> Decimal | None:
    return None if abs(value) == float("inf") else Decimal(str(round(value, 3)))
