"""The comments on the cells of an xlsx sheet, from the part that its relations name."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from measures.importing.addresses import place_of
from measures.importing.formats.packages import parsed_part, relation_targets

if TYPE_CHECKING:
    import zipfile

_COMMENTS = re.compile(r"comments?\d*\.xml$", re.IGNORECASE)
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d*")


def comments_on(archive: zipfile.ZipFile, sheet_path: str) -> dict[tuple[int, int], str]:
    """The texts by the places of their cells."""
    found: dict[tuple[int, int], str] = {}
    parts = set(archive.namelist())
    for part in relation_targets(archive, sheet_path).values():
        if part not in parts or not _COMMENTS.match(posixpath.basename(part)):
            continue
        for element in parsed_part(archive.read(part)).iter():
            cell = element.get("ref", "")
            if element.tag.rpartition("}")[2] == "comment" and _ADDRESS.fullmatch(cell):
                found[place_of(cell)] = "".join(element.itertext())
    return found
