"""One table in the layout of every publisher whose tables come in; content from our own catalogue."""

import pytest

from measures.importing import Answers
from measures.importing.problems import PROBLEMS


def figures(reading, *fields):
    return [tuple(getattr(row, field) for field in fields) for row in reading.rows if not row.held]


def totals(reading):
    return [(total.cell, int(total.stated), total.ok) for total in reading.control_totals]


def told(reading, *severities):
    return [
        (problem.cell, problem.code)
        for problem in reading.problems
        if PROBLEMS[problem.code].severity in (severities or ("error", "query"))
    ]


def text_file(folder, name, content, encoding="utf-8"):
    (folder / name).write_bytes(content.encode(encoding))
    return folder / name


IMPRINT = (
    ["Impressum"],
    ["Reihe:", "Ausbildungsmarkt"],
    ["Titel:", "Bewerber und Ausbildungsstellen 2016"],
    ["Erstellungsdatum:", "28.10.2016"],
    ["Hotline:", "0911 179-3632"],
)
CONTENTS = (
    ["Inhaltsverzeichnis"],
    ["Tabelle I", "Ausbildungsstellen", "S. 3"],
    ["Tabelle II", "Bewerber", "S. 4"],
)


def training_market():
    """Title block, three heading rows with spans, day numbers for months, regions written once."""
    rows = [
        ["Statistik der Bundesagentur für Arbeit"],
        ["Tabellen"],
        [],
        ["Tabelle II: Unversorgte Bewerber und Bewerber mit Alternative"],
        ["Deutschland, Länder (Gebietsstand September 2016)"],
        ["Berichtsmonat: September 2016"],
        ["Datenstand: Oktober 2016"],
        [],
        [
            *("Region", "Berufshauptgruppe (KldB 2010)", "Unversorgte Bewerber", "", "", ""),
            *("Bewerber mit Alternative zum 30. September", "", "", ""),
        ],
        ["", "", "", "", "darunter", "", "", "", "darunter", ""],
        ["", "", "", "", "weiblich", "", "", "", "weiblich", ""],
        ["", "", *[42277, 42643] * 4],
    ]
    for region, n in (("01 Schleswig-Holstein", 10), ("02 Hamburg", 20)):
        rows += [
            [region, "Insgesamt", 3 * n, 3 * n + 3, n, n + 1, n, n, "* ", "* "],
            ["", "24 Metallerzeugung, -bearbeitung, Metallbau", n, n + 1, 5, 5, n, n, "- ", "x"],
            ["", "Keine Zuordnung möglich", 2 * n, 2 * n + 2, n - 5, n - 4, 0, 0, 1, 1],
        ]
    rows += [
        ["Deutschland", "Insgesamt", 90, 96, 30, 32, 30, 30, "* ", "* "],
        [],
        ["Erstellungsdatum: 28.10.2016, Statistik-Service Ost, Auftragsnummer 317-408036"],
        ["*) Zahlenwerte kleiner 3 werden anonymisiert"],
        ["© Statistik der Bundesagentur für Arbeit"],
    ]
    return rows


SPANS = ("A9:A12", "B9:B12", "C9:F9", "G9:J9", "E10:F10", "E11:F11", "I10:J10", "I11:J11")


