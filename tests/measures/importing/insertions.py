"""A clean table, and the same with something put into it at any place where a text can stand."""

from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.comments import Comment

CHAMBERS = {"IHK Aachen": "IHK-101", "IHK Köln": "IHK-142", "IHK Trier": "IHK-141", "IHK Ulm": "IHK-155"}
NUMBERS = (120, 240, 75, 88)


@dataclass
class Page:
    """Rows of a sheet; what is written beside them. ``heading``: the row of the headings, from zero."""

    rows: list[list[Any]]
    heading: int
    values: list[int]
    """Columns of values."""
    name: str = "Meldung"
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    footer: str = ""

    @property
    def data(self):
        return range(self.heading + 1, self.heading + 1 + len(CHAMBERS))

    def save(self, path):
        book = openpyxl.Workbook()
        page = book.active
        page.title = self.name
        for row, line in enumerate(self.rows, 1):
            for column, value in enumerate(line, 1):
                if value != "":
                    page.cell(row, column, value)
        for (row, column), code in self.formats.items():
            page.cell(row + 1, column + 1).number_format = code
        for (row, column), text in self.comments.items():
            page.cell(row + 1, column + 1).comment = Comment(text, "Meier")
        page.oddFooter.left.text = self.footer
        book.save(path)
        return path


def one_value():
    """A chamber in each row, one column of values; the title says what they are."""
    rows = [[name, number] for name, number in zip(CHAMBERS, NUMBERS, strict=True)]
    return Page([["Plätze EQ 2016"], [], ["Kammer", "Plätze"], *rows], 2, [1])


def years():
    """Years side by side."""
    rows = [[name, number, number + 1] for name, number in zip(CHAMBERS, NUMBERS, strict=True)]
    return Page([["Plätze EQ"], [], ["Kammer", 2015, 2016], *rows], 2, [1, 2])


def indicators():
    """Indicators side by side."""
    rows = [[name, number, number + 1000] for name, number in zip(CHAMBERS, NUMBERS, strict=True)]
    return Page([["Meldung 2016"], [], ["Kammer", "Plätze EQ", "Beratene Betriebe"], *rows], 2, [1, 2])


