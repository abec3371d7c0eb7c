"""Ordinary files are read whole and without a question; their near neighbours are asked about or held."""

import pytest

from tests.measures.importing.ordinary_files import CHAMBERS, FILES, Figure, shown


def _sheets(made):
    """What a file holds, as its first sheet and the others."""
    if isinstance(made, dict):
        (name, rows), *others = made.items()
        return name, rows, (), dict(others)
    rows, *more = made if isinstance(made, tuple) else (made,)
    return more[1] if len(more) > 1 else "Meldung", rows, more[0] if more else (), {}


@pytest.mark.parametrize("name", FILES)
def test_ordinary_file_is_read_without_a_question(read, sheet, name):
    title, rows, merge, others = _sheets(FILES[name]())
    path = sheet(
        *shown(rows), name=title, merge=merge, more={other: shown(more) for other, more in others.items()}
    )

    reading = read(path)

    stated = {
        cell for part in (rows, *others.values()) for row in part for cell in row if isinstance(cell, Figure)
    }
    found = {
        Figure(row.indicator, row.year, row.organisation, row.value, row.target_group, row.occupation)
        for row in reading.rows
        if not row.held
    }
    assert (reading.status, reading.questions) == ("ready", [])
    assert found == stated


def meldung(title, *headings):
    rows = [
        [name, *[10 * place + shift for shift in range(len(headings))]]
        for place, name in enumerate(CHAMBERS.values(), 1)
    ]
    return [[title], ["Kammer", *headings], *rows]


QUARTERS = ["1. Quartal", "2. Quartal", "3. Quartal", "4. Quartal"]
NEIGHBOURS = {
    "a word more makes another indicator": meldung("Meldung 2016", "Betriebe mit neuen Ausbildungsverträgen"),
    "a negation": meldung("Meldung 2016", "Unternehmen, die nicht beraten wurden"),
    "a place that is not filled": meldung("Meldung 2016", "Unbesetzte EQ-Plätze"),
    "a topic beside the indicator": meldung("Meldung 2016", "Praktikumsplätze in der Industrie"),
    "another day than the indicator's own": meldung("Meldung 2016", "Willkommenslotsen (30.06.)"),
    "the end of another kind of year": meldung("Meldung 2016", "Neuverträge (31.12.2016)"),
    "a state before the year is over": meldung("Beratene Betriebe, Stand 30.06.2016", "Anzahl"),
    "a stock where a flow is meant": meldung("Bestand EQ-Plätze 2016", "Anzahl"),
    "contracts that may be any": meldung("Ausbildungsverträge 2016", "Anzahl"),
    "persons where places are meant": meldung("Teilnehmende EQ 2016", "Anzahl"),
    "another kind of advice": [["Betriebsberatung"], *meldung("Meldung 2016", "Beratungen")],
    "a topic that is another service": [["Fachkräftesicherung"], *meldung("Meldung 2016", "Beratungen")],
    "companies below advice of another matter": meldung("Umschulungsberatung 2016", "Betriebe"),
    "contracts without the professions and a branch": [
        *meldung("Meldung 2016", "Neuverträge"),
        [],
        ["Ohne Freie Berufe und Gastgewerbe"],
    ],
    "places that are only published": meldung("Meldung 2016", "EQ-Plätze veröffentlicht"),
    "passes of examinations": meldung("Meldung 2016", "Abschlüsse"),
    "an office of its own": [["Außenstelle Leverkusen"], *meldung("EQ-Plätze 2016", "Anzahl")],
    "quarters that are announced and not there": meldung("EQ-Plätze 2016 nach Quartalen", "Anzahl"),
    "two subjects": meldung("EQ und Praktikum 2016", "Plätze"),
    "invitations to something else": meldung("Woche der Ausbildung 2016", "eingeladene Jugendliche"),
    "a report on a quarter": [["Quartalsbericht"], *meldung("Beratungen 2016", "Anzahl")],
    "a field of work": [["Fachbereich Pflege"], *meldung("Neue Ausbildungsverträge 2016", "Anzahl")],
    "a letter of the middle of the year": [
        ["Köln, den 15.07.2016"],
        *meldung("Beratene Betriebe 2016", "Anzahl"),
    ],
    "quarters that do not add up to their year": meldung("Beratungen", *QUARTERS, "2016"),
    "quarters of a year that ends in September": [
        ["Neue Ausbildungsverträge"],
        ["Kammer", *QUARTERS, "2016"],
        *([name, 10, 20, 30, 40, 100] for name in CHAMBERS.values()),
    ],
    "a Land that none of the rows lies in": meldung("EQ-Plätze in Sachsen 2016", "Anzahl"),
    "two Länder of which rows are in none": meldung("EQ-Plätze 2016 in Bayern und Hessen", "Anzahl"),
    "another unit behind a colon": meldung("Beratung: Betriebe 2016", "Anzahl"),
    "people a measure is for": meldung("Ausbildungsberatung für Migranten 2016", "Beratungen"),
    "an association of firms beside the chambers": [
        ["EQ-Plätze 2016"],
        ["Verband", "Kammer", "Plätze"],
        *(["Südwestmetall", name, 10] for name in CHAMBERS.values()),
    ],
    "the crafts beside chambers of industry": [
        ["EQ-Plätze 2016"],
        ["Verband", "Kammer", "Plätze"],
        *(["Handwerk", name, 10] for code, name in CHAMBERS.items() if code.startswith("IHK")),
    ],
    "halves of a title that restrict": meldung("Lehrverträge in Pflegeberufen (neu) 2016", "Anzahl"),
    "trainees over what may be their stock": meldung("Lehrlinge 2016", "Anzahl"),
    "a sign with a restriction": [*meldung("Meldung 2016", "EQ-Plätze"), [], ["– ohne Umschüler"]],
    "reports that are missing": [
        *meldung("Meldung 2016", "EQ-Plätze"),
        [],
        ["3 von 4 Kammern haben gemeldet"],
    ],
}


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_neighbour_of_an_ordinary_file_is_asked_about(read, sheet, name):
    reading = read(sheet(*NEIGHBOURS[name]))

    assert reading.status == "needs_answers"
    assert [row for row in reading.rows if not row.held] == []


