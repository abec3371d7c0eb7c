"""The sheet as the reader understood it, and a person's corrections of that."""

import json

import openpyxl
import pytest

from measures.importing import Answers, AreaAnswer, SheetAnswers, TableAnswers
from measures.importing.layout.fingerprints import MOST_COLUMNS
from measures.importing.reading.sheet_views import MOST_ROWS, MOST_SHEETS

FORM = (
    ["EQ-Plätze"],
    ["Jahr: 2016"],
    [],
    ["Kammer", "EQ-Plätze 2016", "EQ-Plätze 2016 darunter Frauen"],
    ["", "Anzahl", "Anzahl"],
    ["IHK Köln", 5, 2],
    ["IHK Aachen", 7, 3],
    ["Summe", 12, 5],
    [],
    ["Quelle: eigene Angaben"],
)


def kinds(view):
    return [(row.number, row.kind) for row in view.rows]


def found(reading):
    return [
        (row.organisation, row.indicator, row.year, row.target_group, int(row.value), row.cell)
        for row in reading.rows
        if not row.held
    ]


def totals(reading):
    return [(total.cell, int(total.stated), total.ok) for total in reading.control_totals]


def answer(reading, **given):
    return Answers(sheets={reading.sheets[0].fingerprint: SheetAnswers(**given)})


def test_every_row_of_a_form_is_told_apart(read, sheet):
    (view,) = read(sheet(*FORM)).sheets

    assert kinds(view) == [
        (1, "title"),
        (2, "title"),
        (3, "blank"),
        (4, "header"),
        (5, "unit"),
        (6, "data"),
        (7, "data"),
        (8, "total"),
        (9, "blank"),
        (10, "note"),
    ]
    assert view.rows[5].cells == ["IHK Köln", "5", "2"]
    assert (view.name, view.hidden, view.row_count, view.column_count) == ("Meldung", False, 10, 3)


def test_area_is_where_the_table_is(read, sheet):
    reading = read(sheet(*FORM))

    (area,) = reading.sheets[0].areas
    assert area.fingerprint == reading.tables[0].fingerprint
    assert (area.header_first, area.header_last, area.data_first, area.data_last) == (4, 5, 6, 8)
    assert (area.first_column, area.last_column, area.is_read) == ("A", "C", True)


def test_sections_and_tables_not_read_are_told_apart(read, sheet):
    reading = read(
        sheet(
            ["BFB: Zusätzliche Ausbildungsplätze"],
            [],
            ["Land", "Plätze"],
            [2015],
            ["Bayern", 10],
            [2016],
            ["Bayern", 30],
            more={"Anhang": (["Kostenstelle", "Titel", "Betrag"], [4711, "Reisen", 12.5])},
        )
    )

    first, second = reading.sheets
    assert [kind for _, kind in kinds(first)] == [
        "title",
        "blank",
        "header",
        "section",
        "data",
        "section",
        "data",
    ]
    assert kinds(second) == [(1, "header"), (2, "ignored")]
    assert [area.is_read for area in second.areas] == [False]


def test_hidden_rows_columns_and_sheets_are_named(read, sheet):
    path = sheet(*FORM, more={"Alt": FORM})
    book = openpyxl.load_workbook(path)
    book["Alt"].sheet_state = "hidden"
    page = book["Meldung"]
    for row in (6, 7, 20):
        page.row_dimensions[row].hidden = True
    page.column_dimensions["C"].hidden = True
    book.save(path)

    reading = read(path)

    assert [(view.name, view.hidden) for view in reading.sheets] == [("Meldung", False), ("Alt", True)]
    assert (reading.sheets[0].hidden_rows, reading.sheets[0].hidden_columns) == (["6–7"], ["C"])
    assert [(p.sheet, p.code, dict(p.params)) for p in reading.problems] == [
        ("Meldung", "rows_hidden", {"rows": "6–7", "columns": "C"}),
        ("Alt", "sheet_hidden", {}),
    ]


