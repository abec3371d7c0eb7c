"""Names as people and programs write them, and organisations that came, merged and went."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from measures.importing import Answers, OrganisationTerm
from measures.importing.problems import PROBLEMS
from measures.importing.text.names import NameIndex
from measures.importing.text.terms.known_names import known_names

OLD, NEW = "IHK-901", "IHK-902"


def found(reading):
    return [(row.organisation, row.year, int(row.value)) for row in reading.rows if not row.held]


def errors(reading):
    return [(p.cell, p.code, p.found) for p in reading.problems if PROBLEMS[p.code].severity == "error"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NRW", "05"),
        ("Hansestadt Hamburg", "02"),
        ("Baden-Wurttemberg", "08"),
        ("Baden-Wu\u0308rttemberg", "08"),
        ("Sachsen Anhalt", "15"),
        ("Meck.-Pomm.", "13"),
        ("Thu\u0308ringen", "16"),
        ("Nieder-\nsachsen", "03"),
        ("Freie Hansestadt Bremen", "04"),
        ("Freistaat Sachsen", "14"),
        ("Land Berlin", "11"),
        ("Bayern (Land)", "09"),
        ("09000", "09"),
        ("08000000", "08"),
        ("1000", "01"),
        ("9 Bayern", "09"),
        ("Rheinland&nbsp;Pfalz", "07"),
        ("neue Bundesländer (einschl. Berlin)", "ost"),
        ("Früheres Bundesgebiet (ohne Berlin)", "west"),
        ("Neue Länder ohne Berlin", "ost-berlin"),
    ],
)
def test_region_is_known_however_it_is_written(vocabulary, text, code):
    assert NameIndex(vocabulary).exact("region", text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("IHK Ko\u0308ln", "IHK-142"),
        ("Industrie- und Handels-\nkammer zu Köln", "IHK-142"),
        ("Köln, IHK", "IHK-142"),
        ("IHK Köln (NW)", "IHK-142"),
        ("IHK Köln, NRW", "IHK-142"),
        ("IHK Ulm / Baden-Württemberg", "IHK-177"),
        ("IHK Köln (Bayern)", None),
        ("IHK Köln (Leverkusen)", None),
        ("IHK Köln, Leverkusen", None),
        ("HWK Köln", "HWK-00032"),
        ("HWK Koeln", "HWK-00032"),
        ("IHK Hamburg", "IHK-131"),
        ("Handelskammer Hamburg", "IHK-131"),
        ("HWK Hamburg", "HWK-00093"),
        ("IHK Niederbayern", "IHK-163"),
        ("Niederrheinische IHK", "IHK-120"),
        ("SIHK Hagen", "IHK-130"),
        ("IHK Rhein-Sieg", "IHK-110"),
        ("IHK Frankfurt a. M.", "IHK-125"),
        ("HWK Lüneburg-Stade", "HWK-00025"),
        ("IHK OWL", "IHK-108"),
    ],
)
def test_chamber_is_known_however_it_is_written(vocabulary, text, code):
    assert NameIndex(vocabulary).exact("organisation", text) == code


@pytest.mark.parametrize(
    "text",
    [
        *("IHK Franken", "IHK Bodensee", "IHK Oberrhein", "IHK Schwarzwald", "IHK Nord", "HWK Region"),
        *("HWK oder IHK", "IHK Ruhrgebiet", "IHK Thüringen", "IHK Köln, Geschäftsstelle Leverkusen"),
        "IHK Bremerhaven",
    ],
)
def test_part_of_several_names_or_of_a_larger_place_is_no_chamber(vocabulary, text):
    assert NameIndex(vocabulary).exact("organisation", text) is None


@pytest.mark.parametrize("heading", ["IHK", "Handwerkskammer"])
def test_town_stands_for_the_chamber_its_column_is_about(read, sheet, heading):
    reading = read(sheet([heading, "EQ-Plätze 2016"], ["Köln", 5], ["Berlin", 6], ["Summe", 11]))

    expected = {"IHK": ["IHK-142", "IHK-107"], "Handwerkskammer": ["HWK-00032", "HWK-00091"]}[heading]
    assert [row.organisation for row in reading.rows] == expected
    assert [(total.cell, total.ok) for total in reading.control_totals] == [("B4", True)]


def test_land_among_full_names_of_chambers_is_still_its_subtotal(read, sheet):
    reading = read(
        sheet(["IHK", "EQ-Plätze 2016"], ["IHK Berlin", 6], ["Berlin", 6], ["IHK Köln", 5], ["NRW", 5])
    )

    assert [row.organisation for row in reading.rows] == ["IHK-107", "IHK-142"]
    assert [(total.cell, total.region, total.ok) for total in reading.control_totals] == [
        ("B3", "11", True),
        ("B5", "05", True),
    ]


def test_district_is_no_land(read, sheet):
    reading = read(
        sheet(
            ["Bundesagentur für Arbeit"],
            ["Region", "Eintritte in AsA 2016"],
            ["01001 Flensburg", 5],
            ["1002 Kiel", 6],
            ["02 Hamburg", 7],
        )
    )

    assert [(row.region, row.held) for row in reading.rows] == [("DE", True), ("DE", True), ("02", False)]
    assert errors(reading) == [
        ("A3", "region_level", "01001 Flensburg"),
        ("A4", "region_level", "1002 Kiel"),
    ]
    assert dict(reading.problems[0].params) == {"region": "Schleswig-Holstein"}


def test_unknown_name_comes_with_codes_to_choose_from(read, sheet):
    reading = read(sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Kölnn", 5], ["IHK Aachen", 7]))

    (problem,) = [p for p in reading.problems if p.code == "organisation_unknown"]
    params = dict(problem.params)
    code, label, score = json.loads(params["candidate_codes"])[0]
    assert (code, label) == ("IHK-142", "IHK zu Köln")
    assert 80 < score < 100
    assert params["candidates"].startswith("IHK zu Köln")


def test_name_of_two_chambers_is_offered_both(vocabulary):
    twins = tuple(OrganisationTerm(code, ("IHK Rheinland",), "chamber", "05") for code in (OLD, NEW))

    unknown = NameIndex(replace(vocabulary, organisations=twins)).resolve("organisation", "IHK Rheinland")

    assert [(candidate.code, candidate.score) for candidate in unknown.candidates] == [(OLD, 100), (NEW, 100)]


def test_only_so_many_strangers_are_compared_with_every_name(vocabulary):
    names = NameIndex(vocabulary)
    names._suggested = 1_999

    assert names.resolve("organisation", "IHK Kölnn").candidates
    assert names.resolve("organisation", "IHK Kölnnn").candidates == ()


@pytest.mark.parametrize(
    "text", ["IHK  Beispielstadt", "ihk beispielstadt ", "IHK zu Beispielstadt", "IHK\nBeispielstadt"]
)
def test_confirmed_name_is_known_again_whatever_its_spaces(read, sheet, text):
    answers = Answers(names={"organisation": {"IHK Beispielstadt ": "IHK-142"}})

    reading = read(sheet(["Kammer", "EQ-Plätze 2016"], [text, 5], ["IHK Aachen", 7]), answers=answers)

    assert found(reading) == [("IHK-142", 2016, 5), ("IHK-101", 2016, 7)]


def test_word_of_a_person_comes_before_what_the_catalogue_says(read, sheet):
    answers = Answers(
        names={
            "organisation": {"IHK Köln": "IHK-101"},
            "occupation": {"24 Metall": "26", "Koch FR Hotel": "29"},
        }
    )

    reading = read(
        sheet(
            ["Kammer", "Beruf", "EQ-Plätze 2016"],
            ["IHK Köln", "24  METALL", 5],
            ["IHK Köln", "Koch Fachrichtung Hotel", 7],
        ),
        answers=answers,
    )

    assert [(row.organisation, row.occupation, row.value) for row in reading.rows] == [
        ("IHK-101", "26", 5),
        ("IHK-101", "29", 7),
    ]


@pytest.fixture
def merged(vocabulary):
    """A chamber that was merged into another at the end of 2015."""
    return (
        *vocabulary.organisations,
        OrganisationTerm(
            OLD,
            ("IHK Altstadt",),
            "chamber",
            "05",
            "DIHK",
            valid_until=dt.date(2015, 12, 31),
            successor=NEW,
        ),
        OrganisationTerm(
            NEW, ("IHK Neustadt", "IHK Altstadt"), "chamber", "05", "DIHK", valid_from=dt.date(2016, 1, 1)
        ),
    )


def test_past_of_a_merged_chamber_goes_by_its_old_name(read, sheet, merged):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2015", "EQ-Plätze 2016"],
            ["IHK Altstadt", 5, ""],
            ["IHK Neustadt", "", 7],
            ["IHK Köln", 1, 2],
        ),
        organisations=merged,
    )

    assert found(reading) == [(OLD, 2015, 5), (NEW, 2016, 7), ("IHK-142", 2015, 1), ("IHK-142", 2016, 2)]
    assert errors(reading) == []


def test_figure_after_the_merger_names_the_successor(read, sheet, merged):
    reading = read(
        sheet(["Kammer", "Jahr", "EQ-Plätze"], ["IHK Altstadt", 2015, 5], ["IHK Altstadt", 2016, 6]),
        organisations=merged,
    )

    assert found(reading) == [(OLD, 2015, 5)]
    assert errors(reading) == [("A3", "organisation_ended", "IHK Altstadt")]
    params = dict(reading.problems[0].params)
    assert (params["year"], params["until"], params["successor"]) == ("2016", "31.12.2015", "IHK Neustadt")
    assert json.loads(params["candidate_codes"]) == [[NEW, "IHK Neustadt", 100]]


def test_figure_before_the_merger_is_not_the_successors(read, sheet, merged):
    reading = read(
        sheet(["Kammer", "EQ-Plätze 2015"], ["IHK Neustadt", 5], ["IHK Köln", 1]), organisations=merged
    )

    assert found(reading) == [("IHK-142", 2015, 1)]
    assert errors(reading) == [("A2", "organisation_later", "IHK Neustadt")]
    assert dict(reading.problems[0].params)["since"] == "01.01.2016"


def test_names_are_shared_by_readings_and_what_a_file_adds_to_them_is_its_own(vocabulary):
    names = NameIndex(vocabulary)
    names.codes_inflected("organisation", "kammer")
    names.within("organisation", "Kammer")
    names.learn("organisation", "Kammer eins", OLD)

    for text in ("Kammer eins", "der Kammer eins"):
        assert names.within("organisation", text) == {OLD}
        assert NameIndex(vocabulary).within("organisation", text) == frozenset()
    assert names.codes_inflected("organisation", "kammer eins") == {OLD}
    assert NameIndex(vocabulary).codes_inflected("organisation", "kammer eins") == set()
    assert known_names(vocabulary) is known_names(replace(vocabulary, years=frozenset({1999})))
    assert known_names(vocabulary) is not known_names(replace(vocabulary, regions=()))
