"""The portal's own workbook coming back: known by the technical names in it, read straight from its keys.

Nothing else in the file counts: not its name, the order of its sheets, its visible headings, columns that
were added. What is read goes through the same reader as any other table.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from measures.absence_words import UNKNOWN
from measures.importing.addresses import address, column_letters
from measures.importing.columns.plan import Heading, Plan, ValueColumn
from measures.importing.formats.workbook import Sheet, Workbook
from measures.importing.layout.blocks import Block
from measures.importing.layout.grid import SheetGrid, shown
from measures.importing.problems import Problem
from measures.importing.progress import RowProgress
from measures.importing.reading.unread import unread_extras
from measures.importing.reading.why import decisions_of_own_table
from measures.importing.refusals import Refusal
from measures.importing.results import Column, Reading, Table
from measures.importing.rows.row_reader import RowReader
from measures.importing.text.folding import fold, tidy
from measures.importing.text.footnotes import Footnotes
from measures.importing.text.markers import Markers, Meaning, possible_meanings
from measures.importing.text.names import NameIndex
from measures.importing.text.numbers import ENGLISH, GERMAN, notation_of, take_apart
from measures.importing.vocabulary import COUNTRY, Answers, Vocabulary
from measures.renderers import own_workbook_keys as keys
from measures.renderers.own_workbook_notes import note_in, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.progress import ProgressCallback
    from measures.importing.rows.table_rows import TableRows

_FROM_TOP = 60
"""Rows in which the technical row is looked for: people put lines above a table, not pages."""

_NAMED = {
    keys.NAMED_VERSION: "version",
    keys.NAMED_YEAR: "year",
    keys.NAMED_ORGANISATION: "organisation",
    keys.NAMED_LANGUAGE: "language",
}
_ROLES = ("indicator", "target_group", "region", "occupation", "organisation", "year", "note")
_OWN_SHEETS = {name for names in keys.SHEETS.values() for name in names.values()}
_QUALITY = {fold(word): quality for words in keys.QUALITY_WORDS.values() for quality, word in words.items()}
_QUALITY |= {fold("revidiert"): "revised", fold("Schätzung"): "estimate"}
_STATUS = {quality: word for quality, word in keys.QUALITY_WORDS["de"].items() if quality != "final"}


class AgreedMarkers(Markers):
    """What signs and words mean in the portal's own workbook, which says what to write.

    A word with one meaning needs no confirmation. A dash can mean none at all or not known: that is asked.
    Numbers in parentheses are of limited certainty: the portal writes them so.
    """

    def __init__(self, answers: dict[str, str]) -> None:
        super().__init__({}, answers)

    @property
    def parentheses_are_explained(self) -> bool:
        return True

    def meaning(self, text: str) -> Meaning | None:
        if text in self.answers:
            return self.answers[text]
        possible = possible_meanings(text)
        if not possible:
            return None
        if len(possible) == 1:
            return possible[0]._replace(confirm=False)
        return Meaning(UNKNOWN, confirm=True) if possible[0].is_plain_zero else possible[0]

    def source(self, text: str) -> str:
        if text not in self.answers and len(possible_meanings(text)) == 1:
            return "legend"
        return super().source(text)


@dataclass(slots=True)
class OwnSheet:
    """A sheet that is one of ours: where its technical row is, what its named cells say."""

    sheet: Sheet
    version: int
    row: int
    columns: dict[str, int]
    further_notes: list[int]
    """Columns in which a long remark goes on."""

    year: str = ""
    organisation: str = ""
    language: str = GERMAN
    lines: dict[tuple[str, bool], list[int]] = field(default_factory=lambda: defaultdict(list))
    """Rows to be read, apart by organisation and by whether they speak of the whole country."""

    problems: list[Problem] = field(default_factory=list)

    @property
    def value(self) -> int:
        return self.columns["value"]


def find_own_sheets(sheets: Iterable[Sheet]) -> list[OwnSheet]:
    """The sheets that are the portal's own; a version that is not known or lacks a column is refused."""
    return [own_sheet for sheet in sheets if (own_sheet := _recognise(sheet)) is not None]


def without_keys(sheets: Iterable[Sheet]) -> list[Problem]:
    """Sheets that say they are the portal's own but have lost the row their columns are known by."""
    return [
        Problem("template_without_keys", sheet.name, address(row, line.index(keys.NAMED_VERSION)))
        for sheet in sheets
        for row, line in enumerate(sheet.rows[:_FROM_TOP])
        if keys.NAMED_VERSION in line
    ]