def test_excerpt_is_small_whatever_the_sheet(read, sheet):
    rows = [["IHK Köln", "x" * 100, *range(40)] for _ in range(300)]
    reading = read(
        sheet(
            ["Kammer", "Bemerkung", *[f"EQ-Plätze {2015 + number % 4}" for number in range(40)]],
            *rows,
            ["Quelle: wir"],
            more={f"Blatt {number}": FORM for number in range(25)},
        )
    )

    view = reading.sheets[0]
    assert len(reading.sheets) == MOST_SHEETS
    assert (view.row_count, view.column_count) == (302, 42)
    assert len(view.rows) <= MOST_ROWS
    assert {len(row.cells) for row in view.rows} == {MOST_COLUMNS}
    assert max(len(cell) for row in view.rows for cell in row.cells) == 60
    assert kinds(view)[-2:] == [(301, "data"), (302, "note")]


@pytest.mark.parametrize(
    "years",
    [
        ("2016", "2017"),
        ("2015/16", "2016/17"),
        ("30.09.2016", "30.09.2017"),
        (42735, 43100),
        ("2016 1)", "2017"),
        ("2016", "2017²"),
        ("2016 (1)", "2017*"),
    ],
)
def test_fingerprint_is_the_same_next_year(read, sheet, years):
    def form(year, value):
        return (["EQ-Plätze"], ["Kammer", year], ["IHK Köln", value], ["IHK Aachen", 7])

    first, second = (
        read(sheet(*form(year, value), name=f"Meldung {name}", file=f"{name}.xlsx"))
        for year, value, name in zip(years, (5, 6), (2016, 2017), strict=True)
    )

    assert first.sheets[0].fingerprint == second.sheets[0].fingerprint
    assert first.tables[0].fingerprint == second.tables[0].fingerprint


def test_fingerprints_tell_forms_and_sheets_apart(read, sheet):
    other = (["Kammer", "Praktikumsplätze 2016"], ["IHK Köln", 5], ["IHK Aachen", 7])
    reading = read(
        sheet(
            *FORM, name="Meldung 2015", more={"Meldung 2016": FORM, "Meldung 2017": other, "Leer": (["a"],)}
        )
    )

    prints = [view.fingerprint for view in reading.sheets]
    assert len(set(prints)) == 4
    assert prints[1] == f"{prints[0]}-2"


def test_area_of_a_person_replaces_what_was_detected(read, sheet):
    path = sheet(
        ["Kammer", "EQ-Plätze 2015"],
        ["IHK Köln", 1],
        [],
        ["Entwurf:", "siehe unten"],
        ["Kammer", "EQ-Plätze 2016", "EQ-Plätze 2017"],
        ["IHK Köln", 5, 50],
        ["IHK Aachen", 7, 70],
        ["IHK Bonn/Rhein-Sieg", 8, 80],
        ["erledigt"],
    )
    before = read(path)

    reading = read(
        path, answers=answer(before, tables=[AreaAnswer(5, 5, 6, 7, first_column="A", last_column="B")])
    )

    assert found(reading) == [
        ("IHK-142", "training_placements", 2016, "_T", 5, "B6"),
        ("IHK-101", "training_placements", 2016, "_T", 7, "B7"),
    ]
    (area,) = reading.sheets[0].areas
    assert (area.header_first, area.data_first, area.data_last, area.last_column) == (5, 6, 7, "B")
    assert reading.sheets[0].fingerprint == before.sheets[0].fingerprint


def test_area_without_an_end_reaches_down_to_the_notes(read, sheet):
    path = sheet(*FORM)

    reading = read(path, answers=answer(read(path), tables=[AreaAnswer(4, 5, 6)]))

    assert found(reading) == found(read(path))
    assert kinds(reading.sheets[0]) == kinds(read(path).sheets[0])


def test_two_areas_side_by_side(read, sheet):
    path = sheet(
        ["Kammer", "EQ-Plätze 2016", "Kammer", "Praktikumsplätze 2016"],
        ["IHK Köln", 5, "IHK Aachen", 7],
        ["IHK Bonn/Rhein-Sieg", 6, "IHK Trier", 8],
    )
    areas = [AreaAnswer(1, 1, 2, 0, "A", "B"), AreaAnswer(1, 1, 2, 0, "C", "D")]

    reading = read(path, answers=answer(read(path), tables=areas))

    assert [entry[:2] for entry in found(reading)] == [
        ("IHK-142", "training_placements"),
        ("IHK-110", "training_placements"),
        ("IHK-101", "internships"),
        ("IHK-176", "internships"),
    ]


