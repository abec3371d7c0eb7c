"""Signs in place of numbers by the publisher's own dictionary, and what the preview is told was used."""

import pytest

from measures.importing import Answers, TableAnswers
from measures.importing.publishers import publishers_in

TABLE = [["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 5]]


def met(reading):
    return [
        (sign["found"], sign["meaning"], sign["source"], sign["count"]) for sign in reading.tables[0].markers
    ]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("© Statistik der Bundesagentur für Arbeit", ["ba"]),
        ("Quelle: Statistik der Bundesagentur für Arbeit, Ausbildungsmarkt", ["ba"]),
        ("Bundesagentur für Arbeit", ["ba"]),
        ("© Statistisches Bundesamt (Destatis), 2024", ["destatis"]),
        ("Statistisches Bundesamt", ["destatis"]),
        ("Quelle: Bundesinstitut für Berufsbildung (BIBB), Erhebung zum 30. September", ["bibb"]),
        ('Quelle: "Datenbank Auszubildende" des BIBB', ["bibb"]),
        (
            "Quelle: Autorengruppe Bildungsberichterstattung, Berlin",
            ["bildungsbericht"],
        ),
        ("Quelle: BMBF-Datenportal, Tabelle 2.4.5", ["datenportal"]),
        ("Quelle: Statistisches Bundesamt; BIBB", ["destatis", "bibb"]),
        ("Meldungen an die Bundesagentur für Arbeit sind nicht enthalten", []),
        ("Quelle: eigene Erhebung", []),
    ],
)
def test_publisher_is_known_by_its_source_line(line, codes):
    assert [publisher.code for publisher in publishers_in([line])] == codes


@pytest.mark.parametrize(
    ("source", "sign", "meaning"),
    [
        ("© Statistik der Bundesagentur für Arbeit", "*", "confidential"),
        ("© Statistik der Bundesagentur für Arbeit", "* ", "confidential"),
        ("© Statistik der Bundesagentur für Arbeit", ".", "unknown"),
        ("© Statistisches Bundesamt (Destatis), 2017", ".", "unknown"),
        ("Quelle: Bildung in Deutschland 2016", "●", "unknown"),
        ("Quelle: BMBF-Datenportal", "m", "unknown"),
    ],
)
def test_signs_of_a_known_publisher_need_no_confirmation(read, sheet, source, sign, meaning):
    reading = read(sheet(*TABLE, ["IHK Aachen", sign], [], [source]))

    assert reading.problems == []
    assert [row.held for row in reading.rows] == [False, False]
    assert met(reading) == [(sign.strip(), meaning, "publisher", 1)]


@pytest.mark.parametrize(
    ("source", "sign"),
    [
        ("Quelle: Bildung in Deutschland 2016", "·"),
        ("Quelle: BMBF-Datenportal", "."),
        ("Quelle: Statistisches Bundesamt; BIBB", "."),
        ("Quelle: eigene Erhebung", "m"),
    ],
)
def test_signs_that_publishers_leave_open_wait_for_confirmation(read, sheet, source, sign):
    reading = read(sheet(*TABLE, ["IHK Aachen", sign], [], [source]))

    assert [(problem.cell, problem.code) for problem in reading.problems] == [("B3", "absence_to_confirm")]
    assert met(reading) == [(sign, "unknown", "standard", 1)]


def test_every_sign_met_is_listed_with_who_explains_it(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2015", "EQ-Plätze 2016"],
            ["IHK Köln", "-", "-"],
            ["IHK Aachen", "x", "k. A."],
            ["IHK Trier", "*", "o"],
            ["IHK Koblenz", "- ", 0],
            [],
            ["* = geheim zu halten"],
        ),
        answers=Answers(markers={"k. A.": "pending"}),
    )

    assert met(reading) == [
        ("*", "confidential", "legend", 1),
        ("-", "zero", "standard", 3),
        ("k. A.", "pending", "answer", 1),
        ("o", "below_half_unit", "standard", 1),
        ("x", "not_applicable", "standard", 1),
    ]


@pytest.mark.parametrize(
    ("cells", "notation"),
    [
        (("1.204,0", 7), "de"),
        (("1,204.0", 7), "en"),
        (("1,204.0", "3,0"), "mixed"),
        ((1204, 7.0), ""),
    ],
)
def test_notation_of_a_column_is_told(read, sheet, cells, notation):
    reading = read(sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Köln", cells[0]], ["IHK Aachen", cells[1]]))

    assert [column.notation for column in reading.tables[0].columns] == ["", notation]


def test_factor_and_confirmed_notation_of_a_column_are_told(read, sheet):
    path = sheet(
        ["Bundesagentur für Arbeit"],
        [],
        ["Region", "Eintritte in AsA 2016"],
        ["", "in Tsd."],
        ["Bayern", "1.234"],
    )
    table = read(path).tables[0].fingerprint

    (read_table,) = read(path, answers=Answers(tables={table: TableAnswers(notation={1: "de"})})).tables

    assert [(column.notation, column.factor) for column in read_table.columns] == [("", 1), ("de", 1000)]
