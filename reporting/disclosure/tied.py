"""Indicators that are tied by what they count: their tables are protected, and attacked, as one.

A relation says that an indicator is the sum of others, or contains them. It binds the numbers that a cell
has, printed or withheld: what nobody reported is not taken for 0, so that the total contains the other parts
and is not their sum. What does not apply is 0. Nor is a total the sum where it has the numbers of more
organisations than a part has, unless the part does not apply to the others; a part that has those of more
need not be contained.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reporting.disclosure.cells import CellKey, Equation
from reporting.disclosure.printed import Key, PrintedTables
from reporting.frozen.schema import RelationData


def tied(codes: Iterable[str], relations: Iterable[RelationData]) -> list[tuple[str, ...]]:
    """The indicators of these codes in groups: those that relations tie, every other one alone."""
    groups: dict[str, tuple[str, ...]] = {code: (code,) for code in codes}
    for relation in relations:
        members = [code for code in relation.indicators if code in groups]
        together = tuple(dict.fromkeys(code for member in members for code in groups[member]))
        groups |= dict.fromkeys(together, together)
    return list(dict.fromkeys(groups.values()))


def with_tied(keys: Collection[Key], relations: Iterable[RelationData]) -> set[Key]:
    """These indicators and years, with those years of what is tied to them."""
    group_of = {
        code: group
        for group in tied({code for each in relations for code in each.indicators}, relations)
        for code in group
    }
    return {(code, year) for indicator, year in keys for code in group_of.get(indicator, (indicator,))}


def of_indicators(values: Mapping[str, Mapping[CellKey, Any]]) -> dict[CellKey, Any]:
    """What the cells of each of these indicators hold, named by it."""
    return {
        replace(cell, indicator=code): value for code, each in values.items() for cell, value in each.items()
    }


def of_one(cells: Collection[CellKey], code: str) -> frozenset[CellKey]:
    """The cells of one of the indicators, as it names them by itself."""
    return frozenset(replace(cell, indicator="") for cell in cells if cell.indicator == code)


def taken_together(group: Sequence[str], year: int, printed: Mapping[Key, PrintedTables]) -> PrintedTables:
    """The tables of the indicators of a group as one; empty where an edition has none of them."""
    tables = {code: printed[code, year] for code in group if (code, year) in printed}

    def cells(name: str) -> set[CellKey]:
        found = {code: dict.fromkeys(getattr(each, name)) for code, each in tables.items()}
        return set(of_indicators(found))

    return PrintedTables(
        values=of_indicators({code: each.values for code, each in tables.items()}),
        withheld=cells("withheld"),
        nobody=cells("nobody"),
        revised=cells("revised"),
        reported=of_indicators({code: each.reported for code, each in tables.items()}),
        not_applicable=of_indicators({code: each.not_applicable for code, each in tables.items()}),
        may_be_negative=any(each.may_be_negative for each in tables.values()),
        is_public=all(each.is_public for each in tables.values()),
    )


def equations_between(
    cells: Collection[CellKey],
    relations: Iterable[RelationData],
    reported: Mapping[CellKey, int],
    not_applicable: Mapping[CellKey, int],
) -> Iterator[Equation]:
    """What relations say of these cells. ``reported``: how many organisations gave a value.

    ``not_applicable``: how many said that there is nothing to count, where others gave a value or all did.
    """
    known = set(cells)
    for relation in relations:
        for total in sorted(cell for cell in known if cell.indicator == relation.total and not cell.is_rest):
            count = reported.get(total, 0)
            named = [replace(total, indicator=code) for code in relation.parts]
            every = [each for each in named if each in known or not not_applicable.get(each)]
            parts = tuple(each for each in every if each in known and reported.get(each, 0) <= count)
            is_whole = len(parts) == len(every) and all(
                count - reported.get(each, 0) <= not_applicable.get(each, 0) for each in parts
            )
            if parts:
                yield Equation(total, parts, is_sum=relation.is_sum and is_whole)
