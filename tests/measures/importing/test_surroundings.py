"""What stands around the figures, and is none: other tables, other columns, dates, footnote marks."""

import pytest

from measures.importing import Answers, TableAnswers
from measures.importing.columns.around import notes

FORM = (
    ["Zusätzliche Ausbildungsplätze 2016"],
    [],
    ["Kammer", "Plätze"],
    ["IHK Köln", 12],
    ["IHK Aachen", 7],
)
FIGURES = [("additional_places", 2016, "IHK-142", 12), ("additional_places", 2016, "IHK-101", 7)]

CONTACTS = (["Name", "Durchwahl", "Raum"], ["Müller", "1640-100", 12], ["Schulz", "1640-101", 14])
BUDGET = (["Kostenstelle", "Titel", "Betrag"], [4711, "Reisekosten", 1200.5], [4712, "Druck", 300])


def found(reading):
    return [
        (row.indicator, row.year, row.organisation, int(row.value)) for row in reading.rows if not row.held
    ]


def problems(reading):
    return [(problem.sheet, problem.cell, problem.severity, problem.code) for problem in reading.problems]


@pytest.mark.parametrize("other", [CONTACTS, BUDGET])
def test_sheet_that_has_nothing_to_do_with_figures_is_left_out_with_a_note(read, sheet, other):
    reading = read(sheet(*FORM, more={"Anhang": other}))

    assert (reading.status, found(reading)) == ("ready", FIGURES)
    assert problems(reading) == [("Anhang", "A2", "note", "table_foreign")]


def test_page_number_above_the_table_is_no_table(read, sheet):
    reading = read(
        sheet(
            ["Absender:", "Bereich Bildung"],
            ["Seite", 1, "von", 3],
            [],
            ["Zusätzliche Ausbildungsplätze 2016"],
            [],
            ["Kammer", "Plätze"],
            ["IHK Köln", 12],
            ["IHK Aachen", 7],
        )
    )

    assert (reading.status, found(reading)) == ("ready", FIGURES)


def test_table_left_out_can_be_explained_by_a_person(read, sheet):
    path = sheet(*FORM, more={"Anhang": (["Kammer", "Meldung 1"], ["IHK Trier", 9], ["IHK Bonn", 4])})
    left_out = read(path).tables[1]
    answers = Answers(
        tables={
            left_out.fingerprint: TableAnswers(
                roles={0: "organisation", 1: "value"},
                columns={1: {"indicator": "internships", "year": "2016"}},
            )
        }
    )

    reading = read(path, answers=answers)

    assert [column.role for column in left_out.columns] == ["organisation", "ignore"]
    assert len(found(reading)) == 4
    assert problems(reading) == []


def test_table_that_is_alone_is_asked_about_whatever_it_is(read, sheet):
    reading = read(sheet(*CONTACTS))

    assert (reading.status, reading.questions[0].code) == ("needs_answers", "column")


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("PLZ", (50667, 52062)),
        ("Eingang am", ("01.02.2017", "03.02.2017")),
        ("Bearbeitet", ("1.2.2017",) * 2),
    ],
)
def test_columns_of_addresses_and_dates_are_not_figures(read, sheet, heading, values):
    form = [list(row) for row in FORM]
    form[2].append(heading)
    form[3].append(values[0])
    form[4].append(values[1])

    reading = read(sheet(*form))

    assert (reading.status, found(reading)) == ("ready", FIGURES)


def test_change_on_last_year_in_percent_is_left_out(read, sheet):
    form = [list(row) for row in FORM]
    form[2].append("Veränderung zu 2015 in %")
    form[3].append(3.5)
    form[4].append(-1)

    reading = read(sheet(*form))

    assert found(reading) == FIGURES
    assert problems(reading) == [("Meldung", "C3", "note", "column_ignored")]


@pytest.mark.parametrize("above", ["Az. 4711-12/2017", "erstellt am 15.03.2017", "15.03.2017"])
def test_year_of_the_title_is_the_one_beside_the_indicator(read, sheet, above):
    reading = read(sheet([above], *FORM))

    assert found(reading) == FIGURES


def test_empty_column_under_a_heading_over_several_columns_is_none(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "Zusätzliche Ausbildungsplätze", None, None],
            [None, 2015, None, 2016],
            ["IHK Köln", 10, None, 12],
            ["IHK Aachen", 5, None, 7],
            merge=["B1:D1"],
        )
    )

    assert reading.status == "ready"
    assert [entry for entry in found(reading) if entry[1] == 2016] == FIGURES
    assert problems(reading) == []


@pytest.mark.parametrize("year", ["2016 (1)", "2016 1):", "2016\n1)", "2016¹"])
def test_footnote_mark_at_a_year_is_no_occupation(read, sheet, year):
    reading = read(
        sheet(
            ["Zusätzliche Ausbildungsplätze"],
            [],
            ["Kammer", year],
            ["IHK Köln", 12],
            ["IHK Aachen", 7],
            [],
            ["1) Vorläufige Ergebnisse."],
        )
    )

    assert found(reading) == FIGURES
    assert {(row.occupation, row.quality) for row in reading.rows} == {("_T", "preliminary")}


def test_word_broken_in_capitals_is_joined(read, sheet):
    reading = read(
        sheet(["KAMMER", "PLÄTZE EINSTIEGS-\nQUALIFIZIERUNG 2016"], ["IHK KÖLN", 3], ["IHK AACHEN", 4])
    )

    assert [entry[0] for entry in found(reading)] == ["training_placements"] * 2


def test_lines_of_a_list_beside_several_tables_are_taken_apart_once(read, sheet, monkeypatch):
    asked = []
    parts_of = notes.wording.parts_of
    monkeypatch.setattr(
        notes.wording, "parts_of", lambda text, *about: asked.append(text) or parts_of(text, *about)
    )
    addresses = [[f"Betrieb {number} GmbH", f"Hauptstraße {number}"] for number in range(9)]
    reading = read(sheet(*FORM, [], [], *FORM, more={"Anschriften": [["Betrieb", "Straße"], *addresses]}))

    assert reading.status == "ready"
    assert asked.count("Hauptstraße 3") <= 2  # with the table's own words and without
