"""A workbook in which every text stands exactly as it was given, whatever signs it is made of."""

import re
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.worksheet import Worksheet

_LOOKS_ESCAPED = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_NOT_FOR_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def escape(text: str) -> str:
    """As OOXML escapes text: ``_x000D_`` for a carriage return, ``_x005F_x000D_`` for those seven signs.

    XlsxWriter itself misses an underscore shared by two such groups, and takes text between ``<r>`` and
    ``</r>`` for markup of its own.
    """
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = _NOT_FOR_XML.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)
    return f"_x003C_{text[1:]}" if text.startswith("<r>") else text


class _Escaping:
    @staticmethod
    def _escape_control_characters(data: Any) -> Any:
        return escape(data) if isinstance(data, str) else data


class _ExactStrings(_Escaping, SharedStrings):
    """Texts that the sheets share."""


class _ExactWorksheet(_Escaping, Worksheet):
    """Texts within the sheet, where the workbook is written row by row."""


class _Packager(Packager):
    def _write_shared_strings_file(self) -> None:
        strings = _ExactStrings()
        strings.string_table = self.workbook.str_table
        if strings.string_table.count:
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001  as the base class does
            strings._assemble_xml_file()  # noqa: SLF001


class ExactWorkbook(Workbook):
    worksheet_class = _ExactWorksheet

    def _get_packager(self) -> Packager:
        return _Packager()
