"""What the fast reader does not tell of OpenDocument sheets; their XML streams past once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from measures.importing.formats.number_formats import Percent, add_run, type_of_format
from measures.importing.formats.ods_formats import code_of, section_of
from measures.importing.formats.packages import check_beginning
from measures.importing.formats.page_texts import with_words
from measures.importing.formats.runs import PLAIN, Look, Run, ShownText, shown_text
from measures.importing.formats.states import BookStates, SheetStates, Span, add_hidden, refuse_too_large
from measures.importing.refusals import Refusal

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from measures.importing.vocabulary import Limits

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
"""Signs that are elements of their own, which the fast reader drops; blanks (``text:s``) it knows."""

_BOXES = tuple(
    f"{{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}}{kind}" for kind in ("text-box", "custom-shape")
)
_FIELDS = frozenset(
    f"{_TEXT}{kind}"
    for kind in ("sheet-name", "page-number", "page-count", "date", "time", "file-name", "title")
)
"""What is filled in on printing."""
_PAGE = f"{_STYLE}master-page"
_HEADERS = tuple(f"{_STYLE}{kind}" for kind in ("header", "header-left", "footer", "footer-left"))

_STYLES = (
    *(f"{_NUMBER}{kind}-style" for kind in ("number", "percentage", "currency")), f"{_STYLE}style", _PAGE
)  # fmt: skip


class _Styles:
    """Which cell styles change what a person sees of a number."""

    def __init__(self) -> None:
        self._formats: dict[str, type[float]] = {}
        self._sections: dict[str, str] = {}
        self.types: dict[str, type[float]] = {}
        self.pages: dict[str, list[str]] = {}
        """The headers and footers of printed pages, by the name of the kind of page."""
        self.pages_of_tables: dict[str, str] = {}
        self.looks: dict[tuple[str, str], Look] = {}
        """Family and name of the styles that set characters high or strike them out."""

    def note(self, element: ET.Element) -> None:
        name = element.get(f"{_STYLE}name", "")
        if element.tag == _PAGE:
            self.pages[name] = _lines_of_page(element)
        elif element.tag == f"{_STYLE}style":
            if page := element.get(f"{_STYLE}master-page-name"):
                self.pages_of_tables[name] = page
            self._note_look(element, name)
            data_style = element.get(f"{_STYLE}data-style-name", "")
            if type_ := self._formats.get(data_style) or self.types.get(
                element.get(f"{_STYLE}parent-style-name", "")
            ):
                self.types[name] = type_
        elif element.tag == f"{_NUMBER}percentage-style":
            self._formats[name] = Percent
        else:
            self._sections[name] = section_of(element)
            if type_ := type_of_format(code_of(element, self._sections)):
                self._formats[name] = type_

    def _note_look(self, element: ET.Element, name: str) -> None:
        family = element.get(f"{_STYLE}family", "")
        look = self.looks.get((family, element.get(f"{_STYLE}parent-style-name", "")), PLAIN)
        properties = element.find(f"{_STYLE}text-properties")
        if properties is not None:
            position = properties.get(f"{_STYLE}text-position", "super" if look.is_raised else "")
            struck = "solid" if look.is_struck else "none"
            for kind in ("type", "style"):
                struck = properties.get(f"{_STYLE}text-line-through-{kind}", struck)
            look = Look(_is_raised(position), struck != "none")
        if look != PLAIN:
            self.looks[family, name] = look


def _lines_of_page(element: ET.Element) -> list[str]:
    shown = (each for each in element if each.tag in _HEADERS and each.get(f"{_STYLE}display") != "false")
    return with_words(_text_of(paragraph, _FIELDS) for each in shown for paragraph in each.iter(f"{_TEXT}p"))


def _is_raised(position: str) -> bool:
    """``super 58%`` or ``33% 58%``: how far above the line, and how large."""
    height = position.partition(" ")[0]
    return height == "super" or (height.endswith("%") and not height.startswith(("-", "0%")))


class _Sheet:
    """Position within one table while it streams past."""

    def __init__(self, name: str, styles: _Styles) -> None:
        self.name = name
        self.types, self.looks = styles.types, styles.looks
        self.states = SheetStates()
        self.row = self.column = self.columns = 0
        self.last_row = self.last_column = -1
        self._of_columns: list[tuple[Span, type[float]]] = []
        self._of_row: list[tuple[Span, type[float]]] = []
        self._texts_of_row: list[tuple[Span, str]] = []
        self._struck_of_row: list[tuple[Span, str]] = []

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
        if self.looks and text:
            self._note_look(element, kind, paragraphs, (self.column, self.column + repeat - 1))
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
        if (note := element.find(f"{_OFFICE}annotation")) is not None:
            self.states.comments[self.row, self.column] = "\n".join(map(_text_of, note.iter(f"{_TEXT}p")))
        wide = int(element.get(f"{_TABLE}number-columns-spanned", "1"))
        high = int(element.get(f"{_TABLE}number-rows-spanned", "1"))
        if wide > 1 or high > 1:
            self.states.merges.append(
                ((self.row, self.column), (self.row + high - 1, self.column + wide - 1))
            )
        self.column += repeat

    def _note_look(self, element: ET.Element, kind: str, paragraphs: list[ET.Element], span: Span) -> None:
        style = self.looks.get(("table-cell", element.get(f"{_TABLE}style-name", "")), PLAIN)
        if style.is_struck:
            self._struck_of_row.append((span, ""))
        elif kind == "string" and (shown := _shown(paragraphs, self.looks)):
            if shown.text.strip():
                self._texts_of_row.append((span, shown.text))
            if shown.struck.strip():
                self._struck_of_row.append((span, shown.struck))

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
        for given, noted in (
            (self._texts_of_row, self.states.texts),
            (self._struck_of_row, self.states.struck),
        ):
            for (first, last), text in given:
                for row in range(self.row, self.row + repeat):
                    noted.update(dict.fromkeys(((row, column) for column in range(first, last + 1)), text))
            given.clear()
        self._of_row.clear()
        self.row += repeat
        self.column = 0


def _text_of(element: ET.Element, left_out: frozenset[str] = frozenset()) -> str:
    """The text of a paragraph with its tabs, line breaks and blanks, without the elements ``left_out``."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * int(child.get(f"{_TEXT}c", "1")))
        elif child.tag not in left_out:
            parts.append(_SIGNS.get(child.tag) or _text_of(child, left_out))
        parts.append(child.tail or "")
    return "".join(parts)


