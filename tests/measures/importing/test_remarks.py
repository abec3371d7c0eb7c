"""Remarks, comments and marked notes: one list of words that make a value something else than its figure."""

import datetime as dt

import openpyxl
import pytest
from openpyxl.comments import Comment

RESTRICTING = (
    "ohne Leverkusen",
    "bis Juni",
    "aus 2015",
    "Vorjahreswert",
    "bitte streichen",
    "Stand 30.06.",
    "Teilnehmer statt Plätze",
    "in Köln enthalten",
    "mit Aachen zusammen",
    "richtig: 45",
    "2015",
    "Zahl der Betriebe",
    "Zahl von IHK Bonn",
    "Summe aus Köln und Aachen",
    "Zahl stimmt nicht",
    "Schätzung, Vorjahreswert fortgeschrieben",
    "korrigiert: 45",
    "storniert",
    "ungültig",
    "in Tsd.",
    "%",
    "Zwischenstand",
    "Frauen",
    "Teilzeit",
    "Bestand",
    "mit Bonn",
    "mit HWK",
    "IHK Bonn/Rhein-Sieg",
    "Stand Juni",
    "Außenstelle fehlt",
    "noch nicht vollständig",
    "Übertrag aus Vorjahr",
    "Siegen nicht enthalten",
    "bis einschließlich Oktober",
    "männlich",
    "Großbetriebe",
    "Kreis Düren",
    "2. Lehrjahr",
)
HARMLESS = (
    "inkl. Telefonberatung",
    "mehr als 2015",
    "Stand 31.12.2016",
    "2016",
    "Zahl der Plätze",
    "ohne Gewähr",
    "gute Nachfrage",
    "Korrektur am 20.02.2017",
    "mehr Anmeldungen als im Vorjahr",
    "mit Erstkontakten",
    "Stand Dezember",
)


def told(reading):
    return [problem.cell for problem in reading.problems if problem.code == "remark_restricts"]


def test_sentence_written_over_several_rows_is_of_the_whole_table(read, sheet):
    remarks = ["Betriebe mit weniger als", "10 Beschäftigten sind", "nicht enthalten", "Vielen Dank", ""]
    names = ["IHK Köln", "IHK Aachen", "IHK Trier", "IHK Ulm", "IHK Siegen"]
    rows = [
        [name, number, remark] for number, (name, remark) in enumerate(zip(names, remarks, strict=True), 20)
    ]

    reading = read(sheet(["Kammer", "Beratene Betriebe 2016", "Hinweis"], *rows))

    apart = [
        [name, number, remark]
        for (name, number, _), remark in zip(rows, ("geprüft", "ohne Bonn"), strict=False)
    ]
    of_one = read(sheet(["Kammer", "Beratene Betriebe 2016", "Hinweis"], *apart))

    assert [told(each) for each in (reading, of_one)] == [["B2", "B3", "B4", "B5", "B6"], ["B3"]]


