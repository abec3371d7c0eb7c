"""Problems and questions: a code, a place and parameters; the sentence is made when it is shown."""

from __future__ import annotations

from typing import NamedTuple


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation. Django's own asks for settings, which the reading process has not."""
    return message


ERROR = "error"
QUERY = "query"
NOTE = "note"

# code -> (severity, message); {placeholders} are filled from the problem's parameters.
PROBLEMS: dict[str, tuple[str, str]] = {
    "organisation_unknown": (
        ERROR,
        gettext_noop("“{found}” is not a known organisation. Correct the name or choose one."),
    ),
    "region_unknown": (
        ERROR,
        gettext_noop("“{found}” is not a known region. Correct the name or choose one."),
    ),
    "indicator_unknown": (
        ERROR,
        gettext_noop("“{found}” is not a known indicator. Correct the name or choose one."),
    ),
    "target_group_unknown": (
        ERROR,
        gettext_noop("“{found}” is not a known target group. Correct the name or choose one."),
    ),
    "occupation_unknown": (
        ERROR,
        gettext_noop("“{found}” is not a known occupation (KldB 2010). Correct it or choose one."),
    ),
    "target_group_within": (
        ERROR,
        gettext_noop(
            "“{found}” stands under “{parent}”: groups within groups are not recorded. Leave the row out or "
            "correct the target group."
        ),
    ),
    "year_unreadable": (ERROR, gettext_noop("“{found}” is not a year. Write it with four digits.")),
    "year_out_of_range": (
        ERROR,
        gettext_noop(
            "There is no reporting round for the year {found}. Correct the year or have the round opened."
        ),
    ),
    "dimension_missing": (
        ERROR,
        gettext_noop(
            "This cell is empty, so it is not known what the value in this row belongs to. Fill it in."
        ),
    ),
    "organisation_ended": (
        ERROR,
        gettext_noop(
            "“{found}” no longer existed in {year}, it ended on {until}. Successor: {successor}. Correct the "
            "name or the year."
        ),
    ),
    "organisation_later": (
        ERROR,
        gettext_noop(
            "“{found}” did not exist yet in {year}, it began on {since}. Correct the name or the year."
        ),
    ),
    "region_differs": (
        ERROR,
        gettext_noop("“{found}” is not the Land of {organisation}. Correct the Land or the organisation."),
    ),
    "region_level": (
        ERROR,
        gettext_noop(
            "“{found}” is a district in {region}; figures are kept by Land. Add up each Land’s districts."
        ),
    ),
    "occupation_level": (
        ERROR,
        gettext_noop(
            "The occupation code “{found}” has another number of digits than the rest of the table "
            "({digits}). Subtotals cannot be recorded beside their parts."
        ),
    ),
    "not_a_number": (ERROR, gettext_noop("“{found}” is not a number. Enter a number or an agreed marker.")),
    "sign_in_doubt": (
        ERROR,
        gettext_noop(
            "It is not clear whether “{found}” is negative. Write the sign in front of the number, without "
            "parentheses."
        ),
    ),
    "not_whole": (
        ERROR,
        gettext_noop("“{found}” is not a whole number, but this indicator counts whole units."),
    ),
    "too_precise": (
        ERROR,
        gettext_noop("“{found}” has more than the {decimals} decimal places this indicator is kept with."),
    ),
    "too_large": (ERROR, gettext_noop("“{found}” is too large to be recorded. Check the number.")),
    "negative": (ERROR, gettext_noop("“{found}” is negative, but this indicator cannot be below zero.")),
    "formula_without_value": (
        ERROR,
        gettext_noop(
            "The formula in this cell has no stored result. Open the file in your spreadsheet program, "
            "save it, and upload it again."
        ),
    ),
    "cell_error": (
        ERROR,
        gettext_noop("The cell shows the error {found}. Correct the formula and upload again."),
    ),
    "date_not_number": (
        ERROR,
        gettext_noop(
            "The cell holds the date {found} instead of a number. Spreadsheets turn 1-2, 3/4 or 10.12 into "
            "dates: format the cell as text and enter again what it should hold."
        ),
    ),
    "date_not_label": (
        ERROR,
        gettext_noop(
            "The cell holds the date {found} instead of a name or code. Spreadsheets turn 1-2, 3/4 or 10.12 "
            "into dates: format the cell as text and enter again what it should hold."
        ),
    ),
    "percent_not_count": (
        ERROR,
        gettext_noop("“{found}” is a percentage, but this indicator counts. Enter the number itself."),
    ),
    "share_or_percent": (
        QUERY,
        gettext_noop(
            "“{found}” was read as less than one per cent. If it is a share (0.125 for 12.5 %), format the "
            "cells of this column as percentages."
        ),
    ),
    "shown_shortened": (
        NOTE,
        gettext_noop(
            "The format of this column shows numbers in thousands or millions. The cell holds {value}, and "
            "that was read."
        ),
    ),
    "repeated_different": (
        ERROR,
        gettext_noop(
            "This figure is given more than once with different values; see cell {other}. Keep one."
        ),
    ),
    "repeated_equal": (
        NOTE,
        gettext_noop("This figure is given again with the same value; see cell {other}."),
    ),
    "empty_not_reported": (
        NOTE,
        gettext_noop("The cell is empty: not reported. A figure that is already stored is left as it is."),
    ),
    "absence_to_confirm": (
        QUERY,
        gettext_noop("“{found}” was read as “{absence}”. Confirm the meaning or enter the number."),
    ),
    "dash_read_as_zero": (NOTE, gettext_noop("“{found}” was read as “nothing present”, that is as zero.")),
    "control_total_differs": (
        QUERY,
        gettext_noop("The total {found} stated in the file differs from the sum of its parts, {sum}."),
    ),
    "parts_differ": (
        QUERY,
        gettext_noop("The total {found} differs from the sum of the occupations below it, {sum}."),
    ),
    "subtotal_differs": (
        QUERY,
        gettext_noop("The subtotal {found} differs from the sum of the rows it adds up, {sum}."),
    ),
    "subtotal_not_kept": (
        NOTE,
        gettext_noop("“{found}” adds up other rows. It was compared with them and is not recorded."),
    ),
    "total_unclear": (NOTE, gettext_noop("It is not clear what this total adds up; it was not compared.")),
    "column_ignored": (
        NOTE,
        gettext_noop("The column “{found}” was not read: it is derived from other columns."),
    ),
    "factor_from_title": (
        NOTE,
        gettext_noop("“{found}” stands above the table: its numbers were multiplied by {factor}."),
    ),
    "column_not_kept": (
        NOTE,
        gettext_noop("The column “{found}” was not read: the portal keeps no figures of this kind."),
    ),
    "table_foreign": (
        NOTE,
        gettext_noop("The table {found} was not read: nothing in it names a figure the portal knows."),
    ),
    "macros_ignored": (
        NOTE,
        gettext_noop("The file holds macros. They were neither run nor read; what the cells show was read."),
    ),
    "comments_not_read": (
        NOTE,
        gettext_noop(
            "The file holds comments on cells; they were not read. What matters for a figure belongs into a "
            "column of remarks."
        ),
    ),
    "colours_not_read": (
        NOTE,
        gettext_noop(
            "“{found}”: what a colour means was not read. Put a mark beside such numbers (p for preliminary, "
            "r for revised, s for estimated) or a remark into a column of its own."
        ),
    ),
    "sheet_hidden": (NOTE, gettext_noop("The sheet “{found}” is hidden and was not read.")),
    "template_old_version": (
        NOTE,
        gettext_noop(
            "This is version {found} of the portal's workbook; the current one is {current}. It was read all "
            "the same. Please download the current one next time."
        ),
    ),
    "template_without_keys": (
        QUERY,
        gettext_noop(
            "This is the portal's own workbook without its hidden technical row; it was read like any other "
            "table. Make sure that last year's values are not taken for this year's."
        ),
    ),
    "template_other_year": (
        NOTE,
        gettext_noop(
            "The workbook is the one for the year {found}, whose reporting round is not open. Its values "
            "are taken as those of {found}."
        ),
    ),
    "template_other_organisation": (
        NOTE,
        gettext_noop(
            "The workbook holds figures of {found}, not of {chosen} as chosen when uploading. They are taken "
            "as those of {found}."
        ),
    ),
    "template_quality_unknown": (
        QUERY,
        gettext_noop(
            "“{found}” does not say of which quality the value is; it is taken as final. Choose a word from "
            "the list."
        ),
    ),
    "template_sheet_ignored": (
        NOTE,
        gettext_noop(
            "The sheet “{found}” was not read: in the portal's workbook only the sheet with the hidden "
            "technical row counts. If it holds figures, upload it as a file of its own."
        ),
    ),
    "rows_hidden": (
        NOTE,
        gettext_noop(
            "Hidden rows: {rows}; hidden columns: {columns}. They were read like the others; show them in "
            "your spreadsheet program to check them."
        ),
    ),
}