@pytest.mark.parametrize("merge", [SPANS, ()])
def test_training_market_of_the_agency(read, sheet, merge):
    reading = read(
        sheet(
            *training_market(),
            name="aGB - Tabelle II",
            merge=merge,
            more={"Impressum": IMPRINT, "Inhaltsverzeichnis": CONTENTS},
        )
    )

    (table,) = [table for table in reading.tables if table.sheet == "aGB - Tabelle II"]
    assert (table.header_rows, table.data_range, table.as_of) == ([9, 10, 11, 12], "A13:J19", "2016-10-31")
    assert reading.status == "ready"
    assert figures(reading, "cell", "indicator", "year", "region", "occupation", "target_group", "value")[
        :5
    ] == [
        ("C13", "unplaced_30sep", 2015, "01", "_T", "_T", 30),
        ("D13", "unplaced_30sep", 2016, "01", "_T", "_T", 33),
        ("E13", "unplaced_30sep", 2015, "01", "_T", "W", 10),
        ("F13", "unplaced_30sep", 2016, "01", "_T", "W", 11),
        ("G13", "with_alternative_30sep", 2015, "01", "_T", "_T", 10),
    ]
    assert {row.cell: row.absence for row in reading.rows if row.absence} == {
        **dict.fromkeys(("I13", "J13", "I16", "J16"), "confidential"),
        **dict.fromkeys(("J14", "J17"), "not_applicable"),
    }
    assert [row.occupation for row in reading.rows if row.cell.startswith("C")] == ["_T", "24", "_U"] * 2
    assert totals(reading) == [
        (f"{column}19", stated, True)
        for column, stated in zip("CDEFGH", (90, 96, 30, 32, 30, 30), strict=True)
    ]
    assert told(reading) == []
    assert len(reading.rows) == 48


def test_imprint_and_contents_are_read_as_nothing_and_not_spoken_of(read, sheet):
    reading = read(
        sheet(*training_market(), merge=SPANS, more={"Impressum": IMPRINT, "Inhaltsverzeichnis": CONTENTS})
    )

    assert [(problem.sheet, problem.code) for problem in reading.problems] == [
        ("Meldung", "dash_read_as_zero")
    ]


def test_special_table_of_agency_and_institute(read, sheet):
    """Headings that join code, place, variable and year; dashes for rows that add others up."""
    reading = read(
        sheet(
            ["Sonderauswertung: neu abgeschlossene Ausbildungsverträge"],
            ["Datenstand: 31.12.2016"],
            [],
            [
                "Beruf",
                "08 Baden-Württemberg.NAA_2015",
                "08 Baden-Württemberg.NAA_w_2015",
                "08 Baden-Württemberg.NAA_wanteil_2015",
                "X14.Sachsen.NAA_2015",
                "X14.Sachsen.NAA_w_2016",
            ],
            ["-----", 300, 120, 40, 100, 50],
            ["24 Metallerzeugung, -bearbeitung, Metallbau", 100, 20, 20, 60, 20],
            ["71 Berufe in Unternehmensführung und -organisation", 200, 100, 50, 40, 30],
            name="Verträge_Daten",
        ),
        supplier="BA",
    )

    assert reading.status == "ready"
    assert figures(reading, "cell", "year", "region", "occupation", "target_group", "value") == [
        ("B5", 2015, "08", "_T", "_T", 300),
        ("C5", 2015, "08", "_T", "W", 120),
        ("E5", 2015, "14", "_T", "_T", 100),
        ("F5", 2016, "14", "_T", "W", 50),
        ("B6", 2015, "08", "24", "_T", 100),
        ("C6", 2015, "08", "24", "W", 20),
        ("E6", 2015, "14", "24", "_T", 60),
        ("F6", 2016, "14", "24", "W", 20),
        ("B7", 2015, "08", "71", "_T", 200),
        ("C7", 2015, "08", "71", "W", 100),
        ("E7", 2015, "14", "71", "_T", 40),
        ("F7", 2016, "14", "71", "W", 30),
    ]
    assert told(reading, "error", "query", "note") == [("D4", "column_ignored")]


