"""The account adds up: every cell of a table that is read ends as one thing, however the sheet looks."""

import csv
import datetime as dt
import io
import re
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import column_index_from_string, get_column_letter

from measures.importing import Limits, read_file
from measures.importing.decisions import AREA, ROW
from tests.measures.importing import variants
from tests.measures.importing.grids import CHAMBERS, LAYOUTS, VOCABULARY, YEARS, Key, plain
from tests.measures.importing.variants import CellError
from tests.properties import share

LIMITS = Limits(unpacked_bytes=20 * 2**20, cells=200_000, rows=20_000, columns=2_000)
_RANGE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")

WORDS = [
    *("Kammer", "Kennzahl", "Jahr", "Wert", "Zielgruppe", "Bemerkung", "Veränderung in %", "davon Frauen"),
    *("nur Frauen", "Quelle: BIBB", "Hinweis: geschätzt", "1) vorläufig", "siehe Anlage", "Summe", "NRW"),
    *("Zwischensumme", "EQ-Plätze", "Praktikumsplätze", "Plan", "Ist", "Stand: 31.01.2017", "in Tsd."),
    *("IHK Köln", "IHK Aachen", "Kammer am Dom", "*", "-", "x", "k. A.", "  ", "12-15", "ca. 30", "1.204"),
]
words = st.sampled_from(WORDS)
numbers = st.one_of(st.integers(-5, 3000), st.sampled_from([0, 2015, 2016, 42369, 7.5, 12.345]))
oddities = st.sampled_from(
    [CellError("#REF!"), CellError("#DIV/0!"), dt.date(2016, 9, 30), dt.date(2017, 1, 1), True, "=A1"]
)
contents = st.one_of(words, numbers, st.just(""), oddities)
strange_rows = st.one_of(
    st.lists(contents, min_size=1, max_size=6),
    words.map(lambda word: [word]),
    st.builds(lambda word, number: [word, number, number], words, numbers),
    st.just([]),
    st.just([1, 2, 3, 4]),
    st.just("repeat the heading"),
)


def _axes(draw, chambers, indicators, years):
    return {
        Key(chamber, indicator, year): draw(st.one_of(st.integers(0, 900).map(Decimal), st.none()))
        for chamber in chambers
        for indicator in indicators
        for year in years
    }


@st.composite
def tables(draw):
    """Rows of a clean table in one of the usual layouts."""
    made = _axes(
        draw,
        draw(st.lists(st.sampled_from(sorted(CHAMBERS)), min_size=1, max_size=4, unique=True)),
        draw(st.lists(st.sampled_from(["training_placements", "internships"]), min_size=1, unique=True)),
        draw(st.lists(st.sampled_from(YEARS), min_size=1, max_size=2, unique=True)),
    )
    return [list(row) for row in draw(st.sampled_from(LAYOUTS))(made, plain)]


@st.composite
def grids(draw):
    """A clean table with anything put into it, above it, beside it and below it."""
    rows = draw(tables())
    if draw(st.booleans()):
        rows = [["EQ-Plätze 2016"], [], *rows]
    for _ in range(draw(st.integers(0, 2))):
        _insert_column(draw, rows)
    for _ in range(draw(st.integers(0, 4))):
        made = draw(strange_rows)
        heading = next((row for row in rows if len(row) > 1), [])
        place = draw(st.integers(0, len(rows)))
        rows.insert(place, list(heading) if made == "repeat the heading" else list(made))
    if draw(st.booleans()):
        other = draw(tables())
        rows = _beside(rows, other) if draw(st.booleans()) else [*rows, [], *other]
    for _ in range(draw(st.integers(0, 3))):
        _put(rows, draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, 9)), draw(contents))
    return rows


def _insert_column(draw, rows):
    place = draw(st.integers(0, max(map(len, rows))))
    kind = draw(st.sampled_from([words, numbers, contents]))
    for row in rows:
        row.extend([""] * (place - len(row)))
        row.insert(place, draw(kind) if draw(st.booleans()) else "")


