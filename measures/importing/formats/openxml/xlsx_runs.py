"""Texts of an .xlsx whose characters do not all look alike, and cells whose font strikes them out.

Most workbooks have none: looking for two words in the parts that could name them is all they pay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from measures.importing.addresses import column_number
from measures.importing.formats.packages import parsed_part
from measures.importing.formats.runs import PLAIN, Look, Run, ShownText, note_shown, shown_text

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable

    from measures.importing.formats.states import SheetStates

_CHUNK = 2**20
_SIGNS = (b"superscript", b"strike")
_OFF = ("0", "false", "off")
_CELL_OF_TABLE = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\bt=["']s["'])[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>"""
    rb"""\s*<(?:\w+:)?v>\s*(\d+)\s*<"""
)
_INLINE_CELL = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>\s*(<(?:\w+:)?is\b.*?</(?:\w+:)?is>)""",
    re.DOTALL,
)
_PREFIX = re.compile(rb"(</?)\w+:|\s\w+:\w+=(?:\"[^\"]*\"|'[^']*')")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class RunsOfBook:
    """What holds for all sheets of a workbook."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.texts = _texts_of_table(archive)
        styles = {str(style).encode() for style in struck_styles(archive)}
        self.struck_cell = (
            re.compile(
                rb"""<(?:\w+:)?c\s(?=[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'])[^>]*?\bs=["'](?:%b)["'][^>/]*>"""
                % b"|".join(styles)
            )
            if styles
            else None
        )

    def note(self, data: bytes, states: SheetStates) -> None:
        """Look through a piece of a sheet."""
        if self.texts:
            for letters, number, text in _CELL_OF_TABLE.findall(data):
                if shown := self.texts.get(int(text)):
                    note_shown(states, _place(letters, number), shown)
        if any(sign in data for sign in _SIGNS):
            for letters, number, content in _INLINE_CELL.findall(data):
                if shown := shown_text(_runs(ET.fromstring(_PREFIX.sub(rb"\1", content)))):  # noqa: S314  guarded child
                    note_shown(states, _place(letters, number), shown)
        if self.struck_cell:
            for letters, number in self.struck_cell.findall(data):
                states.struck.setdefault(_place(letters, number), "")


def _place(letters: bytes, number: bytes) -> tuple[int, int]:
    return int(number) - 1, column_number(letters.decode())


def _texts_of_table(archive: zipfile.ZipFile) -> dict[int, ShownText]:
    """The shared texts that show more than their characters, by their place in the table."""
    part = next((part for part in archive.namelist() if part.lower().endswith("sharedstrings.xml")), "")
    if not part or not _has_sign(archive, part):
        return {}
    found: dict[int, ShownText] = {}
    count = 0
    with archive.open(part) as file:
        for _, element in ET.iterparse(file):  # noqa: S314  declarations were refused, and we are in a guarded child
            if _tag(element) != "si":
                continue
            if shown := shown_text(_runs(element)):
                found[count] = shown
            count += 1
            element.clear()
    return found


def _has_sign(archive: zipfile.ZipFile, part: str) -> bool:
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            if any(sign in rest + chunk for sign in _SIGNS):
                return True
            rest = chunk[-16:]
    return False


def _runs(element: ET.Element) -> Iterable[Run]:
    for child in element:
        if _tag(child) == "t":
            yield Run(_unescaped(child.text or ""), PLAIN)
        elif _tag(child) == "r":
            look, text = PLAIN, ""
            for part in child:
                if _tag(part) == "rPr":
                    look = _look(part)
                elif _tag(part) == "t":
                    text += part.text or ""
            yield Run(_unescaped(text), look)


def _look(properties: ET.Element) -> Look:
    given = {_tag(each): each.get("val", "") for each in properties}
    return Look(given.get("vertAlign") == "superscript", given.get("strike", "0").lower() not in _OFF)


def struck_styles(archive: zipfile.ZipFile) -> set[int]:
    """The cell styles whose font strikes out, by their place in the list."""
    part = next((part for part in archive.namelist() if part.lower().endswith("styles.xml")), "")
    if not part or b"strike" not in archive.read(part):
        return set()
    fonts: set[int] = set()
    styles: set[int] = set()
    for element in parsed_part(archive.read(part)):
        if _tag(element) == "fonts":
            fonts = {place for place, font in enumerate(element) if _look(font).is_struck}
        elif _tag(element) == "cellXfs":
            styles = {place for place, style in enumerate(element) if int(style.get("fontId", "0")) in fonts}
    return styles


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _unescaped(text: str) -> str:
    """``_x000D_`` is how a sign is written that XML does not allow."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
