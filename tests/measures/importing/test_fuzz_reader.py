"""Whatever stands in a cell, a file is read or refused with a reason, in a time in keeping with its size."""

import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.importing import Limits, read_file
from measures.importing.columns import market_headings
from measures.importing.text.neutral import phrases
from tests.measures.importing.grids import VOCABULARY
from tests.properties import share

SECONDS = 5
"""Of the processor for a file of some kilobytes; usual are hundredths."""

PIECES = [
    "1 ", "05 ", "9", "a ", "(", ")", "IHK ", "Land ", "Summe ", "davon ", "30.09.", "2016 ", "1. ", " – ",
    "von ", "e. V. ", "%", "\0", "²", "\u0301", "-", ",", ".", "e", "[", "*", "IHK Aachen (", "Bayern Land ",
    "insg ", "bis ", "/", "ß", "\u202e", "😀", "Stand ", "Q1 ", "KldB 24 ",
]  # fmt: skip
CODECS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
HEADINGS = ["Kammer", "Kennzahl", "Jahr", "Wert"]

repeated = st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(1, 150))
mixed = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
cells = st.one_of(
    repeated,
    mixed,
    st.sampled_from(
        ["IHK Aachen", "EQ-Plätze", "2016", "5", "0001-01-01", "99.99.9999", "9" * 5000, "1e999999"]
    ),
)


def read_with_time(content: bytes, name: str = "meldung.csv"):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        started = time.process_time()
        reading = read_file(path, name=name, vocabulary=VOCABULARY, limits=Limits())
        return reading, time.process_time() - started


@share(2)
@given(
    headings=st.just(HEADINGS) | st.lists(cells, min_size=1, max_size=5),
    rows=st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=4),
    codec=st.sampled_from(CODECS),
)
def test_any_cells_are_read_or_refused_in_time(headings, rows, codec):
    text = "\r\n".join(";".join(row) for row in [headings, *rows])

    reading, seconds = read_with_time(text.encode(codec))

    assert reading.status in {"ready", "needs_answers", "refused"}
    assert reading.status != "refused" or reading.reason
    assert seconds < SECONDS


@pytest.mark.parametrize("column", range(4))
@pytest.mark.parametrize(
    "cell", ["1 " * 1000, "05 " * 100, "9" * 5000, "IHK Aachen (" * 80, "²" * 2000 + "x", "a@" * 2500]
)
def test_cell_of_repetitions_is_read_like_any_unknown_word(column, cell):
    row = ["IHK Aachen", "EQ-Plätze", "2016", "5"]
    row[column] = cell
    lines = [HEADINGS, ["IHK Aachen", "EQ-Plätze", "2016", "5"], row]

    reading, seconds = read_with_time("\r\n".join(";".join(line) for line in lines).encode())

    assert reading.status in {"ready", "needs_answers"}
    assert seconds < SECONDS


@pytest.mark.parametrize(
    ("is_found", "words"),
    [(market_headings.is_of_whole_market, "gemeldete "), (phrases.ADDED_UP.search, "Jahre 2015 ")],
)
def test_pattern_is_sought_in_repetitions_in_time(is_found, words):
    started = time.process_time()

    assert not is_found(words * 2000)
    assert time.process_time() - started < SECONDS / 10


@pytest.mark.parametrize("digits", ["²", "١", "1e999999", "9" * 5000])
def test_digits_that_are_no_number_are_read_like_any_unknown_word(digits):
    lines = [
        ["Nr.", "Kammer", "EQ-Plätze 2016"],
        [digits] * 3,
        ["1", "IHK Aachen", "5"],
        ["2", "IHK Köln", digits],
    ]

    reading, _ = read_with_time("\r\n".join(";".join(line) for line in lines).encode())

    assert reading.status in {"ready", "needs_answers"}