def groups():
    """All, and the women among them."""
    rows = [[name, number, number // 4] for name, number in zip(CHAMBERS, NUMBERS, strict=True)]
    return Page([["Plätze EQ 2016"], [], ["Kammer", "insgesamt", "darunter: Frauen"], *rows], 2, [1, 2])


LAYOUTS = (one_value, years, indicators, groups)


def _cells(page, rows=None, columns=None):
    """Addresses of values."""
    rows = page.data if rows is None else rows
    return {
        f"{openpyxl.utils.get_column_letter(column + 1)}{row + 1}"
        for row in rows
        for column in (page.values if columns is None else columns)
    }


def tab(page, phrase):
    page.name = phrase.translate(str.maketrans("/:*?[]\\", "-------"))[:30]
    return _cells(page)


def title(page, phrase):
    page.rows[0][0] = f"{page.rows[0][0]}, {phrase}"
    return _cells(page)


def title_first(page, phrase):
    page.rows[0][0] = f"{phrase}: {page.rows[0][0]}"
    return _cells(page)


def subtitle(page, phrase):
    page.rows[1] = [phrase]
    return _cells(page)


def key_above(page, phrase):
    page.rows[1] = ["Hinweis:", phrase]
    return _cells(page)


def beside_title(page, phrase):
    page.rows[0] = [page.rows[0][0], "", phrase]
    return _cells(page)


def unit(page, phrase):
    """A row of units below the headings, above the first column of values."""
    page.rows.insert(page.heading + 1, ["", phrase, *["Anzahl"] * (len(page.values) - 1)])
    page.heading += 1
    return _cells(page, columns=page.values[:1])


def heading(page, phrase):
    line = page.rows[page.heading]
    line[1] = f"{line[1]} {phrase}"
    return _cells(page, columns=page.values[:1])


def over_heading(page, phrase):
    page.rows[1] = ["", phrase, *["alle"] * (len(page.values) - 1)]
    return _cells(page, columns=page.values[:1])


def heading_of_labels(page, phrase):
    page.rows[page.heading][0] += f", {phrase}"
    return _cells(page)


def section_on_top(page, phrase):
    page.rows.insert(page.heading + 1, [phrase])
    page.heading += 1
    return _cells(page)


def section_between(page, phrase):
    page.rows.insert(page.heading + 3, [phrase])
    return _cells(page, rows=[page.heading + 4, page.heading + 5])


def label(page, phrase):
    page.rows[page.heading + 2][0] += f" {phrase}"
    return _cells(page, rows=[page.heading + 2])


def column_of_words(page, phrase):
    for row in page.data:
        page.rows[row].insert(1, phrase)
    page.rows[page.heading].insert(1, "Art")
    page.values = [column + 1 for column in page.values]
    return _cells(page)


def column_without_heading(page, phrase):
    page.rows[page.heading + 2].append(phrase)
    return _cells(page, rows=[page.heading + 2])


def note(page, phrase):
    page.rows += [[], [phrase]]
    return _cells(page)


def note_without_gap(page, phrase):
    page.rows += [[f"Hinweis: {phrase}"]]
    return _cells(page)


def note_of_a_heading(page, phrase):
    page.rows[page.heading][1] = f"{page.rows[page.heading][1]} 1)"
    page.rows += [[], [f"1) {phrase}"]]
    return _cells(page, columns=page.values[:1])


def note_of_a_label(page, phrase):
    page.rows[page.heading + 2][0] += " 1)"
    page.rows += [[], [f"1) {phrase}"]]
    return _cells(page, rows=[page.heading + 2])


def number_format(page, phrase):
    place = (page.heading + 2, page.values[0])
    page.formats[place] = f'0" {phrase}"'
    return _cells(page, rows=place[:1], columns=place[1:])


def comment(page, phrase):
    page.comments[page.heading + 2, page.values[0]] = f"Meier:\n{phrase}"
    return _cells(page, rows=[page.heading + 2], columns=page.values[:1])


def comment_on_a_heading(page, phrase):
    page.comments[page.heading, page.values[0]] = phrase
    return _cells(page, columns=page.values[:1])


def footer(page, phrase):
    """Below each printed page."""
    page.footer = phrase.replace("&", "&&")
    return _cells(page)


PLACES = (
    footer,
    comment,
    comment_on_a_heading,
    tab,
    title,
    title_first,
    subtitle,
    key_above,
    beside_title,
    unit,
    heading,
    over_heading,
    heading_of_labels,
    section_on_top,
    section_between,
    label,
    column_of_words,
    column_without_heading,
    note,
    note_without_gap,
    note_of_a_heading,
    note_of_a_label,
    number_format,
)
"""Each puts a phrase into a page and answers with the cells of the values it stands at."""

PHRASES = [
    *("nur Vollzeit", "ohne Umschüler", "davon Vollzeit", "darunter Teilzeit", "unter 25 Jahren"),
    *(
        "je Betrieb",
        "pro Betrieb",
        "Anteil",
        "Anteil in %",
        "Quote",
        "Veränderung",
        "Zuwachs",
        "Ziel",
        "Soll",
    ),
    *("Soll", "Plan", "Planwerte", "Abbrüche", "nicht besetzt", "in Tsd.", "Tausend", "%", "kumuliert"),
    *("für Zugewanderte", "1. Halbjahr 2016", "Januar bis Juni 2016", "Q1", "monatlich"),
    *("Vorjahr", "bis 30.06.2016"),
    *("Frauen", "Geflüchtete", "Praktikumsplätze", "Bayern", "HWK Köln", "Mechatroniker"),
]
