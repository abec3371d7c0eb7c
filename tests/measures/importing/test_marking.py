"""Files handed back with their problems marked: what is kept, what is coloured, what is listed."""

import datetime as dt
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.styles import Font, PatternFill
from PIL import Image

from measures.importing import Limits
from measures.importing.formats.problem_sheet import SIGN
from measures.importing.formats.workbook import Merge, Sheet, Workbook, read_workbook
from measures.importing.marking import losses
from measures.importing.marking.job import NOT_READ, TOO_MANY_ROWS, MarkingResult
from measures.importing.marking.marks import (
    COLOURS,
    MOST_COMMENTS,
    Mark,
    Order,
    Wording,
    cell_marks,
    free_name,
)
from measures.importing.marking.new_workbook import (
    HIDDEN_LEFT_OUT,
    LIST_CUT,
    MOST_LISTED,
    NEW_WORKBOOK,
    write_alone,
    write_cells,
)
from measures.importing.process.guard import TooCostlyError, run_guarded
from tests.measures.importing.conftest import SAMPLES
from tests.measures.importing.grids import FORMATS

WORDING = Wording(
    author="Allianz-Portal",
    sheet_name="Probleme",
    title="Probleme der Datei",
    summary="Datei",
    what_to_do="Korrigieren",
    what_to_do_alone="In der eigenen Datei korrigieren",
    headers=("Art", "Blatt", "Zelle", "Gefunden", "Was", "Folge"),
    severities={"error": "Fehler", "query": "Rückfrage", "note": "Hinweis"},
    held="zurückgehalten",
    not_held="frei",
    no_problem="Kein Problem",
    not_kept="Fehlt: {list}",
    fewer_comments="Nur {count} Kommentare",
    losses={code: code for code in losses.ALL},
    reasons={code: code for code in (TOO_MANY_ROWS, NOT_READ, NEW_WORKBOOK, HIDDEN_LEFT_OUT, LIST_CUT)},
)
HEADING = "— Allianz-Portal —"
MOMENT = dt.datetime(2030, 1, 2, 3, 4)  # noqa: DTZ001  spreadsheets know no time zones


def error(cell, sheet="Meldung", message="Keine Zahl.", found="x"):
    return Mark("error", sheet, cell, found, message, holds=True)


def query(cell, sheet="Meldung", message="Bitte bestätigen.", found="k. A."):
    return Mark("query", sheet, cell, found, message, holds=False)


@pytest.fixture
def hand_back(tmp_path):
    """``hand_back(path, *marks)`` marks a file in the guarded process; returns its result and the path."""

    def _hand_back(path, *marks, most_rows=1000, name="", **limits):
        target = tmp_path / "marked.xlsx"
        allowed = Limits(**limits)
        arguments = {
            "path": path,
            "name": name or path.name,
            "target": target,
            "order": Order(list(marks), WORDING, most_rows),
            "limits": allowed,
        }
        return run_guarded(
            "measures.importing.marking.job:mark_file", arguments, allowed, MarkingResult
        ), target

    return _hand_back


@pytest.fixture
def marked(hand_back):
    """The workbook handed back, opened."""

    def _marked(path, *marks, **more):
        outcome, target = hand_back(path, *marks, **more)
        assert (outcome.why, outcome.trouble) == ("", "")
        return openpyxl.load_workbook(target, rich_text=True)

    return _marked


@pytest.fixture
def saved(tmp_path):
    """Save an openpyxl workbook to a file of its own."""

    def _saved(book, name="Meldung.xlsx"):
        book.save(tmp_path / name)
        return tmp_path / name

    return _saved


def book_with(*rows):
    book = openpyxl.Workbook()
    book.active.title = "Meldung"
    for row in rows:
        book.active.append(row)
    return book


def colour_of(cell):
    return cell.fill.fgColor.rgb[-6:] if cell.fill.fill_type == "solid" else ""


def lines_above(sheet):
    """The sentences over the list, without the title."""
    told = [row[0] for row in sheet.iter_rows(values_only=True)]
    return told[1 : told.index(None)]


