"""What there is to choose from where an indicator is stated by occupation, and the cells it has."""

from collections.abc import Collection
from functools import cached_property

from django.db.models import Q

from measures.checks import Key
from measures.enums import TOTAL, UNASSIGNED
from measures.models import Figure, Item, Occupation
from measures.selectors.plausibility import DimensionNames, load_names
from measures.selectors.recording.cells import EntryCell
from partners.models import Region

_OF_A_LABEL = ("code", "level", "label_de", "label_en")
_IS_RECORDED = Q(level__gt=0) | Q(code__in=[TOTAL, UNASSIGNED])


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


def codes_at_level(digits: int) -> list[str]:
    """The codes of the list with so many digits."""
    return list(Occupation.objects.filter(level=digits).order_by("code").values_list("code", flat=True))


def cells_called(item: Item, region: str, names: Collection[str]) -> dict[str, EntryCell]:
    """The cells that an item has in a region, of these names: of more than a thousand a form sends a few."""
    parts = {name: _parts_of(name) for name in names}
    asked = Occupation.objects.filter(code__in={occupation for *_item, occupation in parts.values()})
    occupations = {each.code: each for each in asked.filter(_IS_RECORDED).only(*_OF_A_LABEL)}
    groups = {TOTAL, *item.target_groups}
    return {
        name: EntryCell(item, Key(region, group), row_label(occupations[occupation]), occupation)
        for name, (item_id, of_region, group, occupation) in parts.items()
        if (item_id, of_region) == (str(item.pk), region) and group in groups and occupation in occupations
    }


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