def kept(reading):
    return [(row.indicator, row.cell) for row in reading.rows if not row.held]


@pytest.mark.parametrize(
    ("heading", "values", "outcome"),
    [
        ("Platz EQ", (1, 2, 3), "left out"),
        ("EQ-Platz", (3, 2, 1), "left out"),
        ("Platz (Praktika)", (1, 1, 2), "asked"),
        ("EQ-Platz", (120, 80, 30), "read"),
        ("1.", (5, 6, 7), "asked"),
    ],
)
def test_ranks_and_ordinals_are_no_figures(read, sheet, heading, values, outcome):
    rows = [
        [name, 700 - 90 * place, value]
        for place, (name, value) in enumerate(zip(CHAMBERS.values(), values, strict=False))
    ]

    reading = read(sheet(["Meldung 2016"], ["Kammer", "Praktikumsplätze", heading], *rows))

    columns = {cell[0] for _, cell in kept(reading)}
    assert columns == ({"B", "C"} if outcome == "read" else {"B"})
    assert [question.found for question in reading.questions] == ([heading] if outcome == "asked" else [])


@pytest.mark.parametrize(
    "below", [(["Kammer", "2016", "", ""], ["", "m", "w", "ges."]), (["Kammer", "m", "w", "insges."],)]
)
def test_letters_for_sexes_are_headings(read, sheet, below):
    rows = [[name, 60, 40, 100] for name in CHAMBERS.values()]

    reading = read(sheet(["Neue Lehrverträge 2016"], *below, *rows))

    assert reading.questions == []
    assert {(row.target_group, int(row.value)) for row in reading.rows} == {("W", 40), ("_T", 100)}


def test_year_at_the_end_of_a_title_is_that_of_all_columns(read, sheet):
    headings = ["Kammer", "EQ-Plätze", "Praktikumsplätze"]
    rows = [[name, 60, 40] for name in CHAMBERS.values()]

    reading = read(sheet(["Meldung der Kammern", "", 2016], headings, *rows))

    assert reading.questions == []
    assert {(row.indicator, row.year) for row in reading.rows} == {
        ("training_placements", 2016),
        ("internships", 2016),
    }


def test_days_are_headings_of_which_only_the_last_of_the_year_is_read(read, sheet):
    rows = [[name, 60, 40] for name in CHAMBERS.values()]

    reading = read(sheet(["Neuverträge 2016"], ["Kammer", "30.06.", "30.09."], *rows))

    assert [question.found for question in reading.questions] == ["30.06."]
    assert {int(row.value) for row in reading.rows if not row.held} == {40}


