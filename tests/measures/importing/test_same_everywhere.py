"""What is typed means the same in a page's cell, in any spreadsheet and in the portal's own workbook.

Where the places differ, it is by their policy alone: a page asks at once, a spreadsheet holds the row until a
person confirms, the own workbook takes the words that have one meaning without asking.
"""

import pytest
from django.utils import translation

from measures import absence_words
from measures.enums import Absence
from measures.exceptions import TypedValueError
from measures.forms.typed_entries import read_entry
from measures.importing.formats.workbook import Sheet
from measures.importing.reading import own_workbook
from measures.importing.rows.value_reader import ValueReader
from measures.importing.text.folding import tidy
from measures.importing.text.markers import Markers, legend_in, possible_meanings
from measures.importing.vocabulary import IndicatorTerm
from measures.typed_values import AmbiguousNumberError, Entry, absence_sign

ASKED = "asked"
"""The text has several meanings: the person is asked which."""
REFUSED = "refused"
"""No value, and the reason is given."""

_ASKING = {"absence_to_confirm", "sign_in_doubt"}
_TELLING = {"", "dash_read_as_zero"}


def on_a_page(text, language, decimals, **_):
    with translation.override(language):
        try:
            entry = read_entry(text, decimals=decimals)
        except AmbiguousNumberError:
            return ASKED
        except TypedValueError as error:
            return ASKED if any(word in str(error) for word in ("eindeutig", "can mean")) else REFUSED
    return entry.absence or _digits(entry.value)


def in_a_spreadsheet(text, language, decimals, *, negative=True):
    """The language of the page has no say in what a file means."""
    return _read(Markers({}, {}), "", text, decimals, negative=negative)


def in_the_own_workbook(text, language, decimals, *, negative=True):
    sheet = Sheet("Meldung", [["portal:value"], [text]])
    template = own_workbook.OwnSheet(sheet, 2, 0, {"value": 0}, [], language=language)
    notation = own_workbook._notation(template)
    return _read(own_workbook.AgreedMarkers({}), notation, text, decimals, negative=negative)


def _read(markers, notation, text, decimals, *, negative):
    reader = ValueReader.for_column(markers, [(text, decimals == 0)], notation, 1)
    read = reader.read(text, IndicatorTerm("places", ("Plätze",), decimals=decimals, negative=negative))
    if read.problem in _ASKING or read.ambiguous:
        return ASKED
    if read.problem not in _TELLING:
        return REFUSED
    quality = read.quality or ("uncertain" if read.uncertain else "half" if read.below_half_unit else "")
    return " ".join(filter(None, (read.absence or _digits(read.value), quality)))


def _digits(value):
    return f"{value.normalize():f}" if value else "0"


PLACES = {"page": on_a_page, "spreadsheet": in_a_spreadsheet, "own workbook": in_the_own_workbook}

# Numbers that mean the same in all places: as a whole-number indicator has them, and one with two decimals.
SAME = [
    ("7", "7", "7"),
    ("007", "7", "7"),
    ("92,0", "92", "92"),
    ("12,5", REFUSED, "12.5"),
    ("12.5", REFUSED, "12.5"),
    ("1.234,5", REFUSED, "1234.5"),
    ("1,234.5", REFUSED, "1234.5"),
    ("1.234.567", "1234567", "1234567"),
    ("1,234,567", "1234567", "1234567"),
    ("0.123", REFUSED, REFUSED),
    ("0,5", REFUSED, "0.5"),
    ("0.123.456", REFUSED, REFUSED),
    ("01.234", REFUSED, REFUSED),
    ("1'234", "1234", "1234"),
    ("1’234", "1234", "1234"),
    ("-5", "-5", "-5"),
    ("−5", "-5", "-5"),
    ("–5", "-5", "-5"),
    ("—5", "-5", "-5"),
    ("‐5", "-5", "-5"),
    ("‑5", "-5", "-5"),
    ("+5", "5", "5"),
    ("5-", ASKED, ASKED),
    ("5−", ASKED, ASKED),
    ("5+", REFUSED, REFUSED),
    ("-(5)", REFUSED, REFUSED),
    ("(5", REFUSED, REFUSED),
    ("--5", REFUSED, REFUSED),
    ("1.2.3", REFUSED, REFUSED),
    ("1e5", REFUSED, REFUSED),
    ("=1+1", REFUSED, REFUSED),
    ("3/4", REFUSED, REFUSED),
    ("12-13", REFUSED, REFUSED),
    ("٣", REFUSED, REFUSED),
    ("NaN", REFUSED, REFUSED),
    ("'5", "5", "5"),
    ("'-5", "-5", "-5"),
    ("1 234", "1234", "1234"),
    ("1\u00a0234", "1234", "1234"),
    ("1\u202f234,5", REFUSED, "1234.5"),
    ("1 2345", REFUSED, REFUSED),
    ("12 3", REFUSED, REFUSED),
    ("– 5", "-5", "-5"),
    ("5 -", ASKED, ASKED),
    (" 12 ", "12", "12"),
    ("12 %", REFUSED, REFUSED),
    ("-0", "0", "0"),
]

