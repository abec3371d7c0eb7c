"""Pointing at a row: what it says of the tables, in this file and in the next one of the same form."""

import pytest

from measures.importing import Answers, AreaAnswer, SheetAnswers
from measures.importing.corrections.places import moved, places
from measures.importing.corrections.pointing import pointed

FORM = (
    ["EQ-Plätze"],
    ["Jahr: 2016"],
    ["Kammer", "EQ-Plätze 2016"],
    ["IHK Köln", 5],
    ["IHK Aachen", 7],
    ["IHK Bonn/Rhein-Sieg", 12],
)


def view_of(reading):
    (view,) = reading.sheets
    return {
        "fingerprint": view.fingerprint,
        "row_count": view.row_count,
        "rows": [{"number": row.number, "kind": row.kind, "cells": row.cells} for row in view.rows],
        "areas": [
            {name: getattr(area, name) for name in type(area).__dataclass_fields__} for area in view.areas
        ],
    }


def kinds(reading):
    return [row.kind for row in reading.sheets[0].rows]


def cells(reading):
    return [row.cell for row in reading.rows if not row.held]


@pytest.fixture
def point(read, sheet):
    """``point(rows, (row, word), ...)`` reads a sheet, points at rows in turn, and reads again."""

    def _point(rows, *stated):
        path, answers = sheet(*rows), SheetAnswers()
        for row, word in stated:
            reading = read(path, answers=_for(read(path), answers))
            answers = pointed(view_of(reading), answers, row, word)
        return read(path, answers=_for(read(path), answers)), answers

    return _point


def _for(reading, answers):
    return Answers(sheets={reading.sheets[0].fingerprint: answers})


@pytest.mark.parametrize(
    ("row", "word", "expected"),
    [
        (5, "ignored", ["B4", "B6"]),
        (5, "note", ["B4", "B6"]),
        (5, "total", ["B4", "B6"]),
        (5, "data_first", ["B5", "B6"]),
        (5, "data_last", ["B4", "B5"]),
        (3, "ignored", ["B4", "B5", "B6"]),
        (2, "header", ["B4", "B5", "B6"]),
    ],
)
def test_row_is_read_as_it_was_pointed_at(point, row, word, expected):
    reading, _said = point(FORM, (row, word))

    assert cells(reading) == expected


def test_heading_in_the_middle_begins_another_table(point):
    rows = (*FORM[:5], ["Kammer", "Ausbildungsplätze"], ["IHK Köln", 9])

    reading, stated = point(rows, (6, "header"))

    assert [(area.header_first, area.data_first, area.data_last) for area in stated.tables] == [
        (3, 4, 0),
        (6, 7, 0),
    ]
    assert [area.header_first for area in reading.sheets[0].areas] == [3, 6]


def test_title_is_taken_out_of_the_headings_and_put_back(point):
    _reading, stated = point(FORM, (2, "header"), (2, "title"))

    assert [(area.header_first, area.header_last) for area in stated.tables] == [(3, 3)]


def test_later_word_on_a_row_replaces_the_earlier(point):
    reading, stated = point(FORM, (5, "ignored"), (5, "data"))

    assert (stated.rows, cells(reading)) == ({5: "data"}, ["B4", "B5", "B6"])


def test_end_nobody_spoke_of_stays_open_for_next_years_longer_file(read, sheet, point):
    _reading, stated = point(FORM, (2, "header"))
    longer = (*FORM, ["IHK Dortmund", 3])

    reading = read(sheet(*longer), answers=_for(read(sheet(*longer)), stated))

    assert cells(reading) == ["B4", "B5", "B6", "B7"]


def test_row_is_found_again_where_it_stands_in_the_next_file(read, sheet, point):
    _reading, stated = point(FORM, (5, "ignored"))
    moved = (*FORM[:4], ["IHK Dortmund", 3], *FORM[4:])

    reading = read(sheet(*moved), answers=_for(read(sheet(*moved)), stated))

    assert cells(reading) == ["B4", "B5", "B7"]


