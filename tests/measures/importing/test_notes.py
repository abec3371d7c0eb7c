"""A note below a table that could restrict its figures is asked about; what says nothing is not."""

import openpyxl
import pytest
from odf import office, opendocument, table, text
from openpyxl.comments import Comment

from measures.importing import Answers, TableAnswers

HEAD = ["Kammer", "Plätze EQ 2016"]
ROWS = [["IHK Aachen", 120], ["IHK Köln", 240], ["IHK Trier", 60]]
VALUES = [120, 240, 60]


def values(reading):
    return [int(row.value) for row in reading.rows if not row.held and row.value is not None]


def asked(reading):
    return [(question.code, question.cell, question.found) for question in reading.questions]


@pytest.mark.parametrize(
    "note",
    [
        "Quelle: eigene Erhebung",
        "Quelle: Meldungen der Kammern",
        "© IHK NRW",
        "Stand: 31.01.2017",
        "Rundungsdifferenzen möglich",
        "Abweichungen durch Rundung",
        "Abweichungen in den Summen durch Rundung möglich.",
        "Durch Rundung kann die Summe der Einzelwerte von der Gesamtsumme abweichen.",
        "Legende: – = nichts vorhanden",
        "– = nichts vorhanden; . = Zahlenwert unbekannt",
        "Zeichenerklärung: * = geheim",
        "* Werte anonymisiert",
        "Erstellt von Frau Meier, Tel. 0221/1640-0",
        "Ansprechpartner: Herr Schmidt, schmidt@ihk.de",
        "Seite 1 von 1",
        "Köln, den 12.01.2017",
        "Köln, 12. Januar 2017",
        "gelb = vorläufig",
        "Vielen Dank!",
        "Hinweis: Zahlen der Kammern",
        "Alle Angaben beziehen sich auf das Jahr 2016",
        "Kammern: IHK Köln, IHK Aachen, IHK Trier",
    ],
)
@pytest.mark.parametrize("gap", [[], [[]]])
def test_note_that_says_nothing_is_not_asked_about(read, sheet, note, gap):
    reading = read(sheet(HEAD, *ROWS, *gap, [note]))

    assert (reading.status, asked(reading), values(reading)) == ("ready", [], VALUES)


RESTRICTING = [
    "Quelle: Stichprobe",
    "Quelle: Umfrage bei Innungsbetrieben",
    "Quelle: Befragung ausgewählter Betriebe",
    "* nur betriebliche Ausbildung",
    "1) ohne Umschüler",
    "Ohne Umschüler",
    "Hinweis: Angaben in Tsd.",
    "Werte für Köln geschätzt",
    "Hinweis: nur 1. Halbjahr",
    "Berichtszeitraum: Januar bis Juni 2016",
    "Anmerkung: Planwerte",
    "darunter 20 Frauen",
    "Abbrüche sind nicht enthalten",
    "Hinweis: je Betrieb",
    "Soll 2016",
    "Praktikumsplätze sind enthalten",
    "Die IHK Köln hat später gemeldet",
    "gelb = Planwerte",
]


@pytest.mark.parametrize("note", RESTRICTING)
@pytest.mark.parametrize("gap", [[], [[]]])
def test_note_that_restricts_the_figures_is_asked_about_as_a_whole(read, sheet, note, gap):
    reading = read(sheet(HEAD, *ROWS, *gap, [note]))

    assert (reading.status, values(reading)) == ("needs_answers", [])
    assert asked(reading) == [("wording", f"A{5 + len(gap)}", note)]


@pytest.mark.parametrize("note", [["Hinweis", "ohne Bau"], ["Anmerkung:", "nur Großbetriebe"]])
@pytest.mark.parametrize("gap", [[], [[]]])
def test_note_in_two_cells_is_asked_about_like_one_in_a_single_cell(read, sheet, note, gap):
    reading = read(sheet(HEAD, *ROWS, *gap, note))

    assert (values(reading), [code for code, _, _ in asked(reading)]) == ([], ["wording"])


def test_answer_about_a_note_is_kept_for_the_table(read, sheet):
    path = sheet(HEAD, *ROWS, [], ["Ohne Umschüler"])
    table = read(path).tables[0].fingerprint

    kept = read(path, answers=Answers(tables={table: TableAnswers(wording={"ohne umschüler": "none"})}))
    left_out = read(path, answers=Answers(tables={table: TableAnswers(wording={"Ohne Umschüler": "leave"})}))

    assert (kept.status, values(kept)) == ("ready", VALUES)
    assert (values(left_out), left_out.questions) == ([], [])


@pytest.mark.parametrize("note", ["vorläufige Zahlen", "Hinweis: vorläufige Werte", "Zahlen geschätzt"])
def test_note_about_the_quality_of_all_figures_is_used(read, sheet, note):
    reading = read(sheet(HEAD, *ROWS, [], [note]))

    quality = "estimate" if "geschätzt" in note else "preliminary"
    assert (reading.status, {row.quality for row in reading.rows}) == ("ready", {quality})


OF_TWO = [["Kammer", "Praktikumsplätze nach Qualitätsstandard 2016", "Plätze EQ 2016"], ["IHK Köln", 240, 12]]
OF_TWO_YEARS = [["Kammer", "Plätze EQ 2015", "Plätze EQ 2016"], ["IHK Köln", 240, 251]]


@pytest.mark.parametrize(
    ("table", "note", "qualities"),
    [
        (OF_TWO, "Praktikumsplätze z. T. hochgerechnet", ["estimate", "final"]),
        (OF_TWO, "Alle Werte zum Teil geschätzt", ["estimate", "estimate"]),
        (OF_TWO, "EQ-Plätze vorläufig; Abfrage bei den Innungen", ["final", "preliminary"]),
        (OF_TWO_YEARS, "Zahlen 2016 vorläufig", ["final", "preliminary"]),
    ],
)
def test_clause_about_quality_holds_for_what_it_names(read, sheet, table, note, qualities):
    reading = read(sheet(*table, [], [note]))

    assert (reading.status, [row.quality for row in reading.rows]) == ("ready", qualities)


