"""Tables in the shapes publishers and people give them."""

import pytest


def found(reading, *fields):
    return [tuple(getattr(row, field) for field in fields) for row in reading.rows if not row.held]


def problems(reading):
    return [(problem.cell, problem.severity, problem.code) for problem in reading.problems]


def totals(reading):
    return [(total.cell, int(total.stated), total.ok) for total in reading.control_totals]


def test_years_as_sections_between_the_rows(read, sheet):
    reading = read(
        sheet(
            ["BFB: Zusätzliche Ausbildungsplätze"],
            [],
            ["Land", "Plätze"],
            [2015],
            ["Bayern", 10],
            ["Hessen", 20],
            [2016],
            ["Bayern", 30],
            ["Hessen", 40],
        )
    )

    assert found(reading, "year", "region", "value", "cell") == [
        (2015, "09", 10, "B5"),
        (2015, "06", 20, "B6"),
        (2016, "09", 30, "B8"),
        (2016, "06", 40, "B9"),
    ]


def test_labels_written_once_hold_for_the_rows_below(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "Jahr", "EQ-Plätze", "Willkommenslotsen"],
            ["IHK Köln", 2015, 5, 1],
            ["", 2016, 6, 2],
            ["IHK Aachen", 2015, 7, 3],
            ["", 2016, 8, 4],
        )
    )

    assert found(reading, "organisation", "year", "indicator", "value") == [
        ("IHK-142", 2015, "training_placements", 5),
        ("IHK-142", 2015, "welcome_mentors", 1),
        ("IHK-142", 2016, "training_placements", 6),
        ("IHK-142", 2016, "welcome_mentors", 2),
        ("IHK-101", 2015, "training_placements", 7),
        ("IHK-101", 2015, "welcome_mentors", 3),
        ("IHK-101", 2016, "training_placements", 8),
        ("IHK-101", 2016, "welcome_mentors", 4),
    ]


def test_stacked_headings_without_spans_are_filled_to_the_right(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze", "", "Praktikumsplätze", ""],
            ["", "2015", "2016", "2015", "2016"],
            ["IHK Köln", 1, 2, 3, 4],
        )
    )

    assert found(reading, "indicator", "year", "value") == [
        ("training_placements", 2015, 1),
        ("training_placements", 2016, 2),
        ("internships", 2015, 3),
        ("internships", 2016, 4),
    ]


def test_heading_that_says_everything_at_once(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016 (Anzahl)", "EQ-Plätze 2016, darunter Geflüchtete", "Veränderung"],
            ["IHK Köln", 12, 3, 5],
        )
    )

    assert found(reading, "indicator", "year", "target_group", "value") == [
        ("training_placements", 2016, "_T", 12),
        ("training_placements", 2016, "J5", 3),
    ]
    assert problems(reading) == [("D1", "note", "column_ignored")]


def test_several_tables_on_one_sheet(read, sheet):
    reading = read(
        sheet(
            ["EQ-Plätze 2016"],
            ["Kammer", "Wert"],
            ["IHK Köln", 5],
            ["Summe", 5],
            [],
            ["Praktikumsplätze 2015"],
            ["Kammer", "Wert"],
            ["IHK Aachen", 7],
            ["IHK Köln", 8],
        )
    )

    assert [table.data_range for table in reading.tables] == ["A3:B4", "A8:B9"]
    assert found(reading, "indicator", "year", "organisation", "value") == [
        ("training_placements", 2016, "IHK-142", 5),
        ("internships", 2015, "IHK-101", 7),
        ("internships", 2015, "IHK-142", 8),
    ]


def test_blank_rows_between_data_rows_do_not_end_the_table(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016"],
            ["IHK Köln", 5],
            [],
            ["IHK Aachen", 7],
            [],
            ["Summe", 12],
            [],
            ["Quelle: eigene Angaben 2017"],
        )
    )

    assert found(reading, "organisation", "value") == [("IHK-142", 5), ("IHK-101", 7)]
    assert totals(reading) == [("B6", 12, True)]


def test_land_rows_among_chambers_are_subtotals(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016"],
            ["Nordrhein-Westfalen", 12],
            ["IHK Köln", 5],
            ["IHK Aachen", 7],
            ["Bayern", 3],
            ["IHK Schwaben", 3],
            ["DIHK", 15],
        )
    )

    assert found(reading, "organisation", "value") == [("IHK-142", 5), ("IHK-101", 7), ("IHK-104", 3)]
    assert totals(reading) == [("B2", 12, True), ("B5", 3, True), ("B7", 15, True)]


def test_east_and_west_are_totals_over_their_laender(read, sheet):
    reading = read(
        sheet(
            ["Bundesagentur für Arbeit"],
            ["Eintritte in Assistierte Ausbildung 2016"],
            [],
            ["Region", "Anzahl"],
            ["Deutschland", 60],
            ["Westdeutschland", 30],
            ["Bayern", 10],
            ["Hessen", 20],
            ["Ostdeutschland", 31],
            ["Sachsen", 30],
        )
    )

    assert found(reading, "region", "value") == [("09", 10), ("06", 20), ("14", 30)]
    assert totals(reading) == [("B5", 60, True), ("B6", 30, True), ("B9", 31, False)]
    assert problems(reading) == [("B9", "query", "control_total_differs")]