def test_table_of_the_institute_as_of_30_september(read, sheet):
    """Rounded to multiples of three, so the total differs from the sum and that is no query."""
    reading = read(
        sheet(
            ["Tabelle 1: Neu abgeschlossene Ausbildungsverträge 2016"],
            ["Land: Nordrhein-Westfalen"],
            ["Datenstand: 07.12.2016"],
            [],
            ["Berufshauptgruppe", "Neuabschlüsse", "", "darunter weiblich"],
            ["", "absolut", "in %", "absolut"],
            ["Summe", 102, 100, 48],
            ["26 Mechatronik-, Energie- und Elektroberufe", 30, 30.3, 3],
            ["63 Tourismus-, Hotel- und Gaststättenberufe", 36, 36.4, 27],
            ["Sonstige Berufe", 33, 33.3, 18],
            [],
            ["Aus Gründen des Datenschutzes sind alle Werte auf ein Vielfaches von 3 gerundet."],
            ["Quelle: Bundesinstitut für Berufsbildung, Erhebung zum 30. September 2016"],
            merge=("B5:C5",),
        ),
        supplier="IHK-142",
    )

    assert figures(reading, "cell", "occupation", "target_group", "value") == [
        ("B7", "_T", "_T", 102),
        ("D7", "_T", "W", 48),
        ("B8", "26", "_T", 30),
        ("D8", "26", "W", 3),
        ("B9", "63", "_T", 36),
        ("D9", "63", "W", 27),
        ("B10", "_U", "_T", 33),
        ("D10", "_U", "W", 18),
    ]
    assert {(row.organisation, row.region, row.year) for row in reading.rows} == {("IHK-142", "05", 2016)}
    assert reading.tables[0].as_of == "2016-12-07"
    assert told(reading) == []


@pytest.mark.parametrize("years", [("2015 2", "20162)"), ("2015²", "2016\n2)")])
def test_database_of_the_institute_with_marks_glued_to_years(read, sheet, years):
    reading = read(
        sheet(
            ["Datenblatt DAZUBI"],
            ["Neu abgeschlossene Ausbildungsverträge nach Ländern"],
            ["Datenstand: 2017-01-15"],
            [],
            ["Region", "Berichtsjahr", "Neuabschlüsse insgesamt", "Frauen"],
            ["Bayern", years[0], 30, 12],
            ["", years[1], 33, 15],
            ["Hessen", years[0], 60, 30],
            ["", years[1], 66, 33],
            ["Deutschland", years[0], 90, 42],
            ["", years[1], 99, 48],
            [],
            ["2) Vorläufige Ergebnisse."],
            more={"Impressum": (["Impressum"], ["Lizenz", "CC BY-NC-ND 4.0"], ["Jahr", 2017])},
        ),
        supplier="BA",
    )

    assert figures(reading, "year", "region", "target_group", "value", "quality") == [
        (2015, "09", "_T", 30, "preliminary"),
        (2015, "09", "W", 12, "preliminary"),
        (2016, "09", "_T", 33, "preliminary"),
        (2016, "09", "W", 15, "preliminary"),
        (2015, "06", "_T", 60, "preliminary"),
        (2015, "06", "W", 30, "preliminary"),
        (2016, "06", "_T", 66, "preliminary"),
        (2016, "06", "W", 33, "preliminary"),
    ]
    assert [ok for _, _, ok in totals(reading)] == [True] * 4
    assert reading.tables[0].as_of == "2017-01-15"


DATA_PORTAL = """Tab.2.4.5;;;;;;
;;;;;;
Eintritte in Assistierte Ausbildung nach Ländern;;;;;;
;;;;;;
Land;2015;2015;2015;2016;2016;2016
;Insgesamt;Frauen;Anteil;Insgesamt;Frauen;Anteil
;Anzahl;Anzahl;in %;Anzahl;Anzahl;in %
Baden-Württemberg 4);1.200;600;50,0;1.300;m;50,1
Bayern;2.000;-;50,0;2.100;900;42,9
Insgesamt;3.200;600;50,0;3.400;900;42,9
;;;;;;
4) Vorläufige Angaben.;;;;;;
- = nichts vorhanden, m = keine Daten;;;;;;
Quelle: Bundesagentur für Arbeit;;;;;;
"""


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_data_portal_of_the_ministry(read, tmp_path, encoding):
    """A number and a title above, headings that repeat their group, a row of units."""
    reading = read(text_file(tmp_path, "tab245.csv", DATA_PORTAL, encoding))

    assert figures(reading, "cell", "year", "region", "target_group", "value", "absence", "quality") == [
        ("B8", 2015, "08", "_T", 1200, "", "preliminary"),
        ("C8", 2015, "08", "W", 600, "", "preliminary"),
        ("E8", 2016, "08", "_T", 1300, "", "preliminary"),
        ("F8", 2016, "08", "W", None, "unknown", "preliminary"),
        ("B9", 2015, "09", "_T", 2000, "", "final"),
        ("C9", 2015, "09", "W", 0, "", "final"),
        ("E9", 2016, "09", "_T", 2100, "", "final"),
        ("F9", 2016, "09", "W", 900, "", "final"),
    ]
    assert totals(reading)[:3] == [("B10", 3200, True), ("C10", 600, True), ("E10", 3400, True)]
    assert told(reading) == []
    assert [row.kind for row in reading.sheets[0].rows[4:7]] == ["header", "header", "unit"]