def test_row_that_is_not_in_the_next_file_is_not_spoken_of(read, sheet, point):
    _reading, stated = point(FORM, (5, "ignored"))
    without = (*FORM[:4], ["IHK Dortmund", 3], FORM[5])

    reading = read(sheet(*without), answers=_for(read(sheet(*without)), stated))

    assert cells(reading) == ["B4", "B5", "B6"]


def test_stated_end_is_found_again_in_a_longer_file(read, sheet, point):
    _reading, stated = point(FORM, (5, "data_last"))
    moved = (*FORM[:4], ["IHK Dortmund", 3], *FORM[4:])

    reading = read(sheet(*moved), answers=_for(read(sheet(*moved)), stated))

    assert cells(reading) == ["B4", "B5", "B6"]


SUMS = (
    ["Kammer", "EQ-Plätze 2016"],
    ["Industrie und Handel"],
    ["IHK Köln", 5],
    ["Summe", 5],
    ["Handwerk"],
    ["HWK zu Köln", 7],
    ["Summe", 7],
)


@pytest.mark.parametrize(
    ("named", "shown", "found"),
    [
        ({5: "summe"}, {9: "summe"}, {5: 9}),
        ({5: "summe"}, {3: "summe", 7: "summe"}, {5: 7}),
        ({5: "summe", 9: "summe"}, {9: "summe", 13: "summe"}, {5: 9, 9: 13}),
        ({5: "summe", 9: "summe"}, {1: "summe", 5: "summe"}, {5: 1, 9: 5}),
        ({5: "summe", 9: "summe"}, {5: "summe", 9: "summe", 13: "summe"}, {5: 5, 9: 9}),
        ({5: "summe", 9: "summe"}, {6: "summe"}, {5: 6, 9: 0}),
        ({2: "kammer", 9: "summe"}, {6: "kammer", 9: "summe", 13: "summe"}, {2: 6, 9: 13}),
        ({5: "summe"}, {6: "insgesamt"}, {5: 0}),
        ({5: "summe"}, {204: "summe"}, {5: 204}),
        ({5: "summe"}, {205: "summe"}, {5: 0}),
    ],
)
def test_rows_that_share_their_words_are_found_each_on_its_own(named, shown, found):
    assert places(named, shown) == found


def test_end_without_words_moves_with_its_table():
    stated = SheetAnswers(tables=[AreaAnswer(3, 4, 5, 9)], marks={3: "kammer"})

    assert moved(stated, {3: 6}).tables == [AreaAnswer(6, 7, 8, 12)]


def test_row_found_displaces_the_word_on_one_without_words():
    stated = SheetAnswers(rows={5: "ignored", 9: "note"}, marks={5: "summe"})

    assert moved(stated, {5: 9}).rows == {9: "ignored"}


def test_both_of_two_rows_with_the_same_words_keep_what_was_said_of_them(read, sheet, point):
    reading, stated = point(SUMS, (4, "ignored"), (7, "note"))
    further = (["Meldung der Kammern"], ["Stand: 31.01.2017"], [], *SUMS)

    again = read(sheet(*further), answers=_for(reading, stated))

    assert kinds(again)[6] == "ignored"
    assert kinds(again)[9] == "note"


def test_word_on_a_row_that_is_no_longer_shown_is_kept(read, sheet, point):
    long = (*FORM, *(["IHK Dortmund", number] for number in range(70)), ["Zusammen", 9], *[["Ende"]] * 9)
    path = sheet(*long)
    before = SheetAnswers(rows={60: "ignored"}, marks={60: "ihk leipzig"})

    stated = pointed(view_of(read(path)), before, 5, "ignored")

    assert stated == SheetAnswers(
        rows={5: "ignored", 60: "ignored"}, marks={5: "ihk aachen", 60: "ihk leipzig"}
    )
