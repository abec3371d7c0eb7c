"""The totals of submissions and those of the year before, as grid, checks and workbook compare them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
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


def totals_of(items: Iterable[Item], source: FigureSource = STORED) -> dict[int, dict[Key, Total]]:
    found: dict[int, dict[Key, Total]] = defaultdict(dict)
    for total in chain.from_iterable(source.totals(item.pk for item in items)):
        found[total.item_id][Key(total.region_id, total.target_group_id)] = total
    return found


def last_year_of(
    items: Collection[Item],
    source: FigureSource = STORED,
    known: Mapping[int, Mapping[Key, Total]] = MappingProxyType({}),
) -> dict[int, dict[Key, Entry]]:
    """What each item's organisation stated on its indicator a year earlier, by the item: two queries.

    ``known``: totals that were read from the source before.
    """
    asking = {
        (item.submission.organisation_id, item.indicator_id, item.submission.round.year - 1): item.pk
        for item in items
    }
    before = {
        pk: asking[owner_and_year]
        for pk, *about in Item.objects.filter(
            indicator__in={item.indicator_id for item in items},
            submission__organisation__in={item.submission.organisation_id for item in items},
            submission__round__year__in={item.submission.round.year - 1 for item in items},
        ).values_list("pk", "submission__organisation", "indicator", "submission__round__year")
        if (owner_and_year := tuple(about)) in asking
    }
    found: dict[int, dict[Key, Entry]] = defaultdict(dict)
    unknown = chain.from_iterable(source.totals(before.keys() - known.keys()))
    for total in chain((total for pk in before for total in known.get(pk, {}).values()), unknown):
        entry = Entry(value=total.value, absence=total.absence)
        found[before[total.item_id]][Key(total.region_id, total.target_group_id)] = entry
    return found