GENESIS = """Statistik der Bundesagentur für Arbeit;;;;
Unbesetzte gemeldete Ausbildungsstellen am 30. September;;;;
Deutschland;;;;
Unbesetzte Ausbildungsstellen (Anzahl);;;;
Berufe der KldB 2010;;;;
Stichtag 30.09.;;;;
;;2015;2016;2017
Insgesamt;Insgesamt;100;200;300
  2;Rohstoffgewinnung, Produktion und Fertigung;60;120;180
    24;Metallerzeugung, -bearbeitung, Metallbau;40;80;100
    26;Mechatronik-, Energie- und Elektroberufe;20;40;81
  7;Unternehmensorganisation, Buchhaltung, Recht und Verwaltung;40;80;-
    71;Berufe in Unternehmensführung und -organisation;40;80;-
__________;;;;
© Statistisches Bundesamt (Destatis), 2024;;;;
Stand: 23.10.2024 / 09:21:37;;;;
"""


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8"])
def test_statistical_office_with_levels_shown_by_spaces(read, tmp_path, encoding):
    reading = read(text_file(tmp_path, "21211.csv", GENESIS, encoding), supplier="BA")

    assert figures(reading, "cell", "occupation", "value") == [
        ("C8", "_T", 100),
        ("D8", "_T", 200),
        ("E8", "_T", 300),
        ("C10", "24", 40),
        ("D10", "24", 80),
        ("E10", "24", 100),
        ("C11", "26", 20),
        ("D11", "26", 40),
        ("E11", "26", 81),
        ("C13", "71", 40),
        ("D13", "71", 80),
        ("E13", "71", 0),
    ]
    assert told(reading) == [("E8", "parts_differ"), ("E9", "subtotal_differs")]
    assert reading.tables[0].as_of == ""
    assert [row.kind for row in reading.sheets[0].rows[7:16]] == [
        *("total", "total", "data", "data", "total", "data"),
        *("note", "note", "note"),
    ]


def test_statistical_office_by_laender(read, tmp_path):
    content = """Eintritte in Assistierte Ausbildung: Länder, Jahre;;;;
Statistik der Bundesagentur für Arbeit;;;;
Deutschland;;;;
Eintritte in AsA (Anzahl);;;;
;;;;
;;2015;2016;2017
Deutschland;;100;200;300
  Früheres Bundesgebiet (ohne Berlin);;60;120;180
    Bayern;;40;80;100
    Hessen;;20;40;80
  Neue Länder (einschl. Berlin);;40;80;120
    Sachsen;;40;80;120
__________;;;;
© Statistisches Bundesamt (Destatis), 2024;;;;
"""
    reading = read(text_file(tmp_path, "asa.csv", content))

    assert figures(reading, "cell", "region", "value")[::3] == [
        ("C9", "09", 40),
        ("C10", "06", 20),
        ("C12", "14", 40),
    ]
    assert [ok for _, _, ok in totals(reading)] == [True] * 9
    assert told(reading) == []


FLAT = """statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;\
1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;\
2_variable_attribute_code;2_variable_attribute_label;value;value_unit;value_variable_code;\
value_variable_label;value_q
"""