# Numbers about which the places have policies of their own.
BY_POLICY = [
    # text, decimals, page (German, English), spreadsheet, own workbook (German, English)
    ("1.234", (0,), "1234", "1234", "1234", "1234", REFUSED),
    ("1.234", (2,), ASKED, ASKED, ASKED, "1234", REFUSED),
    ("1,234", (0,), "1234", "1234", "1234", REFUSED, "1234"),
    ("1,234", (2,), ASKED, ASKED, ASKED, REFUSED, "1234"),
    ("7.300", (0,), "7300", "7300", "7300", "7300", REFUSED),
    ("7.300", (2,), ASKED, ASKED, ASKED, "7300", "7.3"),
    ("(5)", (0, 2), ASKED, ASKED, ASKED, "5 uncertain", "5 uncertain"),
    ("(-5)", (0, 2), ASKED, ASKED, "-5 uncertain", "-5 uncertain", "-5 uncertain"),
    ("120r", (0, 2), REFUSED, REFUSED, "120 revised", "120 revised", "120 revised"),
    ("120*", (0, 2), REFUSED, REFUSED, "120", "120", "120"),
    ("1204²", (0, 2), REFUSED, REFUSED, "1204", "1204", "1204"),
    ("ca. 500", (0, 2), REFUSED, REFUSED, "500 estimate", "500 estimate", "500 estimate"),
]

# Signs and words: text, page, spreadsheet, own workbook.
SIGNS_AND_WORDS = [
    ("-", ASKED, "0", ASKED),
    ("–", ASKED, "0", ASKED),
    ("—", ASKED, "0", ASKED),
    ("−", ASKED, "0", ASKED),
    ("‐", ASKED, "0", ASKED),
    ("‑", ASKED, "0", ASKED),
    ("--", ASKED, "0", ASKED),
    ("---", REFUSED, REFUSED, REFUSED),
    ("o", ASKED, "0 half", "0 half"),
    ("O", ASKED, "0 half", "0 half"),
    ("0", "0", "0", "0"),
    (".", ASKED, ASKED, ASKED),
    ("·", ASKED, ASKED, ASKED),
    ("●", ASKED, ASKED, ASKED),
    ("•", ASKED, ASKED, ASKED),
    ("m", ASKED, ASKED, ASKED),
    ("/", ASKED, "unknown uncertain", "unknown uncertain"),
    ("()", ASKED, "unknown uncertain", "unknown uncertain"),
    ("*", "confidential", "confidential", "confidential"),
    ("**", "confidential", "confidential", "confidential"),
    ("***", REFUSED, REFUSED, REFUSED),
    ("x", "not_applicable", "not_applicable", "not_applicable"),
    ("X", "not_applicable", "not_applicable", "not_applicable"),
    ("...", "pending", "pending", "pending"),
    ("…", "pending", "pending", "pending"),
    ("?", "unknown", ASKED, "unknown"),
    ("??", "unknown", ASKED, "unknown"),
    ("kA", "unknown", ASKED, "unknown"),
    ("k.A.", "unknown", ASKED, "unknown"),
    ("unbekannt", "unknown", ASKED, "unknown"),
    ("Unbekannt", "unknown", ASKED, "unknown"),
    ("unknown", "unknown", ASKED, "unknown"),
    ("geheim", "confidential", ASKED, "confidential"),
    ("gesperrt", ASKED, ASKED, ASKED),
    ("vertraulich", "confidential", ASKED, "confidential"),
    ("confidential", "confidential", ASKED, "confidential"),
    ("anonymisiert", "confidential", ASKED, "confidential"),
    ("entfällt", "not_applicable", ASKED, "not_applicable"),
    ("entf.", "not_applicable", ASKED, "not_applicable"),
    ("folgt", "pending", ASKED, "pending"),
    ("pending", "pending", ASKED, "pending"),
    ("n/a", ASKED, ASKED, ASKED),
    ("n.v.", ASKED, ASKED, ASKED),
    ("fehlt", ASKED, ASKED, ASKED),
    ("viele", REFUSED, REFUSED, REFUSED),
    ("s.o.", REFUSED, REFUSED, REFUSED),
    ("#NV", REFUSED, REFUSED, REFUSED),
    ("k. A.", "unknown", ASKED, "unknown"),
    ("K. A.", "unknown", ASKED, "unknown"),
    ("keine Angabe", "unknown", ASKED, "unknown"),
    ("Keine  Angaben", "unknown", ASKED, "unknown"),
    ("keineAngabe", "unknown", ASKED, "unknown"),
    ("nicht bekannt", "unknown", ASKED, "unknown"),
    ("nicht erfasst", "unknown", ASKED, "unknown"),
    ("nicht verfügbar", "unknown", ASKED, "unknown"),
    ("liegt nicht vor", "unknown", ASKED, "unknown"),
    ("trifft nicht zu", "not_applicable", ASKED, "not_applicable"),
    ("nicht zutreffend", "not_applicable", ASKED, "not_applicable"),
    ("not applicable", "not_applicable", ASKED, "not_applicable"),
    ("wird nachgereicht", "pending", ASKED, "pending"),
    ("liegt noch nicht vor", "pending", ASKED, "pending"),
    ("follows later", "pending", ASKED, "pending"),
    ("nicht gemeldet", ASKED, ASKED, ASKED),
    ("n. v.", ASKED, ASKED, ASKED),
    ("k. w.", ASKED, ASKED, ASKED),
    ("* ", "confidential", "confidential", "confidential"),
    ("( )", ASKED, "unknown uncertain", "unknown uncertain"),
    ("kW", REFUSED, REFUSED, REFUSED),
]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("text", "whole", "decimal"), SAME)
def test_number_means_the_same_in_every_place(text, whole, decimal, place, language):
    assert PLACES[place](text, language, 0) == whole
    assert PLACES[place](text, language, 2) == decimal