MARKED = {
    "value": [["Kammer", "Plätze EQ 2016"], ["IHK Aachen", 120], ["IHK Köln", "240 1)"]],
    "label": [["Kammer", "Plätze EQ 2016"], ["IHK Aachen", 120], ["IHK Köln 1)", 240]],
    "heading": [["Kammer", "Plätze EQ 2016 1)"], ["IHK Aachen", 120], ["IHK Köln", 240]],
}
REMARKS = {"value": ["", "ohne Messekontakte"], "label": ["", "ohne Messekontakte"]}
REMARKS["heading"] = ["ohne Messekontakte"] * 2


@pytest.mark.parametrize("place", MARKED)
def test_what_a_marked_note_leaves_out_goes_with_the_marked_figures(read, sheet, place):
    reading = read(sheet(*MARKED[place], [], ["1) ohne Messekontakte"]))

    assert (reading.status, values(reading)) == ("ready", [120, 240])
    assert [row.note for row in reading.rows] == REMARKS[place]


@pytest.mark.parametrize("place", MARKED)
@pytest.mark.parametrize("note", ["1) nur Frauen", "1) in Tsd.", "1) Planwert", "1) bis 30.06.2016"])
def test_marked_note_that_makes_the_figures_something_else_is_asked_about(read, sheet, place, note):
    reading = read(sheet(*MARKED[place], [], [note]))

    assert values(reading) == []
    assert asked(reading) == [("wording", "A5", note)]


@pytest.mark.parametrize("place", MARKED)
def test_marked_note_about_quality_holds_for_the_marked_figures(read, sheet, place):
    reading = read(sheet(*MARKED[place], [], ["1) geschätzt"]))

    assert (reading.status, reading.rows[1].quality) == ("ready", "estimate")


def test_mark_of_the_title_holds_for_the_whole_table(read, sheet):
    reading = read(
        sheet(["Plätze EQ 2016 1)"], [], ["Kammer", "Plätze EQ"], *ROWS, [], ["1) ohne Umschüler"])
    )

    assert values(reading) == []
    assert asked(reading) == [("wording", "A8", "1) ohne Umschüler")]


def test_note_in_two_cells_is_one(read, sheet):
    marked = read(sheet(HEAD, *ROWS, [], ["*", "nur betriebliche Ausbildung"]))
    legend = read(sheet(HEAD, *ROWS, [], ["–", "nichts vorhanden"]))

    assert [code for code, _, _ in asked(marked)] == ["wording"]
    assert (legend.status, values(legend)) == ("ready", VALUES)


def test_title_of_the_next_table_is_no_note(read, sheet):
    more = [["Beratene Betriebe 2016"], ["Kammer", "Betriebe"], ["IHK Köln", 600], ["IHK Aachen", 20]]

    reading = read(sheet(HEAD, *ROWS, *more))

    assert (reading.status, values(reading)) == ("ready", [*VALUES, 600, 20])


def with_comment(path, cell, words):
    book = openpyxl.load_workbook(path)
    book["Meldung"][cell].comment = Comment(words, "Meier")
    book.save(path)
    return path


@pytest.mark.parametrize("cell", ["A1", "B1", "B3"])
@pytest.mark.parametrize(
    "words", ["nur Vollzeit", "Meier:\nohne Umschüler", "in Tsd.", "Planwert", "1. Halbjahr"]
)
def test_comment_that_restricts_is_asked_about(read, sheet, cell, words):
    reading = read(with_comment(sheet(HEAD, *ROWS), cell, words))

    assert values(reading) == []
    assert asked(reading) == [("wording", cell, words.removeprefix("Meier:\n"))]


@pytest.mark.parametrize("words", ["noch nicht endgültig", "Meier:\nRückfrage am Montag", "bitte prüfen!"])
def test_comment_that_restricts_nothing_is_reported_as_not_read(read, sheet, words):
    reading = read(with_comment(sheet(HEAD, *ROWS), "B3", words))

    assert (reading.status, values(reading)) == ("ready", VALUES)
    assert [problem.code for problem in reading.problems] == ["comments_not_read"]


def test_answer_about_a_comment_is_kept(read, sheet):
    path = with_comment(sheet(HEAD, *ROWS), "B3", "nur Vollzeit")
    table = read(path).tables[0].fingerprint

    reading = read(path, answers=Answers(tables={table: TableAnswers(wording={"nur Vollzeit": "none"})}))

    assert (reading.status, values(reading)) == ("ready", VALUES)


def test_annotation_of_an_opendocument_cell_is_asked_about(read, tmp_path):
    document = opendocument.OpenDocumentSpreadsheet()
    page = table.Table(name="Meldung")
    for line in (HEAD, *ROWS):
        row = table.TableRow()
        for content in line:
            kind = (
                {"valuetype": "string"}
                if isinstance(content, str)
                else {"valuetype": "float", "value": content}
            )
            cell = table.TableCell(**kind)
            if content == 240:
                note = office.Annotation()
                note.addElement(text.P(text="nur Vollzeit"))
                cell.addElement(note)
            cell.addElement(text.P(text=str(content)))
            row.addElement(cell)
        page.addElement(row)
    document.spreadsheet.addElement(page)
    document.save(str(tmp_path / "meldung.ods"))

    reading = read(tmp_path / "meldung.ods")

    assert values(reading) == []
    assert asked(reading) == [("wording", "B3", "nur Vollzeit")]
