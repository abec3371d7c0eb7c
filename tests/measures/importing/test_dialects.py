"""Text files without any hint: delimiters, quotes, escapes and line ends are found in the file as a whole."""

import time

import pytest

from measures.importing.formats.text_files import decode, read_rows
from measures.importing.refusals import Refusal
from measures.importing.vocabulary import Limits

HEAD = ["Kammer", "Kennzahl", "Jahr", "Wert", "Bemerkung"]
ROWS = [
    ["IHK Köln", "EQ-Plätze", "2016", "1.204", ""],
    ["IHK Aachen", "EQ-Plätze", "2016", "12,5", "vorläufig; wird ergänzt, siehe Anlage"],
    ["IHK Trier", "Praktikumsplätze", "2016", "7", 'nach "Umzug"'],
    ["IHK Koblenz", "EQ-Plätze", "2016", "0", "d'accord"],
    ["IHK Bonn/Rhein-Sieg", "EQ-Plätze", "2016", "31", "zwei | drei"],
    ["IHK Mittleres Ruhrgebiet", "EQ-Plätze", "2016", "5", ""],
]
TABLE = [HEAD, *ROWS]
ENDS = {"CRLF": "\r\n", "LF": "\n", "CR": "\r"}


def quoted(cell, quote='"', escape='"'):
    return quote + cell.replace(quote, escape + quote) + quote


def written(rows, delimiter=";", quote='"', escape='"', end="\n"):
    return end.join(delimiter.join(quoted(cell, quote, escape) for cell in row) for row in rows) + end


def lines_of(*rows):
    return "".join(f"{row}\n" for row in rows)


def rows_in(text):
    return read_rows(text, Limits()).rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " ", ", ", "; ", " | ", "||", "\t\t"], ids=repr)
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("end", ENDS)
def test_delimiter_quote_and_line_end_are_found_together(delimiter, quote, end):
    assert rows_in(written(TABLE, delimiter, quote, quote, ENDS[end])) == TABLE


@pytest.mark.parametrize("delimiter", [",", ";", "\t", ", "])
def test_backslash_that_escapes_quotes_is_found(delimiter):
    assert rows_in(written(TABLE, delimiter, escape="\\")) == TABLE


def test_backslash_that_escapes_nothing_stays():
    rows = [["Ablage", "Wert"], ["C:\\Meldung\\neu", "3"], ["D:\\", "4"]]

    assert rows_in(written(rows)) == rows


def test_escaped_delimiter_and_backslash_are_what_they_stand_for():
    rows = [["Ort", "Wert", "Rest"], ['a "b"', "3", "x"], ["c;d", "4", "y"], ["e\\f", "5", "z"]]
    text = lines_of("Ort;Wert;Rest", '"a \\"b\\"";3;x', "c\\;d;4;y", "e\\\\f;5;z")

    assert rows_in(text) == rows


def test_mixed_line_ends_end_lines_and_those_within_quotes_do_not():
    text = 'Kammer;"Kenn-\r\nzahl";Wert\r"IHK\nKöln";EQ;5\nIHK Aachen;EQ;"7"\r\nIHK Trier;EQ;9'

    assert rows_in(text) == [
        ["Kammer", "Kenn-\r\nzahl", "Wert"],
        ["IHK\nKöln", "EQ", "5"],
        ["IHK Aachen", "EQ", "7"],
        ["IHK Trier", "EQ", "9"],
    ]


def test_decimal_comma_is_no_delimiter():
    rows = [["Land", "2015", "2016"], ["Bayern", "1,5", "2,7"], ["Hessen", "3,25", "4,0"]]

    assert rows_in(lines_of(*(";".join(row) for row in rows))) == rows
    assert rows_in(lines_of(*(", ".join(row) for row in rows))) == rows


