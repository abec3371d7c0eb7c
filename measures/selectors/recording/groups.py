"""The cells of a grid as the page lays them out: measure by measure, in tables and in lines."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from measures.models import Item
from measures.selectors.recording.cells import EntryCell


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[EntryCell | None]


@dataclass(frozen=True)
class ColumnSum:
    """The sum of cells that are parts of a whole, here the Länder. Target groups are none: they overlap."""

    name: str
    item: Item
    value: Decimal | None
    present: int
    """How many of the cells hold a number."""
    cells: int
    last_year: Decimal | None

    @property
    def change(self) -> Decimal | None:
        return None if self.value is None or self.last_year is None else self.value - self.last_year


def column_sum(item: Item, cells: Collection[EntryCell]) -> ColumnSum:
    now = [cell.value_now for cell in cells if cell.value_now is not None]
    before = [cell.last_year.value for cell in cells if cell.last_year.value is not None]
    return ColumnSum(
        name=f"sum-{item.pk}",
        item=item,
        value=sum(now, Decimal(0)) if now else None,
        present=len(now),
        cells=len(cells),
        last_year=sum(before, Decimal(0)) if before else None,
    )


@dataclass(frozen=True)
class EntryTable:
    """Rows × columns; ``corner`` names what the rows are. With ``sums`` the rows are parts of a whole."""

    title: str
    corner: str
    items: list[Item]
    rows: list[Row]
    sums: Sequence[ColumnSum] = ()


@dataclass(frozen=True)
class SingleEntry:
    """An indicator that is asked for as one number."""

    item: Item
    cell: EntryCell


@dataclass(frozen=True)
class IndicatorGroup:
    """The indicators of one measure, which fold together."""

    code: str
    title: str
    tables: list[EntryTable]
    lines: list[SingleEntry]

    @property
    def cells(self) -> Iterator[EntryCell]:
        for table in self.tables:
            for row in table.rows:
                yield from (cell for cell in row.cells if cell)
        yield from (line.cell for line in self.lines)

    @property
    def sources(self) -> dict[str, list[str]]:
        """Where its indicators come from: each source with the names of those that do."""
        by_source: dict[str, list[str]] = {}
        for indicator in {cell.item.indicator.pk: cell.item.indicator for cell in self.cells}.values():
            if indicator.source:
                by_source.setdefault(indicator.source, []).append(indicator.name)
        return by_source

    @property
    def is_in_error(self) -> bool:
        return any(cell.tone == "danger" for cell in self.cells)

    @property
    def item_count(self) -> int:
        return len({cell.item.pk for cell in self.cells})

    @property
    def reported_count(self) -> int:
        return len({cell.item.pk for cell in self.cells if cell.total})