def _beside(rows, other):
    width = max(map(len, rows)) + 1
    height = max(len(rows), len(other))
    left = [*rows, *([] for _ in range(height - len(rows)))]
    right = [*other, *([] for _ in range(height - len(other)))]
    return [[*one, *[""] * (width - len(one)), *two] for one, two in zip(left, right, strict=True)]


def _put(rows, row, column, value):
    rows[row] += [""] * (column + 1 - len(rows[row]))
    rows[row][column] = value


spans = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 5), st.integers(0, 2), st.integers(0, 2)), max_size=2
)
hidden = st.lists(st.integers(1, 8), max_size=2)


def without_covered(rows, spans):
    """The cells as a spreadsheet program leaves them: a merged cell keeps only what its first cell held."""
    cells = _cells(rows)
    kept, merged, taken = dict(cells), [], set()
    for top, left, high, wide in spans:
        inside = {
            (row, column) for row in range(top, top + high + 1) for column in range(left, left + wide + 1)
        }
        if len(inside) == 1 or inside & taken:
            continue
        taken |= inside
        merged.append((top, left, top + high, left + wide))
        for place in inside - {(top, left)}:
            kept.pop(place, None)
    return kept, merged


def _cells(rows):
    return {
        (number, column): value
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
        if value not in (None, "")
    }


def _is_filled(value):
    return not (isinstance(value, str) and not value.strip())


def _xlsx(cells, merges, hidden):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Meldung"
    for (row, column), value in cells.items():
        cell = page.cell(row + 1, column + 1)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "e" if isinstance(value, CellError) else "s"
    for top, left, bottom, right in merges:
        page.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    for number in hidden:
        page.row_dimensions[number].hidden = True
        page.column_dimensions[get_column_letter(number)].hidden = True
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _ods(cells):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meldung.ods"
        cells = {place: "WAHR" if value is True else value for place, value in cells.items()}
        return variants.save([variants.Sheet("Meldung", cells, [])], path).read_bytes()


def _csv(rows):
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=";").writerows(rows)
    return made.getvalue().encode("utf-8-sig")


def read(content, suffix):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"meldung{suffix}"
        path.write_bytes(content)
        return read_file(path, name=path.name, vocabulary=VOCABULARY, limits=LIMITS)


def cells_of(range_):
    """The places in a range such as ``A4:C9``."""
    left, top, right, bottom = _RANGE.fullmatch(range_).groups()
    columns = range(column_index_from_string(left) - 1, column_index_from_string(right or left))
    return {(row, column) for row in range(int(top) - 1, int(bottom or top)) for column in columns}


def assert_adds_up(reading, filled):
    """``filled``: the places of the one sheet's cells that hold something."""
    if reading.status == "refused":
        assert (reading.reason_code, reading.rows) in [("no_table", []), ("empty_workbook", [])]
        return
    areas = [
        _assert_table_adds_up(reading, table.account, filled)
        for table in reading.tables
        if table.account is not None
    ]
    assert sum(map(len, areas)) == len(set().union(*areas)), "a cell in two tables"
    inside = set().union(*areas)
    assert {_place(row) for row in reading.rows} <= inside
    assert len({_place(row) for row in reading.rows}) == len(reading.rows), "a cell that became two figures"
    listed = {
        row
        for decision in reading.decisions
        if decision.kind == ROW or (decision.kind, decision.taken_for) == (AREA, "ignored")
        for row in range(decision.subject.first_row - 1, decision.subject.last_row)
    }
    assert {row for row, _ in filled - inside} <= listed, "a cell outside the tables that nothing lists"


def _place(row):
    (place,) = cells_of(row.cell)
    return place


