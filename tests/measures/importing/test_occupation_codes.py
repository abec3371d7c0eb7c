"""Codes of occupations beside labels: both have to name one occupation, or the row is held."""

from dataclasses import replace

import pytest

from measures.importing.text.names import NameIndex
from measures.importing.text.occupations.listed import go_together
from measures.importing.vocabulary import OccupationTerm
from tests.measures.importing.grids import VOCABULARY
from tests.measures.importing.test_cells import found, problems

COUNT = "Neue Ausbildungsverträge 2016"
AREA_1 = "Land-, Forst- und Tierwirtschaft und Gartenbau"
FORCES = "Angehörige der regulären Streitkräfte"
FARMING = "Land-, Tier- und Forstwirtschaftsberufe"


def of_koeln(*rows):
    return ["IHK Köln"], [], ["KldB", "Bezeichnung", COUNT], *rows


def test_area_above_its_main_groups_is_their_subtotal_and_no_code_without_its_zero(read, sheet):
    rows = [1, AREA_1, 9], [11, FARMING, 5], [12, "Gartenbauberufe und Floristik", 4]
    reading = read(sheet(*of_koeln(*rows)))

    assert found(reading, "occupation", "value") == [("11", 5), ("12", 4)]
    assert problems(reading) == [("A4", "note", "subtotal_not_kept")]


def test_label_says_that_the_zero_was_lost(read, sheet):
    rows = [1, FORCES, 9], [11, FARMING, 5], [12, "Gartenbauberufe und Floristik", 4]
    reading = read(sheet(*of_koeln(*rows)))

    assert found(reading, "occupation", "value") == [("01", 9), ("11", 5), ("12", 4)]


def test_other_areas_of_the_column_say_that_no_zero_was_lost(read, sheet):
    rows = [1, "Landwirtschaft", 9], [11, "", 5], [12, "", 4], [2, "", 8], [24, "", 8]
    reading = read(sheet(*of_koeln(*rows)))

    assert found(reading, "occupation", "value") == [("11", 5), ("12", 4), ("24", 8)]


def test_short_code_above_its_parts_is_held_where_nothing_says_which_it_is(read, sheet):
    reading = read(sheet(*of_koeln([24, "", 8], [1, "", 9], [11, "", 5])))

    assert found(reading, "occupation", "value") == [("24", 8), ("11", 5)]
    assert ("A5", "error", "occupation_contradicts") in problems(reading)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("11", "Gartenbauberufe und Floristik"),
        ("24", "Lebensmittelherstellung u. -verarbeitung"),
        ("29", "Bau, Architektur, Vermessung und Gebäudetechnik"),
        ("24", "Insgesamt"),
    ],
)
def test_code_beside_the_label_of_another_is_held(read, sheet, code, label):
    reading = read(sheet(*of_koeln(["71", "Büro", 6], [code, label, 5])))

    assert found(reading, "occupation", "value") == [("71", 6)]
    assert problems(reading) == [("A5", "error", "occupation_contradicts")]


def test_code_and_label_of_another_in_one_cell_are_held(read, sheet):
    rows = ["Berufshauptgruppe", COUNT], ["24 Gartenbauberufe und Floristik", 5], ["12 Gartenbau", 4]
    reading = read(sheet(["IHK Köln"], [], *rows))

    assert found(reading, "occupation", "value") == [("12", 4)]
    assert problems(reading) == [("A4", "error", "occupation_contradicts")]


def test_label_of_the_group_above_or_in_other_words_goes_with_its_code(read, sheet):
    rows = ["26112", "Mechatroniker/in", 5], ["26252", "Mechatronik-, Energie- und Elektroberufe", 6]
    reading = read(sheet(*of_koeln(*rows)))

    assert found(reading, "occupation", "value") == [("26112", 5), ("26252", 6)]


@pytest.mark.parametrize("heading", ["Nr.", "Schl.", "Schlüssel", "Code", "Kenn-Nr."])
def test_numbers_beside_names_are_their_codes_if_these_agree(read, sheet, heading):
    rows = (
        ["12", "Gartenbauberufe und Floristik", 4],
        ["71", "Berufe Unternehmensführung,-organisation", 6],
        ["11", FARMING, 5],
    )
    reading = read(sheet(["IHK Köln"], [], [heading, "Berufshauptgruppe", COUNT], *rows))

    assert found(reading, "occupation", "value") == [("12", 4), ("71", 6), ("11", 5)]


def test_numbers_that_count_the_rows_are_no_codes(read, sheet):
    rows = [11, "Gartenbauberufe und Floristik", 4], [12, FARMING, 5], [13, "Büro", 7]
    reading = read(sheet(["IHK Köln"], [], ["Nr.", "Berufshauptgruppe", COUNT], *rows))

    assert found(reading, "occupation", "value") == [("12", 4), ("11", 5)]
    assert ("B6", "error", "occupation_unknown") in problems(reading)


def test_name_like_that_of_a_neighbour_contradicts_only_if_it_is_that_name():
    finer = OccupationTerm("0103", f"{FORCES} – 3")
    names = NameIndex(replace(VOCABULARY, occupations=(*VOCABULARY.occupations, finer)))

    assert go_together(names, "0104", f"{FORCES} – 4")
    assert not go_together(names, "0104", f"{FORCES} – 3")
