"""What a number's format puts around it is read as a person sees it."""

import pytest
import xlsxwriter
from odf import number, opendocument, style, table, text

from measures.importing import IndicatorTerm
from measures.importing.formats.number_formats import (
    InMillions,
    InThousands,
    Percent,
    ThreeDecimals,
    type_of_format,
)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('0" Tsd."', "1 Tsd."),
        ('#,##0" Mio."', "1 Mio."),
        ('0\\ "T€"', "1 T€"),
        ('0" Plätze";-0" Plätze"', "1 Plätze"),
        ('"ca. "0', "ca. 1"),
        ("0\\k", "1k"),
        ('0"%"', "1%"),
        ('[>=1000]0.0," Mio.";0', "1 Mio."),
    ],
)
def test_text_in_a_format_is_part_of_what_is_shown(code, shown):
    assert str(type_of_format(code)(1)) == shown


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0",
        "#,##0;-#,##0",
        "[<0]-0;0",
        '#,##0;[Red]-#,##0;"–"',
        '_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-',
        '0",-"',
        "dd.mm.yyyy",
        '"Stand "dd.mm.yyyy',
        "@",
        "#\\ ##0",
    ],
)
def test_format_that_shows_the_number_as_it_is_does_not_matter(code):
    assert type_of_format(code) is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0.0%", Percent),
        ("#,##0,", InThousands),
        ('0.0,"k"', InThousands),
        ('0,," Mio."', InMillions),
        ("0.000", ThreeDecimals),
    ],
)
def test_format_that_scales_a_number_and_says_so_shows_the_stored_number(code, kind):
    assert type_of_format(code) is kind


@pytest.fixture
def formatted(read, tmp_path):
    """Read one figure that is shown in a number format."""

    def _formatted(code, value, heading="EQ-Plätze 2016", **changes):
        path = tmp_path / "meldung.xlsx"
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet("Meldung")
            page.write_row(0, 0, ["Kammer", heading])
            for row, chamber in enumerate(("IHK Köln", "IHK Aachen"), 1):
                page.write(row, 0, chamber)
                page.write(row, 1, value, book.add_format({"num_format": code}))
        reading = read(path, **changes)
        row = reading.rows[0]
        return row, [(each.code, each.cell, each.found) for each in reading.problems]

    return _formatted


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('0" Tsd."', "2 Tsd."),
        ('#,##0" Mio."', "2 Mio."),
        ('0"k"', "2k"),
        ('0"000"', "2000"),
        ('"-"0', "-2"),
        ('"in 100: "0', "in 100: 2"),
    ],
)
def test_format_that_shows_another_number_holds_the_column_and_says_so_once(formatted, code, shown):
    row, problems = formatted(code, 2)

    assert row.held
    assert problems == [("unit_in_format", "B2", shown)]


@pytest.mark.parametrize("code", ['0" Plätze"', '0" EQ-Plätze"', '"Anzahl: "0'])
def test_format_that_names_what_is_counted_says_nothing_else(formatted, code):
    row, problems = formatted(code, 240)

    assert (row.value, row.held, problems) == (240, False, [])


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('#,##0.00\\ "€"', "240 €"),
        ("#,##0\\ [$€-407]", "240 €"),
        ('_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "240 €"),
        ("[$CHF]\\ #,##0", "CHF 240"),
        ('0" Betriebe"', "240 Betriebe"),
        ('0" Personen"', "240 Personen"),
    ],
)
def test_format_that_shows_money_or_another_unit_is_asked_about(formatted, code, shown):
    """As text in the cell, ``240 €`` is no number of places either: the column may be one of amounts."""
    row, problems = formatted(code, 240)

    assert (row.value, row.held) == (240, False)
    assert problems == [("text_in_format", cell, shown) for cell in ("B2", "B3")]


def test_money_in_a_format_says_nothing_else_of_an_indicator_of_money(formatted):
    expenditure = IndicatorTerm("expenditure", ("Ausgaben",), "EUR", decimals=2)

    row, problems = formatted("#,##0.00\\ [$€-407]", 240, heading="Ausgaben 2016", indicators=(expenditure,))

    assert (row.value, row.held, problems) == (240, False, [])


