"""Words around a table: which are names, which narrow the figures, which say nothing, which nobody knows."""

import cProfile
import pstats
from time import process_time

import pytest

from measures.importing.columns.around.own_words import OwnWords
from measures.importing.text import wording
from measures.importing.text.names import NameIndex
from measures.importing.text.terms.titles import spans_stating


@pytest.fixture
def kinds(vocabulary):
    """``kinds(text)`` returns what the words of a text are, those that say nothing left out."""
    names = NameIndex(vocabulary)

    def _kinds(text):
        return [
            (part.kind, part.text) for part in wording.parts_of(text, names) if part.kind != wording.SILENT
        ]

    return _kinds


@pytest.mark.parametrize(
    "text",
    [
        "Meldung der Kammern",
        "Allianz für Aus- und Weiterbildung 2015–2018",
        "Auswertung Allianz für Aus- und Weiterbildung",
        "Jahresmeldung zur Berufsbildungsstatistik",
        "Tabelle 2.1",
        "Sheet1",
        "Ansprechpartner: Frau Müller, Tel. 0221 1640-123",
        "meldung@ihk.example",
        "Bitte füllen Sie nur die weißen Felder aus.",
        "© Statistik der Bundesagentur für Arbeit",
        "79 IHKs",
        "Seite 1 von 3",
    ],
)
def test_words_of_forms_and_senders_say_nothing(kinds, text):
    assert [
        part for part in kinds(text) if part[0] in (wording.NARROWING, wording.UNKNOWN, wording.PERIOD)
    ] == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("nur Vollzeit", [("narrowing", "nur"), ("unknown", "Vollzeit")]),
        ("Zielwerte", [("narrowing", "Zielwerte")]),
        (
            "Veränderung gegenüber Vorjahr",
            [("narrowing", "Veränderung"), ("narrowing", "gegenüber"), ("narrowing", "Vorjahr")],
        ),
        ("Abbrüche", [("narrowing", "Abbrüche")]),
        ("Anteil in %", [("narrowing", "Anteil"), ("narrowing", "%")]),
        ("vorläufig", [("status", "vorläufig")]),
        ("Angaben in Tsd.", [("factor", "Angaben in Tsd.")]),
        ("EQ-Plätze für Geflüchtete", [("indicator", "EQ-Plätze"), ("target_group", "Geflüchtete")]),
        ("Eintritte der IHK Köln", [("unknown", "Eintritte"), ("organisation", "IHK Köln")]),
    ],
)
def test_each_word_has_its_place(kinds, text, parts):
    assert kinds(text) == parts


def test_every_word_of_a_text_is_part_of_the_answer(vocabulary):
    names = NameIndex(vocabulary)
    text = (
        "Plätze EQ der IHK Köln für Geflüchtete im 1. Halbjahr 2016 (vorläufig, Blatt 3), ohne Zweigstellen"
    )

    words = {word for part in wording.parts_of(text, names) for word in part.text.split()}

    assert set(text.replace("(", "").replace(")", "").replace(",", "").split()) <= {
        word.strip("(),") for word in words
    }


def test_heading_of_thousands_of_words_is_asked_about_in_time(read, sheet):
    letters = "abcdefghiklmnoprstuvwz"
    words = " ".join(f"Ziel{one}ort{two}mal{three}" for one in letters for two in letters for three in "abcd")

    start = process_time()
    reading = read(sheet(["Kammer", f"EQ-Plätze 2016 {words}"], ["IHK Köln", 12], ["IHK Aachen", 7]))

    assert reading.status == "needs_answers"
    assert process_time() - start < 3


def test_restriction_behind_hundreds_of_words_is_none_that_says_nothing(kinds):
    assert kinds("Meldung der Kammern " * 300 + "nur Großbetriebe")[-1][0] == wording.NARROWING


def test_words_of_a_long_text_are_compared_with_the_catalogue_once(vocabulary):
    term = next(term for term in vocabulary.indicators if term.code == "training_placements")
    own = OwnWords([term], ())
    parts = [wording.Part(wording.UNKNOWN, f"wort{number}", number, number + 1) for number in range(300)]
    profile = cProfile.Profile()

    profile.runcall(lambda: [own.is_repeated(part, parts) for part in parts])

    compared = [calls for (_, _, name), (calls, *_) in pstats.Stats(profile).stats.items() if name == "_key"]
    assert compared == [pytest.approx(len(parts), abs=100)]


def test_pieces_of_a_title_of_many_clauses_grow_with_it_alone(vocabulary):
    names = NameIndex(vocabulary)
    profile = cProfile.Profile()

    profile.runcall(spans_stating, ", ".join(["Kammer"] * 40), ["training_placements"], names)

    calls = {name: calls for (_, _, name), (calls, *_) in pstats.Stats(profile).stats.items()}
    assert calls["indicator_stated"] < 40 * 10