def _shown(paragraphs: list[ET.Element], looks: dict[tuple[str, str], Look]) -> ShownText | None:
    runs = [list(_runs(paragraph, PLAIN, looks)) for paragraph in paragraphs]
    between = [Run("\n", PLAIN)]
    return shown_text(run for number, each in enumerate(runs) for run in (between if number else []) + each)


def _runs(element: ET.Element, look: Look, looks: dict[tuple[str, str], Look]) -> Iterator[Run]:
    yield Run(element.text or "", look)
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield Run(" " * int(child.get(f"{_TEXT}c", "1")), look)
        elif child.tag in _SIGNS:
            yield Run(_SIGNS[child.tag], look)
        else:
            yield from _runs(child, looks.get(("text", child.get(f"{_TEXT}style-name", "")), look), looks)
        yield Run(child.tail or "", look)


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
            self.sheet = _Sheet(element.get(f"{_TABLE}name", ""), self.styles)
            page = self.styles.pages_of_tables.get(element.get(f"{_TABLE}style-name", ""), "")
            self.sheet.states.page_texts += self.styles.pages.get(page, [])
            self.found.sheets[self.sheet.name] = self.sheet.states

    def end(self, element: ET.Element) -> None:
        if self.sheet is None:
            if element.tag in _STYLES:
                self.styles.note(element)
        elif element.tag == f"{_OFFICE}annotation":
            self.sheet.states.has_comments = True
        elif element.tag in _BOXES:
            self.sheet.states.boxes += with_words(map(_text_of, element.iter(f"{_TEXT}p")))
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
