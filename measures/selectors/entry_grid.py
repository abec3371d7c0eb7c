"""A submission laid out as a person fills it in: target groups (or Länder) × indicators, with last year."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from measures.checks import Finding, Key
from measures.enums import TOTAL
from measures.models import Figure, Item, Submission
from measures.selectors.checks.facts import LoadedItems
from measures.selectors.checks.findings import findings_of
from measures.selectors.plausibility import ItemTotals, load_item_totals, load_names
from measures.selectors.recording.cells import EntryCell
from measures.selectors.recording.findings import WithFindings
from measures.selectors.recording.groups import (
    ColumnSum,
    EntryTable,
    IndicatorGroup,
    Row,
    SingleEntry,
    column_sum,
)
from measures.typed_values import NOTHING
from partners.models import Region

MOST_COLUMNS = 6


@dataclass(frozen=True)
class MissingCells:
    """The cells of an indicator on which nothing is stated; ``is_all``: nothing on the indicator at all."""

    item: Item
    cells: list[EntryCell]
    is_all: bool


@dataclass(frozen=True)
class EntryGrid(WithFindings):
    groups: list[IndicatorGroup]
    findings: list[Finding]

    @cached_property
    def cells(self) -> dict[str, EntryCell]:
        return {cell.name: cell for group in self.groups for cell in group.cells}

    def groups_of(self, items: Collection[int]) -> list[IndicatorGroup]:
        """Those with any of these items."""
        return [group for group in self.groups if any(cell.item.pk in items for cell in group.cells)]

    def sums_of(self, items: Collection[int]) -> list[ColumnSum]:
        """The sums over the Länder of these items."""
        tables = (table for group in self.groups for table in group.tables)
        return [each for table in tables for each in table.sums if each.item.pk in items]

    @property
    def cells_by_item(self) -> list[EntryCell]:
        """Indicator by indicator, as reviewers read; only where something is stated now or was last year."""
        order = {pk: place for place, pk in enumerate(dict.fromkeys(c.item.pk for c in self.cells.values()))}
        stated = [cell for cell in self.cells.values() if cell.is_listed]
        return sorted(stated, key=lambda cell: order[cell.item.pk])

    @property
    def item_count(self) -> int:
        return len({cell.item.pk for cell in self.cells.values()})

    @property
    def reported_count(self) -> int:
        return len({cell.item.pk for cell in self.cells.values() if cell.total})

    @property
    def missing(self) -> list[str]:
        """Indicators on which nothing at all is stated."""
        reported = {cell.item.pk for cell in self.cells.values() if cell.total}
        names = {cell.item.pk: cell.item.indicator.name for cell in self.cells.values()}
        return [name for pk, name in names.items() if pk not in reported]

    @property
    def missing_cells(self) -> list[MissingCells]:
        """Indicator by indicator the cells on which nothing is stated."""
        by_item: dict[int, list[EntryCell]] = {}
        for cell in self.cells.values():
            by_item.setdefault(cell.item.pk, []).append(cell)
        return [
            MissingCells(cells[0].item, missing, is_all=len(missing) == len(cells))
            for cells in by_item.values()
            if (missing := [cell for cell in cells if cell.is_missing])
        ]

    @property
    def unlisted_missing(self) -> list[EntryCell]:
        """The missing cells that reviewers do not read line by line."""
        return [cell for cell in self.cells.values() if not cell.is_listed]


def entry_grid(submission: Submission) -> EntryGrid:
    """Lay out a submission (with its round and organisation loaded) in a constant number of queries."""
    return GridLayout(submission).filled()


def empty_grid(submission: Submission) -> EntryGrid:
    """The cells there are, without what stands in them: quick, for reading what a form has sent."""
    return GridLayout(submission).empty()


class GridLayout:
    """The cells of a submission, loaded once: to read what a form has sent, and to show what is stored."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.items = list(
            submission.items.with_asked_breakdown()
            .select_related("indicator__measure")
            .order_by("indicator__position", "indicator__code")
        )
        self.names = load_names()
        self.figures: Mapping[tuple[int, Key], Figure] = {}
        self.item_totals = ItemTotals()
        self.findings: list[Finding] = []
        self.found: dict[tuple[int, Key], list[Finding]] = {}

    def empty(self) -> EntryGrid:
        """Without what stands in the cells; before ``filled``."""
        return self._grid()

    def filled(self) -> EntryGrid:
        """With what stands in the cells now."""
        self._load()
        return self._grid()

    def _load(self) -> None:
        self.figures = _stated(self.items)
        self.item_totals = load_item_totals(self.items)
        self.findings = findings_of(LoadedItems(self.items, self.item_totals, self.names))
        for finding in self.findings:
            self.found.setdefault((finding.item_id, finding.key), []).append(finding)

    def _grid(self) -> EntryGrid:
        by_measure: dict[int | None, list[Item]] = {}
        for item in self.items:
            by_measure.setdefault(item.indicator.measure_id, []).append(item)
        return EntryGrid(groups=[self._group(items) for items in by_measure.values()], findings=self.findings)

    def _group(self, items: list[Item]) -> IndicatorGroup:
        measure = items[0].indicator.measure
        by_land = [item for item in items if self._is_by_land(item)]
        own = [item for item in items if not self._is_by_land(item)]
        return IndicatorGroup(
            code=measure.code if measure else "all",
            title=measure.name if measure else _("All measures"),
            tables=[
                *(self._by_group(chunk) for chunk in _chunks([i for i in own if i.target_groups])),
                *(self._by_region(chunk) for chunk in _chunks(by_land)),
            ],
            lines=[self._line(item) for item in own if not item.target_groups],
        )

    def _is_by_land(self, item: Item) -> bool:
        """Whether somebody who reports for the whole country states this indicator Land by Land."""
        return self.submission.organisation.region.level != item.region_level

    def _by_group(self, items: list[Item]) -> EntryTable:
        region = self.submission.organisation.region_id
        asked = {
            code: [item for item in items if code == TOTAL or code in item.target_groups]
            for code in self.names.groups
        }
        rows = [
            Row(
                label=name,
                cells=[
                    self._cell(item, Key(region, code), name) if item in asked[code] else None
                    for item in items
                ],
            )
            for code, name in self.names.groups.items()
            if asked[code]
        ]
        return EntryTable(_("Target group × indicator"), _("Target group"), items, rows)

    def _by_region(self, items: list[Item]) -> EntryTable:
        rows = [
            Row(label=name, cells=[self._cell(item, Key(code, TOTAL), name) for item in items])
            for code, name in self.names.regions.items()
            if code != Region.COUNTRY
        ]
        columns = [[cell for row in rows if (cell := row.cells[place])] for place in range(len(items))]
        sums = [column_sum(item, cells) for item, cells in zip(items, columns, strict=True)]
        return EntryTable(_("Land × indicator"), _("Land"), items, rows, sums)

    def _line(self, item: Item) -> SingleEntry:
        key = Key(self.submission.organisation.region_id, TOTAL)
        return SingleEntry(item, self._cell(item, key, self.names.groups[TOTAL]))

    def _cell(self, item: Item, key: Key, row_label: str) -> EntryCell:
        before = self.item_totals.last_year.get(item.pk, {})
        return EntryCell(
            item=item,
            key=key,
            row_label=row_label,
            figure=self.figures.get((item.pk, key)),
            total=self.item_totals.totals.get(item.pk, {}).get(key),
            last_year=before.get(key, NOTHING),
            findings=self.found.get((item.pk, key), []),
        )


def _stated(items: Collection[Item]) -> Mapping[tuple[int, Key], Figure]:
    figures = Figure.objects.filter(item__in=[item.pk for item in items], occupation=TOTAL).select_related(
        "entered_by"
    )
    return {(f.item_id, Key(f.region_id, str(f.target_group_id))): f for f in figures}


def _chunks(items: list[Item]) -> Iterator[list[Item]]:
    """Tables of equal width, none wider than a screen."""
    if not items:
        return
    count = -(-len(items) // MOST_COLUMNS)
    width = -(-len(items) // count)
    for start in range(0, len(items), width):
        yield items[start : start + width]
