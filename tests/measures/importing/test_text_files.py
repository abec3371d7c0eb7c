"""Text files in every encoding and with every mark between the cells."""

import pytest

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


def test_short_lines_are_filled_up(read, tmp_path):
    path = tmp_path / "meldung.csv"
    path.write_text(
        "Meldung der Kammern\n\nKammer;Kennzahl;Jahr;Wert\nIHK Köln;EQ;2016;5\nIHK Aachen;EQ;2016\n",
        encoding="utf-8",
    )

    reading = read(path)

    assert figures(reading) == [("IHK-142", "training_placements", 5, "D4")]
    assert [(p.code, p.cell) for p in reading.problems] == [("empty_not_reported", "D5")]


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
