"""Which cells an offer may go to: the own Land, adjacent ones or all; the same occupation or its area."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from reporting.mismatch.cells import MarketCell


class Regions(StrEnum):
    OWN = "own"
    ADJACENT = "adjacent"
    ALL = "all"


class Occupations(StrEnum):
    SAME = "same"
    AREA = "area"  # the occupations whose codes begin with the same digit


NEIGHBOURS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "01": frozenset({"02", "03", "13"}),  # Schleswig-Holstein
        "02": frozenset({"01", "03"}),  # Hamburg
        "03": frozenset({"01", "02", "04", "05", "06", "12", "13", "15", "16"}),  # Lower Saxony
        "04": frozenset({"03"}),  # Bremen
        "05": frozenset({"03", "06", "07"}),  # North Rhine-Westphalia
        "06": frozenset({"03", "05", "07", "08", "09", "16"}),  # Hesse
        "07": frozenset({"05", "06", "08", "10"}),  # Rhineland-Palatinate
        "08": frozenset({"06", "07", "09"}),  # Baden-Württemberg
        "09": frozenset({"06", "08", "14", "16"}),  # Bavaria
        "10": frozenset({"07"}),  # Saarland
        "11": frozenset({"12"}),  # Berlin
        "12": frozenset({"03", "11", "13", "14", "15"}),  # Brandenburg
        "13": frozenset({"01", "03", "12"}),  # Mecklenburg-Western Pomerania
        "14": frozenset({"09", "12", "15", "16"}),  # Saxony
        "15": frozenset({"03", "12", "14", "16"}),  # Saxony-Anhalt
        "16": frozenset({"03", "06", "09", "14", "15"}),  # Thuringia
    }
)
"""The Länder that share a border on land, by their official keys."""


def reachable(
    cells: Iterable[MarketCell], regions: Regions, occupations: Occupations
) -> dict[MarketCell, list[MarketCell]]:
    """For people of each cell the cells that places may be offered from, their own among them."""
    by_key: dict[tuple[str, str], list[MarketCell]] = defaultdict(list)
    every = list(cells)
    for cell in every:
        by_key[cell.region, _key(cell, occupations)].append(cell)
    lands = {cell.region for cell in every}
    return {
        cell: [
            found
            for region in sorted(_regions(cell.region, lands, regions))
            for found in by_key[region, _key(cell, occupations)]
        ]
        for cell in every
    }


def _key(cell: MarketCell, occupations: Occupations) -> str:
    return cell.occupation[:1] if occupations is Occupations.AREA else cell.occupation


def _regions(region: str, lands: set[str], reach: Regions) -> set[str]:
    if reach is Regions.ALL:
        return lands
    near = NEIGHBOURS.get(region, frozenset()) if reach is Regions.ADJACENT else frozenset[str]()
    return lands & (near | {region})
