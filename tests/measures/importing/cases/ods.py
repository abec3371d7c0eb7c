"""Write a case as an ods file."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from samples.parts import ODS
from tests.measures.importing.cases.sheets import Formula, Place, Sheet, Value

NAMESPACES = {
    **{
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "table", "text", "style")
    },
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
}
ODS_STYLES = (
    '<style:style style:name="high" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="struck" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="unseen" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)


def write(sheets: list[Sheet], given: dict[str, Any]) -> bytes:
    tables = "".join(_ods_table(sheet) for sheet in sheets)
    names = " ".join(f'xmlns:{name}="{address}"' for name, address in NAMESPACES.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {names} office:version="1.2">'
        f"<office:automatic-styles>{ODS_STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    spoken = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="{media}"/>'
        for part, media in (("/", ODS), ("content.xml", "text/xml"))
    )
    head = f'xmlns:manifest="{spoken}" manifest:version="1.2"'
    manifest = f"<manifest:manifest {head}>{entries}</manifest:manifest>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return made.getvalue()


def _ods_table(sheet: Sheet) -> str:
    style = ' table:style-name="unseen"' if sheet.is_hidden else ""
    return f'<table:table table:name="{escape(sheet.name)}"{style}>{"".join(_ods_rows(sheet))}</table:table>'


def _ods_rows(sheet: Sheet) -> Iterator[str]:
    last_row = max(row for row, _ in sheet.cells)
    for row in range(last_row + 1):
        yield sheet.markup.get(row, "")
        columns = [column for at, column in sheet.cells if at == row]
        hidden = ' table:visibility="collapse"' if row in sheet.hidden_rows else ""
        cells = "".join(_ods_cell(sheet, (row, column)) for column in range(max(columns, default=0) + 1))
        yield f"<table:table-row{hidden}>{cells}</table:table-row>"
    yield sheet.markup.get(last_row + 1, "")


def _ods_cell(sheet: Sheet, place: Place) -> str:
    row, column = place
    value = sheet.cells.get(place, "")
    if isinstance(value, str) and value.startswith("<table:"):
        return value
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right and place != (top, left):
            return "<table:covered-table-cell/>"
    attributes, shown = _ods_value(value)
    for top, left, bottom, right in sheet.merged:
        if place == (top, left):
            attributes += f' table:number-columns-spanned="{right - left + 1}"'
            attributes += f' table:number-rows-spanned="{bottom - top + 1}"'
    if sheet.looks["struck"].get(place):
        attributes += ' table:style-name="struck"'
    raised = sheet.looks["raised"].get(place)
    if raised:
        shown = f'{shown[:-raised]}<text:span text:style-name="high">{shown[-raised:]}</text:span>'
    note = escape(sheet.looks["comments"].get(place, ""))
    if note:
        note = f"<dc:creator>Meier</dc:creator><text:p>{note}</text:p>"
        note = f"<office:annotation>{note}</office:annotation>"
    if not shown.startswith("<text:p>"):
        shown = "".join(f"<text:p>{line}</text:p>" for line in shown.split("\n") if shown)
    return f"<table:table-cell{attributes}>{note}{shown}</table:table-cell>"


def _ods_value(value: Value) -> tuple[str, str]:
    match value:
        case Formula(text, result):
            attributes, shown = _ods_value(result)
            return f' table:formula="of:{escape(text)}"{attributes}', shown
        case dt.date():
            return f' office:value-type="date" office:date-value="{value}"', f"{value:%d.%m.%Y}"
        case str():
            shown = value if value.startswith("<text:p>") else escape(value)
            return (' office:value-type="string"' if value else ""), shown
        case _:
            return f' office:value-type="float" office:value="{value}"', str(value).replace(".", ",")