def test_statistical_office_flat_with_signs_of_quality(read, tmp_path):
    lines = (
        "2015-12-31;DLAND;Bundesländer;09;Bayern;GES;Geschlecht;;Insgesamt;120;Anzahl;{};e",
        "2015-12-31;DLAND;Bundesländer;09;Bayern;GES;Geschlecht;GESW;weiblich;50;Anzahl;{};p",
        "2016-12-31;DLAND;Bundesländer;06;Hessen;GES;Geschlecht;;Insgesamt;60;Anzahl;{};r",
        "2016-12-31;DLAND;Bundesländer;06;Hessen;GES;Geschlecht;GESW;weiblich;-;Anzahl;{};e",
    )
    content = FLAT + "".join(
        f"21211;Berufsbildung;STAG;Stichtag;{line.format('BIL001;Eintritte in Assistierte Ausbildung')}\n"
        for line in lines
    )
    reading = read(text_file(tmp_path, "21211-0001_flat.csv", content), supplier="BA")

    assert reading.status == "ready"
    assert figures(reading, "cell", "indicator", "year", "region", "target_group", "value", "quality") == [
        ("N2", "assisted_starts", 2015, "09", "_T", 120, "final"),
        ("N3", "assisted_starts", 2015, "09", "W", 50, "preliminary"),
        ("N4", "assisted_starts", 2016, "06", "_T", 60, "revised"),
        ("N5", "assisted_starts", 2016, "06", "W", 0, "final"),
    ]


def crafts():
    return (
        ["Neu abgeschlossene Ausbildungsverträge (nach Berufen)"],
        ["Berichtszeitraum: 2016 (Jahresdaten) - Region: Kammerbezirk Köln"],
        ["Handwerkskammer zu Köln"],
        [],
        [
            *("Ausbildungsberuf", "gesamt", "Männl.", "Weibl.", "1. LJ.", "2. LJ.", "3. LJ.", "4. LJ."),
            *("Ausb.stätten", "Veränderung z. Vorjahr", ""),
        ],
        ["", *[""] * 8, "Absolut", "Prozent"],
        ["Summe", "1.300", "900", "400", "500", "400", "300", "100", "700", "-20", "-1,5"],
        ["I Bauhauptgewerbe", "1.000", "800", "200", "300", "300", "300", "100", "500", "10", "1,0"],
        ["Maurer/in (bis 31.07.2021)", "600", "500", "100", "150", "150", "150", "50", "250", "5", "1,0"],
        ["Zimmerer/in", "400", "300", "100", "150", "150", "150", "50", "250", "5", "1,0"],
        ["II Lebensmittelgewerbe", "300", "100", "200", "200", "100", "0", "0", "200", "-30", "-9,1"],
        ["Fleischer/in FR Verkauf", "299", "100", "199", "200", "100", "0", "0", "200", "-30", "-9,1"],
        ["Summe", "1.300", "900", "400", "500", "400", "300", "100", "700", "-20", "-1,5"],
        [],
        ["Quelle: ZDH-Statistik"],
    )


OCCUPATIONS = {"Maurer/in": "32", "Zimmerer/in": "33", "Fleischer/in Fachrichtung Verkauf": "29"}


def test_apprentices_of_the_crafts(read, sheet):
    """The sum first and again at the end, groups among the occupations, numbers as text."""
    reading = read(sheet(*crafts(), merge=("J5:K5",)), answers=Answers(names={"occupation": OCCUPATIONS}))

    assert reading.status == "ready"
    assert figures(reading, "cell", "organisation", "year", "occupation", "target_group", "value") == [
        ("B7", "HWK-00032", 2016, "_T", "_T", 1300),
        ("D7", "HWK-00032", 2016, "_T", "W", 400),
        ("B9", "HWK-00032", 2016, "32", "_T", 600),
        ("D9", "HWK-00032", 2016, "32", "W", 100),
        ("B10", "HWK-00032", 2016, "33", "_T", 400),
        ("D10", "HWK-00032", 2016, "33", "W", 100),
        ("B12", "HWK-00032", 2016, "29", "_T", 299),
        ("D12", "HWK-00032", 2016, "29", "W", 199),
    ]
    assert told(reading) == [
        ("B11", "subtotal_differs"),
        ("D11", "subtotal_differs"),
        ("B13", "parts_differ"),
        ("D13", "parts_differ"),
    ]
    assert [cell for cell, code in told(reading, "note") if code == "column_not_kept"] == [
        f"{column}6" for column in "CEFGHI"
    ]
    assert [cell for cell, code in told(reading, "note") if code == "column_ignored"] == ["J6", "K6"]


