"""Why a sheet was read as it was: each kind of decision with its evidence."""

import ast
from pathlib import Path

import pytest

from alliance_portal import translations
from measures.importing.decisions import (
    AREA,
    COLUMN,
    EVIDENCE,
    MOST_ROWS,
    ROW,
    WORD,
    WORDS,
    Line,
    Subject,
)
from measures.importing.decisions.types import TRANSLATED
from measures.importing.problems import placeholders
from measures.importing.vocabulary import Answers, AreaAnswer, SheetAnswers, TableAnswers

ROOT = Path(__file__).parents[3]
IMPORTING = ROOT / "measures" / "importing"
CATALOGUE = {message.id: message.string for message in translations.stored(translations.CATALOGUE)}
HEADING = ["Kammer", "Jahr", "EQ-Plätze"]


def decided(reading, kind):
    """Place, what it was taken for, and the codes of the evidence."""
    return [
        (decision.subject.place, decision.taken_for, *(piece.code for piece in decision.evidence))
        for decision in reading.decisions
        if decision.kind == kind
    ]


def params(reading, code):
    return [
        dict(piece.params)
        for decision in reading.decisions
        for piece in decision.evidence
        if piece.code == code
    ]


def word(reading, taken_for):
    """Place, text, code and source of what holds for the whole table."""
    return next(
        (
            decision.subject.place,
            decision.subject.text,
            dict(decision.meaning).get(taken_for, ""),
            decision.evidence[0].code,
        )
        for decision in reading.decisions
        if decision.kind == WORD and decision.taken_for == taken_for
    )


def test_rows_around_a_table_say_where_they_stand(read, sheet):
    reading = read(
        sheet(
            ["Meldung der Kammern"],
            [],
            HEADING,
            ["IHK Köln", 2016, 12],
            ["IHK Aachen", 2016, 8],
            [],
            ["Quelle: eigene Erhebung"],
        )
    )

    assert decided(reading, ROW) == [
        ("1", "title", "above_heading"),
        ("3", "header", "words_above_figures"),
        ("4-5", "data", "labels_and_values"),
        ("7", "note", "below_figures"),
    ]
    assert params(reading, "labels_and_values") == [{"kinds": "organisation, year", "columns": "C"}]
    assert decided(reading, AREA) == [("A3:C5", "table", "heading_over_figures")]
    assert params(reading, "heading_over_figures") == [{"count": "2", "row": "3"}]


def test_numbering_and_repeated_heading_are_known_as_such(read, sheet):
    reading = read(
        sheet(
            HEADING,
            [1, 2, 3],
            ["IHK Köln", 2016, 12],
            HEADING,
            ["IHK Aachen", 2016, 8],
            ["IHK Trier", 2016, 9],
        )
    )

    assert decided(reading, ROW) == [
        ("1", "header", "words_above_figures"),
        ("2", "header", "counts_columns"),
        ("3", "data", "labels_and_values"),
        ("4", "ignored", "repeats_heading"),
        ("5-6", "data", "labels_and_values"),
    ]
    assert len(reading.rows) == 3


def test_heading_between_rows_names_what_holds_below_it(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016"],
            ["IHK Köln", 12],
            ["vorläufige Angaben"],
            ["IHK Aachen", 8],
        )
    )
    reading_of_years = read(
        sheet(["Kammer", "EQ-Plätze"], ["2015"], ["IHK Köln", 12], ["2016"], ["IHK Köln", 8])
    )

    assert ("3", "section", "only_cell_unknown") in decided(reading, ROW)
    assert params(reading, "only_cell_unknown") == [{"found": "vorläufige Angaben"}]
    assert [entry for entry in decided(reading_of_years, ROW) if entry[1] == "section"] == [
        ("2", "section", "only_cell_known"),
        ("4", "section", "only_cell_known"),
    ]
    assert params(reading_of_years, "only_cell_known")[1] == {"found": "2016", "kind": "year"}


def test_name_of_another_kind_without_values_heads_the_rows_below(read, sheet):
    reading = read(
        sheet(
            ["Bundesagentur für Arbeit"],
            ["Beruf", "Unbesetzte Ausbildungsstellen 2016"],
            ["Bayern"],
            ["24 Metallbau", 5],
            ["25 Maschinen- und Fahrzeugtechnikberufe", 7],
        )
    )

    assert ("3", "section", "name_without_values") in decided(reading, ROW)
    assert params(reading, "name_without_values") == [{"found": "Bayern", "kind": "region"}]