def test_sheet_of_which_nothing_is_to_be_read(read, sheet):
    path = sheet(*FORM, more={"Planung": (["Kammer", "EQ-Plätze 2015"], ["IHK Köln", 99])})
    print_ = read(path).sheets[1].fingerprint

    reading = read(path, answers=Answers(sheets={print_: SheetAnswers(ignored=True)}))

    assert {entry[2] for entry in found(reading)} == {2016}
    assert (reading.sheets[1].fingerprint, reading.sheets[1].areas) == (print_, [])
    assert [kind for _, kind in kinds(reading.sheets[1])] == ["note", "note"]


def test_rows_are_what_a_person_says(read, sheet):
    path = sheet(
        ["Kammer", "EQ-Plätze 2016"],
        ["IHK Köln", 5],
        ["Bezirk West", 5],
        ["IHK Aachen", 7],
        ["alter Stand", 3],
        ["Summe", 12],
    )
    before = read(path)

    reading = read(path, answers=answer(before, rows={3: "total", 5: "ignored"}))

    assert [p.code for p in before.problems if p.severity == "error"] == ["organisation_unknown"] * 2
    assert [entry[0] for entry in found(reading)] == ["IHK-142", "IHK-101"]
    assert [(cell, stated) for cell, stated, _ in totals(reading)] == [("B3", 5), ("B6", 12)]
    assert kinds(reading.sheets[0])[1:] == [
        (2, "data"),
        (3, "total"),
        (4, "data"),
        (5, "ignored"),
        (6, "total"),
    ]


OF_ALL_INDICATORS = (
    ["IHK Köln"],
    ["Kennzahl", "Jahr", "Zielgruppe", "Wert"],
    ["EQ-Plätze", 2016, "Insgesamt", 5],
    ["Praktikumsplätze", 2016, "Insgesamt", 7],
)


def test_sum_of_different_indicators_is_no_figure(read, sheet):
    reading = read(sheet(*OF_ALL_INDICATORS, ["Summe", "", "", 12]))

    assert [row.cell for row in reading.rows] == ["D3", "D4"]
    assert [(p.cell, p.code) for p in reading.problems] == [("D5", "total_unclear")]
    assert kinds(reading.sheets[0])[-1] == (5, "total")


def test_row_without_an_indicator_is_a_total_if_a_person_says_so(read, sheet):
    path = sheet(*OF_ALL_INDICATORS, ["alles zusammen", 2016, "Insgesamt", 12])
    before = read(path)

    reading = read(path, answers=answer(before, rows={5: "total"}))

    assert [p.code for p in before.problems] == ["indicator_unknown"]
    assert [(p.cell, p.code) for p in reading.problems] == [("D5", "total_unclear")]
    assert kinds(reading.sheets[0])[-1] == (5, "total")


def test_sum_of_different_indicators_is_a_figure_of_none_even_if_a_person_says_so(read, sheet):
    path = sheet(*OF_ALL_INDICATORS, ["Summe", 2016, "Insgesamt", 12])

    reading = read(path, answers=answer(read(path), rows={5: "data"}))

    assert [(p.cell, p.code) for p in reading.problems] == [("A5", "indicator_unknown")]


def test_real_numbers_are_shown_as_german_has_them(read, sheet):
    reading = read(sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 1.204], ["IHK Aachen", "1.204"]))

    assert reading.sheets[0].rows[1].cells == ["IHK Köln", "1,204"]
    assert [(p.cell, p.code, p.found) for p in reading.problems] == [("B2", "not_whole", "1,204")]