@pytest.mark.parametrize(
    "text", ["Es fehlen noch drei Betriebe", "nur Verlängerungen", "Großbetriebe", "netto"]
)
def test_comment_on_a_heading_is_of_all_values_below(read, tmp_path, text):
    book = openpyxl.Workbook()
    for row in (["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 40], ["IHK Aachen", 50]):
        book.active.append(row)
    book.active["B1"].comment = Comment(text, "Meier")
    book.save(tmp_path / "meldung.xlsx")

    reading = read(tmp_path / "meldung.xlsx")

    assert [question.found for question in reading.questions] == [text]


@pytest.fixture
def remarked(read, tmp_path):
    """Read two figures; the first has a remark, a comment or a mark with a note."""

    def _remarked(text, how):
        book = openpyxl.Workbook()
        page = book.active
        heads = ["Kammer", "Anzahl", *(["Bemerkung"] if how == "remark" else [])]
        for row in (["EQ-Plätze 2016"], [], heads, ["IHK Köln", 40], ["IHK Aachen", 50]):
            page.append(row)
        if how == "remark":
            page["C4"] = text
        elif how == "comment":
            page["B4"].comment = Comment(text, "x")
        else:
            page["B4"] = f"40{how}"
            page["A7"] = f"{how.strip()} {text}"
        path = tmp_path / "meldung.xlsx"
        book.save(path)
        return read(path)

    return _remarked


def _queries(reading):
    return [(each.cell, each.found) for each in reading.problems if each.code == "remark_restricts"]


@pytest.mark.parametrize("text", RESTRICTING)
def test_remark_that_makes_a_value_something_else_is_asked_about(remarked, text):
    assert _queries(remarked(text, "remark")) == [("B4", text)]


@pytest.mark.parametrize("how", ["comment", " 1)", "*"])
@pytest.mark.parametrize("text", RESTRICTING[1:])
def test_comment_or_marked_note_is_asked_about_by_the_same_words(remarked, text, how):
    reading = remarked(text, how)

    assert reading.questions or _queries(reading) == [("B4", text)]


def test_what_a_marked_note_leaves_out_goes_as_the_remark_of_the_figure(remarked):
    reading = remarked("ohne Leverkusen", " 1)")

    assert (_queries(reading), [row.note for row in reading.rows]) == ([], ["ohne Leverkusen", ""])


@pytest.mark.parametrize("text", HARMLESS)
def test_remark_that_only_explains_is_not_asked_about(remarked, text):
    reading = remarked(text, "remark")

    assert (_queries(reading), [row.note for row in reading.rows]) == ([], [text, ""])


@pytest.mark.parametrize("how", ["remark", "comment", " 1)", "*"])
@pytest.mark.parametrize(("text", "quality"), [("geschätzt", "estimate"), ("vorläufig", "preliminary")])
def test_quality_is_that_of_the_figure_remarked_on(remarked, text, quality, how):
    assert [row.quality for row in remarked(text, how).rows] == [quality, "final"]


def test_note_without_a_blank_behind_its_mark_holds_for_the_marked_cells(read, tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["EQ-Plätze 2016"],
        [],
        ["Kammer", "Anzahl"],
        ["IHK Köln", "40*"],
        ["IHK Aachen", 50],
        [],
        ["*geschätzt"],
    ):
        book.active.append(row)
    path = tmp_path / "meldung.xlsx"
    book.save(path)

    assert [row.quality for row in read(path).rows] == ["estimate", "final"]


@pytest.mark.parametrize("heading", ["Art", "Status", "Güte"])
def test_column_of_words_for_qualities_says_that_of_each_figure(read, tmp_path, heading):
    book = openpyxl.Workbook()
    for row in (
        ["EQ-Plätze 2016"],
        [],
        ["Kammer", heading, "Anzahl"],
        ["IHK Köln", "endgültig", 40],
        ["IHK Aachen", "vorläufig", 50],
    ):
        book.active.append(row)
    path = tmp_path / "meldung.xlsx"
    book.save(path)
    reading = read(path)

    assert ([row.quality for row in reading.rows], reading.questions) == (["final", "preliminary"], [])


@pytest.mark.parametrize(("month", "is_asked"), [(6, True), (12, False)])
def test_day_of_the_data_in_a_cell_of_dates_is_asked_about_before_the_end_of_the_year(
    read, tmp_path, month, is_asked
):
    book = openpyxl.Workbook()
    for row in (
        ["EQ-Plätze 2016"],
        [],
        ["Kammer", "Datum", "Anzahl"],
        ["IHK Köln", dt.datetime(2016, month, 1) + dt.timedelta(30), 40],  # noqa: DTZ001  cells have no zone
        ["IHK Aachen", dt.datetime(2017, 1, 12), 50],  # noqa: DTZ001
    ):
        book.active.append(row)
    path = tmp_path / "meldung.xlsx"
    book.save(path)

    assert bool(read(path).questions) is is_asked