def test_total_names_the_word_that_makes_it_one(read, sheet):
    reading = read(sheet(HEADING, ["IHK Köln", 2016, 12], ["IHK Aachen", 2016, 8], ["Summe", 2016, 20]))

    assert decided(reading, ROW)[-1] == ("4", "total", "total_word")
    assert params(reading, "total_word") == [{"found": "Summe"}]


def test_country_over_its_laender_is_a_total(read, sheet):
    reading = read(
        sheet(
            ["Bundesagentur für Arbeit: Unbesetzte Ausbildungsstellen 2016"],
            ["Land", "Anzahl"],
            ["Bayern", 12],
            ["Hessen", 8],
            ["Deutschland", 20],
        )
    )

    assert decided(reading, ROW)[-1] == ("5", "total", "sum_of_laender")


def test_umbrella_among_its_chambers_is_a_total(read, sheet):
    reading = read(sheet(HEADING, ["IHK Köln", 2016, 12], ["IHK Aachen", 2016, 8], ["DIHK", 2016, 20]))

    assert decided(reading, ROW)[-1] == ("4", "total", "umbrella_of_others")


@pytest.mark.parametrize(
    ("rows", "reason", "evidence"),
    [
        (
            [["24 Metallbau", 5], ["  241 Metallerzeugung", 2], ["  242 Metallbearbeitung", 3]],
            "adds_rows_below",
            {"found": "24 Metallbau", "count": "2"},
        ),
        (
            [["26 Mechatronik", 5], ["261 Mechatronik und Automatisierung", 2], ["262 Energietechnik", 3]],
            "shorter_code",
            {"found": "26 Mechatronik", "count": "2"},
        ),
    ],
)
def test_subtotal_names_what_it_adds_up(read, sheet, rows, reason, evidence):
    reading = read(sheet(["IHK Köln"], ["Beruf", "EQ-Plätze 2016"], *rows))

    assert ("3", "total", reason) in decided(reading, ROW)
    assert params(reading, reason) == [evidence]


def test_rows_in_doubt_say_what_is_in_doubt_and_part_the_plain_ones(read, sheet):
    reading = read(
        sheet(
            HEADING,
            ["IHK Köln", 2016, 12],
            ["IHK Aachen", 2016, 8],
            ["IHK Atlantis", 2016, 8],
            ["IHK Trier", 2016, "viele"],
            ["IHK Koblenz", 2016, None],
            ["IHK Bonn/Rhein-Sieg", 2016, 9],
        )
    )

    assert decided(reading, ROW)[1:] == [
        ("2-3", "data", "labels_and_values"),
        ("4", "data", "label_in_doubt"),
        ("5", "data", "value_in_doubt"),
        ("6", "data", "value_empty"),
        ("7", "data", "labels_and_values"),
    ]
    assert params(reading, "label_in_doubt") == [
        {"found": "IHK Atlantis", "cell": "A4", "kind": "organisation"}
    ]
    assert params(reading, "value_in_doubt") == [{"found": "viele", "cell": "C5"}]
    assert params(reading, "value_empty") == [{"cell": "C6"}]


def test_row_with_words_for_figures_belongs_to_the_table_by_its_label(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 12], ["IHK Aachen", "siehe Anlage"], ["IHK Trier", 8]
        )
    )

    assert ("3", "data", "words_for_figures", "value_in_doubt") in decided(reading, ROW)


def test_rows_with_reasons_of_their_own_are_listed_up_to_a_limit_and_then_counted(read, sheet):
    faulty = [["IHK Köln", 2016, f"viele {number}"] for number in range(MOST_ROWS + 30)]
    reading = read(sheet(HEADING, ["IHK Aachen", 2016, 5], *faulty))

    rows = decided(reading, ROW)
    assert rows[-1] == (f"{MOST_ROWS + 3}-{MOST_ROWS + 32}", "data", "further_rows")
    assert params(reading, "further_rows") == [{"count": "30"}]
    assert len(rows) == MOST_ROWS + 3