def test_other_words_in_a_format_are_asked_about_with_every_value(formatted):
    row, problems = formatted('0" mit Vertrag"', 240)

    assert (row.value, row.held) == (240, False)
    assert problems == [("text_in_format", cell, "240 mit Vertrag") for cell in ("B2", "B3")]


def test_sign_in_a_format_says_what_it_says_in_a_cell(formatted):
    row, problems = formatted('0" p"', 240)

    assert (row.value, row.quality, problems) == (240, "preliminary", [])


def test_percent_sign_in_quotes_makes_a_percentage_of_the_number_as_it_is(formatted):
    quota = IndicatorTerm("quota", ("Ausbildungsquote",), "percent", decimals=1)

    row, problems = formatted('0.0"%"', 0.5, heading="Ausbildungsquote 2016", indicators=(quota,))

    assert (str(row.value), row.held, problems) == ("0.5", False, [])


def test_percent_sign_in_quotes_is_none_of_a_number_that_counts(formatted):
    row, problems = formatted('0"%"', 12)

    assert row.held
    assert problems == [("percent_not_count", "B2", "12%"), ("percent_not_count", "B3", "12%")]


def test_unit_in_a_format_that_the_heading_names_too_is_clear(formatted):
    row, problems = formatted('0" Tsd."', 2, heading="EQ-Plätze 2016 in Tsd.")

    assert (row.value, row.held) == (2000, False)
    assert "unit_in_format" not in {code for code, _, _ in problems}


def test_unit_in_the_format_of_an_ods_holds_the_column(read, tmp_path):
    document = opendocument.OpenDocumentSpreadsheet()
    shown = number.NumberStyle(name="N1")
    shown.addElement(number.Number(minintegerdigits="1"))
    shown.addElement(number.Text(text=" Tsd."))
    document.automaticstyles.addElement(shown)
    document.automaticstyles.addElement(style.Style(name="ce1", family="table-cell", datastylename="N1"))
    page = table.Table(name="Meldung")
    for chamber, value in (("Kammer", "EQ-Plätze 2016"), ("IHK Köln", 2), ("IHK Aachen", 3)):
        line = table.TableRow()
        label = table.TableCell(valuetype="string")
        label.addElement(text.P(text=chamber))
        line.addElement(label)
        if isinstance(value, int):
            cell = table.TableCell(valuetype="float", value=value, stylename="ce1")
            cell.addElement(text.P(text=f"{value} Tsd."))
        else:
            cell = table.TableCell(valuetype="string")
            cell.addElement(text.P(text=value))
        line.addElement(cell)
        page.addElement(line)
    document.spreadsheet.addElement(page)
    document.save(str(tmp_path / "meldung.ods"))

    reading = read(tmp_path / "meldung.ods")

    assert [row.held for row in reading.rows] == [True, True]
    assert [(each.code, each.found) for each in reading.problems] == [("unit_in_format", "2 Tsd.")]


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ('#,##0;-#,##0;"k. A."', 0, "k. A."),
        ('[=0]"k. A.";0', 0, "k. A."),
        ('"k. A."', 7, "k. A."),
        ('[<5]"<5";0', 3, "<5"),
        ('[>=3]0;"–"', 2, "–"),
        (";;;", 5, ""),
        ('0" Plätze";-0" Plätze";"k. A."', 0, "k. A."),
        ('[=0]"k. A.";0" Plätze"', 0, "k. A."),
        ('0%;-0%;"k. A."', 0, "k. A."),
    ],
)
def test_number_whose_format_shows_words_instead_is_held(read, tmp_path, code, value, shown):
    reading = read(_formatted(tmp_path, code, value))

    assert [row.value for row in reading.rows if not row.held] == [12]
    assert [(problem.code, problem.cell, problem.found) for problem in reading.problems] == [
        ("words_in_format", "B2", shown)
    ]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ('#,##0;-#,##0;"k. A."', 7),
        ('[<5]"<5";0', 8),
        ('[>=3]0;"–"', 3),
        ('#,##0;[Red]-#,##0;"–"', 0),
        ("0;-0;;@", 0),
        ("0;;", 4),
        ('[=0]"k. A.";0', 3),
    ],
)
def test_number_that_such_a_format_shows_is_read(read, tmp_path, code, value):
    reading = read(_formatted(tmp_path, code, value))

    assert [row.value for row in reading.rows if not row.held] == [value, 12]
    assert reading.problems == []


