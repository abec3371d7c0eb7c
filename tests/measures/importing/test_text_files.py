"""Text files in every encoding and with every mark between the cells."""

import zipfile

import pytest
import xlwt

from measures.importing.formats.text_files import decode
from measures.importing.text.folding import fold

LINES = [
    "Kammer;Kennzahl;Jahr;Wert",
    "IHK Köln;Praktikumsplätze;2016;1.204",
    "IHK Gießen-Friedberg;EQ-Plätze;2016;7",
]
FIGURES = [("IHK-142", "internships", 1204, "D2"), ("IHK-129", "training_placements", 7, "D3")]


def figures(reading):
    return [(row.organisation, row.indicator, row.value, row.cell) for row in reading.rows if not row.held]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp850", "cp850"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_encoding_is_sniffed(read, tmp_path, encoding, found):
    path = tmp_path / "meldung.csv"
    path.write_bytes("\r\n".join(LINES).encode(encoding))

    reading = read(path)

    assert figures(reading) == FIGURES
    assert reading.encoding == found


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_mark_between_cells_is_found(read, tmp_path, mark):
    path = tmp_path / "meldung.txt"
    path.write_text("\n".join(LINES).replace(";", mark), encoding="utf-8")

    assert figures(read(path)) == FIGURES


def test_declared_mark_is_not_a_row(read, tmp_path):
    path = tmp_path / "meldung.csv"
    path.write_text("\r\n".join(["sep=,", *LINES]).replace(";", ","), encoding="utf-8")

    assert figures(read(path)) == FIGURES


def test_quoted_cells_keep_marks_and_line_breaks(read, tmp_path):
    path = tmp_path / "meldung.csv"
    path.write_text(
        'Kammer;"Kenn-\nzahl";Jahr;Wert\n"IHK Arnsberg, Hellweg-Sauerland";EQ;"2016";"1.204"\n',
        encoding="utf-8",
    )

    assert figures(read(path)) == [("IHK-102", "training_placements", 1204, "D2")]


def test_titles_are_filled_up_and_a_row_that_is_too_short_is_held(read, tmp_path):
    path = tmp_path / "meldung.csv"
    path.write_text(
        "Meldung der Kammern\n\nKammer;Kennzahl;Jahr;Wert\nIHK Köln;EQ;2016;5\nIHK Aachen;EQ;2016\n",
        encoding="utf-8",
    )

    reading = read(path)

    assert figures(reading) == [("IHK-142", "training_placements", 5, "D4")]
    assert [(p.code, p.cell) for p in reading.problems] == [("row_too_short", "A5")]


def test_name_of_a_text_file_says_nothing(read, tmp_path):
    """Without a year in the file there is a question, whatever the file is called."""
    path = tmp_path / "EQ-Plätze_2016.csv"
    path.write_text("Kammer;EQ-Plätze\nIHK Köln;5\nIHK Aachen;7\n", encoding="utf-8")

    reading = read(path)

    assert (reading.status, [question.code for question in reading.questions]) == ("needs_answers", ["year"])


def test_ascii_text_is_utf_8():
    assert decode(b"abc") == ("abc", "utf-8")


def test_combining_umlauts_equal_composed_ones():
    assert fold("Ko\u0308ln") == fold("Köln") == fold("KOELN")


# Rows that do not fit their table

HEADINGS = "Kammer;Kennzahl;Jahr;Wert;Bemerkung"
GOOD = (
    "IHK Köln;EQ;2016;5;",
    "IHK Trier;EQ;2016;9;neu",
    "IHK Koblenz;EQ;2016;11;",
    "IHK Mittleres Ruhrgebiet;EQ;2016;2;",
)


@pytest.fixture
def read_lines(read, tmp_path):
    def _read_lines(*lines):
        path = tmp_path / "meldung.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read(path)

    return _read_lines


def errors(reading):
    return [(problem.code, problem.cell) for problem in reading.problems if problem.severity == "error"]