def test_columns_are_known_by_their_heading_or_by_what_they_hold(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "", "EQ-Plätze 2016", "Veränderung in %", "Bemerkung"],
            ["IHK Köln", "Frauen", 12, 5, "vorab"],
            ["IHK Aachen", "Frauen", 8, 3, ""],
        )
    )

    assert decided(reading, COLUMN) == [
        ("A1:A3", "organisation", "heading_role"),
        ("B1:B3", "target_group", "contents_named"),
        ("C1:C3", "value", "heading_meaning"),
        ("D1:D3", "ignore", "heading_derived"),
        ("E1:E3", "note", "heading_role"),
    ]
    assert params(reading, "contents_named") == [{"count": "1", "all": "1", "kind": "target_group"}]
    assert params(reading, "heading_meaning") == [{"kinds": "year, indicator"}]
    values = next(d for d in reading.decisions if d.kind == COLUMN and d.taken_for == "value")
    assert dict(values.meaning) == {"indicator": "training_placements", "year": "2016"}


def test_column_of_last_year_and_total_column_say_what_they_follow_from(read, sheet):
    reading = read(
        sheet(
            ["EQ-Plätze 2016"],
            ["Kammer", "Anzahl", "Vorjahr"],
            ["IHK Köln", 12, 11],
            ["IHK Aachen", 8, 9],
        )
    )

    assert params(reading, "year_before") == [{"found": "Vorjahr", "year": "2016"}]
    years = [dict(d.meaning).get("year") for d in reading.decisions if d.kind == COLUMN]
    assert years == [None, None, "2015"]


def test_column_a_person_answered_for_rests_on_that(read, sheet):
    path = sheet(["Kammer", "Jahr", "Plätze laut Liste"], ["IHK Köln", 2016, 12], ["IHK Aachen", 2016, 8])
    table = read(path).tables[0].fingerprint
    answers = Answers(tables={table: TableAnswers(columns={2: {"indicator": "internships"}})})

    assert "heading_unread" in decided(read(path), COLUMN)[2]
    assert decided(read(path, answers=answers), COLUMN)[2] == ("C1:C3", "value", "person_chose_column")


def test_words_that_hold_for_the_table_come_with_their_cells(read, sheet):
    reading = read(
        sheet(
            ["EQ-Plätze", "", "Angaben in Tsd."],
            ["Berichtsjahr:", 2016],
            ["Datenstand: 31.01.2017"],
            [],
            ["Kammer", "Wert"],
            ["IHK Köln", 12],
            ["IHK Aachen", 8],
        )
    )

    assert word(reading, "year") == ("A2:B2", "Berichtsjahr: 2016", "2016", "in_title")
    assert word(reading, "as_of") == ("A3", "Datenstand: 31.01.2017", "2017-01-31", "in_title")
    assert word(reading, "factor")[2:] == ("1000", "in_title")
    assert word(reading, "indicator")[2:] == ("training_placements", "in_title")
    assert word(reading, "target_group") == ("", "", "_T", "stated_nowhere")


def test_word_may_be_the_name_of_the_sheet_or_stand_below(read, sheet):
    reading = read(
        sheet(
            ["Land", "Anzahl"],
            ["Bayern", 12],
            ["Hessen", 8],
            [],
            ["© Statistik der Bundesagentur für Arbeit"],
            name="EQ-Plätze 2016",
        ),
        name="liste.xlsx",
    )

    assert word(reading, "organisation")[:1] == ("A5",)
    assert word(reading, "organisation")[2:] == ("BA", "in_note")
    assert word(reading, "indicator")[0] == ""
    assert word(reading, "indicator")[3] == "in_sheet_name"


def test_supplier_counts_where_nothing_names_the_organisation(read, sheet):
    path = sheet(["EQ-Plätze 2016"], ["Zielgruppe", "Anzahl"], ["Frauen", 3], ["Insgesamt", 8])

    assert word(read(path, supplier="IHK-142"), "organisation") == ("", "", "IHK-142", "of_supplier")


def test_tables_side_by_side_are_parted_by_an_empty_column(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016", None, "Kammer", "EQ-Plätze 2015"],
            ["IHK Köln", 12, None, "IHK Köln", 11],
            ["IHK Aachen", 8, None, "IHK Aachen", 9],
        )
    )

    assert decided(reading, AREA) == [
        ("A1:B3", "table", "apart_by_empty_columns", "heading_over_figures"),
        ("D1:E3", "table", "apart_by_empty_columns", "heading_over_figures"),
    ]


