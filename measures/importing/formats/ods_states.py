"""What the fast reader does not tell of OpenDocument sheets; their XML streams past once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from measures.importing.formats.number_formats import InMillions, InThousands, Percent, ThreeDecimals, add_run
from measures.importing.formats.packages import check_beginning
from measures.importing.formats.states import BookStates, SheetStates, Span, add_hidden, refuse_too_large
from measures.importing.refusals import Refusal

if TYPE_CHECKING:
    import zipfile

    from measures.importing.vocabulary import Limits

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
"""Signs that are elements of their own, which the fast reader drops; blanks (``text:s``) it knows."""

_STYLES = (f"{_NUMBER}number-style", f"{_NUMBER}percentage-style", f"{_STYLE}style")


class _Styles:
    """Which cell styles change what a person sees of a number."""

    def __init__(self) -> None:
        self._formats: dict[str, type[float]] = {}
        self.types: dict[str, type[float]] = {}

    def note(self, element: ET.Element) -> None:
        name = element.get(f"{_STYLE}name", "")
        if element.tag == f"{_STYLE}style":
            data_style = element.get(f"{_STYLE}data-style-name", "")
            if type_ := self._formats.get(data_style) or self.types.get(
                element.get(f"{_STYLE}parent-style-name", "")
            ):
                self.types[name] = type_
        elif element.tag == f"{_NUMBER}percentage-style":
            self._formats[name] = Percent
        elif (number := element.find(f"{_NUMBER}number")) is not None and (type_ := _type_of(number)):
            self._formats[name] = type_


def _type_of(number: ET.Element) -> type[float] | None:
    scale = number.get(f"{_NUMBER}display-factor", "1")
    if scale != "1":
        return InThousands if scale == "1000" else InMillions
    return ThreeDecimals if number.get(f"{_NUMBER}decimal-places") == "3" else None


class _Sheet:
    """Position within one table while it streams past."""

    def __init__(self, name: str, types: dict[str, type[float]]) -> None:
        self.name = name
        self.types = types
        self.states = SheetStates()
        self.row = self.column = self.columns = 0
        self.last_row = self.last_column = -1
        self._of_columns: list[tuple[Span, type[float]]] = []
        self._of_row: list[tuple[Span, type[float]]] = []
        self._texts_of_row: list[tuple[Span, str]] = []

    def heading(self, element: ET.Element) -> None:
        repeat = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
        span = (self.columns, self.columns + repeat - 1)
        if _is_hidden(element):
            add_hidden(self.states.hidden_columns, *span)
        if type_ := self.types.get(element.get(f"{_TABLE}default-cell-style-name", "")):
            self._of_columns.append((span, type_))
        self.columns += repeat

    def cell(self, element: ET.Element) -> None:
        repeat = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
        kind = element.get(f"{_OFFICE}value-type", "")
        formula = element.get(f"{_TABLE}formula")
        paragraphs = element.findall(f"{_TEXT}p")
        text = "".join("".join(part.itertext()) for part in paragraphs)
        if kind == "string" and any(child.tag in _SIGNS for part in paragraphs for child in part.iter()):
            whole = "\n".join(map(_text_of, paragraphs))
            self._texts_of_row.append(((self.column, self.column + repeat - 1), whole))
        if kind or text or formula:
            self.last_row = max(self.last_row, self.row)
            self.last_column = max(self.last_column, self.column + repeat - 1)
            where = (self.row, self.column)
            if text.startswith(("#", "Err:")) and (formula or kind in ("", "string")):
                self.states.cells[where] = text
            elif formula and not text and kind != "string" and not element.get(f"{_OFFICE}value"):
                self.states.cells[where] = f"={formula.partition('=')[2]}"
            if kind and (type_ := self._type(kind, element.get(f"{_TABLE}style-name"))):
                self._of_row.append(((self.column, self.column + repeat - 1), type_))
        wide = int(element.get(f"{_TABLE}number-columns-spanned", "1"))
        high = int(element.get(f"{_TABLE}number-rows-spanned", "1"))
        if wide > 1 or high > 1:
            self.states.merges.append(
                ((self.row, self.column), (self.row + high - 1, self.column + wide - 1))
            )
        self.column += repeat

    def _type(self, kind: str, style: str | None) -> type[float] | None:
        if kind == "percentage":
            return Percent
        if style is not None:
            return self.types.get(style)
        return next(
            (type_ for (first, last), type_ in self._of_columns if first <= self.column <= last), None
        )

    def end_row(self, element: ET.Element, limits: Limits) -> None:
        repeat = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        if self.last_row == self.row:
            self.last_row += repeat - 1
        if _is_hidden(element):
            add_hidden(self.states.hidden_rows, self.row, self.row + repeat - 1)
        refuse_too_large(self.name, self.last_row, self.last_column, limits)
        for (first, last), type_ in self._of_row:
            for column in range(first, last + 1):
                add_run(self.states.formats, column, self.row, self.row + repeat - 1, type_)
        for (first, last), text in self._texts_of_row:
            for row in range(self.row, self.row + repeat):
                self.states.texts |= dict.fromkeys(((row, column) for column in range(first, last + 1)), text)
        self._of_row.clear()
        self._texts_of_row.clear()
        self.row += repeat
        self.column = 0


def _text_of(element: ET.Element) -> str:
    """The text of a paragraph with its tabs, line breaks and blanks."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * int(child.get(f"{_TEXT}c", "1")))
        else:
            parts.append(_SIGNS.get(child.tag) or _text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _is_hidden(element: ET.Element) -> bool:
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")


class _Document:
    """Sheets of a document while its XML streams past."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.styles = _Styles()
        self.found = BookStates()
        self.sheet: _Sheet | None = None

    def begin(self, element: ET.Element) -> None:
        if element.tag == f"{_TABLE}table":
            self.sheet = _Sheet(element.get(f"{_TABLE}name", ""), self.styles.types)
            self.found.sheets[self.sheet.name] = self.sheet.states

    def end(self, element: ET.Element) -> None:
        if self.sheet is None:
            if element.tag in _STYLES:
                self.styles.note(element)
        elif element.tag == f"{_OFFICE}annotation":
            self.sheet.states.has_comments = True
        elif element.tag in _CELLS:
            self.sheet.cell(element)
            element.clear()
        elif element.tag == f"{_TABLE}table-column":
            self.sheet.heading(element)
        elif element.tag == f"{_TABLE}table-row":
            self.sheet.end_row(element, self.limits)
            element.clear()


def scan_ods(archive: zipfile.ZipFile, limits: Limits) -> BookStates:
    document = _Document(limits)
    try:
        if "styles.xml" in archive.namelist():
            for element in ET.fromstring(archive.read("styles.xml")).iter():  # noqa: S314  in a guarded child
                document.end(element)
        check_beginning(archive, "content.xml")
        with archive.open("content.xml") as part:
            for event, element in ET.iterparse(part, events=("start", "end")):  # noqa: S314  in a guarded child
                if event == "start":
                    document.begin(element)
                else:
                    document.end(element)
    except ET.ParseError as error:
        raise Refusal("damaged") from error
    return document.found
