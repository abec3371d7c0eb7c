"""How far cells of an .xlsx are set in: some tables show by nothing else what belongs to what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    import zipfile

    from measures.importing.formats.states import SheetStates

_MOST_CELLS = 200_000


def indents_of_xlsx_styles(archive: zipfile.ZipFile) -> dict[int, int]:
    """The styles that set a cell in, by their place in the list."""
    part = next((part for part in archive.namelist() if part.lower().endswith("styles.xml")), "")
    if not part:
        return {}
    indents: dict[int, int] = {}
    for element in ET.fromstring(archive.read(part)):  # noqa: S314  read in a guarded child process
        if element.tag.rpartition("}")[2] != "cellXfs":
            continue
        for place, style in enumerate(element):
            for alignment in style:
                indent = alignment.get("indent", "0")
                if alignment.tag.endswith("}alignment") and indent.isdecimal() and int(indent):
                    indents[place] = int(indent)
    return indents


class IndentedCells:
    """Finds the cells of styles that set them in."""

    def __init__(self, indents: dict[int, int]) -> None:
        self.indents = {str(style).encode(): indent for style, indent in indents.items()}
        self.cell = re.compile(
            rb"""<(?:\w+:)?c\s(?=[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'])[^>]*?\bs=["'](%b)["']"""
            % b"|".join(self.indents)
        )

    def note(self, data: bytes, states: SheetStates) -> None:
        if not self.indents or len(states.indents) >= _MOST_CELLS:
            return
        for letters, number, style in self.cell.findall(data):
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            states.indents[int(number) - 1, column - 1] = self.indents[style]