def test_table_that_names_nothing_known_is_left_out(read, sheet):
    reading = read(
        sheet(
            HEADING,
            ["IHK Köln", 2016, 12],
            ["IHK Aachen", 2016, 8],
            more={"Budget": [["Posten", "Betrag"], ["Papier", 120], ["Strom", 310]]},
        )
    )

    assert ("A1:B3", "ignored", "heading_over_figures", "names_nothing_known") in decided(reading, AREA)
    assert ("B1:B3", "ignore", "contents_numbers", "heading_unread", "table_left_out") in decided(
        reading, COLUMN
    )


def test_sheet_without_a_table_says_so(read, sheet):
    reading = read(
        sheet(HEADING, ["IHK Köln", 2016, 12], more={"Hinweise": [["Bitte ausfüllen"], ["Danke"]]})
    )

    assert decided(reading, ROW)[-1] == ("1-2", "note", "without_table")


def test_person_who_points_at_rows_and_areas_is_the_reason(read, sheet):
    path = sheet(
        ["Entwurf", "Stand"],
        HEADING,
        ["IHK Köln", 2016, 12],
        ["IHK Aachen", 2016, 8],
        ["IHK Trier", 2016, 9],
    )
    mark = read(path).sheets[0].fingerprint
    pointed = SheetAnswers(tables=[AreaAnswer(2, 2, 3, 5)], rows={4: "ignored", 5: "total"})
    reading = read(path, answers=Answers(sheets={mark: pointed}))
    ignored = read(path, answers=Answers(sheets={mark: SheetAnswers(ignored=True)}))

    assert decided(reading, AREA) == [("A2:C5", "table", "person_points", "heading_over_figures")]
    assert ("2", "header", "person_chose_row") in decided(reading, ROW)
    assert ("4", "ignored", "person_chose_row") in decided(reading, ROW)
    assert [entry[:3] for entry in decided(reading, ROW) if entry[0] == "5"] == [
        ("5", "total", "person_chose_row")
    ]
    assert decided(ignored, ROW) == [("1-5", "ignored", "person_ignores_sheet")]


def test_open_question_is_the_reason_why_a_table_is_not_read(read, sheet):
    reading = read(sheet(["Kammer", "EQ-Plätze"], ["IHK Köln", 12], ["IHK Aachen", 8]))

    assert reading.status == "needs_answers"
    assert decided(reading, AREA) == [("A1:B3", "table", "heading_over_figures", "question_open")]
    assert decided(reading, ROW)[-1] == ("2-3", "data", "not_yet_read")


@pytest.mark.parametrize(
    ("subject", "place"),
    [
        (Subject("Blatt", 5, 5), "5"),
        (Subject("Blatt", 5, 83), "5-83"),
        (Subject("Blatt", 0, 0, "C", "C"), "C"),
        (Subject("Blatt", 0, 0, "C", "D"), "C:D"),
        (Subject("Blatt", 2, 2, "A", "A"), "A2"),
        (Subject("Blatt", 4, 83, "A", "D"), "A4:D83"),
        (Subject("Blatt", text="Blatt"), ""),
        (Line.at("2016", "Blatt", 1, 1, 1).subject, "B2"),
    ],
)
def test_place_of_a_subject_is_written_as_spreadsheets_do(subject, place):
    assert subject.place == place


@pytest.mark.parametrize("known", EVIDENCE.values(), ids=lambda known: known.code)
def test_evidence_is_translated_and_its_placeholders_are_its_parameters(known):
    assert placeholders(known.message) == set(known.parameters)
    assert placeholders(CATALOGUE[known.message]) == set(known.parameters)
    assert CATALOGUE[known.message]


def test_words_of_decisions_are_translated():
    assert all(CATALOGUE[word] for word in WORDS.values())
    assert set(TRANSLATED) <= {name for known in EVIDENCE.values() for name in known.parameters}


def _given():
    """The codes that the reader gives as evidence, with the parameters it names."""
    for path in IMPORTING.rglob("*.py"):
        if path.parent.name == "decisions":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "evidence":
                for code in ast.walk(node.args[0]):
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        yield code.value, {keyword.arg for keyword in node.keywords}


def _texts():
    for path in IMPORTING.rglob("*.py"):
        if path.parent.name != "decisions":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant):
                    yield node.value


def test_every_evidence_that_is_given_is_registered_with_its_parameters():
    for code, names in _given():
        assert set(EVIDENCE[code].parameters) == names, code


def test_every_registered_evidence_is_given_somewhere():
    assert EVIDENCE.keys() <= set(_texts())
