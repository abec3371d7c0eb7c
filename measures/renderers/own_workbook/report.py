"""The sheet to fill in: a row per indicator, Land, target group and occupation, with last year's value."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from measures.absence_words import WRITTEN
from measures.renderers.own_workbook.codes import (
    QUALITIES,
    REGIONS,
    SIGNS,
    occupation_text,
    occupations_list,
    target_groups_list,
)
from measures.renderers.own_workbook.content import Content, RequestedIndicator, StatedValue, WorkbookRow
from measures.renderers.own_workbook.formats import Formats, height_of, set_up
from measures.renderers.own_workbook_keys import (
    COLUMNS,
    NAMED_ID,
    NAMED_LANGUAGE,
    NAMED_ORGANISATION,
    NAMED_VERSION,
    NAMED_YEAR,
    QUALITY_WORDS,
    SHEETS,
    VERSION,
)
from measures.renderers.own_workbook_notes import cells_of, further_column

NAMES = COLUMNS[VERSION]
PLACE = {role: column for column, role in enumerate(NAMES)}
FIRST_KEY = PLACE["year"]

NAMED_ROW, HEADING_ROW, TECHNICAL_ROW, FIRST_ROW = 5, 6, 7, 8

_WIDTHS = {
    "indicator_name": 46,
    "unit": 20,
    "region_name": 24,
    "target_group_name": 42,
    "occupation_name": 44,
    "last_year": 14,
    "value": 16,
    "quality": 13,
    "note": 40,
}
_LARGEST = 10**14
_LONGEST_SENTENCE = 255


def write_report(workbook: Workbook, formats: Formats, content: Content) -> None:
    name = SHEETS[content.language]["report"]
    sheet = workbook.add_worksheet(name)
    report = _Report(sheet, formats, content)
    set_up(sheet, report.title)
    report.write_top()
    for label, row, column in report.write_named():
        workbook.define_name(label, f"='{name}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}")
    report.write_headings()
    for row, line in enumerate(content.lines, FIRST_ROW):
        report.write_line(row, line)
    report.add_choices()
    report.shape()


class _Report:
    def __init__(self, sheet: Worksheet, formats: Formats, content: Content) -> None:
        self.sheet = sheet
        self.formats = formats
        self.content = content
        self.title = _("Report for the reporting year %(year)s") % {"year": content.year}
        self.cells: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
        self.group_lists = {codes: number for number, codes in enumerate(content.target_group_lists)}
        self.last_indicator = ""
        self.further_notes = 0

    def write_top(self) -> None:
        content = self.content
        window = _("The figures can be recorded from %(first)s to %(last)s.") % {
            "first": date_format(content.opens_on, "DATE_FORMAT"),
            "last": date_format(content.closes_on, "DATE_FORMAT"),
        }
        how = _("Please fill in the white cells only. How that is done is said on the sheet “%(sheet)s”.") % {
            "sheet": SHEETS[content.language]["guide"]
        }
        self.sheet.write_string(0, 0, self.title, self.formats.title)
        self.sheet.write_string(1, 0, content.organisation.label, self.formats.section)
        self.sheet.write_string(2, 0, window, self.formats.line)
        self.sheet.write_string(3, 0, how, self.formats.line)
        if content.leaves_out:
            self.sheet.write_string(
                4,
                0,
                _(
                    "So many values by occupation are stored that they are not listed here; they stay "
                    "as they are."
                ),
                self.formats.line,
            )

    def write_named(self) -> Iterator[tuple[str, int, int]]:
        """The hidden row by which the workbook is recognised; every value in it has a name of its own."""
        content = self.content
        for place, (label, value) in enumerate(
            (
                (NAMED_VERSION, VERSION),
                (NAMED_YEAR, content.year),
                (NAMED_ORGANISATION, content.organisation.code),
                (NAMED_LANGUAGE, content.language),
                (NAMED_ID, content.id),
            )
        ):
            column = 2 * place
            self.sheet.write_string(NAMED_ROW, column, label)
            if isinstance(value, int):
                self.sheet.write_number(NAMED_ROW, column + 1, value)
            else:
                self.sheet.write_string(NAMED_ROW, column + 1, value)
            yield label, NAMED_ROW, column + 1

    def write_headings(self) -> None:
        headings = {
            "indicator_name": _("Indicator"),
            "unit": _("Unit"),
            "region_name": _("Land"),
            "target_group_name": _("Target group"),
            "occupation_name": _("Occupation (KldB 2010)"),
            "last_year": _("%(year)s (last year)") % {"year": self.content.year - 1},
            "value": _("%(year)s (please fill in)") % {"year": self.content.year},
            "quality": _("Quality"),
            "note": _("Remark"),
        }
        for role, column in PLACE.items():
            self.sheet.write_string(TECHNICAL_ROW, column, NAMES[role])
            if role in headings:
                self.sheet.write_string(HEADING_ROW, column, headings[role], self.formats.head)

    def write_line(self, row: int, line: WorkbookRow) -> None:
        is_first = line.indicator.code != self.last_indicator
        self.last_indicator = line.indicator.code
        self._write_labels(row, line, is_first=is_first)
        self._write_keys(row, line)
        decimals = line.indicator.decimals
        last_year = self.formats.fixed_number(decimals, is_first=is_first)
        self._write_stated(row, PLACE["last_year"], line.last_year, last_year)
        value = self.formats.number(decimals, is_first=is_first)
        self._write_stated(row, PLACE["value"], line.now, value)
        entry = self.formats.entry(is_first=is_first)
        quality = line.now.quality
        words = QUALITY_WORDS[self.content.language]
        self._write_text(row, "quality", words.get(quality, ""), entry)
        self._write_note(row, line.now.note, entry)
        self._choose(row, "quality")
        asked = line.indicator
        self._choose(row, "value", asked.decimals, asked.may_be_negative)

    def _write_labels(self, row: int, line: WorkbookRow, *, is_first: bool) -> None:
        label = self.formats.label(is_first=is_first)
        entry = self.formats.entry(is_first=is_first)
        self._write_text(row, "indicator_name", line.indicator.name, label)
        self._write_text(row, "unit", line.indicator.unit, label)
        is_room = line.occupation is None
        is_open = {
            "region_name": is_room and self.content.is_by_land,
            "target_group_name": is_room and line.indicator.has_target_groups,
            "occupation_name": not line.is_total,
        }
        texts = {
            "region_name": line.region.label,
            "target_group_name": line.target_group.label,
            "occupation_name": occupation_text(line.occupation) if line.occupation else "",
        }
        wide = {"indicator_name": line.indicator.name, "unit": line.indicator.unit, **texts}
        self.sheet.set_row(row, height_of(*((text, _WIDTHS[role]) for role, text in wide.items())))
        for role, text in texts.items():
            self._write_text(row, role, text, entry if is_open[role] else label)
            if is_open[role]:
                self._choose(row, role, *self._list_of(role, line.indicator))

    def _list_of(self, role: str, indicator: RequestedIndicator) -> tuple[int, ...]:
        """Which of the lists of this role the indicator is filled in from."""
        if role == "occupation_name":
            return (indicator.occupation_digits,)
        return (self.group_lists[indicator.target_groups],) if role == "target_group_name" else ()

    def _write_keys(self, row: int, line: WorkbookRow) -> None:
        """The codes a row is read by; where a person may choose, the key stays empty and the word decides."""
        is_room = line.occupation is None
        self.sheet.write_number(row, PLACE["year"], self.content.year)
        keys = {
            "organisation": self.content.organisation.code,
            "indicator": line.indicator.code,
            "region": "" if is_room and self.content.is_by_land else line.region.code,
            "target_group": "" if is_room and line.indicator.has_target_groups else line.target_group.code,
            "occupation": line.occupation.code if line.occupation and line.is_total else "",
        }
        for role, code in keys.items():
            if code:
                self.sheet.write_string(row, PLACE[role], code)

    def _write_text(self, row: int, role: str, text: str, look: Any) -> None:
        """A text stays a text, whatever sign it begins with."""
        if text:
            self.sheet.write_string(row, PLACE[role], text, look)
        else:
            self.sheet.write_blank(row, PLACE[role], None, look)

    def _write_note(self, row: int, note: str, look: Any) -> None:
        first, *further = cells_of(note)
        self._write_text(row, "note", first, look)
        for column, part in enumerate(further, len(PLACE)):
            self.sheet.write_string(row, column, part, look)
        self.further_notes = max(self.further_notes, len(further))

    def _write_stated(self, row: int, column: int, stated: StatedValue, look: Any) -> None:
        written = self._written(stated)
        if isinstance(written, str):
            if written:
                self.sheet.write_string(row, column, written, look)
            else:
                self.sheet.write_blank(row, column, None, look)
        else:
            self.sheet.write_number(row, column, written, look)

    def _written(self, stated: StatedValue) -> str | float:
        """As the portal reads it back: the same value, the same absence, the same flags."""
        if stated.value is None:
            sign = WRITTEN[self.content.language].get(stated.absence, "")
            return "/" if stated.absence == "unknown" and stated.is_uncertain else sign
        if stated.is_below_half_unit:
            return "o"
        number = float(stated.value)
        if stated.is_uncertain:
            return f"({self._as_text(stated.value)})"
        return number if Decimal(f"{number:.15g}") == stated.value else self._as_text(stated.value)

    def _as_text(self, value: Decimal) -> str:
        plain = f"{value.normalize():f}" if value else "0"
        return plain.replace(".", ",") if self.content.language == "de" else plain

    def _choose(self, row: int, role: str, *kind: Any) -> None:
        self.cells.setdefault((role, *kind), []).append((row, row))

    def add_choices(self) -> None:
        """One rule for all cells of a kind: programs slow down with a rule for every cell."""
        for (role, *kind), cells in self.cells.items():
            rule = self._value_rule(cells[0][0], *kind) if role == "value" else _list_rule(role, *kind)
            column = PLACE[role]
            first, *others = [[top, column, bottom, column] for top, bottom in _joined(cells)]
            if others:
                rule["other_cells"] = others
            self.sheet.data_validation(*first, rule)

    def _value_rule(self, row: int, decimals: int, may_be_negative: bool) -> dict[str, Any]:  # noqa: FBT001  part of a key
        cell = xl_rowcol_to_cell(row, PLACE["value"])
        least = f"{cell}>=0" if not may_be_negative else f"{cell}>-{_LARGEST}"
        is_number = f"AND({least},{cell}<{_LARGEST},ROUND({cell},{decimals})={cell})"
        signs = WRITTEN[self.content.language]
        number = (
            _("A number with at most %(decimals)s decimal places") % {"decimals": decimals}
            if decimals
            else _("A whole number")
        )
        sign = _("negative ones too") if may_be_negative else _("0 or more")
        sentence = _(
            "%(number)s, %(sign)s. 0: nothing at all. Empty: not reported. Without a number: %(unknown)s "
            "(not known), x (not applicable), * (confidential), … (follows later)."
        ) % {"number": number, "sign": sign, "unknown": signs["unknown"]}
        return {
            "validate": "custom",
            "value": f"=IF(ISNUMBER({cell}),{is_number},SUMPRODUCT(--({SIGNS}={cell}))>0)",
            "input_title": _("Value for %(year)s") % {"year": self.content.year},
            "input_message": sentence[:_LONGEST_SENTENCE],
            "error_title": _("Not possible here"),
            "error_message": sentence[:_LONGEST_SENTENCE],
        }

    def shape(self) -> None:
        sheet = self.sheet
        for role, width in _WIDTHS.items():
            is_hidden = role == "region_name" and not self.content.is_by_land
            sheet.set_column(PLACE[role], PLACE[role], width, None, {"hidden": is_hidden})
        sheet.set_column(FIRST_KEY, len(PLACE) - 1, 12, None, {"hidden": True})
        for number in range(2, self.further_notes + 2):
            column = len(PLACE) + number - 2
            sheet.set_column(column, column, _WIDTHS["note"])
            sheet.write_string(TECHNICAL_ROW, column, further_column(number))
            sheet.write_string(
                HEADING_ROW, column, _("Remark, part %(number)s") % {"number": number}, self.formats.head
            )
        sheet.set_row(NAMED_ROW, None, None, {"hidden": True})
        sheet.set_row(TECHNICAL_ROW, None, None, {"hidden": True})
        sheet.set_row(HEADING_ROW, 32)
        sheet.freeze_panes(FIRST_ROW, 1)
        sheet.repeat_rows(HEADING_ROW)
        last = FIRST_ROW + len(self.content.lines) - 1
        sheet.print_area(0, 0, max(last, FIRST_ROW), PLACE["note"])
        sheet.set_selection(FIRST_ROW, PLACE["value"], FIRST_ROW, PLACE["value"])


def _list_rule(role: str, which: int = 0) -> dict[str, Any]:
    sources = {
        "region_name": REGIONS,
        "target_group_name": target_groups_list(which),
        "occupation_name": occupations_list(which),
        "quality": QUALITIES,
    }
    rule: dict[str, Any] = {
        "validate": "list",
        "source": f"={sources[role]}",
        "error_title": _("Not in the list"),
        "error_message": _("Please choose from the list."),
    }
    if role == "occupation_name":
        rule |= {
            "error_type": "warning",
            "error_message": _(
                "This occupation is not in the list. Write the KldB code first, then the name: 24302 Welding."
            ),
            "input_title": _("Occupation"),
            "input_message": _("Choose from the list, or write a KldB code and a name."),
        }
    return rule


def _joined(rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Rows that follow each other as one range."""
    joined: list[tuple[int, int]] = []
    for top, bottom in rows:
        if joined and joined[-1][1] == top - 1:
            joined[-1] = (joined[-1][0], bottom)
        else:
            joined.append((top, bottom))
    return joined