def _recognise(sheet: Sheet) -> OwnSheet | None:
    named: dict[str, str] = {}
    for row, line in enumerate(sheet.rows[:_FROM_TOP]):
        texts = [tidy(shown(value)) for value in line]
        for column, text in enumerate(texts):
            if text in _NAMED:
                named[_NAMED[text]] = next(filter(None, texts[column + 1 :]), "")
        version, columns = _columns(texts)
        if not columns:
            continue
        stated = named.get("version") or str(version)
        if stated not in map(str, keys.COLUMNS):
            raise Refusal("template_version_unknown", version=stated, current=str(keys.VERSION))
        missing = [role for role in keys.REQUIRED if role not in columns]
        if missing:
            names = ", ".join(keys.COLUMNS[version][role] for role in missing)
            raise Refusal("template_damaged", sheet=sheet.name, row=str(row + 1), names=names)
        language = ENGLISH if named.get("language") == ENGLISH else GERMAN
        return OwnSheet(
            sheet,
            version,
            row,
            columns,
            _further_notes(texts),
            year=named.get("year", ""),
            organisation=named.get("organisation", ""),
            language=language,
        )
    return None


def _columns(texts: list[str]) -> tuple[int, dict[str, int]]:
    """The version whose technical names stand in this row, and where; the first of a name counts."""
    for version, names in keys.COLUMNS.items():
        found = {role: texts.index(name) for role, name in names.items() if name in texts}
        if len(found) > 1:
            return version, found
    return 0, {}


def _further_notes(texts: list[str]) -> list[int]:
    found = {number: column for column, text in enumerate(texts) if (number := number_of(text))}
    return [column for _, column in sorted(found.items())]


def read_own_sheets(
    own_sheets: list[OwnSheet],
    workbook: Workbook,
    *,
    vocabulary: Vocabulary,
    answers: Answers,
    report: ProgressCallback,
) -> tuple[Reading, list[tuple[int, TableRows]]]:
    """Every own_sheet of a file through the ordinary reader; nobody is asked anything."""
    names = NameIndex(vocabulary, answers)
    markers = AgreedMarkers(answers.markers)
    reading = Reading(name="", encoding=workbook.encoding, suffix=workbook.suffix)
    read: list[tuple[int, TableRows]] = []
    own = {id(own_sheet.sheet) for own_sheet in own_sheets}
    row_progress = RowProgress(sum(len(own_sheet.sheet.rows) for own_sheet in own_sheets), report)
    for number, own_sheet in enumerate(own_sheets):
        grid = SheetGrid(_keyed(own_sheet), names, markers)
        for plan in _plans(own_sheet):
            reading.tables.append(plan.table)
            reader = RowReader(grid, plan, markers, Footnotes({}), quality="", base=1)
            rows = reader.read(row_progress)
            read.append((number, rows))
            reading.decisions += decisions_of_own_table(plan, rows)
        reading.problems += [*own_sheet.problems, *_unexpected(own_sheet, names)]
    reading.problems += unread_extras(workbook)
    for sheet in workbook.sheets:
        if id(sheet) in own or sheet.name in _OWN_SHEETS:
            continue
        if sheet.hidden or any(map(any, sheet.rows)):
            code = "sheet_hidden" if sheet.hidden else "template_sheet_ignored"
            reading.problems.append(Problem(code, sheet.name, "", sheet.name))
    return reading, read


def _keyed(own_sheet: OwnSheet) -> Sheet:
    """The sheet as its keys tell it: words stand in for empty keys, the quality stands beside the year.

    Cells keep their places. Two columns are added at the end, for the year and the organisation of workbooks
    whose rows do not name them.
    """
    sheet = own_sheet.sheet
    year_column, organisation_column = _owner_columns(own_sheet)
    rows = [*sheet.rows[: own_sheet.row + 1]]
    for row, line in enumerate(sheet.rows[own_sheet.row + 1 :], own_sheet.row + 1):
        has_value = _text(line[own_sheet.value]) != "" or (row, own_sheet.value) in sheet.states
        keyed = [*line, "", ""]
        rows.append(keyed)
        for role in ("indicator", "target_group", "region", "occupation"):
            keyed[own_sheet.columns[role]] = _key(own_sheet, line, role)
        if "note" in own_sheet.columns:
            keyed[own_sheet.columns["note"]] = _note(own_sheet, line)
        if not _is_asked(own_sheet, keyed, has_value=has_value):
            continue
        region = keyed[own_sheet.columns["region"]]
        organisation = _own(own_sheet, line, "organisation") or own_sheet.organisation
        keyed[year_column] = _with_quality(own_sheet, row, line, has_value=has_value)
        keyed[organisation_column] = organisation
        own_sheet.lines[organisation, region in ("", COUNTRY)].append(row)
    rows[: own_sheet.row + 1] = [[*line, "", ""] for line in rows[: own_sheet.row + 1]]
    states = {place: state for place, state in sheet.states.items() if place[1] == own_sheet.value}
    return Sheet(sheet.name, rows, [], states)


def _note(own_sheet: OwnSheet, line: list[Any]) -> str:
    """The remark sign by sign: it is a text of its own, not a name to be looked up."""
    columns = (own_sheet.columns["note"], *own_sheet.further_notes)
    return note_in(shown(line[column]) for column in columns)


