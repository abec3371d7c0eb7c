"""What openpyxl cannot keep of a workbook: told by the parts of the archive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping

CHARTS, IMAGES, SHAPES, CONTROLS, MACROS = "charts", "images", "shapes", "controls", "macros"
PIVOTS, SLICERS, THREADS, EMBEDDED = "pivots", "slicers", "threads", "embedded"
CONNECTIONS, SIGNATURES, SPARKLINES = "connections", "signatures", "sparklines"
CONDITIONS, VALIDATIONS = "conditions", "validations"

# Parts that never come back as they were.
_NEVER_KEPT = {
    CHARTS: re.compile(r"charts/chart(ex)?\d*\.xml$", re.IGNORECASE),
    CONTROLS: re.compile(r"(ctrlProps|activeX)/"),
    MACROS: re.compile(r"(vbaProject\.bin$|macrosheets/)"),
    SLICERS: re.compile(r"(slicers|timelines)/"),
    THREADS: re.compile(r"threadedComments/"),
    EMBEDDED: re.compile(r"embeddings/"),
    CONNECTIONS: re.compile(r"(connections\.xml$|queryTables/)"),
    SIGNATURES: re.compile(r"^_xmlsignatures/"),
}
# Parts that mostly do.
_COUNTED = {
    IMAGES: re.compile(r"xl/media/"),
    PIVOTS: re.compile(r"xl/pivotTables/[^/]+\.xml$"),
}
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)\b")
# What Excel keeps in the extension list of a sheet.
_EXTENSIONS = {
    SPARKLINES: re.compile(rb"<(?:\w+:)?sparkline\b"),
    CONDITIONS: re.compile(rb"<x14:conditionalFormatting\b"),
    VALIDATIONS: re.compile(rb"<x14:dataValidation\b"),
}
_CHUNK = 4 * 2**20
_OVERLAP = 64


def losses(archive: zipfile.ZipFile, *, kept: Mapping[str, int]) -> list[str]:
    """Codes of what does not come back; ``kept``: how many images and pivot tables do."""
    names = archive.namelist()
    found = {code for code, part in _NEVER_KEPT.items() if any(map(part.search, names))}
    found |= {
        code for code, part in _COUNTED.items() if sum(map(bool, map(part.search, names))) > kept.get(code, 0)
    }
    for name in names:
        if "drawings/drawing" in name and name.endswith(".xml"):
            found |= _found_in(archive, name, {SHAPES: _SHAPE})
        elif "worksheets/" in name and name.endswith(".xml"):
            found |= _found_in(archive, name, _EXTENSIONS)
    return [code for code in ALL if code in found]


ALL = (*_NEVER_KEPT, *_COUNTED, SHAPES, *_EXTENSIONS)


def _found_in(archive: zipfile.ZipFile, name: str, signs: dict[str, re.Pattern[bytes]]) -> set[str]:
    found: set[str] = set()
    rest = b""
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            data = rest + chunk
            found |= {code for code, sign in signs.items() if sign.search(data)}
            rest = data[-_OVERLAP:]
    return found
