"""Files that are not read at all, and why: what it is and what to send instead."""

from __future__ import annotations

from measures.importing.problems import gettext_noop

REFUSALS: dict[str, str] = {
    "empty_file": gettext_noop("The file is empty. Please upload the file with its content."),
    "too_large": gettext_noop("The file is larger than {limit} MB. Please split it."),
    "pdf": gettext_noop(
        "This is a PDF. Numbers cannot be read from it reliably; please upload the spreadsheet it was "
        "made from."
    ),
    "html": gettext_noop(
        "This is a web page (HTML), even if its name ends in .xls or .xlsx. Please open it in your "
        "spreadsheet program and save it as .xlsx."
    ),
    "xml": gettext_noop(
        "This is an XML file. Please open it in your spreadsheet program and save it as .xlsx."
    ),
    "password": gettext_noop(
        "The file is protected by a password. Please save it without one and upload it again."
    ),
    "xml_spreadsheet": gettext_noop(
        "This is a spreadsheet as XML (Excel 2003 or OpenDocument). Please open it in your spreadsheet "
        "program and save it as .xlsx."
    ),
    "document": gettext_noop(
        "This is a text document or a presentation, not a spreadsheet. Please copy the table into a "
        "spreadsheet and upload that, as .xlsx, .xls, .ods or .csv."
    ),
    "image": gettext_noop(
        "This is a picture. Numbers cannot be read from it reliably; please upload the spreadsheet it shows."
    ),
    "archive": gettext_noop(
        "This is an archive (such as ZIP). Please unpack it and upload the spreadsheet in it."
    ),
    "apple_numbers": gettext_noop(
        "This is a file of Apple Numbers. Please export it as .xlsx and upload that."
    ),
    "old_spreadsheet": gettext_noop(
        "This is a workbook as old programs wrote it (Excel before 1997, OpenOffice before 2005) and is not "
        "read. Please open it in your spreadsheet program and save it as .xlsx."
    ),
    "unknown_type": gettext_noop(
        "This type of file is not read. Please upload .xlsx, .xlsm, .xlsb, .xls, .ods, .csv or .txt."
    ),
    "not_text": gettext_noop(
        "The file does not hold text as .csv and .txt do: it is damaged or of another type. Please save it "
        "again as .csv or .xlsx."
    ),
    "damaged": gettext_noop(
        "The file is damaged or incomplete and cannot be opened. Please save it again and upload it "
        "once more."
    ),
    "bomb": gettext_noop(
        "The file unpacks to an unreasonable size and was not opened. Please copy the table into a new "
        "workbook and upload that."
    ),
    "declarations": gettext_noop(
        "The file declares XML entities, which no spreadsheet program writes, and was not opened. Please "
        "save it again as .xlsx."
    ),
    "too_many_sheets": gettext_noop(
        "The workbook has more than {limit} sheets. Please upload only the sheets with figures."
    ),
    "too_many_rows": gettext_noop("The sheet “{sheet}” has more than {limit} rows. Please split it."),
    "too_many_columns": gettext_noop(
        "The sheet “{sheet}” has more than {limit} columns. Please remove what does not belong to the table."
    ),
    "too_many_cells": gettext_noop(
        "The sheet “{sheet}” reaches to cell {cell}; that is too large an area. A stray entry far away from "
        "the table is the usual cause: delete it and save the file again."
    ),
    "too_costly": gettext_noop(
        "Reading the file took too much time or memory and was stopped. Please split the file or remove what "
        "does not belong to the table."
    ),
    "problem_sheet_alone": gettext_noop(
        "This is only the list of problems that the portal made. Please correct the cells in your own file "
        "and upload that."
    ),
    "sheet_missing": gettext_noop("There is no sheet “{wanted}” in the file. It has: {sheets}."),
    "empty_workbook": gettext_noop("The workbook has no filled cell."),
    "template_version_unknown": gettext_noop(
        "This workbook states version {version} of the portal's own; versions up to {current} are "
        "known here. Please download the workbook again and copy your values into it."
    ),
    "template_damaged": gettext_noop(
        "This is the portal's own workbook, but in row {row} of the sheet “{sheet}” hidden columns have been "
        "lost: {names}. Please download the workbook again and copy your values into it."
    ),
    "no_table": gettext_noop(
        "No table was found: there must be a row of column headings, and below it rows with numbers."
    ),
}


class Refusal(Exception):  # noqa: N818  it is an answer to the supplier, not a fault of the program
    """The file is not read at all, for a reason a person can act on."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
