"""The benchmark measures what it names: files of so many cells, read to the end, and their curves."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from bench.reading import growth, shapes
from bench.reading.job import Cost, read_measured
from bench.sizes import FULL, QUICK
from measures.selectors.imports.vocabulary import limits, vocabulary_from_database

pytestmark = pytest.mark.django_db

CELLS = 1_200


def rung(cells, seconds):
    return growth.Rung(cells, Cost(seconds, peak=100.0, before=60.0, rows=cells, status="ready"))


@pytest.mark.long
@pytest.mark.parametrize("shape", shapes.SHAPES)
def test_workbook_of_each_form_has_its_cells_and_is_read(tmp_path, shape):
    path = tmp_path / "Meldung.xlsx"
    written = shapes.write(path, shape, CELLS)

    book = load_workbook(path, read_only=True)
    filled = sum(
        value not in (None, "")
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for value in row
    )
    assert (filled, abs(written - CELLS) < CELLS / 5) == (written, True)

    folder = Path(tmp_path)
    cost = read_measured(path=path, folder=folder, vocabulary=vocabulary_from_database(None), limits=limits())
    assert (cost.status, cost.rows > CELLS / 12, cost.seconds > 0, cost.peak >= cost.before > 0) == (
        "ready", True, True, True,
    )  # fmt: skip


def test_form_of_which_a_cell_costs_more_the_more_there_are_misses_the_bar():
    level, steep = [rung(1_000, 0.1), rung(10_000, 0.6)], [rung(1_000, 0.1), rung(10_000, 1.6)]

    measured = growth.Measured(FULL, {"level": level, "steep": steep})

    assert [growth.growth(rungs) for rungs in (level, steep)] == pytest.approx([0.6, 1.6])
    assert [("steep" in miss, "level" in miss) for miss in measured.misses] == [(True, False)]
    assert "Not reached" in "\n".join(growth.describe(measured))
    assert "Not reached" not in "\n".join(growth.describe(growth.Measured(QUICK, measured.rungs)))


def test_curves_are_drawn_for_each_form():
    drawn = growth.draw(growth.Measured(FULL, {"long": [rung(1_000, 0.1), rung(10_000, 0.6)]}))

    assert "long" in "".join(ET.fromstring(drawn).itertext())  # noqa: S314  # our own drawing
