"""Permanent links of printed numbers: the data's hash, the indicator, the year and the parts meant."""

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


FigurePart = tuple[str, str]
"""What a number is broken down by, and the code of the part."""

_KIND_OF_SCOPE = {ScopeKind.LAND: PartKind.REGION, ScopeKind.UMBRELLA: PartKind.UMBRELLA}


def figure_link(
    portal: str, language: str, sha256: str, indicator: str, year: int, *parts: FigurePart
) -> str:
    """Where a number of the report leads, in whatever document it is printed."""
    link = f"{portal}/{language}/wert/{sha256[:ID_LENGTH]}/{quote(indicator)}/{year}/"
    return link + "".join(f"{by}/{quote(code, safe='')}/" for by, code in parts)


def permanent_link(
    data: SnapshotData, language: str, sha256: str, indicator: str, year: int, *parts: FigurePart
) -> str:
    """Where a number printed from these data leads: one of the Alliance, or of a part of it.

    In the report of a Land or umbrella every number is of that, which comes first: ``region/05/group/W``.
    Data from before there were links lead nowhere.
    """
    scope = scope_part(data)
    of = dict.fromkeys((*([scope] if scope else []), *parts))
    return figure_link(data.portal, language, sha256, indicator, year, *of) if data.portal else ""


def scope_part(data: SnapshotData) -> FigurePart | None:
    """The part of the Alliance that every number of these data is of; None: of the whole."""
    return (_KIND_OF_SCOPE[ScopeKind(data.scope.kind)], data.scope.code) if data.scope else None
