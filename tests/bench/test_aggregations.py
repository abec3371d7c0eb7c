"""How well computed cells are recognised is measured on tables in the format of AggreCol."""

import gzip
import json

import pytest

from bench.__main__ import main
from bench.aggregations.measuring import measure

TOTALS = {
    "number_format": "Comma Point",
    "table_array": [
        ["Köln", "1,234", "417"],
        ["Aachen", "2,468", "822"],
        ["Bonn", "917", "-"],
        ["", "4,619", "1,239"],
        ["Trier", "77", "(13)"],
    ],
    "aggregation_annotations": [
        {"operator": "Sum", "aggregator_index": [3, 1], "aggregatee_indices": [[0, 1], [1, 1], [2, 1]]},
        {"operator": "Sum", "aggregator_index": [3, 2], "aggregatee_indices": [[0, 2], [1, 2], [2, 2]]},
        {"operator": "Average", "aggregator_index": [4, 1], "aggregatee_indices": [[0, 1], [2, 1]]},
    ],
}
PRICES = {
    "number_format": "None Comma",
    "table_array": [
        ["13", "0,85", "11,05"],
        ["27", "1,20", "32,40"],
        ["8", "7,60", "60,80"],
        ["45", "0,35", "15,75"],
        ["19", "2,31", "43,89"],
    ],
    "aggregation_annotations": [
        {"operator": "Division", "aggregator_index": [row, 0], "aggregatee_indices": [[row, 2], [row, 1]]}
        for row in range(5)
    ],
}


@pytest.fixture
def tables(tmp_path):
    path = tmp_path / "tables.jl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(table) + "\n" for table in (TOTALS, PRICES))
    return path


def test_cells_are_counted_in_either_half_and_in_all(tables):
    first, second, both = measure(tables)

    assert (first.right, first.wrong, first.missed) == (2, 0, 1)
    assert (first.found["Sum"], first.stated["Average"], first.found["Average"]) == (2, 1, 0)
    assert (second.right, second.wrong, second.missed) == (5, 0, 0)
    assert (both.right, both.missed, both.cells) == (7, 1, first.cells + second.cells)


def test_part_prints_the_operators_and_writes_nothing_if_quick(tables, capsys):
    assert main(["--quick", "aggregations", str(tables)]) == 0

    printed = capsys.readouterr().out
    assert "| **recall** | 0.667 | 1.000 | 0.875 |" in printed
    assert "| recognised: share, product | 0.000 | 1.000 | 1.000 |" in printed


def test_part_without_a_file_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["aggregations"])

    assert "takes one file of annotated tables" in capsys.readouterr().err
