"""The totals of submissions and those of the year before, as grid, checks and workbook compare them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from measures.checks import Key
from measures.models import CurrentTotal, ExpectedTotal, Item, TargetGroup
from measures.models.totals import Total
from measures.typed_values import Entry
from partners.models import Region


@dataclass(frozen=True)
class DimensionNames:
    """What regions and target groups are called, by code and in their order."""

    regions: Mapping[str, str]
    groups: Mapping[str, str]


@dataclass(frozen=True)
class FigureSource:
    """Where totals are read: what is stored, or for some items what an import would leave.

    ``expected``: the items of the import that this transaction judges (``measures_expected_total``).
    """

    expected: frozenset[int] = frozenset()

    def totals(self, items: Iterable[int]) -> list[QuerySet[Any]]:
        """One query, and another where any of the items is to be changed."""
        asked = set(items)
        found: list[QuerySet[Any]] = [
            CurrentTotal.objects.over_occupations().filter(item__in=asked - self.expected)
        ]
        if changing := asked & self.expected:
            found.append(ExpectedTotal.objects.filter(item__in=changing))
        return found


STORED = FigureSource()


def load_names() -> DimensionNames:
    return DimensionNames(
        regions={region.code: region.name for region in Region.objects.all()},
        groups={group.code: group.name for group in TargetGroup.objects.all()},
    )


Owner = tuple[int, int]
"""Organisation and indicator."""


def owner_of(item: Item) -> Owner:
    return (item.submission.organisation_id, item.indicator_id)


@dataclass(frozen=True)
class ItemTotals:
    """The totals of items and those of a year earlier, by the item; and the items of all years, by owner."""

    totals: Mapping[int, Mapping[Key, Total]] = field(default_factory=dict)
    last_year: Mapping[int, Mapping[Key, Entry]] = field(default_factory=dict)
    of_owners: Mapping[Owner, Mapping[int, int]] = field(default_factory=dict)
    """Of each organisation on each indicator: the item of each year."""


def load_item_totals(items: Collection[Item], source: FigureSource = STORED) -> ItemTotals:
    """Two queries: the items of all years, and the totals of these and of the year before."""
    of_owners = _items_of_owners(items)
    asked = {item.pk for item in items}
    before = _items_before(items, of_owners)
    totals: dict[int, dict[Key, Total]] = defaultdict(dict)
    last_year: dict[int, dict[Key, Entry]] = defaultdict(dict)
    for total in chain.from_iterable(source.totals(asked.union(before))):
        key = Key(total.region_id, total.target_group_id)
        if total.item_id in asked:
            totals[total.item_id][key] = total
        if total.item_id in before:
            last_year[before[total.item_id]][key] = _entry(total)
    return ItemTotals(totals, last_year, of_owners)


def load_last_year(items: Collection[Item]) -> dict[int, dict[Key, Entry]]:
    """What is stored of the year before alone, by the item that asks."""
    before = _items_before(items, _items_of_owners(items))
    found: dict[int, dict[Key, Entry]] = defaultdict(dict)
    for total in chain.from_iterable(STORED.totals(before)):
        found[before[total.item_id]][Key(total.region_id, total.target_group_id)] = _entry(total)
    return found


def _entry(total: Total) -> Entry:
    return Entry(value=total.value, absence=total.absence)


def _items_of_owners(items: Collection[Item]) -> dict[Owner, dict[int, int]]:
    of_owners: dict[Owner, dict[int, int]] = defaultdict(dict)
    for pk, organisation, indicator, year in Item.objects.filter(
        indicator__in={item.indicator_id for item in items},
        submission__organisation__in={item.submission.organisation_id for item in items},
    ).values_list("pk", "submission__organisation", "indicator", "submission__round__year"):
        of_owners[organisation, indicator][year] = pk
    return of_owners


def _items_before(items: Collection[Item], of_owners: Mapping[Owner, Mapping[int, int]]) -> dict[int, int]:
    """The items of a year earlier, each with the one that asks."""
    return {
        before: item.pk
        for item in items
        if (before := of_owners[owner_of(item)].get(item.submission.round.year - 1)) is not None
    }
