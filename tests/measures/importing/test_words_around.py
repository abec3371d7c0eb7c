"""No word around a table is dropped: it is used, it says nothing, or it is asked about."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.importing import Answers, TableAnswers
from measures.importing.text import lexicon
from tests.properties import share

CHAMBERS = ("IHK Aachen", "IHK Köln", "IHK Bonn/Rhein-Sieg", "IHK Trier", "IHK Ulm")
VALUES = (120, 240, 75, 60, 88)
ROWS = [[chamber, value] for chamber, value in zip(CHAMBERS, VALUES, strict=True)]


def values(reading):
    return [int(row.value) for row in reading.rows if not row.held and row.value is not None]


def asked(reading):
    return [(question.code, question.cell, question.found) for question in reading.questions]


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Plätze EQ – 1. Halbjahr 2016", ("period", "A1", "1. Halbjahr 2016")),
        ("Plätze EQ, Berichtszeitraum Januar bis Juni 2016", ("period", "A1", "Januar bis Juni 2016")),
        ("Plätze EQ 2016, III. Quartal", ("period", "A1", "III. Quartal")),
        ("Plätze EQ 2016, Stand: 30.06.2016", ("period", "A1", "30.06.2016")),
        ("Plätze EQ 2016 zum 30. September", ("period", "A1", "30. September")),
        ("Plätze EQ 2016 (kumuliert)", ("period", "A1", "kumuliert")),
        ("Plätze EQ 2016, monatlich", ("period", "A1", "monatlich")),
        ("Plätze EQ 2016, nur Vollzeit", ("wording", "A1", "nur Vollzeit")),
        ("Plätze EQ 2016 ohne Zweigstellen", ("wording", "A1", "ohne Zweigstellen")),
        ("Zielwerte 2016: Plätze EQ", ("wording", "A1", "Zielwerte")),
        ("Soll 2016: Plätze EQ", ("wording", "A1", "Soll")),
        ("Veränderung der Plätze EQ 2016", ("wording", "A1", "Veränderung")),
        ("Anteil der Plätze EQ 2016", ("wording", "A1", "Anteil")),
        ("Abbrüche Plätze EQ 2016", ("wording", "A1", "Abbrüche")),
        ("Nicht besetzte Plätze EQ 2016", ("wording", "A1", "Nicht besetzte")),
        ("Anträge auf Plätze EQ 2016", ("wording", "A1", "Anträge")),
        ("Plätze EQ 2016 je Betrieb", ("wording", "A1", "je Betrieb")),
        ("Plätze EQ 2016 für Zugewanderte", ("wording", "A1", "Zugewanderte")),
        ("Plätze EQ 2016 mit Fahrkostenzuschuss", ("wording", "A1", "Fahrkostenzuschuss")),
        ("Plätze EQ 2016 in der Industrie", ("wording", "A1", "Industrie")),
        ("Plätze EQ 2016 im Handel", ("wording", "A1", "Handel")),
        ("Plätze EQ 2016 der Teilnehmerinnen", ("wording", "A1", "Teilnehmerinnen")),
        ("Plätze EQ 2016, Pressestelle (Zahlen für den Kreis Düren)", ("wording", "A1", "Kreis Düren")),
    ],
)
def test_title_that_narrows_is_asked_about(read, sheet, title, question):
    reading = read(sheet([title], [], ["Kammer", "Plätze"], *ROWS))

    assert (reading.status, values(reading)) == ("needs_answers", [])
    assert question in asked(reading)


@pytest.mark.parametrize(
    "title",
    [
        "Plätze EQ 2016",
        "Meldung 2016 der Kammern: Plätze EQ",
        "Allianz für Aus- und Weiterbildung 2015–2018: Plätze EQ 2016",
        "Plätze EQ 2016, nach Kammern",
        "Plätze EQ im Jahr 2016, Stand: 31.01.2017",
        "Tabelle 3: Plätze EQ, Berichtsjahr 2016",
        "Plätze EQ Januar bis Dezember 2016",
        "Plätze EQ 01.01.–31.12.2016",
        "Jahresmeldung 2016 an das BMAS: Plätze EQ",
        "Einstiegsqualifizierung 2016: Plätze EQ",
        "Plätze EQ 2016 (Anzahl)",
        "Plätze EQ 2016 in Industrie und Handel",
    ],
)
def test_title_that_says_nothing_more_is_not_asked_about(read, sheet, title):
    reading = read(sheet([title], [], ["Kammer", "Plätze"], *ROWS))

    assert (reading.status, asked(reading), values(reading)) == ("ready", [], list(VALUES))


def test_group_in_the_title_is_the_group_of_all_values(read, sheet):
    reading = read(sheet(["Plätze EQ für Geflüchtete 2016"], [], ["Kammer", "Plätze"], *ROWS))

    assert {row.target_group for row in reading.rows} == {"J5"}
    assert values(reading) == list(VALUES)


def test_tab_and_title_that_contradict_each_other_are_asked_about(read, sheet):
    years = read(sheet(["Plätze EQ 2015"], [], ["Kammer", "Plätze"], *ROWS, name="2016"))
    places = read(
        sheet(["IHK Aachen"], ["Meldung 2016"], [], ["Kennzahl", "Wert"], ["Plätze EQ", 5], name="IHK Köln")
    )

    assert (values(years), [code for code, _, _ in asked(years)]) == ([], ["year"])
    assert (values(places), asked(places)) == ([], [("wording", "", "IHK Köln")])


def test_answer_is_taken_and_holds_for_the_next_file(read, sheet):
    path = sheet(["Plätze EQ 2016 ohne Zweigstellen"], [], ["Kammer", "Plätze"], *ROWS)

    table = read(path).tables[0].fingerprint

    kept = read(path, answers=Answers(tables={table: TableAnswers(wording={"Ohne  Zweigstellen": "none"})}))
    left_out = read(
        path, answers=Answers(tables={table: TableAnswers(wording={"ohne Zweigstellen": "leave"})})
    )

    assert (kept.status, values(kept)) == ("ready", list(VALUES))
    assert (values(left_out), left_out.questions) == ([], [])


def test_answer_about_words_of_one_table_says_nothing_of_another(read, sheet):
    first = [["Plätze EQ 2016 ohne Zweigstellen"], [], ["Kammer", "Plätze"], *ROWS]
    other = [["Zusätzliche Ausbildungsplätze 2016 ohne Zweigstellen"], [], ["Kammer", "Anzahl"], *ROWS]
    path = sheet(*first, more={"Daten": other})
    table = read(path).tables[0].fingerprint

    reading = read(path, answers=Answers(tables={table: TableAnswers(wording={"ohne Zweigstellen": "none"})}))

    assert [row.sheet for row in reading.rows if not row.held] == ["Meldung"] * len(ROWS)
    assert [(question.sheet, question.found) for question in reading.questions] == [
        ("Daten", "ohne Zweigstellen")
    ]


@pytest.mark.parametrize(
    ("headings", "offset"),
    [
        (("2016", "2015–2019"), 0),
        (("2016", "Q1/2016"), 0),
        (("Soll 2016", "Ist 2016"), 1),
        (("2016", "Rang"), 0),
    ],
)
def test_other_columns_are_set_aside_and_the_years_read(read, sheet, headings, offset):
    rows = [[chamber, value, value] for chamber, value in zip(CHAMBERS, VALUES, strict=True)]

    reading = read(sheet(["Plätze EQ"], [], ["Kammer", *headings], *rows))

    assert reading.status == "ready"
    assert {row.cell[0] for row in reading.rows} == {"BC"[offset]}
    assert values(reading) == list(VALUES)


def test_year_before_below_a_year_is_not_that_year(read, sheet):
    reading = read(sheet(["Kammer", "Plätze EQ 2016"], ["", "Vorjahr"], *ROWS))

    assert (values(reading), [code for code, _, _ in asked(reading)]) == ([], ["column"])


def test_year_before_beside_a_year_is_dated_by_it(read, sheet):
    rows = [[chamber, value, 2 * value] for chamber, value in zip(CHAMBERS, VALUES, strict=True)]

    reading = read(sheet(["Plätze EQ"], ["Kammer", "2016", ""], ["", "aktuell", "Vorjahr"], *rows))

    assert {(row.cell[0], row.year) for row in reading.rows} <= {("B", 2016), ("C", 2015)}


@pytest.mark.parametrize("name", ["vorl. Zahlen", "Entwurf"])
def test_tab_that_names_the_quality_gives_it_to_the_figures(read, sheet, name):
    reading = read(sheet(["Plätze EQ 2016"], ["Kammer", "Plätze"], *ROWS, name=name))

    assert {row.quality for row in reading.rows} == {"preliminary"}


def test_branch_below_a_heading_is_no_plain_heading(read, sheet):
    reading = read(sheet(["Kammer", "Plätze EQ 2016"], ["", "Industrie"], *ROWS))

    assert all(row.held for row in reading.rows)


@pytest.mark.parametrize("day", [dt.date(2016, 6, 1), dt.date(2016, 2, 29), dt.date(2016, 1, 1)])
def test_day_in_a_heading_is_no_year(read, sheet, day):
    reading = read(sheet(["Plätze EQ"], [], ["Kammer", day], *ROWS))

    assert (values(reading), [code for code, _, _ in asked(reading)]) == ([], ["period"])


def test_months_side_by_side_are_no_years(read, sheet):
    rows = [[chamber, value, 2 * value] for chamber, value in zip(CHAMBERS, VALUES, strict=True)]

    reading = read(sheet(["Plätze EQ"], [], ["Kammer", "Jan-Jun 2016", "Jan-Dez 2016"], *rows))

    assert values(reading) == []


@pytest.mark.parametrize(("cell", "code"), [("2016-06", "year_unreadable"), ("2015-2017", "year_unreadable")])
def test_part_or_span_in_the_column_of_years_is_held(read, sheet, cell, code):
    reading = read(
        sheet(["Kammer", "Kennzahl", "Jahr", "Wert"], *([c, "Plätze EQ", cell, v] for c, v in ROWS))
    )

    assert values(reading) == []
    assert {problem.code for problem in reading.problems} == {code}


def test_section_nobody_understands_holds_the_rows_below_it(read, sheet):
    reading = read(
        sheet(
            ["Einstiegsqualifizierung 2016"],
            [],
            ["Kammer", "Anzahl"],
            ["Plätze EQ"],
            ["IHK Aachen", 120],
            ["Vorzeitig gelöste Verträge"],
            ["IHK Köln", 24],
        )
    )

    assert values(reading) == [120]
    assert [(problem.code, problem.cell) for problem in reading.problems] == [("section_unknown", "A7")]


def test_section_of_another_kind_of_chamber_holds_for_the_towns_below(read, sheet):
    reading = read(
        sheet(
            ["Plätze EQ 2016"],
            [],
            ["IHK", "Plätze EQ"],
            ["Köln", 240],
            ["Aachen", 120],
            ["Handwerkskammern"],
            ["Düsseldorf", 44],
        )
    )

    assert [row.organisation[:3] for row in reading.rows] == ["IHK", "IHK", "HWK"]


def test_column_of_words_that_narrow_stops_the_table(read, sheet):
    rows = [[chamber, "Plan", value] for chamber, value in ROWS]

    reading = read(sheet(["Plätze EQ 2016"], [], ["Kammer", "Status", "Plätze EQ"], *rows))

    assert (values(reading), asked(reading)) == ([], [("wording", "B3", "Status: Plan")])


def test_heading_among_the_rows_begins_another_indicator(read, sheet):
    reading = read(
        sheet(
            ["Meldung 2016"],
            [],
            ["Kammer", "Plätze EQ"],
            *ROWS[:2],
            ["Kammer", "Beratene Betriebe"],
            ["IHK Trier", 600],
        )
    )

    assert [(row.indicator, int(row.value)) for row in reading.rows] == [
        ("training_placements", 120),
        ("training_placements", 240),
        ("companies_advised", 600),
    ]


def test_unknown_chamber_in_the_first_row_is_no_heading(read, sheet):
    reading = read(
        sheet(
            ["Beratene Betriebe 2016"],
            ["Kammer", "Beratene Betriebe"],
            ["IHK Aachn", 2015],
            ["IHK Köln", 1987],
        )
    )

    assert values(reading) == [1987]
    assert ("organisation_unknown", "A3") in [(problem.code, problem.cell) for problem in reading.problems]


def test_year_over_the_middle_of_its_columns_holds_for_all_of_them(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "", "2015", "", "", "2016", ""],
            ["", *("Plätze EQ", "Beratene Betriebe", "Beratungen") * 2],
            ["IHK Aachen", 1, 2, 3, 4, 5, 6],
            ["IHK Köln", 7, 8, 9, 10, 11, 12],
        )
    )

    assert [(row.year, int(row.value)) for row in reading.rows[:6]] == [
        *((2015, 1), (2015, 2), (2015, 3)),
        *((2016, 4), (2016, 5), (2016, 6)),
    ]


def test_another_version_on_a_sheet_that_is_asked_about_holds_the_values(read, sheet):
    newer = [[chamber, value + 1] for chamber, value in ROWS]

    reading = read(
        sheet(
            ["Plätze EQ 2016"],
            [],
            ["Kammer", "Plätze EQ"],
            *newer,
            name="neu",
            more={"alt": (["Plätze EQ 2016"], [], ["Kammer", "Plätze EQ"], *ROWS)},
        )
    )

    assert values(reading) == []
    assert "repeated_different" in {problem.code for problem in reading.problems}


@share(1)
@given(
    phrase=st.sampled_from(sorted(lexicon.words("narrowing"))),
    place=st.sampled_from(["{0}: {1}", "{1}, {0}", "{1} ({0})"]),
)
def test_no_restricting_word_in_a_title_is_dropped(read, sheet, phrase, place):
    title = place.format(phrase, "Plätze EQ 2016")

    reading = read(sheet([title], [], ["Kammer", "Plätze"], *ROWS))

    assert values(reading) == []
    assert reading.questions


def test_figure_that_is_the_number_of_a_day_is_a_figure_below_figures(read, sheet):
    """42369 is 31 December 2015 to a spreadsheet; below other numbers it is a number of places."""
    rows = [["IHK Köln", 2015, 120], ["", 2016, 42369]]

    reading = read(sheet(["Kammer", "Jahr", "Plätze EQ"], *rows))

    assert values(reading) == [120, 42369]


def test_provisional_count_is_read_as_provisional(read, sheet):
    reading = read(sheet(["Plätze EQ 2016, vorläufiger Stand"], [], ["Kammer", "Plätze"], *ROWS))

    assert {row.quality for row in reading.rows} == {"preliminary"}


@pytest.mark.parametrize("tab", ["Meldung 2", "Tabelle 2", "Tab. 3"])
def test_number_of_a_sheet_says_nothing(read, sheet, tab):
    reading = read(sheet(["Plätze EQ 2016"], [], ["Kammer", "Plätze"], *ROWS, name=tab))

    assert (len(values(reading)), asked(reading)) == (len(ROWS), [])


@pytest.mark.parametrize("tab", ["Bezirk 3", "Gruppe B", "Quartal 2", "Los 2", "Stufe 1", "Meldung 15"])
def test_number_of_something_else_in_the_name_of_a_sheet_is_asked_about(read, sheet, tab):
    reading = read(sheet(["Plätze EQ 2016"], [], ["Kammer", "Plätze"], *ROWS, name=tab))

    assert values(reading) == []
    assert reading.questions


def test_letter_of_a_sex_in_the_name_of_a_sheet_is_no_number(read, sheet):
    reading = read(sheet(["Plätze EQ 2016"], [], ["Kammer", "Plätze"], *ROWS, name="Meldung w"))

    assert {row.target_group for row in reading.rows} == {"W"}


ASIDES = ["von Januar bis Juni 2016", "Von Betrieben mit weniger als 10 Beschäftigten", "An Frauen vergeben"]
ASIDES += [
    "Bitte beachten: nur 1. Halbjahr",
    "Bitte beachten Sie: nur Frauen",
    "Inhalt: nur Frauen, Planwerte",
]
ASIDES += ["01-06", "01.-06.", "Tausend", "nur_bis_Juni", "M1-6", "im vierten Quartal 2016", "Vorjahr"]


@pytest.mark.parametrize("line", ASIDES)
def test_second_line_of_a_title_that_restricts_is_not_dropped(read, sheet, line):
    reading = read(sheet(["Plätze EQ 2016"], [line], [], ["Kammer", "Plätze"], *ROWS))

    is_asked = values(reading) == [] and bool(reading.questions)
    assert is_asked or {row.target_group for row in reading.rows} == {"W"}


TABS = [
    "EQ_Plan_2016",
    "Plaetze_ohne_Koeln",
    "1_Halbjahr_2016",
    "von Jan bis Juni",
    "Vorjahr",
    "Plätze in Tsd",
]


@pytest.mark.parametrize("tab", TABS)
def test_name_of_a_sheet_that_restricts_is_not_dropped(read, sheet, tab):
    reading = read(sheet(["Plätze EQ 2016"], [], ["Kammer", "Plätze"], *ROWS, name=tab))

    assert values(reading) == []
    assert reading.questions


def test_words_joined_by_underscores_are_words(read, sheet):
    reading = read(sheet(["Plätze EQ 2016"], [], ["Kammer", "Plätze"], *ROWS, name="EQ_Frauen_2016"))

    assert {row.target_group for row in reading.rows} == {"W"}


FACTORS = ["Plätze EQ in Tausend 2016", "Tsd. Plätze EQ 2016", "Plätze EQ 2016 (Tsd.)"]
FACTORS += ["Plätze EQ 2016 in Tsd. je Kammer"]


@pytest.mark.parametrize("title", FACTORS)
def test_factor_in_a_title_multiplies_or_is_asked_about(read, sheet, title):
    reading = read(sheet([title], [], ["Kammer", "Plätze"], *ROWS))

    assert 120 not in values(reading)
    assert reading.questions or values(reading)[0] == 120_000


@pytest.mark.parametrize("heading", ["Plätze EQ in Tsd. 2016", "Tsd. Plätze EQ 2016", "EQ (Tsd.)"])
def test_factor_in_a_heading_multiplies_or_is_asked_about(read, sheet, heading):
    reading = read(sheet(["Kammer", heading], *ROWS))

    assert 120 not in values(reading)
    assert reading.questions or values(reading)[0] == 120_000


@pytest.mark.parametrize("heading", ["Plätze EQ, geschätzte Abbrüche", "Plätze EQ – vorläufige Sollwerte"])
def test_word_beside_the_status_of_a_heading_is_not_dropped(read, sheet, heading):
    reading = read(sheet(["Berichtsjahr 2016"], ["Kammer", heading], *ROWS))

    assert values(reading) == []
    assert reading.questions


def test_two_groups_around_a_table_are_not_one_over_the_other(read, sheet):
    reading = read(sheet(["Plätze EQ 2016 für Geflüchtete"], [], ["Kammer", "Plätze"], *ROWS, name="Frauen"))

    assert values(reading) == []
    assert reading.questions


@pytest.mark.parametrize("group", ["W", "_T"])
def test_group_a_person_said_stands_over_that_of_the_title(read, sheet, group):
    path = sheet(["Plätze EQ 2016 für Geflüchtete"], [], ["Kammer", "Plätze"], *ROWS)
    table = read(path).tables[0].fingerprint

    reading = read(path, answers=Answers(tables={table: TableAnswers(constants={"target_group": group})}))

    assert {row.target_group for row in reading.rows} == {group}


@pytest.mark.parametrize("section", ["Abbrüche; Ausbildung; gesamt", "Beratene Betriebe | Summe | Jahr"])
def test_heading_between_the_rows_heads_whatever_marks_are_in_it(read, sheet, section):
    rows = [["IHK Aachen", 120], [section], ["IHK Köln", 24]]

    reading = read(sheet(["Plätze EQ 2016"], [], ["Kammer", "Plätze"], *rows))

    assert 24 not in values(reading)
    assert reading.questions or any(problem.cell.endswith("6") for problem in reading.problems)


@pytest.mark.parametrize("section", ["in Tsd.", "Angaben in 1.000", "vorläufig"])
def test_heading_between_the_rows_that_changes_the_values_holds_the_rows_below_it(read, sheet, section):
    rows = [["IHK Aachen", 120], [section], ["IHK Köln", 24]]

    reading = read(sheet(["Plätze EQ 2016"], [], ["Kammer", "Plätze"], *rows))

    assert values(reading) == [120]
    assert "A6" in {problem.cell for problem in reading.problems}


@pytest.mark.parametrize("title", ["Plätze EQ 29.02.–31.01.2016", "Plätze EQ im vierten Quartal 2016"])
def test_odd_days_and_ordinals_are_asked_about(read, sheet, title):
    reading = read(sheet([title], [], ["Kammer", "Plätze"], *ROWS))

    assert values(reading) == []
    assert reading.questions


def test_day_that_its_year_does_not_have_is_asked_about(read, sheet):
    reading = read(sheet(["", 2015], ["Kammer", "Plätze EQ 29.02."], *ROWS))

    assert values(reading) == []
    assert reading.questions


@pytest.mark.parametrize(
    "title", ["Plätze EQ 2016, Bestand 30.11.2016", "Plätze EQ 2016, Zustand 31.03.2017"]
)
def test_word_that_ends_like_the_state_of_the_data_is_none(read, sheet, title):
    assert read(sheet([title], [], ["Kammer", "Plätze"], *ROWS)).questions


@pytest.mark.parametrize(
    ("codes", "questions"),
    [
        (("WL-01607", "WL-01614", "WL-01621"), []),
        (("A-12", "B-12", "C-12"), []),
        (("REHA1", "SGB22", "TEIL3"), [("column", "Merkmal")]),
        (("AB-25", "BIS25", "UE-50"), [("column", "Merkmal")]),
    ],
)
def test_codes_beside_chambers_are_numbers_of_the_paper_if_they_are_of_one_scheme(
    read, sheet, codes, questions
):
    rows = [[chamber, code, 5] for chamber, code in zip(CHAMBERS, codes, strict=False)]
    reading = read(sheet(["Kammer", "Merkmal", "EQ-Plätze 2016"], *rows))

    assert [(question.code, question.found) for question in reading.questions] == questions