QUESTIONS: dict[str, str] = {
    "indicator": gettext_noop("Which indicator are the values of this table?"),
    "year": gettext_noop("Which year are the values of this table for?"),
    "organisation": gettext_noop("Which organisation do the values of this table come from?"),
    "column": gettext_noop("What does the column “{found}” contain?"),
    "notation": gettext_noop(
        "“{found}” can be read in two ways: is the mark a decimal mark or does it group thousands?"
    ),
}


SIMILAR = gettext_noop("Similar: {candidates}.")


def render(message: str, params: dict[str, str]) -> str:
    """Fill a message in the language now active; names that come close are added where there are any."""
    from django.utils.translation import gettext  # noqa: PLC0415  # the reading process never renders: half its start

    filled = {key: value or "–" for key, value in params.items()}
    if "absence" in filled:
        filled["absence"] = gettext(filled["absence"])
    sentence = gettext(message).format(**filled)
    return f"{sentence} {gettext(SIMILAR).format(**filled)}" if params.get("candidates") else sentence


class Problem(NamedTuple):
    code: str
    sheet: str
    cell: str
    found: str = ""
    params: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> str:
        return PROBLEMS[self.code][0]

    @property
    def message(self) -> str:
        return render(PROBLEMS[self.code][1], {"found": self.found, **dict(self.params)})


class Question(NamedTuple):
    """Only a person can answer; the reading stops at ``needs_answers``."""

    code: str
    sheet: str
    cell: str
    found: str = ""
    table: str = ""
    column: int = -1

    @property
    def message(self) -> str:
        return render(QUESTIONS[self.code], {"found": self.found})