def held(reading):
    return [row.cell for row in reading.rows if row.held]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("IHK Aachen;EQ2016;7;neu", "row_too_short"),
        ("IHK Aachen;EQ;;2016;7;neu", "row_too_long"),
        ("IHK Aachen;EQ;2016;7;neu;und mehr", "row_too_long"),
        ("IHK Aachen,EQ,2016,7,neu", "row_other_delimiter"),
        ("IHK Aachen|EQ|2016|7|neu", "row_other_delimiter"),
    ],
)
@pytest.mark.parametrize("place", [2, 3, 5])
def test_row_that_does_not_fit_is_held_with_its_cause_and_no_other(read_lines, line, code, place):
    lines = [HEADINGS, *GOOD]
    lines.insert(place, line)

    reading = read_lines(*lines)

    assert reading.status == "ready"
    assert [value for _, _, value, _ in figures(reading)] == [5, 9, 11, 2]
    assert errors(reading)[0] == (code, f"A{place + 1}")
    assert all(cell.endswith(str(place + 1)) for cell in held(reading))


def test_what_stands_beyond_the_table_is_reported_with_its_words(read_lines):
    reading = read_lines(HEADINGS, *GOOD[:2], "IHK Aachen;EQ;2016;7;neu;und mehr", *GOOD[2:])

    problem = next(problem for problem in reading.problems if problem.code == "row_too_long")
    assert (problem.found, dict(problem.params)) == ("und mehr", {"given": "6", "expected": "5"})
    assert held(reading) == ["D4"]


def test_headings_with_a_delimiter_too_many_hold_every_row(read_lines):
    reading = read_lines("Kammer;;Kennzahl;Jahr;Wert;Bemerkung", *GOOD)

    assert not figures(reading)
    assert ("headings_do_not_fit", "A1") in errors(reading)


def test_headings_with_a_delimiter_too_few_hold_every_row(read_lines):
    reading = read_lines("Kammer;EQ-Plätze 2016", "IHK Köln;5;7", "IHK Trier;9;4", "IHK Aachen;11;3")

    assert not figures(reading)
    assert ("headings_do_not_fit", "A1") in errors(reading)


def test_empty_cells_that_a_program_leaves_out_at_the_end_are_no_fault(read_lines):
    reading = read_lines(HEADINGS, GOOD[1], *(line.rstrip(";") for line in (GOOD[0], *GOOD[2:])))

    assert [value for _, _, value, _ in figures(reading)] == [9, 5, 11, 2]
    assert not errors(reading)


def test_delimiters_at_the_ends_of_rows_are_no_fault(read_lines):
    reading = read_lines("Kammer;EQ-Plätze 2016", "IHK Köln;5;", "IHK Trier;7;", "IHK Aachen;9;")

    assert [value for _, _, value, _ in figures(reading)] == [5, 7, 9]
    assert not errors(reading)


def test_stray_quote_at_a_value_holds_this_value_only(read_lines):
    reading = read_lines(
        "Kammer;EQ-Plätze 2016;Praktikumsplätze 2016", "IHK Köln;5;6", 'IHK Trier;"7;8', "IHK Aachen;9;10"
    )

    assert [value for _, _, value, _ in figures(reading)] == [5, 6, 8, 9, 10]
    assert ("quote_out_of_place", "B3") in errors(reading)
    assert held(reading) == ["B3"]


def test_stray_quote_at_a_label_holds_its_row_only(read_lines):
    reading = read_lines(
        "Kammer;EQ-Plätze 2016;Praktikumsplätze 2016", "IHK Köln;5;6", '"IHK Trier;7;8', "IHK Aachen;9;10"
    )

    assert [value for _, _, value, _ in figures(reading)] == [5, 6, 9, 10]
    assert ("quote_out_of_place", "A3") in errors(reading)
    assert held(reading) == ["B3", "C3"]