def test_country_alone_is_a_figure(read, sheet):
    reading = read(
        sheet(["Bundesagentur für Arbeit"], [], ["Region", "Eintritte in AsA 2016"], ["Deutschland", 5000])
    )

    assert found(reading, "organisation", "region", "value") == [("BA", "DE", 5000)]


def test_cells_rounded_to_three_may_miss_their_total_by_parts_plus_one(read, sheet):
    rows = [["IHK Köln", 12], ["IHK Aachen", 15], ["IHK Kassel-Marburg", 3], ["IHK Trier", 6], ["IHK Ulm", 9]]

    near = read(sheet(["Kammer", "EQ-Plätze 2016"], *rows, ["Summe", 51]))
    far = read(sheet(["Kammer", "EQ-Plätze 2016"], *rows, ["Summe", 54]))

    assert (totals(near), totals(far)) == ([("B7", 51, True)], [("B7", 54, False)])


def test_declared_rounding_widens_the_tolerance(read, sheet):
    rows = [["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 10], ["IHK Aachen", 15], ["Summe", 30]]

    exact = read(sheet(*rows))
    declared = read(sheet(*rows, [], ["Alle Werte sind auf 5 gerundet."]))

    assert (totals(exact), totals(declared)) == ([("B4", 30, False)], [("B4", 30, True)])


def test_occupations_that_miss_their_total_are_queried(read, sheet):
    reading = read(
        sheet(
            ["IHK Köln"],
            ["EQ-Plätze 2016"],
            [],
            ["KldB", "Beruf", "Plätze"],
            ["26", "Mechatronik", 5],
            ["71", "Büro", 6],
            ["", "Insgesamt", 12],
        )
    )

    assert found(reading, "occupation", "value") == [("26", 5), ("71", 6), ("_T", 12)]
    assert problems(reading) == [("C7", "query", "parts_differ")]


def test_lost_leading_zero_of_an_occupation_is_restored(read, sheet):
    reading = read(
        sheet(
            ["IHK Köln"],
            ["EQ-Plätze 2016"],
            [],
            ["KldB", "Beruf", "Plätze"],
            [26112, "Mechatroniker/in", 5],
            [71402, "Büro", 6],
            [1104, "Soldat/in", 7],
        )
    )

    assert found(reading, "occupation", "value") == [("26112", 5), ("71402", 6), ("01104", 7)]


def test_subtotals_of_occupations_are_compared_and_not_kept(read, sheet):
    reading = read(
        sheet(
            ["IHK Köln"],
            ["EQ-Plätze 2016"],
            [],
            ["KldB", "Beruf", "Plätze"],
            ["26", "Mechatronik", 11],
            ["26112", "Mechatroniker/in", 5],
            ["26252", "Elektroniker/in", 6],
        )
    )

    assert found(reading, "occupation", "value") == [("26112", 5), ("26252", 6)]
    assert problems(reading) == [("A5", "note", "subtotal_not_kept")]


def test_code_and_label_in_one_cell(read, sheet):
    reading = read(
        sheet(
            ["IHK Köln"],
            ["EQ-Plätze 2016"],
            [],
            ["Beruf", "Plätze"],
            ["24 Metallerzeugung, -bearbeitung, Metallbau", 5],
            ["Sonstige Berufe", 1],
        )
    )

    assert found(reading, "occupation", "occupation_label", "value") == [
        ("24", "Metallerzeugung, -bearbeitung, Metallbau", 5),
        ("_U", "Sonstige Berufe", 1),
    ]


@pytest.mark.parametrize(
    "label", ["Summe der Kammern", "Insgesamt (2 IHKs)", "Kammern zusammen", "Summe:", "Deutschland"]
)
def test_total_is_known_by_its_words(read, sheet, label):
    reading = read(sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 5], ["IHK Aachen", 7], [label, 12]))

    assert totals(reading) == [("B4", 12, True)]
    assert problems(reading) == []


def test_total_of_a_land_covers_its_chambers(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016"],
            ["IHK Köln", 5],
            ["NRW zusammen", 5],
            ["IHK Schwaben", 7],
            ["Summe", 12],
        )
    )

    assert totals(reading) == [("B3", 5, True), ("B5", 12, True)]


def test_named_source_is_not_the_owner_if_the_supplier_is_known(read, sheet):
    rows = [
        ["Zielgruppe", "EQ-Plätze 2016"],
        ["Insgesamt", 5],
        ["Frauen", 2],
        [],
        ["Quelle: Bundesagentur für Arbeit"],
    ]

    assert found(read(sheet(*rows), supplier="IHK-142"), "organisation") == [("IHK-142",), ("IHK-142",)]
    assert found(read(sheet(*rows)), "organisation") == [("BA",), ("BA",)]


@pytest.mark.parametrize(("stated", "found"), [(30, []), (31, ["control_total_differs"])])
def test_total_below_the_last_table_may_run_over_all_tables_of_its_sheet(read, sheet, stated, found):
    reading = read(
        sheet(
            ["Industrie und Handel"],
            ["Kammer", "EQ-Plätze 2016"],
            ["IHK Köln", 12],
            ["IHK Aachen", 7],
            [],
            [],
            ["Handwerk"],
            ["Handwerkskammer", "EQ-Plätze 2016"],
            ["HWK Münster", 5],
            ["HWK Dortmund", 6],
            ["Insgesamt", stated],
        )
    )

    assert sorted(row.value for row in reading.rows if not row.held) == [5, 6, 7, 12]
    assert [code for _cell, _severity, code in problems(reading)] == found