def test_occupations_of_the_crafts_that_nobody_knows_yet_are_held(read, sheet):
    reading = read(sheet(*crafts(), merge=("J5:K5",)))

    assert figures(reading, "cell", "occupation") == [("B7", "_T"), ("D7", "_T")]
    assert told(reading, "error") == [(f"A{row}", "occupation_unknown") for row in (9, 10, 12)]


def test_contracts_of_the_chambers_with_last_year_beside(read, sheet):
    reading = read(
        sheet(
            ["IHK Köln"],
            ["Neu eingetragene Ausbildungsverträge 2016"],
            [],
            ["Berufsgruppe", "eingetragene Verträge", "Vorjahr", "Veränderung", ""],
            ["", "", "", "absolut", "in %"],
            ["71 Berufe in Unternehmensführung und -organisation", 60, 50, 10, 20],
            ["26 Mechatronik-, Energie- und Elektroberufe", 40, 45, -5, -11.1],
            ["Insgesamt", 100, 95, 5, 5.3],
            merge=("D4:E4",),
        )
    )

    assert figures(reading, "cell", "indicator", "year", "occupation", "value") == [
        ("B6", "new_contracts", 2016, "71", 60),
        ("C6", "new_contracts", 2015, "71", 50),
        ("B7", "new_contracts", 2016, "26", 40),
        ("C7", "new_contracts", 2015, "26", 45),
        ("B8", "new_contracts", 2016, "_T", 100),
        ("C8", "new_contracts", 2015, "_T", 95),
    ]
    assert told(reading) == []


def test_contracts_of_all_chambers_by_their_towns(read, sheet):
    reading = read(
        sheet(
            ["DIHK"],
            ["Neuabschlüsse"],
            [],
            ["IHK", "Verträge 2016", "Vorjahr", "Veränderung in %"],
            ["Köln", 60, 50, 20],
            ["Aachen", 40, 45, -11.1],
            ["Insgesamt", 100, 95, 5.3],
        )
    )

    assert figures(reading, "cell", "organisation", "year", "value") == [
        ("B5", "IHK-142", 2016, 60),
        ("C5", "IHK-142", 2015, 50),
        ("B6", "IHK-101", 2016, 40),
        ("C6", "IHK-101", 2015, 45),
    ]
    assert totals(reading) == [("B7", 100, True), ("C7", 95, True)]


def test_last_year_of_a_table_without_a_year_is_asked_about(read, sheet):
    reading = read(sheet(["Kammer", "EQ-Plätze", "Vorjahr"], ["IHK Köln", 5, 4]))

    assert {question.code for question in reading.questions} == {"column", "year"}


EDUCATION_REPORT = (
    ["Zurück zum Inhalt"],
    ["Tab. H1-3: Eintritte in Assistierte Ausbil-\ndung 2015 und 2016 nach Ländern"],
    ["Land", "Eintritte in Assis-\ntierte Ausbildung1)", "", "Ge-\nflüchtete2)", ""],
    ["", "Insgesamt", "Frauen", "Insgesamt", "Anteil"],
    ["", "Anzahl", "", "", "in %"],
    [2016],
    ["Deutschland", 90, 25, 8, 10.0],
    ["Westdeutschland", 60, 15, 8, 13.3],
    ["Ostdeutschland", 30, 10, "·", 5.0],
    ["Baden-Württemberg", 30, "●", "–", ""],
    ["Bayern", 30, 15, 4, 13.3],
    ["Hessen", "/", "X", "(4)", 40],
    ["Berlin", 30, 10, "·", ""],
    [2015],
    ["Deutschland", 50, 20, 5, 10],
    ["Westdeutschland", 30, 15, 4, 13],
    ["Ostdeutschland", 20, 5, 1, 5],
    ["Baden-Württemberg", 10, 5, "o", "-"],
    ["Bayern", 15, 5, 2, 13.3],
    ["Hessen", 5, 5, 2, 40],
    ["Berlin", 20, 5, 1, 5],
    ["– = nichts vorhanden; o = weniger als die Hälfte der Einheit; X = Kategorie nicht zutreffend"],
    ["/ = keine Angaben, da Zahlenwert nicht sicher genug; ● = keine Daten verfügbar; · = keine Daten"],
    ["1) Ohne Rehabilitation."],
    ["2) Vorläufige Werte"],
    ["Quelle: Statistik der Bundesagentur für Arbeit, Förderstatistik"],
)
REPORT_SPANS = ("A2:E2", "A3:A5", "B3:C3", "D3:E3", "B5:D5", "A22:E22", "A26:E26")


