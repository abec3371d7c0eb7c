"""Which cells are withheld of the tables of a year, given what has been released before.

They are those of one indicator, or of several that are tied.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporting.disclosure.cells import CellKey, small_numbers
from reporting.disclosure.earlier import recall
from reporting.disclosure.printed import PrintedTables
from reporting.frozen.schema import RelationData


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenCells:
    """``changed``: cells that read otherwise in an earlier release."""

    withheld: frozenset[CellKey]
    changed: frozenset[CellKey]


def choose_cells(  # noqa: PLR0913  # the tables, and what else is known of them
    values: Mapping[CellKey, Decimal],
    earlier: Sequence[PrintedTables],
    *,
    relations: Sequence[RelationData] = (),
    reported: Mapping[CellKey, int] | None = None,
    not_applicable: Mapping[CellKey, int] | None = None,
    may_be_negative: bool = False,
) -> ChosenCells:
    """``earlier``: the same tables in what has been released, in that order.

    ``relations``: how the indicators are tied whose tables these are. ``reported``: how many organisations
    gave each value. ``not_applicable``: how many said that there is nothing to count.

    What only releases from before there was protection print is not printed again for everybody. It protects
    nothing from those who have read them, though: so there is a second choice, which takes it as known.
    """
    every = recall(earlier, values, relations)
    public = recall([each for each in earlier if each.is_public], values, relations)
    printable = {cell: value for cell, value in values.items() if cell.is_printable}
    if not (public.withheld or any(small_numbers(printable))):
        return ChosenCells(withheld=frozenset(), changed=every.changed)
    # τ-Argus and HiGHS take their time to load.
    from reporting.disclosure.suppression import Tables, choose  # noqa: PLC0415

    tables = Tables(
        values=values,
        relations=tuple(relations),
        reported=reported or {},
        not_applicable=not_applicable or {},
        may_be_negative=may_be_negative,
        printed_before=public.printed - public.withheld,
        withheld_before=public.withheld,
        known_before=public.known,
    )
    withheld = choose(tables)
    read_before = every.printed - public.printed
    if withheld and read_before:
        withheld |= choose(
            replace(
                tables,
                printed_before=tables.printed_before | read_before,
                withheld_before=withheld - read_before,
                known_before=every.known,
            )
        )
    return ChosenCells(withheld=withheld, changed=every.changed)