def test_trailing_blank_of_a_delimiter_may_be_cut_off():
    text = lines_of("Kammer, Wert, Bemerkung", "IHK Köln, 5,", "IHK Aachen, 7,", "IHK Trier, 9, neu")

    assert rows_in(text)[1:3] == [["IHK Köln", "5", ""], ["IHK Aachen", "7", ""]]


def test_declared_delimiter_is_not_doubted():
    assert rows_in("sep=,\na;b,c\nd;e,f\n") == [["a;b", "c"], ["d;e", "f"]]


@pytest.mark.parametrize("row", range(len(TABLE)))
@pytest.mark.parametrize("column", range(len(HEAD)))
@pytest.mark.parametrize("style", ["quoted", "plain"])
def test_stray_quote_costs_only_its_cell(row, column, style):
    """In front of any cell of the table, whether the cells are quoted or not."""
    plain = [[cell.replace('"', "").replace(";", ",") for cell in line] for line in TABLE]
    cells = [[quoted(cell) if style == "quoted" else cell for cell in line] for line in plain]
    opening = '"' if style == "quoted" else ""
    cells[row][column] = opening + '"' + cells[row][column].removeprefix(opening)
    if style == "quoted" and not plain[row][column]:
        cells[row][column] = '"'
    expected = [list(line) for line in plain]
    expected[row][column] = '"' + expected[row][column]

    found = read_rows(lines_of(*map(";".join, cells)), Limits())

    assert found.rows == expected
    assert found.strays == {row: [column]}


def test_quotes_inside_a_quoted_cell_that_are_not_escaped_stay_in_it():
    text = lines_of("Kammer;Wert;Rest", '"IHK "Mitte", Nord";5;"x"', '"IHK; Süd"";7;"y"', '"IHK Ost";9;"z"')

    found = read_rows(text, Limits())

    assert found.rows[1:] == [
        ['IHK "Mitte", Nord', "5", "x"],
        ['IHK; Süd"', "7", "y"],
        ["IHK Ost", "9", "z"],
    ]
    assert found.strays == {1: [0], 2: [0]}


def test_stray_quote_beside_a_cell_of_several_lines_keeps_both():
    others = ('"IHK Trier";"EQ";9', '"IHK Bonn";"EQ";3', '"IHK Aachen";"EQ";7')
    text = lines_of("Kammer;Kennzahl;Wert", *others, '"IHK "K" Nord";"EQ\nPlätze";5', others[0])

    assert rows_in(text)[4:] == [['IHK "K" Nord', "EQ\nPlätze", "5"], ["IHK Trier", "EQ", "9"]]


def test_blanks_around_quotes_do_not_count():
    text = lines_of("Kammer;Wert;Rest", 'IHK Köln; "5; 6" ;x', "IHK Aachen;7;y", "IHK Trier;9;z")

    found = read_rows(text, Limits())

    assert found.rows[1] == ["IHK Köln", "5; 6", "x"]
    assert not found.strays


@pytest.mark.parametrize("row", range(2, len(TABLE)))
def test_row_with_a_delimiter_too_many_widens_no_other(row):
    cells = [";".join(map(quoted, line)) for line in TABLE]
    cells[row] += ';"zu viel"'

    found = read_rows(lines_of(*cells), Limits())

    assert found.rows == TABLE
    assert (found.widths[row], found.surplus) == (6, {row: ["zu viel"]})


@pytest.mark.parametrize("row", range(len(TABLE)))
def test_row_with_a_delimiter_too_few_changes_no_other(row):
    cells = [";".join(map(quoted, line)) for line in TABLE]
    cells[row] = cells[row].replace('";"', "", 1)

    found = read_rows(lines_of(*cells), Limits())

    assert [line for at, line in enumerate(found.rows) if at != row] == [
        line for at, line in enumerate(TABLE) if at != row
    ]
    assert found.widths[row] == 4


def test_line_with_another_delimiter_is_split_at_it():
    cells = [";".join(map(quoted, line)) for line in TABLE]
    cells[4] = "\t".join(TABLE[4])

    found = read_rows(lines_of(*cells), Limits())

    assert found.rows == TABLE
    assert found.other_delimiters == {4}


