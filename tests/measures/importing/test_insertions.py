"""Whatever is put into a clean table, its figures stay right, are held, or are asked about."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from measures.importing.text import lexicon
from measures.importing.text.folding import PARTICIPLES
from measures.importing.text.markers import possible_meanings
from tests.measures.importing import insertions
from tests.measures.importing.insertions import LAYOUTS, PHRASES, PLACES
from tests.properties import share

HARMLESS = {
    # The rows name their own chambers: whoever else is named sent or collected them.
    "HWK Köln",
    "Bayern",
    # What stands beside a year of its own says nothing more.
    "Vorjahr",
}
OWN_WORDS = {"groups": {"Frauen"}}
"""What a layout says itself says nothing when it is stated once more."""

ASKED_ABOUT_COLUMN = (insertions.column_of_words, insertions.column_without_heading)
"""Words nobody knows there are asked about as a column, while its neighbours are read."""


@pytest.fixture
def figures(read, tmp_path):
    """``figures(page)``: what is read of a page without doubt, by cell, and the reading."""

    def _figures(page):
        reading = read(page.save(tmp_path / "meldung.xlsx"))
        doubtful = {problem.cell for problem in reading.problems if problem.severity in ("error", "query")}
        certain = {row.cell: row for row in reading.rows if not row.held and row.cell not in doubtful}
        return certain, reading

    return _figures


@pytest.fixture
def clean(figures):
    """``clean(layout)``: the keys and values of the layout with nothing put into it."""
    known = {}

    def _clean(layout):
        if layout not in known:
            known[layout] = {key(row) for row in figures(layout())[0].values()}
        return known[layout]

    return _clean


def key(row):
    return (
        row.indicator,
        row.year,
        row.organisation,
        row.region,
        row.occupation,
        row.target_group,
        row.value,
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_clean_tables_are_read_as_they_stand(figures, layout):
    certain, reading = figures(layout())

    assert (reading.status, reading.questions, reading.problems) == ("ready", [], [])
    assert len(certain) == len(insertions.CHAMBERS) * len(layout().values)


def phrases_for(layout):
    """Without those that say of a layout what it says itself."""
    own = OWN_WORDS.get(layout.__name__, set())
    return st.sampled_from([phrase for phrase in PHRASES if phrase not in HARMLESS | own])


UNKNOWN = ("für Zugewanderte", "Mechatroniker")
READ_FOR_KNOWN_WORDS = (
    insertions.heading_of_labels,
    insertions.comment,
    insertions.comment_on_a_heading,
    insertions.footer,
)
"""Over labels, words nobody knows name what the labels are; of comments it is reported that some exist.

Below printed pages stand names and addresses.
"""


ROWS_OF_THEIR_OWN = {"other", "sonstige", "uebrige"}
narrowing = sorted(
    word for word in lexicon.words("narrowing") - ROWS_OF_THEIR_OWN if not possible_meanings(word)
)
"""Without what stands in place of a number, or for the rest as a row: alone in a cell it is that."""


LEADING_ON = {
    *((insertions.groups, insertions.heading, word) for word in PARTICIPLES),
    (insertions.years, insertions.heading, "vorjahr"),
}
"""``insgesamt davon | darunter: Frauen`` and ``2015 Vorjahr | 2016`` say what the columns are."""


@st.composite
def insertions_of_phrases(draw):
    """A layout, a place and a phrase, but for phrases whose words nobody knows where those ask nothing."""
    layout, place = draw(st.sampled_from(LAYOUTS)), draw(st.sampled_from(PLACES))
    phrase = draw(phrases_for(layout))
    assume(place not in READ_FOR_KNOWN_WORDS or phrase not in UNKNOWN)
    return layout, place, phrase


@share(2)
@given(insertion=insertions_of_phrases())
def test_phrase_that_restricts_is_dropped_at_no_place(figures, clean, insertion):
    """It is taken into the figures' key, kept as their remark, held or asked about."""
    layout, place, phrase = insertion
    expected = clean(layout)
    page = layout()
    affected = place(page, phrase)

    certain, reading = figures(page)

    if reading.questions and place in ASKED_ABOUT_COLUMN:
        return
    unchanged = {cell for cell, row in certain.items() if key(row) in expected and phrase not in row.note}
    assert not unchanged & affected
    assert all(key(certain[cell]) in expected for cell in certain.keys() - affected)