def test_row_taken_for_a_total_is_a_figure_if_a_person_says_so(read, sheet):
    path = sheet(
        ["Bundesagentur für Arbeit"],
        ["Eintritte in AsA 2016"],
        ["Region", "Anzahl"],
        ["Deutschland", 60],
        ["Bayern", 10],
    )
    before = read(path)

    reading = read(path, answers=answer(before, rows={4: "data"}))

    assert (len(found(before)), totals(before)) == (1, [("B4", 60, False)])
    assert ([row.region for row in reading.rows], totals(reading)) == (["DE", "09"], [])


def test_total_without_a_name_is_no_figure_even_if_a_person_says_so(read, sheet):
    path = sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 5], ["IHK Aachen", 7], ["Summe", 12])

    reading = read(path, answers=answer(read(path), rows={4: "data"}))

    assert [entry[0] for entry in found(reading)] == ["IHK-142", "IHK-101"]
    assert [(p.cell, p.code) for p in reading.problems] == [("A4", "organisation_unknown")]


def test_row_taken_for_data_heads_the_rows_below_if_a_person_says_so(read, sheet):
    path = sheet(
        ["Kammer", "Jahr", "EQ-Plätze", "Praktikumsplätze"],
        ["IHK Köln", 2015, 5, 6],
        ["Geflüchtete", "Nachmeldung", "vom", "Mai"],
        ["IHK Köln", 2015, 7, 8],
    )

    reading = read(path, answers=answer(read(path), rows={3: "section"}))

    assert [(row.target_group, row.value) for row in reading.rows] == [
        ("_T", 5),
        ("_T", 6),
        ("J5", 7),
        ("J5", 8),
    ]
    assert kinds(reading.sheets[0])[2] == (3, "section")


def test_sheet_without_a_table_can_be_pointed_at(read, sheet):
    path = sheet(["Unsere Zahlen"], ["Kammer"], ["EQ-Plätze 2016"], ["IHK Köln"], ["IHK Aachen"])
    refused = read(path)

    assert (refused.status, refused.reason_code, len(refused.sheets)) == ("refused", "no_table", 1)
    assert [row.kind for row in refused.sheets[0].rows] == ["note"] * 5


@pytest.mark.parametrize(
    "area",
    [
        AreaAnswer(0, 0, 1),
        AreaAnswer(90, 90, 91),
        AreaAnswer(4, 90, 2),
        AreaAnswer(4, 5, 90, 95),
        AreaAnswer(4, 5, 6, 8, "Z", "AA"),
    ],
)
def test_area_that_does_not_fit_the_sheet_is_none(read, sheet, area):
    path = sheet(*FORM)

    reading = read(path, answers=answer(read(path), tables=[area]))

    assert (reading.reason_code, found(reading)) == ("no_table", [])


def test_answers_come_back_from_json_as_they_were():
    answers = Answers(
        tables={"t": TableAnswers(roles={0: "organisation"}, notation={2: "de"})},
        names={"organisation": {"Köln": "IHK-142"}},
        markers={".": "unknown"},
        sheets={
            "s": SheetAnswers([AreaAnswer(1, 2, 3, 9, "B", "F")], {4: "total"}),
            "other": SheetAnswers(ignored=True),
        },
    )

    assert Answers.from_json(answers.to_json()) == answers


def test_answers_from_before_sheets_could_be_corrected_are_still_read():
    old = json.dumps({"tables": {"t": {"roles": {"1": "value"}}}, "names": {}, "markers": {}})

    assert Answers.from_json(old) == Answers(tables={"t": TableAnswers(roles={1: "value"})})


def test_blank_row_holds_no_figures_even_if_a_person_says_so(read, sheet):
    path = sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 5], [], ["IHK Aachen", 7])

    reading = read(path, answers=answer(read(path), rows={3: "data"}))

    assert found(reading) == found(read(path))


def test_area_without_a_heading_in_its_columns_is_shown_all_the_same(read, sheet):
    path = sheet(["", "", "Kammer", "EQ-Plätze 2016"], ["IHK Köln", 5, "IHK Aachen", 7], ["x"])

    (view,) = read(path, answers=answer(read(path), tables=[AreaAnswer(1, 1, 2, 2, "A", "A")])).sheets

    assert [(area.first_column, area.last_column, area.is_read) for area in view.areas] == [("A", "A", False)]
