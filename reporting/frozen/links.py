"""Permanent links of printed numbers: the data's hash, what is counted, the year and the parts meant."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from urllib.parse import quote

from reporting.enums import ScopeKind
from reporting.frozen.schema import SnapshotData

ID_LENGTH = 16
"""So many characters of the SHA-256 stand in a link."""


class PartKind(StrEnum):
    """What a number is broken down by."""

    REGION = "region"
    GROUP = "group"
    UMBRELLA = "umbrella"
    MEASURE = "measure"
    SOURCE = "source"  # of money: its place among those of the measure, from 1
    LINE = "line"  # of a table whose lines have no code: its place, from 1


class Counted(StrEnum):
    """What is printed beside indicators and quantities of the training market, in place of their codes."""

    MONEY = "money-spent"
    PARTICIPATION = "who-reported"
    CONTROLS = "stated-totals"
    FILES = "files-used"
    HEADLINES = "headline-figures"
    RESOLUTIONS = "resolutions-kept"


FigurePart = tuple[str, str]
"""What a number is broken down by, and the code of the part."""

TrailUrl = Callable[[str, int, Sequence[FigurePart]], str]
"""Where a number of an indicator leads inside the portal: its code, year and parts."""

KIND_OF_SCOPE = {ScopeKind.LAND: PartKind.REGION, ScopeKind.UMBRELLA: PartKind.UMBRELLA}


def figure_link(
    portal: str, language: str, sha256: str, indicator: str, year: int, *parts: FigurePart
) -> str:
    """Where a number of the report leads, in whatever document it is printed."""
    link = f"{portal}{numbers_path(language, sha256)}{quote(indicator)}/{year}/"
    return link + "".join(f"{by}/{quote(code, safe='')}/" for by, code in parts)


def numbers_path(language: str, sha256: str) -> str:
    """What the paths of all numbers of a snapshot begin with."""
    return f"/{language}/wert/{sha256[:ID_LENGTH]}/"


def permanent_link(
    data: SnapshotData, language: str, sha256: str, indicator: str, year: int, *parts: FigurePart
) -> str:
    """Where a number printed from these data leads: one of the Alliance, or of a part of it.

    In the report of a Land or umbrella every number is of that, which comes first: ``region/05/group/W``.
    Data from before there were links lead nowhere.
    """
    of = with_scope(data, parts)
    return figure_link(data.portal, language, sha256, indicator, year, *of) if data.portal else ""


def with_scope(data: SnapshotData, parts: Sequence[FigurePart]) -> tuple[FigurePart, ...]:
    """The parts with that which all of these data are of in front."""
    scope = scope_part(data)
    return tuple(dict.fromkeys((*([scope] if scope else []), *parts)))


def scope_part(data: SnapshotData) -> FigurePart | None:
    """The part of the Alliance that every number of these data is of; None: of the whole."""
    return (KIND_OF_SCOPE[ScopeKind(data.scope.kind)], data.scope.code) if data.scope else None
