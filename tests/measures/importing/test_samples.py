"""Every sample, as it is and in disguise, reads as expected.json says."""

import json
from collections import Counter, defaultdict

import openpyxl
import pytest

from samples.make import SAMPLES as MAKERS
from samples.make import make_samples
from tests.measures.importing.conftest import SAMPLES
from tests.measures.importing.variants import VARIANTS

EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))

SHORT = [name for name in EXPECTED if not name.startswith("Beispiel_")]
"""Those that are read again in every disguise; the examples are long and laid out like the others."""


def summary(reading):
    """What expected.json says of a file, without the places of cells."""
    ready = [row for row in reading.rows if not row.held]
    has_parts = any(row.occupation not in ("_T", "_U") for row in ready)
    sums = defaultdict(lambda: defaultdict(int))
    for row in ready:
        if row.target_group == "_T" and row.value is not None and (row.occupation != "_T" or not has_parts):
            sums[row.indicator][str(row.year)] += int(row.value)
    return {
        "status": reading.status,
        "figures": len(ready),
        "held": len(reading.rows) - len(ready),
        "rows": sum(table.row_count for table in reading.tables),
        "organisations": len({row.organisation for row in ready}),
        "absences": dict(Counter(row.absence for row in ready if row.absence)),
        "sums": {indicator: dict(years) for indicator, years in sums.items()},
    }


def expectation(name, reading):
    given = EXPECTED[name]
    keys = summary(reading).keys() & given.keys()
    return {key: given[key] for key in keys}, {key: summary(reading)[key] for key in keys}


@pytest.mark.parametrize("year", [2015, 2016])
def test_those_without_a_place_are_some_of_those_still_searching(year):
    sheet = openpyxl.load_workbook(SAMPLES / "Beispiel_Berufsbereiche_2015-2018.xlsx").active
    columns = {cell.value: cell.column - 1 for cell in sheet[4]}
    unplaced, searching = columns[f"Unversorgte Bewerber {year}"], columns[f"Noch suchende Bewerber {year}"]

    pairs = [(row[unplaced], row[searching]) for row in sheet.iter_rows(min_row=5, values_only=True)]

    assert sum(value is not None for value, _all in pairs) > 100
    assert [pair for pair in pairs if pair[0] is not None and pair[0] > pair[1]] == []


def control_totals(reading):
    return {total.cell: [int(total.stated), total.ok] for total in reading.control_totals}


@pytest.mark.parametrize("name", EXPECTED)
def test_sample_reads_as_expected(read, name):
    reading = read(SAMPLES / name)

    expected, actual = expectation(name, reading)
    for indicator, years in expected["sums"].items():
        assert {year: actual["sums"][indicator][year] for year in years} == years
    assert {**actual, "sums": None} == {**expected, "sums": None}
    assert control_totals(reading) == EXPECTED[name]["control_totals"]
    assert [[p.cell, p.severity, p.code] for p in reading.problems] == EXPECTED[name]["problems"]
    assert reading.encoding == EXPECTED[name].get("encoding", "")


def figures(reading):
    """Figures without their places, in an order of their own."""
    return sorted(
        (row._replace(sheet="", cell="") for row in reading.rows),
        key=lambda row: tuple(map(str, row)),
    )


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", SHORT)
def test_sample_in_disguise_reads_the_same(read, tmp_path, name, variant):
    disguised = VARIANTS[variant](SAMPLES / name, tmp_path)

    plain, other = read(SAMPLES / name), read(disguised)

    assert other.status == plain.status
    assert figures(other) == figures(plain)
    assert Counter((total.stated, total.ok) for total in other.control_totals) == Counter(
        (total.stated, total.ok) for total in plain.control_totals
    )
    assert Counter((p.severity, p.code, p.found) for p in other.problems) == Counter(
        (p.severity, p.code, p.found) for p in plain.problems
    )


def test_preliminary_results_are_marked_in_their_column_only(read):
    rows = read(SAMPLES / "ZDH_Handwerkskammern_2015-2016.xlsx").rows

    assert {(row.indicator, row.year) for row in rows if row.quality == "preliminary"} == {
        ("additional_places", 2016)
    }
    assert {row.quality for row in rows if row.year == 2015} == {"final"}


def test_footnote_of_a_chamber_becomes_a_note_on_its_figures(read):
    rows = read(SAMPLES / "ZDH_Handwerkskammern_2015-2016.xlsx").rows

    assert {row.organisation: row.note for row in rows if row.note} == {"HWK-00092": "Ohne Bremerhaven."}


def test_region_of_a_chamber_is_its_land_and_of_the_rest_the_files(read):
    cologne = read(SAMPLES / "IHK_Koeln_Berufe_2016.xls").rows
    professions = read(SAMPLES / "BFB_Laender_2015-2016.csv").rows
    agency = read(SAMPLES / "BA_AsA_2015.ods").rows

    assert {row.region for row in cologne} == {"05"}
    assert {row.region for row in professions} == {f"{number:02}" for number in range(1, 17)}
    assert [(row.value, row.target_group) for row in agency if row.region == "_U"] == [(0, "_T"), (0, "J4")]


def test_occupations_keep_the_files_label_and_leave_the_rest_unassigned(read):
    rows = read(SAMPLES / "IHK_Koeln_Berufe_2016.xls").rows

    assert [(row.occupation, row.occupation_label) for row in rows if row.target_group == "_T"] == [
        ("26112", "Mechatroniker/in"),
        ("71402", "Kaufmann/-frau für Büromanagement"),
        ("29302", "Koch/Köchin"),
        ("43102", "Fachinformatiker/in"),
        ("62102", "Kaufmann/-frau im Einzelhandel"),
        ("52122", "Berufskraftfahrer/in"),
        ("63222", "Hotelfachmann/-frau"),
        ("26252", "Elektroniker/in für Betriebstechnik"),
        ("_U", "Sonstige / Keine Angabe"),
        ("_T", ""),
    ]


def test_table_is_described_for_confirmation(read):
    (table,) = read(SAMPLES / "ZDH_Handwerkskammern_2015-2016.xlsx").tables

    assert (table.sheet, table.header_rows, table.data_range) == ("Tab 3", [4, 5, 6], "A7:F60")
    assert table.as_of == "2017-02-28"
    assert [(column.letter, column.role, column.meaning) for column in table.columns] == [
        ("A", "organisation", {}),
        ("B", "value", {"indicator": "additional_places", "year": "2015"}),
        ("C", "value", {"indicator": "additional_places", "year": "2016"}),
        ("D", "value", {"indicator": "training_placements", "year": "2015"}),
        ("E", "value", {"indicator": "training_placements", "year": "2016"}),
        ("F", "value", {"indicator": "welcome_mentors", "year": "2016"}),
    ]


def test_making_the_samples_again_gives_the_same_bytes(tmp_path):
    make_samples(tmp_path)

    assert {
        name: (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes() for name in MAKERS
    } == dict.fromkeys(MAKERS, True)
