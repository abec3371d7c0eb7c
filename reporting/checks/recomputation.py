"""Totals that the database adds up, added up once more in Python and compared."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from measures.enums import TOTAL
from measures.models import ApprovedFigure, ApprovedTotal, CurrentTotal, Figure, FigureVersion
from reporting.checks.running import DatabaseCheck
from reporting.exceptions import SnapshotVersionError
from reporting.models import Snapshot

_FIELDS = ("item_id", "region_id", "target_group_id", "occupation_id", "value", "absence")
_ROWS_AT_ONCE = 5000

Row = tuple[int, str, str, str, Decimal | None, str | None]


@dataclass
class _Sum:
    """A total as it grows: what was stated, and the parts."""

    is_stated: bool = False
    stated: Decimal | None = None
    stated_absence: str | None = None
    values: list[Decimal] = field(default_factory=list)
    absences: list[str] = field(default_factory=list)

    def add(self, occupation: str, value: Decimal | None, absence: str | None) -> None:
        if occupation == TOTAL:
            self.is_stated, self.stated, self.stated_absence = True, value, absence
        elif value is None:
            self.absences.append(absence or "")
        else:
            self.values.append(value)

    @property
    def result(self) -> tuple[Decimal | None, str | None, str]:
        if self.is_stated:
            return self.stated, self.stated_absence, "stated"
        if self.values:
            return sum(self.values, Decimal(0)), None, "at_least" if self.absences else "derived"
        common = set(self.absences)
        return None, common.pop() if len(common) == 1 else "unknown", "derived"


def _recomputed(rows: Iterable[Row]) -> Iterator[tuple[str, tuple[Decimal | None, str | None, str]]]:
    for (item, region, group), parts in groupby(rows, key=lambda row: row[:3]):
        total = _Sum()
        for _item, _region, _group, occupation, value, absence in parts:
            total.add(occupation, value, absence)
        yield f"{item}|{region}|{group}", total.result


def _view_differs(figures: Any, view: Any) -> Iterator[str]:
    rows = figures.order_by(*_FIELDS[:4]).values_list(*_FIELDS)
    mine = dict(_recomputed(rows.iterator(_ROWS_AT_ONCE)))
    theirs = {
        key: (value, absence, basis)
        for key, value, absence, basis in view.values_list("key", "value", "absence", "basis").iterator(
            _ROWS_AT_ONCE
        )
    }
    for key in sorted(mine.keys() | theirs.keys()):
        if mine.get(key) != theirs.get(key):
            yield f"{key}: {theirs.get(key)}, recomputed {mine.get(key)}"


def find_current_totals() -> Iterator[str]:
    yield from _view_differs(Figure.objects.all(), CurrentTotal.objects.all())


def find_approved_totals() -> Iterator[str]:
    yield from _view_differs(ApprovedFigure.objects.all(), ApprovedTotal.objects.all())


def find_printed_numbers() -> Iterator[str]:
    """Every value in a snapshot, added up again from the versions it names."""
    for snapshot in Snapshot.objects.iterator():
        try:
            indicators = snapshot.frozen.indicators
        except SnapshotVersionError as error:
            yield f"{snapshot.sha256[:12]}: {error.message}"
            continue
        sums = _sums_of_versions(snapshot)
        for indicator in indicators:
            for figure in indicator.years:
                added = sums.get((indicator.code, figure.year))
                if figure.amount.value is not None and added != figure.amount.value:
                    yield (
                        f"{snapshot.sha256[:12]}: {indicator.code} {figure.year} = {figure.amount.value}, "
                        f"its versions add up to {added}"
                    )


def _sums_of_versions(snapshot: Snapshot) -> dict[tuple[str, int], Decimal]:
    versions = FigureVersion.objects.filter(pk__in=snapshot.uses.values("version"), target_group=TOTAL)
    names = {
        item: (indicator, year)
        for item, indicator, year in versions.values_list(
            "item_id", "item__indicator__code", "item__submission__round__year"
        ).distinct()
    }
    sums: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    rows = versions.order_by(*_FIELDS[:4]).values_list(*_FIELDS)
    for key, (value, _absence, _basis) in _recomputed(rows.iterator(_ROWS_AT_ONCE)):
        if value is not None:
            sums[names[int(key.split("|")[0])]] += value
    return sums


RECOMPUTATIONS: tuple[DatabaseCheck, ...] = (
    DatabaseCheck(3, "current_totals_are_recomputed", find_current_totals),
    DatabaseCheck(3, "approved_totals_are_recomputed", find_approved_totals),
    DatabaseCheck(10, "printed_numbers_are_their_versions", find_printed_numbers),
)
