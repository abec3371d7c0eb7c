"""An indicator by occupation: the list at its level, page by page, with sums by area and last year beside."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from measures.checks import Finding, Key
from measures.enums import TOTAL, UNASSIGNED
from measures.models import Figure, Item, Occupation, Submission
from measures.selectors.checks.facts import LoadedItems
from measures.selectors.checks.findings import findings_of
from measures.selectors.plausibility import DimensionNames, load_item_totals
from measures.selectors.recording.cells import EntryCell
from measures.selectors.recording.findings import WithFindings
from measures.selectors.recording.occupation_lists import OccupationLists, row_label
from measures.typed_values import NOTHING, Entry
from partners.models import Region

CELLS_OF_A_PAGE = 300
MOST_ROWS = 100
USUAL_COLUMNS = 5
USUAL_DIGITS = 2


@dataclass(frozen=True)
class OccupationChoice:
    """What of the list is to be shown. Without ``groups`` those that anything is stated for."""

    words: str = ""
    area: str = ""
    is_filled_only: bool = False
    groups: tuple[str, ...] = ()
    digits: int = 0
    region: str = ""
    page: str = "1"


@dataclass(frozen=True)
class PartsSum:
    """A sum over occupations: of an area, or of all. ``count``: how many of them hold a number."""

    name: str
    value: Decimal | None
    last_year: Decimal | None
    count: int

    @property
    def change(self) -> Decimal | None:
        return None if self.value is None or self.last_year is None else self.value - self.last_year


@dataclass(frozen=True)
class OccupationColumn:
    """A target group, with the total over all occupations and what of it the occupations are."""

    code: str
    label: str
    total: EntryCell
    parts: PartsSum

    @property
    def not_broken_down(self) -> Decimal | None:
        stated = self.total.entry.value
        return None if stated is None else stated - (self.parts.value or Decimal(0))


@dataclass(frozen=True)
class OccupationRow:
    code: str
    label: str
    cells: list[EntryCell]


@dataclass(frozen=True)
class OccupationArea:
    """One of the ten areas (or what belongs to none), with those of its occupations that the page shows."""

    code: str
    label: str
    sums: list[PartsSum]
    rows: list[OccupationRow] = field(default_factory=list)


@dataclass(frozen=True)
class OccupationSheet(WithFindings):
    item: Item
    region: Region
    digits: int
    columns: list[OccupationColumn]
    areas: list[OccupationArea]
    page: Page[Occupation]
    findings: list[Finding]

    @cached_property
    def cells(self) -> dict[str, EntryCell]:
        rows = (row for area in self.areas for row in area.rows)
        every = [*(column.total for column in self.columns), *(cell for row in rows for cell in row.cells)]
        return {cell.name: cell for cell in every}


def find_by_occupation(submission: Submission, item_id: int) -> Item | None:
    """The item, if it belongs to the submission and is asked by occupation."""
    items: QuerySet[Item] = submission.items.filter(pk=item_id).with_asked_breakdown()
    item = items.select_related("indicator__measure").first()
    if item is None or not item.is_by_occupation:
        return None
    item.submission = submission
    return item


def occupation_sheet(
    item: Item,
    choice: OccupationChoice,
    *,
    codes: Collection[str] | None = None,
    lists: OccupationLists | None = None,
) -> OccupationSheet:
    """What the page shows, in a constant number of queries; ``codes``: these occupations instead.

    ``lists``: those of the item, where they are read anyway.
    """
    return _SheetBuilder(item, choice, lists or OccupationLists(item)).sheet(codes)


class _SheetBuilder:
    def __init__(self, item: Item, choice: OccupationChoice, lists: OccupationLists) -> None:
        self.item = item
        self.choice = choice
        self.lists = lists
        self.names: DimensionNames = lists.names
        self.region = lists.region(choice.region)
        self.before = Item.objects.filter(
            indicator=item.indicator_id,
            submission__organisation=item.submission.organisation_id,
            submission__round__year=item.submission.round.year - 1,
        ).first()
        self.digits = self._digits()
        self.groups = self._groups()
        self.sums = self._sums()

    def _digits(self) -> int:
        levels = self.lists.digits
        if self.choice.digits in levels:
            return self.choice.digits
        wanted = self.item.occupation_level or (self.before.occupation_level if self.before else 0)
        return wanted if wanted in levels else min(USUAL_DIGITS, max(levels, default=USUAL_DIGITS))

    def _groups(self) -> list[str]:
        """Everyone first, then the groups chosen, or those with occupations now or last year."""
        asked = [code for code in self.names.groups if code in self.item.target_groups]
        if self.choice.groups:
            return [TOTAL, *(code for code in asked if code in self.choice.groups)]
        used = set(
            Figure.objects.filter(item__in=[self.item, *filter(None, [self.before])])
            .exclude(occupation=TOTAL)
            .values_list("target_group", flat=True)
            .distinct()
        )
        return [TOTAL, *[code for code in asked if code in used][: USUAL_COLUMNS - 1]]

    def _figures(self, *items: Item | None) -> QuerySet[Figure]:
        """Those of the columns shown, in the region shown."""
        of = [item.pk for item in items if item is not None]
        return Figure.objects.filter(item__in=of, region=self.region, target_group__in=self.groups)

    def _sums(self) -> dict[tuple[int, str, str], tuple[Decimal | None, int]]:
        """By item (this year's and last year's), area and group: the sum, and of how many numbers."""
        rows = (
            self._figures(self.item, self.before)
            .exclude(occupation=TOTAL)
            .order_by()
            .values_list("item", Left("occupation_id", 1), "target_group")
            .annotate(Sum("value"), Count("value"))
        )
        return {(item, area, str(group)): (value, count) for item, area, group, value, count in rows}

    def sheet(self, codes: Collection[str] | None) -> OccupationSheet:
        page = self._page() if codes is None else self._page_of(codes)
        occupations = list(page)
        figures = self._stated([TOTAL, *(occupation.code for occupation in occupations)])
        item_totals = load_item_totals([self.item])
        findings = findings_of(LoadedItems([self.item], item_totals, self.names))
        return OccupationSheet(
            item=self.item,
            region=self.region,
            digits=self.digits,
            columns=self._columns(findings, figures, item_totals.last_year.get(self.item.pk, {})),
            areas=self._areas(occupations, figures),
            page=page,
            findings=findings,
        )

    def _page(self) -> Page[Occupation]:
        ordered = self._listed().exclude(code=TOTAL).order_by("-level", "code")
        size = min(MOST_ROWS, CELLS_OF_A_PAGE // len(self.groups))
        return Paginator(ordered, size).get_page(self.choice.page)

    @staticmethod
    def _page_of(codes: Collection[str]) -> Page[Occupation]:
        """These occupations on one page."""
        found = Occupation.objects.filter(code__in=codes).exclude(code=TOTAL).order_by("-level", "code")
        return Paginator(list(found), max(len(codes), 1)).get_page(1)

    def _stated(self, codes: Collection[str]) -> dict[tuple[str, str], Figure]:
        """What stands in the cells of these occupations, by occupation and group."""
        figures = self._figures(self.item).filter(occupation__in=codes).select_related("entered_by")
        return {(str(figure.occupation_id), str(figure.target_group_id)): figure for figure in figures}

    def _listed(self) -> QuerySet[Occupation]:
        found: QuerySet[Occupation] = Occupation.objects.filter(Q(level=self.digits) | Q(code=UNASSIGNED))
        for word in self.choice.words.split():
            fields = {"label_de__icontains": word, "label_en__icontains": word, "code__startswith": word}
            found = found.filter(reduce(or_, (Q(**{name: value}) for name, value in fields.items())))
        if self.choice.area:
            found = found.filter(code__startswith=self.choice.area)
        if self.choice.is_filled_only:
            stated = self._figures(self.item).values("occupation")
            before = self._figures(self.before).values("occupation")
            found = found.filter(Q(code__in=stated) | Q(code__in=before))
        return found

    def _columns(
        self,
        findings: list[Finding],
        figures: Mapping[tuple[str, str], Figure],
        last_year: Mapping[Key, Entry],
    ) -> list[OccupationColumn]:
        columns = []
        for group in self.groups:
            key = Key(self.region.code, group)
            total = EntryCell(
                self.item,
                key,
                _("All occupations"),
                column_label=self.names.groups[group],
                figure=figures.get((TOTAL, group)),
                last_year=last_year.get(key, NOTHING),
                findings=[each for each in findings if each.key == key],
            )
            parts = self._sum_of(f"parts-{group}", group, None)
            columns.append(OccupationColumn(group, self.names.groups[group], total, parts))
        return columns

    def _sum_of(self, name: str, group: str, area: str | None) -> PartsSum:
        """The sum of an area, or of all."""
        here = [
            (item, each)
            for (item, of, code), each in self.sums.items()
            if code == group and area in (None, of)
        ]
        now = [each for item, each in here if item == self.item.pk]
        before = [each for item, each in here if item != self.item.pk]
        return PartsSum(
            name=name,
            value=_added(value for value, _count in now),
            last_year=_added(value for value, _count in before),
            count=sum(count for _value, count in now),
        )

    def _areas(
        self, occupations: Sequence[Occupation], now: Mapping[tuple[str, str], Figure]
    ) -> list[OccupationArea]:
        codes = [occupation.code for occupation in occupations]
        before = {
            (code, group): Entry(value=value, absence=absence)
            for code, group, value, absence in self._figures(self.before)
            .filter(occupation__in=codes)
            .values_list("occupation", "target_group", "value", "absence")
        }
        rows: dict[str, list[OccupationRow]] = defaultdict(list)
        for occupation in occupations:
            label = row_label(occupation)
            cells = [
                EntryCell(
                    self.item,
                    Key(self.region.code, group),
                    label,
                    occupation.code,
                    column_label=self.names.groups[group],
                    figure=now.get((occupation.code, group)),
                    last_year=before.get((occupation.code, group), NOTHING),
                )
                for group in self.groups
            ]
            rows[occupation.code[0]].append(OccupationRow(occupation.code, occupation.label, cells))
        labels = dict(self.lists.areas)
        return [
            OccupationArea(
                code=area,
                label=labels.get(area, area),
                sums=[self._sum_of(f"area-{area}-{group}", group, area) for group in self.groups],
                rows=found,
            )
            for area, found in rows.items()
        ]


def _added(values: Iterator[Decimal | None]) -> Decimal | None:
    present = [value for value in values if value is not None]
    return sum(present, Decimal(0)) if present else None