def _assert_table_adds_up(reading, account, filled):
    area = cells_of(account.area)
    counts = (account.figures, account.held, account.totals, account.labels, account.headings)
    assert account.cells == len(area & filled)
    assert min(counts) >= 0
    assert sum(counts) + sum(account.not_read.values()) == account.cells
    figures = [row for row in reading.rows if _place(row) in area]
    totals = {_place(total) for total in reading.control_totals} & area
    assert {_place(row) for row in figures} <= filled
    assert [sum(not row.held for row in figures), sum(row.held for row in figures)] == [*counts[:2]]
    found = set(map(_place, figures)) | totals
    assert len(found) == len(figures) + len(totals), "a figure that is a total too"
    for reason, count in account.not_read.items():
        places = set().union(*map(cells_of, account.not_read_at[reason]))
        assert places <= filled & area, reason
        assert len(places) == count, reason
        assert not places & found, reason
        found |= places
    assert account.not_read.keys() == account.not_read_at.keys()
    return area


@share(2)
@given(rows=grids(), spans=spans, hidden=hidden)
def test_account_of_any_workbook_adds_up(rows, spans, hidden):
    cells, merges = without_covered(rows, spans)

    reading = read(_xlsx(cells, merges, hidden), ".xlsx")

    assert_adds_up(reading, {place for place, value in cells.items() if _is_filled(value)})


@given(rows=grids())
def test_account_of_any_opendocument_sheet_adds_up(rows):
    cells = _cells(rows)
    if not cells:
        return

    reading = read(_ods(cells), ".ods")

    assert_adds_up(reading, {place for place, value in cells.items() if _is_filled(value)})


@given(rows=grids())
def test_account_of_any_text_file_adds_up(rows):
    reading = read(_csv(rows), ".csv")

    assert_adds_up(reading, {place for place, value in _cells(rows).items() if _is_filled(value)})


def test_error_beside_a_table_is_no_column_of_it():
    """The cells of the table to the left do not become columns of the one to the right."""
    table = [["Kammer", "Jahr", "EQ-Plätze"], ["IHK Köln", 2015, 1], ["IHK Aachen", 2015, 2]]
    left = [["", "", ""], [CellError("#REF!"), "", ""], *([""] * 3 for _ in table), *table]
    cells = _cells(_beside(left, table))

    reading = read(_xlsx(cells, [], []), ".xlsx")

    assert [table.data_range for table in reading.tables] == ["E2:G3", "A7:C8"]
    assert [(row.cell, row.held) for row in reading.rows] == [("G2", False), ("G3", False)]


def test_word_beside_a_row_far_down_is_asked_about():
    rows = [["Kammer", "Jahr", "EQ-Plätze"], *(["IHK Köln", year, 5] for year in range(2000, 2099))]
    rows[70].append("nur Vollzeit")

    reading = read(_xlsx(_cells(rows), [], []), ".xlsx")

    assert [row for row in reading.rows if not row.held] == []
    assert [(question.code, question.cell, question.found) for question in reading.questions] == [
        ("wording", "D1", "nur")
    ]


def test_text_alone_beyond_the_rows_of_a_text_file_is_a_note():
    rows = [["Kammer", "Jahr", "EQ-Plätze"], *(["IHK Köln", year, 5] for year in (2015, 2016, 2017))]

    reading = read(_csv([*rows, ["", "", "", "siehe Anlage"]]), ".csv")

    listed = [(decision.subject.place, decision.taken_for) for decision in reading.decisions]
    assert ("5", "note") in listed


def test_cells_beyond_a_row_of_a_text_file_are_accounted_for():
    rows = [["Kammer", "Jahr", "EQ-Plätze"], *(["IHK Köln", year, 5] for year in (2015, 2016, 2017))]
    rows[3].append("siehe Anlage")

    account = read(_csv(rows), ".csv").tables[0].account

    assert (account.cells, account.figures, account.held) == (13, 2, 1)
    assert account.not_read_at == {"beyond_rows": ["D4"]}


def test_factor_alone_between_the_rows_holds_what_is_below():
    rows = [["Kammer", "Jahr", "EQ-Plätze"], ["IHK Köln", 2015, 5], ["in Tsd."], ["IHK Köln", 2016, 6]]

    reading = read(_xlsx(_cells(rows), [], []), ".xlsx")

    assert [(row.cell, row.held) for row in reading.rows] == [("C2", False), ("C4", True)]