def test_workbook_of_the_education_report(read, sheet):
    """Words broken across lines, years between the rows, East and West, signs of many kinds."""
    reading = read(sheet(*EDUCATION_REPORT, name="H1-3", merge=REPORT_SPANS))

    rows = {row.cell: row for row in reading.rows}
    assert reading.status == "ready"
    assert len(rows) == 24
    assert {
        cell: (row.absence, row.uncertain) for cell, row in rows.items() if row.absence or row.uncertain
    } == {
        "C10": ("unknown", False),
        "B12": ("unknown", True),
        "C12": ("not_applicable", False),
        "D12": ("", True),
        "D13": ("unknown", False),
    }
    assert [(cell, rows[cell].value, rows[cell].below_half_unit) for cell in ("D10", "D12", "D18")] == [
        ("D10", 0, False),
        ("D12", 4, False),
        ("D18", 0, True),
    ]
    assert {(row.year, row.region) for row in reading.rows} == {
        (year, region) for year in (2015, 2016) for region in ("08", "09", "06", "11")
    }
    assert {row.target_group: (row.note, row.quality) for row in reading.rows} == {
        "_T": ("Ohne Rehabilitation.", "final"),
        "W": ("Ohne Rehabilitation.", "final"),
        "J5": ("", "preliminary"),
    }
    assert {cell: ok for cell, _, ok in totals(reading) if cell[0] == "B"} == {
        **dict.fromkeys(("B9", "B15", "B16", "B17"), True),
        **dict.fromkeys(("B7", "B8"), None),
    }
    assert [row.kind for row in reading.sheets[0].rows[:7]] == [
        *("title", "title", "header", "header", "unit"),
        *("section", "total"),
    ]


CODES_BY_LEVEL = """\ufeffSchlüssel;Ebene;Bezeichnung
1;1;Landwirtschaft&nbsp;und Gartenbau
1;2;Streitkräfte
11;2;Land-, Tier- und Forstwirtschaftsberufe
11;3;Offiziere
"""
CODES = "KldB 2010;Bezeichnung\n11;Landwirtschaft\n12;Gartenbau\n21;Rohstoffe\n"


@pytest.mark.parametrize("content", [CODES_BY_LEVEL, CODES])
def test_code_list_holds_no_figures(read, tmp_path, content):
    reading = read(text_file(tmp_path, "kldb2010.csv", content), supplier="IHK-142")

    assert (reading.reason_code, len(reading.rows)) == ("no_table", 0)


def test_code_list_beside_figures_is_passed_over(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016"],
            ["IHK Köln", 5],
            ["IHK Aachen", 7],
            more={
                "KldB": (
                    ["Schlüssel", "Ebene", "Bezeichnung"],
                    [1, 1, "Land-, Forst- und Tierwirtschaft und Gartenbau"],
                    [11, 2, "Land-, Tier- und Forstwirtschaftsberufe"],
                )
            },
        )
    )

    assert figures(reading, "organisation", "value") == [("IHK-142", 5), ("IHK-101", 7)]
    assert told(reading, "error", "query", "note") == []