def test_row_of_texts_behind_a_word_for_labels_is_no_heading(read, sheet):
    rows = ["IHK Köln", "5", "6"], ["Verband", "7", "-"], ["IHK Aachen", "9", "1"]

    reading = read(sheet(["EQ-Plätze"], ["Kammer", "2016", "2017"], *rows))

    assert [int(row.value) for row in reading.rows if not row.held] == [5, 6, 9, 1]
    assert [problem.cell for problem in reading.problems if problem.severity == "error"] == ["A4"]


def test_heading_over_columns_that_only_numbers_divide_is_asked_about(read, sheet):
    rows = [[name, 5, 6, 7, 8, 26] for name in CHAMBERS.values()]

    reading = read(sheet(["EQ-Plätze"], ["Kammer", 2016, "", "", "", 2017], ["", 1, 2, 3, 4, ""], *rows))

    assert {cell[0] for _, cell in kept(reading)} == {"F"}
    assert {question.found for question in reading.questions} == {"2016", ""}


def test_only_organisation_that_is_asked_owns_the_figures(read, sheet):
    title = ["Unversorgte Bewerber 2016"]
    by_land = read(sheet(title, ["Land", "Anzahl"], ["Hessen", 10], ["Bayern", 20]))
    by_district = read(sheet(title, ["Kreis", "Anzahl"], ["Düren", 10], ["Euskirchen", 20]))

    assert {(row.organisation, row.region) for row in by_land.rows} == {("BA", "06"), ("BA", "09")}
    assert by_district.status == "needs_answers"


def test_absolute_change_beside_that_in_per_cent_is_no_figure(read, sheet):
    pairs = zip(CHAMBERS.values(), ((100, 117), (200, 190), (130, 150), (91, 99), (230, 210)), strict=False)
    rows = [[name, one, two, two - one, round((two / one - 1) * 100, 1)] for name, (one, two) in pairs]

    reading = read(sheet(["EQ-Plätze"], ["Kammer", "2016", "2017", "abs.", "in %"], *rows))

    assert (reading.questions, {cell[0] for _, cell in kept(reading)}) == ([], {"B", "C"})


def test_rows_of_chambers_in_a_pivot_one_of_which_is_no_sum_are_held(read, sheet):
    """Nothing says what these numbers count; the rows below them name their indicator themselves."""
    reading = read(
        sheet(
            ["Zeilenbeschriftungen", 2016],
            ["IHK Köln", 31],
            ["   Beratene Betriebe", 10],
            ["   EQ-Plätze", 20],
            ["IHK Aachen", 7],
            ["   Beratene Betriebe", 3],
            ["   EQ-Plätze", 4],
        )
    )

    assert [row.value for row in reading.rows if not row.held] == [10, 20, 3, 4]
    assert [problem.cell for problem in reading.problems if problem.severity == "error"] == ["B2", "B5"]


def test_row_of_a_land_that_differs_from_its_chambers_is_a_query(read, sheet):
    reading = read(
        sheet(
            ["Land", "Kammer", "EQ-Plätze 2016"],
            ["Rheinland-Pfalz", "IHK Trier", 10],
            ["", "IHK Koblenz", 20],
            ["Rheinland-Pfalz", "", 31],
            ["Nordrhein-Westfalen", "IHK Köln", 5],
            ["", "IHK Aachen", 6],
            ["Nordrhein-Westfalen", "", 11],
        )
    )

    compared = [(total.cell, int(total.stated), total.ok) for total in reading.control_totals]
    assert compared == [("C4", 31, False), ("C7", 11, True)]
    assert sum(row.value for row in reading.rows) == 41


def test_unknown_heading_above_subtotals_holds_the_rows_below(read, sheet):
    """A computed row below a heading nobody knows stays a subtotal."""
    reading = read(
        sheet(
            ["EQ-Plätze 2016"],
            ["Kammer", "EQ-Plätze"],
            ["Gelöste Plätze"],
            ["IHK Köln", 10],
            ["IHK Aachen", 20],
            ["Zwischensumme", 30],
        )
    )

    assert [row for row in reading.rows if not row.held] == []
