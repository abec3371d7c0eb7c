"""A submission laid out as a person fills it in: target groups (or Länder) × indicators, with last year."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from measures.checks import Finding, Key, run_checks
from measures.enums import TOTAL, Severity
from measures.models import CurrentTotal, Figure, Item, ReviewMark, Submission
from measures.selectors.plausibility import facts_of, last_year_of, load_names, totals_of, with_explanations
from measures.typed_values import NOTHING, Entry
from partners.models import Region

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_COLUMNS = 6


@dataclass
class EntryCell:
    """One cell as stored, with what the page shows about it. ``typed`` is what could not be stored."""

    item: Item
    key: Key
    row_label: str
    figure: Figure | None = None
    total: CurrentTotal | None = None
    last_year: Entry = NOTHING
    findings: list[Finding] = field(default_factory=list)
    typed: str | None = None
    message: "StrOrPromise" = ""
    outcome: str = ""
    """What became of it when it was sent."""
    marks: list[ReviewMark] = field(default_factory=list)
    comments: int = 0
    is_marked: bool = False
    remark: str = ""
    """What a reviewer is about to mark it with."""

    @property
    def name(self) -> str:
        return f"{self.item.pk}-{self.key.region}-{self.key.target_group}"

    @property
    def entry(self) -> Entry:
        return Entry(value=self.figure.value, absence=self.figure.absence) if self.figure else NOTHING

    @property
    def text(self) -> str:
        return self.entry.text if self.typed is None else self.typed

    @property
    def label(self) -> str:
        return f"{self.item.indicator.name}, {self.row_label}"

    @property
    def year_before(self) -> str:
        return str(self.item.submission.round.year - 1)

    @property
    def occupations(self) -> CurrentTotal | None:
        """What the occupations add up to, where there are any."""
        return self.total if self.total and self.total.parts else None

    @property
    def tone(self) -> str:
        if self.typed is not None or any(f.severity == Severity.ERROR for f in self.findings):
            return "danger"
        return "warning" if self.findings else ""

    @property
    def is_missing(self) -> bool:
        """Whether neither a value nor a reason for none is stated."""
        return self.total is None

    @property
    def is_listed(self) -> bool:
        """Whether reviewers read it line by line: something is stated now or was last year."""
        return not self.is_missing or not self.last_year.is_empty

    @property
    def change(self) -> Entry:
        """The difference to last year, where both are numbers."""
        now = self.total.value if self.total else None
        if now is None or self.last_year.value is None:
            return NOTHING
        return Entry(value=now - self.last_year.value)


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[EntryCell | None]


@dataclass(frozen=True)
class EntryTable:
    """Rows × columns; ``corner`` names what the rows are."""

    title: str
    corner: str
    items: list[Item]
    rows: list[Row]


@dataclass(frozen=True)
class SingleEntry:
    """An indicator that is asked for as one number."""

    item: Item
    cell: EntryCell


@dataclass(frozen=True)
class LineGroup:
    title: str
    lines: list[SingleEntry]


@dataclass(frozen=True)
class MissingCells:
    """The cells of an indicator on which nothing is stated; ``is_all``: nothing on the indicator at all."""

    item: Item
    cells: list[EntryCell]
    is_all: bool


@dataclass(frozen=True)
class EntryGrid:
    tables: list[EntryTable]
    line_groups: list[LineGroup]
    findings: list[Finding]

    @cached_property
    def cells(self) -> dict[str, EntryCell]:
        return {cell.name: cell for cell in self._all_cells()}

    @property
    def cells_by_item(self) -> list[EntryCell]:
        """Indicator by indicator, as reviewers read; only where something is stated now or was last year."""
        order = {pk: place for place, pk in enumerate(dict.fromkeys(c.item.pk for c in self.cells.values()))}
        stated = [cell for cell in self.cells.values() if cell.is_listed]
        return sorted(stated, key=lambda cell: order[cell.item.pk])

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == Severity.ERROR]

    @property
    def queries(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == Severity.QUERY]

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

    def _all_cells(self) -> Iterator[EntryCell]:
        for table in self.tables:
            for row in table.rows:
                yield from (cell for cell in row.cells if cell)
        for group in self.line_groups:
            yield from (line.cell for line in group.lines)


def entry_grid(submission: Submission) -> EntryGrid:
    """Lay out a submission (with its round and organisation loaded) in a constant number of queries."""
    builder = _Builder(submission)
    builder.load()
    return builder.grid()


def empty_grid(submission: Submission) -> EntryGrid:
    """The cells there are, without what stands in them: quick, for reading what a form has sent."""
    return _Builder(submission).grid()


class _Builder:
    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.items = list(
            Item.objects.filter(submission=submission)
            .with_asked_breakdown()
            .select_related("indicator__measure", "submission__round")
            .order_by("indicator__position", "indicator__code")
        )
        self.names = load_names()
        self.figures: Mapping[tuple[int, Key], Figure] = {}
        self.totals: Mapping[int, Mapping[Key, CurrentTotal]] = {}
        self.last_year: Mapping[tuple[int, int], Mapping[Key, Entry]] = {}
        self.findings: list[Finding] = []
        self.found: dict[tuple[int, Key], list[Finding]] = {}

    def load(self) -> None:
        self.figures = _stated(self.items)
        self.totals = totals_of(self.items)
        self.last_year = last_year_of(self.items)
        findings = run_checks(facts_of(self.items, self.totals, self.last_year, self.names))
        self.findings = with_explanations(findings, self.totals)
        for finding in self.findings:
            self.found.setdefault((finding.item_id, finding.key), []).append(finding)

    def grid(self) -> EntryGrid:
        by_land = [item for item in self.items if self._is_by_land(item)]
        own = [item for item in self.items if not self._is_by_land(item)]
        broken_down = [item for item in own if item.is_by_target_group]
        single = [item for item in own if not item.is_by_target_group]
        return EntryGrid(
            tables=[
                *(self._by_group(chunk) for chunk in _chunks(broken_down)),
                *(self._by_region(chunk) for chunk in _chunks(by_land)),
            ],
            line_groups=self._line_groups(single),
            findings=self.findings,
        )

    def _is_by_land(self, item: Item) -> bool:
        """Whether somebody who reports for the whole country states this indicator Land by Land."""
        return self.submission.organisation.region.level != item.region_level

    def _by_group(self, items: list[Item]) -> EntryTable:
        region = self.submission.organisation.region_id
        rows = [
            Row(label=name, cells=[self._cell(item, Key(region, code), name) for item in items])
            for code, name in self.names.groups.items()
        ]
        return EntryTable(_("Target group × indicator"), _("Target group"), items, rows)

    def _by_region(self, items: list[Item]) -> EntryTable:
        rows = [
            Row(label=name, cells=[self._cell(item, Key(code, TOTAL), name) for item in items])
            for code, name in self.names.regions.items()
            if code != Region.COUNTRY
        ]
        return EntryTable(_("Land × indicator"), _("Land"), items, rows)

    def _line_groups(self, items: Iterable[Item]) -> list[LineGroup]:
        region = self.submission.organisation.region_id
        total = self.names.groups[TOTAL]
        by_title: dict[str, list[SingleEntry]] = {}
        for item in items:
            measure = item.indicator.measure
            title = measure.name if measure else _("All measures")
            line = SingleEntry(item, self._cell(item, Key(region, TOTAL), total))
            by_title.setdefault(title, []).append(line)
        return [LineGroup(title, lines) for title, lines in by_title.items()]

    def _cell(self, item: Item, key: Key, row_label: str) -> EntryCell:
        before = self.last_year.get((self.submission.organisation_id, item.indicator_id), {})
        return EntryCell(
            item=item,
            key=key,
            row_label=row_label,
            figure=self.figures.get((item.pk, key)),
            total=self.totals.get(item.pk, {}).get(key),
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