def test_line_of_prose_is_never_split_at_blanks():
    note = "Stand 2016 mit 5 Kammern"
    text = lines_of(note, "a b;Wert 2016;c;d;e", "f g;5;6;7;h i", "k l;8;9;10;m n", note)

    assert [row[0] for row in rows_in(text)] == [note, "a b", "f g", "k l", note]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("note", ["Quelle: Lehrlingsrolle", "Stand: 2016", "Hinweis der Kammer"])
def test_few_rows_and_a_note_of_some_words_are_not_split_at_blanks(count, note):
    rows = [["Kammer", "EQ-Plätze 2016"], ["IHK Aachen", "5"], ["IHK Köln", "7"], ["IHK Trier", "9"]]
    rows = rows[: count + 1]

    found = rows_in(lines_of(*map(";".join, rows), note))

    assert [[cell for cell in row if cell] for row in found] == [*rows, [note]]


@pytest.mark.parametrize("second", [3, 5, 7])
def test_tables_of_different_widths_are_kept_apart(second):
    below = [
        [f"Spalte {number}" for number in range(second)],
        *([str(number)] * second for number in range(5)),
    ]
    found = read_rows(
        lines_of(*(";".join(row) for row in [*[[*row[:4], "x"] for row in TABLE], *below])), Limits()
    )

    assert found.widths == [5] * len(TABLE) + [second] * 6
    assert [row[:second] for row in found.rows[len(TABLE) :]] == below
    assert not found.surplus


def test_preamble_and_footer_of_other_width_decide_nothing():
    above = ["Meldung der Kammern, Stand 1.10.2016, vorläufig", "Zeitraum: 2016", ""]
    below = ["", "Quelle: BIBB, BA, DIHK", "1) geschätzt, gerundet"]

    found = rows_in(lines_of(*above, *(";".join(map(quoted, row)) for row in TABLE), *below))

    assert found[3:-3] == TABLE
    assert [row[0] for row in [*found[:3], *found[-3:]]] == [*above, *below]


def test_dialect_is_found_beyond_a_long_preamble():
    preamble = [f"Hinweis {number}, der lang ist, und noch einer" for number in range(3_000)]
    rows = [f"IHK {number};{number},5;Rest" for number in range(9_000)]

    assert rows_in(lines_of(*preamble, *rows))[-1] == ["IHK 8999", "8999,5", "Rest"]


@pytest.mark.parametrize(
    "text",
    [
        'a;"\n' * 100_000,
        'a;b\n"' + "x;y\n" * 100_000,
        pytest.param(("a;b;c\n" + '"x;y\n') * 50_000, marks=pytest.mark.long),
        '"' * 2_000_000,
        pytest.param(('"a;' * 300 + "\n") * 1_000, marks=pytest.mark.long),
        ('";"' * 100 + "x\n") * 3_000,
        ('",",' * 99 + '"x\n') * 3_000,
        pytest.param('"\\"a\\"";b\n' * 100_000, marks=pytest.mark.long),
        "';'" * 500_000,
    ],
    ids=[
        "openers",
        "never closed",
        "every other",
        "only quotes",
        "many",
        "pairs",
        "commas",
        "escapes",
        "apostrophes",
    ],
)
def test_hostile_quotes_cost_no_more_than_a_few_seconds(text):
    began = time.process_time()

    rows = rows_in(text)

    assert rows
    assert time.process_time() - began < 15


def test_cell_larger_than_a_cell_can_be_is_refused():
    with pytest.raises(Refusal) as refusal:
        rows_in('a;b\nc;"' + "x" * (2**20 + 10) + '"\n')

    assert refusal.value.code == "damaged"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman", "cp850"],
)
def test_any_encoding_goes_with_any_dialect(encoding):
    content = written(TABLE, ",", "'", "'", "\r").encode(encoding)

    assert rows_in(decode(content)[0]) == TABLE
