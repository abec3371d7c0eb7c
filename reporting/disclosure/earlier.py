"""What earlier releases say about the values that are to be printed now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporting.disclosure.cells import CellKey, Equation, equations
from reporting.disclosure.printed import PrintedTables
from reporting.disclosure.tied import equations_between
from reporting.frozen.schema import RelationData


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """``printed``: with the value of today. ``known``: what withheld values add up to, where it still holds.

    ``changed``: cells that an earlier release prints with another value, or that can no longer have the value
    withheld then.
    """

    printed: frozenset[CellKey]
    withheld: frozenset[CellKey]
    known: tuple[Equation, ...]
    changed: frozenset[CellKey]


def recall(
    earlier: Sequence[PrintedTables],
    values: Mapping[CellKey, Decimal],
    relations: Sequence[RelationData] = (),
) -> Recalled:
    """``earlier`` in the order of their release; ``values`` as they are now."""
    latest: dict[CellKey, Decimal] = {}
    withheld: set[CellKey] = set()
    known: list[Equation] = []
    changed: set[CellKey] = set()
    for tables in earlier:
        for cell in tables.revised:
            latest.pop(cell, None)  # the values withheld since are compared by what they add up to
        latest |= tables.values
        withheld |= tables.withheld
        within = [each for each in equations(tables.cells) if not each.parts[-1].is_rest]
        between = list(equations_between(tables.cells, relations, tables.reported, tables.not_applicable))
        for equation in (*within, *between):
            sums = _of_withheld(equation, tables)
            hidden = sums.cells
            if not hidden:
                continue
            if _holds(sums, values):
                known.append(sums)
            # A relation that the values of today do not keep to need not have held then.
            elif equation not in between or _holds(equation, values):
                changed |= set(hidden)
    printed = {cell for cell, value in latest.items() if values.get(cell) == value}
    changed |= {cell for cell, value in latest.items() if values.get(cell, value) != value}
    return Recalled(
        printed=frozenset(printed),
        withheld=frozenset(withheld),
        known=tuple(dict.fromkeys(known)),
        changed=frozenset(changed),
    )


def _of_withheld(equation: Equation, tables: PrintedTables) -> Equation:
    """The equation with what was printed taken as a constant."""
    total = equation.total if equation.total in tables.withheld else None
    constant = sum((tables.values[part] for part in equation.parts if part in tables.values), Decimal(0))
    if equation.total is not None and total is None:
        constant -= tables.values[equation.total]
    parts = tuple(part for part in equation.parts if part in tables.withheld)
    return Equation(total, parts, constant, equation.is_sum)


def _holds(sums: Equation, values: Mapping[CellKey, Decimal]) -> bool:
    return all(cell in values for cell in sums.cells) and sums.holds(values)
