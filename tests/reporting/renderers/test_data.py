"""The figures for programs, read back by programs that others have written."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from csvw import Table
from pysdmx.errors import Invalid
from pysdmx.io import get_datasets, read_sdmx
from pysdmx.model import Codelist, DataStructureDefinition

from reporting.frozen.schema import AmountState, ScopeData, Text
from reporting.renderers.data.dictionary import DICTIONARY, KEY
from reporting.renderers.data.figures import COLUMNS, figure_rows
from tests.reporting.renderers.rendered import sample, sample_documents
from tests.reporting.sample_snapshot import SHA256, make_snapshot

FILE_NAME = "mul.csv"


@pytest.fixture(scope="module")
def figures() -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(sample_documents()[FILE_NAME].decode())))


@pytest.fixture
def table(tmp_path) -> Table:
    """The CSV file as its description beside it makes a program read it."""
    for name in (FILE_NAME, f"{FILE_NAME}-metadata.json"):
        (tmp_path / name).write_bytes(sample_documents()[name])
    return Table.from_file(tmp_path / f"{FILE_NAME}-metadata.json")


def of(figures, indicator: str, year: int, **part: str) -> dict[str, str]:
    part = {"region": "_T", "target_group": "_T", "organisation": "_T"} | part
    (found,) = [
        row
        for row in figures
        if (row["indicator"], row["year"]) == (indicator, str(year)) and part.items() <= row.items()
    ]
    return found


def test_a_row_holds_value_target_and_how_many_reported(figures):
    assert {key: value for key, value in of(figures, "additional_places", 2015).items() if value} == {
        "indicator": "additional_places",
        "year": "2015",
        "region": "_T",
        "target_group": "_T",
        "organisation": "_T",
        "value": "7300",
        "unit": "places",
        "state": "value",
        "basis": "stated",
        "reported": "133",
        "due": "133",
        "target": "20000",
        "target_kind": "value",
        "attainment": "0.365",
        "reference_date": "2015-12-31",
    }


def test_a_gap_has_its_reason_and_no_number(figures):
    gaps = {
        state: of(figures, indicator, 2016, **part)["value"]
        for indicator, part in (("training_placements", {}), ("post_offered_3", {"region": "02"}))
        for state in [of(figures, indicator, 2016, **part)["state"]]
    }

    assert gaps == {"incomplete": "", "withheld": ""}


def test_parts_of_the_alliance_are_rows_of_their_own(figures):
    assert of(figures, "additional_places", 2015, region="13")["value"] == "-20"
    assert len({tuple(row[column] for column in KEY) for row in figures}) == len(figures)
    assert {row["target_group"] for row in figures} > {"_T"}
    assert {row["organisation"] for row in figures} > {"_T"}


def test_the_totals_of_a_land_s_report_are_those_of_the_land():
    scope = ScopeData(kind="land", code="05", name=Text(de="Nordrhein-Westfalen"))

    rows = list(figure_rows(make_snapshot(scope=scope)))

    assert {row.region for row in rows if row.indicator == "welcome_mentors"} == {"05"}


def test_the_dictionary_describes_every_column_in_both_languages():
    assert tuple(column.name for column in DICTIONARY) == COLUMNS
    for column in DICTIONARY:
        for text in (column.title, column.description):
            assert text.de
            assert text.en
            assert text.de != text.en or text.de in {"Region", "Organisation"}


def test_the_csv_file_is_as_its_description_says(table):
    rows = list(table.iterdicts(strict=True))

    assert table.check_primary_key()
    assert len(rows) == len(list(figure_rows(sample())))
    assert Decimal(7300) in [row["value"] for row in rows]
    assert [column.name for column in table.tableSchema.columns] == list(COLUMNS)


@pytest.mark.parametrize(
    ("before", "after"),
    [("additional_places", "unheard_of"), (",7300,", ",7.300-,"), (",stated,", ",guessed,")],
    ids=["an unknown code", "no number", "an unknown basis"],
)
def test_the_description_refuses_what_does_not_belong_in_the_file(tmp_path, table, before, after):
    path = tmp_path / FILE_NAME
    content = path.read_text()
    assert before in content
    path.write_text(content.replace(before, after, 1))

    with pytest.raises(ValueError):  # noqa: PT011  # whatever the library calls it
        list(table.iterdicts(strict=True))


def test_the_description_explains_each_code_in_both_languages():
    described = json.loads(sample_documents()[f"{FILE_NAME}-metadata.json"])

    (state,) = [each for each in described["tableSchema"]["columns"] if each["name"] == "state"]
    names = {
        concept["skos:notation"]: [name["@value"] for name in concept["skos:prefLabel"]]
        for concept in state["skos:hasTopConcept"]
    }
    assert set(names) == {each.value for each in AmountState}
    assert names["not_reported"] == ["nicht gemeldet", "not reported"]
    assert described["url"] == FILE_NAME


def test_the_json_file_holds_the_same_figures_as_numbers(figures):
    data = json.loads(sample_documents()["mul.json"], parse_float=Decimal)

    assert [str(each["value"]) if each["value"] is not None else "" for each in data["figures"]] == [
        row["value"] for row in figures
    ]
    assert [each["name"] for each in data["columns"]] == list(COLUMNS)
    assert data["snapshot_sha256"] == SHA256
    assert {each["code"] for each in data["codes"]["indicator"]} == {row["indicator"] for row in figures}


def structure() -> str:
    return sample_documents()["mul.sdmx.json"].decode()


def observations() -> str:
    return sample_documents()["mul.sdmx.csv"].decode()


def test_the_structure_is_read_by_pysdmx_and_keeps_to_the_schema_of_sdmx():
    message = read_sdmx(structure(), validate=True)

    (definition,) = [each for each in message.structures if isinstance(each, DataStructureDefinition)]
    lists = {each.id: each for each in message.structures if isinstance(each, Codelist)}
    assert [each.id for each in definition.components.dimensions] == [
        "INDICATOR",
        "REF_AREA",
        "TARGET_GROUP",
        "ORGANISATION",
        "TIME_PERIOD",
    ]
    assert [each.id for each in definition.components.measures] == ["OBS_VALUE"]
    assert {code.id for code in lists["CL_STATE"].codes} == {each.value for each in AmountState}


@pytest.mark.long  # pandas is loaded for it
def test_the_observations_are_read_by_pysdmx_with_their_structure(figures):
    (dataset,) = get_datasets(observations(), structure(), validate=True)

    assert len(dataset.data) == len(figures)
    read = dataset.data.set_index(["INDICATOR", "REF_AREA", "TARGET_GROUP", "ORGANISATION", "TIME_PERIOD"])
    whole = ("_T", "_T", "_T")
    assert read.loc["additional_places", *whole, "2016"]["OBS_VALUE"] == 18118
    assert read.loc["additional_places", *whole, "2016"]["OBS_STATUS"] == "P"
    assert read.loc["internships", *whole, "2016"]["OBS_STATUS"] == "L"
    assert read.loc["post_offered_3", "02", "_T", "_T", "2016"]["OBS_STATUS"] == "Q"


def test_every_code_of_the_observations_is_in_its_list():
    message = read_sdmx(structure(), validate=True)
    lists = {
        each.id: {code.id for code in each.codes} for each in message.structures if isinstance(each, Codelist)
    }
    coded = {
        "INDICATOR": "CL_INDICATOR",
        "REF_AREA": "CL_REGION",
        "TARGET_GROUP": "CL_TARGET_GROUP",
        "ORGANISATION": "CL_ORGANISATION",
        "UNIT_MEASURE": "CL_UNIT",
        "STATE": "CL_STATE",
        "OBS_STATUS": "CL_STATUS",
        "BASIS": "CL_BASIS",
        "TARGET_KIND": "CL_TARGET_KIND",
    }
    rows = list(csv.DictReader(StringIO(observations())))

    unknown = {
        (column, row[column])
        for row in rows
        for column, codelist in coded.items()
        if row[column] and row[column] not in lists[codelist]
    }

    assert unknown == set()


def test_a_structure_that_breaks_the_schema_is_noticed():
    message = json.loads(structure())
    del message["data"]["dataStructures"][0]["agencyID"]

    with pytest.raises(Invalid, match="agencyID"):
        read_sdmx(json.dumps(message), validate=True)


def test_the_files_name_each_other_and_the_same_version():
    flow = next(csv.DictReader(StringIO(observations())))["STRUCTURE_ID"]

    (dataflow,) = json.loads(structure())["data"]["dataflows"]
    assert flow == f"{dataflow['agencyID']}:{dataflow['id']}({dataflow['version']})"
    assert Path(json.loads(sample_documents()[f"{FILE_NAME}-metadata.json"])["url"]).name == FILE_NAME