def _owner_columns(own_sheet: OwnSheet) -> tuple[int, int]:
    width = len(own_sheet.sheet.rows[0])
    return own_sheet.columns.get("year", width), own_sheet.columns.get("organisation", width + 1)


def _is_asked(own_sheet: OwnSheet, keyed: list[Any], *, has_value: bool) -> bool:
    """Whether the row is a statement; room that was not used is none, and no value is missing there."""
    columns = own_sheet.columns
    return has_value or bool(keyed[columns["indicator"]] and keyed[columns["occupation"]])


def _text(value: Any) -> str:
    return tidy(shown(value))


def _own(own_sheet: OwnSheet, line: list[Any], role: str) -> str:
    column = own_sheet.columns.get(role)
    return "" if column is None else _text(line[column])


def _key(own_sheet: OwnSheet, line: list[Any], role: str) -> str:
    """The row's code; where it is empty, the word a person chose in its place."""
    key = _own(own_sheet, line, role) or _own(own_sheet, line, f"{role}_name")
    return key.zfill(2) if role == "region" and key.isdigit() else key


def _with_quality(own_sheet: OwnSheet, row: int, line: list[Any], *, has_value: bool) -> str:
    """The year as the reader takes it, with the word for the quality of the row's value behind it."""
    year = _own(own_sheet, line, "year") or own_sheet.year
    word = _own(own_sheet, line, "quality")
    if not word or not has_value:
        return year
    quality = _QUALITY.get(fold(word))
    if quality is None:
        cell = address(row, own_sheet.columns["quality"])
        own_sheet.problems.append(Problem("template_quality_unknown", own_sheet.sheet.name, cell, word))
    return f"{year} {_STATUS[quality]}" if quality in _STATUS else year


def _plans(own_sheet: OwnSheet) -> list[Plan]:
    """One for each organisation and for the country apart from its Länder: none is the total of another."""
    columns = sorted(own_sheet.columns.values())
    roles = {role: own_sheet.columns[role] for role in _ROLES if role in own_sheet.columns}
    roles["year"], roles["organisation"] = _owner_columns(own_sheet)
    notation = _notation(own_sheet)
    return [
        Plan(
            Block([own_sheet.row], rows),
            _table(own_sheet, rows),
            roles=roles,
            values=[ValueColumn(own_sheet.value, columns.index(own_sheet.value), Heading(), notation)],
            is_keyed=True,
        )
        for rows in own_sheet.lines.values() or [[]]
    ]


def _notation(own_sheet: OwnSheet) -> str:
    """How numbers that are text are written: as the column tells, else as the workbook's language has it."""
    texts = {line[own_sheet.value] for line in own_sheet.sheet.rows[own_sheet.row + 1 :]}
    written = (take_apart(tidy(text)) for text in texts if isinstance(text, str))
    found = notation_of([number for number in written if number is not None])
    return found if found in (GERMAN, ENGLISH) else own_sheet.language


def _table(own_sheet: OwnSheet, rows: list[int]) -> Table:
    sheet = own_sheet.sheet
    heading = sheet.rows[own_sheet.row - 1] if own_sheet.row else []
    names = {column: role for role, column in own_sheet.columns.items()}
    first, last = (rows[0], rows[-1]) if rows else (own_sheet.row, own_sheet.row)
    return Table(
        sheet=sheet.name,
        header_rows=[own_sheet.row + 1],
        data_range=f"{address(first, 0)}:{address(last, len(sheet.rows[0]) - 1)}",
        columns=[
            Column(
                index=offset,
                header=_text(heading[column]) if heading else "",
                role=role if role in (*_ROLES, "value") else "ignore",
                confidence=1.0,
                samples=[],
                letter=column_letters(column),
            )
            for offset, (column, role) in enumerate(sorted(names.items()))
        ],
        constants={},
        fingerprint=f"own_sheet-{own_sheet.version}",
        row_count=len(rows),
        template_version=own_sheet.version,
    )


def _unexpected(own_sheet: OwnSheet, names: NameIndex) -> list[Problem]:
    """What the person who sends the file may not have meant: an old version, other years, other figures."""
    sheet, vocabulary = own_sheet.sheet.name, names.vocabulary
    found = []
    if own_sheet.version != keys.VERSION:
        params = (("current", str(keys.VERSION)),)
        found.append(Problem("template_old_version", sheet, "", str(own_sheet.version), params))
    open_years = vocabulary.open_years
    if own_sheet.year.isdecimal() and open_years is not None and int(own_sheet.year) not in open_years:
        found.append(Problem("template_other_year", sheet, "", own_sheet.year))
    supplier = vocabulary.supplier
    for organisation in dict.fromkeys(organisation for organisation, _ in own_sheet.lines):
        code = names.exact("organisation", organisation)
        if code and supplier and code != supplier:
            params = (("chosen", _called(names, supplier)),)
            found.append(Problem("template_other_organisation", sheet, "", _called(names, code), params))
    return found


def _called(names: NameIndex, organisation: str) -> str:
    term = names.organisations.get(organisation)
    return term.names[0] if term else organisation