def test_line_that_cannot_be_split_is_reported_and_not_taken_for_a_heading(read_lines):
    reading = read_lines(HEADINGS, *GOOD[:2], "IHK Aachen|EQ|keine Angabe|7|neu", *GOOD[2:])

    assert [value for _, _, value, _ in figures(reading)] == [5, 9, 11, 2]
    assert ("row_too_short", "A4") in errors(reading)


def test_problems_of_rows_have_a_sentence_with_their_numbers(read_lines):
    reading = read_lines(HEADINGS, *GOOD[:2], "IHK Aachen;EQ2016;7;neu", *GOOD[2:])

    (problem,) = (problem for problem in reading.problems if problem.code == "row_too_short")
    assert "4" in problem.message
    assert "5" in problem.message
    assert "IHK Aachen EQ2016 7 neu" in problem.message


# Signs that the database cannot hold


def test_nulls_in_a_text_file_are_replaced(read, tmp_path):
    path = tmp_path / "meldung.csv"
    path.write_bytes("Kammer;EQ-Plätze 2016\nIHK K\0öln;5\nIHK Aachen;7\n".encode())

    reading = read(path)

    assert [row.value for row in reading.rows if not row.held] == [7]
    assert [(p.code, p.found) for p in reading.problems] == [("organisation_unknown", "IHK K\ufffdöln")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_half_surrogate_pairs_in_a_text_file_are_replaced(read, tmp_path, encoding):
    path = tmp_path / "meldung.csv"
    path.write_bytes(
        "Kammer;EQ-Plätze 2016\nIHK K\ud800öln;5\nIHK Aachen;7\n".encode(encoding, "surrogatepass")
    )

    reading = read(path)

    assert [(p.code, p.found) for p in reading.problems] == [("organisation_unknown", "IHK K\ufffdöln")]


@pytest.mark.parametrize("sign", ["_x0000_", "_xD800_"])
def test_escapes_of_such_signs_in_a_workbook_are_replaced(read, sheet, tmp_path, sign):
    path = sheet(["Kammer", "EQ-Plätze 2016"], ["IHK KÖLNHIER", 5], ["IHK Aachen", 7])
    changed = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"HIER", sign.encode()))

    reading = read(changed)

    (problem,) = reading.problems
    assert problem.code == "organisation_unknown"
    assert "\0" not in problem.found
    assert not any(0xD800 <= ord(char) < 0xE000 for char in problem.found)


def test_nulls_in_an_old_workbook_are_replaced(read, tmp_path):
    book = xlwt.Workbook()
    page = book.add_sheet("Meldung")
    for row, (name, value) in enumerate([("Kammer", "EQ-Plätze 2016"), ("IHK K\0öln", 5), ("IHK Aachen", 7)]):
        page.write(row, 0, name)
        page.write(row, 1, value)
    book.save(tmp_path / "meldung.xls")

    reading = read(tmp_path / "meldung.xls")

    assert [(p.code, p.found) for p in reading.problems] == [("organisation_unknown", "IHK K\ufffdöln")]


def test_heading_with_a_replaced_sign_is_asked_about(read, tmp_path):
    path = tmp_path / "meldung.csv"
    path.write_bytes("Kammer;EQ-Pl\0ätze 2016\nIHK Köln;5\nIHK Aachen;7\n".encode())

    reading = read(path)

    assert reading.status == "needs_answers"


@pytest.mark.parametrize("blank", ["", "\n"])
def test_source_below_two_rows_is_no_part_of_the_table(read, tmp_path, blank):
    path = tmp_path / "meldung.csv"
    table = "Kammer;EQ-Plätze 2016\nIHK Köln;12\nIHK Aachen;7\n"
    path.write_text(f"{table}{blank}Quelle: Lehrlingsrolle\n", encoding="utf-8")

    assert [row.value for row in read(path).rows if not row.held] == [12, 7]