@pytest.mark.parametrize("line", BY_POLICY, ids=lambda line: line[0])
def test_places_differ_by_their_policy_alone(line):
    text, decimals, *meanings = line

    for places in decimals:
        assert meanings == [
            on_a_page(text, "de", places),
            on_a_page(text, "en", places),
            in_a_spreadsheet(text, "de", places),
            in_the_own_workbook(text, "de", places),
            in_the_own_workbook(text, "en", places),
        ]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("text", "page", "spreadsheet", "own"), SIGNS_AND_WORDS)
def test_sign_or_word_means_the_same_in_every_place(text, page, spreadsheet, own, language):
    for decimals in (0, 2):
        assert on_a_page(text, language, decimals) == page
        assert in_a_spreadsheet(text, language, decimals) == spreadsheet
        assert in_the_own_workbook(text, language, decimals) == own


def test_parentheses_are_uncertain_where_nothing_can_be_negative():
    assert in_a_spreadsheet("(5)", "de", 0, negative=False) == "5 uncertain"


def test_parentheses_are_uncertain_where_the_file_says_so():
    explained = Markers(legend_in(["(n) = Fallzahl zu klein"]), {})

    assert _read(explained, "", "(5)", 0, negative=True) == "5 uncertain"


def test_number_with_its_sign_behind_is_held_and_the_cell_named(read, sheet):
    reading = read(
        sheet(["Kammer", "Zusätzliche Ausbildungsplätze 2016"], ["IHK Köln", "5-"], ["IHK Aachen", 1])
    )

    assert [(row.value, row.held) for row in reading.rows] == [(None, True), (1, False)]
    assert [(problem.cell, problem.severity, problem.code) for problem in reading.problems] == [
        ("B2", "error", "sign_in_doubt")
    ]


def test_absences_are_those_of_the_database():
    assert list(absence_words.ABSENCES) == Absence.values
    assert set(absence_words.WORDS) == set(Absence.values)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("absence", Absence.values)
def test_what_the_portal_writes_is_read_back_everywhere(absence, language):
    sign = absence_words.WRITTEN[language][absence]

    assert on_a_page(sign, language, 0) == in_the_own_workbook(sign, language, 0) == absence
    with translation.override(language):
        assert absence_sign(absence) == sign
        assert read_entry(Entry(absence=absence).text) == Entry(absence=absence)


def test_no_word_stands_in_two_lists():
    words = [word for words in absence_words.WORDS.values() for word in words]
    every = [*words, *absence_words.AMBIGUOUS, *(s for signs in absence_words.SIGNS.values() for s in signs)]

    assert len(every) == len(set(every))
    assert all(len(possible_meanings(tidy(word))) == 1 for word in words)
    assert all(len(possible_meanings(tidy(word))) > 1 for word in absence_words.AMBIGUOUS)