def listed(sheet):
    rows = [list(row[:6]) for row in sheet.iter_rows(values_only=True)]
    return rows[rows.index(list(WORDING.headers)) + 1 :]


def rich_workbook(path):
    """What a careful person's workbook has, written by another program than the one that marks it."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Meldung")
        sheet.merge_range("A1:C1", "Meldung 2030", book.add_format({"bold": True}))
        sheet.write_row("A2", ["Kammer", "Code", "Wert"])
        sheet.write_row("A3", ["IHK Köln", "007", 4.5], book.add_format({"num_format": "#,##0.00"}))
        sheet.write_formula("C4", "=C3*2", None, 9)
        sheet.write_formula("C5", '=A3&"!"', None, "IHK Köln!")
        sheet.write_formula("C6", "=C3/0", None, "#DIV/0!")
        sheet.write_array_formula("C7:C7", "{=SUM(C3:C4)}", None, 13.5)
        sheet.write_rich_string("A4", "fett ", book.add_format({"bold": True}), "hier")
        sheet.write_string("A5", "=kein Befehl")
        sheet.write_comment("B3", "Von uns geprüft", {"author": "Frau Berg"})
        sheet.data_validation("B3:B9", {"validate": "list", "source": ["007", "008"]})
        sheet.conditional_format(
            "C3:C9", {"type": "cell", "criteria": ">", "value": 5, "format": book.add_format({"bold": True})}
        )
        sheet.set_column("B:B", 31)
        sheet.set_column("E:E", None, None, {"hidden": True})
        sheet.set_row(8, None, None, {"hidden": True})
        sheet.freeze_panes(2, 1)
        codes = book.add_worksheet("Codes")
        codes.write("A1", "007")
        codes.very_hidden()
        book.define_name("Liste", "=Codes!$A$1")
    return path


def test_workbook_of_theirs_comes_back_as_it_was(marked, tmp_path):
    path = rich_workbook(tmp_path / "reich.xlsx")
    theirs = openpyxl.load_workbook(path, rich_text=True)

    book = marked(path, error("C3"))

    assert book.sheetnames == ["Probleme", "Meldung", "Codes"]
    before, after = theirs["Meldung"], book["Meldung"]
    different = [
        cell.coordinate
        for row in before.iter_rows()
        for cell in row
        if str(cell.value) != str(after[cell.coordinate].value)
        and not hasattr(cell.value, "text")  # an array formula: compared below
    ]
    assert different == []
    assert after["C7"].value.text == "=SUM(C3:C4)"
    assert [str(span) for span in after.merged_cells.ranges] == ["A1:C1"]
    assert after.data_validations.dataValidation[0].formula1 == '"007,008"'
    assert [str(rule.sqref) for rule in after.conditional_formatting] == ["C3:C9"]
    assert after.column_dimensions["B"].width == before.column_dimensions["B"].width
    assert (after.column_dimensions["E"].hidden, after.row_dimensions[9].hidden) == (True, True)
    assert (after.freeze_panes, book["Codes"].sheet_state) == ("B3", "veryHidden")
    assert (after["C3"].number_format, after["B3"].value) == ("#,##0.00", "007")
    assert book.defined_names["Liste"].attr_text == "Codes!$A$1"
    assert after["A5"].data_type == "s"


def test_results_of_formulas_are_kept_so_that_it_reads_as_before(hand_back, tmp_path):
    path = rich_workbook(tmp_path / "reich.xlsx")

    _, target = hand_back(path, error("C4"))

    before = read_workbook(path, path.name, Limits()).sheets[0]
    after = next(
        sheet for sheet in read_workbook(target, "b.xlsx", Limits()).sheets if sheet.name == "Meldung"
    )
    assert (after.rows, after.states, after.merges) == (before.rows, before.states, before.merges)
    assert after.rows[3][2] == 9


def test_cell_is_coloured_by_the_worst_and_says_everything(marked, saved):
    path = saved(book_with(["Kammer", "Wert"], ["IHK Köln", "viele"], ["IHK Aachen", "k. A."], ["Summe", 3]))
    note = Mark("note", "Meldung", "B4", "", "Nicht geprüft.", holds=False)

    sheet = marked(path, query("B2"), error("B2"), query("B3"), note)["Meldung"]

    assert [colour_of(sheet[place]) for place in ("A2", "B2", "B3", "B4")] == [
        "",
        COLOURS["error"],
        COLOURS["query"],
        COLOURS["note"],
    ]
    assert [sheet[place].comment.text for place in ("B2", "B3", "B4")] == [
        f"{HEADING}\nRückfrage: Bitte bestätigen.\nFehler: Keine Zahl.",
        f"{HEADING}\nRückfrage: Bitte bestätigen.",
        f"{HEADING}\nHinweis: Nicht geprüft.",
    ]
    assert sheet["A2"].comment is None


def test_comment_of_theirs_stays_above_ours(marked, tmp_path):
    sheet = marked(rich_workbook(tmp_path / "reich.xlsx"), error("B3"))["Meldung"]

    assert sheet["B3"].comment.text == f"Von uns geprüft\n\n{HEADING}\nFehler: Keine Zahl."
    assert sheet["B3"].comment.author == "Frau Berg"


def test_white_text_is_made_readable_on_our_colours(marked, saved):
    book = book_with(["Kammer"], ["IHK"])
    book.active["A1"].font = Font(color="FFFFFFFF", bold=True)

    cell = marked(saved(book), error("A1"))["Meldung"]["A1"]

    assert (cell.font.color.rgb[-6:], cell.font.bold) == ("000000", True)


def test_mark_inside_a_span_shows_at_its_first_cell(marked, saved):
    book = book_with(["Kammer", None, None])
    book.active.merge_cells("A1:C1")

    sheet = marked(saved(book), error("B1"))["Meldung"]

    assert colour_of(sheet["A1"]) == COLOURS["error"]
    assert "Keine Zahl." in sheet["A1"].comment.text


def test_cell_outside_everything_written_can_be_marked(marked, saved):
    sheet = marked(saved(book_with(["Kammer"])), error("F9"))["Meldung"]

    assert colour_of(sheet["F9"]) == COLOURS["error"]


@pytest.mark.parametrize("cell", ["", "XFE1", "A0", "A1048577", "A1:B2", "1A", "=1+1"])
def test_problem_without_a_place_is_listed_only(marked, saved, cell):
    book = marked(saved(book_with(["Kammer"])), error(cell))

    assert [row[2] for row in listed(book["Probleme"])] == [cell or None]
    assert book["Meldung"]["A1"].comment is None


def test_list_stands_first_with_links_filter_and_fixed_headings(marked, saved):
    book = book_with(["Kammer", "Wert"], ["IHK", "viele"])
    book.create_sheet("Köln's Blatt")["A1"] = "x"

    marked_book = marked(
        saved(book), error("B2"), query("A1", sheet="Köln's Blatt"), error("A1", sheet="Weg")
    )

    sheet = marked_book.worksheets[0]
    header = next(cell.row for cell in sheet["A"] if cell.value == "Art")
    assert listed(sheet) == [
        ["Fehler", "Meldung", "B2", "x", "Keine Zahl.", "zurückgehalten"],
        ["Rückfrage", "Köln's Blatt", "A1", "k. A.", "Bitte bestätigen.", "frei"],
        ["Fehler", "Weg", "A1", "x", "Keine Zahl.", "zurückgehalten"],
    ]
    links = [sheet.cell(header + number, 3).hyperlink for number in (1, 2, 3)]
    assert [link and link.location for link in links] == ["'Meldung'!B2", "'Köln''s Blatt'!A1", None]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == (f"A{header + 1}", f"A{header}:G{header + 3}")
    assert [page.sheet_view.tabSelected for page in marked_book.worksheets] == [True, False, False]
    assert marked_book.active.title == "Probleme"


def test_only_the_list_is_selected_when_the_workbook_opens(marked, tmp_path):
    """In several selected sheets a person types into all of them at once."""
    path = tmp_path / "diagramm.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheets = [book.add_worksheet(name) for name in ("Meldung", "Zweites")]
        sheets[0].write("A1", 1)
        chart = book.add_chart({"type": "pie"})
        chart.add_series({"values": "=Meldung!$A$1:$A$1"})
        page = book.add_chartsheet("Diagramm")
        page.set_chart(chart)
        sheets[1].select()
        page.activate()

    handed_back = marked(path, error("A1"))

    chosen = [
        view.tabSelected
        for views in (
            *(sheet.views for sheet in handed_back.worksheets),
            *(sheet.sheetViews for sheet in handed_back.chartsheets),
        )
        for view in views.sheetView
    ]
    assert handed_back.sheetnames == ["Probleme", "Meldung", "Zweites", "Diagramm"]
    assert [bool(is_chosen) for is_chosen in chosen] == [True, False, False, False]
    assert [view.activeTab for view in handed_back.views] == [0]


def test_list_takes_a_name_that_is_free(marked, saved):
    book = book_with(["Kammer"])
    book.create_sheet("probleme")

    assert marked(saved(book)).sheetnames == ["Probleme (2)", "Meldung", "probleme"]


def test_workbook_without_problems_says_so(marked, saved):
    assert listed(marked(saved(book_with(["Kammer"])))["Probleme"])[0][0] == "Kein Problem"


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1"])
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_text_that_looks_like_a_formula_is_listed_as_text(marked, saved, tmp_path, text, suffix):
    path = saved(book_with(["Kammer"]))
    if suffix == "csv":
        path = tmp_path / "Meldung.csv"
        path.write_text(f'Kammer;"{text}"\n')

    book = marked(path, error("A1", sheet="CSV" if suffix == "csv" else "Meldung", found=text))

    row = next(row for row in book["Probleme"].iter_rows() if row[0].value == "Fehler")
    assert (row[3].value, row[3].data_type, bool(row[3].quotePrefix)) == (text, "s", True)
    if suffix == "csv":
        assert (book["CSV"]["B1"].value, book["CSV"]["B1"].data_type) == (text, "s")


def png(path):
    Image.new("RGB", (4, 4), "red").save(path)
    return str(path)


def with_parts(path, **parts):
    with zipfile.ZipFile(path, "a") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_what_is_not_kept_is_said(marked, tmp_path):
    path = tmp_path / "bunt.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Meldung")
        sheet.write_row("A1", [1, 2, 3])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Meldung!$A$1:$C$1"})
        sheet.insert_chart("E2", chart)
        sheet.insert_textbox("E20", "Achtung")
        sheet.insert_image("E30", png(tmp_path / "bild.png"))
        sheet.add_sparkline("D1", {"range": "Meldung!A1:C1"})
    with_parts(path, **{"xl/vbaProject.bin": b"x", "xl/slicers/slicer1.xml": b"<x/>"})

    book = marked(path, error("A1"))

    assert lines_above(book["Probleme"]) == [
        "Datei",
        "Fehlt: charts, macros, slicers, shapes, sparklines",
        "Korrigieren",
    ]
    assert len(book["Meldung"]._images) == 1


def test_workbook_in_which_all_is_kept_has_nothing_to_say(marked, tmp_path):
    book = marked(rich_workbook(tmp_path / "reich.xlsx"), error("C3"))

    assert lines_above(book["Probleme"]) == ["Datei", "Korrigieren"]


def test_marks_go_when_a_corrected_workbook_is_marked_again(marked, saved, tmp_path):
    book = book_with(["Kammer", "Wert"], ["IHK", "viele"], ["IHK", "k. A."])
    book.active["B2"].fill = PatternFill("solid", fgColor="FFFF00")
    book.active["B2"].font = Font(color="FFFFFFFF")
    book.active["B3"].comment = openpyxl.comments.Comment("unsere Notiz", "Frau Berg")
    once = marked(saved(book), error("B2"), query("B3"))
    once["Meldung"]["B2"] = 7

    twice = marked(saved(once, "zurück.xlsx"), query("A3"))

    sheet = twice["Meldung"]
    assert twice.sheetnames == ["Probleme", "Meldung"]
    assert (sheet["B2"].value, colour_of(sheet["B2"]), sheet["B2"].comment) == (7, "FFFF00", None)
    assert sheet["B2"].font.color.rgb == "FFFFFFFF"
    assert (sheet["B3"].comment.text, colour_of(sheet["B3"])) == ("unsere Notiz", "")
    assert colour_of(sheet["A3"]) == COLOURS["query"]


def test_marks_go_even_if_the_list_was_deleted(marked, saved):
    once = marked(saved(book_with(["Kammer"], ["IHK"])), error("A2"))
    del once["Probleme"]

    sheet = marked(saved(once, "zurück.xlsx"))["Meldung"]

    assert (colour_of(sheet["A2"]), sheet["A2"].comment) == ("", None)


@pytest.mark.parametrize(
    "name", ["IHK_Koeln_Berufe_2016.xls", "BA_AsA_2015.ods", "BFB_Laender_2015-2016.csv"]
)
def test_other_format_comes_back_as_a_new_workbook_of_its_cells(hand_back, name):
    path = SAMPLES / name
    before = read_workbook(path, name, Limits())
    sheet = before.sheets[0]

    outcome, target = hand_back(path, error("B2", sheet=sheet.name))

    assert outcome == ("", "")
    after = read_workbook(target, "zurück.xlsx", Limits()).sheets[1]
    assert (after.name, after.merges, after.states) == (sheet.name, sheet.merges, sheet.states)
    assert after.rows == sheet.rows
    book = openpyxl.load_workbook(target)
    assert book["Probleme"]["A3"].value == NEW_WORKBOOK
    assert colour_of(book[sheet.name]["B2"]) == COLOURS["error"]
    assert book[sheet.name]["B2"].comment.text == f"{HEADING}\nFehler: Keine Zahl."
    link = next(row[2].hyperlink for row in book["Probleme"].iter_rows() if row[0].value == "Fehler")
    assert link.location == f"'{sheet.name}'!B2"


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_reads_as_before_when_it_comes_back(hand_back, tmp_path, kind):
    suffix, write = FORMATS[kind]
    path = tmp_path / f"Meldung{suffix}"
    rows = [
        ["Kammer", "Stand", "Wert"],
        ["IHK Köln", dt.date(2030, 9, 30), 7.5],
        ["007", "", 1204],
        ["-", "", 3],
    ]
    path.write_bytes(write(rows))
    before = read_workbook(path, path.name, Limits()).sheets[0]

    outcome, target = hand_back(path, error("C2", sheet=before.name))

    after = read_workbook(target, "zurück.xlsx", Limits()).sheets[1]
    assert outcome == ("", "")
    assert (after.name, after.rows, after.states) == (before.name, before.rows, before.states)


def test_what_a_person_sees_of_old_workbooks_is_kept(hand_back, tmp_path):
    path = tmp_path / "alt.xls"
    book = xlwt.Workbook()
    sheet = book.add_sheet("Meldung")
    for row, (value, shown) in enumerate(
        [(0.125, "0.0%"), (522_200, "#,##0,"), (5_222_000, "#,##0,,"), (7.3, "0.000"), (1, "General")]
    ):
        sheet.write(row, 0, value, xlwt.easyxf(num_format_str=shown))
    sheet.write(0, 1, dt.date(2030, 9, 30), xlwt.easyxf(num_format_str="dd.mm.yyyy"))
    sheet.write(1, 1, "x")
    sheet.row(3).hidden = True
    sheet.col(1).hidden = True
    hidden = book.add_sheet("Verborgen")
    hidden.write(0, 0, "x")
    hidden.visibility = 1
    book.save(str(path))
    before = read_workbook(path, path.name, Limits())

    _, target = hand_back(path, error("A1"))

    after = read_workbook(target, "zurück.xlsx", Limits())
    assert [sheet.name for sheet in after.sheets] == ["Probleme", "Meldung"]
    assert after.sheets[1].rows == before.sheets[0].rows
    assert after.sheets[1].hidden_rows == before.sheets[0].hidden_rows
    assert after.sheets[1].hidden_columns == before.sheets[0].hidden_columns
    assert lines_above(openpyxl.load_workbook(target)["Probleme"])[1:3] == [NEW_WORKBOOK, HIDDEN_LEFT_OUT]


def test_cells_of_every_kind_are_written_as_they_are(tmp_path):
    rows = [
        ["'=1+1", "=1+1", "  x  ", "\x07laut"],
        [True, 2.5, float("inf"), dt.timedelta(hours=30)],
        [MOMENT, dt.time(5, 6), dt.date(1890, 1, 1), ""],
        ["", "", "", "Ende"],
    ]
    sheet = Sheet(
        "Blatt/1",
        rows,
        merges=[Merge(0, 0, 1, 1), Merge(1, 1, 2, 2)],
        states={(3, 0): "#BEZUG!", (3, 1): "="},
    )
    target = tmp_path / "neu.xlsx"

    write_cells(Workbook([sheet]), target, Order([error("A1", sheet="Blatt/1")], WORDING, 100))

    book = openpyxl.load_workbook(target)
    written = book["Blatt 1"]
    assert [cell.value for cell in written[1]] == ["'=1+1", None, "  x  ", "laut"]  # B1 lies within a span
    assert [cell.value for cell in written[2]][2:] == ["inf", dt.timedelta(hours=30)]
    assert [cell.value for cell in written[3]][:3] == [
        MOMENT,
        dt.time(5, 6),
        "1890-01-01",
    ]
    assert [str(span) for span in written.merged_cells.ranges] == ["A1:B2"]
    read = read_workbook(target, "neu.xlsx", Limits()).sheets[1]
    assert (read.rows[3][0], read.states) == ("#BEZUG!", {(3, 1): "=NA()"})


def test_text_file_keeps_leading_zeros_and_marks_beyond_its_cells(hand_back, tmp_path):
    path = tmp_path / "Meldung.csv"
    path.write_text("Code;Wert\n007;1.234\n")

    _, target = hand_back(path, error("D9", sheet="CSV"))

    sheet = openpyxl.load_workbook(target)["CSV"]
    assert [cell.value for cell in sheet[2]][:2] == ["007", "1.234"]
    assert colour_of(sheet["D9"]) == COLOURS["error"]


def test_workbook_openpyxl_cannot_open_comes_back_as_its_cells(hand_back, saved, tmp_path):
    path = saved(book_with(["Kammer", "Wert"], ["IHK", 7]))
    odd = tmp_path / "seltsam.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(odd, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "xl/styles.xml":
                content = content.replace(b'<family val="2"', b'<family val="99"')
            target.writestr(info.filename, content)

    outcome, handed_back = hand_back(odd, error("B2"))

    assert (outcome.why, "Max value" in outcome.trouble) == ("", True)
    book = openpyxl.load_workbook(handed_back)
    assert (book["Meldung"]["B2"].value, colour_of(book["Meldung"]["B2"])) == (7, COLOURS["error"])
    assert NEW_WORKBOOK in lines_above(book["Probleme"])


def test_more_rows_than_agreed_are_not_marked(hand_back, saved, tmp_path):
    rows = saved(book_with(*([["x"]] * 11)))
    (tmp_path / "Meldung.csv").write_text("x;y\n" * 11)

    assert hand_back(rows, most_rows=10)[0].why == TOO_MANY_ROWS
    assert hand_back(rows, most_rows=11)[0].why == ""
    assert hand_back(tmp_path / "Meldung.csv", most_rows=10)[0].why == TOO_MANY_ROWS


def test_hostile_workbook_costs_its_own_process_only(hand_back, saved):
    """A single span over the whole sheet becomes seventeen milliards of cells in openpyxl."""
    book = book_with(["Kammer"])
    path = saved(book)
    bad = path.with_name("böse.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bad, "w") as target:
        for info in source.infolist():
            content = source.read(info).replace(
                b"</sheetData>",
                b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            )
            target.writestr(info.filename, content)

    with pytest.raises(TooCostlyError):
        hand_back(bad, error("A1"), memory_bytes=400 * 2**20)


def test_entities_are_not_unfolded(hand_back, saved):
    path = saved(book_with(["Kammer"]))
    bad = path.with_name("lacht.xlsx")
    laughter = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE s [<!ENTITY l0 "lol">{laughter}]>'.encode()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bad, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                content = head + content.replace(b"Kammer", b"&l9;")
            target.writestr(info.filename, content)

    outcome, _ = hand_back(bad, error("A1"), memory_bytes=600 * 2**20)

    assert "EntitiesForbidden" in outcome.trouble


def test_upload_that_is_no_spreadsheet_any_more_is_said(hand_back, tmp_path):
    path = tmp_path / "Meldung.xls"
    path.write_bytes(b"%PDF-1.7")

    assert hand_back(path)[0].why == NOT_READ


def test_the_worst_cells_get_the_comments_when_there_are_too_many():
    notes = [
        Mark("note", "Meldung", f"A{row}", "", "Notiz", holds=False) for row in range(2, MOST_COMMENTS + 2)
    ]

    told, fewer = cell_marks([*notes, error("A1")], WORDING)

    assert fewer
    assert sum(bool(mark.text) for mark in told) == MOST_COMMENTS
    assert (told[0].row, bool(told[0].text), bool(told[-1].text)) == (1, True, False)


def test_list_alone_says_why_and_where_to_go_on(tmp_path):
    target = tmp_path / "liste.xlsx"

    write_alone(target, iter([error("B2"), query("B3")]), WORDING, total=2, reasons=[TOO_MANY_ROWS])

    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Probleme"]
    assert lines_above(book.active) == ["Datei", TOO_MANY_ROWS, WORDING.what_to_do_alone]
    assert [row[2] for row in listed(book.active)] == ["B2", "B3"]
    assert book.active["G1"].value == SIGN


def test_list_that_does_not_fit_a_sheet_says_so(tmp_path):
    target = tmp_path / "liste.xlsx"

    write_alone(target, iter([error("B2")]), WORDING, total=MOST_LISTED + 1, reasons=[])

    assert LIST_CUT in lines_above(openpyxl.load_workbook(target).active)


@pytest.mark.parametrize(
    ("name", "taken", "free"),
    [
        ("Meldung", [], "Meldung"),
        ("Meldung", ["MELDUNG"], "Meldung (2)"),
        ("a/b[c]:d*?", [], "a b c  d"),
        ("'x'", [], "x"),
        ("", [], "?"),
        ("History", [], "History (2)"),
        ("n" * 40, ["n" * 31], "n" * 27 + " (2)"),
    ],
)
def test_sheet_gets_a_name_it_can_have(name, taken, free):
    assert free_name(name, taken) == free


def test_marked_workbook_is_read_without_its_list(read, marked, tmp_path):
    path = SAMPLES / "IHK_Koeln_fehlerhaft.xlsx"
    before = read(path)
    marks = [
        Mark(problem.severity, problem.sheet, problem.cell, problem.found, "…", holds=True)
        for problem in before.problems
    ]
    marked(path, *marks)

    after = read(tmp_path / "marked.xlsx")

    assert (list(after.rows), after.problems, after.tables) == (
        list(before.rows),
        before.problems,
        before.tables,
    )


def test_list_alone_is_refused_with_what_to_send_instead(read, tmp_path):
    target = tmp_path / "liste.xlsx"
    write_alone(target, iter([error("B2")]), WORDING, total=1, reasons=[])

    assert read(target).reason_code == "problem_sheet_alone"