def test_text_beside_other_numbers_of_a_format_with_words_is_read(read, tmp_path):
    reading = read(_formatted(tmp_path, '[=0]"k. A.";0" Tsd."', 2))

    assert [(problem.code, problem.found) for problem in reading.problems] == [("unit_in_format", "2 Tsd.")]


WORDS_FOR_ZERO = [("value()>0", "{}"), ("value()<0", "-{}"), ("", "k. A.")]
WORDS_FOR_FEW = [("value()<5", "<5"), ("", "{}")]
WORDS_AND_UNIT = [("value()!=0", "{} Tsd."), ("", "k. A.")]


@pytest.mark.parametrize(
    ("sections", "value", "problem"),
    [
        (WORDS_FOR_ZERO, 7, None),
        (WORDS_FOR_ZERO, 0, ("words_in_format", "k. A.")),
        (WORDS_FOR_FEW, 5, None),
        (WORDS_FOR_FEW, 3, ("words_in_format", "<5")),
        (WORDS_AND_UNIT, 0, ("words_in_format", "k. A.")),
        (WORDS_AND_UNIT, 2, ("unit_in_format", "2 Tsd.")),
        ([("value()>=0", "{}"), ("", "-{}")], 7, None),
        ([("value()>0", "{}"), ("", "–")], 0, None),
        ([("", "k. A.")], 7, ("words_in_format", "k. A.")),
    ],
)
def test_opendocument_number_is_read_as_its_format_shows_it(read, tmp_path, sections, value, problem):
    reading = read(_opendocument(tmp_path, sections, value))

    found = [(each.code, each.found) for each in reading.problems]
    assert found == ([problem] if problem else [])
    assert [int(row.value) for row in reading.rows if not row.held] == ([12] if problem else [value, 12])


def _opendocument(folder, sections, value):
    """A sheet whose first figure has a format of these sections: a condition, and what is shown."""
    document = opendocument.OpenDocumentSpreadsheet()
    *conditional, (_, shown) = sections
    whole = _data_style("N1", shown)
    for place, (condition, text_shown) in enumerate(conditional):
        document.styles.addElement(_data_style(f"N1P{place}", text_shown))
        whole.addElement(style.Map(condition=condition, applystylename=f"N1P{place}"))
    document.automaticstyles.addElement(whole)
    document.automaticstyles.addElement(style.Style(name="ce1", family="table-cell", datastylename="N1"))
    page = table.Table(name="Meldung")
    for label, content, name in (
        ("Kammer", "EQ-Plätze 2016", ""),
        ("IHK Köln", value, "ce1"),
        ("IHK Aachen", 12, ""),
    ):
        line = table.TableRow()
        for cell_content in (label, content):
            kind = (
                {"valuetype": "string"}
                if isinstance(cell_content, str)
                else {"valuetype": "float", "value": cell_content}
            )
            cell = table.TableCell(**kind, **({"stylename": name} if name else {}))
            cell.addElement(text.P(text=str(cell_content)))
            line.addElement(cell)
        page.addElement(line)
    document.spreadsheet.addElement(page)
    document.save(str(folder / "meldung.ods"))
    return folder / "meldung.ods"


def _data_style(name, shown):
    made = number.NumberStyle(name=name)
    before, digits, after = shown.partition("{}")
    for part in (before, digits, after):
        if part:
            element = number.Number(minintegerdigits=1) if part == "{}" else number.Text(text=part)
            made.addElement(element)
    return made


def _formatted(folder, code, value):
    path = folder / "meldung.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write_row(0, 0, ["Kammer", "EQ-Plätze 2016"])
    page.write_row(1, 0, ["IHK Köln"])
    page.write_number(1, 1, value, book.add_format({"num_format": code}))
    page.write_row(2, 0, ["IHK Aachen", 12])
    book.close()
    return path
