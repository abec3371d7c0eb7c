"""What there is to choose from where an indicator is stated by occupation, and every cell it may have."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django.db.models import Q

from measures.checks import Key
from measures.enums import TOTAL, UNASSIGNED
from measures.models import Figure, Item, Occupation
from measures.rules.cells import cell_name
from measures.selectors.plausibility import DimensionNames, load_names
from measures.selectors.recording.cells import EntryCell
from partners.models import Region

_OF_A_LABEL = ("code", "level", "label_de", "label_en")


class OccupationLists:
    """The lists of an item, each read once, when it is first asked for."""

    def __init__(self, item: Item) -> None:
        self.item = item

    @cached_property
    def names(self) -> DimensionNames:
        return load_names()

    @cached_property
    def regions(self) -> list[Region]:
        """The organisation's own region, or those of the level at which it states the indicator."""
        own = self.item.submission.organisation.region
        if own.level == self.item.region_level:
            return [own]
        return list(Region.objects.filter(Q(level=self.item.region_level) | Q(code=UNASSIGNED)))

    def region(self, code: str) -> Region:
        """The one chosen, or else the first."""
        return next((each for each in self.regions if each.code == code), self.regions[0])

    @cached_property
    def digits(self) -> list[int]:
        """The levels to choose from: the one there is, or all of the list while nothing is stated."""
        if Figure.objects.filter(item=self.item, occupation__level__gt=0).exists():
            return [self.item.occupation_level]
        levels = Occupation.objects.filter(level__gt=0).order_by("level").values_list("level", flat=True)
        return list(levels.distinct())

    @cached_property
    def areas(self) -> list[tuple[str, str]]:
        """The ten areas and what belongs to none, by the first sign of the codes in them."""
        found = Occupation.objects.filter(Q(level=1) | Q(code=UNASSIGNED)).order_by("-level", "code")
        return [(occupation.code[0], occupation.label) for occupation in found]


class PossibleCells(Mapping[str, EntryCell]):
    """Every cell an item has in a region, each made when it is asked for: a form sends a few of many."""

    def __init__(self, item: Item, region: str) -> None:
        self.item = item
        self.region = region
        self.groups = [TOTAL, *item.target_groups]

    @cached_property
    def occupations(self) -> dict[str, tuple[Any, ...]]:
        """What makes the label of each, by code: of more than a thousand, a form sends a few."""
        every = Occupation.objects.filter(Q(level__gt=0) | Q(code__in=[TOTAL, UNASSIGNED]))
        return {row[0]: row for row in every.values_list(*_OF_A_LABEL)}

    def __getitem__(self, name: str) -> EntryCell:
        item_id, region, group, occupation = _parts_of(name)
        known = item_id == str(self.item.pk) and region == self.region and group in self.groups
        if not known or occupation not in self.occupations:
            raise KeyError(name)
        label = row_label(Occupation(**dict(zip(_OF_A_LABEL, self.occupations[occupation], strict=True))))
        return EntryCell(self.item, Key(region, group), label, occupation)

    def __iter__(self) -> Iterator[str]:
        for group in self.groups:
            for occupation in self.occupations:
                yield cell_name(self.item.pk, self.region, group, occupation)

    def __len__(self) -> int:
        return len(self.groups) * len(self.occupations)


def _parts_of(name: str) -> tuple[str, str, str, str]:
    """What ``cell_name`` put together; empty for what it did not."""
    match name.split("-"):
        case [item_id, region, group]:
            return item_id, region, group, TOTAL
        case [item_id, region, group, occupation]:
            return item_id, region, group, occupation
        case _:
            return "", "", "", ""


def row_label(occupation: Occupation) -> str:
    return f"{occupation.code} {occupation.label}" if occupation.level else occupation.label