@share(2)
@given(
    layout=st.sampled_from(LAYOUTS),
    place=st.sampled_from(
        [
            insertions.title,
            insertions.subtitle,
            insertions.heading,
            insertions.note,
            insertions.section_on_top,
        ]
    ),
    word=st.sampled_from(narrowing),
)
def test_no_narrowing_word_is_dropped(figures, clean, layout, place, word):
    assume((layout, place, word) not in LEADING_ON)
    expected = clean(layout)
    page = layout()
    affected = place(page, word)

    certain, _ = figures(page)

    assert not {cell for cell in affected & certain.keys() if key(certain[cell]) in expected}


HELPERS = [
    ("Veränderung in %", [3.5, -2.0, 1.0, 0.5]),
    ("Anteil", [0.2, 0.3, 0.4, 0.1]),
    ("Summe", [1, 2, 3, 4]),
    ("Plan 2016", [100, 200, 70, 80]),
    ("Soll", [100, 200, 70, 80]),
    ("Rang", [2, 1, 4, 3]),
    ("lfd. Nr.", [1, 2, 3, 4]),
    ("Kammer-Nr.", [101, 142, 141, 155]),
    ("", [1, 2, 3, 4]),
    ("", ["", "geschätzt", "", ""]),
    ("Bemerkung", ["", "nur Vollzeit", "", ""]),
    ("Stand", ["31.01.2017", "31.01.2017", "30.06.2016", ""]),
    ("Ansprechpartner", ["Meier", "Schmidt", "Weber", "Koch"]),
    ("Q1", [20, 60, 15, 22]),
    ("1. Halbjahr", [60, 120, 30, 44]),
    ("Abbrüche", [6, 12, 3, 4]),
    ("Bewerber", [300, 400, 100, 120]),
    ("#REF!", ["#REF!", "#REF!", "", ""]),
]

STRANGE_ROWS = [
    ["Summe", 523],
    ["Insgesamt", 9],
    ["Zwischensumme NRW", 360],
    ["davon Vollzeit", 30],
    ["darunter: IHK Köln", 240],
    ["Plan", 500],
    ["Soll 2016", 500],
    ["Vorjahr", 480],
    ["IHK Köln (nur Vollzeit)", 77],
    ["IHK Kölln", 77],
    ["IHK Bonn/Rhein-Sieg ohne Bonn", 5],
    ["Mittelwert", 130.75],
    ["Median", 104],
    ["Anteil in %", 50],
    ["Abweichung", 3],
    ["Sonstige", 5],
    ["nicht zugeordnet", 5],
    ["Kammer", "Plätze"],
    ["geprüft", "Meier"],
    [1, 2],
    ["IHK Köln", "240"],
    ["IHK Köln", 241],
    ["", 99],
    ["-----", ""],
    ["Bayern", 7],
    ["Praktikumsplätze", 7],
    ["1. Halbjahr", 7],
    ["2014", 7],
]


@share(2)
@given(layout=st.sampled_from(LAYOUTS), helper=st.sampled_from(HELPERS), place=st.integers(0, 3))
def test_no_helper_column_changes_a_figure(figures, clean, layout, helper, place):
    """Figures are read as before, held or asked about; those of the helper column add nothing alike."""
    expected = clean(layout)
    page = layout()
    heading, contents = helper
    column = min(place, len(page.rows[page.heading]))
    page.rows[page.heading].insert(column, heading)
    for row, content in zip(page.data, contents, strict=True):
        page.rows[row].insert(column, content)

    certain, _ = figures(page)

    assert {key(row) for cell, row in certain.items()} <= expected


@share(2)
@given(
    layout=st.sampled_from(LAYOUTS),
    row=st.sampled_from(STRANGE_ROWS),
    place=st.integers(1, 6),
)
def test_no_strange_row_changes_a_figure(figures, clean, layout, row, place):
    """A sum, an average, a name nobody knows: none becomes a figure of one of the chambers."""
    expected = clean(layout)
    page = layout()
    cells = [*row[:1], *row[1:] * len(page.values)]
    page.rows[page.heading + place : page.heading + place] = (
        [[], cells] if place > len(insertions.CHAMBERS) + 1 else [cells]
    )

    certain, _ = figures(page)

    assert {key(row) for row in certain.values()} <= expected


def test_place_in_a_heading_that_is_not_that_of_the_rows_holds_the_figures(figures):
    page = insertions.years()
    affected = insertions.heading(page, "Bayern")

    certain, _ = figures(page)

    assert affected.isdisjoint(certain)
    assert len(certain) == len(insertions.CHAMBERS)
